"""The index on disk as the application knows it: read, put, remove, rebuild."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from catalogue.adapters.search_index.documents import Document, Key
from catalogue.adapters.search_index.folder import Index, IndexFolder, segments_of
from catalogue.adapters.search_index.postings import Postings, open_postings
from catalogue.adapters.search_index.snapshot import Snapshot
from catalogue.adapters.search_index.writing import Change
from catalogue.kernel.errors import OutsideFailure


class SearchIndex:
    """An index in a folder of its own, which holds nothing that cannot be made again.

    Using an index that is missing or damaged raises `OutsideFailure`; a rebuild mends it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = IndexFolder(folder)
        self._opening = Lock()
        self._opened: tuple[str, Snapshot] | None = None
        self._postings: dict[tuple[str, str], Postings] = {}

    def exists(self) -> bool:
        """Whether there is an index that this version of the program can read."""
        try:
            with self.reader():
                return True
        except OutsideFailure:
            return False

    def state(self) -> str:
        """Another word after every change; empty where there is no index."""
        return self._folder.state()

    @contextmanager
    def reader(self) -> Iterator[Snapshot]:
        """The index as it is now, for one request."""
        state = self.state()  # before opening: what changes meanwhile is opened the next time
        with self._opening:
            if self._opened is None or self._opened[0] != state:
                self._opened = (state, self._folder.open(self._snapshot))
            snapshot = self._opened[1]
        yield snapshot

    def close(self) -> None:
        """Forget what is open: the next reader looks at every file anew, and mends what is damaged."""
        with self._opening:
            self._opened, self._postings = None, {}

    @contextmanager
    def changing(self) -> Iterator[Change]:
        """Hold the place of the one writer among all threads and processes.

        What is read from the database within it, and put, is newer than whatever others have put.
        """
        with self._folder.writing():
            yield Change(self._folder)

    def put(self, documents: Iterable[Document]) -> None:
        """Add documents, each in the place of the one that had its kind and id."""
        with self.changing() as change:
            change.put(documents)

    def remove(self, keys: Iterable[Key]) -> None:
        """Take documents out, named by kind and id; those that are not there do no harm."""
        with self.changing() as change:
            change.remove(keys)

    def rebuild(self, documents: Iterable[Document], progress: Callable[[int], None] | None = None) -> int:
        """Make the index anew, as `Change.rebuild` does."""
        with self.changing() as change:
            return change.rebuild(documents, progress)

    def _snapshot(self, folder: Path, opened: Index) -> Snapshot:
        """The state on disk; segments that were open already are not opened again."""
        known, found = {}, []
        with segments_of(opened) as segments:
            for segment in segments:
                name = (folder.name, segment.segment().segment_id())
                known[name] = self._postings.get(name) or open_postings(folder, segment)
                found.append((known[name], list(segment.segment().deleted_docs())))
        self._postings = known
        return Snapshot(found)
