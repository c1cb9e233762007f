"""When a maker is advised to take a picture anew: rules over what was measured on it.

Advice is said only where it is all but certain: a wrong answer is worse than none. The thresholds were set on
the photographs of `benchmarks/photographs/corpus.json`; `benchmarks/advice.py` counts what each rule says of
them, and of the same photographs made bad.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalogue.kernel.photo import Advice, shape_advice

# What is said of a file and not of the picture in it: measuring neither finds nor refutes it.
OF_THE_FILE = (
    Advice.TRAILER,
    Advice.FRAMES,
    Advice.TRANSPARENT,
    Advice.PROFILE_UNREADABLE,
    Advice.HIGH_DYNAMIC_RANGE,
)

# Dark: not even the brightest twentieth of it is bright, and half of it is nearly black (luma, 0–255).
DARK_BRIGHTEST = 100
DARK_MIDDLE = 50

# Burnt out: so much of it has lost its drawing, and even its middle is light.
BURNT_SHARE = 0.30
BURNT_MIDDLE = 170
# A thing on a white ground is meant to be white around: where so much of the frame is white, only what stands
# on the ground is judged. It is burnt out when it is nearly white too and its colours were cut off beside it.
WHITE_GROUND = 0.6
BURNT_THING_MIDDLE = 190
BURNT_THING_SHARE = 0.05

# Blurred: its steepest edges rise within one pixel at an eighth of the size, but not at the whole size.
BLURRED = 0.40
# Where fewer of its parts have edges, nothing is said: fog and sky are no mistake.
EDGED_PARTS = 0.05

# A collage has a gutter: along at least so much of it both pictures differ from its one colour. A page of
# text has many more bands than gutters and borders make.
GUTTER_SIDES = 0.5
TEXT_LINES = 6

# A screenshot is drawn: strong edges on ground of one colour, as letters have them.
DRAWN_PARTS = 0.25
# With rows of one colour between its lines, or above and below the picture in it, less is enough.
DRAWN_PARTS_IN_LINES = 0.10
LINES = 3
BAR_SIDES = 0.6


@dataclass(frozen=True)
class Light:
    """How light a picture is.

    `brightest`: the luma above which a twentieth of the pixels lie; `middle`: the median; `thing_middle`: the
    median without the white pixels. Shares of pixels: `cut_off`, with a channel at its end; `white`, with all
    three there. `white_frame`: the share of white pixels along the four sides.
    """

    brightest: int
    middle: int
    thing_middle: int
    cut_off: float
    white: float
    white_frame: float


@dataclass(frozen=True)
class Edges:
    """How steep a picture's edges are in one direction.

    `parts`: the share of its parts that have any. `steepness`: about 1 where the sharpest tenth of them is
    sharp, 1/8 where it is blurred over eight pixels of 1,024.
    """

    parts: float
    steepness: float


@dataclass(frozen=True)
class Structure:
    """How far a picture is made up by a program.

    `drawn`: the share of its parts that look drawn. `lines`: how many bands of rows of one colour it has.
    `bar`: along how much of their length the bands above and below end in something else at once, the lesser
    of the two. `gutter`: the same of the two sides of a band that crosses it inside, 0 where there is none.
    """

    drawn: float
    lines: int
    bar: float
    gutter: float


@dataclass(frozen=True)
class Measured:
    """Everything that advice depends on. `width`, `height`: pixels of the whole upright picture."""

    width: int
    height: int
    light: Light
    edges: tuple[Edges, Edges]
    structure: Structure


def advise(measured: Measured) -> tuple[Advice, ...]:
    """What there is to say of a picture by itself; empty for most."""
    found = shape_advice(measured.width, measured.height)
    made_up = _made_up(measured.structure)
    found += made_up
    if is_too_dark(measured.light):
        found.append(Advice.TOO_DARK)
    if is_burnt_out(measured.light) and Advice.SCREENSHOT not in made_up:
        found.append(Advice.BURNT_OUT)
    if is_blurred(measured.edges):
        found.append(Advice.BLURRED)
    return tuple(found)


def advice_for(said: Iterable[str], measured: Measured) -> list[Advice]:
    """What the file said of itself, and what is measured on its picture; `said` may hold earlier advice."""
    return [advice for advice in OF_THE_FILE if advice in set(said)] + list(advise(measured))


def is_too_dark(light: Light) -> bool:
    """Whether hardly anything can be seen. A bright thing on a dark ground is not too dark."""
    return light.brightest < DARK_BRIGHTEST and light.middle < DARK_MIDDLE


def is_burnt_out(light: Light) -> bool:
    """Whether light has eaten much of what there was to see. A white ground or sky alone is not it."""
    if light.white_frame >= WHITE_GROUND:
        return light.thing_middle >= BURNT_THING_MIDDLE and light.cut_off - light.white >= BURNT_THING_SHARE
    return light.cut_off >= BURNT_SHARE and light.middle >= BURNT_MIDDLE


def is_blurred(edges: Iterable[Edges]) -> bool:
    """Whether nothing in the picture is sharp. A sharp thing before a soft ground is not blurred."""
    return any(each.parts >= EDGED_PARTS and each.steepness < BLURRED for each in edges)


def _made_up(structure: Structure) -> list[Advice]:
    is_divided = structure.gutter >= GUTTER_SIDES and structure.lines < TEXT_LINES
    if is_divided and structure.drawn < DRAWN_PARTS:
        return [Advice.COLLAGE]
    in_lines = structure.lines >= LINES
    is_drawn = structure.drawn >= (DRAWN_PARTS_IN_LINES if in_lines else DRAWN_PARTS)
    return [Advice.SCREENSHOT] if is_drawn or (in_lines and structure.bar >= BAR_SIDES) else []
