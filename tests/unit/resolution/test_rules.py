"""Which published figures can stand, and which of them may be drawn beside a target."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import RuleBroken
from catalogue.kernel.language import Bilingual
from catalogue.resolution.rules import (
    Figure,
    Nature,
    Period,
    Scope,
    check_figure,
    check_value,
    is_comparable,
    may_note_figures,
)

DAY = date(2026, 11, 26)
NOTHING = Bilingual(None, None)
GOOD = Figure(
    target="processing-growth-2025",
    year=2023,
    period=Period.YEAR,
    scope=Scope.BEFORE_MERGER,
    nature=Nature.REPORTED,
    value=8.3,
    same_measure=True,
    indicator=NOTHING,
    unit=NOTHING,
    url="https://example.test/a",
    published=date(2024, 1, 15),
)


def test_a_figure_with_source_and_day_can_stand() -> None:
    check_figure(GOOD, DAY)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"year": 1999}, "year"),
        ({"year": 2032}, "year"),
        ({"value": float("nan")}, "value"),
        ({"url": "example.test"}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"published": date(2026, 11, 27)}, "published"),
        ({"published": date(2023, 11, 30)}, "published"),
        ({"period": Period.JAN_SEP, "published": date(2023, 8, 31)}, "published"),
        ({"same_measure": False, "unit": Bilingual("%", None)}, "indicator_vi"),
        ({"same_measure": False, "indicator": Bilingual("Chỉ số", None)}, "unit_vi"),
    ],
)
def test_what_cannot_stand_is_told_with_its_field(change: dict[str, object], field: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        check_figure(replace(GOOD, **change), DAY)
    assert broken.value.field == field


def test_only_a_forecast_is_older_than_the_last_month_of_what_it_tells_of() -> None:
    check_figure(replace(GOOD, nature=Nature.FORECAST, published=date(2022, 12, 31)), DAY)
    check_figure(replace(GOOD, nature=Nature.ESTIMATE, published=date(2023, 12, 1)), DAY)
    check_figure(replace(GOOD, period=Period.JAN_MAR, published=date(2023, 3, 28)), DAY)


def test_a_growth_of_thousands_per_cent_is_a_slip_of_the_pen() -> None:
    percent = Bilingual("%/năm", "% a year")
    check_value(GOOD, percent)
    check_value(replace(GOOD, value=8300.5), Bilingual("tỷ đồng", None))
    check_value(replace(GOOD, value=8300.5, same_measure=False), percent)
    with pytest.raises(RuleBroken):
        check_value(replace(GOOD, value=8300.5), percent)


def test_only_the_same_measure_of_the_same_territory_over_a_whole_year_is_drawn() -> None:
    same = (True, Period.YEAR, Scope.BEFORE_MERGER, Nature.ESTIMATE)
    assert is_comparable(*same, Scope.BEFORE_MERGER)
    others = (False, Period.JAN_JUN, Scope.SINCE_MERGER, Nature.FORECAST)
    for place, other in enumerate(others):
        assert not is_comparable(*same[:place], other, *same[place + 1 :], Scope.BEFORE_MERGER), other


def test_curators_and_administrators_note_figures() -> None:
    roles = ("viewer", "translator", "reviewer", "registrar", "curator", "administrator")
    allowed = [role for role in roles if may_note_figures(Actor(1, "Lan", frozenset({role})))]
    assert allowed == ["curator", "administrator"]
    assert not may_note_figures(Actor())
