from dataclasses import replace

import pytest

from catalogue.kernel.photo import Advice
from catalogue.kernel.photo_advice import Edges, Light, Measured, Structure, advice_for, advise

DAYLIGHT = Light(brightest=215, middle=120, thing_middle=118, cut_off=0.01, white=0.0, white_frame=0.0)
SHARP = Edges(parts=0.4, steepness=1.2)
PLAIN = Structure(drawn=0.02, lines=0, bar=0.0, gutter=0.0)
GOOD = Measured(4000, 3000, DAYLIGHT, (SHARP, SHARP), PLAIN)


def in_light(**changes: float) -> Measured:
    return replace(GOOD, light=replace(DAYLIGHT, **changes))


def of_structure(**changes: float) -> Measured:
    return replace(GOOD, structure=replace(PLAIN, **changes))


def test_a_good_photograph_gets_no_advice() -> None:
    assert advise(GOOD) == ()


def test_a_picture_without_any_light_is_too_dark() -> None:
    assert advise(in_light(brightest=80, middle=20)) == (Advice.TOO_DARK,)


def test_a_bright_thing_on_a_black_ground_is_not_too_dark() -> None:
    assert advise(in_light(brightest=180, middle=5)) == ()


def test_a_dull_grey_day_is_not_too_dark() -> None:
    assert advise(in_light(brightest=98, middle=70)) == ()


def test_a_picture_that_light_has_eaten_is_burnt_out() -> None:
    assert advise(in_light(middle=230, cut_off=0.5, white=0.3)) == (Advice.BURNT_OUT,)


def test_a_white_sky_over_a_normal_field_is_not_burnt_out() -> None:
    assert advise(in_light(middle=130, cut_off=0.4, white=0.4, white_frame=0.4)) == ()


def test_a_normal_thing_on_a_white_ground_is_not_burnt_out() -> None:
    assert advise(in_light(middle=255, thing_middle=110, cut_off=0.7, white=0.7, white_frame=1.0)) == ()


def test_a_white_thing_on_a_white_ground_is_not_burnt_out() -> None:
    assert advise(in_light(middle=240, thing_middle=225, cut_off=0.42, white=0.4, white_frame=0.9)) == ()


def test_a_thing_on_a_white_ground_that_light_has_eaten_is_burnt_out() -> None:
    burnt = in_light(middle=255, thing_middle=225, cut_off=0.7, white=0.5, white_frame=0.9)
    assert advise(burnt) == (Advice.BURNT_OUT,)


@pytest.mark.parametrize("soft_first", [True, False])
def test_a_picture_without_a_steep_edge_in_one_direction_is_blurred(soft_first: bool) -> None:
    soft = Edges(parts=0.3, steepness=0.2)
    edges = (soft, SHARP) if soft_first else (SHARP, soft)
    assert advise(replace(GOOD, edges=edges)) == (Advice.BLURRED,)


def test_nothing_is_said_of_sharpness_where_hardly_anything_has_edges() -> None:
    fog = Edges(parts=0.01, steepness=0.15)
    assert advise(replace(GOOD, edges=(fog, fog))) == ()


@pytest.mark.parametrize(
    "screen",
    [{"drawn": 0.3}, {"drawn": 0.12, "lines": 8}, {"drawn": 0.03, "lines": 5, "bar": 0.95}],
)
def test_a_drawn_picture_is_a_screenshot(screen: dict[str, float]) -> None:
    assert advise(of_structure(**screen)) == (Advice.SCREENSHOT,)


@pytest.mark.parametrize(
    "photograph",
    [{"drawn": 0.2}, {"drawn": 0.05, "lines": 9}, {"drawn": 0.05, "lines": 2, "bar": 1.0}],
)
def test_a_white_ground_or_a_frame_alone_is_no_screenshot(photograph: dict[str, float]) -> None:
    assert advise(of_structure(**photograph)) == ()


def test_pictures_with_a_gutter_between_them_are_a_collage() -> None:
    assert advise(of_structure(gutter=0.9)) == (Advice.COLLAGE,)


def test_a_collage_with_a_border_all_around_is_still_a_collage() -> None:
    assert advise(of_structure(drawn=0.12, lines=4, bar=1.0, gutter=0.95)) == (Advice.COLLAGE,)


def test_a_screenshot_is_called_one_thing_only() -> None:
    assert advise(of_structure(drawn=0.4, lines=12, bar=1.0, gutter=1.0)) == (Advice.SCREENSHOT,)


def test_a_white_screen_is_not_called_burnt_out_too() -> None:
    screen = replace(in_light(middle=255, cut_off=0.7, white=0.5), structure=replace(PLAIN, drawn=0.4))
    assert advise(screen) == (Advice.SCREENSHOT,)


def test_size_is_said_first_and_everything_else_besides() -> None:
    dark = replace(in_light(brightest=60, middle=10), width=400, height=300)
    assert advise(dark) == (Advice.TOO_SMALL, Advice.TOO_DARK)


def test_what_is_measured_anew_replaces_earlier_advice_and_leaves_what_the_file_said() -> None:
    earlier = [Advice.TOO_SMALL, Advice.BLURRED, Advice.TRAILER]
    assert advice_for(earlier, in_light(brightest=60, middle=10)) == [Advice.TRAILER, Advice.TOO_DARK]
