"""Where the marks of a chart stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from catalogue.web.charts import WIDTH, Mark, chart

VALUES = st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 3))


def test_nothing_to_draw_is_no_chart() -> None:
    assert chart([]) is None


def test_bars_are_as_long_as_their_numbers() -> None:
    drawn = chart([Mark("a", "40", 0, 40), Mark("b", "10", 0, 10), Mark("c", "0", 0, 0)])
    assert drawn is not None
    assert [row["width"] for row in drawn["rows"]] == [WIDTH, WIDTH / 4, 0]


def test_a_share_is_drawn_of_the_whole_width() -> None:
    drawn = chart([Mark("a", "half", 0, 0.5)], whole=1)
    assert drawn is not None
    assert drawn["rows"][0]["width"] == WIDTH / 2


def test_the_scale_has_round_numbers_around_every_mark() -> None:
    drawn = chart([Mark("a", "", 11.9, 12.3, "target"), Mark("b", "", -2, -2, "figure")], scale=True)
    assert drawn is not None
    assert [tick["value"] for tick in drawn["ticks"]] == [-5, 0, 5, 10, 15]


@given(st.lists(st.tuples(VALUES, VALUES).map(sorted), min_size=1, max_size=6))
def test_no_mark_stands_outside_the_picture_and_greater_stands_further(pairs: list[list[float]]) -> None:
    drawn = chart([Mark("x", "", low, high, "target") for low, high in pairs], scale=True)
    assert drawn is not None
    for row in drawn["rows"]:
        assert 0 <= row["x"] <= WIDTH
        assert row["x"] + row["width"] <= WIDTH + 2
    by_value = sorted(range(len(pairs)), key=lambda place: pairs[place][0])
    starts = [drawn["rows"][place]["x"] for place in by_value]
    assert starts == sorted(starts)
