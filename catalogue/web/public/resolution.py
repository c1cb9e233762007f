"""The resolution on industry and handicraft, beside what was published and what is counted here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Blueprint
from flask_babel import format_decimal, gettext, lazy_gettext
from flask_babel.speaklater import LazyString
from markupsafe import Markup

from catalogue.kernel.clock import today
from catalogue.kernel.errors import NotFound
from catalogue.kernel.language import Bilingual
from catalogue.places.models import IndustrialZone
from catalogue.places.queries import zones
from catalogue.resolution.indicators import indicators
from catalogue.resolution.models import Outcome, PublishedFigure, Resolution, Solution, Target, Task
from catalogue.resolution.queries import (
    Counted,
    counted,
    published_figures,
    related_codes,
    resolution,
    solutions_naming,
)
from catalogue.search.queries import category_counts, evidence_counts
from catalogue.web import dates, goal_words, labels
from catalogue.web.kinds import existing
from catalogue.web.language import address, current, page, read
from catalogue.web.page import say
from catalogue.web.page import show as render
from catalogue.web.public import whereabouts
from catalogue.web.public.facets import list_address
from catalogue.web.public.records import page_of, source_link, source_links

Raw = Mapping[str, Any]

PROCESSED = ("coffee", "tea", "processed-food", "wine-spirits", "herbs-mushrooms")
CRAFT = ("handicraft", "silk-textile")
# One remark of the data is about its own field; the page says the same of every target.
FIELD_OF_DATA = "period_from"
# What can be counted beside each task, by its place, and each solution, by its code; else nothing.
OF_TASKS: dict[int, tuple[str, ...]] = {
    1: ("processed", "exporters"),
    3: ("zones",),
    5: ("craft", "villages", "recognised", "village_routes"),
    7: ("confirmed", "reported"),
}
OF_SOLUTIONS: dict[str, tuple[str, ...]] = {
    "flower-trading-centre": ("flowers", "growers"),
    "textile-clusters": ("silk",),
}
# What each number counts, so that nobody takes it for a figure of the whole province.
DEFINITIONS: dict[str, LazyString] = {
    "processed": lazy_gettext(
        "products listed here under coffee, tea, processed food, wine and spirits, herbs and mushrooms"
    ),
    "exporters": lazy_gettext("makers listed here with an export market that a source reported at some time"),
    "zones": lazy_gettext("parks and clusters described here, planned and proposed ones included"),
    "craft": lazy_gettext("products listed here under handicrafts, silk and textiles"),
    "villages": lazy_gettext("craft villages listed here"),
    "recognised": lazy_gettext("of these villages with a recognition that a source reports"),
    "village_routes": lazy_gettext("routes drawn up by this site that stop at a craft village"),
    "confirmed": lazy_gettext("products here with a certificate that is confirmed and in force"),
    "reported": lazy_gettext("products here with a certificate that a source reports, not confirmed"),
    "flowers": lazy_gettext("products listed here under flowers and ornamental plants"),
    "growers": lazy_gettext("makers listed here that grow or propagate a flower"),
    "silk": lazy_gettext("products listed here under silk and textiles"),
}

blueprint = Blueprint("resolution", __name__)


@page(blueprint, vi="/nghi-quyet", en="/resolution")
def show() -> str:
    """What was set out to be done, and what can be said of it."""
    paper = resolution()
    if paper is None:
        raise NotFound("resolution.unknown")
    details: Raw = paper.details
    figures = published_figures()
    count, by_code = _counter(), {zone.code: zone for zone in zones(current())}
    return render(
        "public/resolution/show.html",
        title=say(paper.title),
        focus=say(paper.focus),
        facts=_facts(paper),
        territory=_text(details["territory"]["note"]),
        territory_sources=[source_link(url) for url in details["territory"]["sources"]],
        objectives=[_text(one["text"]) for one in details["objectives"]],
        objectives_note=_text(details["objectives_note"]),
        orientation=say(paper.orientation_2030),
        targets=[_target(target, paper, figures) for target in paper.targets],
        measures=goal_words.measures(paper, figures),
        indicators=[goal_words.counted(one) for one in indicators(today())],
        counted_on=goal_words.counted_on(today()),
        tasks=[_task(task, count) for task in paper.tasks],
        tasks_count_stated=details["tasks_count_stated"],
        solutions=[_solution(one, count, by_code) for one in paper.solutions],
        plans=[_plan(one) for one in details["local_plans"]],
        outcomes=_by_territory(paper.outcomes),
        gaps=[_text(gap) for gap in details["gaps"] if FIELD_OF_DATA not in gap["en"]],
        read_on=dates.when(details["read_on"]),
        sources=source_links(paper.sources),
    )


def _text(pair: Raw | None) -> Any:
    return say(Bilingual(pair["vi"], pair["en"])) if pair else ""


def _facts(paper: Resolution) -> list[tuple[str, Any]]:
    unknown, details = gettext("Not known"), paper.details
    return [
        (gettext("Issued by"), say(paper.issuer)),
        (
            gettext("Number of the resolution"),
            [part for part in (paper.number or unknown, _text(details["number_note"])) if part],
        ),
        (gettext("Full symbol"), details["symbol"] or unknown),
        (gettext("Date"), dates.partial(details["date"]) if details["date"] else unknown),
    ]


Count = Callable[[Sequence[str]], list[dict[str, Any]]]


def _counter() -> Count:
    """Gives the numbers of those names, each with what it counts and where it can be seen."""
    day = today()
    products, evidence, other = category_counts(day), evidence_counts(day), counted()
    numbers = {name: getattr(other, name) for name in Counted.__dataclass_fields__} | {
        "processed": sum(products.get(code, 0) for code in PROCESSED),
        "craft": sum(products.get(code, 0) for code in CRAFT),
        "flowers": products.get("flowers", 0),
        "silk": products.get("silk-textile", 0),
        "confirmed": evidence["confirmed"],
        "reported": evidence["reported"],
    }
    ways = {
        "processed": list_address([("category", code) for code in PROCESSED]),
        "exporters": existing("public.exporters.index") or address("public.producers.index"),
        "zones": existing("public.zones.index"),
        "craft": list_address([("category", code) for code in CRAFT]),
        "villages": address("public.villages.index"),
        "recognised": address("public.villages.index", query=[("recognition", "recognised")]),
        "village_routes": address("public.routes.index"),
        "flowers": list_address([("category", "flowers")]),
        "growers": existing("public.flowers.index"),
        "silk": list_address([("category", "silk-textile")]),
        "confirmed": list_address([("evidence", "confirmed")]),
        "reported": list_address([("evidence", "reported")]),
    }
    return lambda names: [
        {"number": format_decimal(numbers[name]), "text": str(DEFINITIONS[name]), "href": ways[name]}
        for name in names
    ]


def _task(task: Task, count: Count) -> dict[str, Any]:
    return {"text": say(task.text), "counts": count(OF_TASKS.get(task.position, ()))}


def solution_link(code: str) -> Markup | None:
    """Where the resolution speaks of a record, for that record's own page; None where it does not."""
    found = solutions_naming(code)
    if not found:
        return None
    href = address("public.resolution.show", _anchor=_anchor(found[0]))
    return whereabouts.link(say(found[0].name), href)


def _anchor(solution: Solution) -> str:
    return f"solution-{solution.code}"


def _solution(solution: Solution, count: Count, by_code: Mapping[str, IndustrialZone]) -> dict[str, Any]:
    return {
        "id": _anchor(solution),
        "name": say(solution.name),
        "what": say(solution.what),
        "later": say(solution.later),
        "counts": count(OF_SOLUTIONS.get(solution.code, ())),
        "ways": _ways(solution, by_code),
        "sources": source_links(solution.sources),
    }


def _ways(solution: Solution, by_code: Mapping[str, IndustrialZone]) -> list[tuple[Any, str]]:
    """Pages of this site about the same thing."""
    if solution.code == "brand":
        return [(gettext("About the mark"), address("public.brand.show"))]
    if solution.code == "flower-trading-centre":
        return [(gettext("About the planned centre"), address("public.flower_centre.show"))]
    named = [by_code[code] for code in related_codes(solution) if code in by_code]
    return [(say(zone.name), page_of(zone)) for zone in named]


def _target(target: Target, paper: Resolution, figures: Sequence[PublishedFigure]) -> dict[str, Any]:
    until = str(target.period_to) if target.period_to else None
    return {
        "indicator": say(target.indicator),
        "period": gettext("to %(year)s; starting year not stated", year=until)
        if until
        else gettext("no year stated"),
        "value": goal_words.span(target.min, target.max),
        "unit": say(target.unit),
        "baseline": gettext("from %(number)s", number=format_decimal(target.baseline))
        if target.baseline is not None
        else "",
        "note": say(target.note),
        "sources": source_links(target.sources),
        "published": [
            _outcome(one) for one in paper.outcomes if one.details.get("related_target") == target.code
        ],
        "figures": [goal_words.told(one, target, paper) for one in figures if one.target == target.code],
    }


def _by_territory(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """The figures in tables of their own, so that nobody compares those of two provinces."""
    tables: dict[str | None, list[Outcome]] = {}
    for one in outcomes:
        tables.setdefault(one.details["scope"], []).append(one)
    return [
        {
            "id": f"figures-{place}",
            "title": str(labels.SCOPES[scope]) if scope else gettext("Former or new province: not stated"),
            "rows": [_outcome(one) for one in rows],
        }
        for place, (scope, rows) in enumerate(tables.items(), start=1)
    ]


def _outcome(outcome: Outcome) -> dict[str, Any]:
    details = outcome.details
    number = (
        format_decimal(outcome.value)
        if outcome.value is not None
        else goal_words.span(details["value_min"], details["value_max"])
    )
    bound = labels.BOUNDS.get(details["bound"] or "")
    return {
        "indicator": say(outcome.indicator),
        "period": goal_words.period(details["period"], outcome.year),
        "value": goal_words.measured(
            str(bound % {"number": number}) if bound else number, read(outcome.unit)
        ),
        "nature": str(labels.NATURES[details["nature"]]),
        "note": _text(details["note"]),
        "sources": source_links(outcome.sources),
    }


def _plan(plan: Raw) -> dict[str, Any]:
    return {"text": _text(plan["text"]), "source": source_link(plan["source"])}
