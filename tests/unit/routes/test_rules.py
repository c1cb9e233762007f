"""When a route can be driven."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.routes.rules import is_in_season, next_saturday

THURSDAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("months", "day", "expected"),
    [
        (list(range(1, 13)), THURSDAY, date(2026, 11, 28)),
        (None, THURSDAY, date(2026, 11, 28)),
        ([12, 1, 2, 3], THURSDAY, date(2026, 12, 5)),
        ([11, 12, 1, 2], date(2026, 11, 28), date(2026, 12, 5)),  # today's eight o'clock may be over
        ([11], date(2026, 11, 28), date(2027, 11, 6)),
        ([1, 2], date(2026, 12, 31), date(2027, 1, 2)),
    ],
)
def test_the_next_saturday_lies_in_season(months: list[int] | None, day: date, expected: date) -> None:
    assert next_saturday(months, day) == expected


@given(
    months=st.lists(st.integers(1, 12), min_size=1, unique=True),
    day=st.dates(date(2020, 1, 1), date(2090, 1, 1)),
)
def test_no_earlier_saturday_would_do(months: list[int], day: date) -> None:
    found = next_saturday(months, day)
    assert found.weekday() == 5
    assert found > day
    assert is_in_season(months, found)
    between = (day + timedelta(days=n) for n in range(1, (found - day).days))
    assert not any(one.weekday() == 5 and one.month in months for one in between)


def test_an_unknown_season_is_neither_in_nor_out() -> None:
    assert is_in_season(None, THURSDAY) is None
    assert is_in_season([11], THURSDAY) is True
    assert is_in_season([12], THURSDAY) is False
