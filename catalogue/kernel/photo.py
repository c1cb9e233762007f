"""What every part that handles photographs agrees on: sizes, limits, and the words for what was found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

# Widths of the pictures that readers get, in pixels. A picture is never enlarged.
WIDTHS = (320, 640, 960, 1280, 1920)
SMALLEST = WIDTHS[0]
# A shared page's card is this wide at most, and this many times wider than high.
CARD_WIDTH = 1200
CARD_RATIO = 1.91
CARD_FROM = 640  # pixels of width from which a picture is worth a card
PLACEHOLDER = 16  # pixels along the longer side

MOST_BYTES = 40_000_000
MOST_PIXELS = 100_000_000

# Part of a rendition's address: raise it whenever a rendition comes out differently in any way.
RECIPE = "3"

Rotation = Literal[0, 90, 180, 270]  # degrees clockwise, on top of what the camera noted


class Refusal(StrEnum):
    """Why a file is not taken."""

    UNREADABLE = "unreadable"  # not there, or not for us to read
    EMPTY = "empty"
    TOO_LARGE = "too_large"  # in bytes
    TOO_MANY_PIXELS = "too_many_pixels"
    BOMB = "bomb"  # small to send, endless to unpack
    UNSUPPORTED = "unsupported"  # not a picture, or of a kind we do not read
    TRUNCATED = "truncated"
    DAMAGED = "damaged"
    ARCHIVE = "archive"  # also a ZIP file
    DOCUMENT = "document"  # also a PDF


class Advice(StrEnum):
    """What could be better about a picture that is taken."""

    TOO_SMALL = "too_small"
    RIBBON = "ribbon"
    TRAILER = "trailer"  # film or other bytes behind the picture, which are cut off
    FRAMES = "frames"  # more pictures in the file; only the first is shown
    TRANSPARENT = "transparent"  # stands on white
    PROFILE_UNREADABLE = "profile_unreadable"  # taken as sRGB
    HIGH_DYNAMIC_RANGE = "high_dynamic_range"  # brighter than a page can be: what is too bright is cut
    TOO_DARK = "too_dark"
    BURNT_OUT = "burnt_out"
    BLURRED = "blurred"
    SCREENSHOT = "screenshot"
    COLLAGE = "collage"
    NEAR_COPY = "near_copy"


@dataclass(frozen=True)
class Inspection:
    """What a received file is. `reason` stands exactly where it was not accepted.

    `format`: jpeg, mpo, png, webp, avif, heic, tiff or gif; of a refused file also others, where recognised.
    `width`, `height`: pixels of the upright picture. `profile`: the name of its colour space, where it has
    one of its own. `metadata`: kinds found, such as gps, owner, xmp. `credit`, `rights`: who made it and
    what is said of its rights, as the file's own metadata has it.
    """

    accepted: bool
    reason: Refusal | None = None
    format: str | None = None
    width: int | None = None
    height: int | None = None
    profile: str | None = None
    metadata: tuple[str, ...] = ()
    warnings: tuple[Advice, ...] = ()
    credit: str | None = None
    rights: str | None = None


@dataclass(frozen=True)
class Encoded:
    """One finished file. `purpose`: a view in a page, or the card of a shared page."""

    purpose: Literal["view", "card"]
    format: Literal["avif", "jpeg"]
    width: int
    height: int
    body: bytes


class Portrait(NamedTuple):
    """What a page shows of a picture before it is there, and where the eye goes.

    `placeholder`: a tiny WebP. `colour`: “#rrggbb”. `focus`: from the left and from the top, 0 to 1.
    """

    placeholder: bytes
    colour: str
    focus: tuple[float, float]


def widths_of(width: int) -> tuple[int, ...]:
    """The widths in which a picture of that width is shown; one smaller than the smallest keeps its own."""
    return tuple(each for each in WIDTHS if each <= width) or (width,)


# A panorama is three times wider than high; beyond this a picture is a stripe on any page.
RIBBON_RATIO = 5
# Pixels of the longer side below which a picture is blurred on a product's page.
ENOUGH = 960


def shape_advice(width: int, height: int) -> list[Advice]:
    """What there is to say of a picture's size alone."""
    longer, shorter = max(width, height), min(width, height)
    advice = []
    if longer < ENOUGH:
        advice.append(Advice.TOO_SMALL)
    if longer > RIBBON_RATIO * shorter:
        advice.append(Advice.RIBBON)
    return advice
