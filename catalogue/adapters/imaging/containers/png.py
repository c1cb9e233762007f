"""PNG: chunks with a sum, some of which hold Exif, XMP and remarks."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from catalogue.adapters.imaging.containers import exif_cleaning, xmp
from catalogue.adapters.imaging.containers.anatomy import Anatomy, Block, NotTaken
from catalogue.kernel.photo import Refusal

SIGNATURE = b"\x89PNG\r\n\x1a\n"
XMP = b"XML:com.adobe.xmp"
# What the picture needs, and how it is shown. Other chunks that a reader may pass over are left out.
NEEDED = {
    *(b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"bKGD", b"tRNS", b"pHYs"),
    *(b"acTL", b"fcTL", b"fdAT", b"tIME", b"hIST", b"sPLT"),
}
# Decoders do not look at the sums of these, or go on where they are wrong.
PICTURE = {b"IHDR", b"PLTE", b"IDAT", b"IEND"}
# By kind of colour: how many channels. Of each of Adam7's passes: first column and row, and every how many.
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
WHOLE, ADAM7 = (
    ((0, 0, 1, 1),),
    ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)),
)
PIECE = 1_000_000  # bytes that are unfolded at a time
TEXTS = {b"tEXt", b"zTXt", b"iTXt"}
MOST_TEXT = 1_000_000  # bytes to which a packed remark may unfold


@dataclass(frozen=True)
class Chunk:
    """One chunk; `raw` is the whole of it as it stands in the file."""

    name: bytes
    data: bytes
    raw: bytes


def chunks(body: bytes) -> Iterator[Chunk]:
    """From the header to the end mark."""
    place = len(SIGNATURE)
    while True:
        size = int.from_bytes(body[place : place + 4], "big")
        end = place + 12 + size
        if end > len(body) or place + 12 > len(body):
            raise NotTaken(Refusal.TRUNCATED)
        chunk = Chunk(body[place + 4 : place + 8], body[place + 8 : end - 4], body[place:end])
        if (
            chunk.name in PICTURE
            and zlib.crc32(body[place + 4 : end - 4]).to_bytes(4, "big") != chunk.raw[-4:]
        ):
            raise NotTaken(Refusal.DAMAGED)
        yield chunk
        if chunk.name == b"IEND":
            return
        place = end


def dissect(body: bytes) -> Anatomy:
    """Blocks and end; only the first picture of an animation counts."""
    blocks: list[Block] = []
    end, frames = len(SIGNATURE), 1
    primaries = transfer = None
    for chunk in chunks(body):
        end += len(chunk.raw)
        if told := _exif(chunk):
            blocks.append(Block("exif", told))
        elif chunk.name in TEXTS:
            keyword, words = _text(chunk)
            blocks.append(Block("xmp" if keyword == XMP else "comment", words))
        elif chunk.name == b"acTL":
            frames = max(1, int.from_bytes(chunk.data[:4], "big"))
        elif chunk.name == b"cICP" and len(chunk.data) == 4:
            primaries, transfer = chunk.data[:2]
    return Anatomy(end, tuple(blocks), frames=frames, primaries=primaries, transfer=transfer)


def has_all_rows(body: bytes) -> bool:
    """Whether the packed data hold every row; decoders show those that are missing black, and say nothing."""
    width, height = struct.unpack_from(">II", body, 16)
    bits = body[24] * CHANNELS[body[25]]
    needed = 0
    for left, top, across, down in ADAM7 if body[28] else WHOLE:
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            needed += rows * (1 + -(-columns * bits // 8))
    return needed <= _unfolded(
        b"".join(chunk.data for chunk in chunks(body) if chunk.name == b"IDAT"), needed
    )


def _unfolded(packed: bytes, needed: int) -> int:
    """To how many bytes data unfold, counted no further than is needed."""
    unpacker, size = zlib.decompressobj(), 0
    while packed and size < needed and not unpacker.eof:
        size += len(unpacker.decompress(packed, PIECE))
        packed = unpacker.unconsumed_tail
    return size


def scaled_key(body: bytes, key: int | tuple[int, ...]) -> int | tuple[int, ...]:
    """The colour that is see-through as decoders have it: colours with 8 bits, grey with 8 or 16."""
    depth, kind = body[24], body[25]
    if isinstance(key, tuple):
        return tuple(level >> 8 for level in key) if depth == 16 else key
    return key * 255 // (2**depth - 1) if kind == 0 and depth < 8 else key


def without_location(body: bytes) -> bytes:
    """The same pixels to the bit."""
    parts, has_exif = [SIGNATURE], False
    for chunk in chunks(body):
        if told := _exif(chunk):
            parts += [] if has_exif else [_chunk(b"eXIf", exif_cleaning.without_location(told))]
            has_exif = True
        elif chunk.name in TEXTS:
            keyword, words = _text(chunk)
            if keyword == XMP:
                clean = xmp.without_location(words)
                parts.append(_chunk(b"iTXt", XMP + b"\0\0\0\0\0" + clean))
            elif not keyword.startswith(b"Raw profile") and not xmp.TELLING.search(keyword + words):
                parts.append(chunk.raw)
        elif chunk.name[:1].isupper() or chunk.name in NEEDED:
            parts.append(chunk.raw)
    return b"".join(parts)


def _exif(chunk: Chunk) -> bytes | None:
    """Exif, also as old programs hid it; its first block counts, and is kept as the standard has it."""
    if chunk.name == b"eXIf":
        return _bare(chunk.data)
    return _raw_exif(*_text(chunk)) if chunk.name in TEXTS else None


def _text(chunk: Chunk) -> tuple[bytes, bytes]:
    """Keyword and words; packed words as far as a remark may go."""
    keyword, _, rest = chunk.data.partition(b"\0")
    packed = chunk.name == b"zTXt"
    if packed:
        rest = rest[1:]
    elif chunk.name == b"iTXt":
        packed = rest[:1] == b"\1"
        rest = rest[2:].partition(b"\0")[2].partition(b"\0")[2]
    if not packed:
        return keyword, rest
    try:
        return keyword, zlib.decompressobj().decompress(rest, MOST_TEXT)
    except zlib.error:
        return keyword, b""


def _raw_exif(keyword: bytes, words: bytes) -> bytes | None:
    """Exif as ImageMagick used to write it into PNG: three lines, then pairs of digits."""
    if keyword not in {b"Raw profile type exif", b"Raw profile type APP1"}:
        return None
    digits = b"".join(words.split()[2:])
    try:
        return _bare(bytes.fromhex(digits.decode("ascii", "replace")))
    except ValueError:
        return b""


def _bare(data: bytes) -> bytes:
    return data.removeprefix(b"Exif\0\0")


def _chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")
