"""Every kind of record as the API tells it: unknown is null, an empty list is none known."""

from __future__ import annotations

from marshmallow import fields

from catalogue.certification.rules import Status
from catalogue.web import labels
from catalogue.web.api.values import (
    LinksSchema,
    PartialDay,
    PointSchema,
    Reading,
    TariffCode,
    Text,
    Word,
    countries,
    maybe,
    months,
    reference,
    references,
    sources,
)

STATUS_WORDS = {status.value: words for status, words in labels.STATUS_WORDS.items()}
EVIDENCE_WORDS = {evidence.value: words for evidence, words in labels.EVIDENCE.items()}


class RecordSchema(Reading):
    """What every record has; `urls` are its pages for people."""

    code = fields.String()
    name = Text(allow_none=False)
    urls = maybe(fields.Nested, nested=LinksSchema)
    sources = sources()


class LocatedSchema(RecordSchema):
    """A record that stands somewhere: in a unit of today, and in those dissolved on 1 July 2025."""

    place = reference()
    former_commune = maybe(fields.String)
    former_district = maybe(fields.String)
    locality = Text()
    point = maybe(fields.Nested, nested=PointSchema)


class UsualTermSchema(Reading):
    """The scheme's usual term, counted from the latest day that the reported date can mean."""

    ends = fields.Date()
    passed = fields.Boolean()


class HolderSchema(Reading):
    """Who holds a certificate: a product or a producer."""

    kind = fields.String()
    code = fields.String()
    name = Text(allow_none=False)


class CertificateSchema(Reading):
    """What one holder has, or is said to have, under one scheme; `status` is worked out for the day `as_of`.

    Only the status `valid` means that it was confirmed and is in force. `unconfirmed` is a claim of a public
    page that the issuer has not confirmed: never show it as a certificate.
    """

    code = fields.String()
    scheme = reference()
    level = maybe(fields.String)
    holder = fields.Nested(HolderSchema)
    status = Word(STATUS_WORDS, metadata={"description": f"One of: {', '.join(Status)}."})
    as_of = fields.Date()
    evidence = Word(EVIDENCE_WORDS)
    number = maybe(fields.String)
    issued = maybe(PartialDay)
    expires = maybe(PartialDay)
    usual_term = maybe(fields.Nested, nested=UsualTermSchema)
    confirmed_on = maybe(fields.Date)
    lookup_code = maybe(fields.String)
    source_url = maybe(fields.String)
    urls = fields.Nested(LinksSchema)


class CertificateInFullSchema(CertificateSchema):
    """A certificate with the products that it covers."""

    products = references()
    sources = sources()


class PhotographSchema(Reading):
    """A photograph in its largest size; show `credit` and `licence` with it. `alt` null: it is decorative."""

    url = fields.Url()
    width = fields.Integer()
    height = fields.Integer()
    alt = Text()
    caption = Text()
    credit = fields.String()
    licence = fields.String()


class CategorySchema(RecordSchema):
    """A kind of product; a category counts everything below it."""

    parent = reference()
    summary = Text()
    hs_codes = fields.List(TariffCode())
    synonyms = fields.Dict(keys=fields.String(), values=fields.List(fields.String()))


class ProductSchema(RecordSchema):
    """A product. `specs` has the keys of the data's documentation; a reported price is not current.

    `price` is the maker's own, for one unit of sale; orders and capacity are in units of sale.
    """

    photographs = fields.List(fields.Nested(PhotographSchema))
    summary = Text()
    description = Text()
    category = reference()
    producer = reference()
    village = reference(metadata={"description": "The product's own village, else null: see its producer's."})
    flower = reference()
    specs = fields.Dict(keys=fields.String())
    unit = maybe(fields.String)
    price = maybe(fields.Float)
    currency = maybe(fields.String)
    price_on_request = maybe(fields.Boolean)
    stock = maybe(fields.String)
    minimum_order = maybe(fields.Integer)
    monthly_capacity = maybe(fields.Integer)
    lead_time_days = maybe(fields.Integer)
    shelf_life_days = maybe(fields.Integer)
    packaging = Text()
    visit = Text()
    hs_code = maybe(TariffCode)
    season_months = months()
    export_markets = countries()
    keywords = fields.Dict(keys=fields.String(), values=fields.List(fields.String()))
    certificates = fields.List(fields.Nested(CertificateSchema))


class ProducerSchema(LocatedSchema):
    """A maker. `visitable` is true where a source describes visits, else null, never false."""

    photographs = fields.List(fields.Nested(PhotographSchema))
    kind = Word(labels.PRODUCER_KINDS)
    village = reference()
    since = maybe(fields.Integer)
    website = maybe(fields.String)
    visitable = maybe(fields.Boolean)
    summary = Text()
    story = Text()
    products_summary = Text()
    opening_hours = Text()
    visiting = Text()
    way = Text()
    payment = Text()
    languages_spoken = fields.List(fields.String(), allow_none=True)
    step_free = maybe(fields.Boolean)
    flowers = references()
    zones = references()
    export_markets = countries()
    certificates = fields.List(fields.Nested(CertificateSchema))
    products = references()


class VillageSchema(LocatedSchema):
    """A craft village or craft area."""

    photographs = fields.List(fields.Nested(PhotographSchema))
    craft = reference()
    ethnic_group = maybe(fields.String)
    recognition = Word(labels.RECOGNITION)
    recognised_year = maybe(fields.Integer)
    decision = maybe(fields.String)
    households = maybe(fields.Integer)
    summary = Text()
    story = Text()
    visit_activities = fields.List(Text())
    visit_months = months()
    visit_notes = Text()
    producers = references()


class SightSchema(LocatedSchema):
    """A point of interest that routes stop at."""

    kind = Word(labels.SIGHTS)
    summary = Text()


class FormerUnitSchema(Reading):
    """A commune, with its district, that was merged into a unit of today."""

    commune = maybe(fields.String)
    district = maybe(fields.String)


class PlaceSchema(RecordSchema):
    """A ward or commune of today, or a city or district dissolved on 1 July 2025."""

    kind = fields.String()
    former_commune = maybe(fields.String)
    former_district = maybe(fields.String)
    former_units = fields.List(fields.Nested(FormerUnitSchema), attribute="names")
    current = references(metadata={"description": "The units of today on its territory."})
    point = maybe(fields.Nested, nested=PointSchema)
    note = Text()


class StopSchema(Reading):
    """A stop of a route: a village, producer or sight. `minutes` on site, without the way there."""

    position = fields.Integer()
    kind = fields.String()
    code = fields.String()
    name = Text(allow_none=False)
    minutes = maybe(fields.Integer)
    note = Text()
    point = maybe(fields.Nested, nested=PointSchema)


class RouteSchema(RecordSchema):
    """A tour route with its stops in order, and its files for navigators and calendars."""

    photographs = fields.List(fields.Nested(PhotographSchema))
    days = fields.Integer()
    mode = Word(labels.MODES)
    distance_km = maybe(fields.Float)
    season_months = months()
    theme = Text()
    summary = Text()
    story = Text()
    stops = fields.List(fields.Nested(StopSchema))
    gpx = fields.Nested(LinksSchema)
    ics = fields.Nested(LinksSchema)


class RouteStopSchema(StopSchema):
    """A stop with the route that it belongs to."""

    route = reference()


class CoverageSchema(Reading):
    """A category that a scheme may cover, with everything below it."""

    code = fields.String()
    name = Text(allow_none=False)
    agreed_only = fields.Boolean(
        metadata={"description": "Agreed by the province, registration not confirmed."}
    )


class SchemeSchema(RecordSchema):
    """A mark, rating, standard or title."""

    issuer = Text()
    scope = Text()
    summary = Text()
    legal_basis = Text()
    granted_to = Word(labels.HOLDERS)
    validity_months = maybe(fields.Integer)
    levels = fields.List(fields.String())
    categories = fields.List(fields.Nested(CoverageSchema))
    areas = references()
    url = maybe(fields.String)


class ZoneSchema(LocatedSchema):
    """An industrial park, industrial or textile cluster; areas that sources give differently side by side."""

    kind = fields.String()
    status_code = fields.String()
    status = Text()
    area_ha = maybe(fields.Float)
    areas = fields.List(fields.Dict(keys=fields.String()))
    investor = Text()
    sectors = Text()
    summary = Text()


class FlowerSchema(RecordSchema):
    """A kind of flower or foliage. Vase life is general florist data, not measured in Đà Lạt."""

    scientific_name = maybe(fields.String)
    category = reference()
    trade_group = fields.String()
    form = fields.String()
    hs_code = TariffCode()
    season_months = months()
    vase_life_days = maybe(fields.Dict, keys=fields.String())
    grading = maybe(fields.Dict, keys=fields.String())
    summary = Text()
    description = Text()


class PlannedSchema(Reading):
    """A line of what is planned or aimed at; `urls` are the page that tells all of it."""

    code = fields.String()
    urls = fields.Nested(LinksSchema)
    sources = sources()


class MilestoneSchema(PlannedSchema):
    """A dated step of the Flower Trading Centre, always with how the centre stands."""

    centre = reference()
    centre_status = Text(allow_none=False)
    date = PartialDay()
    event = Text(allow_none=False)


class TargetSchema(PlannedSchema):
    """A figure that the resolution aims at, as a range; nothing here says that it was reached."""

    indicator = Text(allow_none=False)
    unit = Text()
    period_from = maybe(fields.Integer)
    period_to = maybe(fields.Integer)
    baseline = maybe(fields.Float)
    min = maybe(fields.Float)
    max = maybe(fields.Float)
    note = Text()


class OutcomeSchema(PlannedSchema):
    """A published figure. `nature` says whether it was reported, estimated or forecast; `scope` is the
    province before or since July 2025, null where the source does not say which."""

    target = maybe(fields.String)
    indicator = Text(allow_none=False)
    scope = maybe(fields.String)
    year = maybe(fields.Integer)
    period = fields.String()
    bound = maybe(fields.String)
    value = maybe(fields.Float)
    value_min = maybe(fields.Float)
    value_max = maybe(fields.Float)
    unit = Text()
    nature = Word(labels.NATURES)
    note = Text()
