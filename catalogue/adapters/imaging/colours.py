"""Colour spaces: what a picture's numbers mean, and the same colours in sRGB."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import cache
from io import BytesIO

from PIL import Image, ImageCms

from catalogue.adapters.imaging import chromaticities

# The primaries of colour spaces that files name without carrying a profile, as XYZ under D50 (ICC's white).
ADOBE = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
DISPLAY_P3 = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
BT_2020 = ((0.67348, 0.27903, -0.00193), (0.16568, 0.67534, 0.02998), (0.12505, 0.04561, 0.79686))
SRGB = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))
WHITE = (0.96420, 1.0, 0.82491)
ADOBE_GAMMA = struct.pack(">4sIIH", b"curv", 0, 1, 563)  # 563 / 256 = 2.199
# y = ((x + 0.055) / 1.055) ** 2.4 from 0.04045 on, x / 12.92 below.
SRGB_CURVE = struct.pack(
    ">4sIHH5i",
    *(b"para", 0, 3, 0),
    *(round(value * 65536) for value in (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)),
)
# ITU-T H.273's numbers for curves that go beyond the white of a page.
LINEAR, PQ, HLG = 8, 16, 18
HIGH_DYNAMIC_RANGE = frozenset({PQ, HLG})
PQ_WHITE = 203 / 10_000  # white on a page, of the brightest that PQ can say (ITU-R BT.2408)
FITTING = {"L": "GRAY", "RGB": "RGB ", "CMYK": "CMYK", "LAB": "Lab "}


class Unreadable(Exception):
    """The profile is broken, or belongs to another kind of picture."""


def named(primaries: int | None, transfer: int | None = None, *, adobe: bool = False) -> bytes | None:
    """The profile that numbers of ITU-T H.273 or the camera standard's mark stand for; None is sRGB.

    HLG was made so that it looks right where its curve is not known. PQ is cut at the white of a page.
    """
    if adobe:
        return _profile("Adobe RGB (1998)", ADOBE, ADOBE_GAMMA)
    if primaries in {11, 12}:
        words, space = "Display P3", DISPLAY_P3
    elif primaries == 9:
        words, space = "ITU-R BT.2020", BT_2020
    elif transfer in {LINEAR, PQ}:
        words, space = "sRGB primaries", SRGB
    else:
        return None
    if transfer == PQ:
        return _profile(f"{words} (PQ)", space, _pq_curve())
    if transfer == LINEAR:
        return _profile(f"{words} (linear)", space, _gamma_curve(1))
    return _profile(words, space, SRGB_CURVE)


def of_numbers(gamma: float | None, named: Sequence[float] | None) -> bytes | None:
    """The profile of the gamma that a PNG names, such as 0.45, and of its white, red, green and blue, each by
    x and y. What is not named, or cannot be, is as in sRGB; None is sRGB."""
    if gamma is not None and (abs(gamma - 1 / 2.2) < 0.02 or not 0.1 <= gamma <= 2):
        gamma = None
    lights = chromaticities.primaries(named) if named and not chromaticities.is_srgb(named) else None
    if gamma is None and lights is None:
        return None
    words = [*(["its own primaries"] if lights else []), *([f"gamma {gamma:.5f}"] if gamma else [])]
    curve = _gamma_curve(1 / gamma) if gamma else SRGB_CURVE
    return _profile(", ".join(words), lights or SRGB, curve)


def _gamma_curve(gamma: float) -> bytes:
    return struct.pack(">4sIIH", b"curv", 0, 1, round(gamma * 256))


@cache
def _pq_curve(steps: int = 4096) -> bytes:
    """SMPTE ST 2084, from the white of a page down."""
    m1, m2, c1, c2, c3 = 2610 / 16384, 2523 / 32, 3424 / 4096, 2413 / 128, 2392 / 128
    roots = ((step / (steps - 1)) ** (1 / m2) for step in range(steps))
    lights = ((max(root - c1, 0) / (c2 - c3 * root)) ** (1 / m1) for root in roots)
    levels = (round(65535 * min(1, light / PQ_WHITE)) for light in lights)
    return struct.pack(f">4sII{steps}H", b"curv", 0, steps, *levels)


def name(profile: bytes) -> str:
    """What a profile calls itself."""
    try:
        words = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(profile)))
    except (ImageCms.PyCMSError, OSError) as broken:
        raise Unreadable from broken
    return words.strip() or "unnamed"


def to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """An 8-bit picture (L, RGB, CMYK or LAB) as RGB in sRGB; a profile that cannot be read is passed over."""
    if profile is not None:
        try:
            return _converted(picture, profile)
        except Unreadable:
            pass
    if picture.mode == "LAB":
        return _converted(picture, ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes())
    return picture.convert("RGB")


def _converted(picture: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        space = source.profile.xcolor_space
        if space == "RGB " and picture.mode == "L":
            picture = picture.convert("RGB")
        if FITTING.get(picture.mode) != space:
            raise Unreadable
        transform = ImageCms.buildTransform(source, _srgb(), picture.mode, "RGB", ImageCms.Intent.PERCEPTUAL)
        converted = ImageCms.applyTransform(picture, transform)
    except (ImageCms.PyCMSError, OSError, ValueError) as broken:
        raise Unreadable from broken
    assert converted is not None
    return converted


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


@cache
def _profile(words: str, primaries: tuple[tuple[float, float, float], ...], curve: bytes) -> bytes:
    """An ICC profile of three primaries and one curve."""
    description = words.encode("utf-16-be")
    tags = {
        b"desc": struct.pack(">4sIII2s2sII", b"mluc", 0, 1, 12, b"en", b"US", len(description), 28)
        + description,
        b"wtpt": _xyz(WHITE),
        b"rXYZ": _xyz(primaries[0]),
        b"gXYZ": _xyz(primaries[1]),
        b"bXYZ": _xyz(primaries[2]),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, data = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for tag, value in tags.items():
        table += struct.pack(">4sII", tag, start + len(data), len(value))
        data += value + b"\0" * (-len(value) % 4)
    head = struct.pack(
        ">I4sI4s4s4s12x4s4sIIIQI3i",
        *(start + len(data), b"\0\0\0\0", 0x04300000, b"mntr", b"RGB ", b"XYZ ", b"acsp"),
        *(b"\0\0\0\0", 0, 0, 0, 0, 0, *(round(value * 65536) for value in WHITE)),
    )
    return head.ljust(128, b"\0") + table + data


def _xyz(values: tuple[float, float, float]) -> bytes:
    return struct.pack(">4sI3i", b"XYZ ", 0, *(round(value * 65536) for value in values))
