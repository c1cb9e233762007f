"""Which makers are near a place and along a route, and in which order one comes to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import select

from catalogue.database import db
from catalogue.kernel.geo import EARTH_DIAMETER_KM, Point
from catalogue.kernel.language import Language
from catalogue.places.models import Place
from catalogue.places.queries import position
from catalogue.places.rules import Basis
from catalogue.producers.models import Producer
from catalogue.producers.queries import WITH_PLACE
from catalogue.routes.queries import routes, stop_point

NEAR_KM, ALONG_KM = 15.0, 5.0

Array = np.ndarray[Any, np.dtype[np.float64]]
Ranks = Mapping[str, Mapping[int, float]]


@dataclass(frozen=True)
class Nearness:
    """By a place's code the makers within `NEAR_KM` of its middle, each with the kilometres; by a route's
    code those within `ALONG_KM` of one of its stops, each with where on the way that is: the number of the
    stop, and after its point how far from it.

    A maker of whom only the old district is known is near nothing: its middle may be fifteen kilometres off.
    """

    near: Ranks
    along: Ranks

    @classmethod
    def load(cls) -> Nearness:
        found = [
            (maker.id, where[0])
            for maker in db.session.scalars(select(Producer).options(*WITH_PLACE))
            if (where := position(maker, maker.village)) and where[1] is not Basis.DISTRICT
        ]
        numbers, points = [number for number, _ in found], [point for _, point in found]
        near = {
            place.code: _within(numbers, _distances([place.point], points)[0], NEAR_KM)
            for place in db.session.scalars(select(Place))
            if place.point is not None
        }
        along = {route.code: _on_the_way(numbers, _stops(route), points) for route in routes(Language.VI)}
        return cls(near, along)

    def values(self) -> dict[int, dict[str, list[str]]]:
        """By maker, the codes of places and routes as values of the facets `near` and `along`."""
        found: dict[int, dict[str, list[str]]] = defaultdict(lambda: {"near": [], "along": []})
        for facet, ranks in (("near", self.near), ("along", self.along)):
            for code, makers in ranks.items():
                for number in makers:
                    found[number][facet].append(code)
        return dict(found)

    def rank(self, facet: str, code: str) -> Mapping[int, float]:
        """By maker, its place in the order of one value."""
        return (self.near if facet == "near" else self.along).get(code, {})


def _stops(route: Any) -> list[Point | None]:
    return [stop_point(stop) for stop in route.stops]


def _within(numbers: Sequence[int], kilometres: Array, most: float) -> dict[int, float]:
    return {numbers[place]: float(kilometres[place]) for place in np.flatnonzero(kilometres <= most).tolist()}


def _on_the_way(
    numbers: Sequence[int], stops: Sequence[Point | None], points: Sequence[Point]
) -> dict[int, float]:
    known = [(place, stop) for place, stop in enumerate(stops, start=1) if stop is not None]
    if not known or not points:
        return {}
    kilometres = _distances([stop for _, stop in known], points)
    nearest = kilometres.argmin(axis=0).tolist()
    least = kilometres.min(axis=0)
    return {
        numbers[place]: known[nearest[place]][0] + float(least[place]) / 100
        for place in np.flatnonzero(least <= ALONG_KM).tolist()
    }


def _distances(places: Sequence[Point | None], points: Sequence[Point]) -> Array:
    """Kilometres from each place (a row) to each point; `kernel.geo.distance_km` for all of them at once."""
    here = np.radians([[one.lat, one.lon] for one in places if one is not None]).reshape(-1, 1, 2)
    there = np.radians([[one.lat, one.lon] for one in points]).reshape(1, -1, 2)
    half = (
        np.sin((there[..., 0] - here[..., 0]) / 2) ** 2
        + np.cos(here[..., 0]) * np.cos(there[..., 0]) * np.sin((there[..., 1] - here[..., 1]) / 2) ** 2
    )
    kilometres: Array = EARTH_DIAMETER_KM * np.arcsin(np.sqrt(half))
    return kilometres
