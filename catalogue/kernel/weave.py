"""Woven bands: the one cloth that belongs to a maker's or village's code, drawn as SVG.

A cloth is a grid of cells. Each row is one weft. A run of equal cells in it is one float, drawn as one stroke
a little thinner than the row, so the ground shows between the wefts and the result reads as cloth.
Every choice comes from SHA-256 of the code: the same code gives the same cloth, for ever and everywhere.
A band is an identity mark of this site, not a claim of tradition.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from itertools import groupby

VERSION = "1"  # part of a band's address: raise it whenever a drawn cloth changes in any way


class Kind(StrEnum):
    """What is cut from the cloth."""

    EDGE = "edge"  # 15 wefts high, repeats sideways: card feet, header, rules
    BAND = "band"  # 53 wefts high, repeats sideways: page heads
    CLOTH = "cloth"  # repeats both ways: village heads
    KNOT = "knot"  # one square motif: avatars


class Family(StrEnum):
    """The motif of the broad middle field."""

    DIAMOND = "diamond"
    ZIGZAG = "zigzag"
    STAR = "star"
    COMB = "comb"
    BIRD = "bird"


class Border(StrEnum):
    """The small motif that runs beside the field."""

    TOOTH = "tooth"
    GRAIN = "grain"
    LADDER = "ladder"
    WAVE = "wave"
    STEP = "step"


Dyes = tuple[str, str, str, str]  # colours of thread 0 (the ground), 1, 2 and 3
Rows = list[list[int]]  # the thread at each cell, row by row

_COTTON, _TURMERIC, _ANNATTO, _LOT_BARK = "#f1eadb", "#e5a829", "#d9672e", "#b3322b"
_LEAF, _INDIGO, _HYDRANGEA = "#3f8272", "#4a68a8", "#8b86c9"
_NIGHT, _PINE, _BASALT, _DEEP_INDIGO = "#15262d", "#16332c", "#5e2119", "#1f2f55"

_DYES: Sequence[Dyes] = (
    (_NIGHT, _LOT_BARK, _TURMERIC, _COTTON),
    (_PINE, _TURMERIC, _LOT_BARK, _COTTON),
    (_DEEP_INDIGO, _ANNATTO, _COTTON, _TURMERIC),
    (_BASALT, _TURMERIC, _COTTON, _ANNATTO),
    (_NIGHT, _TURMERIC, _LEAF, _COTTON),
    (_COTTON, _LOT_BARK, _DEEP_INDIGO, _ANNATTO),
    (_DEEP_INDIGO, _HYDRANGEA, _TURMERIC, _COTTON),
    (_PINE, _ANNATTO, _COTTON, _LEAF),
    (_COTTON, _DEEP_INDIGO, _LOT_BARK, _TURMERIC),
    (_NIGHT, _INDIGO, _ANNATTO, _COTTON),
    (_BASALT, _COTTON, _TURMERIC, _LEAF),
    (_PINE, _HYDRANGEA, _COTTON, _TURMERIC),
)
_STRIPES = ((1, 2), (2, 1), (3, 1), (1, 3), (2, 3))

_WIDTH = 32
_FIELD, _EDGE_FIELD, _BORDER = 25, 11, 5  # heights in wefts
_STRIP = 8000  # wefts: the width of an edge or band before it is cut by the picture's box


@dataclass(frozen=True)
class Draft:
    """A cloth before it is drawn: its wefts, its dyes and the width after which it repeats."""

    rows: Rows
    dyes: Dyes
    width: int


def draft(code: str, kind: Kind) -> Draft:
    """The cloth of a code."""
    rolls = _rolls(code)
    dyes = _DYES[next(rolls) % len(_DYES)]
    family = list(Family)[next(rolls) % len(Family)]
    border = list(Border)[next(rolls) % len(Border)]
    variant = next(rolls) % 4
    if kind == Kind.KNOT:
        rows = _knot(family, variant)
        return Draft(rows, dyes, len(rows))
    outer, inner = _STRIPES[next(rolls) % len(_STRIPES)]
    if kind == Kind.EDGE:
        rows = _edge(family, variant, outer)
    else:
        rows = _band(family, border, variant, outer, inner)
        if kind == Kind.CLOTH:
            rows += _plain_field(border, outer, inner)
    return Draft(rows, dyes, len(rows[0]))


def weave(code: str, kind: Kind) -> str:
    """The cloth of a code as an SVG document of at most 3 KB.

    Edge and band fill any width: their height is the picture's, and a weft is a whole number of pixels where
    the height is a whole multiple of 15 or 53. A cloth fills any box at 4 px a weft. A knot is square.
    """
    cloth = draft(code, kind)
    width, height = cloth.width, len(cloth.rows)
    threads = _threads(cloth)
    ground = f'<rect width="100%" height="100%" fill="{cloth.dyes[0]}"/>'
    if kind == Kind.KNOT:
        return _svg(f'viewBox="0 0 {width} {height}"', ground + threads)
    if kind == Kind.CLOTH:
        frame, scale = 'width="100%" height="100%"', ' patternTransform="scale(4)"'
    else:
        # “slice” scales by the height alone as long as the box is flatter than this very long strip.
        frame, scale = f'viewBox="0 0 {_STRIP} {height}" preserveAspectRatio="xMinYMin slice"', ""
    pattern = (
        f'<pattern id="p" width="{width}" height="{height}" patternUnits="userSpaceOnUse"{scale}>'
        f"{threads}</pattern>"
    )
    return _svg(frame, f'{pattern}{ground}<rect width="100%" height="100%" fill="url(#p)"/>')


def _svg(frame: str, content: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {frame}>{content}</svg>'


def _threads(cloth: Draft) -> str:
    """One path per thread, after the shadows between the wefts: one line as broad as the cloth, dashed."""
    height = len(cloth.rows)
    shadow = f'stroke-opacity=".16" stroke-width="{cloth.width}" stroke-dasharray=".14 .86"'
    paths = [f'<path stroke="#000" {shadow} d="M{cloth.width / 2:g} .93V{height - 0.5:g}"/>']
    paths += [
        f'<path stroke="{cloth.dyes[thread]}" stroke-width=".84" d="{steps}"/>'
        for thread in (1, 2, 3)
        if (steps := "".join(_steps(cloth.rows, thread)))
    ]
    return "".join(paths)


def _steps(rows: Rows, thread: int) -> Iterator[str]:
    """The floats of one thread as path steps, each relative to the end of the one before."""
    pen_x, pen_y = 0, 0
    first = True
    for y, row in enumerate(rows):
        x = 0
        for value, run in groupby(row):
            length = len(list(run))
            if value == thread:
                move = f"M{x} {y}.5" if first else f"m{x - pen_x} {y - pen_y}".replace(" -", "-")
                yield f"{move}h{length}"
                pen_x, pen_y, first = x + length, y, False
            x += length


def _rolls(code: str) -> Iterator[int]:
    """Endless bytes that depend on the code alone."""
    block = 0
    while True:
        yield from sha256(f"{code}/{block}".encode()).digest()
        block += 1


def _edge(family: Family, variant: int, stripe: int) -> Rows:
    width = _WIDTH if family is Family.BIRD else _WIDTH // 2
    motif = _EDGE_MOTIFS.get(family, _MOTIFS[family])
    top = [[stripe] * width, [0] * width]
    return top + _field(motif, width, _EDGE_FIELD, variant) + top[::-1]


def _band(family: Family, border: Border, variant: int, outer: int, inner: int) -> Rows:
    stripes = _lines(outer, outer, 0, inner, 0)
    top = stripes + _border(border) + _lines(0, inner, 0, 0)
    return top + _field(_MOTIFS[family], _WIDTH, _FIELD, variant) + top[::-1]


def _plain_field(border: Border, outer: int, inner: int) -> Rows:
    """The calm middle of a cloth, with one narrow pattern across it."""
    field = [[3 if x % 8 == 4 and y % 8 == 4 else 0 for x in range(_WIDTH)] for y in range(24)]
    stripes = _lines(0, inner, 0, 0, outer, 0, 0)
    return field + stripes + _border(border) + stripes[::-1] + field


def _knot(family: Family, variant: int) -> Rows:
    start = (_WIDTH - _FIELD) // 2 + 1
    field = _field(_MOTIFS[family], _WIDTH, _FIELD, variant)
    core = [[0, 0, *row[start : start + _FIELD], 0, 0] for row in field]
    margin = [[0] * len(core[0])] * 2
    return margin + core + margin


def _lines(*threads: int) -> Rows:
    return [[thread] * _WIDTH for thread in threads]


def _border(border: Border) -> Rows:
    return [[_BORDERS[border](x, y) for x in range(_WIDTH)] for y in range(_BORDER)]


# Each motif answers: which thread lies at column x, row y of a field of this size, in this variant?
Motif = Callable[[int, int, int, int, int], int]


def _field(motif: Motif, width: int, height: int, variant: int) -> Rows:
    return [[motif(x, y, width, height, variant) for x in range(width)] for y in range(height)]


def _wave(x: int, width: int) -> int:
    """Triangle wave: 0 at the edge of the repeat, width // 2 in its middle."""
    x %= width
    return min(x, width - x)


def _diamond(x: int, y: int, width: int, height: int, variant: int) -> int:
    dx, dy = abs(x - width // 2), abs(y - height // 2)
    ring, radius = dx + dy, height // 2
    if ring > radius:  # a small diamond on the edge of the repeat
        distance = width // 2 - dx + dy
        if distance < 4 + variant % 2:
            return 3 if distance < 2 else 2
        return 1 if distance == 6 + variant % 2 and dy < 5 else 0
    core = (3, 3, 0, 1, 1, 0)
    return core[ring] if ring < len(core) else (0, 1, 1, 0, 2, 2)[(radius - ring) % 6]


def _zigzag(x: int, y: int, width: int, height: int, variant: int) -> int:
    twice = variant % 2 == 1
    top = _wave(2 * x if twice else x, width) * (height - 9) * 2 // width
    depth = y - (height - 8 - top)
    if (thread := {0: 1, 1: 1, 3: 3, 5: 2, 6: 2}.get(depth)) is not None:
        return thread
    if not twice:  # grains in the valleys
        low = min(x % width, width - x % width) + abs(y - 3)
        high = abs(x - width // 2) + abs(y - (height - 4))
        if low < 3 or high < 3:
            return 3
    return 0


def _star(x: int, y: int, width: int, height: int, variant: int) -> int:
    dx, dy = abs(x - width // 2), abs(y - height // 2)
    far, close = max(dx, dy), min(dx, dy)
    size = height // 4
    if 1 <= close <= size and close < far <= close + size:  # eight leaf-shaped points
        return 1
    if far == close and far <= size:
        return 0
    if close == 0 and far <= size:
        return 3 if far % 2 else 0
    pole = width // 2 - dx + dy  # stacked chevrons between the stars
    if pole < 4:
        return 3 if pole == 1 else 2
    if pole == 6 and variant % 2:
        return 2
    return 2 if far == close and far in (size + 3, size + 4) else 0


def _comb(x: int, y: int, width: int, height: int, variant: int) -> int:
    centre = height // 2
    dy = abs(y - centre)
    if dy == 0:
        return 3 if x % 4 < 2 else 1
    if dy == 1:
        return 1
    column = x if y < centre else x + width // 2  # the two combs face away from each other
    length = 3 + _wave(column, width) * (centre - 4) * 2 // width
    if column % 4 < 2 and dy <= length:
        return 2 if dy > length - 2 else 1
    return 3 if variant % 2 and _wave(column, width) < 3 and centre - 3 <= dy <= centre - 1 else 0


def _bird(x: int, y: int, width: int, height: int, variant: int) -> int:
    half, step = width // 2, height // 3
    column, place = divmod(x, half)
    dx = abs(place - half // 2)
    walked = y if column == 0 else height - 1 - y  # up one column and down the next
    for k in range(3):
        base = walked - k * step
        if dx == 0 and 0 <= base < step:
            return 3 if base == 0 else 1
        if base >= 0 and base - dx in (0, 1) and dx < step:
            return 2 if (k + variant) % 2 else 1
    return 3 if place == 0 and y % 4 < 2 else 0


def _edge_zigzag(x: int, y: int, width: int, _height: int, variant: int) -> int:
    depth = y - (8 - _wave(x, width))
    if depth == 2 and variant % 2:
        return 3
    return {0: 1, 1: 1, 4: 2, 5: 2}.get(depth, 0)


def _edge_comb(x: int, y: int, width: int, height: int, _variant: int) -> int:
    dy = abs(y - height // 2)
    length = 2 + _wave(x if y < height // 2 else x + width // 2, width) // 3
    if dy == 0:
        return 3
    if x % 4 < 2 and dy <= length:
        return 2 if dy == length else 1
    return 0


def _tooth(x: int, y: int) -> int:
    return 1 if _wave(x, 8) + y >= 4 else 0


def _grain(x: int, y: int) -> int:
    middle = _BORDER // 2
    if abs(x % 8 - 4) + 2 * abs(y - middle) < 4:
        return 1
    return 3 if x % 8 == 0 and y == middle else 0


def _ladder(x: int, y: int) -> int:
    if y in (0, _BORDER - 1):
        return 2
    return 1 if x % 4 < 2 else 0


def _ripple(x: int, y: int) -> int:
    return {0: 1, 1: 1, -3: 3}.get(y - _wave(x, 8), 0)


def _step(x: int, y: int) -> int:
    if (x // 2 + y) % 4 >= 2:
        return 0
    return 1 if x % 8 < 4 else 2


_MOTIFS: dict[Family, Motif] = {
    Family.DIAMOND: _diamond,
    Family.ZIGZAG: _zigzag,
    Family.STAR: _star,
    Family.COMB: _comb,
    Family.BIRD: _bird,
}
_EDGE_MOTIFS: dict[Family, Motif] = {Family.ZIGZAG: _edge_zigzag, Family.COMB: _edge_comb}
_BORDERS: dict[Border, Callable[[int, int], int]] = {
    Border.TOOTH: _tooth,
    Border.GRAIN: _grain,
    Border.LADDER: _ladder,
    Border.WAVE: _ripple,
    Border.STEP: _step,
}
