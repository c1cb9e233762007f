"""Which documents hold the words of a changed row: the rows below need not know what is indexed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import select

from catalogue.archive import archived_too
from catalogue.certification.models import Certificate, CertificateScope
from catalogue.changes import Key
from catalogue.database import db
from catalogue.flowers.models import FlowerVariety
from catalogue.places.models import CraftVillage, IndustrialZone, Place, PointOfInterest
from catalogue.producers.models import Producer, ProducerFlower
from catalogue.products.models import Category, Product
from catalogue.routes.models import Stop
from catalogue.search.pages import ABOUT, KIND, PAGES

# The kind of document that each table's own rows make.
OWN = {
    "product": "product",
    "producer": "producer",
    "craft_village": "village",
    "tour_route": "route",
    "place": "place",
    "point_of_interest": "sight",
    "industrial_zone": "zone",
    "flower_variety": "flower",
    "certification_scheme": "scheme",
    "about_page": ABOUT,
}
# The pages that show the rows of a table, by their codes in `pages.json`.
ON_PAGES = {
    "milestone": ("flower-centre",),
    "home_section": ("home",),
    "about_page": ("about", "privacy", "accessibility"),
}


def touched_by(keys: Collection[Key]) -> dict[str, set[int]]:
    """By kind, the numbers of the documents to be made anew after these rows were changed."""
    changed: dict[str, set[int]] = defaultdict(set)
    for table, number in keys:
        changed[table].add(number)
    found: dict[str, set[int]] = defaultdict(set)
    with archived_too():
        for table, ids in changed.items():
            if table in OWN:
                found[OWN[table]] |= ids
            if table in ON_PAGES:
                found[KIND] |= {page.id for page in PAGES if page.code in ON_PAGES[table]}
            for kind, others in BEYOND.get(table, {}).items():
                found[kind] |= set(db.session.scalars(others(ids)))
    return dict(found)


def _producers_of(producers: Any) -> Any:
    return select(Producer.id).where(producers)


def _products_of(producers: Any) -> Any:
    return select(Product.id).join(Producer, Product.producer_id == Producer.id).where(producers)


def _below(categories: set[int]) -> Any:
    """The numbers of these categories and of all below them."""
    found = select(Category.id).where(Category.id.in_(categories)).cte(recursive=True)
    return select(found.union(select(Category.id).where(Category.parent_id == found.c.id)).c.id)


def _codes_below(categories: set[int]) -> Any:
    return select(Category.code).where(Category.id.in_(_below(categories)))


Others = Callable[[set[int]], Any]
# Whose documents hold a row's words besides its own.
BEYOND: dict[str, dict[str, Others]] = {
    "producer": {
        "product": lambda ids: select(Product.id).where(Product.producer_id.in_(ids)),
        "route": lambda ids: select(Stop.route_id).where(Stop.producer_id.in_(ids)),
    },
    "craft_village": {
        "producer": lambda ids: _producers_of(Producer.village_id.in_(ids)),
        "product": lambda ids: _products_of(Producer.village_id.in_(ids) | Product.village_id.in_(ids)),
        "route": lambda ids: select(Stop.route_id).where(Stop.village_id.in_(ids)),
    },
    "point_of_interest": {"route": lambda ids: select(Stop.route_id).where(Stop.poi_id.in_(ids))},
    "place": {
        "producer": lambda ids: _producers_of(Producer.place_id.in_(ids)),
        "product": lambda ids: _products_of(Producer.place_id.in_(ids)),
        "village": lambda ids: select(CraftVillage.id).where(CraftVillage.place_id.in_(ids)),
        "sight": lambda ids: select(PointOfInterest.id).where(PointOfInterest.place_id.in_(ids)),
        "zone": lambda ids: select(IndustrialZone.id).where(
            IndustrialZone.place_id.in_(ids) | IndustrialZone.units.any(Place.id.in_(ids))
        ),
    },
    "certificate": {
        "product": lambda ids: select(CertificateScope.product_id).where(
            CertificateScope.certificate_id.in_(ids)
        )
    },
    "certification_scheme": {
        "product": lambda ids: (
            select(CertificateScope.product_id)
            .join(Certificate, CertificateScope.certificate_id == Certificate.id)
            .where(Certificate.scheme_id.in_(ids))
        )
    },
    # A category's words stand in all that is below it: products, villages by their craft, flowers.
    "category": {
        "product": lambda ids: select(Product.id).where(Product.category_id.in_(_below(ids))),
        "village": lambda ids: select(CraftVillage.id).where(CraftVillage.craft_code.in_(_codes_below(ids))),
        "flower": lambda ids: select(FlowerVariety.id).where(
            FlowerVariety.category_code.in_(_codes_below(ids))
        ),
    },
    "flower_variety": {
        "producer": lambda ids: select(ProducerFlower.producer_id).where(ProducerFlower.flower_id.in_(ids))
    },
}
