"""The open data: which files there are, in the reader's words, and what each holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from catalogue import records
from catalogue.routes.models import Stop, TourRoute
from catalogue.routes.queries import WITH_STOPS
from catalogue.web.api.kinds import KINDS, stop_entry
from catalogue.web.api.schemas import RouteStopSchema
from catalogue.web.api.values import Entry, Reading

# In the order in which a reader looks for them.
WORDS: Mapping[str, tuple[LazyString, LazyString]] = {
    "products": (
        lazy_gettext("Products"),
        lazy_gettext("What it is, who makes it, its season, and what is on record about certificates"),
    ),
    "producers": (
        lazy_gettext("Makers"),
        lazy_gettext("Kind, place, what they make and grow, markets that sources name"),
    ),
    "villages": (
        lazy_gettext("Craft villages"),
        lazy_gettext("Craft, people, place, what visitors can do, makers"),
    ),
    "routes": (lazy_gettext("Routes"), lazy_gettext("Days, season, distance and the stops in order")),
    "stops": (
        lazy_gettext("Stops of the routes"),
        lazy_gettext("A line a stop, with its point and time on site"),
    ),
    "certificates": (
        lazy_gettext("Certificates and claims"),
        lazy_gettext("Holder, scheme, what it rests on, and its standing on the day of the file"),
    ),
    "schemes": (
        lazy_gettext("Certification schemes"),
        lazy_gettext("Issuer, levels, what they may cover and where"),
    ),
    "categories": (lazy_gettext("Categories"), lazy_gettext("The tree of product categories, with HS codes")),
    "flowers": (lazy_gettext("Flowers"), lazy_gettext("Varieties, season, grading")),
    "places": (
        lazy_gettext("Places"),
        lazy_gettext("Wards and communes of today, and the units that they came from in July 2025"),
    ),
    "sights": (lazy_gettext("Sights"), lazy_gettext("Points that the routes stop at, by kind")),
    "zones": (
        lazy_gettext("Industrial zones"),
        lazy_gettext("Parks and clusters, with figures that differ side by side"),
    ),
}
# So many records are read at once: enough for few statements, few enough for little memory.
BATCH = 500
# Layers of the API for maps, by dataset.
LAYERS = {"villages", "producers", "sights", "routes"}


@dataclass(frozen=True)
class Dataset:
    """One table: `entries` reads it to its end, a batch at a time."""

    name: str
    schema: type[Reading]
    entries: Callable[[], Iterator[Entry]]
    model: type[Any]

    @property
    def title(self) -> LazyString:
        return WORDS[self.name][0]

    @property
    def about(self) -> LazyString:
        return WORDS[self.name][1]

    @property
    def in_api(self) -> bool:
        """Whether the API has lists and single records of it."""
        return self.name in KINDS


def _of_kind(name: str) -> Dataset:
    kind = KINDS[name]

    def entries() -> Iterator[Entry]:
        for rows in records.in_batches(kind.model, BATCH, *kind.options):
            yield from kind.dress(rows)

    return Dataset(name, kind.schema, entries, kind.model)


def _stops() -> Iterator[Entry]:
    for routes in records.in_batches(TourRoute, BATCH, *WITH_STOPS):
        for route in routes:
            yield from (stop_entry(stop, route=route) for stop in route.stops)


DATASETS: Mapping[str, Dataset] = {
    name: Dataset("stops", RouteStopSchema, _stops, Stop) if name == "stops" else _of_kind(name)
    for name in WORDS
}
