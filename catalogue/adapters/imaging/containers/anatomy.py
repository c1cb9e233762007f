"""What is found when a file is taken apart, whatever its kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from catalogue.kernel.photo import Refusal

Kind = Literal["exif", "xmp", "iptc", "comment"]


class NotTaken(Exception):
    """The file is refused, and this is why."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Block:
    """Something that a file says besides its pixels. Exif begins with its byte order, XMP is XML."""

    kind: Kind
    data: bytes


@dataclass(frozen=True)
class Anatomy:
    """Where the parts of a file lie. `end`: the first byte behind the picture.

    `frames`: pictures in the file. `primaries`: the colour space's number in ITU-T H.273, if it has one.
    """

    end: int
    blocks: tuple[Block, ...] = ()
    frames: int = 1
    primaries: int | None = None

    def first(self, kind: Kind) -> bytes | None:
        """The first block of that kind."""
        return next((block.data for block in self.blocks if block.kind == kind), None)
