"""The thread product → maker → village or place → route, as lists that templates draw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext, ngettext

from catalogue.flowers.models import FlowerVariety
from catalogue.kernel.geo import Point, distance_km
from catalogue.places.models import CraftVillage, Place, PointOfInterest
from catalogue.places.queries import position, where_is
from catalogue.places.rules import Basis
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.routes.models import Stop, TourRoute
from catalogue.routes.queries import NEAR_KM, routes_near, stops_at
from catalogue.web import labels
from catalogue.web.language import address, current, read
from catalogue.web.page import say
from catalogue.web.public.records import page_of

MOST_NEAR = 3

Item = dict[str, Any]


@dataclass(frozen=True)
class Thread:
    """The knots of a thread (`items` for components/thread.html) and what lies near where a link is missing.

    `near`: items of `near_list`. `missing`: the sentence for a record that no route passes and none is near;
    the page then leads to all routes.
    """

    items: list[Item]
    near: list[Item]
    missing: str | None


@dataclass(frozen=True)
class Surroundings:
    """What a record may be near to: every route with its stops, every craft village with its place."""

    routes: Sequence[TourRoute]
    villages: Sequence[CraftVillage]

    def routes_near(self, point: Point | None) -> list[Item]:
        """The nearest routes, each by its nearest stop."""
        return [
            {
                "text": say(one.route.name),
                "href": page_of(one.route),
                "distance": labels.near(one.km),
                "note": gettext("Route, stop: %(name)s", name=read(one.stop.target.name)),
            }
            for one in routes_near(self.routes, point)[:MOST_NEAR]
        ]

    def villages_near(self, points: Iterable[Point], but: Iterable[int | None] = ()) -> list[Item]:
        """The craft villages nearest to one of the points; `but`: ids that are no news."""
        around, known = list(points), set(but)
        measured = [
            (min(distance_km(point, where) for point in around), village)
            for village in self.villages
            if around and village.id not in known and (where := where_is(village))
        ]
        measured.sort(key=lambda pair: pair[0])
        return [
            {
                "text": say(village.name),
                "href": page_of(village),
                "distance": labels.near(km),
                "note": gettext("Craft village"),
            }
            for km, village in measured[:MOST_NEAR]
            if km <= NEAR_KM
        ]


def of_product(product: Product, routes: Sequence[TourRoute], villages: Sequence[CraftVillage]) -> Thread:
    """Product, maker, village or place, and the routes that pass; near ones where none does."""
    village = product.village or product.producer.village
    here = {"label": gettext("Product"), "text": say(product.name), "here": True}
    maker = {
        "label": gettext("Maker"),
        "text": say(product.producer.name),
        "href": page_of(product.producer),
    }
    return _thread([here, maker], product.producer, village, Surroundings(routes, villages))


def of_flower(
    flower: FlowerVariety,
    growers: Sequence[Producer],
    grown_in: Sequence[CraftVillage],
    routes: Sequence[TourRoute],
    products: int = 0,
) -> Thread:
    """Its products, its growers, the flower, the villages that grow it, and the routes that stop there.

    Products and growers stand on the same page, at #products and #growers.
    """
    items = [_products(products)] if products else []
    if growers:
        number = ngettext("%(num)s grower", "%(num)s growers", len(growers))
        items.append({"label": gettext("Growers"), "text": number, "href": "#growers"})
    items.append({"label": gettext("Flower"), "text": say(flower.name), "here": True})
    for village in grown_in:
        href = address("public.villages.show", slug=village.slug(current()))
        items.append({"label": gettext("Craft village"), "text": say(village.name), "href": href})
    stops = stops_at(
        routes,
        producer_ids=[grower.id for grower in growers],
        village_ids=[village.id for village in grown_in],
    )
    missing = None if stops else gettext("No route stops where this flower is known to grow.")
    return Thread(items + [_route(stop) for stop in stops], [], missing)


def of_producer(
    producer: Producer, routes: Sequence[TourRoute], villages: Sequence[CraftVillage], products: int = 0
) -> Thread:
    """What it makes, the maker, village or place, and the routes that pass.

    `products`: how many; they stand on the same page, at #products.
    """
    here = {"label": gettext("Maker"), "text": say(producer.name), "here": True}
    first = [_products(products), here] if products else [here]
    return _thread(first, producer, producer.village, Surroundings(routes, villages))


def of_village(
    village: CraftVillage,
    makers: Sequence[Producer],
    routes: Sequence[TourRoute],
    villages: Sequence[CraftVillage],
    products: int = 0,
) -> Thread:
    """What is made there, its makers, the village, its place, and the routes that pass it or one of them.

    Products and makers stand on the same page, at #products and #makers.
    """
    surroundings = Surroundings(routes, villages)
    items = [_products(products)] if products else []
    if makers:
        items.append(_makers(len(makers)))
    here = {"label": gettext("Craft village"), "text": say(village.name), "here": True}
    stops = stops_at(routes, producer_ids=[maker.id for maker in makers], village_ids=[village.id])
    items.append(here)
    if village.place:
        items.append(_place(village.place))
    point = where_is(village)
    return _with_near(items, stops, point, surroundings, [village.id], complete=bool(stops and makers))


def of_place(
    place: Place,
    makers: Sequence[Producer],
    villages_here: Sequence[CraftVillage],
    sights_here: Sequence[PointOfInterest],
    routes: Sequence[TourRoute],
    villages: Sequence[CraftVillage],
    products: int = 0,
) -> Thread:
    """What is made there, the makers, the place, and the routes that stop in it.

    Products and makers stand on the same page, at #products and #makers.
    """
    items = [_products(products)] if products else []
    if makers:
        items.append(_makers(len(makers)))
    items.append({"label": gettext("Place"), "text": say(place.name), "here": True})
    stops = stops_at(
        routes,
        producer_ids=[maker.id for maker in makers],
        village_ids=[village.id for village in villages_here],
        sight_ids=[sight.id for sight in sights_here],
    )
    surroundings = Surroundings(routes, villages)
    return _with_near(items, stops, place.point, surroundings, [], complete=bool(stops and villages_here))


def of_sight(sight: PointOfInterest, routes: Sequence[TourRoute], villages: Sequence[CraftVillage]) -> Thread:
    """The sight, its place, and the routes that stop at it."""
    items: list[Item] = [{"label": gettext("Sight"), "text": say(sight.name), "here": True}]
    if sight.place:
        items.append(_place(sight.place))
    stops = stops_at(routes, sight_ids=[sight.id])
    return _with_near(items, stops, where_is(sight), Surroundings(routes, villages), [], complete=True)


def nearest(
    records: Iterable[CraftVillage | Producer | PointOfInterest],
    point: Point | None,
    endpoint: str,
    most: int = MOST_NEAR,
) -> list[Item]:
    """The nearest of these records, as items of `near_list`; none of which only the old district is known."""
    if point is None:
        return []
    found = []
    for record in records:
        where = position(record, record.village if isinstance(record, Producer) else None)
        if where and where[1] is not Basis.DISTRICT:
            found.append((distance_km(point, where[0]), record))
    found.sort(key=lambda pair: pair[0])
    return [
        {
            "text": say(record.name),
            "href": address(endpoint, slug=record.slug(current())),
            "distance": labels.near(km),
        }
        for km, record in found[:most]
        if km <= NEAR_KM
    ]


def place_link(place: Place) -> str:
    """The page of a place, which leads on to all that is there."""
    return page_of(place)


def _thread(
    items: list[Item], maker: Producer, village: CraftVillage | None, surroundings: Surroundings
) -> Thread:
    stops = stops_at(
        surroundings.routes, producer_ids=[maker.id], village_ids=[village.id] if village else []
    )
    if village:
        href = page_of(village)
        items.append({"label": gettext("Craft village"), "text": say(village.name), "href": href})
    elif maker.place:
        items.append(_place(maker.place))
    point = where_is(maker, village)
    own = [village.id] if village else []
    return _with_near(items, stops, point, surroundings, own, complete=bool(stops and village))


def _with_near(
    items: list[Item],
    stops: Sequence[Stop],
    point: Point | None,
    surroundings: Surroundings,
    own_villages: Iterable[int],
    *,
    complete: bool,
) -> Thread:
    """The routes as last knots; near routes where none passes, near villages where any link is missing."""
    near = [] if stops else surroundings.routes_near(point)
    missing = None if stops or near else _missing(point)
    if not complete:
        near += surroundings.villages_near([point] if point else [], but=own_villages)
    return Thread(items + [_route(stop) for stop in stops], near, missing)


def _products(number: int) -> Item:
    text = ngettext("%(num)s product", "%(num)s products", number)
    return {"label": gettext("Products"), "text": text, "href": "#products"}


def _makers(number: int) -> Item:
    text = ngettext("%(num)s maker", "%(num)s makers", number)
    return {"label": gettext("Makers"), "text": text, "href": "#makers"}


def _place(place: Place) -> Item:
    return {"label": gettext("Place"), "text": say(place.name), "href": place_link(place)}


def _route(stop: Stop) -> Item:
    href = page_of(stop.route)
    note = gettext("Stop %(position)s of %(total)s", position=stop.position, total=len(stop.route.stops))
    return {"label": gettext("Route"), "text": say(stop.route.name), "href": href, "note": note}


def _missing(point: Point | None) -> str:
    if point is None:
        return gettext("No source gives its location precisely enough to name a route nearby.")
    return gettext("No route passes here, and none has a stop within %(km)s km.", km=int(NEAR_KM))
