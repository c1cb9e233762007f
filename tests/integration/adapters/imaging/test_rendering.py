"""What readers get: which files, upright, on white, in sRGB, with nothing in them but the picture."""

from __future__ import annotations

import struct
import threading
import time
import zlib
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageStat

from catalogue.adapters.imaging.rendering import portrait, render, shots
from catalogue.adapters.imaging.similarity import ssim
from catalogue.kernel.photo import CARD_RATIO, WIDTHS, Encoded
from tests import pictures
from tests.integration.adapters.imaging import exiftool


def shown(encoded: Encoded) -> Image.Image:
    return Image.open(BytesIO(encoded.body))


def views(body: bytes, kind: str = "jpeg") -> dict[int, Image.Image]:
    return {each.width: shown(each) for each in render(body) if (each.purpose, each.format) == ("view", kind)}


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean difference a channel."""
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


@pytest.mark.parametrize(
    ("size", "widths"),
    [
        ((2400, 600), WIDTHS),
        ((1920, 480), WIDTHS),
        ((1919, 480), WIDTHS[:4]),
        ((700, 900), WIDTHS[:2]),
        ((640, 200), WIDTHS[:2]),
        ((639, 200), WIDTHS[:1]),
        ((320, 200), WIDTHS[:1]),
    ],
)
def test_every_width_up_to_the_original_in_both_formats(
    size: tuple[int, int], widths: tuple[int, ...]
) -> None:
    made = [
        each for each in render(pictures.encoded(pictures.scene(*size), "JPEG")) if each.purpose == "view"
    ]
    for kind in ("avif", "jpeg"):
        found = [(each.width, each.height) for each in made if each.format == kind]
        assert sorted(found) == [(width, round(size[1] * width / size[0])) for width in widths]
    for each in made:
        assert (shown(each).size, shown(each).format) == ((each.width, each.height), each.format.upper())


@pytest.mark.parametrize("size", [(1, 1), (319, 200), (10, 3000)])
def test_a_smaller_picture_is_one_file_of_its_own_width(size: tuple[int, int]) -> None:
    (only,) = render(pictures.encoded(pictures.scene(*size), "PNG"))
    assert (only.purpose, only.format, only.width, only.height) == ("view", "jpeg", *size)


def test_a_ribbon_is_never_less_than_a_pixel_high() -> None:
    made = list(render(pictures.encoded(Image.new("RGB", (30_000, 10)), "PNG")))
    assert {each.width for each in made if each.purpose == "view"} == set(WIDTHS)
    assert min(each.height for each in made) == 1


@pytest.mark.parametrize("size", [(640, 480), (700, 900), (1300, 975), (2400, 1600)])
def test_a_card_from_640_pixels_up(size: tuple[int, int]) -> None:
    (card,) = (
        each for each in render(pictures.encoded(pictures.scene(*size), "JPEG")) if each.purpose == "card"
    )
    assert card.format == "jpeg"
    assert card.width == min(1200, size[0])
    assert abs(card.width / card.height - CARD_RATIO) < 0.01


@pytest.mark.parametrize(
    ("size", "card"),
    [
        ((8000, 1000), (1200, 628)),
        ((5000, 629), (1200, 628)),
        ((3000, 500), (955, 500)),
        ((1200, 3000), (1200, 628)),
    ],
)
def test_a_card_is_cut_from_as_many_pixels_as_there_are(size: tuple[int, int], card: tuple[int, int]) -> None:
    made = list(shots(pictures.encoded(pictures.scene(*size), "JPEG")))
    assert [shot.picture.size for shot in made if shot.purpose == "card"] == [card]


def test_no_card_below() -> None:
    assert {each.purpose for each in render(pictures.encoded(pictures.scene(639, 400), "JPEG"))} == {"view"}


def test_the_card_follows_the_focal_point() -> None:
    tall = pictures.encoded(pictures.scene(800, 1200), "JPEG")

    def top(focal: tuple[float, float]) -> Image.Image:
        return next(shot.picture for shot in shots(tall, focal=focal) if shot.purpose == "card")

    red = top((0.5, 0.0)).getpixel((400, 3))
    assert difference(Image.new("RGB", (1, 1), red), Image.new("RGB", (1, 1), pictures.RED)) < 8
    assert difference(top((0.5, 1.0)), top((0.5, 0.0))) > 10


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIC"])
def test_pictures_are_upright_however_the_camera_was_held(kind: str, orientation: int) -> None:
    upright, stored = pictures.turned(orientation)
    told = pictures.exif(orientation, secrets=False)
    body = pictures.heic(stored, exif=told) if kind == "HEIC" else pictures.encoded(stored, kind, exif=told)
    upright = upright.resize((320, round(upright.height * 320 / upright.width)))
    assert difference(views(body)[320], upright) < 6


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_rotation_turns_clockwise_on_top_of_the_camera(rotation: int) -> None:
    body = pictures.encoded(pictures.turned(6)[1], "JPEG", exif=pictures.exif(6))
    picture = next(shot.picture for shot in shots(body, rotation=rotation))  # type: ignore[arg-type]
    expected = pictures.scene().rotate(-rotation, expand=True)
    assert difference(picture, expected.resize(picture.size)) < 6


def test_heic_is_turned_once_though_exif_says_so_again() -> None:
    """field-s07: an upright picture with a red band along its top, stored on its side, in three ways."""
    upright, stored = pictures.turned(6, (300, 400))
    twice = pictures.heic(stored, exif=pictures.exif(6, secrets=False))
    once = twice.replace(b"\x01\x12\0\x03\0\0\0\x01\0\x06", b"\x01\x12\0\x03\0\0\0\x01\0\x01")
    assert once != twice
    jpeg = pictures.encoded(stored, "JPEG", exif=pictures.exif(6, secrets=False))
    for body in (
        twice,
        once,
        jpeg,
    ):
        (only,) = render(body)
        assert (only.width, only.height) == upright.size == (300, 400)
        assert difference(shown(only).crop((0, 0, 300, 60)), Image.new("RGB", (300, 60), pictures.RED)) < 8


def test_phones_that_write_two_pictures_are_shown_by_the_first() -> None:
    """field-s09: an MPO of a red and a smaller blue picture, named .jpg."""
    made = views(pictures.mpo())
    assert set(made) == set(WIDTHS)
    for width, picture in made.items():
        assert picture.size == (width, width * 3 // 4)
        assert difference(picture, Image.new("RGB", picture.size, pictures.RED)) < 3
        assert getattr(picture, "n_frames", 1) == 1


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        *(("PNG", mode) for mode in ("palette", "grey", "rgba")),
        *((kind, "rgba") for kind in ("WEBP", "AVIF", "TIFF", "GIF", "HEIC")),
        ("TIFF", "grey"),
    ],
)
def test_what_is_transparent_stands_on_white(kind: str, mode: str) -> None:
    """field-s06: logos of 400 × 300 on a transparent ground, whose colour under it is black."""
    logo = Image.new("RGBA", (400, 300))
    logo.paste((200, 30, 40, 255), (100, 100, 300, 200))
    stored = {"palette": logo.quantize(16), "grey": logo.convert("LA"), "rgba": logo}[mode]
    body = pictures.heic(stored) if kind == "HEIC" else pictures.encoded(stored, kind)
    made = list(render(body))
    assert {each.format for each in made} == {"avif", "jpeg"}
    for each in made:
        corner = shown(each).convert("RGB").getpixel((3, 3))
        middle = shown(each).convert("RGB").getpixel((each.width // 2, each.height // 2))
        assert isinstance(corner, tuple)
        assert isinstance(middle, tuple)
        assert min(corner) >= 252
        assert max(middle[1:]) < 130


@pytest.mark.parametrize("kind", [0, 2], ids=["grey", "coloured"])
def test_a_level_of_sixteen_bits_that_is_see_through_stands_on_white(kind: int) -> None:
    (made,) = views(pictures.see_through_16(kind)).values()
    above, below = (made.convert("L").getpixel((160, row)) for row in (20, 220))
    assert above == pytest.approx(255, abs=2)
    assert below == pytest.approx(40_000 // 257, abs=2)


@pytest.mark.parametrize("depth", [1, 2, 4])
def test_a_level_of_few_bits_that_is_see_through_stands_on_white(depth: int) -> None:
    """Left of the darkest level, right of the one above it, which is see-through."""
    row = b"\0" * (20 * depth) + sum(1 << at for at in range(0, 8, depth)).to_bytes(1, "big") * (20 * depth)
    body = pictures.png(
        [
            (b"IHDR", struct.pack(">IIBBBBB", 320, 8, depth, 0, 0, 0, 0)),
            (b"tRNS", struct.pack(">H", 1)),
            (b"IDAT", zlib.compress((b"\0" + row) * 8)),
            (b"IEND", b""),
        ]
    )
    made = views(body)[320].convert("L")
    assert [made.getpixel((column, 4)) for column in (40, 280)] == [0, 255]


def test_a_first_picture_smaller_than_its_canvas_stands_on_white() -> None:
    made = views(pictures.small_frame())[320]
    expected = Image.new("RGB", (400, 300), "white")
    expected.paste(pictures.RED, (50, 40, 150, 120))
    assert difference(made, expected.resize(made.size)) < 3


@pytest.mark.parametrize("told", [True, False])
def test_the_largest_page_is_shown(told: bool) -> None:
    assert difference(views(pictures.preview_first(told=told))[320], pictures.scene().resize((320, 240))) < 4


@pytest.mark.parametrize("stored", [pictures.grey16(), pictures.colour16(), pictures.grey16("TIFF")])
def test_sixteen_bits_a_channel_keep_their_brightness(stored: bytes) -> None:
    (made,) = views(stored).values()
    expected = pictures.scene().resize((320, 240), Image.Resampling.LANCZOS)
    assert difference(made.convert("L"), expected.convert("L")) < 3


def test_twelve_bits_of_grey_keep_their_brightness() -> None:
    """As microscopes and scanners write them: two levels in three bytes."""
    levels = [level * 4095 // 255 for level in pictures.scene().convert("L").tobytes()]
    pairs = zip(levels[::2], levels[1::2], strict=True)
    data = b"".join(((one << 12) | other).to_bytes(3, "big") for one, other in pairs)
    (made,) = views(pictures.strip_tiff(data, bits=12)).values()
    expected = pictures.scene().resize((320, 240), Image.Resampling.LANCZOS)
    assert difference(made.convert("L"), expected.convert("L")) < 3


@pytest.mark.parametrize("mode", ["F", "I"])
def test_levels_of_no_known_range_are_stretched(mode: str) -> None:
    stored = pictures.encoded(
        Image.linear_gradient("L").convert(mode).point(lambda level: level * 40 + 9), "TIFF"
    )
    (made,) = views(stored).values()
    assert difference(made, Image.linear_gradient("L")) < 3


@pytest.mark.parametrize("kind", pictures.kinds())
def test_every_kind_looks_like_the_scene(kind: str) -> None:
    expected = pictures.scene().resize((320, 240), Image.Resampling.LANCZOS)
    assert ssim(views(pictures.kinds()[kind])[320], expected) > (
        0.6 if "alpha" in kind or kind in {"palette", "webp-lossless"} else 0.9
    )


@pytest.mark.slow
@pytest.mark.parametrize("kind", pictures.kinds())
def test_no_public_file_tells_anything(kind: str) -> None:
    for each in render(pictures.kinds()[kind]):
        assert exiftool.private(each.body) == {}


def test_avif_of_640_pixels_is_small_and_like_the_picture() -> None:
    body = pictures.encoded(pictures.scene(1600, 1200), "JPEG", quality=95)
    (shot,) = (each for each in shots(body) if (each.purpose, each.picture.width) == ("view", 640))
    (made,) = (each for each in render(body) if (each.format, each.width) == ("avif", 640))
    assert len(made.body) <= 60_000
    assert ssim(shown(made), shot.picture) >= 0.95


def test_photographs_rendered_side_by_side_come_out_as_one_after_the_other() -> None:
    bodies = [pictures.encoded(pictures.scene(700 + 20 * each, 400), "JPEG") for each in range(6)]
    alone = [list(render(body)) for body in bodies]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda body: list(render(body)), bodies))
    assert together == alone


def test_no_picture_is_saved_by_two_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pillow keeps the options of a save in the picture: two threads that save one mix them."""
    save = Image.Image.save
    by: dict[int, set[int]] = defaultdict(set)
    kept: list[Image.Image] = []  # so that no two have one id

    def watched(picture: Image.Image, *values: object, **options: object) -> None:
        kept.append(picture)
        by[id(picture)].add(threading.get_ident())
        time.sleep(0.01)  # two that run side by side would both be inside
        save(picture, *values, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Image.Image, "save", watched)
    body = pictures.encoded(pictures.scene(700, 400), "JPEG")
    by.clear()
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda each: list(render(each)), [body] * 4))
    assert len(by) == 4 * 3  # two views and a card of each photograph
    assert {len(each) for each in by.values()} == {1}


def test_a_portrait_is_tiny_and_knows_colour_and_focus() -> None:
    picture = Image.new("RGB", (800, 600), (210, 180, 60))
    picture.paste(pictures.scene(120, 120), (600, 400))
    placeholder, colour, (across, down) = portrait(pictures.encoded(picture, "JPEG", quality=95))
    with Image.open(BytesIO(placeholder)) as tiny:
        assert (tiny.format, tiny.size) == ("WEBP", (16, 12))
    assert len(placeholder) < 400
    assert difference(Image.new("RGB", (1, 1), colour), Image.new("RGB", (1, 1), (210, 180, 60))) < 6
    assert (abs(across - 660 / 800) < 0.08, abs(down - 460 / 600) < 0.08) == (True, True)


def test_a_picture_of_one_colour_has_its_focus_in_the_middle() -> None:
    assert portrait(pictures.encoded(Image.new("RGB", (50, 40), "#336699"), "PNG"))[1:] == (
        "#336699",
        (0.5, 0.5),
    )
