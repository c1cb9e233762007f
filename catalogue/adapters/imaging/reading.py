"""Received files: what they are by their content, whether they are taken, and their pixels, safely opened."""

from __future__ import annotations

import re
import struct
import warnings
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import pi_heif
from PIL import Image, PngImagePlugin, UnidentifiedImageError

from catalogue.adapters.imaging import colours
from catalogue.adapters.imaging.containers import exif, gif, heif, jpeg, photoshop, png, tiff, webp, xmp
from catalogue.adapters.imaging.containers.anatomy import Anatomy, NotTaken
from catalogue.adapters.imaging.transparency import alpha, on_white_around
from catalogue.kernel.photo import MOST_BYTES, MOST_PIXELS, Advice, Inspection, Refusal, shape_advice

# Pillow's own guard is ours: it may notice before we are asked, and warns where we refuse.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)
PngImagePlugin.MAX_TEXT_CHUNK = 8_000_000  # profiles of printers are larger than Pillow expects
pi_heif.options.DECODE_THREADS = 1  # a worker does one photograph at a time on one core

DISSECTORS: dict[str, Callable[[bytes], Anatomy]] = {
    "jpeg": jpeg.dissect,
    "png": png.dissect,
    "webp": webp.dissect,
    "gif": gif.dissect,
    "tiff": tiff.dissect,
    "heic": heif.dissect,
    "avif": heif.dissect,
}
SIGNS = (
    *((b"\xff\xd8\xff", "jpeg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"GIF87a", "gif"), (b"GIF89a", "gif")),
    *(
        (b"II*\0", "tiff"),
        (b"MM\0*", "tiff"),
        (b"II+\0", "bigtiff"),
        (b"MM\0+", "bigtiff"),
        (b"BM", "bmp"),
        (b"\0\0\1\0", "ico"),
        (b"8BPS", "psd"),
    ),
    *((b"%PDF-", "pdf"), (b"PK\3\4", "zip"), (b"\xff\x0a", "jxl"), (b"\0\0\0\x0cJXL ", "jxl")),
    *((b"\0\0\0\x0cjP  ", "jp2"), (b"\xff\x4f\xff\x51", "jp2"), (b"%!PS", "eps")),
)
HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
AVIF = {b"avif", b"avis"}
PORTABLE = re.compile(rb"P[1-7fF]\s")
SVG = re.compile(rb"<svg[\s>]", re.IGNORECASE)

# A ZIP is found from its end, a PDF from a head that may stand behind other bytes.
ZIP_END, ZIP_DIRECTORY, ZIP64 = b"PK\5\6", b"PK\1\2", b"PK\6\7"
ZIP_FILE = re.compile(rb"PK\x03\x04[\x00-\x40]\x00..[\x00\x08\x09\x0c\x0e\x5d\x5f\x63]\x00", re.DOTALL)
PDF = re.compile(rb"%PDF-[0-9]|%!PS-Adobe-[0-9]\.[0-9] PDF-[0-9]")  # the second as old readers take it

# What libraries raise over broken files, as files with flipped bits have shown.
BROKEN = (
    *(OSError, ValueError, SyntaxError, EOFError, RuntimeError, MemoryError, LookupError, TypeError),
    *(AttributeError, ArithmeticError, struct.error, zlib.error, Image.DecompressionBombError),
)
FILLING = bytes(range(1, 255, 3))  # varied, and without the byte that begins a mark
BITS = 0x0102  # of a channel, in TIFF
SWAPPED = range(5, 9)  # Exif's orientations that lie on their side
# These are turned by their decoders. In HEIC the container says how, and Exif may say it once more.
TURNED = {"heic", "tiff"}


@dataclass(frozen=True)
class Source:
    """A file that may be taken. `image`: opened, not unfolded; `orientation`: what is still to be turned.

    `profile`: what its colours mean, None for sRGB. `body`: the file up to the end of the picture.
    """

    format: str
    anatomy: Anatomy
    image: Image.Image
    orientation: int
    profile: bytes | None
    body: bytes

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the upright picture."""
        width, height = self.image.size
        return (height, width) if self.orientation in SWAPPED else (width, height)


def inspect(body: bytes) -> Inspection:
    """Whether a received file is taken, and what it is; its pixels are unfolded, so that none is missing."""
    try:
        source = open_source(body)
        width, height = source.size
        check_whole(source)
        picture = unfold(source, (1, 1))
    except NotTaken as refused:
        return Inspection(accepted=False, reason=refused.reason, format=recognise(body))
    metadata, credit, rights = told(source.anatomy)
    profile, readable = _profile_name(source)
    behind = body[max(source.anatomy.end, source.anatomy.listed) :]
    if behind:
        metadata.append("trailer")
    warnings = [
        *shape_advice(width, height),
        *([Advice.TRAILER] if behind.strip(b"\0") else []),
        *([Advice.FRAMES] if source.anatomy.frames > 1 else []),
        *([Advice.TRANSPARENT] if source.anatomy.covered or alpha(picture) else []),
        *([] if readable else [Advice.PROFILE_UNREADABLE]),
        *([Advice.HIGH_DYNAMIC_RANGE] if source.anatomy.transfer in colours.HIGH_DYNAMIC_RANGE else []),
    ]
    return Inspection(
        accepted=True,
        format=source.format,
        width=width,
        height=height,
        profile=profile,
        metadata=tuple(metadata),
        warnings=tuple(warnings),
        credit=credit,
        rights=rights,
    )


def recognise(body: bytes) -> str | None:
    """The kind of file, by its first bytes; None where they are of no kind that we know."""
    for sign, kind in SIGNS:
        if body.startswith(sign):
            return kind
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "webp"
    if body[4:8] == b"ftyp":
        return _brand(body)
    if PORTABLE.match(body):
        return "ppm"
    return "svg" if SVG.search(body[:4096]) else None


def _brand(body: bytes) -> str | None:
    """HEIC and AVIF share their container; other files of that family are films or raw pictures."""
    size = min(int.from_bytes(body[:4], "big"), 256)
    major, others = body[8:12], {body[at : at + 4] for at in range(16, size - 3, 4)}
    if major in HEIC or major in AVIF:
        return "heic" if major in HEIC else "avif"
    if major in {b"mif1", b"msf1"}:
        return "avif" if others & AVIF else "heic"
    return None


def open_source(body: bytes) -> Source:
    """The file opened, without unfolding its pixels. Raises NotTaken."""
    kind = _admitted(body)
    try:
        anatomy = DISSECTORS[kind](body)
        if kind == "heic":
            image: Image.Image = pi_heif.HeifImageFile(BytesIO(body))
        else:
            image = Image.open(BytesIO(body[: anatomy.end]), formats=(kind.upper(),))
            _prepare(image, kind, anatomy, body)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise NotTaken(Refusal.TOO_MANY_PIXELS) from bomb
    except UnidentifiedImageError as strange:
        # The file is whole, but its pixels are stored in a way that nobody reads.
        raise NotTaken(Refusal.UNSUPPORTED if kind == "tiff" else Refusal.DAMAGED) from strange
    except BROKEN as broken:
        raise NotTaken(Refusal.DAMAGED) from broken
    if image.width * image.height > MOST_PIXELS:
        raise NotTaken(Refusal.TOO_MANY_PIXELS)
    if image.width < 1 or image.height < 1:
        raise NotTaken(Refusal.DAMAGED)
    facts = exif.facts(
        image.info.get("exif", b"").removeprefix(b"Exif\0\0")
        if kind == "avif"
        else anatomy.first("exif") or anatomy.first("tiff") or b""
    )
    return Source(
        format="mpo" if image.format == "MPO" else kind,
        anatomy=anatomy,
        image=image,
        orientation=1 if kind in TURNED else facts.orientation,
        profile=_profile(image, kind, anatomy, adobe=facts.adobe),
        body=body[: anatomy.end],
    )


def _prepare(image: Image.Image, kind: str, anatomy: Anatomy, body: bytes) -> None:
    """Set right what Pillow leaves as the file has it: the page, the colour that is see-through, and grey of
    twelve bits."""
    if anatomy.page:
        image.seek(anatomy.page)
    if kind == "png" and isinstance(key := image.info.get("transparency"), int | tuple):
        image.info["transparency"] = png.scaled_key(body, key)
    if kind == "tiff":
        image.info["bits"] = getattr(image, "tag_v2", {}).get(BITS, (16,))[0]


def _profile(image: Image.Image, kind: str, anatomy: Anatomy, *, adobe: bool) -> bytes | None:
    """In PNG a colour space named by its number goes before a profile (PNG 3, 4.3), elsewhere behind it."""
    carried: bytes | None = image.info.get("icc_profile")
    if carried and not (kind == "png" and anatomy.primaries):
        return carried
    if kind == "png" and not anatomy.primaries and "srgb" not in image.info:
        return colours.of_numbers(image.info.get("gamma"), image.info.get("chromaticity"))
    return colours.named(anatomy.primaries, anatomy.transfer, adobe=adobe)


def _admitted(body: bytes) -> str:
    if not body:
        raise NotTaken(Refusal.EMPTY)
    if len(body) > MOST_BYTES:
        raise NotTaken(Refusal.TOO_LARGE)
    if _is_archive(body):
        raise NotTaken(Refusal.ARCHIVE)
    if PDF.search(body):
        raise NotTaken(Refusal.DOCUMENT)
    kind = recognise(body)
    if kind not in DISSECTORS:
        raise NotTaken(Refusal.UNSUPPORTED)
    return kind


def _is_archive(body: bytes) -> bool:
    """Whether a program that unpacks would find something: an end with its directory, or a packed file."""
    place = body.find(ZIP_END)
    while place >= 0:
        if len(body) - place >= 22:
            entries, size = struct.unpack_from("<HI", body, place + 10)
            begins = place - size
            if (
                entries == 0
                or body[max(begins, 0) : begins + 4] == ZIP_DIRECTORY
                or ZIP64 in body[place - 20 : place]
            ):
                return True
        place = body.find(ZIP_END, place + 1)
    return bool(ZIP_FILE.search(body))


def unfold(source: Source, reach: tuple[int, int]) -> Image.Image:
    """The stored pixels, not turned yet; a JPEG may come smaller, though no smaller than `reach`."""
    image = source.image
    try:
        image.draft(None, reach)
        image.load()
    except BROKEN as broken:
        raise NotTaken(Refusal.DAMAGED) from broken
    return image if source.anatomy.covered is None else on_white_around(image, source.anatomy.covered)


def check_whole(source: Source) -> None:
    """Refuse a JPEG or PNG whose data do not go to its last pixel.

    Decoders fill what is missing with grey or black and say nothing. Bytes put behind the data of a JPEG
    change nothing in a whole picture, and become pixels in one that was cut. In a picture of layers the last
    hold what is fine, which is not seen at the smallest size. Raises NotTaken.
    """
    if source.format == "png" and not png.has_all_rows(source.body):
        raise NotTaken(Refusal.TRUNCATED)
    if source.format not in {"jpeg", "mpo"}:
        return
    width, height = source.image.size
    reach = (width // 2, height // 2) if source.image.info.get("progressive") else (1, 1)
    end = jpeg.data_end(source.body)
    filled = source.body[:end] + FILLING + source.body[end:]
    try:
        whole = _small(source.body, reach) == _small(filled, reach)
    except BROKEN as broken:
        raise NotTaken(Refusal.DAMAGED) from broken
    if not whole:
        raise NotTaken(Refusal.TRUNCATED)


def _small(body: bytes, reach: tuple[int, int]) -> bytes:
    with Image.open(BytesIO(body), formats=("JPEG",)) as image:
        image.draft(None, reach)
        return image.tobytes()


def told(anatomy: Anatomy) -> tuple[list[str], str | None, str | None]:
    """The kinds of metadata found; who made the picture, and what is said of its rights."""
    kinds: set[str] = set()
    credit, rights = [], []
    for block in anatomy.blocks:
        if block.kind in {"exif", "tiff"}:
            shown = exif.facts(block.data)
            is_exif = block.kind == "exif" and exif.byte_order(block.data) is not None
            kinds |= {"exif"} if is_exif or shown.camera else set()
            kinds |= {
                word
                for word, there in (
                    ("gps", shown.gps),
                    ("owner", bool(shown.artist or shown.copyright or shown.owner)),
                    ("serial", shown.serial),
                    ("maker_note", shown.maker_note),
                    ("thumbnail", shown.thumbnail and is_exif),
                )
                if there
            }
            credit.append(shown.artist)
            rights.append(shown.copyright)
        elif block.kind == "xmp":
            words = xmp.facts(block.data)
            kinds |= (
                {"xmp"}
                | ({"gps"} if words.gps else set())
                | ({"owner"} if words.creator or words.rights else set())
            )
            credit.append(words.creator)
            rights.append(words.rights)
        elif block.kind == "iptc":
            agency = photoshop.facts(block.data)
            kinds |= {"iptc"} | ({"owner"} if agency.byline or agency.rights else set())
            credit.append(agency.byline)
            rights.append(agency.rights)
        else:
            kinds.add("comment")
    return sorted(kinds), next(filter(None, credit), None), next(filter(None, rights), None)


def _profile_name(source: Source) -> tuple[str | None, bool]:
    """The profile's name, and whether it could be read."""
    if source.profile is None:
        return ("CMYK" if source.image.mode == "CMYK" else None), True
    try:
        return colours.name(source.profile), True
    except colours.Unreadable:
        return None, False
