"""TIFF: pages of strips or tiles that directories point to. Cameras dress their raw pictures the same way."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from catalogue.adapters.imaging.containers import exif, xmp
from catalogue.adapters.imaging.containers.anatomy import Anatomy, Block, Kind, NotTaken
from catalogue.adapters.imaging.containers.exif import Directory, Entry, Order
from catalogue.adapters.imaging.containers.exif_cleaning import Range, overlaps, staying, telling_ranges
from catalogue.kernel.photo import MOST_PIXELS, Refusal

STRIPS, TILES = (0x0111, 0x0117), (0x0144, 0x0145)
WIDTH, LENGTH, COMPRESSION = 0x0100, 0x0101, 0x0103
TILE_WIDTH, TILE_LENGTH, SUBFILE, REDUCED = 0x0142, 0x0143, 0x00FE, 1
# Ways of packing that Pillow unfolds: none, fax, LZW, JPEG, Deflate, PackBits, LZMA, Zstandard. The first
# JPEG in TIFF (6), whose parts may lie anywhere, was taken back by the standard itself.
PACKED = {0, 1, 2, 3, 4, 5, 7, 8, 32773, 32946, 34925, 50000}
IPTC, PROFILE = 0x83BB, 0x8773
RAW = {0xC612, 0x828E, 0xC5D8}  # DNG's version, a colour filter before the sensor, Canon's raw format
PAGES = {"image", "next"}
# What a decoder needs to show a page (TIFF 6.0 and its technical notes), its colours, author and rights.
NEEDED = {
    *(SUBFILE, 0x00FF, WIDTH, LENGTH, 0x0102, COMPRESSION, 0x0106, 0x0107, 0x010A, *STRIPS, *TILES),
    *(exif.ORIENTATION, 0x0115, 0x0116, 0x0118, 0x0119, 0x011A, 0x011B, 0x011C, 0x0122, 0x0123, 0x0124),
    *(0x0125, 0x0128, 0x0129, 0x012D, 0x013D, 0x013E, 0x013F, 0x0140, 0x0141, TILE_WIDTH, TILE_LENGTH),
    *(0x014C, 0x014D, 0x014E, 0x0150, 0x0151, 0x0152, 0x0153, 0x0154, 0x0155, 0x0156, 0x015A, 0x015B),
    *(0x0211, 0x0212, 0x0213, 0x0214, exif.XMP, IPTC, PROFILE, exif.ARTIST, exif.COPYRIGHT),
}


def dissect(body: bytes) -> Anatomy:
    """Blocks and end; the largest page counts that is no preview, and all pieces must be there."""
    order = exif.byte_order(body)
    assert order is not None
    blocks = [Block("tiff", body)]
    pages: list[tuple[bool, int]] = []
    reach = 8
    for directory in exif.directories(body):
        found = {entry.tag: entry for entry in directory.entries}
        reach = max(reach, directory.end, *(entry.start + entry.size for entry in directory.entries), 0)
        if directory.name not in PAGES:
            continue
        if RAW & found.keys() or _number(body, order, found, COMPRESSION) not in PACKED:
            raise NotTaken(Refusal.UNSUPPORTED)
        pages.append(
            (
                not _number(body, order, found, SUBFILE) & REDUCED,
                _number(body, order, found, WIDTH) * _number(body, order, found, LENGTH),
            )
        )
        kinds: tuple[tuple[int, Kind], ...] = ((exif.XMP, "xmp"), (IPTC, "iptc"))
        for tag, kind in kinds:
            if tag in found:
                blocks.append(Block(kind, body[found[tag].start : found[tag].start + found[tag].size]))
        if _number(body, order, found, TILE_WIDTH) * _number(body, order, found, TILE_LENGTH) > MOST_PIXELS:
            raise NotTaken(Refusal.BOMB)
        reach = max([reach, *(end for _, end in _pieces(body, order, found))])
    if reach > len(body) or not pages:
        raise NotTaken(Refusal.TRUNCATED)
    # Directories may point anywhere, so nothing can be told to lie behind the picture.
    return Anatomy(
        len(body),
        tuple(blocks),
        frames=max(1, sum(whole for whole, _ in pages)),
        page=pages.index(max(pages)),
    )


def _number(body: bytes, order: Order, found: dict[int, Entry], tag: int) -> int:
    """The first number of a fact, 0 where it is missing."""
    return next(iter(exif.numbers(body, order, found[tag])), 0) if tag in found else 0


def _pieces(body: bytes, order: Order, found: dict[int, Entry]) -> Iterator[Range]:
    """From where to where the page's strips or tiles lie."""
    for offsets, sizes in (STRIPS, TILES):
        if offsets in found and sizes in found:
            starts = exif.numbers(body, order, found[offsets])
            lengths = exif.numbers(body, order, found[sizes])
            yield from ((at, at + size) for at, size in zip(starts, lengths, strict=False))


def without_location(body: bytes) -> bytes:
    """The same pixels to the bit in a file of the same length, with zeros where nothing is needed."""
    order = exif.byte_order(body)
    assert order is not None
    told = telling_ranges(body)
    clean = bytearray(len(body))
    clean[:8] = body[:8]
    for directory in exif.directories(body):
        for start, end in _kept(body, order, directory, told):
            clean[start:end] = body[start:end]
    for directory in exif.directories(body):
        for entry in directory.entries:
            if entry.tag == exif.XMP and directory.name in PAGES:
                end = entry.start + entry.size
                clean[entry.start : end] = xmp.without_location(body[entry.start : end])
    # Tables come last, shortened: what they pointed to besides is not found any more.
    for directory in exif.directories(body):
        table = _table(body, order, directory, told)
        if table:
            clean[directory.place : directory.place + len(table)] = table
    return bytes(clean)


def _entries(body: bytes, order: Order, directory: Directory, told: list[Range]) -> list[Entry]:
    """What stays of a directory; a pointer to another one stays where that may."""
    if directory.name not in PAGES:
        facts = [entry for entry, _ in staying(body, directory, told)]
        return facts + [entry for entry in directory.entries if entry.tag == exif.INTEROPERABILITY]
    return [
        entry
        for entry in directory.entries
        if (entry.tag in NEEDED and entry.type in exif.BYTES) or entry.tag == exif.EXIF
    ]


def _kept(body: bytes, order: Order, directory: Directory, told: list[Range]) -> Iterator[Range]:
    """Where the values and pieces lie that stay. Raises NotTaken where the position lies upon them."""
    if directory.name not in {*PAGES, "exif", "interoperability"}:
        return
    kept = _entries(body, order, directory, told)
    ranges = [(entry.start, entry.start + entry.size) for entry in kept if entry.size > 4]
    if directory.name in PAGES:
        ranges += _pieces(body, order, {entry.tag: entry for entry in kept})
    for start, end in ranges:
        if overlaps(start, end, told):
            raise NotTaken(Refusal.DAMAGED)
        yield start, end


def _table(body: bytes, order: Order, directory: Directory, told: list[Range]) -> bytes:
    """The directory with what stays of it; nothing of one that goes."""
    if directory.name not in {*PAGES, "exif", "interoperability"}:
        return b""
    if overlaps(directory.place, directory.end, told):
        raise NotTaken(Refusal.DAMAGED)
    kept = sorted(_entries(body, order, directory, told), key=lambda entry: entry.tag)
    following = directory.following if directory.name in PAGES else 0
    table = struct.pack(order + "H", len(kept)) + b"".join(entry.raw for entry in kept)
    return table + struct.pack(order + "I", following)
