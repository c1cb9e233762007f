"""Files that are only ever added to, one a day: what readers do, noted without touching the database."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

MOST_BYTES = 2 * 1024 * 1024  # a day; a robot that goes on is not worth more
NAME = re.compile(r"\d{4}-\d{2}-\d{2}\.jsonl")


class DayFiles:
    """A folder with one file a day and a line of JSON a note. Any process may add; lines never mix."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def note(self, day: date, what: Mapping[str, Any]) -> None:
        """Add a line to the file of that day, unless it is full."""
        self._folder.mkdir(parents=True, exist_ok=True)
        line = json.dumps(what, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
        file = os.open(
            self._folder / f"{day.isoformat()}.jsonl", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600
        )
        try:
            if os.fstat(file).st_size < MOST_BYTES:
                os.write(file, line)  # one call, so that lines of two processes stand one after the other
        finally:
            os.close(file)

    def names(self) -> list[str]:
        """The files there are, the oldest first."""
        found = self._folder.iterdir() if self._folder.is_dir() else ()
        return sorted(path.name for path in found if NAME.fullmatch(path.name))

    def since(self, name: str, position: int) -> tuple[list[dict[str, Any]], int]:
        """The notes after a position, and the position after them; a line that is not whole waits."""
        with (self._folder / name).open("rb") as file:
            file.seek(position)
            body = file.read()
        whole = body[: body.rfind(b"\n") + 1]
        return [note for line in whole.splitlines() if (note := _read(line))], position + len(whole)

    def remove(self, name: str) -> None:
        """Take a file away; one that is gone does no harm."""
        (self._folder / name).unlink(missing_ok=True)


def _read(line: bytes) -> dict[str, Any] | None:
    """A note; None for what a crash left, which says nothing."""
    try:
        note = json.loads(line)
    except ValueError:
        return None
    return note if isinstance(note, dict) else None
