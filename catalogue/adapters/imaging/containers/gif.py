"""GIF: pictures and extensions in small blocks, up to a semicolon."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from catalogue.adapters.imaging.containers import xmp
from catalogue.adapters.imaging.containers.anatomy import Anatomy, Block, NotTaken
from catalogue.kernel.photo import Refusal

HEAD = 13
PICTURE, EXTENSION, END = 0x2C, 0x21, 0x3B
REMARK, APPLICATION = 0xFE, 0xFF
XMP = b"XMP DataXMP"
REPEAT = {b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"}


@dataclass(frozen=True)
class Part:
    """A picture, or an extension with its label and its blocks put together."""

    label: int | None
    start: int
    end: int
    data: bytes = b""


def parts(body: bytes) -> Iterator[Part]:
    """Everything between the head and the end mark, and then that mark."""
    place = HEAD + _table(body, 10)
    while True:
        start, kind = place, _byte(body, place)
        if kind == END:
            yield Part(END, start, start + 1)
            return
        if kind == PICTURE:
            place = _blocks_end(body, place + 11 + _table(body, place + 9))
            yield Part(None, start, place)
        elif kind == EXTENSION:
            place = _blocks_end(body, place + 2)
            yield Part(_byte(body, start + 1), start, place, body[start + 2 : place])
        else:
            raise NotTaken(Refusal.DAMAGED)


def dissect(body: bytes) -> Anatomy:
    """Blocks and end; only the first picture counts."""
    blocks: list[Block] = []
    frames, end = 0, len(body)
    covered: tuple[int, int, int, int] | None = None
    for part in parts(body):
        if part.label is None and not frames:
            covered = _covered(body, part.start)
        frames += part.label is None
        end = part.end
        if part.label == REMARK:
            blocks.append(Block("comment", part.data))
        elif part.label == APPLICATION and part.data[1:12] == XMP:
            blocks.append(Block("xmp", part.data[12:]))
    return Anatomy(end, tuple(blocks), frames=max(1, frames), covered=covered)


def _covered(body: bytes, place: int) -> tuple[int, int, int, int] | None:
    """The part of the canvas that the picture at that place fills; None where that is all."""
    width, height = struct.unpack_from("<HH", body, 6)
    left, top, across, down = struct.unpack_from("<HHHH", body, place + 1)
    whole = left <= 0 and top <= 0 and left + across >= width and top + down >= height
    return None if whole else (left, top, left + across, top + down)


def without_location(body: bytes) -> bytes:
    """The same pixels to the bit."""
    head = body[: HEAD + _table(body, 10)]
    return head + b"".join(body[part.start : part.end] for part in parts(body) if _stays(part))


def _stays(part: Part) -> bool:
    if part.label == APPLICATION:
        return part.data[1:12] in REPEAT
    return part.label != REMARK or not xmp.TELLING.search(part.data)


def _byte(body: bytes, place: int) -> int:
    if place >= len(body):
        raise NotTaken(Refusal.TRUNCATED)
    return body[place]


def _table(body: bytes, place: int) -> int:
    """Bytes of the colour table that the flags at that place announce."""
    flags = _byte(body, place)
    return 3 << (flags % 8 + 1) if flags & 0x80 else 0


def _blocks_end(body: bytes, place: int) -> int:
    while size := _byte(body, place):
        place += 1 + size
    return place + 1
