"""Dates known to the day, the month or only the year, as sources give them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import MAXYEAR, date

SHAPE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date with the precision its source has: year, month or day."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Reads `2020`, `2022-08` or `2025-03-13`; ValueError for anything else."""
        found = SHAPE.fullmatch(text)
        if not found:
            raise ValueError(f"not a date: {text}")
        year, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None
        date(year, 1 if month is None else month, 1 if day is None else day)
        return cls(year, month, day)

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"] + [f"{part:02d}" for part in (self.month, self.day) if part]
        return "-".join(parts)

    @property
    def first_day(self) -> date:
        """The earliest day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The latest day it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def plus_months(self, months: int) -> date:
        """The latest day that lies `months` months after it, or the last one that a calendar has."""
        last = self.last_day
        years, month = divmod(last.month - 1 + months, 12)
        year, month = last.year + years, month + 1
        if year > MAXYEAR:
            return date.max
        return date(year, month, min(last.day, calendar.monthrange(year, month)[1]))
