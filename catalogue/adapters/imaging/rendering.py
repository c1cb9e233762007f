"""The files that readers get of a photograph, and what stands in its place until they are there."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal

from PIL import Image, ImageFilter

from catalogue.adapters.imaging.developing import develop, shown_size
from catalogue.adapters.imaging.reading import open_source
from catalogue.adapters.imaging.similarity import ssim
from catalogue.kernel.photo import (
    CARD_FROM,
    CARD_RATIO,
    CARD_WIDTH,
    PLACEHOLDER,
    SMALLEST,
    WIDTHS,
    Encoded,
    Portrait,
    Rotation,
    widths_of,
)

Format = Literal["avif", "jpeg"]
BOTH: tuple[Format, ...] = ("avif", "jpeg")
CENTRE = (0.5, 0.5)
# Speed 9 takes a tenth of the time of libavif's usual 6 and a quarter more bytes. At one likeness, matrices
# instead of the trellis search are an eighth quicker and a little smaller; tiles help only several threads.
AVIF: dict[str, Any] = {
    "speed": 9,
    "max_threads": 1,
    "autotiling": False,
    "subsampling": "4:2:0",
    "codec": "aom",
    "advanced": {"tune": "psnr", "enable-qm": "1", "disable-trellis-quant": "1"},
}
# Progressive ones would be 1 % smaller and take more than twice the time, for readers of old browsers only.
JPEG: dict[str, Any] = {"quality": 80, "optimize": True, "subsampling": "4:2:0"}
# A small picture is looked at pixel by pixel, on a large one several fall on a point of the screen.
FINE, COARSE, FINE_UP_TO = 76, 72, 640
LONGEST = 65_500  # pixels along one side that both formats can hold
CARD_HEIGHT = round(CARD_WIDTH / CARD_RATIO)
CARD_NEEDS = math.ceil(CARD_WIDTH / CARD_RATIO)  # pixels of height that give a card its whole width
LOOK = 64  # pixels along the longer side of the picture that a guess looks at


@dataclass(frozen=True)
class Shot:
    """A picture before it is encoded, and in which formats it is wanted."""

    purpose: Literal["view", "card"]
    picture: Image.Image
    formats: tuple[Format, ...]


def render(body: bytes, *, rotation: Rotation = 0, focal: tuple[float, float] = CENTRE) -> Iterator[Encoded]:
    """Every file that readers get, the largest first. Raises NotTaken; see `shots` for the rules."""
    for shot in shots(body, rotation=rotation, focal=focal):
        for kind in shot.formats:
            yield encode(shot, kind)


def shots(body: bytes, *, rotation: Rotation = 0, focal: tuple[float, float] = CENTRE) -> Iterator[Shot]:
    """The views, the largest first, then the card.

    `rotation` comes on top of what the camera noted; `focal` is where the eye goes in the picture as shown,
    from the left and from the top. A picture narrower than the smallest view is one JPEG of its own width.
    """
    source = open_source(body)
    width, height = shown_size(source, rotation)
    sizes = view_sizes(width, height)
    picture = develop(source, _first_size(width, height, sizes[-1]), rotation)
    del source  # with it the unfolded pixels, before an encoder asks for memory
    formats = BOTH if width >= SMALLEST else BOTH[1:]
    made = {picture.width: picture}
    for size in reversed(sizes):
        picture = _reduced(made.get(2 * size[0], picture), size)
        made[size[0]] = picture
        yield Shot("view", picture, formats)
    if width >= CARD_FROM:
        enough = [each for each in made.values() if card_width(each.size) >= CARD_WIDTH]
        ground = min(enough, key=lambda each: each.width, default=made[max(made)])
        yield Shot("card", card(ground, focal), ("jpeg",))


def _reduced(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Half as large by the mean of four pixels, which keeps more detail than a filter and takes a fifth of
    its time; else by that filter."""
    if picture.size == size:
        return picture
    return picture.resize(size, Image.Resampling.BICUBIC, reducing_gap=1.0)


def view_sizes(width: int, height: int) -> list[tuple[int, int]]:
    """Width and height of each view, the smallest first; none larger than the picture."""
    sizes = [(each, max(1, round(height * each / width))) for each in widths_of(width)]
    possible = [size for size in sizes if size[1] <= LONGEST]
    return possible or [(max(1, round(width * LONGEST / height)), LONGEST)]


def _first_size(width: int, height: int, largest: tuple[int, int]) -> tuple[int, int]:
    """As wide as the largest of all views and as high as the card, where the picture is."""
    if width < WIDTHS[-1] and height <= LONGEST:
        return width, height
    scale = max(largest[0] / width, min(1.0, CARD_NEEDS / height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def card_width(size: tuple[int, int]) -> int:
    """How wide the widest card is that fits into a picture of that size."""
    return min(size[0], round(size[1] * CARD_RATIO))


def card(picture: Image.Image, focal: tuple[float, float]) -> Image.Image:
    """The part around the focal point that a shared page shows, as wide as the picture allows."""
    width = card_width(picture.size)
    height = max(1, min(picture.height, round(width / CARD_RATIO)))
    left = round(min(max(focal[0] * picture.width - width / 2, 0), picture.width - width))
    top = round(min(max(focal[1] * picture.height - height / 2, 0), picture.height - height))
    part = picture.crop((left, top, left + width, top + height))
    if width <= CARD_WIDTH:
        return part
    return part.resize((CARD_WIDTH, CARD_HEIGHT), Image.Resampling.LANCZOS)


def encode(shot: Shot, kind: Format) -> Encoded:
    """The picture as a file. Two threads must not encode one picture: Pillow would mix their options."""
    picture, stored = shot.picture, BytesIO()
    if kind == "avif":
        quality = FINE if picture.width <= FINE_UP_TO else COARSE
        picture.save(stored, "AVIF", quality=quality, **AVIF)
    else:
        picture.save(stored, "JPEG", **JPEG)
    return Encoded(shot.purpose, kind, picture.width, picture.height, stored.getvalue())


def likeness(shot: Shot, encoded: Encoded) -> float:
    """How alike the encoded file and the picture before it look (SSIM)."""
    with Image.open(BytesIO(encoded.body)) as shown:
        return ssim(shot.picture, shown)


def portrait(body: bytes) -> Portrait:
    """Placeholder, colour and focus of a picture, upright and without the rotation that people add.

    The focus is the middle of what is sharp and varied: edges, weighed a little towards the centre.
    Raises NotTaken.
    """
    source = open_source(body)
    look = develop(source, within(source.size, LOOK))
    tiny = look.resize(within(look.size, PLACEHOLDER), Image.Resampling.LANCZOS)
    stored = BytesIO()
    tiny.save(stored, "WEBP", quality=40, method=6)
    return Portrait(stored.getvalue(), colour_of(look), focus_of(look))


def within(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """The size at which the longer side is no longer than that."""
    scale = min(1.0, longest / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def colour_of(picture: Image.Image) -> str:
    """The colour that most of the picture has, of eight into which it falls."""
    few = picture.quantize(8, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    counted = few.convert("RGB").getcolors() or [(1, (128, 128, 128))]
    colour = max(counted)[1]
    assert isinstance(colour, tuple)
    return "#{:02x}{:02x}{:02x}".format(*colour)


def focus_of(picture: Image.Image) -> tuple[float, float]:
    """Where the eye goes, from the left and from the top: the middle of the edges, by strength."""
    edges = picture.convert("L").filter(ImageFilter.FIND_EDGES)
    width, height = edges.size
    strengths = edges.tobytes()
    whole = across = down = 0.0
    for y in range(1, height - 1):
        for x in range(1, width - 1):
            off = ((x + 0.5) / width - 0.5) ** 2 + ((y + 0.5) / height - 0.5) ** 2
            weight = strengths[y * width + x] ** 2 * (1 - off)
            whole += weight
            across += weight * (x + 0.5)
            down += weight * (y + 0.5)
    if not whole:
        return CENTRE
    return round(across / whole / width, 3), round(down / whole / height, 3)
