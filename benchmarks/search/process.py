"""A process that opens an index, answers the questions on its input, and says how it fared."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from catalogue.adapters.search_index import SearchIndex
from catalogue.search.rules import understand

PAGE = 24


def _ask(index: SearchIndex, text: str) -> None:
    with index.reader() as reader:
        reader.search(understand(text, reader, {}))[:PAGE]


def _memory_mb(what: str = "VmRSS") -> float:
    told = Path("/proc/self/status").read_text("ascii")
    resident = next(line for line in told.splitlines() if line.startswith(f"{what}:"))
    return int(resident.split()[1]) / 1024


def main() -> None:
    """Megabytes at first, milliseconds of processor until the first answer, megabytes after the last,
    and how many of them are pages of files, which all processes share."""
    first, *others = sys.stdin.read().splitlines()
    before, began = _memory_mb(), time.process_time()
    index = SearchIndex(Path(sys.argv[1]))
    _ask(index, first)
    spent = (time.process_time() - began) * 1000
    for text in others:
        _ask(index, text)
    print(before, spent, _memory_mb(), _memory_mb("RssFile"))


if __name__ == "__main__":
    main()
