"""What products and exporters can be chosen by: each with its facet values, in a few plain statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from catalogue.certification.models import Certificate
from catalogue.certification.queries import all_certificates
from catalogue.certification.rules import Status
from catalogue.database import db
from catalogue.kernel.language import Language
from catalogue.places.models import CraftVillage, Place
from catalogue.places.rules import PlaceKind
from catalogue.producers.models import Producer, ProducerMarket
from catalogue.products.models import Product, ProductMarket
from catalogue.products.queries import category_tree
from catalogue.search.nearness import Nearness

OLD_UNITS = (PlaceKind.OLD_CITY.value, PlaceKind.OLD_DISTRICT.value)

BEST_FIRST = ("confirmed", "reported", "none")
EVIDENCE = {Status.VALID: "confirmed", Status.UNCONFIRMED: "reported"}

Values = dict[str, list[str]]
NO_EVIDENCE: Values = {"evidence": ["none"]}


@dataclass(frozen=True)
class CatalogueRow:
    """A product, its place and its maker's in both alphabets, and its values per facet (codes of records)."""

    product_id: int
    producer_id: int
    name: Mapping[Language, str]
    maker: Mapping[Language, str]
    values: Mapping[str, list[str]]


@dataclass(frozen=True)
class ExporterRow:
    """A producer that a source names a market of, its place in both alphabets, and its values per facet."""

    producer_id: int
    name: Mapping[Language, str]
    values: Mapping[str, list[str]]


@dataclass(frozen=True)
class _Maker:
    order: Mapping[Language, str]
    kind: str
    village: str | None
    places: list[str]
    visitable: bool
    reach: Mapping[str, list[str]]  # places that are near, routes that pass


def catalogue_rows(day: date, nearness: Nearness) -> tuple[list[CatalogueRow], list[ExporterRow]]:
    """Every product and every exporter with what they can be found by on that day; the number of statements
    is constant."""
    village_codes = dict(db.session.execute(select(CraftVillage.id, CraftVillage.code)).all())
    makers, certificates = _makers(village_codes, nearness), all_certificates()
    products = list(_products(makers, village_codes, _standing_of_products(certificates, day)))
    return products, list(_exporters(products, makers, _standing_of_makers(certificates, day)))


def _products(
    makers: Mapping[int, _Maker], village_codes: Mapping[int, str], certified: Mapping[int, Values]
) -> Iterator[CatalogueRow]:
    tree = category_tree()
    lines = {category.id: [one.code for one in tree.line(category)] for category in tree.categories}
    markets: dict[int, list[str]] = defaultdict(list)
    for product_id, country in db.session.execute(select(ProductMarket.product_id, ProductMarket.country)):
        markets[product_id].append(country)

    columns = (
        Product.id,
        Product.sort_vi,
        Product.sort_en,
        Product.category_id,
        Product.producer_id,
        Product.village_id,
        Product.season_months,
    )
    for key, sort_vi, sort_en, category, producer, village, months in db.session.execute(select(*columns)):
        maker = makers[producer]
        own_village = village_codes.get(village) if village else maker.village
        values: Values = {
            "category": lines[category],
            "village": [own_village] if own_village else [],
            "place": maker.places,
            "month": [str(month) for month in months or []],
            "visitable": ["yes"] if maker.visitable else [],
            "market": markets.get(key, []),
            "kind": [maker.kind],
            **maker.reach,
            **certified.get(key, NO_EVIDENCE),
        }
        yield CatalogueRow(key, producer, _order(sort_vi, sort_en), maker.order, values)


def _exporters(
    products: Iterable[CatalogueRow], makers: Mapping[int, _Maker], certified: Mapping[int, Values]
) -> Iterator[ExporterRow]:
    """An exporter is found by what it is (kind, place, village, visits, its own markets) and by what any of
    its products is (category, month); a certificate counts where it or one of its products holds it or is
    said to."""
    markets: dict[int, list[str]] = defaultdict(list)
    shown = select(ProducerMarket.producer_id, ProducerMarket.country).join(
        Producer, Producer.id == ProducerMarket.producer_id
    )
    for producer_id, country in db.session.execute(shown):
        markets[producer_id].append(country)
    made: dict[int, list[Mapping[str, list[str]]]] = defaultdict(list)
    for product in products:
        made[product.producer_id].append(product.values)

    for key, countries in markets.items():
        maker, own = makers[key], made[key]
        held = [certified[key], *own] if key in certified else own
        values: Values = {
            "village": [maker.village] if maker.village else [],
            "place": maker.places,
            "visitable": ["yes"] if maker.visitable else [],
            "market": countries,
            "kind": [maker.kind],
            **maker.reach,
            "category": _all_of(own, "category"),
            "month": _all_of(own, "month"),
            "scheme": _all_of(held, "scheme"),
            "level": _all_of(held, "level"),
            "evidence": [_best(_all_of(held, "evidence"))],
        }
        yield ExporterRow(key, maker.order, values)


def _all_of(rows: Iterable[Mapping[str, list[str]]], facet: str) -> list[str]:
    """Every value of a facet that one of these has, once."""
    return list(dict.fromkeys(value for row in rows for value in row.get(facet, ())))


def _makers(village_codes: Mapping[int, str], nearness: Nearness) -> dict[int, _Maker]:
    reach = nearness.reach
    places = {place.id: place for place in db.session.scalars(select(Place))}
    old_units = {
        place.former_district: place.code
        for place in places.values()
        if place.kind in OLD_UNITS and place.former_district
    }
    village_places = {
        key: (place_id, district)
        for key, place_id, district in db.session.execute(
            select(CraftVillage.id, CraftVillage.place_id, CraftVillage.former_district)
        )
    }

    def codes(place_id: int | None, districts: str | None) -> list[str]:
        """The unit itself, and the old units that it is said to have belonged to."""
        found = [places[place_id].code] if place_id else []
        found += [old_units[name] for name in (districts or "").split("; ") if name in old_units]
        return list(dict.fromkeys(found))

    columns = (
        Producer.id,
        Producer.sort_vi,
        Producer.sort_en,
        Producer.kind,
        Producer.village_id,
        Producer.place_id,
        Producer.former_district,
        Producer.visitable,
    )
    makers = {}
    for key, sort_vi, sort_en, kind, village, place_id, district, visitable in db.session.execute(
        select(*columns)
    ):
        where = codes(place_id, district) or (
            codes(*village_places[village]) if village in village_places else []
        )
        own_village = village_codes.get(village) if village else None
        makers[key] = _Maker(
            _order(sort_vi, sort_en), kind, own_village, where, bool(visitable), reach.get(key, {})
        )
    return makers


def _order(sort_vi: str, sort_en: str) -> dict[Language, str]:
    return {Language.VI: sort_vi, Language.EN: sort_en}


def _standing_of_products(certificates: Iterable[Certificate], day: date) -> dict[int, Values]:
    """Scheme, level and evidence of products a certificate covers; a maker's own claim is not theirs."""
    return _standing(((row.product_id, one) for one in certificates for row in one.scope), day)


def _standing_of_makers(certificates: Iterable[Certificate], day: date) -> dict[int, Values]:
    """Scheme, level and evidence of the makers that hold a certificate themselves."""
    own = ((one.producer_id, one) for one in certificates)
    return _standing(((key, one) for key, one in own if key is not None), day)


def _standing(held: Iterable[tuple[int, Certificate]], day: date) -> dict[int, Values]:
    """What has ended or has not begun is neither confirmed nor reported: it counts as without evidence, and
    not under its scheme (issue: when a certificate ends, its badge disappears everywhere)."""
    found: dict[int, Values] = defaultdict(lambda: {"scheme": [], "level": [], "evidence": []})
    for key, certificate in held:
        evidence = EVIDENCE.get(certificate.status_on(day))
        if evidence is None:
            continue
        values = found[key]
        values["scheme"].append(certificate.scheme.code)
        if certificate.level:
            values["level"].append(f"{certificate.scheme.code}-{certificate.level.lower()}")
        values["evidence"].append(evidence)
    for values in found.values():
        values["evidence"] = [_best(values["evidence"])]
    return dict(found)


def _best(evidence: Iterable[str]) -> str:
    """The strongest of several: confirmed, else reported, else none."""
    return min(evidence, key=BEST_FIRST.index, default="none")
