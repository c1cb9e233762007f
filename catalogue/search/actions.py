"""Writes to the search index, which is a derived copy of the database."""

from __future__ import annotations

from collections.abc import Callable

from catalogue.adapters.search_index import SearchIndex
from catalogue.search.documents import all_documents


def rebuild(index: SearchIndex, progress: Callable[[int], None] | None = None) -> int:
    """Fill a new index from the database and swap it in; gives the number of documents."""
    return index.rebuild(all_documents(), progress)
