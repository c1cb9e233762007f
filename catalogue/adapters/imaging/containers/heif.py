"""HEIC and AVIF: boxes in boxes, and items whose bytes lie wherever a table says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from catalogue.adapters.imaging.containers import exif, exif_cleaning, xmp
from catalogue.adapters.imaging.containers.anatomy import Anatomy, Block, Kind, NotTaken, ends_in_zeros
from catalogue.kernel.photo import Refusal

# What a picture file is made of, behind its head. Boxes of other programs stand between (such as the proof of
# origin of C2PA); phones hang a whole film behind, as a file of its own or in a box.
FILMS = {b"ftyp", b"mpvd"}
OWN = {b"meta", b"mdat", b"moov", b"free", b"skip", b"wide", b"idat", b"styp", b"moof", b"mfra"}
TOLD = {b"Exif", b"mime", b"uri "}  # kinds of items that are no pictures


@dataclass(frozen=True)
class Box:
    """A box of the file. `inside`: where its content begins."""

    name: bytes
    start: int
    inside: int
    end: int


@dataclass
class Item:
    """Something the file holds: `extents` are its pieces, as (start, size) in the file."""

    kind: bytes = b""
    content_type: bytes = b""
    extents: list[tuple[int, int]] = field(default_factory=list)


def boxes(body: bytes, start: int, end: int) -> Iterator[Box]:
    """The boxes between two places, up to the first that does not fit."""
    while start + 8 <= end:
        size, inside = int.from_bytes(body[start : start + 4], "big"), start + 8
        if size == 1:
            size, inside = int.from_bytes(body[start + 8 : start + 16], "big"), start + 16
        elif size == 0:
            size = end - start
        if size < inside - start or start + size > end:
            return
        yield Box(body[start + 4 : start + 8], start, inside, start + size)
        start += size


def dissect(body: bytes) -> Anatomy:
    """Blocks and end; libraries read the sizes and the turning."""
    found = list(boxes(body, 0, len(body)))
    head = list(takewhile(lambda box: box.name not in FILMS or not box.start, found))
    own = [box for box in head if box.name in OWN]
    meta = next((box for box in own if box.name == b"meta"), None)
    # The file may have been cut inside a box of the picture.
    if meta is None or (len(head) == len(found) and body[head[-1].end + 4 : head[-1].end + 8] in OWN):
        raise NotTaken(Refusal.TRUNCATED)
    end = own[-1].end
    items = items_of(body, meta)
    if any(start + size > len(body) for item in items.values() for start, size in item.extents):
        raise NotTaken(Refusal.TRUNCATED)
    if any(_ends_in_zeros(body, item) for item in items.values()):
        raise NotTaken(Refusal.TRUNCATED)
    _check_apart(body, items, meta)
    strangers = [(box.start, box.end - box.start) for box in head[1:] if box.name not in OWN]
    if _lie_upon([piece for item in items.values() for piece in item.extents], strangers):
        raise NotTaken(Refusal.DAMAGED)
    blocks = tuple(Block(kind, data) for _, kind, data in _telling(body, items))
    primaries, transfer = _colours(body, meta)
    return Anatomy(
        end,
        blocks,
        frames=1 + sum(box.name == b"moov" for box in own),
        primaries=primaries,
        transfer=transfer,
    )


def without_location(body: bytes) -> bytes:
    """The same bytes up to the end of the picture, with blanks in place of what tells."""
    anatomy = dissect(body)
    clean = bytearray(body)
    for box in boxes(body, 0, anatomy.end):
        if box.name == b"moov":
            _blank_user_data(clean, box)
        elif box.name == b"meta":
            for item, kind, data in _telling(body, items_of(body, box)):
                _write(clean, item, _cleaned(kind, data, len(data)))
        elif box.name not in OWN and box.start:
            _blank(clean, box)
    return bytes(clean[: anatomy.end])


def _ends_in_zeros(body: bytes, item: Item) -> bool:
    """Whether the end of a picture never came, though its place was set aside, as programs that copy do."""
    start, size = item.extents[-1] if item.extents else (0, 0)
    return item.kind not in TOLD and ends_in_zeros(body[start : start + size])


def _check_apart(body: bytes, items: dict[int, Item], meta: Box) -> None:
    """What tells must not lie where pixels or tables do, or cleaning it would break them."""
    told = [piece for item in items.values() if item.kind in TOLD for piece in item.extents]
    rest = [piece for item in items.values() if item.kind not in TOLD for piece in item.extents]
    tables = boxes(body, meta.inside + 4, meta.end)
    rest += [(0, meta.inside), *((box.start, box.end - box.start) for box in tables if box.name != b"idat")]
    if _lie_upon(told, rest):
        raise NotTaken(Refusal.DAMAGED)


def _lie_upon(pieces: list[tuple[int, int]], others: list[tuple[int, int]]) -> bool:
    return any(
        start < other + size and other < start + length for start, length in pieces for other, size in others
    )


def _cleaned(kind: Kind, data: bytes, size: int) -> bytes:
    return exif_cleaning.without_location(data) if kind == "exif" else xmp.without_location(data).ljust(size)


def _write(clean: bytearray, item: Item, data: bytes) -> None:
    """Put the end of an item's bytes in place; its first bytes, such as Exif's own offset, stay."""
    skip = sum(size for _, size in item.extents) - len(data)
    place = -skip
    for start, size in item.extents:
        piece = data[max(place, 0) : max(place + size, 0)]
        clean[start + size - len(piece) : start + size] = piece
        place += size


def _telling(body: bytes, items: dict[int, Item]) -> Iterator[tuple[Item, Kind, bytes]]:
    """The items that tell something besides the picture; Exif from its byte order on."""
    for item in items.values():
        data = b"".join(body[start : start + size] for start, size in item.extents)
        if item.kind == b"Exif":
            skip = 4 + int.from_bytes(data[:4], "big")
            yield item, "exif", data[skip:] if exif.byte_order(data[skip:]) else data[4:]
        elif item.kind in TOLD and (item.content_type == b"application/rdf+xml" or xmp.TELLING.search(data)):
            yield item, "xmp", data


def items_of(body: bytes, meta: Box) -> dict[int, Item]:
    """By number: every item that the file lists, with its kind and its pieces."""
    inside = {box.name: box for box in boxes(body, meta.inside + 4, meta.end)}
    items: dict[int, Item] = {}
    if listed := inside.get(b"iinf"):
        wide = body[listed.inside] > 0
        for box in boxes(body, listed.inside + (8 if wide else 6), listed.end):
            _name(body, box, items)
    if located := inside.get(b"iloc"):
        data = inside.get(b"idat")
        for number, extents in _locations(body, located, data.inside if data else 0):
            items.setdefault(number, Item()).extents = extents
    return items


def _name(body: bytes, box: Box, items: dict[int, Item]) -> None:
    version = body[box.inside] if box.inside < box.end else 0
    if box.name != b"infe" or version < 2:
        return
    wide = 4 if version == 3 else 2
    place = box.inside + 4
    number = int.from_bytes(body[place : place + wide], "big")
    place += wide + 2
    item = items.setdefault(number, Item())
    item.kind = body[place : place + 4]
    if item.kind == b"mime":
        words = body[place + 4 : box.end].split(b"\0")
        item.content_type = words[1] if len(words) > 1 else b""


def _locations(body: bytes, box: Box, data_start: int) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    reader = _Reader(body, box.inside, box.end)
    version = reader.number(1)
    reader.number(3)
    sizes = reader.number(2)
    offset, length, base, index = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, sizes & 15
    for _ in range(reader.number(4 if version == 2 else 2)):
        number = reader.number(4 if version == 2 else 2)
        inside_meta = version > 0 and reader.number(2) & 15 == 1
        reader.number(2)
        begin = reader.number(base) + (data_start if inside_meta else 0)
        extents = []
        for _ in range(reader.number(2)):
            if version > 0 and index:
                reader.number(index)
            extents.append((begin + reader.number(offset), reader.number(length)))
        yield number, extents


class _Reader:
    """Whole numbers one after the other; a table that runs over its box is a broken file."""

    def __init__(self, body: bytes, place: int, end: int) -> None:
        self.body, self.place, self.end = body, place, end

    def number(self, size: int) -> int:
        """The next number, of that many bytes."""
        if self.place + size > self.end:
            raise NotTaken(Refusal.DAMAGED)
        self.place += size
        return int.from_bytes(self.body[self.place - size : self.place], "big")


def _colours(body: bytes, meta: Box) -> tuple[int | None, int | None]:
    """The colour space and the curve that the first colour box names by number."""
    for outer in boxes(body, meta.inside + 4, meta.end):
        if outer.name == b"iprp":
            for middle in boxes(body, outer.inside, outer.end):
                for box in boxes(body, middle.inside, middle.end) if middle.name == b"ipco" else ():
                    if box.name == b"colr" and body[box.inside : box.inside + 4] == b"nclx":
                        numbers = body[box.inside + 4 : box.inside + 8]
                        return int.from_bytes(numbers[:2], "big"), int.from_bytes(numbers[2:], "big")
    return None, None


def _blank(clean: bytearray, box: Box) -> None:
    """Zeros in a box that a reader passes over; its length stays."""
    clean[box.start + 4 : box.start + 8] = b"free"
    clean[box.inside : box.end] = bytes(box.end - box.inside)


def _blank_user_data(clean: bytearray, film: Box) -> None:
    """Phones write the position of a film into its user data, on any level."""
    waiting = [film]
    while waiting:
        outer = waiting.pop()
        for box in boxes(bytes(clean[: outer.end]), outer.inside, outer.end):
            if box.name in {b"udta", b"meta", b"uuid"}:
                _blank(clean, box)
            elif box.name in {b"trak", b"mdia", b"minf"}:
                waiting.append(box)
