"""PNG: chunks with a sum, some of which hold Exif, XMP and remarks."""

from __future__ import annotations

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
        if chunk.name == b"eXIf":
            blocks.append(Block("exif", _bare(chunk.data)))
        elif chunk.name in TEXTS:
            keyword, words = _text(chunk)
            if keyword == XMP:
                blocks.append(Block("xmp", words))
            elif raw := _raw_exif(keyword, words):
                blocks.append(Block("exif", raw))
            else:
                blocks.append(Block("comment", words))
        elif chunk.name == b"acTL":
            frames = max(1, int.from_bytes(chunk.data[:4], "big"))
        elif chunk.name == b"cICP" and len(chunk.data) == 4:
            primaries, transfer = chunk.data[:2]
    return Anatomy(end, tuple(blocks), frames=frames, primaries=primaries, transfer=transfer)


def scaled_key(body: bytes, key: int | tuple[int, ...]) -> int | tuple[int, ...]:
    """The colour that is see-through as decoders have it: colours with 8 bits, grey with 8 or 16."""
    depth, kind = body[24], body[25]
    if isinstance(key, tuple):
        return tuple(level >> 8 for level in key) if depth == 16 else key
    return key * 255 // (2**depth - 1) if kind == 0 and depth < 8 else key


def without_location(body: bytes) -> bytes:
    """The same pixels to the bit."""
    parts = [SIGNATURE]
    for chunk in chunks(body):
        if chunk.name == b"eXIf":
            parts.append(_chunk(b"eXIf", exif_cleaning.without_location(_bare(chunk.data))))
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
