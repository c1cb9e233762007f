"""Each rule on pictures made for it. The rates on real photographs stand in benchmarks/results/advice.md."""

from functools import cache
from io import BytesIO
from random import Random

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from benchmarks import made_bad
from catalogue.adapters.imaging.advice import look, measure
from catalogue.adapters.imaging.fingerprint import fingerprint
from catalogue.kernel.photo import Advice
from catalogue.kernel.photo_advice import advise
from catalogue.kernel.photo_likeness import ALIKE_BITS, bits_apart

SIZE = (1200, 900)


@cache
def scene(seed: int = 1) -> Image.Image:
    """Something like a photograph: soft ground, textured things with sharp outlines, a camera’s noise."""
    chance = Random(seed)
    picture = clouds(chance, 6)
    texture = clouds(chance, 60)
    for _ in range(25):
        mask = Image.new("L", SIZE)
        x, y, width, height = (
            chance.randrange(1000),
            chance.randrange(800),
            *chance.choices(range(80, 400), k=2),
        )
        ImageDraw.Draw(mask).ellipse((x, y, x + width, y + height), fill=255)
        thing = Image.blend(texture, Image.new("RGB", SIZE, tuple(chance.choices(range(30, 230), k=3))), 0.6)
        picture.paste(thing, mask=mask)
    return Image.blend(picture, noise(chance, SIZE), 0.06)


def noise(chance: Random, size: tuple[int, int]) -> Image.Image:
    return Image.frombytes("RGB", size, chance.randbytes(3 * size[0] * size[1]))


def clouds(chance: Random, grain: int) -> Image.Image:
    return noise(chance, (grain, grain * 3 // 4)).resize(SIZE, Image.Resampling.BICUBIC)


def on_white(picture: Image.Image) -> Image.Image:
    """One thing of the scene cut out, as shops show what they sell."""
    mask = Image.new("L", SIZE)
    ImageDraw.Draw(mask).ellipse((300, 200, 900, 720), fill=255)
    sheet = Image.new("RGB", SIZE, "white")
    sheet.paste(picture, mask=mask)
    return sheet


def advice(picture: Image.Image) -> tuple[Advice, ...]:
    sent = made_bad.saved_again(picture)
    return advise(measure(sent, *sent.size))


@pytest.mark.parametrize("seed", range(1, 4))
def test_a_good_picture_gets_no_advice(seed: int) -> None:
    assert advice(scene(seed)) == ()


def test_a_thing_on_a_white_ground_gets_no_advice() -> None:
    assert advice(on_white(scene())) == ()


def test_a_thing_on_a_black_ground_gets_no_advice() -> None:
    assert advice(ImageOps.invert(on_white(ImageOps.invert(scene())))) == ()


def test_a_picture_taken_at_night_is_too_dark() -> None:
    assert advice(made_bad.exposed(-5)(scene())) == (Advice.TOO_DARK,)


def test_a_picture_with_far_too_much_light_is_burnt_out() -> None:
    assert Advice.BURNT_OUT in advice(made_bad.exposed(3)(scene()))


@pytest.mark.parametrize("seed", range(1, 4))
def test_a_picture_out_of_focus_is_blurred(seed: int) -> None:
    assert advice(made_bad.out_of_focus(0.006)(scene(seed))) == (Advice.BLURRED,)


def test_a_shaken_picture_is_blurred_though_it_is_sharp_upwards() -> None:
    assert Advice.BLURRED in advice(made_bad.shaken(0.015)(scene()))


def test_a_sharp_thing_before_a_soft_ground_is_not_blurred() -> None:
    picture = scene().filter(ImageFilter.GaussianBlur(12))
    picture.paste(scene().crop((400, 300, 900, 700)), (400, 300))
    assert advice(picture) == ()


def test_fog_is_not_blurred() -> None:
    assert advice(Image.blend(clouds(Random(3), 4), Image.new("RGB", SIZE, (190, 195, 200)), 0.6)) == ()


def test_the_same_blur_is_found_whatever_the_camera() -> None:
    """Blurred by a share of its width, a photograph of any size is as blurred on the page."""
    large = scene().resize((3600, 2700), Image.Resampling.BICUBIC)
    assert Advice.BLURRED in advice(made_bad.out_of_focus(0.006)(large))


@pytest.mark.parametrize("seed", range(5))
def test_a_screen_with_text_is_a_screenshot(seed: int) -> None:
    found = advice(made_bad.screenshot(scene(), Random(seed)))
    assert Advice.SCREENSHOT in found
    assert Advice.COLLAGE not in found


@pytest.mark.parametrize("seed", range(5))
def test_a_picture_caught_in_a_phones_gallery_is_a_screenshot(seed: int) -> None:
    assert Advice.SCREENSHOT in advice(made_bad.gallery(scene(), Random(seed)))


@pytest.mark.parametrize("seed", range(8))
def test_pictures_put_together_are_a_collage(seed: int) -> None:
    assert advice(made_bad.collage([scene(each) for each in range(1, 5)], Random(seed))) == (Advice.COLLAGE,)


def test_two_things_side_by_side_on_a_white_ground_are_no_collage() -> None:
    sheet = Image.new("RGB", SIZE, "white")
    mask = Image.new("L", SIZE)
    for left in (100, 700):
        ImageDraw.Draw(mask).ellipse((left, 150, left + 400, 800), fill=255)
    sheet.paste(scene(), mask=mask)
    assert advice(sheet) == ()


def test_a_level_horizon_is_no_collage() -> None:
    sea = scene()
    sea.paste(Image.new("RGB", (1200, 400), (180, 200, 220)))
    sea.paste(scene(2).crop((0, 0, 1200, 500)), (0, 400))
    assert Advice.COLLAGE not in advice(sea)


@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (2000, 3), (40, 40), (640, 17)])
def test_pictures_of_odd_shapes_are_measured_without_a_fault(size: tuple[int, int]) -> None:
    picture = Image.new("RGB", size, "grey")
    advise(measure(picture, *size))
    assert fingerprint(picture) is None


def test_a_file_is_measured_upright_and_whole() -> None:
    body, exif = BytesIO(), Image.Exif()
    exif[0x0112] = 6
    scene().save(body, "JPEG", quality=90, exif=exif)
    seen = look(body.getvalue())
    assert (seen.measured.width, seen.measured.height) == (900, 1200)
    upright = fingerprint(scene().transpose(Image.Transpose.ROTATE_270))
    assert seen.fingerprint is not None
    assert upright is not None
    assert bits_apart(seen.fingerprint, upright) <= 2


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda picture: made_bad.saved_again(picture, 20), id="saved badly"),
        pytest.param(made_bad.smaller(160), id="made small"),
        pytest.param(made_bad.brighter(1.15), id="made brighter"),
        pytest.param(made_bad.brighter(0.8), id="made darker"),
        pytest.param(made_bad.cut(0.02), id="cut a little"),
        pytest.param(lambda picture: picture.convert("L"), id="made grey"),
    ],
)
def test_a_fingerprint_outlasts_what_apps_do_to_a_picture(change: made_bad.Change) -> None:
    before, after = fingerprint(scene()), fingerprint(change(scene()))
    assert before is not None
    assert after is not None
    assert bits_apart(before, after) <= ALIKE_BITS


def test_different_pictures_have_different_fingerprints() -> None:
    prints = [fingerprint(scene(seed)) for seed in range(1, 5)]
    assert all(
        bits_apart(one, other) > ALIKE_BITS
        for place, one in enumerate(prints)
        for other in prints[:place]
        if one and other
    )


def test_a_fingerprint_is_the_same_on_every_machine() -> None:
    slope = Image.linear_gradient("L").rotate(30, fillcolor=90)
    assert fingerprint(slope) == "d754aa5a866a56a9"
