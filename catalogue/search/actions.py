"""Writes to the search index, which is a derived copy of the database.

What is put is read from the database while nobody else may write to the index: otherwise the slower of two
workers could put an older state over a newer one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from catalogue import changes
from catalogue.adapters.search_index import Change, Document, Key, SearchIndex, fingerprint
from catalogue.database import transaction
from catalogue.search.documents import all_documents, documents_of
from catalogue.search.touched import touched_by


@dataclass(frozen=True)
class Verified:
    """What a comparison with the database found, and mended: how many documents the index should hold, how
    many were missing, out of date, or of nothing there is; `rebuilt` where it could not be read at all."""

    documents: int
    missing: int = 0
    stale: int = 0
    surplus: int = 0
    rebuilt: bool = False

    @property
    def sound(self) -> bool:
        """Whether there was nothing to mend."""
        return not (self.missing or self.stale or self.surplus or self.rebuilt)


def rebuild(index: SearchIndex, progress: Callable[[int], None] | None = None) -> int:
    """Fill a new index from the database and swap it in; gives the number of documents."""
    with index.changing() as change:
        # Just these: a change noted earlier may be committed later, after its row was read.
        known = changes.numbers()
        number = change.rebuild(all_documents(), progress)
        changes.forget(known)
    return number


def refresh(index: SearchIndex) -> int:
    """Bring the index to what was committed since, by the change log; gives the number of documents.

    Doing it twice is doing it once. Without an index there is nothing to do: making one reads everything.
    """
    total = 0
    with index.changing() as change:
        while True:
            numbers, keys = changes.noted()
            if not numbers:
                return total
            if index.exists():
                wanted = touched_by(keys)
                documents = _documents(wanted)
                _remove(change, _missing(wanted, documents))
                _put(change, documents)
                total += sum(map(len, wanted.values()))
            changes.forget(numbers)


def verify(index: SearchIndex) -> Verified:
    """Compare the index with the database, document by document, and mend what differs.

    The index is brought up to date first, so what is found was lost or damaged, or the program reads texts
    differently than it did when they were indexed.
    """
    index.close()
    with transaction():  # else SQLite's only pen is held while everything is compared
        refresh(index)
    if not index.exists():
        return Verified(rebuild(index), rebuilt=True)
    total, doubtful = _doubtful(index)
    with index.changing() as change:  # what changed while it was compared is in order by now
        with index.reader() as reader:
            known = reader.fingerprints()
        documents = _documents(doubtful)
        missing = [one for one in documents if _key(one) not in known]
        stale = [one for one in documents if known.get(_key(one), fingerprint(one)) != fingerprint(one)]
        surplus = [key for key in _missing(doubtful, documents) if key in known]
        _remove(change, surplus)
        _put(change, missing + stale)
    return Verified(total, len(missing), len(stale), len(surplus))


def _doubtful(index: SearchIndex) -> tuple[int, dict[str, set[int]]]:
    """How many documents there should be, and by kind those that differ."""
    with index.reader() as reader:
        known = reader.fingerprints()
    total = 0
    doubtful: dict[str, set[int]] = defaultdict(set)
    for document in all_documents():
        total += 1
        if known.pop(_key(document), None) != fingerprint(document):
            doubtful[document.kind].add(document.id)
    for kind, number in known:
        doubtful[kind].add(number)
    return total, doubtful


def _documents(wanted: Mapping[str, Collection[int]]) -> list[Document]:
    return [document for kind, ids in wanted.items() for document in documents_of(kind, ids)]


def _missing(wanted: Mapping[str, Collection[int]], found: Collection[Document]) -> list[Key]:
    asked = {(kind, number) for kind, ids in wanted.items() for number in ids}
    return sorted(asked - {_key(document) for document in found})


def _key(document: Document) -> Key:
    return document.kind, document.id


def _remove(change: Change, keys: Collection[Key]) -> None:
    if keys:
        change.remove(keys)


def _put(change: Change, documents: Collection[Document]) -> None:
    if documents:
        change.put(documents)
