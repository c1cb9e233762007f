"""What must hold between records: references, places, routes and the tree of categories."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from catalogue.cli.seeding import claims
from catalogue.cli.seeding.book import Book
from catalogue.cli.seeding.faults import Fault, Problems
from catalogue.cli.seeding.reading import Raw, Seeds
from catalogue.kernel.geo import Point, distance_km

Rule = Callable[[Raw, Book], Problems]

# Lâm Đồng since 1 July 2025, with former Đắk Nông and Bình Thuận, in degrees.
SOUTH, NORTH, WEST, EAST = 10.4, 12.9, 107.0, 109.1
FARTHEST_FROM_CENTRE_KM = 30
TODAYS_UNITS = ("ward", "commune")


def check(seeds: Seeds) -> list[Fault]:
    """Every fault between the sound records."""
    book = Book(seeds)
    found = [
        Fault(entry.file, entry.code, where, problem)
        for kind, entries in seeds.entries.items()
        for entry in entries
        if entry.sound
        for rule in RULES.get(kind, ())
        for where, problem in rule(entry.raw, book)
    ]
    for file, document in seeds.documents.items():
        for rule in DOCUMENT_RULES.get(file, ()):
            found += [
                Fault(file, document["slug"], where, problem) for where, problem in rule(document, book)
            ]
    return found


def refers(field: str, kind: str, word: str) -> Rule:
    """A rule: the code (or each code) in that field belongs to a record of that kind."""

    def rule(record: Raw, book: Book) -> Problems:
        value = record[field]
        for code in value if isinstance(value, list) else [value]:
            if code is not None and not book.knows(kind, code):
                yield field, f"there is no {word} “{code}”"

    return rule


def _category_tree(record: Raw, book: Book) -> Problems:
    parent = book.get("category", record["parent"])
    if parent and parent["parent"] is not None:
        yield "parent", f"“{record['parent']}” is itself below “{parent['parent']}”; the tree has two levels"


def _place_names_itself(record: Raw, book: Book) -> Problems:
    if record["kind"] in TODAYS_UNITS and record["current_slugs"] != [record["slug"]]:
        yield "current_slugs", "a unit of today must name itself alone"
    names = [place["name"]["vi"] for code in record["current_slugs"] if (place := book.get("place", code))]
    if len(names) == len(record["current_slugs"]) and record["current_name"] != "; ".join(names):
        yield "current_name", f"does not agree with current_slugs, which say “{'; '.join(names)}”"
    communes = ", ".join(unit["commune"] for unit in record["former_units"]) or None
    if record["former"]["commune"] != communes:
        yield "former.commune", "does not agree with former_units"


def _point(record: Raw, book: Book) -> Problems:
    known = [record[field] is not None for field in ("lat", "lon", "coords_approximate")]
    if any(known) != all(known):
        yield "lat", "lat, lon and coords_approximate must be known together or null together"
    yield from _inside_province(record, book)
    place = book.get("place", record["place"]["slug"]) if "place" in record else None
    if place and all(known):
        own, centre = Point(record["lat"], record["lon"]), Point(place["lat"], place["lon"])
        if distance_km(own, centre) > FARTHEST_FROM_CENTRE_KM:
            yield "lat", f"is more than {FARTHEST_FROM_CENTRE_KM} km from the centre of {place['slug']}"


def _inside_province(record: Raw, _book: Book) -> Problems:
    lat, lon = record["lat"], record["lon"]
    if lat is not None and lon is not None and not _is_inside(lat, lon):
        exchanged = ": lat and lon look exchanged" if _is_inside(lon, lat) else ""
        yield "lat", f"({lat}, {lon}) is outside the province{exchanged}"


def _is_inside(lat: float, lon: float) -> bool:
    return SOUTH <= lat <= NORTH and WEST <= lon <= EAST


def _place_of(record: Raw, book: Book) -> Problems:
    place = record["place"]
    if place["slug"] and not book.knows("place", place["slug"]):
        yield "place.slug", f"there is no place “{place['slug']}”"
        return
    target = book.get("place", place["slug"])
    today = target is not None and target["kind"] in TODAYS_UNITS
    if place["slug"] and target is None:
        return
    if place["current"] != (target["name"]["vi"] if target and today else None):
        yield (
            "place.current",
            "must be the Vietnamese name of the unit in place.slug, or null for an old unit",
        )
    yield from _former_place(place, target, book)


def _former_place(place: Raw, target: Raw | None, book: Book) -> Problems:
    communes = place["former_commune"].split("; ") if place["former_commune"] else []
    district = place["former_district"]
    known = {commune for commune, _ in book.former_units}
    for commune in communes:
        if commune not in known:
            yield "place.former_commune", f"“{commune}” is not a former unit of any place"
        elif (
            target
            and target["kind"] in TODAYS_UNITS
            and book.former_units.get((commune, district)) != target["slug"]
        ):
            yield "place.former_commune", f"“{commune}” ({district}) was not merged into {target['slug']}"
    if target is None or not district:
        return
    if target["kind"] in TODAYS_UNITS:
        if district not in {unit["district"] for unit in target["former_units"]}:
            yield "place.former_district", f"“{district}” is not a former district of {target['slug']}"
    elif district != target["former"]["district"]:
        yield "place.former_district", f"does not agree with {target['slug']}"


def _recognition(record: Raw, _book: Book) -> Problems:
    if record["recognised_year"] and record["recognition_status"] != "recognised":
        yield "recognised_year", "is given although recognition_status is not “recognised”"


def _stops(record: Raw, book: Book) -> Problems:
    kinds = {"village": "craft_village", "producer": "producer", "poi": "point_of_interest"}
    seen: set[tuple[str, str]] = set()
    for place, stop in enumerate(record["stops"]):
        target = stop["kind"], stop["slug"]
        if not book.knows(kinds[stop["kind"]], stop["slug"]):
            yield f"stops[{place}].slug", f"there is no {stop['kind']} “{stop['slug']}”"
        if target in seen:
            yield f"stops[{place}].slug", f"the route already stops at “{stop['slug']}”"
        seen.add(target)


def _distance(record: Raw, _book: Book) -> Problems:
    if record["distance_km"] is not None and record["distance_km"] <= 0:
        yield "distance_km", "must be more than 0"


def _flower_category(record: Raw, book: Book) -> Problems:
    line = book.line(record["category"])
    if line and "flowers" not in line:
        yield "category", f"“{record['category']}” is not below “flowers”"


def _growing_areas(record: Raw, book: Book) -> Problems:
    for place, area in enumerate(record["growing_areas"]):
        if not book.knows("place", area["place"]):
            yield f"growing_areas[{place}].place", f"there is no place “{area['place']}”"
        if area["village"] and not book.knows("craft_village", area["village"]):
            yield f"growing_areas[{place}].village", f"there is no craft village “{area['village']}”"
        village = book.get("craft_village", area["village"])
        if village and village["place"]["slug"] != area["place"]:
            yield f"growing_areas[{place}].place", f"{area['village']} lies in {village['place']['slug']}"


def _of_its_producer(record: Raw, book: Book) -> Problems:
    maker = book.get("producer", record["producer"])
    if maker is None:
        return
    if record["village"] != maker["village"]:
        yield "village", f"must be its producer's village: {maker['village'] or 'null'}"
    if record["flower"] and record["flower"] not in maker["flowers"]:
        yield "flower", f"“{record['flower']}” is not among the flowers of {maker['slug']}"
    for country in record["export_markets"]:
        if country not in maker["export_markets"]:
            yield "export_markets", f"{country} is not among the markets of {maker['slug']}"


def _under_its_category(record: Raw, book: Book) -> Problems:
    line = book.line(record["category"])
    headings = [heading for code in line for heading in book.all("category")[code]["hs_codes"]]
    code = record["hs_code"]
    if code and headings and not any(code.startswith(h) or h.startswith(code) for h in headings):
        yield "hs_code", f"{code} is not below a heading of category “{record['category']}”"
    if line and ("wine-spirits" in line) != bool(record["specs"].get("contains_alcohol")):
        yield "specs.contains_alcohol", "must be true in “wine-spirits” and absent elsewhere"


def _ranges(record: Raw, _book: Book) -> Problems:
    """Every {min, max} inside stands in order."""

    def visit(value: Any, path: str) -> Problems:
        if isinstance(value, list):
            for place, part in enumerate(value):
                yield from visit(part, f"{path}[{place}]")
        elif isinstance(value, dict):
            low, high = value.get("min"), value.get("max")
            if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
                yield path, "min is greater than max"
            for key, part in value.items():
                yield from visit(part, f"{path}.{key}" if path else key)

    return visit(record, "")


def _zone_place(record: Raw, book: Book) -> Problems:
    place = record["place"]
    for name in place["current"].split("; ") if place["current"] else ():
        if name not in book.place_names:
            yield "place.current", f"there is no place named “{name}”"
    if place["former_district"] and place["former_district"] not in book.old_districts:
        yield "place.former_district", f"there is no old city or district named “{place['former_district']}”"


def _centre_locations(document: Raw, book: Book) -> Problems:
    for place, location in enumerate(document["locations"]):
        for rule in (_place_of, _point):
            for field, problem in rule(location, book):
                yield f"locations[{place}].{field}", problem


def _distinct(part: str) -> Rule:
    """A rule: the codes in that part of a document are unique."""

    def rule(document: Raw, _book: Book) -> Problems:
        codes = [item["code"] for item in document[part]]
        for place, code in enumerate(codes):
            if code in codes[:place]:
                yield f"{part}[{place}].code", f"“{code}” is already used"

    return rule


def _resolution_references(document: Raw, book: Book) -> Problems:
    targets = {target["code"] for target in document["targets"]}
    for place, outcome in enumerate(document["outcomes"]):
        if outcome["related_target"] and outcome["related_target"] not in targets:
            yield f"outcomes[{place}].related_target", f"there is no target “{outcome['related_target']}”"
    kinds = {"certification_schemes.json": "certification_scheme", "industrial-zones.json": "industrial_zone"}
    for place, solution in enumerate(document["solutions"]):
        related = solution["related"] or {}
        kind = kinds.get(related.get("file", ""))
        for code in (related.get("code"), *related.get("slugs", ())):
            if kind and code and not book.knows(kind, code):
                yield f"solutions[{place}].related", f"“{code}” is not in {related['file']}"


RULES: dict[str, tuple[Rule, ...]] = {
    "category": (refers("parent", "category", "category"), _category_tree),
    "place": (refers("current_slugs", "place", "place"), _place_names_itself, _point),
    "craft_village": (refers("craft", "category", "category"), _recognition, _place_of, _point),
    "point_of_interest": (_place_of, _point),
    "flower_variety": (refers("category", "category", "category"), _flower_category, _growing_areas, _ranges),
    "producer": (
        refers("village", "craft_village", "craft village"),
        refers("flowers", "flower_variety", "flower"),
        _place_of,
        _point,
        claims.on_producer,
    ),
    "certification_scheme": (
        refers("applies_to", "category", "category"),
        refers("applies_to_unconfirmed", "category", "category"),
        refers("areas", "place", "place"),
        claims.mark_keeps_to_its_goods,
    ),
    "product": (
        refers("producer", "producer", "producer"),
        refers("village", "craft_village", "craft village"),
        refers("category", "category", "category"),
        refers("flower", "flower_variety", "flower"),
        _of_its_producer,
        _under_its_category,
        _ranges,
        claims.on_product,
    ),
    "tour_route": (_stops, _distance),
    "industrial_zone": (refers("producers", "producer", "producer"), _zone_place, _inside_province),
}
DOCUMENT_RULES: dict[str, tuple[Rule, ...]] = {
    "flower-centre.json": (_centre_locations, _distinct("functions")),
    "resolution.json": (
        _distinct("targets"),
        _distinct("solutions"),
        _distinct("outcomes"),
        _ranges,
        _resolution_references,
    ),
}
