"""Sources and gaps, over the whole catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from catalogue.certification.models import Certificate
from catalogue.database import Model, Record, db
from catalogue.kernel.language import Bilingual, Language
from catalogue.places.models import CraftVillage
from catalogue.places.rules import Recognition
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.routes.models import TourRoute


class Cited(NamedTuple):
    """A record by its name and addresses, with its sources as the record keeps them."""

    code: str
    name: Bilingual
    slug_vi: str
    slug_en: str
    sources: list[Any]

    def slug(self, language: Language) -> str:
        """The last part of the record's address in that language."""
        return self.slug_vi if language is Language.VI else self.slug_en


def cited(model: type[Record]) -> Sequence[Cited]:
    """Every record of a kind without the rest of it, in the order of its Vietnamese name."""
    rows = db.session.execute(
        select(model.code, model.name, model.slug_vi, model.slug_en, model.sources).order_by(model.sort_vi)
    )
    return [Cited(*cast("tuple[Any, ...]", row)) for row in rows]


def cited_certificates() -> Sequence[Certificate]:
    """Every certificate with its scheme and its holder."""
    return db.session.scalars(
        select(Certificate)
        .options(
            joinedload(Certificate.scheme), joinedload(Certificate.product), joinedload(Certificate.producer)
        )
        .order_by(Certificate.code)
    ).all()


@dataclass(frozen=True)
class Gap:
    """Of how many records of a kind one thing is not known."""

    missing: int
    total: int


def gaps() -> dict[str, Gap]:
    """What no source told, by the name of what is missing; one statement a kind of record."""
    found: dict[str, Gap] = {}
    for model, known in KNOWN.items():
        columns = [func.count(column) for column in known.values()]
        total, *present = db.session.execute(select(func.count(), *columns).select_from(model)).one()
        found |= {name: Gap(total - number, total) for name, number in zip(known, present, strict=True)}
    return found


# What is counted as known where its column is filled, or its condition holds.
KNOWN: dict[type[Model], dict[str, Any]] = {
    Producer: {
        "point": Producer.lat,
        "village": Producer.village_id,
        "since": Producer.since,
        "website": Producer.website,
    },
    Product: {"season": Product.season_months, "unit": Product.unit, "hs_code": Product.hs_code},
    Certificate: {
        "number": Certificate.number,
        "issued": Certificate.issued,
        "expires": Certificate.expires,
    },
    CraftVillage: {
        "recognition": func.nullif(CraftVillage.recognition, Recognition.NONE_FOUND.value),
        "households": CraftVillage.households,
    },
    TourRoute: {"distance": TourRoute.distance_km},
}
