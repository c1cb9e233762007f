"""What is found when a file is taken apart, whatever its kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from catalogue.kernel.photo import Refusal

Kind = Literal["exif", "tiff", "xmp", "iptc", "comment"]


class NotTaken(Exception):
    """The file is refused, and this is why."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


# No encoder packs a picture so that it ends in as many.
ZEROS = bytes(256)


@dataclass(frozen=True)
class Block:
    """Something that a file says besides its pixels. Exif begins with its byte order, XMP is XML; a TIFF as a
    whole is written as Exif is."""

    kind: Kind
    data: bytes


@dataclass(frozen=True)
class Anatomy:
    """Where the parts of a file lie. `end`: the first byte behind the picture.

    `frames`: pictures in the file, previews not counted. `page`: which of them is shown. `listed`: the first
    byte behind further pictures that the file itself lists. `primaries`, `transfer`: the numbers of the
    colour space and of its curve in ITU-T H.273, if it has them. `covered`: the part of the canvas that the
    picture fills (left, top, right, bottom), where that is not all.
    """

    end: int
    blocks: tuple[Block, ...] = ()
    frames: int = 1
    page: int = 0
    listed: int = 0
    primaries: int | None = None
    transfer: int | None = None
    covered: tuple[int, int, int, int] | None = None

    def first(self, kind: Kind) -> bytes | None:
        """The first block of that kind."""
        return next((block.data for block in self.blocks if block.kind == kind), None)


def ends_in_zeros(packed: bytes) -> bool:
    """Whether the end of a packed picture is missing, with zeros in its place."""
    return packed.endswith(ZEROS)
