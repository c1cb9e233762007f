"""When a route can be driven."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

SATURDAY = 5
WEEK = timedelta(days=7)


def is_in_season(months: Sequence[int] | None, day: date) -> bool | None:
    """Whether a day lies in the route's months; None where its season is not known."""
    return day.month in months if months else None


def next_saturday(months: Sequence[int] | None, day: date) -> date:
    """The first Saturday after a day that lies in the route's months; the very next where none is known."""
    saturday = day + timedelta(days=(SATURDAY - day.weekday()) % 7 or 7)
    while is_in_season(months, saturday) is False:
        saturday += WEEK
    return saturday
