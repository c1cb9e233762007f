"""Photoshop's resources, in which JPEG files keep what news agencies write about a picture (IPTC)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

IPTC = 0x0404
SIGN = b"8BIM"


def resources(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and content of each resource, up to the first that is broken."""
    place = 0
    while data[place : place + 4] == SIGN and place + 12 <= len(data):
        number = int.from_bytes(data[place + 4 : place + 6], "big")
        name = 1 + data[place + 6]
        place += 6 + name + name % 2
        size = int.from_bytes(data[place : place + 4], "big")
        content = data[place + 4 : place + 4 + size]
        if len(content) < size:
            return
        yield number, content
        place += 4 + size + size % 2


def only_iptc(data: bytes) -> bytes:
    """The resources without previews and without the copies of Exif and XMP that Photoshop keeps there."""
    kept = (
        SIGN
        + IPTC.to_bytes(2, "big")
        + b"\0\0"
        + len(content).to_bytes(4, "big")
        + content.ljust(_even(content), b"\0")
        for number, content in resources(data)
        if number == IPTC
    )
    return b"".join(kept)


def _even(content: bytes) -> int:
    return len(content) + len(content) % 2


@dataclass(frozen=True)
class Facts:
    """Who made the picture, and what is said of its rights."""

    byline: str = ""
    rights: str = ""


def facts(data: bytes) -> Facts:
    """What a block of IPTC says of people."""
    found: dict[int, str] = {}
    place = 0
    while data[place : place + 2] in {b"\x1c\x02", b"\x1c\x01"} and place + 5 <= len(data):
        size = int.from_bytes(data[place + 3 : place + 5], "big")
        if data[place + 1] == 2:
            words = data[place + 5 : place + 5 + size].decode("utf-8", "replace").strip("\0 ")
            found.setdefault(data[place + 2], words)
        place += 5 + size
    return Facts(byline=found.get(80) or found.get(110, ""), rights=found.get(116, ""))
