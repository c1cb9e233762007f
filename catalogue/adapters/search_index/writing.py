"""Changing the index: what the one writer can do while it holds its place."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whoosh import index
from whoosh.reading import SegmentReader

from catalogue.adapters.search_index.documents import Document, Key, indexed, key_text
from catalogue.adapters.search_index.folder import IndexFolder, segments_of
from catalogue.adapters.search_index.layout import Codec, Gathered
from catalogue.adapters.search_index.postings import open_postings

# A segment joins the new one when it is at most so many times as large: few segments, seldom much to copy.
JOINS = 4


class Change:
    """The one writer, in its place until the block of `SearchIndex.changing` ends."""

    def __init__(self, folder: IndexFolder) -> None:
        self._folder = folder

    def put(self, documents: Iterable[Document]) -> None:
        """Add documents, each in the place of the one that had its kind and id."""
        latest = {(document.kind, document.id): document for document in documents}
        with self._writer() as writer:
            for document in latest.values():
                writer.update_document(**indexed(document))

    def remove(self, keys: Iterable[Key]) -> None:
        """Take documents out, named by kind and id; those that are not there do no harm."""
        with self._writer() as writer:
            for key in keys:
                writer.delete_by_term("key", key_text(key))

    def rebuild(self, documents: Iterable[Document], progress: Callable[[int], None] | None = None) -> int:
        """Make the index anew and put it in the place of the old one at once; searches go on meanwhile.

        `progress` is told how many documents are written so far. Returns how many there are. When it fails,
        the old index stays in use.
        """
        total = 0
        with self._folder.fresh() as (folder, empty):
            with _without_collector(), _committed(empty) as writer:
                for total, document in enumerate(documents, start=1):
                    writer.add_document(**indexed(document))
                    if progress:
                        progress(total)
            _lay_out(folder, empty)
        return total

    @contextmanager
    def _writer(self) -> Iterator[Any]:
        """Whoosh's writer; what it wrote is laid out for reading before readers are told of it."""
        with _committed(self._folder.open(lambda _, opened: opened)) as writer:
            yield writer
        self._folder.open(_lay_out)
        self._folder.changed()


@contextmanager
def _committed(opened: index.Index) -> Iterator[Any]:
    writer = opened.writer(codec=Codec())
    writer.pool = Gathered()
    try:
        yield writer
    except BaseException:
        writer.cancel()
        raise
    writer.commit(mergetype=_join_small)


@contextmanager
def _without_collector() -> Iterator[None]:
    """What is gathered is much and holds no circles: looking for them would take a fifth of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _join_small(writer: Any, segments: list[Any]) -> list[Any]:
    """Copy small segments into the one being written; gives those that stay as they are."""
    joined, kept = writer.doc_count(), []
    for segment in sorted(segments, key=lambda each: each.doc_count()):
        if segment.doc_count() > JOINS * joined:
            kept.append(segment)
            continue
        joined += segment.doc_count()
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return kept


def _lay_out(folder: Path, opened: index.Index) -> None:
    with segments_of(opened) as segments:
        for segment in segments:
            open_postings(folder, segment)
