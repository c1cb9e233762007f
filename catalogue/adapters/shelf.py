"""A folder of made things, kept under their names as long as there is room: the oldest go first."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path


class Shelf:
    """At most `most` files in `folder`. It may be deleted at any time: all is made again when asked for."""

    def __init__(self, folder: Path, most: int) -> None:
        self._folder, self._most = folder, most

    def get(self, name: str, make: Callable[[], bytes]) -> bytes:
        """What is kept under that file name, made and kept now if it is not there yet."""
        path = self._folder / name
        try:
            return path.read_bytes()
        except FileNotFoundError:
            made = make()
            self._keep(path, made)
            return made

    def _keep(self, path: Path, content: bytes) -> None:
        """Put it there whole or not at all; readers in other processes never see half of it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as scratch:
            scratch.write(content)
        os.replace(scratch.name, path)  # noqa: PTH105  # atomic, on every system
        self._make_room()

    def _make_room(self) -> None:
        kept = list(self._folder.iterdir())
        if len(kept) <= self._most:
            return
        for old in sorted(kept, key=_age)[: len(kept) - self._most]:
            old.unlink(missing_ok=True)


def _age(path: Path) -> float:
    """When it was made; what another process took away meanwhile counts as oldest."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
