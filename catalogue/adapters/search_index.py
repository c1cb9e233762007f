"""The full-text index on disk: put, remove, search, rebuild. The only module that knows Whoosh.

Whoosh is used within the bounds in which it is right: a fresh reader for each search, every hit scored
(`limit=None`, since its short cuts lose hits of nested queries), no DisjunctionMax, queries made of terms and
not of its parser, one writer at a time.
"""

from __future__ import annotations

import os
import shutil
import struct
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from pickle import PickleError
from typing import TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA
from whoosh import fields, index, query, scoring
from whoosh.filedb.filestore import FileStorage
from whoosh.lang.porter import stem as porter_stem
from whoosh.reading import IndexReader
from whoosh.searching import Searcher

from catalogue.kernel.english import base
from catalogue.kernel.errors import OutsideFailure
from catalogue.kernel.query import Form, Query, Term
from catalogue.kernel.text import canonical, fold, iy, joined, words

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Document:
    """What is known by its words of one record: `kind` and `id` name it, the texts are in any language.

    `names` weigh most, then `words` (keywords, maker, village, places old and new, codes), then `texts`
    (summaries and descriptions).
    """

    kind: str
    id: int
    names: Sequence[str] = ()
    words: Sequence[str] = ()
    texts: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found, and how well it fits; scores compare only within one search."""

    kind: str
    id: int
    score: float


# ---------------------------------------------------------------- a document in the index
NAME_COUNTS, WORD_COUNTS = 6, 2  # times a text; BM25 flattens them, so a name outweighs any description
OPENING_WORDS = 4
# Long texts are hardly punished: a well described jam is no worse a jam.
WEIGHTING = scoring.BM25F(B=0.4, K1=1.2)


def _schema() -> fields.Schema:
    forms = {form.value: fields.TEXT(phrase=False) for form in Form}
    return fields.Schema(key=fields.ID(unique=True, sortable=True), **forms)


@lru_cache(maxsize=10_000)
def stem(folded: str) -> str:
    """The English stem of a folded word: `strawberries` → `strawberri`. What is not plain English stays."""
    plain = folded.isascii() and folded.isalpha() and len(folded) < 30
    return str(porter_stem(base(folded))) if plain else folded


def _tokens(document: Document) -> dict[str, list[str]]:
    """The words of a document in every form, repeated by their weight, ready for Whoosh."""
    found: dict[str, list[str]] = {form.value: [] for form in Form}
    for times, texts in ((NAME_COUNTS, document.names), (WORD_COUNTS, document.words), (1, document.texts)):
        for text in texts:
            spelled = [word.text for word in words(text)]
            plain = _plain(spelled)
            found[Form.EXACT] += [canonical(word) for word in spelled] * times
            found[Form.FOLDED] += plain * times
            found[Form.JOINED] += joined(plain) * times
            found[Form.STEM] += [stem(word.lower()) for word in spelled if word.isascii()] * times
    for name in document.names:
        plain = _plain([word.text for word in words(name)])
        found[Form.WHOLE].append("".join(plain))
        found[Form.OPENING] += ["".join(plain[: size + 1]) for size in range(min(OPENING_WORDS, len(plain)))]
    return found


def _plain(spelled: Sequence[str]) -> list[str]:
    return [iy(fold(word)) for word in spelled]


def _key(key: Key) -> str:
    return f"{key[0]}:{key[1]}"


# ---------------------------------------------------------------- reading
TWO_SLIPS_FROM = 8  # letters
JOINED_FROM = 5  # letters; shorter pairs resemble too much
MOST_SIMILAR = 12


class Spellings:
    """The folded words of one state of the index by length, for finding what a mistyped word was to be."""

    def __init__(self, reader: IndexReader) -> None:
        self._by_length: dict[tuple[Form, int], list[str]] = defaultdict(list)
        for form in (Form.FOLDED, Form.JOINED, Form.STEM):
            for text in reader.lexicon(form.value):
                word = text.decode()
                self._by_length[form, len(word)].append(word)

    def near(self, word: str) -> list[tuple[Form, str]]:
        """Words one slip away (two from eight letters), nearest first, a dozen at most."""
        slips = 1 if len(word) < TWO_SLIPS_FROM else 2
        asked = {Form.FOLDED: word, Form.STEM: stem(word)}
        if len(word) >= JOINED_FROM:
            asked[Form.JOINED] = word
        found = [
            (distance, text[:1] != word[:1], form, text)
            for form, spelled in asked.items()
            for length in range(len(spelled) - slips, len(spelled) + slips + 1)
            for text, distance, _ in process.extract(
                spelled,
                self._by_length.get((form, length), ()),
                scorer=OSA.distance,
                score_cutoff=slips,
                limit=None,
            )
        ]
        return [(form, text) for _, _, form, text in sorted(found)[:MOST_SIMILAR]]


class Reader:
    """One state of the index, open for one request and one thread: its words and its documents."""

    def __init__(self, searcher: Searcher, spellings: Callable[[IndexReader], Spellings]) -> None:
        self._searcher = searcher
        self._reader: IndexReader = searcher.reader()
        self._spellings = spellings

    stem = staticmethod(stem)

    def count(self) -> int:
        """How many documents there are."""
        return int(self._reader.doc_count())

    def knows(self, form: Form, text: str) -> bool:
        """Whether any document has this word in this form."""
        return (form.value, text) in self._reader

    def similar(self, word: str) -> list[tuple[Form, str]]:
        """The indexed words that a slip of the keyboard turns into this folded word, nearest first."""
        return self._spellings(self._reader).near(word)

    def search(self, asked: Query) -> list[Hit]:
        """All documents that the query asks for, best first; none for an empty query."""
        if not asked:
            return []
        found = self._searcher.search(_whoosh_query(asked), limit=None).top_n
        if not found:
            return []  # an empty index has no keys to read
        keys = self._reader.column_reader("key")
        hits = [Hit(*_read_key(keys[number]), score) for score, number in found]
        return sorted(hits, key=lambda hit: (-hit.score, hit.kind, hit.id))


def _read_key(stored: str) -> Key:
    kind, _, number = stored.rpartition(":")
    return kind, int(number)


def _whoosh_query(asked: Query) -> query.Query:
    required = query.And([query.Or([_whoosh_term(term) for term in clause]) for clause in asked.clauses])
    if not asked.welcome:
        return required
    return query.AndMaybe(required, query.Or([_whoosh_term(term) for term in asked.welcome]))


def _whoosh_term(term: Term) -> query.Term:
    return query.Term(term.form.value, term.text, boost=term.weight)


# ---------------------------------------------------------------- the index on disk
NAME = "catalogue"
CURRENT = "current"  # a file that holds the name of the folder in use, as old as the last change
# What Whoosh lets through when files are missing, cut short or written by another version.
DAMAGED = (
    OSError,
    EOFError,
    ValueError,
    AttributeError,
    ImportError,
    PickleError,
    struct.error,
    index.IndexError,
)

Opened = TypeVar("Opened")


class SearchIndex:
    """An index in a folder of its own, which holds nothing that cannot be made again.

    The folder holds a sub-folder of the rebuild in use, one of the rebuild before (for readers still in it),
    and a file that names the one in use. Using an index that is missing or damaged raises `OutsideFailure`;
    a rebuild mends it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._named = str(folder / CURRENT)
        self._spellings: tuple[tuple[str, int], Spellings] | None = None

    def exists(self) -> bool:
        """Whether there is an index that this version of the program can read."""
        try:
            with self.reader():
                return True
        except OutsideFailure:
            return False

    def state(self) -> str:
        """Another word after every change; empty where there is no index."""
        try:
            return f"{os.stat(self._named).st_mtime_ns:x}"  # noqa: PTH116  asked before every page
        except OSError:
            return ""

    @contextmanager
    def reader(self) -> Iterator[Reader]:
        """The index as it is now, for one request."""
        name, searcher = self._open(lambda opened: opened.searcher(weighting=WEIGHTING))
        with searcher:
            yield Reader(searcher, lambda reader: self._spellings_of((name, reader.generation()), reader))

    def put(self, documents: Iterable[Document]) -> None:
        """Add documents, each in the place of the one that had its kind and id."""
        with self._writing():
            _, writer = self._open(lambda opened: opened.writer())
            with writer:
                for document in documents:
                    writer.update_document(key=_key((document.kind, document.id)), **_tokens(document))
            os.utime(self._named)

    def remove(self, keys: Iterable[Key]) -> None:
        """Take documents out, named by kind and id; those that are not there do no harm."""
        with self._writing():
            _, writer = self._open(lambda opened: opened.writer())
            with writer:
                for key in keys:
                    writer.delete_by_term("key", _key(key))
            os.utime(self._named)

    def rebuild(self, documents: Iterable[Document], progress: Callable[[int], None] | None = None) -> int:
        """Make the index anew and put it in the place of the old one at once; searches go on meanwhile.

        `progress` is told how many documents are written so far. Returns how many there are. When it fails,
        the old index stays in use.
        """
        with self._writing():
            fresh = Path(tempfile.mkdtemp(prefix="index-", dir=self._folder))
            try:
                total = _fill(fresh, documents, progress)
            except BaseException:
                shutil.rmtree(fresh, ignore_errors=True)
                raise
            previous = self._current_name()
            self._switch_to(fresh)
            self._sweep({fresh.name, previous})
            return total

    def _open(self, use: Callable[[index.Index], Opened]) -> tuple[str, Opened]:
        """The name of the folder in use, and what `use` opens there."""
        tried = ""
        while (
            name := self._current_name()
        ) != tried:  # rebuilds may sweep the folder away while it is opened
            with suppress(*DAMAGED):
                return name, use(index.open_dir(self._folder / name, NAME))
            tried = name
        raise OutsideFailure("search.unreadable")

    def _spellings_of(self, state: tuple[str, int], reader: IndexReader) -> Spellings:
        if self._spellings is None or self._spellings[0] != state:
            self._spellings = (state, Spellings(reader))
        return self._spellings[1]

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One writer at a time, in any thread or process; the lock ends with its process."""
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = FileStorage(str(self._folder)).lock("writing")
        lock.acquire(blocking=True)
        try:
            yield
        finally:
            lock.release()

    def _current_name(self) -> str:
        try:
            return (self._folder / CURRENT).read_text(encoding="ascii")
        except (OSError, ValueError):
            return ""

    def _switch_to(self, fresh: Path) -> None:
        beside = self._folder / f"{CURRENT}.new"
        beside.write_text(fresh.name, encoding="ascii")
        beside.replace(self._folder / CURRENT)

    def _sweep(self, keep: set[str]) -> None:
        for old in self._folder.glob("index-*"):
            if old.name not in keep:
                shutil.rmtree(old, ignore_errors=True)


def _fill(folder: Path, documents: Iterable[Document], progress: Callable[[int], None] | None) -> int:
    total = 0
    with index.create_in(folder, _schema(), NAME).writer(limitmb=256) as writer:
        for total, document in enumerate(documents, start=1):
            writer.add_document(key=_key((document.kind, document.id)), **_tokens(document))
            if progress:
                progress(total)
    return total
