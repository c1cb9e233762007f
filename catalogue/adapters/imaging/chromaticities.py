"""Primaries named by their chromaticities, as ICC profiles have them: XYZ as it looks under D50."""

from __future__ import annotations

from collections.abc import Sequence

Colour = tuple[float, float, float]
Rows = Sequence[Colour]

D50: Colour = (0.9642, 1.0, 0.8249)
# White, red, green and blue of sRGB, each by x and y.
SRGB = (0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06)
NEAR = 0.002  # programs round in different places
# Cones of the eye by Bradford's method, and the way back.
BRADFORD: Rows = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))


def is_srgb(named: Sequence[float]) -> bool:
    """Whether these are sRGB's white and primaries."""
    return all(abs(value - known) < NEAR for value, known in zip(named, SRGB, strict=True))


def primaries(named: Sequence[float]) -> tuple[Colour, Colour, Colour] | None:
    """Red, green and blue of x and y of white, red, green and blue; None where no light is like that."""
    if min(named[1::2]) <= 0:
        return None
    white, *lights = (_xyz(x, y) for x, y in zip(named[::2], named[1::2], strict=True))
    try:
        strengths = _solve(lights, white)
    except ZeroDivisionError:  # the three lie on one line
        return None
    if min(strengths) <= 0:
        return None
    red, green, blue = (
        _under_d50(_scaled(light, by), white) for light, by in zip(lights, strengths, strict=True)
    )
    return red, green, blue


def _xyz(x: float, y: float) -> Colour:
    return x / y, 1.0, (1 - x - y) / y


def _under_d50(colour: Colour, white: Colour) -> Colour:
    seen, before, after = (_times(BRADFORD, each) for each in (colour, white, D50))
    adapted = [value * new / old for value, new, old in zip(seen, after, before, strict=True)]
    columns = [(row[0], row[1], row[2]) for row in zip(*BRADFORD, strict=True)]
    return _solve(columns, (adapted[0], adapted[1], adapted[2]))


def _solve(columns: Rows, wanted: Colour) -> Colour:
    """How much of each column makes up what is wanted (Cramer's rule)."""
    one, two, three = columns
    whole = _volume(one, two, three)
    return (
        _volume(wanted, two, three) / whole,
        _volume(one, wanted, three) / whole,
        _volume(one, two, wanted) / whole,
    )


def _volume(one: Colour, two: Colour, three: Colour) -> float:
    (a, b, c), (d, e, f), (g, h, i) = one, two, three
    return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)


def _times(rows: Rows, colour: Colour) -> Colour:
    x, y, z = (sum(value * other for value, other in zip(row, colour, strict=True)) for row in rows)
    return x, y, z


def _scaled(colour: Colour, by: float) -> Colour:
    x, y, z = (value * by for value in colour)
    return x, y, z
