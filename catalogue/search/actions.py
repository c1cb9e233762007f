"""Writes to the search index, which is a derived copy of the database."""

from __future__ import annotations

from collections.abc import Callable

from catalogue import changes
from catalogue.adapters.search_index import SearchIndex
from catalogue.search.documents import all_documents, documents_of
from catalogue.search.touched import touched_by


def rebuild(index: SearchIndex, progress: Callable[[int], None] | None = None) -> int:
    """Fill a new index from the database and swap it in; gives the number of documents."""
    known = changes.last()
    number = index.rebuild(all_documents(), progress)
    changes.forget_up_to(known)
    return number


def refresh(index: SearchIndex) -> int:
    """Bring the index to what was committed since, by the change log; gives the number of documents.

    Doing it twice is doing it once. Without an index there is nothing to do: making one reads everything.
    """
    total = 0
    while True:
        numbers, keys = changes.noted()
        if not keys:
            return total
        if index.exists():
            for kind, ids in touched_by(keys).items():
                documents = documents_of(kind, ids)
                if gone := ids - {document.id for document in documents}:
                    index.remove((kind, number) for number in gone)
                if documents:
                    index.put(documents)
                total += len(ids)
        changes.forget(numbers)
