"""Searches go on without an error while the index is written, cleared and made anew."""

from __future__ import annotations

import os
import threading
import time
from itertools import count
from pathlib import Path

from catalogue.adapters.search_index import Document, SearchIndex
from catalogue.search.rules import understand

# INDEX_LOAD_S=60 goes on for longer.
SECONDS = float(os.environ.get("INDEX_LOAD_S", "3"))
READERS = 8
MOVING = 40  # documents that come and go together
STANDING = [Document("village", number, (f"Làng trà số {number}",)) for number in range(60)]


def moving(round_: int) -> list[Document]:
    return [Document("product", number, (f"Cà phê lứa {round_}",)) for number in range(MOVING)]


class Load:
    """Readers and a writer on one index, and what went wrong."""

    def __init__(self, folder: Path) -> None:
        self.index, self.reading = SearchIndex(folder), SearchIndex(folder)
        self.index.rebuild([*STANDING, *moving(0)])
        self.over = threading.Event()
        self.troubles: list[str] = []
        self.answers = 0

    def read(self) -> None:
        """All of what stands is always there, and of what moves all or nothing."""
        try:
            while not self.over.is_set():
                with self.reading.reader() as reader:
                    tea, coffee = (
                        len(reader.search(understand(text, reader, {}))) for text in ("trà", "ca phe")
                    )
                if tea != len(STANDING) or coffee not in {0, MOVING}:
                    self.troubles.append(f"{tea} and {coffee} found")
                self.answers += 1
        except BaseException as trouble:
            self.troubles.append(repr(trouble))
            raise

    def write(self) -> None:
        """Until the time is over, each way of writing had its turn and readers read; or until trouble."""
        until = time.monotonic() + SECONDS
        for round_ in count(1):
            if self.troubles or (time.monotonic() > until and round_ > 4 and self.answers > READERS):
                return
            match round_ % 4:
                case 0:
                    self.index.rebuild([*STANDING, *moving(round_)])
                case 1:
                    self.index.remove(("product", number) for number in range(MOVING))
                case _:
                    self.index.put(moving(round_))


def test_eight_readers_see_whole_states_beside_a_writer(tmp_path: Path) -> None:
    load = Load(tmp_path)
    readers = [threading.Thread(target=load.read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    load.write()
    load.over.set()
    for reader in readers:
        reader.join()
    assert load.troubles == []
