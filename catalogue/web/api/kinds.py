"""The kinds of records that machines read: where their rows come from, what other subjects add to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from catalogue.certification.models import Certificate, CertificationScheme
from catalogue.certification.queries import (
    WITH_SCOPE,
    certificates_of_producers,
    certificates_of_products,
)
from catalogue.certification.rules import has_usual_term_passed, usual_term_ends
from catalogue.flowers.models import FlowerVariety
from catalogue.kernel.clock import today
from catalogue.kernel.language import Language
from catalogue.media.queries import Picture
from catalogue.places.models import CraftVillage, IndustrialZone, Place, PointOfInterest
from catalogue.producers.models import Producer
from catalogue.producers.queries import IN_FULL as PRODUCER_IN_FULL
from catalogue.producers.queries import producers_of_villages
from catalogue.products.models import Category, Product
from catalogue.products.queries import IN_FULL as PRODUCT_IN_FULL
from catalogue.products.queries import category_tree, named_by_producer
from catalogue.routes.models import Stop, TourRoute
from catalogue.routes.queries import WITH_STOPS
from catalogue.web import photographs
from catalogue.web.api import schemas
from catalogue.web.api.values import Entry, Reading, absolute
from catalogue.web.language import address

Rows = Sequence[Any]


@dataclass(frozen=True)
class Kind:
    """A kind of record: `name` is its part of the address, `dress` adds what other subjects know."""

    name: str
    title: str
    model: type[Any]
    schema: type[Reading]
    dress: Callable[[Rows], list[Entry]]
    options: tuple[ORMOption, ...] = ()


def _products(rows: Rows) -> list[Entry]:
    held = certificates_of_products([row.id for row in rows])
    return [
        _entry(row, "products", certificates=_certificates(held.get(row.id, ())), keywords=row.keywords or {})
        for row in rows
    ]


def _producers(rows: Rows) -> list[Entry]:
    ids = [row.id for row in rows]
    held, made = certificates_of_producers(ids), named_by_producer(ids)
    return [
        _entry(
            row,
            "producers",
            certificates=_certificates(held.get(row.id, ()), row),
            products=made.get(row.id, []),
        )
        for row in rows
    ]


def _villages(rows: Rows) -> list[Entry]:
    makers, tree = producers_of_villages([row.id for row in rows]), category_tree()
    return [
        _entry(row, "villages", craft=tree.by_code[row.craft_code], producers=makers.get(row.id, []))
        for row in rows
    ]


def _routes(rows: Rows) -> list[Entry]:
    return [
        _entry(
            row,
            "routes",
            stops=[stop_entry(stop) for stop in row.stops],
            gpx=_links("public.itineraries.gpx", row),
            ics=_links("public.itineraries.ics", row),
        )
        for row in rows
    ]


def stop_entry(stop: Stop, **more: Any) -> Entry:
    """A stop with the code and name of what stands there."""
    target = stop.target
    kind = "village" if stop.village else "producer" if stop.producer else "sight"
    shown = {"kind": kind, "code": target.code, "name": target.name, "point": target.point}
    return Entry(stop, shown | more)


def _schemes(rows: Rows) -> list[Entry]:
    tree = category_tree()
    return [
        _entry(
            row,
            "schemes",
            levels=[one.level for one in row.levels],
            categories=sorted(
                (
                    {
                        "code": tree.by_id[one.category_id].code,
                        "name": tree.by_id[one.category_id].name,
                        "agreed_only": one.agreed_only,
                    }
                    for one in row.categories
                    if one.listed
                ),
                key=lambda covered: str(covered["code"]),
            ),
        )
        for row in rows
    ]


def _categories(rows: Rows) -> list[Entry]:
    return [
        Entry(
            row,
            {
                "synonyms": row.synonyms or {},
                "urls": {
                    language.value: absolute(
                        address("public.products.index", language, [("category", row.code)])
                    )
                    for language in Language
                },
            },
        )
        for row in rows
    ]


def _flowers(rows: Rows) -> list[Entry]:
    tree = category_tree()
    return [_entry(row, "flowers", category=tree.by_code[row.category_code]) for row in rows]


def _plainly(name: str) -> Callable[[Rows], list[Entry]]:
    return lambda rows: [_entry(row, name) for row in rows]


def _certificates(rows: Iterable[Certificate], holder: Any = None) -> list[Entry]:
    """`holder` where it is not loaded with the certificate itself; `products` needs the scope loaded."""
    day = today()
    return [
        Entry(
            row,
            {
                "status": row.status_on(day).value,
                "as_of": day,
                "holder": _holder(row, holder),
                "usual_term": _usual_term(row),
                "urls": {
                    language.value: absolute(address("public.certificates.show", language, code=row.code))
                    for language in Language
                },
            },
        )
        for row in rows
    ]


def _certificates_in_full(rows: Rows) -> list[Entry]:
    return [
        Entry(row, {**entry.more, "products": [one.product for one in row.scope]})
        for row, entry in zip(rows, _certificates(rows), strict=True)
    ]


def _holder(row: Certificate, holder: Any) -> dict[str, Any]:
    kind = "product" if row.product_id else "producer"
    record = holder or row.product or row.producer
    assert record is not None
    return {"kind": kind, "code": record.code, "name": record.name}


def _usual_term(row: Certificate) -> dict[str, Any] | None:
    months = row.scheme.validity_months
    end = usual_term_ends(row.issued_date, months)
    return {"ends": end, "passed": has_usual_term_passed(row.issued_date, months, today())} if end else None


def _entry(row: Any, name: str, **more: Any) -> Entry:
    return Entry(row, {"urls": _links(f"public.{name}.show", row), **more})


def _with_photographs(dress: Callable[[Rows], list[Entry]]) -> Callable[[Rows], list[Entry]]:
    """The same entries with the photographs that may be shown."""

    def dressed(rows: Rows) -> list[Entry]:
        pictures = photographs.pictures_of(rows)
        return [
            Entry(
                row, {**entry.more, "photographs": [_photograph(one) for one in pictures.get(row.code, [])]}
            )
            for row, entry in zip(rows, dress(rows), strict=True)
        ]

    return dressed


def _photograph(picture: Picture) -> dict[str, Any]:
    file = photographs.largest(picture)
    return {
        "url": photographs.absolute(file),
        "width": file.width,
        "height": file.height,
        "alt": picture.alt,
        "caption": picture.caption,
        "credit": picture.credit,
        "licence": picture.licence,
    }


def _links(endpoint: str, row: Any) -> dict[str, str]:
    return {
        language.value: absolute(address(endpoint, language, slug=row.slug(language)))
        for language in Language
    }


def addresses(kind: str, row: Any) -> dict[str, str]:
    """The pages of a record that a search found, `kind` as the search names it."""
    return _links(f"public.{kind}s.show", row)


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "products",
            "product",
            Product,
            schemas.ProductSchema,
            _with_photographs(_products),
            PRODUCT_IN_FULL,
        ),
        Kind(
            "producers",
            "producer",
            Producer,
            schemas.ProducerSchema,
            _with_photographs(_producers),
            PRODUCER_IN_FULL,
        ),
        Kind(
            "villages",
            "village",
            CraftVillage,
            schemas.VillageSchema,
            _with_photographs(_villages),
            (joinedload(CraftVillage.place),),
        ),
        Kind("routes", "route", TourRoute, schemas.RouteSchema, _with_photographs(_routes), WITH_STOPS),
        Kind(
            "schemes",
            "scheme",
            CertificationScheme,
            schemas.SchemeSchema,
            _schemes,
            (
                selectinload(CertificationScheme.levels),
                selectinload(CertificationScheme.categories),
                selectinload(CertificationScheme.areas),
            ),
        ),
        Kind(
            "certificates",
            "certificate",
            Certificate,
            schemas.CertificateInFullSchema,
            _certificates_in_full,
            WITH_SCOPE,
        ),
        Kind(
            "places",
            "place",
            Place,
            schemas.PlaceSchema,
            _plainly("places"),
            (selectinload(Place.names), selectinload(Place.current)),
        ),
        Kind(
            "zones",
            "zone",
            IndustrialZone,
            schemas.ZoneSchema,
            _plainly("zones"),
            (joinedload(IndustrialZone.place),),
        ),
        Kind(
            "sights",
            "sight",
            PointOfInterest,
            schemas.SightSchema,
            _plainly("sights"),
            (joinedload(PointOfInterest.place),),
        ),
        Kind("flowers", "flower", FlowerVariety, schemas.FlowerSchema, _flowers),
        Kind(
            "categories",
            "category",
            Category,
            schemas.CategorySchema,
            _categories,
            (joinedload(Category.parent),),
        ),
    )
}
