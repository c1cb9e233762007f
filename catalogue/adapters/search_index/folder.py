"""The folder of the index: which rebuild of it is in use, since when, and who may write."""

from __future__ import annotations

import os
import shutil
import struct
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from pickle import PickleError
from typing import TypeVar

from whoosh import index
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import IndexReader, SegmentReader

from catalogue.adapters.search_index.layout import schema
from catalogue.kernel.errors import OutsideFailure

NAME = "catalogue"
CURRENT = "current"  # a file that holds the name of the folder in use, as old as the last change
# What Whoosh lets through when files are missing, cut short or written by another version.
DAMAGED = (
    OSError,
    EOFError,
    ValueError,
    KeyError,
    AttributeError,
    ImportError,
    PickleError,
    struct.error,
    index.IndexError,
)

# Whoosh's own, by the names under which the modules beside this one speak of them.
Index, Segment = index.Index, IndexReader
Used = TypeVar("Used")


class IndexFolder:
    """It holds a sub-folder of the rebuild in use, one of the rebuild before (for readers still in it), and a
    file that names the one in use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._named = str(folder / CURRENT)

    def state(self) -> str:
        """Another word after every change; empty where there is no index."""
        try:
            return f"{os.stat(self._named).st_mtime_ns:x}"  # noqa: PTH116  asked before every page
        except OSError:
            return ""

    def open(self, use: Callable[[Path, index.Index], Used]) -> Used:
        """What `use` makes of the folder in use and the index in it; `OutsideFailure` where it cannot."""
        tried = ""
        trouble: BaseException | None = None
        # Rebuilds may sweep the folder away while it is opened: then there is another one.
        while (name := self._current_name()) != tried:
            try:
                return use(self._folder / name, index.open_dir(self._folder / name, NAME))
            except DAMAGED as met:
                trouble, tried = met, name
        raise OutsideFailure("search.unreadable") from trouble

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One writer at a time, in any thread or process; the lock ends with its process."""
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = FileStorage(str(self._folder)).lock("writing")
        lock.acquire(blocking=True)
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def fresh(self) -> Iterator[tuple[Path, index.Index]]:
        """A new folder with an empty index in it, which is the one in use once the block has filled it."""
        fresh = Path(tempfile.mkdtemp(prefix="index-", dir=self._folder))
        try:
            yield fresh, index.create_in(fresh, schema(), NAME)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        previous = self._current_name()
        beside = self._folder / f"{CURRENT}.new"
        beside.write_text(fresh.name, encoding="ascii")
        self._date(beside)
        beside.replace(self._named)
        for old in self._folder.glob("index-*"):
            if old.name not in {fresh.name, previous}:
                shutil.rmtree(old, ignore_errors=True)

    def changed(self) -> None:
        """Tell all readers that there is something new to read."""
        self._date(self._folder / CURRENT)

    def _date(self, file: Path) -> None:
        """Later than the last change, however soon they follow each other and wherever the clock is set."""
        last = 0
        with suppress(OSError):
            last = os.stat(self._named).st_mtime_ns  # noqa: PTH116
        moment = max(time.time_ns(), last + 1)
        os.utime(file, ns=(moment, moment))

    def _current_name(self) -> str:
        try:
            return (self._folder / CURRENT).read_text(encoding="ascii")
        except (OSError, ValueError):
            return ""


@contextmanager
def segments_of(opened: index.Index) -> Iterator[list[IndexReader]]:
    """A reader for each segment of an index, for one thread and for a moment."""
    reader = opened.reader()
    try:
        yield [leaf for leaf, _ in reader.leaf_readers() if isinstance(leaf, SegmentReader)]
    finally:
        reader.close()
