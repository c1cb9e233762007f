"""A picture's fingerprint, by which copies of it are found."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi
from statistics import median

from PIL import Image

SIDE = 32  # pixels of the grey square that is looked at
KEPT = 8  # waves in either direction, the slowest first
SCALE = 1024  # of the waves, so that only whole numbers are reckoned with and every machine finds the same

WAVES = tuple(
    tuple(round(SCALE * cos(pi * (2 * place + 1) * wave / (2 * SIDE))) for place in range(SIDE))
    for wave in range(KEPT)
)
# A wave one quarter of a level high all over the square: what is weaker is rounding.
WEAKEST = SCALE * SCALE * SIDE * SIDE // 16


def fingerprint(picture: Image.Image) -> str | None:
    """Sixteen hexadecimal digits that hardly change when a picture is saved smaller, brighter or in grey.

    The discrete cosine transform of 32 × 32 grey pixels: a bit says whether one of the 8 × 8 slowest waves is
    stronger than their median, the first, which is the mean, left out of it (C. Zauner, “Implementation and
    Benchmarking of Perceptual Image Hash Functions”, 2010, “pHash”). A picture turned, mirrored or cut to
    another shape has another. None where it is too even to be told from others.
    """
    grey = picture.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX).tobytes()
    rows = [_strengths(grey[start : start + SIDE]) for start in range(0, SIDE * SIDE, SIDE)]
    strengths = [strength for column in zip(*rows, strict=True) for strength in _strengths(column)]
    changes = strengths[1:]
    if max(map(abs, changes)) < WEAKEST:
        return None
    middle = median(changes)
    return f"{sum((strength > middle) << place for place, strength in enumerate(strengths)):016x}"


def _strengths(line: Sequence[int]) -> list[int]:
    """How strongly each wave swings along a line."""
    return [sum(factor * level for factor, level in zip(wave, line, strict=True)) for wave in WAVES]
