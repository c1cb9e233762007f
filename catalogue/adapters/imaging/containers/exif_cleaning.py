"""A new block of Exif with facts about the picture only, however broken the old one is."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator

from catalogue.adapters.imaging.containers import exif
from catalogue.adapters.imaging.containers.exif import Directory, Entry, Order

LONGEST_TEXT = 2_000  # bytes
# Tags whose values repeat the position or may: makers' notes, Photoshop's store, GeoTIFF's tags, and padding.
TELLING = frozenset(
    {
        *(exif.GPS, exif.MAKER_NOTE, 0x8649, 0xEA1C, 0x830E, 0x8482, 0x8480, 0x85D8, 0x87AF, 0x87B0, 0x87B1),
        *(0xA480, 0xA481),
    }
)
Range = tuple[int, int]


def _is_number(entry: Entry, value: bytes) -> bool:
    """One number. A position is three, one behind the other."""
    return entry.count == 1 and entry.type in {1, 3, 4, 5, 9, 10} and bool(value)


def _is_text(entry: Entry, value: bytes) -> bool:
    """Words; what has other signs than letters was meant as something else."""
    words = value.decode("utf-16-le" if entry.type == 1 else "latin-1", "replace").rstrip("\0")
    return (entry.type in {2, 129} or (entry.type, entry.tag) == (1, exif.AUTHOR_OF_WINDOWS)) and not any(
        ord(sign) < 32 and sign not in "\t\n\r\0" for sign in words
    )


def _is_short(entry: Entry, value: bytes) -> bool:
    """A version or the order of channels: up to four bytes."""
    return entry.type == 7 and len(value) <= 4


Shape = Callable[[Entry, bytes], bool]
AUTHOR: dict[int, Shape] = {
    exif.ORIENTATION: _is_number,
    exif.ARTIST: _is_text,
    exif.COPYRIGHT: _is_text,
    exif.AUTHOR_OF_WINDOWS: _is_text,
}
# By directory: the facts that stay (Exif 3.0, tables 4 to 8 and 13), and what their values look like.
STAYING: dict[str, dict[int, Shape]] = {
    "image": {
        **AUTHOR,
        # camera, program, day
        **dict.fromkeys((0x010F, 0x0110, 0x0131, 0x0132), _is_text),
        # resolution, where chroma is sampled
        **dict.fromkeys((0x011A, 0x011B, 0x0128, 0x0213), _is_number),
    },
    "exif": {
        # days and hours, owner, lens
        **dict.fromkeys((0x9003, 0x9004, 0x9010, 0x9011, 0x9012, 0x9290, 0x9291, 0x9292), _is_text),
        **dict.fromkeys((exif.OWNER, 0xA433, 0xA434), _is_text),
        # exposure, light, lens, colour space, size
        **dict.fromkeys(
            (0x829A, 0x829D, 0x8822, 0x8827, 0x8830, 0x8831, 0x8832, *range(0x9201, 0x920B)), _is_number
        ),
        **dict.fromkeys((exif.COLOUR_SPACE, 0xA002, 0xA003, 0xA20E, 0xA20F, 0xA210, 0xA217), _is_number),
        **dict.fromkeys(range(0xA401, 0xA40D), _is_number),
        # versions, order of channels, source
        **dict.fromkeys((0x9000, 0x9101, 0xA000, 0xA300, 0xA301), _is_short),
    },
    "interoperability": {exif.INTEROPERABILITY_INDEX: _is_text, 0x0002: _is_short},
}


def telling_ranges(data: bytes) -> list[Range]:
    """From where to where the position and what may repeat it stand, for all that can still be found."""
    ranges = []
    for directory in exif.directories(data):
        if directory.name == "gps":
            ranges.append((directory.place, directory.end))
        ranges += [
            (entry.start, entry.start + entry.size)
            for entry in directory.entries
            if (directory.name == "gps" or entry.tag in TELLING) and entry.size > 4
        ]
    return ranges


def overlaps(start: int, end: int, ranges: Iterable[Range]) -> bool:
    """Whether something from `start` to `end` lies upon one of them."""
    return any(start < other_end and other_start < end for other_start, other_end in ranges)


def staying(data: bytes, directory: Directory, told: list[Range]) -> Iterator[tuple[Entry, bytes]]:
    """The facts of a directory that stay, each with its value."""
    shapes = STAYING.get(directory.name, {})
    for entry in directory.entries:
        end = entry.start + entry.size
        if entry.tag not in shapes or entry.type not in exif.BYTES or not entry.count:
            continue
        if end > len(data) or entry.size > LONGEST_TEXT:
            continue
        if overlaps(entry.place, entry.place + exif.ENTRY, told) or overlaps(entry.start, end, told):
            continue
        value = bytes(data[entry.start : end])
        if shapes[entry.tag](entry, value):
            yield entry, value


def without_location(data: bytes) -> bytes:
    """A block of Exif of the same length, put together anew from the facts about the picture.

    Position, makers' notes and the thumbnail are gone, and so is whatever else is not known to be harmless.
    """
    order = exif.byte_order(data)
    if order is None:
        return bytes(len(data))
    told = telling_ranges(data)
    facts: dict[str, dict[int, tuple[Entry, bytes]]] = {name: {} for name in STAYING}
    for directory in exif.directories(data):
        for entry, value in staying(data, directory, told):
            facts[directory.name].setdefault(entry.tag, (entry, value))
    # Where values lay upon each other, apart they may be too long.
    author = {tag: fact for tag, fact in facts["image"].items() if tag in AUTHOR}
    for chosen in (facts, {"image": author}):
        clean = _block(order, data[:4], chosen)
        if len(clean) <= len(data):
            return clean.ljust(len(data), b"\0")
    return bytes(len(data))


def _block(order: Order, sign: bytes, facts: dict[str, dict[int, tuple[Entry, bytes]]]) -> bytes:
    """The directories one behind the other, each followed by its values."""
    chain = [("image", 0), ("exif", exif.EXIF), ("interoperability", exif.INTEROPERABILITY)]
    wanted = [(name, pointer) for name, pointer in chain if name == "image" or facts.get(name)]
    if wanted[-1][0] == "interoperability" and len(wanted) == 2:
        wanted.insert(1, chain[1])
    block = sign + struct.pack(order + "I", 8)
    for number, (name, _) in enumerate(wanted):
        below = wanted[number + 1][1] if number + 1 < len(wanted) else None
        block += _directory(order, len(block), list(facts.get(name, {}).values()), below)
    return block


def _directory(order: Order, place: int, facts: list[tuple[Entry, bytes]], below: int | None) -> bytes:
    """One directory at that place; `below`: the tag of the directory that follows upon its values."""
    count = len(facts) + (below is not None)
    values = b""
    behind = place + 2 + exif.ENTRY * count + 4
    rows: list[tuple[int, bytes]] = []
    for entry, value in facts:
        row = struct.pack(order + "HHI", entry.tag, entry.type, entry.count)
        if len(value) <= 4:
            row += value.ljust(4, b"\0")
        else:
            row += struct.pack(order + "I", behind + len(values))
            values += value + b"\0" * (len(value) % 2)
        rows.append((entry.tag, row))
    if below is not None:
        rows.append((below, struct.pack(order + "HHII", below, 4, 1, behind + len(values))))
    table = b"".join(row for _, row in sorted(rows))
    return struct.pack(order + "H", count) + table + bytes(4) + values
