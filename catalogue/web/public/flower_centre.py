"""The planned Flower Trading Centre: first that it is not open, then what was said of it, and by whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Blueprint
from flask_babel import format_decimal, gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString
from markupsafe import Markup

from catalogue.flower_centre.models import FlowerCentre
from catalogue.flower_centre.queries import flower_centre_in_full
from catalogue.flowers.models import FlowerVariety
from catalogue.flowers.queries import flowers, grading_standards
from catalogue.kernel.clock import today
from catalogue.kernel.language import Bilingual
from catalogue.places.models import Place
from catalogue.places.queries import gazetteer
from catalogue.producers.models import Producer
from catalogue.producers.queries import growers
from catalogue.web import dates, labels, prints, seasons
from catalogue.web.language import address, current, page, read
from catalogue.web.page import say
from catalogue.web.page import show as render
from catalogue.web.public import centre_figures, flower_calendar, grading, thread, whereabouts
from catalogue.web.public.flowers import grower_row
from catalogue.web.public.records import source_link, source_links
from catalogue.web.public.resolution import solution_link

# The flowers with most growers are shown with their growers' bands; the others in a list.
SHOWN_FLOWERS, SHOWN_GROWERS = 4, 3

# The parts of a long page, by their ids.
PARTS: tuple[tuple[LazyString, str], ...] = (
    (lazy_gettext("Steps so far"), "#history"),
    (lazy_gettext("Figures"), "#figures"),
    (lazy_gettext("What it is to do"), "#functions"),
    (lazy_gettext("Site and money"), "#where"),
    (lazy_gettext("Season calendar"), "#year"),
    (lazy_gettext("Growers by flower"), "#growers"),
    (lazy_gettext("Grading guide"), "#grading"),
)

blueprint = Blueprint("flower_centre", __name__)


@page(blueprint, vi="/trung-tam-giao-dich-hoa", en="/flower-trading-centre")
def show() -> str:
    """What is planned, since when, with which figures; the flowers and growers there are today."""
    centre, everything, day = flower_centre_in_full(), flowers(current()), today()
    grown_by = _growers_by_flower(growers(current()))
    shown = _most_grown(everything, grown_by)
    return render(
        "public/flower_centre/show.html",
        nav_current="flowers",
        title=read(centre.name),
        centre=centre,
        crumbs=[(gettext("Flowers"), address("public.flowers.index")), (say(centre.name), None)],
        facts=_facts(centre),
        parts=PARTS,
        milestones=[
            {
                "when": _as_title(dates.partial(step.date)),
                "text": say(step.event),
                "sources": [source_link(source["url"]) for source in step.sources],
            }
            for step in centre.milestones
        ],
        years=centre_figures.YEARS,
        figures=centre_figures.table(centre),
        figures_note=say(Bilingual(**centre.area["note"])),
        scope=centre_figures.scope(centre),
        scope_sources=[source_link(url) for url in centre.area["approved_2021_m2"]["sources"]],
        functions_title=ngettext(
            "%(num)s thing it is planned to do", "%(num)s things it is planned to do", len(centre.functions)
        ),
        functions=[
            {
                "text": say(function.name),
                "sources": [source_link(source["url"]) for source in function.sources],
            }
            for function in centre.functions
        ],
        sites=_sites(centre),
        investor=_investor(centre),
        investor_sources=source_links({"url": url} for url in centre.investor["sources"]),
        calendar=flower_calendar.calendar(everything, day),
        without_season=flower_calendar.without_season(everything),
        flowers_more=ngettext("%(num)s kind of flower", "%(num)s kinds of flowers", len(everything)),
        grown=[_grown(flower, grown_by[flower.id]) for flower in shown],
        also_grown=[_also_grown(one, grown_by[one.id]) for one in everything if one not in shown],
        guide=grading.guide(grading_standards()),
        sources=source_links(centre.sources),
    )


def _facts(centre: FlowerCentre) -> list[tuple[str, Any]]:
    """What is known of it in a few lines; what no source says is said."""
    return [
        (gettext("Part of"), say(_text(centre.investor["project"]))),
        (gettext("Start of works"), gettext("No source gives a day")),
        (gettext("Opening"), centre.opened or gettext("No source gives a day")),
        (gettext("Website of its own"), _website(centre)),
        (gettext("In the resolution"), solution_link(centre.code) or ""),
    ]


def _website(centre: FlowerCentre) -> str | Markup:
    if centre.website is None:
        return gettext("None known")
    return whereabouts.link(source_link(centre.website)["host"], centre.website)


def _sites(centre: FlowerCentre) -> list[dict[str, Any]]:
    """The place of the present plan and the one that was dropped, as the sources describe them."""
    places = {place.code: place for place in gazetteer(current()).places}
    return [_site(location, places.get(location["place"]["slug"])) for location in centre.locations]


def _site(location: Mapping[str, Any], place: Place | None) -> dict[str, Any]:
    where = location["place"]
    before = ", ".join(part for part in (where["former_commune"], where["former_district"]) if part)
    return {
        "planned": location["status"] == "current-plan",
        "status": str(labels.SITE_STATES[location["status"]]),
        "name": say(_text(location["name"])),
        "facts": [
            (
                gettext("Ward or commune today"),
                whereabouts.local(where["current"]) if where["current"] else gettext("Not known"),
            ),
            (gettext("Place"), whereabouts.link(say(place.name), thread.place_link(place)) if place else ""),
            (gettext("Before July 2025"), whereabouts.local(before) if before else ""),
            (gettext("Latitude, longitude"), gettext("Not known") if location["lat"] is None else ""),
        ],
        "sources": [source_link(url) for url in location["sources"]],
    }


def _investor(centre: FlowerCentre) -> list[tuple[str, Any]]:
    """Who builds, with which money, advised by whom; sums stand for the whole project."""
    project, loan = centre.investor, centre.investor["oda_loan"]
    first, last = project["project_period"].split("-")
    borrowed = gettext(
        "over %(yen)s billion yen, about %(dong)s",
        yen=format_decimal(loan["jpy_billion_over"]),
        dong=centre_figures.billion_vnd(loan["vnd_billion_equivalent"]),
    )
    return [
        (gettext("Project"), say(_text(project["project"]))),
        (gettext("Owner of the works"), say(_text(project["owner"]))),
        (gettext("Money"), say(_text(project["funding"]))),
        (gettext("Whole project"), centre_figures.billion_vnd(project["project_total_vnd_billion"])),
        (gettext("Loan from Japan"), borrowed),
        (gettext("Parts of the project"), format_decimal(project["sub_projects"])),
        (gettext("Years of the project"), f"{first}–{last}"),
        (gettext("Adviser"), [say(_text(adviser)) for adviser in project["advisers"]]),
        (gettext("Twin centre, also a plan"), say(_text(project["partner_centre"]))),
    ]


def _growers_by_flower(producers: Iterable[Producer]) -> dict[int, list[Producer]]:
    found: dict[int, list[Producer]] = defaultdict(list)
    for producer in producers:
        for flower in producer.flowers:
            found[flower.id].append(producer)
    return found


def _most_grown(
    everything: Sequence[FlowerVariety], grown_by: Mapping[int, Sequence[Producer]]
) -> list[FlowerVariety]:
    """The flowers with most growers, each with a print that no other one has."""
    by_print: dict[str, FlowerVariety] = {}
    for flower in sorted(everything, key=lambda one: -len(grown_by[one.id])):
        own = prints.print_of_flower(flower)
        if own and grown_by[flower.id]:
            by_print.setdefault(own, flower)
    return list(by_print.values())[:SHOWN_FLOWERS]


def _grown(flower: FlowerVariety, growers_of_it: Sequence[Producer]) -> dict[str, Any]:
    """A flower with its first growers; the way to all of them where there are more."""
    months = flower.season_months
    return {
        **flower_calendar.link_to(flower),
        "print": prints.print_of_flower(flower),
        "season": seasons.words(months) if months else gettext("Season not known"),
        "growers": [grower_row(one) for one in growers_of_it[:SHOWN_GROWERS]],
        "more": gettext("All %(number)s growers", number=format_decimal(len(growers_of_it)))
        if len(growers_of_it) > SHOWN_GROWERS
        else None,
    }


def _also_grown(flower: FlowerVariety, growers_of_it: Sequence[Producer]) -> dict[str, Any]:
    """A flower with its growers as plain links."""
    return {
        **flower_calendar.link_to(flower),
        "growers": [
            {"text": say(one.name), "href": address("public.producers.show", slug=one.slug(current()))}
            for one in growers_of_it
        ],
    }


def _as_title(words: str) -> str:
    """With a capital: a Vietnamese month is written small within a sentence."""
    return words[:1].upper() + words[1:]


def _text(pair: Mapping[str, str]) -> Bilingual:
    return Bilingual(**pair)
