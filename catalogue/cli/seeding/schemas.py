"""The shape of every record in the seed lists: keys, types, ranges and value lists."""

from __future__ import annotations

from catalogue.certification.rules import Holder
from catalogue.cli.seeding import values as v
from catalogue.cli.seeding.values import Range, Shape, WordLists
from catalogue.places.rules import PlaceKind, Recognition
from catalogue.producers.rules import ProducerKind

UNITS = [
    "bag",
    "bunch",
    "cutting",
    "jar",
    "kg",
    "m",
    "pair",
    "piece",
    "plant",
    "pot",
    "session",
    "set",
    "stem",
]
POI_KINDS = [
    "airport",
    "archaeology",
    "cable-car",
    "church",
    "farm",
    "garden",
    "junction",
    "lake",
    "landmark",
    "market",
    "mountain",
    "national-park",
    "palace",
    "park",
    "pass",
    "showroom",
    "station",
    "temple",
    "town",
    "viewpoint",
    "waterfall",
]
FLOWER_GROUPS = [
    "bulb",
    "carnation",
    "chrysanthemum",
    "field",
    "filler",
    "foliage",
    "gerbera",
    "gladiolus",
    "lily",
    "lisianthus",
    "orchid",
    "pot",
    "preserved",
    "rose",
    "shrub",
    "tropical",
]
FLOWER_FORMS = ["cut", "pot", "cut-and-pot", "dried", "foliage", "field"]
PRODUCT_KINDS = ["cut", "pot", "foliage", "preserved", "young-plant", "craft"]
STEM_LENGTH_KINDS = ["classes", "popular", "maximum", "thresholds"]
VOLUME_KINDS = ["output", "capacity", "export", "plan", "sold"]


class Pointed(Shape):
    """A point on the map: all three known together, or none."""

    lat = v.number(null=True)
    lon = v.number(null=True)
    coords_approximate = v.flag(null=True)


class PlaceOf(Shape):
    """Where a record stands, in today's units and in those before July 2025."""

    slug = v.code(null=True)
    current = v.text(null=True)
    former_commune = v.text(null=True)
    former_district = v.text(null=True)
    locality = v.pair(null=True)


class Claim(Shape):
    """A page said that this scheme was granted."""

    scheme = v.code()
    level = v.text(null=True)
    number = v.text(null=True)
    issued = v.partial_date(null=True)
    expires = v.partial_date(null=True)
    source = v.url()


class Category(Shape):
    code = v.code()
    parent = v.code(null=True)
    name = v.pair()
    summary = v.pair()
    hs_codes = v.many(v.hs_heading())
    synonyms = v.one(WordLists)


class Scheme(Shape):
    code = v.code()
    name = v.pair()
    issuer = v.pair()
    scope = v.pair()
    summary = v.pair()
    areas = v.many(v.code(), least=1, null=True)
    levels = v.many(v.text())
    granted_to = v.choice(Holder)
    validity_months = v.positive(null=True)
    legal_basis = v.pair(null=True)
    applies_to = v.many(v.code(), least=1)
    applies_to_unconfirmed = v.many(v.code())
    url = v.url(null=True)
    sources = v.sources()


class FormerUnit(Shape):
    commune = v.text()
    district = v.text()


class Former(Shape):
    commune = v.text(null=True)
    district = v.text()


class Place(Shape):
    slug = v.code()
    name = v.pair()
    kind = v.choice(PlaceKind)
    current_name = v.text()
    current_slugs = v.many(v.code(), least=1)
    former = v.one(Former)
    former_units = v.several(FormerUnit)
    lat = v.number()
    lon = v.number()
    coords_approximate = v.flag()
    note = v.pair()
    sources = v.sources()


class Visit(Shape):
    activities = v.many(v.pair())
    best_months = v.months(null=True)
    notes = v.pair(null=True)


class Village(Pointed):
    slug = v.code()
    name = v.pair()
    craft = v.code()
    ethnic_group = v.text(null=True)
    place = v.one(PlaceOf)
    recognition_status = v.choice(Recognition)
    recognised_year = v.year(null=True)
    decision = v.text(null=True)
    households = v.positive(null=True)
    summary = v.pair()
    story = v.pair()
    visit = v.one(Visit)
    sources = v.sources()


class PointOfInterest(Pointed):
    slug = v.code()
    name = v.pair()
    kind = v.choice(POI_KINDS)
    place = v.one(PlaceOf)
    summary = v.pair()
    sources = v.sources()


class Stop(Shape):
    kind = v.choice(("village", "producer", "poi"))
    slug = v.code()
    minutes = v.positive()
    note = v.pair()


class Route(Shape):
    slug = v.code()
    name = v.pair()
    days = v.positive()
    mode = v.choice(("motorbike", "car", "mixed"))
    distance_km = v.number(null=True)
    season_months = v.months()
    theme = v.pair()
    summary = v.pair()
    story = v.pair()
    stops = v.several(Stop, least=2)
    sources = v.sources()


class Grading(Shape):
    stem_length_cm = v.many(v.number(), least=1, null=True)
    stem_length_kind = v.choice(STEM_LENGTH_KINDS, null=True)
    bunch_size = v.whole(null=True)
    sale_unit = v.choice(("stems", "pots", "kg"), null=True)
    grade_names = v.many(v.pair(), least=1, null=True)
    note = v.pair(null=True)
    sources = v.sources()


class GrowingArea(Shape):
    place = v.code()
    village = v.code(null=True)
    label = v.pair()


class Flower(Shape):
    slug = v.code()
    name = v.pair()
    scientific_name = v.text(null=True)
    category = v.code()
    group = v.choice(FLOWER_GROUPS)
    form = v.choice(FLOWER_FORMS)
    vbn_group = v.choice((None,), null=True)  # the list is under licence
    hs_code = v.hs_code()
    grading = v.one(Grading, null=True)
    season_months = v.months(null=True)
    vase_life_days = v.one(Range, null=True)
    growing_areas = v.several(GrowingArea, least=1)
    hoa_da_lat_mark = v.flag()
    summary = v.pair()
    description = v.pair()
    keywords = v.one(WordLists)
    sources = v.sources()


class Producer(Pointed):
    slug = v.code()
    name = v.pair()
    kind = v.choice(ProducerKind)
    village = v.code(null=True)
    place = v.one(PlaceOf)
    since = v.year(null=True)
    website = v.url(null=True)
    products_summary = v.pair()
    export_markets = v.many(v.country())
    certifications = v.several(Claim)
    visitable = v.choice((True,), null=True)
    summary = v.pair()
    story = v.pair()
    flowers = v.many(v.code())
    sources = v.sources()


class Volume(Shape):
    kind = v.choice(VOLUME_KINDS)
    min = v.whole(null=True)
    max = v.whole(null=True)
    unit = v.choice(UNITS)
    per = v.choice(("week", "year", "season"))
    as_of = v.partial_date(null=True)


class Sizes(Shape):
    min = v.many(v.number(), least=2, unique=False)
    max = v.many(v.number(), least=2, unique=False)


_MAYBE = {"required": False}


class Specs(Shape):
    """What sources say of a product; each key stands only where a source gives it."""

    technique = v.pair(**_MAYBE)
    material = v.pair(**_MAYBE)
    finish = v.pair(**_MAYBE)
    fibre = v.pair(**_MAYBE)
    process = v.pair(**_MAYBE)
    method = v.pair(**_MAYBE)
    colour = v.pair(**_MAYBE)
    length_cm = v.one(Range, **_MAYBE)
    width_cm = v.one(Range, **_MAYBE)
    stem_length_cm = v.one(Range, **_MAYBE)
    making_time_days = v.one(Range, **_MAYBE)
    drying_days = v.one(Range, **_MAYBE)
    pairs_usual = v.one(Range, **_MAYBE)
    price_reported_vnd = v.one(Range, **_MAYBE)
    keeps_years = v.one(Range, **_MAYBE)
    vase_life_days = v.one(Range, **_MAYBE)
    spikes_per_pot = v.one(Range, **_MAYBE)
    flowers_per_spike = v.one(Range, **_MAYBE)
    rootstock_age_years = v.one(Range, **_MAYBE)
    size_cm = v.one(Sizes, **_MAYBE)
    length_m = v.number(**_MAYBE)
    weight_t = v.number(**_MAYBE)
    altitude_m = v.number(**_MAYBE)
    cup_score = v.number(**_MAYBE)
    bunch_size = v.whole(**_MAYBE)
    varieties_count = v.whole(**_MAYBE)
    colours_count = v.whole(**_MAYBE)
    award_year = v.year(**_MAYBE)
    price_year = v.year(null=True, **_MAYBE)
    contains_alcohol = v.choice((True,), **_MAYBE)
    pack_sizes_kg = v.many(v.number(), least=1, **_MAYBE)
    grades = v.many(v.text(), least=1, **_MAYBE)
    varieties_grown = v.many(v.text(), least=1, **_MAYBE)
    marketplace = v.text(**_MAYBE)
    ocop_round = v.ocop_round(**_MAYBE)
    ocop_status = v.choice(("proposed-5", "expired-2024"), **_MAYBE)
    product_kind = v.choice(PRODUCT_KINDS, **_MAYBE)
    volumes = v.several(Volume, least=1, **_MAYBE)


class Product(Shape):
    slug = v.code()
    producer = v.code()
    village = v.code(null=True)
    category = v.code()
    flower = v.code(null=True)
    name = v.pair()
    summary = v.pair()
    description = v.pair()
    specs = v.one(Specs)
    unit = v.choice(UNITS, null=True)
    hs_code = v.hs_code(null=True)
    season_months = v.months(null=True)
    certifications = v.several(Claim)
    export_markets = v.many(v.country())
    keywords = v.one(WordLists)
    sources = v.sources()
