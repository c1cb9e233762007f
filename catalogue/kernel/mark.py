"""A few bytes that all processes of one machine share, and that are others after every change."""

from __future__ import annotations

import mmap
import os
from functools import cache

BYTES = 8


class Mark:
    """Kept in a file of that path, and read from memory: no system call, nobody waits for anybody."""

    def __init__(self, path: str) -> None:
        """OSError where the file cannot be made."""
        opened = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if os.fstat(opened).st_size < BYTES:
                os.truncate(opened, BYTES)
            self._shared = mmap.mmap(opened, BYTES)
        finally:
            os.close(opened)

    def read(self) -> bytes:
        return self._shared[:]

    def renew(self) -> None:
        """Say that something was changed."""
        self._shared[:] = os.urandom(BYTES)


@cache
def mark_of(path: str) -> Mark:
    """The mark of that path, one for each process."""
    return Mark(path)
