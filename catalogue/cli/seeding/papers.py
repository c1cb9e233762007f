"""How the documents become rows: industrial zones, flower centre, grading standards, resolution."""

from __future__ import annotations

from collections.abc import Callable

from catalogue.cli.seeding.book import Book
from catalogue.cli.seeding.kinds import point, record
from catalogue.cli.seeding.reading import ZONES, Entry, Raw, Seeds
from catalogue.cli.seeding.rows import (
    Kind,
    Lookup,
    Values,
    child,
    cited,
    copied,
    numbered,
    texts,
    with_values,
)
from catalogue.flower_centre.models import FlowerCentre, Milestone, PlannedFunction
from catalogue.flowers.models import GradingStandard
from catalogue.places.models import IndustrialZone, ZonePlace, ZoneSurvey
from catalogue.producers.models import ProducerZone
from catalogue.resolution.models import Outcome, Resolution, Solution, Target, Task

CENTRE_FILE, STANDARDS_FILE, RESOLUTION_FILE = (
    "flower-centre.json",
    "flower-standards.json",
    "resolution.json",
)
# What the resolution's own columns and parts hold; the rest of the document is kept as `details`.
RESOLUTION_COLUMNS = (
    "slug title issuer number focus orientation_2030 sources targets tasks solutions outcomes"
)
# The survey of the zones; the zones themselves are records.
SURVEY, SURVEY_PARTS = "industrial-zones", ("zones", "sources")
OUTCOME_COLUMNS = "code indicator year value unit source"


def _dates(document: Raw) -> dict[str, Raw]:
    """A document's dated sources by address."""
    return {source["url"]: source for source in document["sources"]}


def _zones(seeds: Seeds, _book: Book) -> list[Entry]:
    dates = _dates(seeds.documents[ZONES.pattern])
    return [with_values(entry, cited=cited(entry.raw["sources"], dates)) for entry in seeds.of(ZONES.kind)]


def _zone(raw: Raw, look: Lookup) -> Values:
    place = raw["place"]
    return (
        record(raw)
        | point(raw)
        | copied(
            raw, "kind proposed_kind named_in_resolution status_code area_ha areas other_enterprises figures"
        )
        | texts(raw, "status investor sectors summary")
        | copied(place, "former_commune former_district")
        | {
            "sources": raw["cited"],
            "place_id": look.id("place", _zone_place(place, look.book)),
            "place_inferred": place["inferred"],
        }
    )


def _zone_place(place: Raw, book: Book) -> str | None:
    """Today's unit where it is one and known, else the old city or district."""
    current = book.place_names.get(place["current"] or "")
    return current or book.old_districts.get(place["former_district"] or "")


def _zone_units(raw: Raw, look: Lookup) -> list[Values]:
    """Every unit of today that the zone's place names; the data joins several by semicolons."""
    names = (raw["place"]["current"] or "").split("; ")
    codes = [look.book.place_names[name] for name in names if name in look.book.place_names]
    return [{"place_id": look.id("place", code)} for code in codes]


def _survey(seeds: Seeds, _book: Book) -> list[Entry]:
    """The document around the zones, by the name of its file."""
    return [Entry(ZONES.pattern, SURVEY, seeds.documents[ZONES.pattern])]


def _survey_values(raw: Raw, _look: Lookup) -> Values:
    kept = {name: value for name, value in raw.items() if name not in SURVEY_PARTS}
    return {"code": SURVEY, "details": kept, "sources": raw["sources"]}


def _zone_producers(raw: Raw, look: Lookup) -> list[Values]:
    return [{"producer_id": look.id("producer", code)} for code in raw["producers"]]


def _document(file: str) -> Callable[[Seeds, Book], list[Entry]]:
    """The one entry of a document that is itself a record."""

    def entries(seeds: Seeds, _book: Book) -> list[Entry]:
        document = seeds.documents[file]
        return [Entry(file, document["slug"], document)]

    return entries


def _centre(raw: Raw, _look: Lookup) -> Values:
    return (
        record(raw)
        | copied(raw, "status_code opened website locations area capacity investor")
        | texts(raw, "purpose history status disclaimer")
    )


def _milestones(raw: Raw, _look: Lookup) -> list[Values]:
    return numbered(
        copied(step, "date") | texts(step, "event") | {"sources": cited(step["sources"])}
        for step in raw["milestones"]
    )


def _functions(raw: Raw, _look: Lookup) -> list[Values]:
    return numbered(
        copied(function, "code") | texts(function, "name") | {"sources": cited(function["sources"])}
        for function in raw["functions"]
    )


def _standards(seeds: Seeds, _book: Book) -> list[Entry]:
    """Each scale or code list of the document is a record; its sources stand beside its body."""
    document = seeds.documents[STANDARDS_FILE]
    bodies = {code: dict(document[code]) for code in ("stem_length_codes", "quality_classes", "kifa_grades")}
    bodies["vbn_characteristics"] = {
        "codes": document["vbn_characteristics"],
        "note": document["vbn_note"],
        "sources": document["vbn_sources"],
    }
    bodies["hs_codes"] = {"codes": document["hs_codes"], "sources": document["hs_sources"]}
    names = {section: section.replace("_", "-") for section in bodies}
    return [
        Entry(
            STANDARDS_FILE,
            code,
            {"code": code, "sources": bodies[section].pop("sources"), "body": bodies[section]},
        )
        for section, code in names.items()
    ]


def _standard(raw: Raw, _look: Lookup) -> Values:
    return copied(raw, "code body") | {"sources": cited(raw["sources"])}


def _resolution(raw: Raw, _look: Lookup) -> Values:
    kept = set(RESOLUTION_COLUMNS.split())
    return (
        copied(raw, "number sources")
        | texts(raw, "title issuer focus orientation_2030")
        | {"code": raw["slug"], "details": {name: value for name, value in raw.items() if name not in kept}}
    )


def _targets(raw: Raw, _look: Lookup) -> list[Values]:
    dates = _dates(raw)
    return numbered(
        copied(target, "code period_from period_to baseline min max")
        | texts(target, "indicator unit note")
        | {"sources": cited(dict.fromkeys([target["source"], *target["sources"]]), dates)}
        for target in raw["targets"]
    )


def _tasks(raw: Raw, _look: Lookup) -> list[Values]:
    in_order = sorted(raw["tasks"], key=lambda task: task["order"])
    return numbered(texts(task, "text catalogue_link") for task in in_order)


def _solutions(raw: Raw, _look: Lookup) -> list[Values]:
    dates = _dates(raw)
    return numbered(
        copied(solution, "code related")
        | texts(solution, "name what catalogue_part later")
        | {"sources": cited(solution["sources"], dates)}
        for solution in raw["solutions"]
    )


def _outcomes(raw: Raw, _look: Lookup) -> list[Values]:
    dates, kept = _dates(raw), set(OUTCOME_COLUMNS.split())
    return numbered(
        copied(outcome, "code year value")
        | texts(outcome, "indicator unit")
        | {
            "details": {name: value for name, value in outcome.items() if name not in kept},
            "sources": cited([outcome["source"]], dates),
        }
        for outcome in raw["outcomes"]
    )


PAPERS: tuple[Kind, ...] = (
    Kind(
        ZONES.kind,
        "industrial zones",
        IndustrialZone,
        _zones,
        _zone,
        (child(ProducerZone, "zone_id", _zone_producers), child(ZonePlace, "zone_id", _zone_units)),
    ),
    Kind("zone_survey", "survey of the zones", ZoneSurvey, _survey, _survey_values),
    Kind(
        "flower_centre",
        "flower centre",
        FlowerCentre,
        _document(CENTRE_FILE),
        _centre,
        (child(Milestone, "centre_id", _milestones), child(PlannedFunction, "centre_id", _functions)),
    ),
    Kind("grading_standard", "grading standards", GradingStandard, _standards, _standard),
    Kind(
        "resolution",
        "resolution",
        Resolution,
        _document(RESOLUTION_FILE),
        _resolution,
        (
            child(Target, "resolution_id", _targets),
            child(Task, "resolution_id", _tasks),
            child(Solution, "resolution_id", _solutions),
            child(Outcome, "resolution_id", _outcomes),
        ),
    ),
)
