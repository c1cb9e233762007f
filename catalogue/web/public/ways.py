"""Near a place, along a route: what is asked for, its form, and how far a record is, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext, ngettext
from werkzeug.datastructures import MultiDict

from catalogue.places.queries import gazetteer
from catalogue.places.rules import OLD_UNITS
from catalogue.routes.queries import routes
from catalogue.search.nearness import Spot, Way, ways
from catalogue.search.request import LONGEST_IGNORED, way_of
from catalogue.web import labels
from catalogue.web.language import current, read
from catalogue.web.public.facets import near

Pair = tuple[str, str]


@dataclass(frozen=True)
class Asked:
    """The place and the route that an address asks for; `typed` as it says them, also where there is none of
    that code."""

    typed: dict[str, str]
    found: dict[str, Way | None]

    @property
    def ways(self) -> list[Way]:
        return [way for way in self.found.values() if way is not None]

    @property
    def pairs(self) -> list[Pair]:
        """What is asked for, as the query of an address."""
        return [(way.facet, way.record.code) for way in self.ways]

    def without(self, way: Way) -> Asked:
        """The same without one of its ways."""
        typed, found = dict(self.typed), dict(self.found)
        del typed[way.facet], found[way.facet]
        return Asked(typed, found)


ANYWHERE = Asked({}, {})


def asked(arguments: MultiDict[str, str]) -> Asked:
    """Read `near` and `along`, one of each."""
    typed = {name: arguments.get(name, "").strip()[:LONGEST_IGNORED] for name in ("near", "along")}
    return Asked({name: value for name, value in typed.items() if value}, ways(**typed))


def form(asked: Asked) -> dict[str, Any]:
    """The arguments of `ways_form` (components/ways.html): every place and route that has a point."""
    places = [place for place in gazetteer(current()).places if place.point is not None]
    groups = [
        (gettext("Cities and districts until June 2025"), [one for one in places if one.kind in OLD_UNITS]),
        (gettext("Wards and communes of today"), [one for one in places if one.kind not in OLD_UNITS]),
    ]
    wrong = {
        "near": gettext("There is no place of that name here. Choose one from the list."),
        "along": gettext("There is no route of that name here. Choose one from the list."),
    }
    return {
        "places": [(label, [_option(one, asked, "near") for one in group]) for label, group in groups],
        "routes": [_option(one, asked, "along") for one in routes(current())],
        "errors": {name: wrong[name] for name, way in asked.found.items() if way is None},
    }


def chosen(facets: Mapping[str, Sequence[str]]) -> Way | None:
    """The one place or route by which a list is narrowed; None where none or several are."""
    pair = way_of(facets)
    return ways(**dict([pair])).get(pair[0]) if pair else None


def name(way: Way) -> str:
    """Near Đà Lạt City; along a route."""
    where = read(way.record.name)
    return gettext("Along: %(route)s", route=where) if way.facet == "along" else near(where)


def order(found: Sequence[Way]) -> str:
    """In which order hits stand on these ways, and how far away they may be."""
    first = found[0]
    where, km = read(first.record.name), labels.distance(first.within_km)
    if first.facet == "along":
        return gettext(
            "In the order of the stops of “%(route)s”: what stands within %(distance)s of one.",
            route=where,
            distance=km,
        )
    said = gettext(
        "Nearest first, from %(place)s: what stands within %(distance)s.", place=where, distance=km
    )
    if len(found) == 1:
        return said
    both = gettext(
        "Only what also stands within %(distance)s of a stop.", distance=labels.distance(found[1].within_km)
    )
    return f"{said} {both}"


def last(unplaced: int) -> str | None:
    """Says of how many hits nobody knows where they are; None where it is known of all."""
    if not unplaced:
        return None
    return ngettext(
        "%(num)s of them comes last: where it stands is not known well enough.",
        "%(num)s of them come last: where they stand is not known well enough.",
        unplaced,
    )


def away(found: Sequence[Way], spots: Sequence[Spot], *, is_route: bool = False) -> str:
    """How far a record is on the first of the ways; with another one, from its stop too."""
    if not spots:
        return gettext("Where it stands is not known well enough")
    said = [
        _from_stop(spot) if way.facet == "along" else straight(spot.km)
        for way, spot in zip(found, spots, strict=True)
    ]
    text = ", ".join(said)
    return gettext("Nearest stop: %(distance)s", distance=text) if is_route else text


def straight(km: float) -> str:
    """A distance in a straight line, no finer than points are exact."""
    if km < 1:
        return gettext("less than 1 km in a straight line")
    return gettext("about %(distance)s in a straight line", distance=labels.distance(round(km)))


def _from_stop(spot: Spot) -> str:
    return gettext("stop %(number)s, %(distance)s", number=spot.stop, distance=straight(spot.km))


def _option(record: Any, asked: Asked, facet: str) -> dict[str, Any]:
    return {
        "value": record.code,
        "label": read(record.name),
        "selected": asked.typed.get(facet) == record.code,
    }
