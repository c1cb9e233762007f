"""One state of the index in memory: finds the documents that a query asks for, and scores them by BM25F.

Only what is in the index counts, in frequencies and lengths too: a document that was deleted or replaced
leaves no trace, so an index that was changed a hundred times answers like one made anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, islice
from math import log
from typing import NamedTuple

import numpy as np

from catalogue.adapters.search_index.documents import Key, stem
from catalogue.adapters.search_index.files import Array
from catalogue.adapters.search_index.hits import Hits, Records
from catalogue.adapters.search_index.postings import Postings
from catalogue.adapters.search_index.spelling import similar_words
from catalogue.kernel.query import FORMS, Form, Query, Term

# BM25F (Robertson, Zaragoza). Long texts are hardly punished: a well described jam is no worse a jam.
B, K1 = 0.4, 1.2
MOST_SIMILAR = 12
# From so many postings to a document asked for, those of other documents are not scored; of few all are.
SELECTIVE, FEW = 4, 1000

# So many words are remembered with where they stand; a question has ten, with all its readings.
MOST_WORDS = 512

Word = tuple[Form, str]
# Of a word: how many documents have it, and by segment its first document, where the word stands, how often.
Places = tuple[int, Sequence[tuple[int, Array, Array]]]


class Standing(NamedTuple):
    """Where a word of a query stands in one segment, and how often.

    `worth`: what it is worth at most to a document. `row`: where its form's norms begin. `first`: the number
    of the segment's first document.
    """

    worth: float
    row: int
    first: int
    documents: Array
    times: Array


class Snapshot:
    """One state of the index: its words and its documents. Never changed: all threads may share it."""

    def __init__(self, segments: Sequence[tuple[Postings, Iterable[int]]]) -> None:
        """Segments, each with the numbers of its documents that were deleted."""
        self._segments: list[tuple[int, Postings]] = []
        total = 0
        gone = [np.zeros(0, np.intp)]
        for postings, deleted in segments:
            self._segments.append((total, postings))
            gone.append(np.array(sorted(deleted), np.intp) + total)
            total += len(postings.ids)
        self._live = np.ones(total, bool)
        self._live[np.concatenate(gone)] = False
        self._count = int(np.count_nonzero(self._live))
        self._records = self._named()
        self._norms = self._normalised()
        self._places = lru_cache(MOST_WORDS)(self._found)

    stem = staticmethod(stem)

    def count(self) -> int:
        """How many documents there are."""
        return self._count

    def knows(self, form: Form, text: str) -> bool:
        """Whether any document has this word in this form."""
        return self._places(form, text)[0] > 0

    def similar(self, word: str) -> list[Word]:
        """The indexed words that a slip of the keyboard turns into this folded word, nearest first; where
        there are none, those that it is the beginning of: `macad` is half typed."""
        found = {similar for _, postings in self._segments for similar in similar_words(postings, word)}
        words = ((form, text) for _, _, form, text in sorted(found))
        near = list(islice((word for word in words if self.knows(*word)), MOST_SIMILAR))
        return near or [(Form.FOLDED, longer) for longer in self.beginning(Form.FOLDED, word, MOST_SIMILAR)]

    def beginning(self, form: Form, letters: str, most: int) -> list[str]:
        """Indexed words in this form that begin with these letters, in alphabetical order."""
        found = {
            word for _, postings in self._segments for word in islice(postings.beginning(form, letters), most)
        }
        return [word for word in sorted(found) if self.knows(form, word)][:most]

    def search(self, asked: Query) -> Hits:
        """All documents that the query asks for, best first; none for an empty query."""
        clauses = [self._standing(clause) for clause in asked.clauses]
        if not clauses or not all(clauses):
            return Hits(self._records, np.zeros(0, np.intp), np.zeros(0, np.float32))
        every = [*chain(*clauses), *self._standing(asked.welcome)]
        # All postings in one row, each with the number of the word it belongs to.
        words = np.arange(len(every)).repeat([len(each.documents) for each in every])
        documents = np.concatenate([each.documents for each in every], dtype=np.intp)
        if len(self._segments) > 1:
            documents += np.array([each.first for each in every])[words]
        times = np.concatenate([each.times for each in every], dtype=np.float32)
        wanted = self._wanted(documents, [sum(len(each.documents) for each in clause) for clause in clauses])
        (numbers,) = wanted.nonzero()
        if len(documents) > max(SELECTIVE * len(numbers), FEW):
            kept = wanted[documents]
            documents, words, times = documents[kept], words[kept], times[kept]
        worths, rows = np.array([each.worth for each in every]), np.array([each.row for each in every])
        norms = self._norms.take(rows[words] + documents)
        scores = np.bincount(documents, worths[words] * (times / (times + norms)), len(wanted))
        return Hits(self._records, numbers, scores[numbers].astype(np.float32))

    def fingerprints(self) -> dict[Key, int]:
        """What is in the index: the fingerprint of every document by its key."""
        prints = np.concatenate([np.zeros(0, np.uint64), *(one.prints for _, one in self._segments)])
        names, kinds, ids = self._records.names, self._records.kinds.tolist(), self._records.ids.tolist()
        told = prints.tolist()
        return {
            (names[kinds[document]], ids[document]): told[document]
            for document in np.flatnonzero(self._live).tolist()
        }

    def _standing(self, terms: Iterable[Term]) -> list[Standing]:
        """Where these words stand, for those that any document has."""
        found = []
        for form, text, weight in terms:
            having, there = self._places(form, text)
            if having:
                worth = weight * (K1 + 1) * (log(self._count / (having + 1)) + 1)
                row = FORMS.index(form) * len(self._live)
                found += [Standing(worth, row, *place) for place in there]
        return found

    def _found(self, form: Form, text: str) -> Places:
        """Where a word stands; those who have it are counted without those that were deleted."""
        having, there = 0, []
        for first, postings in self._segments:
            number = postings.number(form, text)
            if number is not None:
                documents, times = postings.of(number)
                there.append((first, documents, times))
                having += self._living(first, documents)
        return having, there

    def _living(self, first: int, documents: Array) -> int:
        if self._count == len(self._live):
            return len(documents)
        return int(np.count_nonzero(self._live[first:][documents]))

    def _wanted(self, documents: Array, sizes: Sequence[int]) -> Array:
        """By document, whether it is there and stands in every clause: `sizes` cuts the row into clauses."""
        wanted, first = self._live, 0
        for size in sizes:
            fitting = np.zeros(len(wanted), bool)
            fitting[documents[first : first + size]] = True
            wanted = np.logical_and(wanted, fitting, out=fitting)
            first += size
        return wanted

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
