"""Reads about tour routes: what passes where, and what is near."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from catalogue.database import db
from catalogue.kernel.errors import NotFound
from catalogue.kernel.geo import Point, distance_km
from catalogue.kernel.language import Language
from catalogue.places.models import CraftVillage, PointOfInterest
from catalogue.places.queries import where_is
from catalogue.producers.models import Producer
from catalogue.routes.models import Stop, TourRoute
from catalogue.slugs import find_by_slug
from catalogue.version import kept

# What lies within this distance is offered as near, never as a link of the thread.
NEAR_KM = 15.0

STOPS = selectinload(TourRoute.stops)
WITH_STOPS = (
    STOPS.joinedload(Stop.village).joinedload(CraftVillage.place),
    STOPS.joinedload(Stop.producer).joinedload(Producer.place),
    STOPS.joinedload(Stop.producer).joinedload(Producer.village).joinedload(CraftVillage.place),
    STOPS.joinedload(Stop.poi).joinedload(PointOfInterest.place),
)

# A stop that belongs to no session cannot look up its route.
WAY_BACK = (STOPS.joinedload(Stop.route),)


@dataclass(frozen=True)
class NearRoute:
    """A route that passes near a point: its nearest stop and the distance in kilometres."""

    route: TourRoute
    stop: Stop
    km: float


@kept
def routes(language: Language) -> Sequence[TourRoute]:
    """All routes with their stops and what stands at each, in the order of the language."""
    order = TourRoute.sort_vi if language is Language.VI else TourRoute.sort_en
    return db.session.scalars(select(TourRoute).options(*WITH_STOPS, *WAY_BACK).order_by(order)).all()


@kept
def routes_in_brief() -> Sequence[TourRoute]:
    """All routes with their stops, not what stands at them, in one order whatever the language."""
    return db.session.scalars(select(TourRoute).options(STOPS, *WAY_BACK).order_by(TourRoute.sort_vi)).all()


def route_by_slug(slug: str, language: Language) -> TourRoute:
    """A route with its stops in order and what stands at each; NotFound."""
    route = find_by_slug(TourRoute, language, slug, *WITH_STOPS)
    if route is None:
        raise NotFound("route.unknown")
    return route


def stops_at(
    all_routes: Iterable[TourRoute],
    *,
    producer_ids: Iterable[int] = (),
    village_ids: Iterable[int] = (),
    sight_ids: Iterable[int] = (),
) -> list[Stop]:
    """The stops at one of these, one a route: makers before villages, villages before sights."""
    producers, villages, sights = set(producer_ids), set(village_ids), set(sight_ids)
    found = []
    for route in all_routes:
        at_maker = [stop for stop in route.stops if stop.producer_id in producers]
        at_village = [stop for stop in route.stops if stop.village_id in villages]
        at_sight = [stop for stop in route.stops if stop.poi_id in sights]
        found += (at_maker + at_village + at_sight)[:1]
    return found


def routes_near(
    all_routes: Iterable[TourRoute], point: Point | None, within_km: float = NEAR_KM
) -> list[NearRoute]:
    """Routes with a stop within that distance, nearest first; none where the point is unknown."""
    if point is None:
        return []
    near = []
    for route in all_routes:
        measured = [(distance_km(point, where), stop) for stop in route.stops if (where := stop_point(stop))]
        if measured:
            km, stop = min(measured, key=lambda pair: pair[0])
            near.append(NearRoute(route, stop, km))
    return sorted((one for one in near if one.km <= within_km), key=lambda one: one.km)


def stop_point(stop: Stop) -> Point | None:
    """Where a stop is: the target's own point, else its village's or place's."""
    return where_is(stop.target, stop.producer.village if stop.producer else None)
