"""Dates known to the day, the month or only the year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.kernel.partial_date import PartialDate

partial_dates = st.dates().flatmap(
    lambda day: st.sampled_from(
        [
            PartialDate(day.year),
            PartialDate(day.year, day.month),
            PartialDate(day.year, day.month, day.day),
        ]
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020", PartialDate(2020)),
        ("2022-08", PartialDate(2022, 8)),
        ("2025-03-13", PartialDate(2025, 3, 13)),
    ],
)
def test_reads_year_month_and_day(text: str, expected: PartialDate) -> None:
    assert PartialDate.parse(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "20",
        "2022-13",
        "2022-00",
        "2023-02-29",
        "2022-8",
        "13/03/2025",
        "2022-08-",
        " 2022",
        "0000",
        "２０２２",
    ],
)
def test_refuses_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        PartialDate.parse(text)


@given(partial_dates)
def test_writes_what_it_reads(day: PartialDate) -> None:
    assert PartialDate.parse(str(day)) == day


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2024", date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 28)),
        ("2024-05-07", date(2024, 5, 7)),
    ],
)
def test_last_day_is_the_latest_it_can_mean(text: str, last: date) -> None:
    assert PartialDate.parse(text).last_day == last


@pytest.mark.parametrize(
    ("text", "months", "expected"),
    [
        ("2020", 36, date(2023, 12, 31)),
        ("2020-11", 36, date(2023, 11, 30)),
        ("2021-01-31", 1, date(2021, 2, 28)),
        ("2020-02-29", 12, date(2021, 2, 28)),
        ("2021-12-05", 1, date(2022, 1, 5)),
        ("2021-06-30", 0, date(2021, 6, 30)),
        ("9999", 24, date.max),
    ],
)
def test_adds_months_to_the_latest_day(text: str, months: int, expected: date) -> None:
    assert PartialDate.parse(text).plus_months(months) == expected


@given(st.dates(max_value=date(2900, 1, 1)), st.integers(0, 1200))
def test_adding_months_lands_in_the_right_month(day: date, months: int) -> None:
    later = PartialDate(day.year, day.month, day.day).plus_months(months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day
