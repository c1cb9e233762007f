"""How each listed record becomes the values of its row and the rows below it."""

from __future__ import annotations

from collections.abc import Callable

from catalogue.certification.models import (
    CertificationScheme,
    SchemeArea,
    SchemeCategory,
    SchemeLevel,
)
from catalogue.cli.seeding.book import Book
from catalogue.cli.seeding.reading import Entry, Raw, Seeds
from catalogue.cli.seeding.rows import Kind, Lookup, Values, child, cited, copied, listed, numbered, texts
from catalogue.flowers.models import FlowerVariety, GrowingArea
from catalogue.places.models import CraftVillage, Place, PlaceName, PlaceSuccessor, PointOfInterest
from catalogue.producers.models import Producer, ProducerFlower, ProducerMarket
from catalogue.products.models import Category, Product, ProductMarket
from catalogue.routes.models import Stop, TourRoute

STOP_COLUMNS = {
    "village": ("craft_village", "village_id"),
    "producer": ("producer", "producer_id"),
    "poi": ("point_of_interest", "poi_id"),
}


def record(raw: Raw, key: str = "slug") -> Values:
    """What every record has."""
    return {"code": raw[key], "sources": cited(raw.get("sources", ()))} | texts(raw, "name")


def point(raw: Raw) -> Values:
    """Its point on the map."""
    return copied(raw, "lat lon coords_approximate")


def _located(raw: Raw, look: Lookup) -> Values:
    place = raw["place"]
    return (
        point(raw)
        | {"place_id": look.id("place", place["slug"])}
        | copied(place, "former_commune former_district")
        | texts(place, "locality")
    )


def _category(raw: Raw, look: Lookup) -> Values:
    return (
        record(raw, "code")
        | copied(raw, "position hs_codes synonyms")
        | texts(raw, "summary")
        | {"parent_id": look.id("category", raw["parent"])}
    )


def _parents_first(seeds: Seeds, book: Book) -> list[Entry]:
    return sorted(listed("category")(seeds, book), key=lambda entry: entry.raw["parent"] is not None)


def _place(raw: Raw, _look: Lookup) -> Values:
    former = {f"former_{unit}": name for unit, name in raw["former"].items()}
    return record(raw) | point(raw) | copied(raw, "kind") | texts(raw, "note") | former


def _todays_units_first(seeds: Seeds, _book: Book) -> list[Entry]:
    return sorted(seeds.of("place"), key=lambda entry: entry.raw["current_slugs"] != [entry.code])


def _village(raw: Raw, look: Lookup) -> Values:
    visit = raw["visit"]
    return (
        record(raw)
        | _located(raw, look)
        | copied(raw, "ethnic_group recognised_year decision households")
        | texts(raw, "summary story")
        | {
            "craft_code": raw["craft"],
            "recognition": raw["recognition_status"],
            "visit_activities": visit["activities"],
            "visit_months": visit["best_months"],
        }
        | {f"visit_{name}": text for name, text in texts(visit, "notes").items()}
    )


def _sight(raw: Raw, look: Lookup) -> Values:
    return record(raw) | _located(raw, look) | copied(raw, "kind") | texts(raw, "summary")


def _flower(raw: Raw, _look: Lookup) -> Values:
    return (
        record(raw)
        | copied(
            raw, "scientific_name form hs_code grading season_months vase_life_days hoa_da_lat_mark keywords"
        )
        | texts(raw, "summary description")
        | {"category_code": raw["category"], "trade_group": raw["group"]}
    )


def _growing_areas(raw: Raw, look: Lookup) -> list[Values]:
    return numbered(
        {
            "place_id": look.id("place", area["place"]),
            "village_id": look.id("craft_village", area["village"]),
            **texts(area, "label"),
        }
        for area in raw["growing_areas"]
    )


def _producer(raw: Raw, look: Lookup) -> Values:
    return (
        record(raw)
        | _located(raw, look)
        | copied(raw, "kind since website visitable")
        | texts(raw, "summary story products_summary")
        | {"village_id": look.id("craft_village", raw["village"])}
    )


def _markets(raw: Raw, _look: Lookup) -> list[Values]:
    return [{"country": country} for country in raw["export_markets"]]


def _scheme(raw: Raw, _look: Lookup) -> Values:
    return (
        record(raw, "code")
        | copied(raw, "position granted_to validity_months url")
        | texts(raw, "issuer scope summary legal_basis")
    )


def _scheme_categories(raw: Raw, look: Lookup) -> list[Values]:
    """The listed categories and all below them, so that a certificate's scope can point at its own."""
    named = {*raw["applies_to"], *raw["applies_to_unconfirmed"]}
    registered = look.book.reach(raw["applies_to"])
    return [
        {
            "category_id": look.id("category", code),
            "listed": code in named,
            "agreed_only": code not in registered,
        }
        for code in look.book.reach(list(named))
    ]


def _product(raw: Raw, look: Lookup) -> Values:
    return (
        record(raw)
        | copied(raw, "specs unit hs_code season_months keywords")
        | texts(raw, "summary description")
        | {
            "producer_id": look.id("producer", raw["producer"]),
            "village_id": look.id("craft_village", raw["village"]),
            "category_id": look.id("category", raw["category"]),
            "flower_id": look.id("flower_variety", raw["flower"]),
        }
    )


def _route(raw: Raw, _look: Lookup) -> Values:
    return (
        record(raw) | copied(raw, "days mode distance_km season_months") | texts(raw, "theme summary story")
    )


def _stops(raw: Raw, look: Lookup) -> list[Values]:
    rows = []
    for stop in raw["stops"]:
        kind, column = STOP_COLUMNS[stop["kind"]]
        rows.append({column: look.id(kind, stop["slug"]), **copied(stop, "minutes"), **texts(stop, "note")})
    return numbered(rows)


def _names(raw: Raw, _look: Lookup) -> list[Values]:
    return numbered(copied(unit, "commune district") for unit in raw["former_units"])


def _links(column: str, kind: str, field: str) -> Callable[[Raw, Lookup], list[Values]]:
    """Rows that link to the records whose codes stand in that field."""
    return lambda raw, look: [{column: look.id(kind, code)} for code in raw[field] or ()]


LISTED: tuple[Kind, ...] = (
    Kind("category", "categories", Category, _parents_first, _category),
    Kind(
        "place",
        "places",
        Place,
        _todays_units_first,
        _place,
        (
            child(PlaceSuccessor, "place_id", _links("current_id", "place", "current_slugs")),
            child(PlaceName, "place_id", _names),
        ),
    ),
    Kind("craft_village", "craft villages", CraftVillage, listed("craft_village"), _village),
    Kind("point_of_interest", "points of interest", PointOfInterest, listed("point_of_interest"), _sight),
    Kind(
        "flower_variety",
        "flowers",
        FlowerVariety,
        listed("flower_variety"),
        _flower,
        (child(GrowingArea, "flower_id", _growing_areas),),
    ),
    Kind(
        "producer",
        "producers",
        Producer,
        listed("producer"),
        _producer,
        (
            child(ProducerMarket, "producer_id", _markets),
            child(ProducerFlower, "producer_id", _links("flower_id", "flower_variety", "flowers")),
        ),
    ),
    Kind(
        "certification_scheme",
        "certification schemes",
        CertificationScheme,
        listed("certification_scheme"),
        _scheme,
        (
            child(
                SchemeLevel, "scheme_id", lambda raw, _: numbered({"level": level} for level in raw["levels"])
            ),
            child(SchemeCategory, "scheme_id", _scheme_categories),
            child(SchemeArea, "scheme_id", _links("place_id", "place", "areas")),
        ),
    ),
    Kind(
        "product",
        "products",
        Product,
        listed("product"),
        _product,
        (child(ProductMarket, "product_id", _markets),),
    ),
    Kind("tour_route", "routes", TourRoute, listed("tour_route"), _route, (child(Stop, "route_id", _stops),)),
)
