"""Dates as each language writes them, with no more precision than is known."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date, format_skeleton
from flask_babel import gettext

from catalogue.kernel.language import Language
from catalogue.kernel.partial_date import PartialDate
from catalogue.web.language import current

DAY = {Language.VI: "dd/MM/y", Language.EN: "d MMM y"}


def day(value: date) -> str:
    """14/03/2027, 14 Mar 2027."""
    return format_date(value, DAY[current()], locale=current().value)


def month(value: date) -> str:
    """tháng 3 năm 2027, March 2027."""
    return format_skeleton("yMMMM", value, locale=current().value)


def partial(value: PartialDate | str) -> str:
    """A date known to the day, the month or only the year."""
    known = PartialDate.parse(value) if isinstance(value, str) else value
    if known.day:
        return day(known.last_day)
    return month(known.last_day) if known.month else str(known.year)


def in_words(value: PartialDate) -> str:
    """The same with the month in words in both languages: 4 tháng 1, 2027; 4 January 2027."""
    if not value.day:
        return partial(value)
    return format_date(value.last_day, "d MMMM y" if current() is Language.EN else "long", current().value)


def when(value: PartialDate | str) -> str:
    """The same within a sentence: ngày 14/03/2027, tháng 3 năm 2027, năm 2027; on 14 Mar 2027, in 2027."""
    known = PartialDate.parse(value) if isinstance(value, str) else value
    told = partial(known)
    if known.day:
        return gettext("on %(day)s", day=told)
    return gettext("in %(month)s", month=told) if known.month else gettext("in %(year)s", year=told)
