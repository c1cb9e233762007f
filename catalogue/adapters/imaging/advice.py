"""What advice to a maker depends on, measured on a picture.

Everything is measured at one size, so that a photograph gets the same answer from any camera: edges at 1,024
pixels along the longer side, lines and gutters at 640, light at 512. A smaller picture is not enlarged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import cast

from PIL import Image, ImageChops, ImageOps

from catalogue.adapters.imaging.developing import develop, shown_size
from catalogue.adapters.imaging.fingerprint import fingerprint
from catalogue.adapters.imaging.reading import open_source
from catalogue.adapters.imaging.rendering import within
from catalogue.kernel.photo_advice import Edges, Light, Measured, Structure

EDGES_AT, STRUCTURE_AT, LIGHT_AT = 1024, 640, 512

CUT_OFF = 253  # a channel from here on has lost its drawing
WHITE = 250  # all three channels from here on are white
FRAME = 50  # the frame is a fiftieth of the shorter side wide

PART = 32  # pixels along the side of a part whose edges are measured
COARSE = 8  # how much smaller the picture is in which edges are looked for
EDGE = 24  # levels from one pixel to the next there
SHARPEST = 0.9  # the quantile of the parts that counts: one sharp thing is enough

DRAWN_PART = 16
EVEN = 1  # neighbours that differ by no more are of one colour
INK = 40  # neighbours that differ by as much are an edge of ink
MIDDLING = (3, 24)  # what neighbours in photographs differ by, and those in drawings seldom
EVEN_SHARE, INK_SHARE, MIDDLING_SHARE = 0.3, 0.06, 0.3  # of a part that looks drawn

OTHER = 16  # levels by which a pixel differs from a band beside it
REACH = 3  # pixels within which a picture begins beside a band: smaller sizes soften its edge
BAR_HEIGHT = 0.02  # of the picture's height

Lines = Sequence[bytes]


@dataclass(frozen=True)
class Look:
    """What was seen in a photograph, for `photo_advice.advise` and for `photo_likeness.alike`."""

    measured: Measured
    fingerprint: str | None


def look(body: bytes) -> Look:
    """Measure an accepted file as it is shown, without the rotation that people add. Raises NotTaken."""
    source = open_source(body)
    width, height = shown_size(source, 0)
    picture = develop(source, within((width, height), EDGES_AT))
    return Look(measure(picture, width, height), fingerprint(picture))


def measure(picture: Image.Image, width: int, height: int) -> Measured:
    """Measure an upright picture in sRGB; `width` and `height` are those of the whole one.

    The picture itself may be smaller, as long as its longer side has 1,024 pixels where the whole one has.
    """
    picture = _reduced(picture.convert("RGB"), EDGES_AT)
    grey = picture.convert("L")
    return Measured(width, height, _light(picture), _edges(grey), _structure(grey))


def _reduced(picture: Image.Image, longer: int) -> Image.Image:
    """The picture with so many pixels along its longer side, or as it is where it has fewer."""
    share = longer / max(picture.size)
    if share >= 1:
        return picture
    size = max(1, round(picture.width * share)), max(1, round(picture.height * share))
    return picture.resize(size, Image.Resampling.BOX)


def _light(picture: Image.Image) -> Light:
    picture = _reduced(picture, LIGHT_AT)
    red, green, blue = picture.split()
    least = ImageChops.darker(ImageChops.darker(red, green), blue)
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    grey = picture.convert("L")
    levels = grey.histogram()
    things = grey.histogram(least.point(lambda level: 255 * (level < WHITE)))
    pixels = picture.width * picture.height
    return Light(
        brightest=_quantile(levels, 0.95),
        middle=_quantile(levels, 0.5),
        thing_middle=_quantile(things, 0.5),
        cut_off=sum(most.histogram()[CUT_OFF:]) / pixels,
        white=sum(least.histogram()[WHITE:]) / pixels,
        white_frame=_white_frame(least),
    )


def _quantile(levels: Sequence[int], share: float) -> int:
    wanted, seen = sum(levels) * share, 0
    for level, pixels in enumerate(levels):
        seen += pixels
        if pixels and seen >= wanted:
            return level
    return 255  # no pixel at all: everything was white


def _white_frame(least: Image.Image) -> float:
    width, height = least.size
    edge = max(1, min(width, height) // FRAME)
    if min(width, height) <= 2 * edge:
        return 0.0
    inner = least.crop((edge, edge, width - edge, height - edge))
    framed = width * height - inner.width * inner.height
    return (sum(least.histogram()[WHITE:]) - sum(inner.histogram()[WHITE:])) / framed


def _edges(grey: Image.Image) -> tuple[Edges, Edges]:
    columns, rows = grey.width // PART, grey.height // PART
    if not columns or not rows:
        return Edges(0.0, 1.0), Edges(0.0, 1.0)
    grey = grey.crop((0, 0, columns * PART, rows * PART))
    across, down = (
        _steepness(fine, coarse, columns, rows)
        for fine, coarse in zip(_steps(grey), _steps(grey.reduce(COARSE)), strict=True)
    )
    return across, down


def _steps(grey: Image.Image) -> tuple[Image.Image, Image.Image]:
    """By how much each pixel differs from its right and from its lower neighbour."""
    width, height = grey.size
    return (
        ImageChops.difference(grey.crop((0, 0, width - 1, height)), grey.crop((1, 0, width, height))),
        ImageChops.difference(grey.crop((0, 0, width, height - 1)), grey.crop((0, 1, width, height))),
    )


def _steepness(fine: Image.Image, coarse: Image.Image, columns: int, rows: int) -> Edges:
    """In each part, its steepest step at the whole size over that at the coarse one.

    A sharp edge of any height is one step at either size; a blurred one is many small steps at the whole.
    """
    pairs = zip(
        _steepest(fine, PART, columns, rows), _steepest(coarse, PART // COARSE, columns, rows), strict=True
    )
    ratios = sorted(small / large for small, large in pairs if large >= EDGE)
    if not ratios:
        return Edges(0.0, 1.0)
    return Edges(len(ratios) / (columns * rows), ratios[int(len(ratios) * SHARPEST)])


def _steepest(steps: Image.Image, part: int, columns: int, rows: int) -> list[int]:
    corners = [(x, y) for y in range(0, rows * part, part) for x in range(0, columns * part, part)]
    parts = (steps.crop((x, y, x + part, y + part)) for x, y in corners)
    return [cast("tuple[int, int]", each.getextrema())[1] for each in parts]


def _structure(grey: Image.Image) -> Structure:
    grey = _reduced(grey, STRUCTURE_AT)
    rows, columns = _rows(grey), _rows(grey.transpose(Image.Transpose.TRANSPOSE))
    bands = _bands(rows, tolerance=6, strays=0.015)
    return Structure(
        drawn=_drawn(grey),
        lines=len(bands),
        bar=_bar(rows, bands),
        gutter=max(_gutter(lines, _bands(lines, tolerance=12, strays=0.03)) for lines in (rows, columns)),
    )


def _rows(grey: Image.Image) -> list[bytes]:
    levels, width = grey.tobytes(), grey.width
    return [levels[start : start + width] for start in range(0, len(levels), width)]


def _drawn(grey: Image.Image) -> float:
    """The share of parts with strong edges on a ground of one colour, and little in between."""
    columns, rows = grey.width // DRAWN_PART, grey.height // DRAWN_PART
    if not columns or not rows:
        return 0.0
    across, down = _steps(grey.crop((0, 0, columns * DRAWN_PART, rows * DRAWN_PART)))
    steps = ImageChops.lighter(ImageOps.expand(across, (0, 0, 1, 0)), ImageOps.expand(down, (0, 0, 0, 1)))

    def shares(low: int, high: int) -> bytes:
        """In each part, the share of steps from `low` to below `high`, 255 for all."""
        chosen = steps.point(lambda step: 255 * (low <= step < high))
        return chosen.resize((columns, rows), Image.Resampling.BOX).tobytes()

    parts = zip(shares(0, EVEN + 1), shares(INK, 256), shares(*MIDDLING), strict=True)
    drawn = sum(
        even >= 255 * EVEN_SHARE and ink >= 255 * INK_SHARE and middling < 255 * MIDDLING_SHARE
        for even, ink, middling in parts
    )
    return drawn / (columns * rows)


def _bands(lines: Lines, tolerance: int, strays: float) -> list[tuple[int, int]]:
    """The first and last of each run of lines of one colour, but for a share of strays at either end."""
    first = int(len(lines[0]) * strays)
    last = len(lines[0]) - 1 - first

    def is_even(number: int) -> bool:
        levels = sorted(lines[number])
        return levels[last] - levels[first] <= tolerance

    runs = [list(run) for even, run in groupby(range(len(lines)), key=is_even) if even]
    return [(run[0], run[-1]) for run in runs]


def _bar(rows: Lines, bands: Sequence[tuple[int, int]]) -> float:
    """How straight the best bands above and below the middle end towards it, the lesser of the two."""
    high = [(first, last) for first, last in bands if last - first >= BAR_HEIGHT * len(rows)]
    above = (_side(rows, (first + last) // 2, last, 1) for first, last in high if 2 * last < len(rows))
    below = (_side(rows, (first + last) // 2, first, -1) for first, last in high if 2 * first > len(rows))
    return min(max(above, default=0.0), max(below, default=0.0))


def _gutter(lines: Lines, bands: Sequence[tuple[int, int]]) -> float:
    """How straight the best band that lies inside ends on both sides, the lesser of the two."""
    inner = [(first, last) for first, last in bands if first > REACH and last < len(lines) - 1 - REACH]
    return max(
        (
            min(_side(lines, (first + last) // 2, first, -1), _side(lines, (first + last) // 2, last, 1))
            for first, last in inner
        ),
        default=0.0,
    )


def _side(lines: Lines, band: int, end: int, way: int) -> float:
    """Along how much of a band's end another colour begins within reach."""
    near = [end + way * step for step in range(1, REACH + 1) if 0 <= end + way * step < len(lines)]
    return max((_otherness(lines[band], lines[line]) for line in near), default=0.0)


def _otherness(one: bytes, other: bytes) -> float:
    return sum(abs(a - b) >= OTHER for a, b in zip(one, other, strict=True)) / len(one)
