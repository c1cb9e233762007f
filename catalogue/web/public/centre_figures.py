"""Figures of the planned Flower Trading Centre, year beside year as each source gave them, never merged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import format_decimal, gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from catalogue.flower_centre.models import FlowerCentre
from catalogue.kernel.language import Bilingual
from catalogue.web import dates
from catalogue.web.page import say
from catalogue.web.public.records import source_link

YEARS = ("2010", "2017", "2021", "2025")
TOPICS: dict[str, LazyString] = {
    "size": lazy_gettext("Land and buildings"),
    "cost": lazy_gettext("Cost"),
    "flowers": lazy_gettext("Flowers"),
    "time": lazy_gettext("Time"),
}
# Figures that the data holds only inside the sentence of a milestone: topic, the milestone's date, the words,
# and what of the sentence they rest on. They appear only while their milestone says so.
TOLD: tuple[tuple[str, str, LazyString, LazyString | None, str], ...] = (
    ("size", "2010-10", lazy_gettext("about 10 ha"), None, "10 ha"),
    (
        "cost",
        "2010-10",
        lazy_gettext("over 20 million US dollars"),
        lazy_gettext("from Japanese ODA"),
        "USD 20 million",
    ),
    ("time", "2010-10", lazy_gettext("by 2015"), None, "2015"),
    ("time", "2017-01-06", lazy_gettext("works to start in 2017"), None, "start of works expected that year"),
    ("time", "2017-01-09", lazy_gettext("in operation in 2018"), None, "operation expected in 2018"),
    ("time", "2021-06", lazy_gettext("from 2020 to 2025"), None, "2020–2025"),
)
# Where the project's own figures were announced; they stand for the whole project, not for the centre.
APPROVED, LATEST = "2021-05", "2025-10-07"


@dataclass(frozen=True)
class Figure:
    """One figure as one source gave it: what about, of which year, its words and what they cover."""

    topic: str
    year: str
    amount: str
    about: Any
    when: str
    sources: list[dict[str, str]]


def table(centre: FlowerCentre) -> list[dict[str, Any]]:
    """Rows by topic, a cell a year, each with its figures; needs the milestones."""
    figures = [*_told(centre), *_sizes(centre), *_costs(centre), *_flowers(centre), *_times(centre)]
    return [
        {
            "title": str(words),
            "cells": [
                {"year": year, "figures": [one for one in figures if (one.topic, one.year) == (topic, year)]}
                for year in YEARS
            ],
        }
        for topic, words in TOPICS.items()
    ]


def _told(centre: FlowerCentre) -> Iterable[Figure]:
    steps = {step.date: step for step in centre.milestones}
    for topic, day, amount, about, rests_on in TOLD:
        step = steps.get(day)
        if step and rests_on in (step.event.en or ""):
            yield _figure(topic, day, str(amount), about and str(about), _urls(step.sources))


def _sizes(centre: FlowerCentre) -> Iterable[Figure]:
    plan, approved = centre.area["plan_2017_ha"], centre.area["approved_2021_m2"]
    land = centre.investor["land_procedure_2025"]
    parts = gettext(
        "%(first)s in the first phase, %(reserve)s in reserve",
        first=_hectares(plan["phase_1"]),
        reserve=_hectares(plan["reserve"]),
    )
    yield _figure("size", "2017", _hectares(plan["total"]), parts, plan["sources"])
    buildings = gettext("about %(amount)s", amount=_square_metres(approved["buildings_total_about"]))
    yield _figure("size", "2021", buildings, gettext("the buildings alone"), approved["sources"])
    about = gettext("about %(amount)s", amount=_hectares(land["about_ha"]))
    yield _figure("size", "2025", about, say(Bilingual(**land["note"])), land["sources"])


def _costs(centre: FlowerCentre) -> Iterable[Figure]:
    cost = centre.investor["centre_cost"]
    note = say(Bilingual(**cost["note"]))
    yield _figure("cost", cost["as_of"], billion_vnd(cost["vnd_billion"]), note, cost["sources"])
    whole = gettext(
        "the whole project of %(number)s parts, of which the centre is one",
        number=format_decimal(centre.investor["sub_projects"]),
    )
    total = billion_vnd(centre.investor["project_total_vnd_billion"])
    yield _figure("cost", APPROVED, total, whole, _announced(centre, APPROVED))


def _flowers(centre: FlowerCentre) -> Iterable[Figure]:
    capacity = centre.capacity
    day = gettext("%(number)s stems", number=format_decimal(capacity["peak_stems_per_day"]))
    year = gettext("%(number)s stems", number=format_decimal(capacity["forecast_stems_per_year"]))
    when, sources = capacity["as_of"], capacity["sources"]
    yield _figure("flowers", when, day, gettext("planned for a peak day"), sources)
    yield _figure("flowers", when, year, gettext("forecast for a year"), sources)


def _times(centre: FlowerCentre) -> Iterable[Figure]:
    first, last = centre.investor["project_period"].split("-")
    period = gettext("from %(first)s to %(last)s", first=first, last=last)
    yield _figure("time", LATEST, period, gettext("the whole project"), _announced(centre, LATEST))


def scope(centre: FlowerCentre) -> list[tuple[str, str]]:
    """What else the published scope of 2021 names, as rows of facts."""
    approved = centre.area["approved_2021_m2"]
    return [
        (gettext("Three car parks"), _square_metres(approved["car_parks_3"])),
        (gettext("Road inside"), _metres(approved["internal_road_m"])),
        (gettext("Main road"), _metres(approved["main_road_m"])),
        (gettext("Bank of the main stream"), _metres(approved["main_stream_embankment_m"])),
        (gettext("Bank of the side stream"), _metres(approved["side_stream_embankment_m"])),
    ]


def billion_vnd(number: float) -> str:
    """An amount of the plan, in billions."""
    return gettext("%(number)s billion VND", number=format_decimal(number))


def _announced(centre: FlowerCentre, day: str) -> list[str]:
    """The project's sources that also stand at the milestone of that day."""
    told = [url for step in centre.milestones if step.date == day for url in _urls(step.sources)]
    return [url for url in told if url in centre.investor["sources"]] or centre.investor["sources"]


def _figure(topic: str, when: str, amount: str, about: Any, urls: Iterable[str]) -> Figure:
    return Figure(topic, when[:4], amount, about, dates.partial(when), [source_link(url) for url in urls])


def _urls(sources: Iterable[Mapping[str, Any]]) -> list[str]:
    return [source["url"] for source in sources]


def _hectares(value: float) -> str:
    return gettext("%(number)s ha", number=format_decimal(value))


def _square_metres(value: float) -> str:
    return gettext("%(number)s m²", number=format_decimal(value))


def _metres(value: float) -> str:
    return gettext("%(amount)s m", amount=format_decimal(value))
