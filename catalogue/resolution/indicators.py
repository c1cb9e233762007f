"""What this catalogue itself can count beside the resolution: numbers of today, and of this site only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from catalogue.certification.models import CertificationScheme
from catalogue.certification.queries import Alike, alike
from catalogue.certification.rules import Status
from catalogue.database import db
from catalogue.kernel.language import Bilingual
from catalogue.places.models import CraftVillage, Place
from catalogue.producers.models import Producer, ProducerMarket
from catalogue.products.models import Category, Product
from catalogue.routes.models import Stop, TourRoute
from catalogue.version import kept

STANDING = frozenset({Status.PENDING, Status.UNCONFIRMED, Status.VALID, Status.SUSPENDED})
IN_BOTH_LANGUAGES = {
    "producers": Producer,
    "products": Product,
    "villages": CraftVillage,
    "routes": TourRoute,
}


class Code(StrEnum):
    """Which indicator."""

    PRODUCERS_BY_PLACE = "producers-place"
    PRODUCERS_BY_CRAFT = "producers-craft"
    CERTIFICATES_BY_SCHEME = "certificates-scheme"
    CERTIFICATES_BY_MONTH = "certificates-month"
    CERTIFICATES_BY_EVIDENCE = "certificates-evidence"
    CERTIFICATES_BY_STATUS = "certificates-status"
    EXPORTERS_BY_MARKET = "exporters-market"
    COMPLETENESS = "completeness"
    VILLAGES_ON_ROUTES = "villages-routes"
    ENQUIRIES_BY_MARKET = "enquiries-market"


@dataclass(frozen=True)
class Count:
    """`number` of what `key` stands for (a record's code, a month, a country …; empty: not known), out of
    `of`, where it is a share. `name`: of the record that is meant."""

    key: str
    number: int
    of: int | None = None
    name: Bilingual | None = None


@dataclass(frozen=True)
class Indicator:
    """One thing counted. `total` is None where adding up would count something twice or means nothing."""

    code: Code
    counts: Sequence[Count]
    total: int | None = None


@kept
def indicators(day: date) -> tuple[Indicator, ...]:
    """Everything that readers may see as well, in the order of the page."""
    certificates = [some for some in alike(day) if some.status in STANDING]
    return (
        _producers_by_place(),
        _producers_by_craft(),
        *_certificates(certificates),
        _exporters(),
        Indicator(Code.COMPLETENESS, [_complete(*one) for one in IN_BOTH_LANGUAGES.items()]),
        _villages_on_routes(),
    )


def _producers_by_place() -> Indicator:
    counted = _counted(select(Producer.place_id, func.count()).group_by(Producer.place_id))
    return Indicator(Code.PRODUCERS_BY_PLACE, _named(Place, counted), sum(counted.values()))


def _producers_by_craft() -> Indicator:
    """Those with a product; who makes things of two categories counts in both."""
    makers = func.count(Product.producer_id.distinct())
    counted = _counted(select(Product.category_id, makers).group_by(Product.category_id))
    return Indicator(Code.PRODUCERS_BY_CRAFT, _named(Category, counted))


def _certificates(some: Sequence[Alike]) -> Iterable[Indicator]:
    schemes: Counter[int] = Counter()
    months: Counter[str] = Counter()
    evidence: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    for one in some:
        schemes[one.scheme_id] += one.number
        months[one.issued[:7] if one.issued and len(one.issued) >= len("2022-08") else ""] += one.number
        evidence[one.evidence] += one.number
        statuses[one.status] += one.number
    total = sum(schemes.values())
    yield Indicator(Code.CERTIFICATES_BY_SCHEME, _named(CertificationScheme, schemes), total)
    newest_first = [Count(key, months[key]) for key in sorted(months, reverse=True)]
    yield Indicator(Code.CERTIFICATES_BY_MONTH, newest_first, total)
    yield Indicator(Code.CERTIFICATES_BY_EVIDENCE, _largest_first(evidence), total)
    yield Indicator(Code.CERTIFICATES_BY_STATUS, _largest_first(statuses), total)


def _exporters() -> Indicator:
    of_listed = ProducerMarket.producer_id == Producer.id
    makers = func.count(ProducerMarket.producer_id.distinct())
    by_country = select(ProducerMarket.country, makers).join(Producer, of_listed)
    counted = _counted(by_country.group_by(ProducerMarket.country))
    total = db.session.scalar(select(makers).join(Producer, of_listed))
    return Indicator(Code.EXPORTERS_BY_MARKET, _largest_first(counted), total)


def _complete(kind: str, model: Any) -> Count:
    """How many records of a kind say name and summary in both languages."""
    texts = (model.name_vi, model.name_en, model.summary_vi, model.summary_en)
    full: ColumnElement[bool] = and_(*(func.coalesce(text, "") != "" for text in texts))
    number, whole = db.session.execute(select(func.count(case((full, model.id))), func.count(model.id))).one()
    return Count(kind, number, whole)


def _villages_on_routes() -> Indicator:
    on_a_route = CraftVillage.id.in_(select(Stop.village_id).join(TourRoute, TourRoute.id == Stop.route_id))
    number = db.session.scalar(select(func.count(CraftVillage.id)).where(on_a_route)) or 0
    whole = db.session.scalar(select(func.count(CraftVillage.id))) or 0
    return Indicator(Code.VILLAGES_ON_ROUTES, [Count("villages", number, whole)])


def _counted(statement: Select[Any, Any]) -> dict[Any, int]:
    """What a statement of keys and numbers finds."""
    return {row[0]: row[1] for row in db.session.execute(statement)}


def _named(model: Any, counted: Mapping[Any, int]) -> list[Count]:
    """Counts by a record's number as counts by its code, the largest first; what is not known comes last."""
    rows = db.session.execute(
        select(model.id, model.code, model.name_vi, model.name_en).order_by(model.sort_vi)
    )
    known = [
        Count(code, counted[own_id], name=Bilingual(vi, en))
        for own_id, code, vi, en in rows
        if own_id in counted
    ]
    rest = sum(counted.values()) - sum(one.number for one in known)
    return sorted(known, key=lambda one: -one.number) + ([Count("", rest)] if rest else [])


def _largest_first(counted: Mapping[str, int]) -> list[Count]:
    return [Count(key, number) for key, number in sorted(counted.items(), key=lambda one: (-one[1], one[0]))]
