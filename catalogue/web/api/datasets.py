"""The open data: which files there are, in the reader's words, and what each holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from catalogue import records
from catalogue.flower_centre.models import Milestone
from catalogue.flower_centre.queries import flower_centre, flower_centre_in_full
from catalogue.kernel.language import Language
from catalogue.resolution.models import Outcome, Target
from catalogue.resolution.queries import resolution
from catalogue.routes.models import Stop, TourRoute
from catalogue.routes.queries import WITH_STOPS
from catalogue.web.api.kinds import KINDS, stop_entry
from catalogue.web.api.schemas import MilestoneSchema, OutcomeSchema, RouteStopSchema, TargetSchema
from catalogue.web.api.values import Entry, Reading, absolute
from catalogue.web.language import address

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
    "milestones": (
        lazy_gettext("Steps of the planned Flower Trading Centre"),
        lazy_gettext("What was announced and when; the centre is not open"),
    ),
    "targets": (
        lazy_gettext("Targets of the resolution"),
        lazy_gettext("What was aimed at, until when; nothing here says that it was reached"),
    ),
    "outcomes": (
        lazy_gettext("Figures published beside the targets"),
        lazy_gettext("Each with its period, its nature and the province it speaks of"),
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


def _milestones() -> Iterator[Entry]:
    if not flower_centre():
        return
    centre = flower_centre_in_full()
    for one in centre.milestones:
        standing = {"code": f"{centre.code}-{one.position}", "centre": centre, "centre_status": centre.status}
        yield Entry(one, standing | _told_at("public.flower_centre.show"))


def _targets() -> Iterator[Entry]:
    paper = resolution()
    for one in paper.targets if paper else ():
        yield Entry(one, _told_at("public.resolution.show"))


def _outcomes() -> Iterator[Entry]:
    paper = resolution()
    for one in paper.outcomes if paper else ():
        told = {**one.details, "target": one.details["related_target"], "period": _period(one)}
        yield Entry(one, told | _told_at("public.resolution.show"))


def _period(outcome: Outcome) -> str:
    """The part of the year as the data has it; years as the page writes them: no spreadsheet reckons them."""
    period: str = outcome.details["period"]
    return period.replace("-", "–") if period[:1].isdigit() else period


def _told_at(endpoint: str) -> dict[str, Any]:
    return {"urls": {language.value: absolute(address(endpoint, language)) for language in Language}}


# Tables of what is no record of the API.
TABLES: Mapping[str, Dataset] = {
    one.name: one
    for one in (
        Dataset("stops", RouteStopSchema, _stops, Stop),
        Dataset("milestones", MilestoneSchema, _milestones, Milestone),
        Dataset("targets", TargetSchema, _targets, Target),
        Dataset("outcomes", OutcomeSchema, _outcomes, Outcome),
    )
}
DATASETS: Mapping[str, Dataset] = {name: TABLES.get(name) or _of_kind(name) for name in WORDS}
