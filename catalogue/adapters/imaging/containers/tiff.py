"""TIFF: pages of strips or tiles that directories point to. Cameras dress their raw pictures the same way."""

from __future__ import annotations

from catalogue.adapters.imaging.containers import exif
from catalogue.adapters.imaging.containers.anatomy import Anatomy, Block, Kind, NotTaken
from catalogue.kernel.photo import MOST_PIXELS, Refusal

STRIPS, TILES = (0x0111, 0x0117), (0x0144, 0x0145)
TILE_WIDTH, TILE_LENGTH, SUBFILE = 0x0142, 0x0143, 0x00FE
IPTC = 0x83BB
RAW = {0xC612, 0x828E, 0xC5D8}  # DNG's version, a colour filter before the sensor, Canon's raw format


def dissect(body: bytes) -> Anatomy:
    """Blocks and end; the first page counts, and all its pieces must be there."""
    order = exif.byte_order(body)
    assert order is not None
    blocks = [Block("exif", body)]
    pages, reach = 0, 8
    for directory in exif.directories(body):
        found = {entry.tag: entry for entry in directory.entries}
        reach = max(reach, directory.end, *(entry.start + entry.size for entry in directory.entries), 0)
        if directory.name not in {"image", "next"}:
            continue
        if RAW & found.keys():
            raise NotTaken(Refusal.UNSUPPORTED)
        pages += 1
        kinds: tuple[tuple[int, Kind], ...] = ((exif.XMP, "xmp"), (IPTC, "iptc"))
        for tag, kind in kinds:
            if tag in found:
                blocks.append(Block(kind, body[found[tag].start : found[tag].start + found[tag].size]))
        tile = [
            next(iter(exif.numbers(body, order, found[tag])), 0)
            for tag in (TILE_WIDTH, TILE_LENGTH)
            if tag in found
        ]
        if len(tile) == 2 and tile[0] * tile[1] > MOST_PIXELS:
            raise NotTaken(Refusal.BOMB)
        reach = max(reach, _pieces_end(body, order, found))
    if reach > len(body) or not pages:
        raise NotTaken(Refusal.TRUNCATED)
    # Directories may point anywhere, so nothing can be told to lie behind the picture.
    return Anatomy(len(body), tuple(blocks), frames=max(1, pages))


def _pieces_end(body: bytes, order: exif.Order, found: dict[int, exif.Entry]) -> int:
    """The furthest byte of the page's strips or tiles."""
    furthest = 0
    for offsets, sizes in (STRIPS, TILES):
        if offsets in found and sizes in found:
            starts = exif.numbers(body, order, found[offsets])
            lengths = exif.numbers(body, order, found[sizes])
            furthest = max([furthest, *(at + size for at, size in zip(starts, lengths, strict=False))])
    return furthest


def without_location(body: bytes) -> bytes:
    """The same pixels to the bit."""
    return exif.tiff_without_location(body)
