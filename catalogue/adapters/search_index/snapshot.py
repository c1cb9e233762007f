"""One state of the index in memory: finds the documents that a query asks for, and scores them by BM25F.

Only what is in the index counts, in frequencies and lengths too: a document that was deleted or replaced
leaves no trace, so an index that was changed a hundred times answers like one made anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from math import log

import numpy as np

from catalogue.adapters.search_index.documents import Key, stem
from catalogue.adapters.search_index.files import Array
from catalogue.adapters.search_index.hits import Hits, Records
from catalogue.adapters.search_index.postings import Postings
from catalogue.adapters.search_index.spelling import similar_words
from catalogue.kernel.query import FORMS, Clause, Form, Query

# BM25F (Robertson, Zaragoza). Long texts are hardly punished: a well described jam is no worse a jam.
B, K1 = 0.4, 1.2
MOST_SIMILAR = 12
SELECTIVE = 8  # from so many postings to a document asked for, only those of documents asked for are scored

Word = tuple[Form, str]
Vector = tuple[Array, Array]  # documents, and how often the word stands in each


class Snapshot:
    """One state of the index: its words and its documents. Never changed: all threads may share it."""

    def __init__(self, segments: Sequence[tuple[Postings, Iterable[int]]]) -> None:
        """Segments, each with the numbers of its documents that were deleted."""
        self._segments: list[tuple[int, Postings]] = []
        total = 0
        gone: list[Array] = []
        for postings, deleted in segments:
            self._segments.append((total, postings))
            gone.append(np.array(sorted(deleted), np.intp) + total)
            total += len(postings.ids)
        self._live = np.ones(total, bool)
        self._live[np.concatenate([np.zeros(0, np.intp), *gone])] = False
        self._has_gone = not self._live.all()
        self._count = int(self._live.sum())
        self._records = self._named()
        self._norms = self._normalised()

    stem = staticmethod(stem)

    def count(self) -> int:
        """How many documents there are."""
        return self._count

    def knows(self, form: Form, text: str) -> bool:
        """Whether any document has this word in this form."""
        if self._has_gone:
            return self._vector(form, text) is not None
        return any(postings.number(form, text) is not None for _, postings in self._segments)

    def similar(self, word: str) -> list[Word]:
        """The indexed words that a slip of the keyboard turns into this folded word, nearest first."""
        found = {similar for _, postings in self._segments for similar in similar_words(postings, word)}
        words = ((form, text) for _, _, form, text in sorted(found))
        return list(islice((word for word in words if self.knows(*word)), MOST_SIMILAR))

    def beginning(self, form: Form, letters: str, most: int) -> list[str]:
        """Indexed words in this form that begin with these letters, in alphabetical order."""
        found = {
            word for _, postings in self._segments for word in islice(postings.beginning(form, letters), most)
        }
        return [word for word in sorted(found) if self.knows(form, word)][:most]

    def search(self, asked: Query) -> Hits:
        """All documents that the query asks for, best first; none for an empty query."""
        vectors: dict[Word, Vector | None] = {}
        weights: dict[Word, float] = defaultdict(float)
        for term in (*(term for clause in asked.clauses for term in clause), *asked.welcome):
            word = (term.form, term.text)
            weights[word] += term.weight
            if word not in vectors:
                vectors[word] = self._vector(*word)
        wanted = self._wanted(asked.clauses, vectors)
        documents = np.flatnonzero(wanted)
        scores = np.zeros(len(wanted), np.float32)
        if len(documents):
            for word, vector in vectors.items():
                if vector is not None:
                    self._score(scores, word[0], vector, weights[word], wanted, len(documents))
        return Hits(self._records, documents, scores[documents])

    def fingerprints(self) -> dict[Key, int]:
        """What is in the index: the fingerprint of every document by its key."""
        prints = np.concatenate([np.zeros(0, np.uint64), *(one.prints for _, one in self._segments)])
        names, kinds, ids = self._records.names, self._records.kinds.tolist(), self._records.ids.tolist()
        told = prints.tolist()
        return {
            (names[kinds[document]], ids[document]): told[document]
            for document in np.flatnonzero(self._live).tolist()
        }

    def _wanted(self, clauses: Sequence[Clause], vectors: dict[Word, Vector | None]) -> Array:
        """By document, whether every clause has a word in it."""
        wanted = self._live.copy() if clauses else np.zeros(len(self._live), bool)
        for clause in clauses:
            fitting = np.zeros(len(wanted), bool)
            for term in clause:
                vector = vectors[term.form, term.text]
                if vector is not None:
                    fitting[vector[0]] = True
            wanted &= fitting
        return wanted

    def _score(
        self, scores: Array, form: Form, vector: Vector, weight: float, wanted: Array, number: int
    ) -> None:
        """Add what a word is worth to every document it stands in."""
        documents, times = vector
        worth = weight * (K1 + 1) * (log(self._count / (self._frequency(documents) + 1)) + 1)
        if len(documents) > SELECTIVE * number:
            asked = wanted[documents]
            documents, times = documents[asked], times[asked]
        norms = self._norms[FORMS.index(form)][documents]
        scores[documents] += np.float32(worth) * times / (times + norms)

    def _frequency(self, documents: Array) -> int:
        return int(np.count_nonzero(self._live[documents])) if self._has_gone else len(documents)

    def _vector(self, form: Form, text: str) -> Vector | None:
        """The documents with a word, and how often it stands in each; None where no document has it."""
        found = []
        for first, postings in self._segments:
            number = postings.number(form, text)
            if number is not None:
                start, end = postings.extent(number)
                documents = postings.documents[start:end].astype(np.intp)
                found.append((documents + first if first else documents, postings.times[start:end]))
        if not found:
            return None
        documents, times = found[0] if len(found) == 1 else map(np.concatenate, zip(*found, strict=True))
        if self._has_gone and not self._live[documents].any():
            return None
        return documents, times.astype(np.float32)

    def _named(self) -> Records:
        """The segments' documents with kinds numbered alike."""
        names = sorted({name for _, postings in self._segments for name in postings.kind_names})
        kinds, ids = [np.zeros(0, np.uint8)], [np.zeros(0, np.int64)]
        for _, postings in self._segments:
            places = np.array([names.index(name) for name in postings.kind_names], np.uint8)
            kinds.append(places[postings.kinds])
            ids.append(postings.ids)
        return Records.of(names, np.concatenate(kinds), np.concatenate(ids))

    def _normalised(self) -> Array:
        """By form and document, how many times of a word are worth half of what any number is worth."""
        empty = np.zeros((len(FORMS), 0), np.uint32)
        lengths = np.concatenate([empty, *(postings.lengths for _, postings in self._segments)], axis=1)
        usual = lengths[:, self._live].sum(axis=1, keepdims=True) / max(self._count, 1)
        relative = lengths / np.where(usual == 0, 1, usual)
        norms: Array = (K1 * (1 - B + B * relative)).astype(np.float32)
        return norms
