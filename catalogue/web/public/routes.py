"""Tour routes: the stops in order, the time each takes, how to get there and what to bring home."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise, zip_longest
from typing import Any

from flask import Blueprint, Response, request
from flask_babel import gettext, ngettext
from markupsafe import Markup

from catalogue.certification.queries import certificates_of_products
from catalogue.kernel.clock import today
from catalogue.kernel.geo import distance_km
from catalogue.places.models import CraftVillage, PointOfInterest
from catalogue.places.queries import position, villages
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.products.queries import category_tree, products_of_makers
from catalogue.routes.models import Stop, TourRoute
from catalogue.routes.queries import route_by_slug, routes, stop_point
from catalogue.web import geojson, labels, photographs, seasons, structured
from catalogue.web.language import address, current, page, read
from catalogue.web.page import is_stale, is_translated, say
from catalogue.web.page import show as render
from catalogue.web.prose import shown_notices
from catalogue.web.public import itineraries, narrowing, season, thread, ways, whereabouts
from catalogue.web.public.cards import product_cards
from catalogue.web.public.records import borrowed, find_or_redirect, page_of, source_links

# The icon of each way of travel (components/icon.html).
WAYS = {"motorbike": "motorbike", "car": "car", "mixed": "walk"}
# Whole rows of four cards.
MOST_CARDS, A_ROW = 8, 4

blueprint = Blueprint("routes", __name__)


@page(blueprint, vi="/tuyen", en="/routes")
def index() -> str:
    """All routes, the shorter ones first; those that suit a month, where one is asked for."""
    everything, day = routes(current()), today()
    facet = season.months_facet(gettext("Months that suit"), [route.season_months for route in everything])
    narrowed = narrowing.narrow(everything, [facet], _season, request.args)
    every = narrowed.records
    days = sorted({route.days for route in every})

    def list_address(pairs: list[narrowing.Pair]) -> str:
        return address("public.routes.index", query=pairs)

    return render(
        "public/routes/index.html",
        title=ngettext("%(num)s route", "%(num)s routes", len(every)),
        chips=narrowed.chips(list_address),
        clear_href=list_address([]),
        ignored=narrowed.ignored,
        season=season.narrowing_link(narrowed, list_address, gettext("Good to travel in %(month)s"), day),
        groups=[
            {
                "title": _days(number),
                "days": number,
                "routes": [_card(route) for route in every if route.days == number],
            }
            for number in days
        ],
    )


@page(blueprint, vi="/tuyen/<slug>", en="/routes/<slug>")
def show(slug: str) -> str:
    """One route."""
    route, day = find_or_redirect(TourRoute, slug, route_by_slug), today()
    crafts = {one.code: say(one.name) for one in category_tree().categories}
    producer_ids = [stop.producer_id for stop in route.stops if stop.producer_id]
    village_ids = [stop.village_id for stop in route.stops if stop.village_id]
    made = products_of_makers(producer_ids, village_ids, current())
    products = _whole_rows(_from_every_stop(route, made))
    certificates = certificates_of_products([product.id for product in products])
    months = route.season_months
    points = [point for stop in route.stops if (point := stop_point(stop))]
    passed = village_ids + [stop.producer.village_id for stop in route.stops if stop.producer]
    return render(
        "public/routes/show.html",
        record=route,
        photos=photographs.all_of(route),
        translated=is_translated(route),
        structured=[structured.route(route)],
        title=read(route.name),
        description=read(route.summary),
        crumbs=[(gettext("Routes"), address("public.routes.index")), (say(route.name), None)],
        route=route,
        borrowed=borrowed(route.story),
        stale=is_stale(route),
        notices=shown_notices(route=route.code),
        brief=_brief(route),
        facts=_facts(route),
        months={"words": seasons.words(months), "squares": seasons.squares(months, day)} if months else None,
        map_source=address("public.routes.show_map", slug=route.slug(current())),
        take=itineraries.offer(route, day),
        stops=_stops(route, crafts),
        cards=product_cards(products, certificates, day),
        near=thread.Surroundings((), villages(current())).villages_near(points, but=passed),
        sources=source_links(route.sources),
    )


@page(blueprint, vi="/tuyen/<slug>.geojson", en="/routes/<slug>.geojson")
def show_map(slug: str) -> Response:
    """The stops of a route and the way between them."""
    return geojson.answer(geojson.routes([route_by_slug(slug, current())]))


def _season(route: TourRoute) -> dict[str, list[str]]:
    return {"month": [str(month) for month in route.season_months or ()]}


def _card(route: TourRoute) -> dict[str, Any]:
    """The arguments of `route_card` (components/route.html); its days stand over the group."""
    return {
        "name": say(route.name),
        "href": page_of(route),
        "facts": [text for _, text in _brief(route)[1:]],
        "summary": say(route.summary),
        "stops": len(route.stops),
    }


def _brief(route: TourRoute) -> list[tuple[str, str]]:
    """One line of facts: days, distance, stops, mode (components/facts.html, `meta`)."""
    season = seasons.words(route.season_months) if route.season_months else gettext("Season not known")
    return [
        ("clock", _days(route.days)),
        (WAYS[route.mode], str(labels.MODES[route.mode])),
        ("distance", _distance(route) or gettext("Distance not known")),
        ("pin", ngettext("%(num)s stop", "%(num)s stops", len(route.stops))),
        ("calendar", season),
    ]


def _days(number: int) -> str:
    return ngettext("%(num)s day", "%(num)s days", number)


def _distance(route: TourRoute) -> str | None:
    """The data's figure, which is that of the source or the map."""
    if route.distance_km is None:
        return None
    return gettext("about %(distance)s", distance=labels.distance(route.distance_km))


def _facts(route: TourRoute) -> list[tuple[str, Any]]:
    ends = [_where(stop.target) for stop in (*route.stops[:1], *route.stops[-1:])] or ["", ""]
    return [
        (gettext("Way of travel"), str(labels.MODES[route.mode])),
        (gettext("Starts at"), ends[0]),
        (gettext("Ends at"), ends[-1]),
        (gettext("Distance"), _whole_distance(route)),
        (gettext("Time on site"), _time_on_site(route)),
    ]


def _time_on_site(route: TourRoute) -> str:
    known = [stop.minutes for stop in route.stops if stop.minutes is not None]
    if not known:
        return gettext("Not known")
    time = labels.duration(sum(known))
    if len(known) < len(route.stops):
        time = gettext("at least %(time)s", time=time)
    return gettext("%(time)s, travel not counted", time=time)


def _whole_distance(route: TourRoute) -> str:
    known = _distance(route)
    if known is None:
        return gettext("Not known: no source gives a figure that can be defended")
    return gettext("%(distance)s, as the source or the map gives it", distance=known)


def _where(target: CraftVillage | Producer | PointOfInterest) -> Any:
    place = whereabouts.short_place(target)
    return [say(target.name), place] if place else say(target.name)


def _stops(route: TourRoute, crafts: dict[str, Any]) -> list[dict[str, Any]]:
    """The arguments of `stops` (components/stops.html): the list is complete without a map."""
    legs = [_leg(a, b) for a, b in pairwise(route.stops)]
    return [
        {"number": stop.position, "leg": leg, "where": _position(stop), "text": say(stop.note)}
        | _time(stop)
        | _target(stop, crafts)
        for stop, leg in zip_longest(route.stops, legs)
    ]


def _position(stop: Stop) -> Markup:
    """The place of a stop, and how sure its point on the map is: what the map shows, in words."""
    village = stop.producer.village if stop.producer else None
    found = position(stop.target, village)
    place = whereabouts.short_place(stop.target) or (whereabouts.short_place(village) if village else "")
    sure = labels.BASES[found[1]] if found else gettext("Not on the map: no place is known.")
    return whereabouts.line(place, sure)


def _time(stop: Stop) -> dict[str, str]:
    if stop.minutes is None:
        return {"time": gettext("Time on site not known")}
    return {"time": gettext("about %(time)s here", time=labels.duration(stop.minutes))}


def _target(stop: Stop, crafts: dict[str, Any]) -> dict[str, Any]:
    """What stands at a stop, and where it leads."""
    if stop.village:
        return {
            "name": say(stop.village.name),
            "href": page_of(stop.village),
            "weave": stop.village.code,
            "kind": gettext("Craft village: %(craft)s", craft=crafts[stop.village.craft_code]),
        }
    if stop.producer:
        return {
            "name": say(stop.producer.name),
            "href": page_of(stop.producer),
            "weave": stop.producer.code,
            "kind": str(labels.PRODUCER_KINDS[stop.producer.kind]),
        }
    sight = stop.poi
    assert sight is not None
    return {
        "name": say(sight.name),
        "href": page_of(sight),
        "kind": str(labels.SIGHTS[sight.kind]),
        "note": say(sight.summary),
    }


def _leg(here: Stop, there: Stop) -> str | None:
    """A straight line, only between points of their own, and no finer than these are exact."""
    a, b = here.target.point, there.target.point
    if a is None or b is None:
        return None
    return ways.straight(distance_km(a, b))


def _from_every_stop(route: TourRoute, products: Iterable[Product]) -> list[Product]:
    """Products of the stops' makers, in turn: one of the first stop, one of the second, and again."""
    shelves: dict[int, list[Product]] = {stop.id: [] for stop in route.stops}
    by_maker = {stop.producer_id: stop.id for stop in route.stops}
    by_village = {stop.village_id: stop.id for stop in route.stops}
    for product in products:
        maker = product.producer
        shelves[by_maker.get(maker.id) or by_village[maker.village_id]].append(product)
    rounds: Iterable[Sequence[Product | None]] = zip_longest(*shelves.values())
    return [product for one in rounds for product in one if product is not None]


def _whole_rows(products: list[Product]) -> list[Product]:
    """As many as fill rows of cards; all where they do not fill one."""
    most = min(MOST_CARDS, len(products) // A_ROW * A_ROW)
    return products[:most] if most else products
