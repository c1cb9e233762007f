"""The shape of the seed files about trade promotion and about the province's mark."""

from __future__ import annotations

from catalogue.cli.seeding import values as v
from catalogue.cli.seeding.documents import Document
from catalogue.cli.seeding.values import Shape
from catalogue.showcase.rules import EventStatus, SaleKind


class PromotionBody(Shape):
    slug = v.code()
    name = v.pair()
    abbreviations = v.many(v.text())
    status_code = v.code()
    status = v.pair()
    names = v.free(list)
    address = v.pair(null=True)
    phone = v.text(null=True)
    email = v.text(null=True)
    website = v.url(null=True)
    portals = v.free(list)
    functions = v.free(list)
    partners = v.free(list)
    since_merger = v.free(list)


class SalePlace(Shape):
    current = v.text(null=True)
    former_commune = v.text(null=True)
    former_district = v.text(null=True)


class Outlet(Shape):
    """What every point of sale states; no source gives a point on the map."""

    slug = v.code()
    name = v.pair()
    place = v.one(SalePlace)
    lat = v.choice((None,), null=True)
    lon = v.choice((None,), null=True)
    coords_approximate = v.flag(null=True)
    summary = v.pair()
    still_open = v.flag(null=True)
    sources = v.sources()


class MarkOutlet(Outlet):
    address = v.pair(null=True)
    announced = v.partial_date(null=True)
    announced_by = v.pair(null=True)
    phone = v.text(null=True)


class OtherOutlet(Outlet):
    kind = v.choice(SaleKind)
    as_of = v.partial_date(null=True)


class Brand(Shape):
    scheme = v.code()
    website = v.url(null=True)
    website_note = v.pair(null=True)
    points_of_sale = v.several(MarkOutlet)
    figures = v.free(list)


class Conflict(Shape):
    value = v.pair()
    source = v.url()


class TradeEvent(Shape):
    slug = v.code()
    name = v.pair()
    date_from = v.partial_date()
    date_to = v.partial_date(null=True)
    date_conflicts = v.several(Conflict)
    status = v.choice(EventStatus)
    place = v.pair(null=True)
    organiser = v.pair(null=True)
    centre_role = v.text(null=True)
    summary = v.pair()
    note = v.pair(null=True)
    sources = v.sources()


class TradePromotion(Document):
    body = v.one(PromotionBody)
    brand = v.one(Brand)
    other_points_of_sale = v.several(OtherOutlet)
    ocop_counts = v.free(list)
    events = v.several(TradeEvent)


class MarkMilestone(Shape):
    date = v.partial_date()
    event = v.pair()
    sources = v.sources()


class HolderGroups(Shape):
    flowers = v.whole(null=True)
    vegetables = v.whole(null=True)
    coffee = v.whole(null=True)
    agritourism = v.whole(null=True)


class HolderCount(Shape):
    as_of = v.partial_date()
    total = v.whole()
    groups = v.one(HolderGroups)
    note = v.pair(null=True)
    source = v.url()


class BrandMark(Shape):
    scheme = v.code()
    read_on = v.partial_date()
    milestones = v.several(MarkMilestone, least=1)
    holders = v.several(HolderCount)
    holders_note = v.pair(null=True)
    gaps = v.many(v.pair())
