"""TIFF directories, in which Exif is written too: read them, and take out what tells where somebody lives."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from catalogue.adapters.imaging.containers import xmp

ORIENTATION, ARTIST, COPYRIGHT = 0x0112, 0x013B, 0x8298
EXIF, GPS, INTEROPERABILITY, SUB_IMAGES = 0x8769, 0x8825, 0xA005, 0x014A
XMP, MAKER_NOTE, COLOUR_SPACE, INTEROPERABILITY_INDEX = 0x02BC, 0x927C, 0xA001, 0x0001
OWNER, SERIAL, LENS_SERIAL, AUTHOR_OF_WINDOWS = 0xA430, 0xA431, 0xA435, 0x9C9D
# Photoshop's store and makers' notes may repeat the position, GeoTIFF's tags are one, padding keeps remnants.
TELLING = frozenset(
    {GPS, MAKER_NOTE, 0x8649, 0xEA1C, 0x830E, 0x8482, 0x8480, 0x85D8, 0x87AF, 0x87B0, 0x87B1, 0xA480, 0xA481}
)
NESTED = {EXIF: "exif", GPS: "gps", INTEROPERABILITY: "interoperability", SUB_IMAGES: "sub"}
# Bytes of one value of each type that the standard knows.
BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
ENTRY = 12
MOST_DIRECTORIES = 100  # a file of more has been made to keep us busy

Order = Literal["<", ">"]


@dataclass(frozen=True)
class Entry:
    """One fact. `start`: where its value begins; `size`: the bytes of its value; `raw`: the entry itself."""

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
    seen: set[int] = set()
    while waiting and len(seen) < MOST_DIRECTORIES:
        name, place = waiting.pop(0)
        if place in seen or not 8 <= place <= len(data) - 2:
            continue
        seen.add(place)
        directory = _directory(data, order, name, place)
        yield directory
        for entry in directory.entries:
            if entry.tag in NESTED:
                waiting += [(NESTED[entry.tag], where) for where in numbers(data, order, entry)]
        if name in {"image", "next"}:
            waiting.append(("next", directory.following))


def _directory(data: bytes, order: Order, name: str, place: int) -> Directory:
    (count,) = struct.unpack_from(order + "H", data, place)
    count = min(count, (len(data) - place - 2) // ENTRY)
    entries = tuple(_entry(data, order, place + 2 + ENTRY * number) for number in range(count))
    foot = place + 2 + ENTRY * count
    following = struct.unpack_from(order + "I", data, foot)[0] if foot + 4 <= len(data) else 0
    return Directory(name, place, entries, following)


def _entry(data: bytes, order: Order, place: int) -> Entry:
    tag, kind, count = struct.unpack_from(order + "HHI", data, place)
    size = BYTES.get(kind, 1) * count
    start = place + 8 if size <= 4 else struct.unpack_from(order + "I", data, place + 8)[0]
    return Entry(tag, kind, count, start, size, bytes(data[place : place + ENTRY]))


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
    """What Exif tells. `adobe`: the colours are Adobe RGB, as the camera standard DCF marks them."""

    orientation: int = 1
    gps: bool = False
    artist: str = ""
    copyright: str = ""
    owner: bool = False
    serial: bool = False
    maker_note: bool = False
    thumbnail: bool = False
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
        adobe=words("interoperability", INTEROPERABILITY_INDEX) == "R03"
        and number("exif", COLOUR_SPACE) != 1,
    )


def without_location(data: bytes) -> bytes:
    """A block of Exif of the same length, with facts about the picture only.

    Position, makers' notes and the thumbnail are gone, and so is whatever no directory points to.
    """
    order = byte_order(data)
    if order is None:
        return bytes(len(data))
    clean = bytearray(len(data))
    clean[:8] = data[:8]
    for directory in directories(data):
        if directory.name in {"image", "exif", "interoperability"}:
            kept = _keep(data, order, directory, clean)
            struct.pack_into(order + "H", clean, directory.place, len(kept))
            for entry in kept:
                if entry.size > 4:
                    value = data[entry.start : entry.start + entry.size]
                    clean[entry.start : entry.start + len(value)] = _value(entry, value)
    return bytes(clean)


def _keep(data: bytes, order: Order, directory: Directory, into: bytearray) -> list[Entry]:
    kept = [entry for entry in directory.entries if entry.tag not in TELLING and entry.tag != SUB_IMAGES]
    raw = b"".join(entry.raw for entry in kept)
    into[directory.place + 2 : directory.place + 2 + len(raw)] = raw
    return kept


def _value(entry: Entry, value: bytes) -> bytes:
    return xmp.without_location(value) if entry.tag == XMP else value


def tiff_without_location(body: bytes) -> bytes:
    """A TIFF file of the same length and with the same pixels, with nothing in it that tells the place."""
    order = byte_order(body)
    assert order is not None
    clean = bytearray(body)
    for directory in directories(body):
        for entry in directory.entries:
            value = body[entry.start : entry.start + entry.size]
            if directory.name == "gps" or entry.tag in TELLING:
                clean[entry.start : entry.start + len(value)] = bytes(len(value))
            elif entry.tag == XMP:
                clean[entry.start : entry.start + len(value)] = xmp.without_location(value)
    for directory in directories(body):
        clean[directory.place : min(directory.end, len(body))] = _shortened(order, directory, len(body))
    return bytes(clean)


def _shortened(order: Order, directory: Directory, length: int) -> bytes:
    kept = [entry.raw for entry in directory.entries if directory.name != "gps" and entry.tag not in TELLING]
    whole = (
        struct.pack(order + "H", len(kept)) + b"".join(kept) + struct.pack(order + "I", directory.following)
    )
    return whole.ljust(directory.end - directory.place, b"\0")[: length - directory.place]
