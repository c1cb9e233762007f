"""Files that arrive in pieces, kept in a folder until they are whole."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from catalogue.kernel.errors import Conflict


class Pieces:
    """One file for each upload, named by its number. Its length is all that is known of it, and all it takes:
    whoever is cut off asks for it and goes on there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def size(self, number: int) -> int:
        """How many bytes have arrived."""
        try:
            return self._path(number).stat().st_size
        except FileNotFoundError:
            return 0

    def append(self, number: int, offset: int, piece: bytes) -> int:
        """Put a piece where the bytes end, and give the new end. Conflict with the true end for any other
        place: so a piece that comes twice, or twice at the same moment, is kept once."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._path(number).open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # until it is closed, whoever is killed meanwhile
            end = os.fstat(file.fileno()).st_size
            if end != offset:
                raise Conflict("upload.other_offset", offset=end)
            file.write(piece)
            file.flush()
            os.fsync(file.fileno())  # the phone forgets what we say that we have
            return end + len(piece)

    def read(self, number: int) -> bytes:
        """All that has arrived."""
        try:
            return self._path(number).read_bytes()
        except FileNotFoundError:
            return b""

    def drop(self, number: int) -> None:
        """Let the bytes go; nothing happens where there are none."""
        self._path(number).unlink(missing_ok=True)

    def numbers(self) -> Iterator[int]:
        """Of which uploads there are bytes."""
        return (int(path.stem) for path in self._folder.glob("*.part") if path.stem.isdecimal())

    def _path(self, number: int) -> Path:
        return self._folder / f"{number}.part"
