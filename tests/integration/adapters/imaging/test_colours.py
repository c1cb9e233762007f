"""Colours stay what they were: a chart in each space, against what its definition says."""

from __future__ import annotations

import itertools
import statistics
from io import BytesIO

import pytest
from PIL import Image

from catalogue.adapters.imaging import colours
from catalogue.adapters.imaging.reading import inspect
from catalogue.adapters.imaging.rendering import render
from catalogue.kernel.photo import Advice
from tests import pictures
from tests.integration.adapters.imaging import charts
from tests.integration.adapters.imaging.charts import Colour, delta_e, lab, xyz

SIDE, ACROSS = 40, 8  # pixels of a patch, patches in a row
PATCHES = [*itertools.product((40, 90, 140, 200), repeat=3)]
GOAL = 1.0  # ΔE2000, which few people can see
BEST = {"quality": 100, "subsampling": 0}
WIDE = [
    ("Display P3", charts.P3, charts.SRGB_GAMMA),
    ("Adobe RGB (1998)", charts.ADOBE, charts.ADOBE_GAMMA),
]


def chart(patches: list[tuple[int, ...]], mode: str = "RGB") -> Image.Image:
    picture = Image.new(mode, (SIDE * ACROSS, SIDE * -(-len(patches) // ACROSS)))
    for number, patch in enumerate(patches):
        left, top = number % ACROSS * SIDE, number // ACROSS * SIDE
        picture.paste(patch, (left, top, left + SIDE, top + SIDE))
    return picture


def seen(body: bytes, count: int) -> list[Colour]:
    """The middle of each patch in the JPEG that readers get."""
    made = next(each for each in render(body) if (each.format, each.width) == ("jpeg", 320))
    with Image.open(BytesIO(made.body)) as picture:
        small = picture.resize((ACROSS, picture.height // SIDE), Image.Resampling.NEAREST)
    return list(small.get_flattened_data())[:count]


def errors(body: bytes, expected: list[Colour]) -> list[float]:
    """ΔE of each patch whose colour (XYZ) sRGB has."""
    pairs = zip(seen(body, len(expected)), expected, strict=True)
    return [delta_e(lab(xyz(one)), lab(other)) for one, other in pairs if charts.in_srgb(other)]


def test_the_yardstick_agrees_with_its_authors() -> None:
    """Pairs 1, 7 and 24 of the table that Sharma, Wu and Dalal published."""
    assert delta_e((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(2.0425, abs=1e-4)
    assert delta_e((50, 0, 0), (50, -1, 2)) == pytest.approx(2.3669, abs=1e-4)
    assert delta_e((50, 2.5, 0), (58, 24, 15)) == pytest.approx(19.4535, abs=1e-4)


@pytest.mark.parametrize(("name", "primaries", "gamma"), WIDE, ids=["p3", "adobe"])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIC"])
def test_wide_colours_come_out_as_they_were(
    kind: str, name: str, primaries: charts.Primaries, gamma: float
) -> None:
    options = {"JPEG": BEST, "WEBP": {"lossless": True}, "AVIF": {"quality": 100}}.get(kind, {})
    profile, picture = charts.rgb_profile(name, primaries, gamma), chart(PATCHES)
    if kind == "HEIC":
        body = pictures.heic(picture, icc_profile=profile)
    else:
        body = pictures.encoded(picture, kind, icc_profile=profile, **options)
    assert inspect(body).profile == name
    found = errors(body, [xyz(patch, primaries, gamma) for patch in PATCHES])
    assert len(found) > len(PATCHES) / 2
    assert statistics.median(found) <= GOAL


def test_plain_pictures_are_srgb() -> None:
    body = pictures.encoded(chart(PATCHES), "PNG")
    assert statistics.median(errors(body, [xyz(patch) for patch in PATCHES])) <= GOAL


def test_printing_inks_come_out_as_their_profile_says() -> None:
    """Sixteen mixtures that sRGB has, down to black: so each has one right answer, whatever the intent."""
    printed = {
        mixture: tuple((255 - 150 * ink) * (1 - 0.55 * mixture[3]) for ink in mixture[:3])
        for mixture in itertools.product((0, 1), repeat=4)
    }
    printed[1, 1, 1, 1] = (0, 0, 0)
    inks = {mixture: lab(charts.under_d50(xyz(colour)), charts.D50) for mixture, colour in printed.items()}
    picture = chart([tuple(255 * ink for ink in mixture) for mixture in printed], "CMYK")
    body = pictures.encoded(picture, "TIFF", icc_profile=charts.cmyk_profile("Printer of the tests", inks))
    assert inspect(body).profile == "Printer of the tests"
    found = errors(body, [xyz(colour) for colour in printed.values()])
    assert len(found) == 16
    assert statistics.median(found) <= GOAL


def test_inks_without_a_profile_are_turned_back_as_they_were_made() -> None:
    body = pictures.encoded(chart(PATCHES).convert("CMYK"), "JPEG", **BEST)
    assert inspect(body).profile == "CMYK"
    assert statistics.median(errors(body, [xyz(patch) for patch in PATCHES])) <= GOAL


def test_cameras_that_only_mark_adobe_rgb_are_understood() -> None:
    told = Image.Exif()
    told.get_ifd(0x8769).update({0xA001: 0xFFFF, 0xA005: {1: "R03"}})
    body = pictures.encoded(chart(PATCHES), "JPEG", exif=told, **BEST)
    assert inspect(body).profile == "Adobe RGB (1998)"
    expected = [xyz(patch, charts.ADOBE, charts.ADOBE_GAMMA) for patch in PATCHES]
    assert statistics.median(errors(body, expected)) <= GOAL


def test_the_number_for_display_p3_stands_for_its_profile() -> None:
    own, made = colours.named(12), charts.rgb_profile("Display P3", charts.P3, charts.SRGB_GAMMA)
    one, other = (
        colours.to_srgb(chart(PATCHES), profile).resize((8, 8), Image.Resampling.NEAREST)
        for profile in (own, made)
    )
    pairs = zip(one.get_flattened_data(), other.get_flattened_data(), strict=True)
    assert max(delta_e(lab(xyz(a)), lab(xyz(b))) for a, b in pairs) < GOAL
    assert colours.named(1) is None


@pytest.mark.parametrize("profile", [b"no profile at all", bytes(200)], ids=["words", "zeros"])
def test_a_broken_profile_is_passed_over(profile: bytes) -> None:
    body = pictures.encoded(pictures.scene(1200, 900), "PNG", icc_profile=profile)
    found = inspect(body)
    assert (found.accepted, found.profile, found.warnings) == (True, None, (Advice.PROFILE_UNREADABLE,))
    assert list(render(body))


@pytest.mark.parametrize(
    ("number", "name", "primaries"), [(12, "Display P3", charts.P3), (1, None, charts.SRGB)]
)
def test_a_colour_space_that_png_names_goes_before_its_profile(
    number: int, name: str | None, primaries: charts.Primaries
) -> None:
    profile = charts.rgb_profile("Adobe RGB (1998)", charts.ADOBE, charts.ADOBE_GAMMA)
    body = pictures.encoded(chart(PATCHES), "PNG", icc_profile=profile)
    named = pictures.with_chunk(body, b"cICP", bytes((number, 13, 0, 1)))
    assert inspect(named).profile == name
    assert statistics.median(errors(named, [xyz(patch, primaries) for patch in PATCHES])) <= GOAL


@pytest.mark.parametrize("gamma", [1.0, 1.8])
def test_a_gamma_that_png_names_is_honoured(gamma: float) -> None:
    body = pictures.encoded(chart(PATCHES), "PNG")
    named = pictures.with_chunk(body, b"gAMA", round(100_000 / gamma).to_bytes(4, "big"))
    expected = [xyz(patch, charts.SRGB, gamma) for patch in PATCHES]
    assert statistics.median(errors(named, expected)) <= GOAL
    beside = pictures.with_chunk(named, b"sRGB", b"\0")
    assert statistics.median(errors(beside, [xyz(patch) for patch in PATCHES])) <= GOAL


@pytest.mark.parametrize("gamma", [None, 1.0, 563 / 256])
@pytest.mark.parametrize("primaries", [charts.P3, charts.ADOBE], ids=["p3", "adobe"])
def test_primaries_that_png_names_are_honoured(primaries: charts.Primaries, gamma: float | None) -> None:
    body = pictures.encoded(chart(PATCHES), "PNG")
    numbers = [number for point in ((0.3127, 0.3290), *primaries) for number in point]
    named = pictures.with_chunk(
        body, b"cHRM", b"".join(round(1e5 * each).to_bytes(4, "big") for each in numbers)
    )
    if gamma:
        named = pictures.with_chunk(named, b"gAMA", round(100_000 / gamma).to_bytes(4, "big"))
    assert (inspect(named).profile or "").startswith("its own primaries")
    expected = [xyz(patch, primaries, gamma or charts.SRGB_GAMMA) for patch in PATCHES]
    assert statistics.median(errors(named, expected)) <= GOAL
    for chunk, data in ((b"sRGB", b"\0"), (b"cICP", b"\1\x0d\0\1")):
        beside = pictures.with_chunk(named, chunk, data)
        assert inspect(beside).profile is None
        assert statistics.median(errors(beside, [xyz(patch) for patch in PATCHES])) <= GOAL


@pytest.mark.parametrize(
    "numbers",
    [
        [0] * 8,
        [31270, 32900] * 4,
        [2**32 - 1] * 8,
        [31270, 32900, 64000, 33000, 30000, 60000, 15000, 0],
        [31270, 32900, 64000, 33000, 30000, 60000, 45000, 46500],
        [31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000],
        [31269, 32899, 63999, 33001, 30000, 60000, 15000, 5999],
    ],
    ids=["zeros", "one point", "huge", "no light", "one line", "sRGB", "sRGB, rounded"],
)
def test_primaries_that_are_none_or_those_of_srgb_are_srgb(numbers: list[int]) -> None:
    body = pictures.encoded(chart(PATCHES), "PNG")
    named = pictures.with_chunk(body, b"cHRM", b"".join(each.to_bytes(4, "big") for each in numbers))
    assert inspect(named).profile is None
    assert statistics.median(errors(named, [xyz(patch) for patch in PATCHES])) <= GOAL


def test_pq_has_its_page_white_where_the_standard_says() -> None:
    """ITU-R BT.2408, table 1: 203 candelas are 58 % of the signal, 26 are 38 %."""
    body = pictures.encoded(chart([(148, 148, 148), (97, 97, 97), (255, 255, 255)]), "PNG")
    white, grey, brighter = seen(pictures.with_chunk(body, b"cICP", bytes((9, 16, 0, 1))), 3)
    assert min(white) >= 250
    assert min(brighter) >= 252
    assert charts.light(grey[0]) == pytest.approx(26 / 203, abs=0.01)
