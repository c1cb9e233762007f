"""What time it is for the people of the site: Đà Lạt's own clock."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
HOUR_S = 3600


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The calendar day in Đà Lạt."""
    return _day_in(int(now().timestamp()) // HOUR_S)


def end_of_hour() -> float:
    """When the day there can end next, in seconds since 1970."""
    return (int(now().timestamp()) // HOUR_S + 1) * HOUR_S


@lru_cache(maxsize=8)
def _day_in(hour: int) -> date:
    """The day there during an hour since 1970, for every page asks; a day there begins on a whole hour."""
    return datetime.fromtimestamp(hour * HOUR_S, LOCAL).date()
