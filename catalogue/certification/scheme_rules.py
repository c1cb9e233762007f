"""What a scheme demands of a certificate, and which of its rules one would break: pure, from the data alone.

Source of the demands: `seeds/certification_schemes.json`, each scheme with its legal basis and sources.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from catalogue.certification.rules import Holder
from catalogue.kernel.partial_date import PartialDate

# No issuer of today is older; an earlier day is a slip of the pen.
EARLIEST = date(1975, 1, 1)
# Marks are registered for ten years at a time, other grants for less: what ends later is a slip as well.
YEARS_AHEAD = 50


class Rule(StrEnum):
    """What can be broken."""

    HOLDER = "holder"
    LEVEL = "level"
    LEVEL_MISSING = "level_missing"
    GOODS = "goods"
    NOTHING = "nothing"
    STRANGERS = "strangers"
    AREA = "area"
    TERM = "term"
    ORDER = "order"
    AHEAD = "ahead"
    YEAR = "year"


@dataclass(frozen=True)
class Demands:
    """A scheme's rules. `categories`: by number, all that it may cover; `agreed_only`: of these, what was
    agreed but not registered; `has_area`: whether holders must be in certain places."""

    granted_to: Holder
    levels: tuple[str, ...] = ()
    categories: frozenset[int] = frozenset()
    agreed_only: frozenset[int] = frozenset()
    has_area: bool = False
    validity_months: int | None = None


@dataclass(frozen=True)
class Good:
    """A product or flower to be covered, and what it is; `own`: the holder's, or the holder itself."""

    code: str
    category_id: int
    own: bool = True


@dataclass(frozen=True)
class Case:
    """A certificate as it would stand. `makes`: the categories of what a maker makes; `in_area`: None where
    nobody knows where the holder is; `confirmed`: staff vouch for it, so its level must be known."""

    holder: Holder
    level: str | None = None
    goods: tuple[Good, ...] = ()
    categories: frozenset[int] = frozenset()
    makes: frozenset[int] = frozenset()
    in_area: bool | None = None
    issued: PartialDate | None = None
    expires: PartialDate | None = None
    valid_from: date | None = None
    confirmed: bool = True


@dataclass(frozen=True)
class Breach:
    """A rule that would be broken, and the field of the form that breaks it. `goods`: codes of products."""

    rule: Rule
    field: str
    goods: tuple[str, ...] = ()


def breaches(demands: Demands, case: Case, day: date) -> list[Breach]:
    """Every rule that the case breaks on that day, the gravest first; none: it may stand."""
    return list(_breaches(demands, case, day))


def only_agreed(demands: Demands, case: Case) -> tuple[str, ...]:
    """The products that only an extension covers which was agreed and perhaps never registered: no breach,
    but to be looked at."""
    return tuple(one.code for one in case.goods if one.category_id in demands.agreed_only)


def _breaches(demands: Demands, case: Case, day: date) -> Iterator[Breach]:
    if case.holder is not demands.granted_to:
        yield Breach(Rule.HOLDER, "holder")
    if case.level is not None and case.level not in demands.levels:
        yield Breach(Rule.LEVEL, "level")
    elif case.level is None and demands.levels and case.confirmed:
        yield Breach(Rule.LEVEL_MISSING, "level")
    outside = tuple(one.code for one in case.goods if one.category_id not in demands.categories)
    if outside or not case.categories <= demands.categories:
        yield Breach(Rule.GOODS, "products", outside)
    # A paper that names no goods is for what its holder makes.
    if not case.goods and not case.categories and not case.makes & demands.categories:
        yield Breach(Rule.NOTHING, "products")
    if strangers := tuple(one.code for one in case.goods if not one.own):
        yield Breach(Rule.STRANGERS, "products", strangers)
    if demands.has_area and case.in_area is False:
        yield Breach(Rule.AREA, "holder")
    yield from _of_dates(demands, case, day)


def _of_dates(demands: Demands, case: Case, day: date) -> Iterator[Breach]:
    issued, expires = case.issued, case.expires
    dates = {"issued": issued, "expires": expires, "valid_from": case.valid_from}
    years = range(EARLIEST.year, day.year + YEARS_AHEAD + 1)
    if slips := [name for name, one in dates.items() if one and one.year not in years]:
        yield from (Breach(Rule.YEAR, name) for name in slips)
        return
    if issued and issued.first_day > day:
        yield Breach(Rule.AHEAD, "issued")
    begins = case.valid_from or (issued.first_day if issued else None)
    if expires and begins and expires.last_day < begins:
        yield Breach(Rule.ORDER, "expires")
    elif expires and demands.validity_months is not None and begins:
        latest = PartialDate(begins.year, begins.month, begins.day) if case.valid_from else issued
        if latest and expires.last_day > latest.plus_months(demands.validity_months):
            yield Breach(Rule.TERM, "expires")


@dataclass(frozen=True)
class Area:
    """A place that a scheme names. `district`: of a city or district that ended in July 2025, its name, which
    stands for all of its former territory; `current`: codes of today's units on it."""

    code: str
    district: str | None = None
    current: frozenset[str] = frozenset()


def lies_in(areas: Collection[Area], place: str | None, districts: Collection[str]) -> bool | None:
    """Whether a holder at this place, known to have belonged to these districts, lies in the areas.

    None where nobody knows where it is; True for a scheme without areas. (Data README, certification claims.)
    """
    if not areas:
        return True
    old = {area.district for area in areas if area.district}
    if districts and old:
        return any(name in old for name in districts)
    if place:
        return any(place == area.code or place in area.current for area in areas)
    return None
