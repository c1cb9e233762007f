"""Charts of colours, the profiles they are written with, and how far two colours are apart: reckoned here."""

from __future__ import annotations

import itertools
import math
import struct
from collections.abc import Sequence

Colour = Sequence[float]
Rows = Sequence[Colour]
Primaries = tuple[tuple[float, float], ...]

# Chromaticities of red, green and blue from the spaces' own specifications; the white of all three is D65.
P3: Primaries = ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060))
ADOBE: Primaries = ((0.640, 0.330), (0.210, 0.710), (0.150, 0.060))
SRGB: Primaries = ((0.640, 0.330), (0.300, 0.600), (0.150, 0.060))
SRGB_GAMMA = 2.4  # stands for sRGB's curve, which Display P3 shares
ADOBE_GAMMA = 563 / 256
D65 = (0.3127 / 0.3290, 1.0, (1 - 0.3127 - 0.3290) / 0.3290)
D50 = (0.9642, 1.0, 0.8249)
BRADFORD = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))


def times(rows: Rows, vector: Colour) -> Colour:
    """Matrix by vector."""
    return [sum(value * other for value, other in zip(row, vector, strict=True)) for row in rows]


def inverse(rows: Rows) -> Rows:
    """Of a matrix of three rows."""
    (a, b, c), (d, e, f), (g, h, i) = rows
    whole = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    adjugate = (
        (e * i - f * h, c * h - b * i, b * f - c * e),
        (f * g - d * i, a * i - c * g, c * d - a * f),
        (d * h - e * g, b * g - a * h, a * e - b * d),
    )
    return [[value / whole for value in row] for row in adjugate]


def matrix(primaries: Primaries) -> Rows:
    """What turns light of the primaries into XYZ."""
    columns = [(x / y, 1.0, (1 - x - y) / y) for x, y in primaries]
    rows = [[column[row] for column in columns] for row in range(3)]
    scale = times(inverse(rows), D65)
    return [[row[at] * scale[at] for at in range(3)] for row in rows]


def light(level: float, gamma: float = SRGB_GAMMA) -> float:
    """How bright a level of 0 to 255 is, from 0 to 1."""
    share = level / 255
    if gamma != SRGB_GAMMA:
        return share**gamma
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def xyz(colour: Colour, primaries: Primaries = SRGB, gamma: float = SRGB_GAMMA) -> Colour:
    """A colour of 0 to 255 a channel as XYZ."""
    return times(matrix(primaries), [light(level, gamma) for level in colour])


def under_d50(colour: Colour) -> Colour:
    """XYZ as it looks the same under ICC's white, by Bradford's method."""
    cones, before, after = (times(BRADFORD, each) for each in (colour, D65, D50))
    seen = [value * new / old for value, old, new in zip(cones, before, after, strict=True)]
    return times(inverse(BRADFORD), seen)


def lab(colour: Colour, white: Colour = D65) -> Colour:
    """XYZ as CIE L*a*b*."""
    x, y, z = (
        share ** (1 / 3) if share > 216 / 24389 else (24389 / 27 * share + 16) / 116
        for share in (value / whole for value, whole in zip(colour, white, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def in_srgb(colour: Colour) -> bool:
    """Whether sRGB has this colour (XYZ)."""
    return all(-0.001 <= share <= 1.001 for share in times(inverse(matrix(SRGB)), colour))


def delta_e(one: Colour, other: Colour) -> float:
    """CIEDE2000, as Sharma, Wu and Dalal wrote it down in 2005."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean7 = ((math.hypot(a1, b1) + math.hypot(a2, b2)) / 2) ** 7
    g = 0.5 * (1 - math.sqrt(mean7 / (mean7 + 25**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = (math.degrees(math.atan2(b, a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = h2 - h1
    turn -= 360 * round(turn / 360) if c1 * c2 else turn
    dl, dc, dh = l2 - l1, c2 - c1, 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    ml, mc = (l1 + l2) / 2, (c1 + c2) / 2
    mh = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    t = (
        1
        - 0.17 * math.cos(math.radians(mh - 30))
        + 0.24 * math.cos(math.radians(2 * mh))
        + 0.32 * math.cos(math.radians(3 * mh + 6))
        - 0.20 * math.cos(math.radians(4 * mh - 63))
    )
    sl = 1 + 0.015 * (ml - 50) ** 2 / math.sqrt(20 + (ml - 50) ** 2)
    sc, sh = 1 + 0.045 * mc, 1 + 0.015 * mc * t
    angle = math.radians(60 * math.exp(-(((mh - 275) / 25) ** 2)))
    twist = -2 * math.sqrt(mc**7 / (mc**7 + 25**7)) * math.sin(angle)
    return math.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dh / sh) ** 2 + twist * dc / sc * dh / sh)


def rgb_profile(name: str, primaries: Primaries, gamma: float) -> bytes:
    """An ICC profile of primaries and a curve."""
    curve = struct.pack(">4sIIH", b"curv", 0, 1, round(gamma * 256))
    if gamma == SRGB_GAMMA:
        table = (round(65535 * light(at * 255 / 1023)) for at in range(1024))
        curve = struct.pack(">4sII1024H", b"curv", 0, 1024, *table)
    columns = zip(*matrix(primaries), strict=True)
    tags = {b"desc": _words(name), b"wtpt": _xyz(D50)}
    tags |= {b"rgb"[at : at + 1] + b"XYZ": _xyz(under_d50(column)) for at, column in enumerate(columns)}
    tags |= {b"rgb"[at : at + 1] + b"TRC": curve for at in range(3)}
    return _profile(b"mntr", b"RGB ", b"XYZ ", tags)


def cmyk_profile(name: str, inks: dict[tuple[int, ...], Colour]) -> bytes:
    """An ICC profile of a printer: the L*a*b* (under D50) of each mixture of full and no ink."""
    grid = b""
    for mixture in itertools.product((0, 1), repeat=4):
        level, a, b = inks[mixture]
        grid += bytes((round(level * 2.55), round(a + 128), round(b + 128)))
    unit = (65536 * (at % 4 == 0) for at in range(9))
    table = struct.pack(">4sIBBBx9i", b"mft1", 0, 4, 3, 2, *unit)
    table += bytes(range(256)) * 4 + grid + bytes(range(256)) * 3
    return _profile(b"prtr", b"CMYK", b"Lab ", {b"desc": _words(name), b"wtpt": _xyz(D50), b"A2B0": table})


def _words(name: str) -> bytes:
    return struct.pack(">4sII", b"desc", 0, len(name) + 1) + name.encode("ascii") + bytes(79)


def _xyz(colour: Colour) -> bytes:
    return struct.pack(">4sI3i", b"XYZ ", 0, *(round(value * 65536) for value in colour))


def _profile(kind: bytes, space: bytes, connection: bytes, tags: dict[bytes, bytes]) -> bytes:
    table, data, start = struct.pack(">I", len(tags)), b"", 132 + 12 * len(tags)
    for tag, value in tags.items():
        table += struct.pack(">4sII", tag, start + len(data), len(value))
        data += value + b"\0" * (-len(value) % 4)
    length, version = start + len(data), 0x02400000
    head = struct.pack(">I4sI4s4s4s12x4s", length, bytes(4), version, kind, space, connection, b"acsp")
    head = head.ljust(68, b"\0") + struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + table + data
