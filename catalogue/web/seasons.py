"""Months as words and as twelve squares, the way the reader's language names them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from babel.dates import get_month_names
from flask_babel import gettext

from catalogue.web.language import current

YEAR = range(1, 13)


def words(months: Sequence[int]) -> str:
    """“October to January”, “March”, “January to February, July”; all twelve are all year."""
    if set(months) == set(YEAR):
        return gettext("All year")
    said = ", ".join(_run(run) for run in _runs(months))
    return said[:1].upper() + said[1:]


def squares(months: Sequence[int], day: date) -> list[dict[str, Any]]:
    """Twelve squares for components/months.html; `now` is the month of `day`."""
    short = get_month_names("narrow", "stand-alone", current().value)
    names = get_month_names("wide", "format", current().value)
    return [
        {"short": short[month], "name": names[month], "on": month in months, "now": month == day.month}
        for month in YEAR
    ]


def month_name(month: int) -> str:
    """January, Tháng 1: standing alone, as the name of a choice."""
    return str(get_month_names("wide", "stand-alone", current().value)[month])


def month_in_a_sentence(month: int) -> str:
    """January, tháng 1: within a sentence."""
    return str(get_month_names("wide", "format", current().value)[month])


def heads(day: date) -> list[dict[str, Any]]:
    """The heads of twelve columns for components/calendar.html; `now` is the month of `day`."""
    short = get_month_names("abbreviated", "format", current().value)
    return [{"short": short[month], "name": month_name(month), "now": month == day.month} for month in YEAR]


def _runs(months: Sequence[int]) -> list[list[int]]:
    """Neighbouring months together, across the turn of the year too; the order of the data is kept."""
    runs: list[list[int]] = []
    for month in months:
        if runs and month == runs[-1][-1] % 12 + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return runs


def _run(run: Sequence[int]) -> str:
    names = get_month_names("wide", "format", current().value)
    if len(run) == 1:
        return str(names[run[0]])
    return gettext("%(first)s to %(last)s", first=names[run[0]], last=names[run[-1]])
