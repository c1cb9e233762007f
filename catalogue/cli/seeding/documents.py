"""The shape of the seed files that are one document each: flower centre, standards, zones, resolution."""

from __future__ import annotations

from marshmallow import fields

from catalogue.cli.seeding import values as v
from catalogue.cli.seeding.schemas import PlaceOf, Pointed
from catalogue.cli.seeding.values import Shape

ZONE_KINDS = ["industrial_park", "industrial_cluster", "textile_cluster", "proposed"]
ZONE_STATES = ["operating", "established", "planned", "proposed"]


class Location(Pointed):
    name = v.pair()
    status = v.choice(("current-plan", "earlier-option"))
    place = v.one(PlaceOf)
    sources = v.sources()


class Milestone(Shape):
    date = v.partial_date()
    event = v.pair()
    sources = v.sources()


class PlannedFunction(Shape):
    code = v.code()
    name = v.pair()
    sources = v.sources()


class FlowerCentre(Shape):
    slug = v.code()
    name = v.pair()
    kind = v.choice(("planned-facility",))
    purpose = v.pair()
    locations = v.several(Location, least=1)
    area = v.free(dict)
    capacity = v.free(dict)
    investor = v.free(dict)
    history = v.pair()
    milestones = v.several(Milestone, least=1)
    functions = v.several(PlannedFunction, least=1)
    status = v.pair()
    status_code = v.choice(("planned",))
    opened = v.choice((None,), null=True)
    website = v.url(null=True)
    disclaimer = v.pair()
    sources = v.sources()


class LengthCode(Shape):
    code = v.whole()
    min_cm = v.whole(null=True)
    max_cm = v.whole(null=True)


class LengthCodes(Shape):
    name = v.pair()
    note = v.pair()
    codes = v.several(LengthCode, least=1)
    sources = v.sources()


class Named(Shape):
    code = v.text()
    name = v.pair()


class QualityClasses(Shape):
    codes = v.several(Named, least=1)
    named_standards = v.several(Named, least=1)
    sources = v.sources()


class AuctionGrades(Shape):
    codes = v.many(v.text(), least=1)
    note = v.pair()
    sources = v.sources()


class TariffCode(Shape):
    code = v.hs_code()
    name = v.pair()


class FlowerStandards(Shape):
    stem_length_codes = v.one(LengthCodes)
    quality_classes = v.one(QualityClasses)
    vbn_characteristics = v.several(Named, least=1)
    vbn_sources = v.sources()
    vbn_note = v.pair()
    kifa_grades = v.one(AuctionGrades)
    hs_codes = v.several(TariffCode, least=1)
    hs_sources = v.sources()


class DatedSource(Shape):
    url = v.url()
    published = v.partial_date(null=True)
    read = v.partial_date(null=True)


class Document(Shape):
    """What the background documents share."""

    read_on = v.partial_date()
    read_note = v.pair()
    sources = v.several(DatedSource, least=1)
    gaps = v.many(v.pair())


class ZonePlace(Shape):
    current = v.text(null=True)
    former_commune = v.text(null=True)
    former_district = v.text(null=True)
    inferred = v.flag()


class Zone(Pointed):
    slug = v.code()
    name = v.pair()
    kind = v.choice(ZONE_KINDS)
    proposed_kind = v.choice(ZONE_KINDS, null=True)
    named_in_resolution = v.choice(("zone", "district", "no"))
    status_code = v.choice(ZONE_STATES)
    status = v.pair()
    place = v.one(ZonePlace)
    area_ha = v.number(null=True)
    areas = v.free(list)
    investor = v.pair(null=True)
    sectors = v.pair(null=True)
    summary = v.pair()
    producers = v.many(v.code())
    other_enterprises = v.free(list)
    figures = v.free(list)
    sources = v.sources()


class IndustrialZones(Document):
    """The document around the zones; they are judged one by one, as `Zone`."""

    coords_note = v.pair()
    place_note = v.pair()
    named_in_resolution_values = v.free(dict)
    kinds = v.many(v.choice(ZONE_KINDS))
    status_codes = v.many(v.choice(ZONE_STATES))
    managed_by = v.free(list)
    zones = fields.List(fields.Raw(), required=True, error_messages=v.WORDS)
    province_figures = v.free(list)
    conflicts = v.free(list)
    history = v.free(list)


class Target(Shape):
    code = v.code()
    indicator = v.pair()
    period_from = v.year(null=True)
    period_to = v.year(null=True)
    baseline = v.number(null=True)
    min = v.number(null=True)
    max = v.number(null=True)
    unit = v.pair()
    note = v.pair(null=True)
    source = v.url()
    sources = v.sources()


class Task(Shape):
    order = v.positive()
    text = v.pair()
    catalogue_link = v.pair(null=True)


class Solution(Shape):
    code = v.code()
    name = v.pair()
    what = v.pair()
    catalogue_part = v.pair()
    related = v.free(dict, null=True)
    later = v.pair(null=True)
    sources = v.sources()


class Outcome(Shape):
    code = v.code()
    indicator = v.pair()
    year = v.year()
    period = v.text()
    value = v.number(null=True)
    value_min = v.number(null=True)
    value_max = v.number(null=True)
    bound = v.text(null=True)
    unit = v.pair()
    scope = v.text(null=True)
    nature = v.text()
    related_target = v.code(null=True)
    note = v.pair(null=True)
    source = v.url()


class Resolution(Document):
    slug = v.code()
    title = v.pair()
    number = v.text(null=True)
    symbol = v.text(null=True)
    date = v.partial_date(null=True)
    number_note = v.pair()
    number_sources = v.sources()
    issuer = v.pair()
    territory = v.free(dict)
    focus = v.pair()
    objectives_count_stated = v.whole()
    objectives = v.free(list)
    objectives_note = v.pair()
    orientation_2030 = v.pair()
    targets = v.several(Target, least=1)
    tasks_count_stated = v.whole()
    tasks = v.several(Task, least=1)
    tasks_note = v.pair()
    solutions = v.several(Solution, least=1)
    local_plans = v.free(list)
    outcomes = v.several(Outcome)
