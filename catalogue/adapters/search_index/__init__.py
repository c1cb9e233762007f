"""The full-text index on disk: put, remove, search, rebuild. The only package that knows Whoosh.

Whoosh holds the inverted index and writes it. It is used within the bounds in which it is right: a reader of
one thread for a moment, documents added and deleted by one writer at a time. Its own searching, which takes a
Python call for every posting and loses hits with `limit=N` and DisjunctionMax, is not used: what a segment
holds is laid out as arrays beside it (`postings`, `files`), and found and scored there (`snapshot`).
"""

from catalogue.adapters.search_index.documents import Document, Key, fingerprint, stem
from catalogue.adapters.search_index.hits import Hit, Hits
from catalogue.adapters.search_index.index import SearchIndex
from catalogue.adapters.search_index.snapshot import Snapshot as Reader
from catalogue.adapters.search_index.writing import Change

__all__ = ["Change", "Document", "Hit", "Hits", "Key", "Reader", "SearchIndex", "fingerprint", "stem"]
