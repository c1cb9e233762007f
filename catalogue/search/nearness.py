"""How far from a place, or from a route's stops, everything stands that can be found."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from catalogue import version
from catalogue.database import db
from catalogue.kernel.geo import EARTH_DIAMETER_KM, Point
from catalogue.kernel.language import Language
from catalogue.kernel.once import once
from catalogue.places.models import CraftVillage, IndustrialZone, Place, PointOfInterest
from catalogue.places.queries import gazetteer, position
from catalogue.places.rules import WITHIN_KM, Basis
from catalogue.producers.models import Producer
from catalogue.producers.queries import WITH_PLACE
from catalogue.products.models import Product
from catalogue.routes.models import TourRoute
from catalogue.routes.queries import routes, stop_point

NEAR_KM, ALONG_KM = 15.0, 5.0
LOCATED: Mapping[str, tuple[type[Any], Sequence[Any]]] = {
    "producer": (Producer, WITH_PLACE),
    "village": (CraftVillage, (joinedload(CraftVillage.place),)),
    "sight": (PointOfInterest, (joinedload(PointOfInterest.place),)),
    "zone": (IndustrialZone, (joinedload(IndustrialZone.place),)),
}

Array = np.ndarray[Any, np.dtype[np.float64]]
Key = tuple[str, int]


class Spot(NamedTuple):
    """Where something is on a way: the number of the nearest stop, 0 at a place, and how far from it."""

    stop: int
    km: float


NOWHERE = Spot(sys.maxsize, inf)  # after everything that is somewhere

Spots = Mapping[int, Spot]


@dataclass(frozen=True)
class Way:
    """What is asked near to or along: a place with its middle, a route with the stops that have a point."""

    record: Place | TourRoute
    stops: Sequence[tuple[int, Point]]
    within_km: float

    @property
    def facet(self) -> str:
        """The name by which an address asks for it."""
        return "along" if isinstance(self.record, TourRoute) else "near"


@dataclass(frozen=True)
class Standing:
    """Records of one kind that stand somewhere, by id; one with several points has several rows."""

    ids: Sequence[int]
    points: Sequence[Point]

    @classmethod
    def of(cls, rows: Iterable[tuple[int, Point]]) -> Standing:
        found = list(rows)
        return cls([number for number, _ in found], [point for _, point in found])

    @cached_property
    def known(self) -> frozenset[int]:
        return frozenset(self.ids)

    def on(self, way: Way, unsure_km: float = 0.0) -> Spots:
        """Those that are near enough, each with its nearest point; `unsure_km`: so far off points may be."""
        if not way.stops or not self.ids:
            return {}
        kilometres = _distances([point for _, point in way.stops], self.points)
        nearest, least = kilometres.argmin(axis=0).tolist(), kilometres.min(axis=0)
        found: dict[int, Spot] = {}
        for row in np.flatnonzero(least <= way.within_km + unsure_km).tolist():
            number, spot = self.ids[row], Spot(way.stops[nearest[row]][0], float(least[row]))
            found[number] = min(spot, found.get(number, spot), key=lambda one: one.km)
        return found


@dataclass(frozen=True)
class _OnTheWays:
    """Of one kind, where each stands on each way, and which are known to be off one."""

    surely: Sequence[Spots]
    elsewhere: Collection[int]


@dataclass(frozen=True)
class Land:
    """Where the records of each kind stand; kinds that stand nowhere are missing.

    `districts` has those of which only the old district is known, in its middle, which may be fifteen
    kilometres off. A product stands where its maker does, a route at each of its stops.
    """

    standing: Mapping[str, Standing]
    districts: Mapping[str, Standing]

    @classmethod
    def load(cls) -> Land:
        found = {kind: [*_positions(model, *options)] for kind, (model, options) in LOCATED.items()}
        maker_of = db.session.execute(select(Product.id, Product.producer_id)).all()
        at = {number: (point, basis) for number, point, basis in found["producer"]}
        found["product"] = [(number, *at[maker]) for number, maker in maker_of if maker in at]
        known = {
            kind: Standing.of((number, point) for number, point, basis in rows if basis is not Basis.DISTRICT)
            for kind, rows in found.items()
        }
        places = [(row.id, row.point) for row in gazetteer(Language.VI).places if row.point is not None]
        stops = [(row.id, point) for row in routes(Language.VI) for _, point in _stops(row)]
        return cls(
            known | {"place": Standing.of(places), "route": Standing.of(stops)},
            {
                kind: Standing.of((number, point) for number, point, basis in rows if basis is Basis.DISTRICT)
                for kind, rows in found.items()
            },
        )

    def nearest_first(self, keys: Iterable[Key], ways: Sequence[Way]) -> dict[Key, tuple[Spot, ...]]:
        """Of records in some order those that are on all of the ways, the nearest on the first way first,
        each with its spots; then, without any, those that may be there: of which only the district is known,
        or nothing.

        A kind that stands nowhere is on no way, and no route is along another.
        """
        found: dict[Key, tuple[Spot, ...]] = {}
        unknown: dict[Key, tuple[Spot, ...]] = {}
        of_kind: dict[str, _OnTheWays] = {}
        for kind, number in keys:
            if kind not in self.standing or (kind == "route" and any(way.facet == "along" for way in ways)):
                continue
            if kind not in of_kind:
                of_kind[kind] = self._on(kind, ways)
            on = of_kind[kind]
            if all(number in spots for spots in on.surely):
                found[kind, number] = tuple(spots[number] for spots in on.surely)
            elif number not in on.elsewhere:
                unknown[kind, number] = ()
        return dict(sorted(found.items(), key=lambda one: one[1][0])) | unknown

    def _on(self, kind: str, ways: Sequence[Way]) -> _OnTheWays:
        known, district = self.standing[kind], self.districts.get(kind, Standing((), ()))
        surely = [known.on(way) for way in ways]
        perhaps = [district.on(way, WITHIN_KM[Basis.DISTRICT]).keys() for way in ways]
        off = {number for number in district.known if not all(number in one for one in perhaps)}
        return _OnTheWays(surely, known.known | off)


@dataclass(frozen=True)
class Nearness:
    """Which makers are on which way: by the code of a place and of a route, each maker's spot."""

    near: Mapping[str, Spots]
    along: Mapping[str, Spots]

    @classmethod
    def of(cls, makers: Standing) -> Nearness:
        near = [way for one in gazetteer(Language.VI).places if (way := _at_place(one))]
        along = [_on_route(one) for one in routes(Language.VI)]
        return cls(
            {way.record.code: makers.on(way) for way in near},
            {way.record.code: makers.on(way) for way in along},
        )

    @cached_property
    def reach(self) -> dict[int, dict[str, list[str]]]:
        """By maker, the codes of places and routes as values of the facets `near` and `along`."""
        found: dict[int, dict[str, list[str]]] = defaultdict(lambda: {"near": [], "along": []})
        for facet, ways in (("near", self.near), ("along", self.along)):
            for code, makers in ways.items():
                for number in makers:
                    found[number][facet].append(code)
        return dict(found)

    def spots(self, facet: str, code: str) -> Spots:
        """By maker, its spot on the way that one value names."""
        return (self.near if facet == "near" else self.along).get(code, {})


def land() -> Land:
    """Where everything stands, as the catalogue stands."""
    return _land(str(db.engine.url), version.current())


def nearness() -> Nearness:
    """Which makers are on which way, as the catalogue stands."""
    return _nearness(str(db.engine.url), version.current())


def ways(near: str = "", along: str = "") -> dict[str, Way | None]:
    """What is asked for by the codes of a place and a route, by `near` and `along`; None where there is no
    such place or route, or nobody knows its point."""
    found: dict[str, Way | None] = {}
    if near:
        place = next((one for one in gazetteer(Language.VI).places if one.code == near), None)
        found["near"] = _at_place(place) if place else None
    if along:
        route = next((one for one in routes(Language.VI) if one.code == along), None)
        found["along"] = _on_route(route) if route else None
    return found


@once(1)
def _land(_database: str, _version: int) -> Land:
    return Land.load()


@once(1)
def _nearness(_database: str, _version: int) -> Nearness:
    return Nearness.of(land().standing["producer"])


def _at_place(place: Place) -> Way | None:
    return Way(place, [(0, place.point)], NEAR_KM) if place.point is not None else None


def _on_route(route: TourRoute) -> Way:
    return Way(route, list(_stops(route)), ALONG_KM)


def _stops(route: TourRoute) -> Iterator[tuple[int, Point]]:
    for stop in route.stops:
        if (point := stop_point(stop)) is not None:
            yield stop.position, point


def _positions(model: type[Any], *options: Any) -> Iterator[tuple[int, Point, Basis]]:
    for record in db.session.scalars(select(model).options(*options)):
        found = position(record, record.village if isinstance(record, Producer) else None)
        if found is not None:
            yield record.id, *found


def _distances(places: Sequence[Point], points: Sequence[Point]) -> Array:
    """Kilometres from each place (a row) to each point; `kernel.geo.distance_km` for all of them at once."""
    here = np.radians([[one.lat, one.lon] for one in places]).reshape(-1, 1, 2)
    there = np.radians([[one.lat, one.lon] for one in points]).reshape(1, -1, 2)
    half = (
        np.sin((there[..., 0] - here[..., 0]) / 2) ** 2
        + np.cos(here[..., 0]) * np.cos(there[..., 0]) * np.sin((there[..., 1] - here[..., 1]) / 2) ** 2
    )
    kilometres: Array = EARTH_DIAMETER_KM * np.arcsin(np.sqrt(half))
    return kilometres
