"""TIFF directories, in which Exif is written too, and what they tell of the picture and of people."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

ORIENTATION, ARTIST, COPYRIGHT = 0x0112, 0x013B, 0x8298
EXIF, GPS, INTEROPERABILITY, SUB_IMAGES = 0x8769, 0x8825, 0xA005, 0x014A
XMP, MAKER_NOTE, COLOUR_SPACE, INTEROPERABILITY_INDEX = 0x02BC, 0x927C, 0xA001, 0x0001
OWNER, SERIAL, LENS_SERIAL, AUTHOR_OF_WINDOWS = 0xA430, 0xA431, 0xA435, 0x9C9D
NESTED = {EXIF: "exif", GPS: "gps", INTEROPERABILITY: "interoperability", SUB_IMAGES: "sub"}
# Bytes of one value of each type that the standard knows.
BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 129: 1}
ENTRY = 12
MOST_DIRECTORIES = 100  # a file of more has been made to keep us busy

Order = Literal["<", ">"]


@dataclass(frozen=True)
class Entry:
    """One fact, at `place`. `start`: where its value begins; `size`: its value's bytes; `raw`: the entry."""

    place: int
    tag: int
    type: int
    count: int
    start: int
    size: int
    raw: bytes


@dataclass(frozen=True)
class Directory:
    """The facts that stand together; `place`: where its count stands; `following`: the next in the chain."""

    name: str
    place: int
    entries: tuple[Entry, ...]
    following: int

    @property
    def end(self) -> int:
        """The first byte behind the directory."""
        return self.place + 2 + ENTRY * len(self.entries) + 4


def byte_order(data: bytes) -> Order | None:
    """As the first four bytes say, None where this is no TIFF."""
    orders: dict[bytes, Order] = {b"II*\0": "<", b"MM\0*": ">"}
    return orders.get(bytes(data[:4]))


def directories(data: bytes) -> Iterator[Directory]:
    """Every directory that can be reached; what is broken is passed over."""
    order = byte_order(data)
    if order is None or len(data) < 8:
        return
    waiting = [("image", struct.unpack_from(order + "I", data, 4)[0])]
    # What the position is said to be may also be said to be something else: both are heard.
    seen: set[tuple[str, int]] = set()
    while waiting and len(seen) < MOST_DIRECTORIES:
        name, place = waiting.pop(0)
        kind = "image" if name == "next" else name
        if (kind, place) in seen or not 8 <= place <= len(data) - 2:
            continue
        seen.add((kind, place))
        directory = _directory(data, order, name, place)
        if directory is None:
            continue
        yield directory
        for entry in directory.entries:
            if entry.tag in NESTED:
                waiting += [(NESTED[entry.tag], where) for where in numbers(data, order, entry)]
        if name in {"image", "next"}:
            waiting.append(("next", directory.following))


def _directory(data: bytes, order: Order, name: str, place: int) -> Directory | None:
    """None where its count says that it goes on behind the end."""
    (count,) = struct.unpack_from(order + "H", data, place)
    if place + 2 + ENTRY * count > len(data):
        return None
    entries = tuple(_entry(data, order, place + 2 + ENTRY * number) for number in range(count))
    foot = place + 2 + ENTRY * count
    following = struct.unpack_from(order + "I", data, foot)[0] if foot + 4 <= len(data) else 0
    return Directory(name, place, entries, following)


def _entry(data: bytes, order: Order, place: int) -> Entry:
    tag, kind, count = struct.unpack_from(order + "HHI", data, place)
    size = BYTES.get(kind, 1) * count
    start = place + 8 if size <= 4 else struct.unpack_from(order + "I", data, place + 8)[0]
    return Entry(place, tag, kind, count, start, size, bytes(data[place : place + ENTRY]))


def numbers(data: bytes, order: Order, entry: Entry, most: int = 1_000_000) -> list[int]:
    """The whole numbers of an entry, as far as the file has them."""
    sign = {1: "B", 3: "H", 4: "I", 13: "I"}.get(entry.type)
    if sign is None or entry.start + entry.size > len(data) or entry.count > most:
        return []
    return list(struct.unpack_from(f"{order}{entry.count}{sign}", data, entry.start))


def text(data: bytes, entry: Entry) -> str:
    """The words of an entry; cameras write UTF-8 where the standard says ASCII."""
    raw = bytes(data[entry.start : entry.start + entry.size])
    if entry.tag == AUTHOR_OF_WINDOWS:
        return raw.decode("utf-16-le", "replace").split("\0")[0].strip()
    try:
        words = raw.decode("utf-8")
    except UnicodeDecodeError:
        words = raw.decode("latin-1")
    return words.split("\0")[0].strip()


@dataclass(frozen=True)
class Facts:
    """What Exif tells.

    `camera`: there is a directory of a camera's own. `adobe`: the colours are Adobe RGB, as DCF, the standard
    of cameras, marks them.
    """

    orientation: int = 1
    gps: bool = False
    artist: str = ""
    copyright: str = ""
    owner: bool = False
    serial: bool = False
    maker_note: bool = False
    thumbnail: bool = False
    camera: bool = False
    adobe: bool = False


def facts(data: bytes) -> Facts:
    """What a block of Exif, or a TIFF file, tells of the picture and of people."""
    order = byte_order(data)
    if order is None:
        return Facts()
    found: dict[tuple[str, int], Entry] = {}
    thumbnail = False
    for directory in directories(data):
        thumbnail = thumbnail or (directory.name == "next" and bool(directory.entries))
        for entry in directory.entries:
            found.setdefault((directory.name, entry.tag), entry)

    def words(place: str, tag: int) -> str:
        entry = found.get((place, tag))
        return text(data, entry) if entry else ""

    def number(place: str, tag: int) -> int:
        entry = found.get((place, tag))
        return next(iter(numbers(data, order, entry)), 0) if entry else 0

    orientation = number("image", ORIENTATION)
    return Facts(
        orientation=orientation if 1 <= orientation <= 8 else 1,
        gps=any(name == "gps" or tag == GPS for name, tag in found),
        artist=words("image", ARTIST) or words("image", AUTHOR_OF_WINDOWS),
        copyright=words("image", COPYRIGHT).strip("; "),
        owner=bool(words("exif", OWNER)),
        serial=("exif", SERIAL) in found or ("exif", LENS_SERIAL) in found,
        maker_note=("exif", MAKER_NOTE) in found,
        thumbnail=thumbnail,
        camera=any(name == "exif" for name, _ in found),
        adobe=words("interoperability", INTEROPERABILITY_INDEX) == "R03"
        and number("exif", COLOUR_SPACE) != 1,
    )
