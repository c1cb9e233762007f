"""Photographs that the tests make for themselves: of every kind, turned, cut, and with secrets inside."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from functools import cache
from typing import Any

import pillow_heif
from PIL import Image, ImageDraw, ImageFilter, ImageOps

RED, BLUE = (200, 30, 40), (30, 40, 200)
SECRET = "11.9404"  # the latitude of a home in Đà Lạt
XMP = f"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 exif:GPSLatitude="{SECRET}N" exif:GPSLongitude='108.4583E'><exif:GPSAltitude>1500/1</exif:GPSAltitude>
<dc:creator><rdf:Seq><rdf:li>Nguyễn Thị Gốm</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF>
</x:xmpmeta><?xpacket end="w"?>""".encode()


def scene(width: int = 400, height: int = 300) -> Image.Image:
    """Upright, with a red band along its top: hills, a sun, and grain as of a camera."""
    picture = Image.linear_gradient("L").resize((width, height))
    picture = ImageOps.colorize(picture, (120, 150, 190), (70, 110, 60))
    pen = ImageDraw.Draw(picture)
    chance = random.Random(7)
    for _ in range(40):
        x, y, size = (
            chance.randrange(width),
            chance.randrange(height // 3, height),
            chance.randrange(4, width // 8 + 5),
        )
        colour = tuple(chance.randrange(40, 220) for _ in range(3))
        pen.ellipse((x - size, y - size // 2, x + size, y + size), fill=colour)
    grain = Image.frombytes("L", (64, 64), chance.randbytes(4096)).resize(
        (width, height), Image.Resampling.BILINEAR
    )
    picture = Image.blend(picture.filter(ImageFilter.GaussianBlur(1)), grain.convert("RGB"), 0.08)
    ImageDraw.Draw(picture).rectangle((0, 0, width, height // 6), fill=RED)
    return picture


def exif(orientation: int = 1, *, secrets: bool = True) -> bytes:
    """Exif with the orientation, a position, an owner, makers' notes and a copyright."""
    told = Image.Exif()
    told[0x0112] = orientation
    if secrets:
        told[0x010F] = "Phone"
        told[0x013B], told[0x8298] = "Lò gốm Cầu Đất".encode(), "© Cầu Đất 2026".encode()
        told.get_ifd(0x8769).update(
            {0xA430: "Nguyễn Văn Đất", 0xA431: "SN-4711", 0x927C: f"place {SECRET}".encode()}
        )
        told.get_ifd(0x8825).update(
            {1: "N", 2: (11.0, 56.0, 25.44), 3: "E", 4: (108.0, 27.0, 29.88), 29: "2026:11:26", 0x1B: b"cell"}
        )
    return told.tobytes()


def encoded(picture: Image.Image, kind: str, **options: Any) -> bytes:
    """The picture as a file of that kind, as Pillow writes it."""
    stored = io.BytesIO()
    picture.save(stored, kind, **options)
    return stored.getvalue()


def heic(picture: Image.Image, **options: Any) -> bytes:
    """As an iPhone stores it."""
    stored = io.BytesIO()
    pillow_heif.from_pillow(picture).save(stored, quality=80, **options)
    return stored.getvalue()


def mpo() -> bytes:
    """Two frames, as cheap phones write them: the first red, 2000 × 1500, the second blue and smaller."""
    first, second = Image.new("RGB", (2000, 1500), RED), Image.new("RGB", (500, 375), BLUE)
    return encoded(first, "MPO", save_all=True, append_images=[second])


def turned(orientation: int, size: tuple[int, int] = (400, 300)) -> tuple[Image.Image, Image.Image]:
    """An upright picture, and how a camera stores it that notes this orientation."""
    upright = scene(*size)
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    return upright, upright.transpose(undo[orientation]) if orientation in undo else upright


@cache
def kinds() -> dict[str, bytes]:
    """One file of every kind that is taken, 400 × 300, most of them telling secrets."""
    picture, told = scene(), exif()
    alpha = picture.copy()
    alpha.putalpha(Image.linear_gradient("L").resize(picture.size))
    palette = picture.quantize(16)
    frames = [picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT), picture.rotate(180)]
    return {
        "jpeg": encoded(picture, "JPEG", exif=told, xmp=XMP, comment=b"GPS 11.9404", quality=90),
        "progressive": encoded(picture, "JPEG", exif=told, progressive=True),
        "grey": encoded(picture.convert("L"), "JPEG", exif=told),
        "cmyk": encoded(picture.convert("CMYK"), "JPEG", exif=told),
        "mpo": encoded(picture, "MPO", save_all=True, append_images=frames, exif=told),
        "png": encoded(picture, "PNG", exif=told),
        "png16": grey16(),
        "alpha": encoded(alpha, "PNG", exif=told),
        "palette": encoded(palette, "PNG", transparency=3),
        "interlaced": interlaced(picture),
        "webp": encoded(picture, "WEBP", exif=told, xmp=XMP),
        "webp-lossless": encoded(alpha, "WEBP", lossless=True, exif=told),
        "avif": encoded(picture, "AVIF", exif=told, xmp=XMP, speed=10),
        "heic": heic(picture, exif=told, xmp=XMP),
        "tiff": encoded(picture, "TIFF", exif=tiff_exif()),
        "tiff-deflate": encoded(picture, "TIFF", compression="tiff_adobe_deflate"),
        "tiff-jpeg": encoded(picture, "TIFF", compression="jpeg"),
        "gif": encoded(picture, "GIF", save_all=True, append_images=frames, comment=b"GPS 11.9404"),
    }


def grey16(kind: str = "PNG") -> bytes:
    """The scene in grey with 16 bits."""
    levels = b"".join(struct.pack("<H", 257 * level) for level in scene().convert("L").tobytes())
    return encoded(Image.frombytes("I;16", (400, 300), levels), kind)


def colour16() -> bytes:
    """The scene with 16 bits a channel, which Pillow reads and does not write."""
    whole = scene().tobytes()
    rows = (whole[at : at + 1200] for at in range(0, len(whole), 1200))
    data = b"".join(b"\0" + b"".join(bytes((level, level)) for level in row) for row in rows)
    head = struct.pack(">IIBBBBB", 400, 300, 16, 2, 0, 0, 0)
    return png([(b"IHDR", head), (b"IDAT", zlib.compress(data)), (b"IEND", b"")])


def tiff_exif() -> Image.Exif:
    """A position in a TIFF file's own directories."""
    told = Image.Exif()
    told.load(exif())
    return told


def interlaced(picture: Image.Image) -> bytes:
    """PNG by Adam7, which Pillow reads and does not write."""
    rows = picture.convert("RGB")
    data = b""
    for x0, y0, dx, dy in (
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ):
        for y in range(y0, rows.height, dy):
            row = rows.crop((0, y, rows.width, y + 1)).tobytes()
            data += b"\0" + b"".join(row[3 * x : 3 * x + 3] for x in range(x0, rows.width, dx))
    head = struct.pack(">IIBBBBB", rows.width, rows.height, 8, 2, 0, 0, 1)
    return png([(b"IHDR", head), (b"IDAT", zlib.compress(data)), (b"IEND", b"")])


def png(chunks: list[tuple[bytes, bytes]]) -> bytes:
    """A PNG of just these chunks."""
    parts = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def zip_file() -> bytes:
    """An archive with one text in it."""
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("hello.txt", "hello " * 50)
    return stored.getvalue()


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
# What a phone that films while it photographs hangs behind the picture.
MOTION = (
    struct.pack(">I4s4sI4s4s", 24, b"ftyp", b"mp42", 0, b"isom", b"mp42")
    + struct.pack(">I4s", 1008, b"mdat")
    + bytes(range(250)) * 4
)


def broken_bits(body: bytes, seed: int) -> bytes:
    """The file with a few bits the other way round."""
    chance, damaged = random.Random(seed), bytearray(body)
    for _ in range(chance.choice((1, 2, 8, 40))):
        place = (
            chance.randrange(len(damaged))
            if chance.random() < 0.5
            else chance.randrange(min(len(damaged), 600))
        )
        damaged[place] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def bombs() -> dict[str, bytes]:
    """Small files that unfold to more than anybody has."""
    wide = struct.pack(">IIBBBBB", 50_000, 50_000, 1, 0, 0, 0, 0)
    zeros = zlib.compress(bytes(1_000_000))
    jpeg = bytearray(encoded(Image.new("L", (16, 16)), "JPEG"))
    frame = jpeg.index(b"\xff\xc0")
    jpeg[frame + 5 : frame + 9] = struct.pack(">HH", 60_000, 60_000)
    gif = bytearray(encoded(Image.new("P", (8, 8)), "GIF"))
    gif[6:10] = struct.pack("<HH", 60_000, 60_000)
    webp = bytearray(encoded(Image.new("RGBA", (16, 16), (1, 2, 3, 4)), "WEBP", exif=exif()))
    place = webp.index(b"VP8X") + 12
    webp[place : place + 6] = (16_382).to_bytes(3, "little") * 2
    return {
        "png": png([(b"IHDR", wide), (b"IDAT", zeros), (b"IEND", b"")]),
        "jpeg": bytes(jpeg),
        "gif": bytes(gif),
        "webp": bytes(webp),
        "tiff": tiff_bomb(),
    }


def tiff_bomb() -> bytes:
    """One strip that says to hold 60,000 × 60,000 pixels."""
    entries = [
        (256, 4, 60_000),
        (257, 4, 60_000),
        (258, 3, 8),
        (259, 3, 1),
        (262, 3, 1),
        (273, 4, 8),
        (278, 4, 60_000),
        (279, 4, 1),
    ]
    return plain_tiff(entries)


def many_scans(side: int = 4000, times: int = 1000) -> bytes:
    """A progressive JPEG of few bytes whose last scan over a large picture comes so many times."""
    body = encoded(Image.new("L", (side, side)), "JPEG", progressive=True)
    scan = body.rindex(b"\xff\xda")
    return body[:scan] + body[scan:-2] * times + body[-2:]


def with_box(body: bytes, inside: bytes) -> bytes:
    """HEIC or AVIF with a box of another program behind its head, such as C2PA's proof of origin."""
    box = struct.pack(">I4s", 8 + len(inside), b"uuid") + inside
    head = int.from_bytes(body[:4], "big")
    moved = bytearray(body)
    place = body.index(b"iloc") + 4
    version, sizes = body[place], int.from_bytes(body[place + 4 : place + 6], "big")
    offset, length, base, index = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, sizes & 15
    assert version < 2

    def move(at: int, size: int) -> None:
        start = int.from_bytes(body[at : at + size], "big") + len(box)
        moved[at : at + size] = start.to_bytes(size, "big")

    place += 8
    for _ in range(int.from_bytes(body[place - 2 : place], "big")):
        in_file = version == 0 or body[place + 3] & 15 == 0
        place += (2, 4)[version] + 2
        if in_file and base:
            move(place, base)
        place += base
        extents = int.from_bytes(body[place : place + 2], "big")
        place += 2
        for _ in range(extents):
            place += index if version else 0
            if in_file and not base:
                move(place, offset)
            place += offset + length
    return bytes(moved[:head]) + box + bytes(moved[head:])


def several(kind: int, words: bytes = b"") -> bytes:
    """A JPEG that lists a second picture of that kind (CIPA DC-007) behind it; `words` stand in its XMP."""
    first = encoded(scene(1200, 900), "JPEG", xmp=words or None)
    second = encoded(scene(300, 225).convert("L"), "JPEG")
    whole = len(first) + 4 + 4 + 82

    def listed() -> bytes:
        entry = struct.Struct(">IIIHH")
        rows = entry.pack(0x030000, whole, 0, 0, 0)
        rows += entry.pack(kind, len(second), whole - (2 + 4 + 4), 0, 0)
        table = struct.pack(">H", 3) + struct.pack(">HHI4s", 0xB000, 7, 4, b"0100")
        table += struct.pack(">HHII", 0xB001, 4, 1, 2) + struct.pack(">HHII", 0xB002, 7, 32, 8 + 2 + 36 + 4)
        return b"MPF\0MM\0*" + struct.pack(">I", 8) + table + bytes(4) + rows

    inside = listed()
    assert len(inside) == 4 + 82
    segment = b"\xff\xe2" + struct.pack(">H", 2 + len(inside)) + inside
    assert len(first) + len(segment) == whole
    return first[:2] + segment + first[2:] + second


def see_through_16(kind: int) -> bytes:
    """PNG of 16 bits, grey (0) or coloured (2): its upper half of one dark level, which is see-through."""
    levels = 1 if kind == 0 else 3
    rows = b"".join(b"\0" + struct.pack(">H", 300 if y < 150 else 40_000) * levels * 400 for y in range(300))
    return png(
        [
            (b"IHDR", struct.pack(">IIBBBBB", 400, 300, 16, kind, 0, 0, 0)),
            (b"tRNS", struct.pack(">H", 300) * levels),
            (b"IDAT", zlib.compress(rows)),
            (b"IEND", b""),
        ]
    )


def with_chunk(body: bytes, name: bytes, data: bytes) -> bytes:
    """A PNG with one more chunk behind its head."""
    return body[:33] + png([(name, data)])[8:] + body[33:]


def small_frame() -> bytes:
    """A GIF of 400 × 300 whose first picture is red and fills 100 × 80 of it, from 50, 40 on."""
    body = bytearray(encoded(Image.new("RGB", (100, 80), RED), "GIF"))
    body[6:10] = struct.pack("<HH", 400, 300)
    place = 13 + (3 << (body[10] % 8 + 1) if body[10] & 0x80 else 0)
    assert body[place] == 0x2C
    body[place + 1 : place + 5] = struct.pack("<HH", 50, 40)
    return bytes(body)


def preview_first(*, told: bool = True) -> bytes:
    """A TIFF of two pages: a blue preview, which says so if `told`, and then the scene."""
    preview, stored = Image.new("RGB", (40, 30), BLUE), io.BytesIO()
    said = {254: 1} if told else {}
    preview.save(stored, "TIFF", save_all=True, append_images=[scene()], tiffinfo=said)
    # Pillow writes the same of every page.
    first, entry, rest = stored.getvalue().rpartition(struct.pack("<HHII", 254, 4, 1, 1))
    return first + (struct.pack("<HHII", 254, 4, 1, 0) if entry else b"") + rest


def unread() -> dict[str, bytes]:
    """Whole files of known kinds whose pixels are stored in ways that nobody reads."""
    jpeg = encoded(scene(64, 48), "JPEG")
    big = encoded(scene(64, 48), "TIFF", big_tiff=True)
    arithmetic = jpeg.replace(b"\xff\xc0", b"\xff\xc9")
    twelve = jpeg.replace(b"\xff\xc0\0\x11\x08", b"\xff\xc1\0\x11\x0c")
    floats = [(0x100, 4, 2), (0x101, 4, 2), (0x102, 3, 32), (0x103, 3, 1), (0x106, 3, 2), (0x111, 4, 8)]
    floats += [(0x115, 3, 3), (0x116, 4, 2), (0x117, 4, 2), (0x153, 3, 3)]
    return {
        "bigtiff": big,
        "arithmetic": arithmetic,
        "twelve bits": twelve,
        "floats": plain_tiff(floats),
        "webp in tiff": plain_tiff([*floats[:3], (0x103, 3, 50001), *floats[4:]]),
    }


def plain_tiff(entries: list[tuple[int, int, int]]) -> bytes:
    """A TIFF of one directory with these numbers: tag, type, value."""
    rows = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    return b"II*\0" + struct.pack("<IH", 8, len(entries)) + rows + bytes(4)


def strip_tiff(data: bytes, bits: int) -> bytes:
    """A TIFF of 400 × 300 in grey of so many bits, its levels as they stand in one strip."""
    entries = [(0x100, 4, 400), (0x101, 4, 300), (0x102, 3, bits), (0x103, 3, 1), (0x106, 3, 1)]
    entries += [(0x111, 4, 8 + 2 + 12 * 9 + 4), (0x115, 3, 1), (0x116, 4, 300), (0x117, 4, len(data))]
    return plain_tiff(entries) + data


def rows_of_png(kind: int, depth: int, interlaced: int, size: tuple[int, int] = (37, 29)) -> bytes:
    """Enough zeros for every row of a PNG of that kind of colour and depth, each with its filter."""
    bits = depth * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[kind]
    adam7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
    sizes = [
        (len(range(left, size[0], across)), len(range(top, size[1], down)))
        for left, top, across, down in (adam7 if interlaced else ((0, 0, 1, 1),))
    ]
    return bytes(sum(high * (1 + (wide * bits + 7) // 8) for wide, high in sizes if wide))


def png_of_rows(kind: int, depth: int, interlaced: int, rows: bytes) -> bytes:
    """A PNG of 37 × 29 with these rows."""
    head = struct.pack(">IIBBBBB", 37, 29, depth, kind, 0, 0, interlaced)
    palette = [(b"PLTE", bytes(12))] if kind == 3 else []
    return png([(b"IHDR", head), *palette, (b"IDAT", zlib.compress(rows)), (b"IEND", b"")])
