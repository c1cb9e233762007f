"""Who may note published figures, what they must hold, and which may be drawn beside a target."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from catalogue.accounts.rules import Role
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import RuleBroken
from catalogue.kernel.language import Bilingual

EARLIEST_YEAR = 2000
# What a target's own measure may be in %: more in a year is a slip of the pen.
MOST_PERCENT = 100
MOST_URL = 2000
WRITERS = frozenset({Role.CURATOR, Role.ADMINISTRATOR})


class Period(StrEnum):
    """Which part of its year a figure tells of."""

    YEAR = "year"
    JAN_MAR = "jan-mar"
    JAN_JUN = "jan-jun"
    JAN_SEP = "jan-sep"


LAST_MONTHS = {Period.YEAR: 12, Period.JAN_MAR: 3, Period.JAN_JUN: 6, Period.JAN_SEP: 9}


class Scope(StrEnum):
    """Which Lâm Đồng: the resolution was written for the province before the merger of 1 July 2025."""

    BEFORE_MERGER = "lam-dong-before-2025-07-01"
    SINCE_MERGER = "lam-dong-since-2025-07-01"


class Nature(StrEnum):
    """What its source calls it."""

    REPORTED = "reported"
    ESTIMATE = "estimate"
    FORECAST = "forecast"


@dataclass(frozen=True)
class Figure:
    """A figure that somebody published: of the target whose code is `target`, for `period` of `year`.

    `same_measure`: the source measures just what the target does, in its unit; else `indicator` and `unit`
    say what it measures. `published` is the day of the source at `url`.
    """

    target: str
    year: int
    period: Period
    scope: Scope
    nature: Nature
    value: float
    same_measure: bool
    indicator: Bilingual
    unit: Bilingual
    url: str
    published: date


def may_see_goals(actor: Actor) -> bool:
    """Whoever works in the office."""
    return actor.is_staff


def may_note_figures(actor: Actor) -> bool:
    """Curators and administrators: a figure stands on the public page at once."""
    return bool(actor.roles & WRITERS)


def check_figure(figure: Figure, day: date) -> None:
    """RuleBroken with the field that cannot stand; `day` is today."""
    if not EARLIEST_YEAR <= figure.year <= day.year + 5:
        raise RuleBroken("figure.year", field="year", first=EARLIEST_YEAR, last=day.year + 5)
    if not math.isfinite(figure.value):
        raise RuleBroken("figure.value", field="value")
    if not figure.url.startswith(("https://", "http://")) or len(figure.url) > MOST_URL:
        raise RuleBroken("figure.url", field="url")
    if figure.published > day:
        raise RuleBroken("figure.published_later", field="published")
    # Offices report a period in its last weeks; what is older foretells it.
    ending = date(figure.year, LAST_MONTHS[figure.period], 1)
    if figure.nature is not Nature.FORECAST and figure.published < ending:
        raise RuleBroken("figure.before_its_end", field="published")
    if not figure.same_measure and not figure.indicator.vi:
        raise RuleBroken("figure.indicator", field="indicator_vi")
    if not figure.same_measure and not figure.unit.vi:
        raise RuleBroken("figure.unit", field="unit_vi")


def check_value(figure: Figure, unit: Bilingual) -> None:
    """RuleBroken where a value in the unit of its target cannot be meant."""
    is_percent = figure.same_measure and (unit.vi or "").startswith("%")
    if is_percent and abs(figure.value) > MOST_PERCENT:
        raise RuleBroken("figure.percent", field="value", most=MOST_PERCENT)


def is_comparable(same_measure: bool, period: str, scope: str, nature: str, scope_of_target: str) -> bool:
    """Whether a figure may be drawn beside its target: the same measure of the same territory, over a whole
    year, and no forecast. Everything else is told in words alone."""
    whole_year_measured = period == Period.YEAR and nature != Nature.FORECAST
    return same_measure and whole_year_measured and scope == scope_of_target
