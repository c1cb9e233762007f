"""WebP: a RIFF file whose chunks may hold Exif and XMP."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.adapters.imaging.containers import exif_cleaning, xmp
from catalogue.adapters.imaging.containers.anatomy import Anatomy, Block, NotTaken, ends_in_zeros
from catalogue.kernel.photo import Refusal

HEAD = 12
LOSSLESS = b"VP8L"  # the other kind of packing may end in zeros where a picture is of one colour
NEEDED = {b"VP8 ", LOSSLESS, b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}


def chunks(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of each chunk."""
    end = _end(body)
    place = HEAD
    while place + 8 <= end:
        size = int.from_bytes(body[place + 4 : place + 8], "little")
        if place + 8 + size > end:
            raise NotTaken(Refusal.TRUNCATED)
        yield body[place : place + 4], body[place + 8 : place + 8 + size]
        place += 8 + size + size % 2


def dissect(body: bytes) -> Anatomy:
    """Blocks and end; only the first picture of an animation counts."""
    found = list(chunks(body))
    kinds = {b"EXIF": "exif", b"XMP ": "xmp"}
    blocks = []
    for name, data in found:
        if name == LOSSLESS and ends_in_zeros(data):
            raise NotTaken(Refusal.TRUNCATED)
        if kinds.get(name) == "exif":
            blocks.append(Block("exif", data.removeprefix(b"Exif\0\0")))
        elif kinds.get(name) == "xmp":
            blocks.append(Block("xmp", data))
    return Anatomy(_end(body), tuple(blocks), frames=max(1, sum(name == b"ANMF" for name, _ in found)))


def without_location(body: bytes) -> bytes:
    """The same pixels to the bit."""
    parts = []
    for name, data in chunks(body):
        if name == b"EXIF":
            parts.append(_chunk(name, exif_cleaning.without_location(data.removeprefix(b"Exif\0\0"))))
        elif name == b"XMP ":
            parts.append(_chunk(name, xmp.without_location(data)))
        elif name in NEEDED:
            parts.append(_chunk(name, data))
    inside = b"WEBP" + b"".join(parts)
    return b"RIFF" + len(inside).to_bytes(4, "little") + inside


def _end(body: bytes) -> int:
    end = 8 + int.from_bytes(body[4:8], "little")
    if end > len(body):
        raise NotTaken(Refusal.TRUNCATED)
    return end


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + len(data).to_bytes(4, "little") + data + b"\0" * (len(data) % 2)
