"""Industrial parks and clusters: what is there, what is only planned, and where the sources differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Blueprint
from flask_babel import gettext, ngettext
from markupsafe import Markup

from catalogue.kernel.language import Bilingual
from catalogue.places.models import IndustrialZone, ZoneSurvey
from catalogue.places.queries import zone_by_slug, zone_survey, zones
from catalogue.places.rules import own_names
from catalogue.producers.queries import producers_in_zone
from catalogue.web import dates, labels
from catalogue.web.language import address, current, page, read
from catalogue.web.page import is_translated, say
from catalogue.web.page import show as render
from catalogue.web.public import whereabouts
from catalogue.web.public.cards import maker_row
from catalogue.web.public.records import find_or_redirect, page_of, source_link, source_links
from catalogue.web.public.resolution import solution_link
from catalogue.web.public.thread import place_link

Raw = Mapping[str, Any]

blueprint = Blueprint("zones", __name__)


@page(blueprint, vi="/khu-cum-cong-nghiep", en="/industrial-zones")
def index() -> str:
    """All zones by what they are, and what was read of them together."""
    every, survey = zones(current()), zone_survey()
    details: Raw = survey.details if survey else {}
    return render(
        "public/zones/index.html",
        title=ngettext("%(num)s industrial zone", "%(num)s industrial zones", len(every)),
        groups=[
            {"id": kind.replace("_", "-"), "title": str(title), "zones": rows}
            for kind, title in labels.ZONE_GROUPS.items()
            if (rows := [_row(zone) for zone in every if zone.kind == kind])
        ],
        read_on=dates.partial(details["read_on"]) if "read_on" in details else None,
        managers=[_manager(one) for one in details.get("managed_by", ())],
        figures=[_figure(one) for one in details.get("province_figures", ())],
        conflicts=[_conflict(one, survey) for one in details.get("conflicts", ())],
        history=[_event(one) for one in details.get("history", ())],
        gaps=[_both(one) for one in details.get("gaps", ())],
        sources=source_links(survey.sources) if survey else [],
    )


@page(blueprint, vi="/khu-cum-cong-nghiep/<slug>", en="/industrial-zones/<slug>")
def show(slug: str) -> str:
    """One zone, with every figure beside its date and source."""
    zone, survey = find_or_redirect(IndustrialZone, slug, zone_by_slug), zone_survey()
    makers = producers_in_zone(zone.id, current())
    details: Raw = survey.details if survey else {}
    return render(
        "public/zones/show.html",
        record=zone,
        translated=is_translated(zone),
        title=read(zone.name),
        description=read(zone.summary),
        crumbs=[(gettext("Industrial zones"), address("public.zones.index")), (say(zone.name), None)],
        zone=zone,
        kind=whereabouts.line(*_kinds(zone)),
        status={"kind": "fact", "text": str(labels.ZONE_STATES[zone.status_code])},
        facts=_facts(zone, details),
        areas=[_area(one) for one in zone.areas],
        figures=[_figure(one) for one in zone.figures],
        makers_title=ngettext("%(num)s maker in it", "%(num)s makers in it", len(makers)),
        makers=[maker_row(maker) for maker in makers],
        enterprises=[_enterprise(one) for one in zone.other_enterprises],
        conflicts=[_conflict(one, survey) for one in _naming(zone, details.get("conflicts", ()), "subject")],
        history=[_event(one) for one in _naming(zone, details.get("history", ()), "event")],
        sources=source_links(zone.sources),
    )


# ---------------------------------------------------------------- the list
def _row(zone: IndustrialZone) -> dict[str, Any]:
    return {
        "name": say(zone.name),
        "href": page_of(zone),
        "kind": str(labels.ZONE_KINDS[zone.proposed_kind or zone.kind]),
        "state": str(labels.ZONE_STATES[zone.status_code]),
        "place": _places(zone),
        "area": _hectares(zone.area_ha),
    }


def _places(zone: IndustrialZone) -> Markup | str:
    """The units of today that it lies in; else the old city or district."""
    units = zone.units or ([zone.place] if zone.place else [])
    return Markup(", ").join(whereabouts.link(say(unit.name), place_link(unit)) for unit in units)


def _hectares(value: float | None) -> str:
    return labels.hectares(value) if value is not None else gettext("Not known")


def _manager(raw: Raw) -> dict[str, Any]:
    return {
        "name": _both(raw["name"]),
        "what": str(labels.ZONE_GROUPS[raw["scope"]]),
        "website": source_link(raw["website"]) if raw["website"] else None,
        "source": source_link(raw["source"]),
    }


# ---------------------------------------------------------------- one zone
def _kinds(zone: IndustrialZone) -> list[str]:
    kinds = [str(labels.ZONE_KINDS[zone.kind])]
    if zone.proposed_kind and zone.proposed_kind != zone.kind:
        kinds.append(str(labels.ZONE_KINDS[zone.proposed_kind]))
    return kinds


def _facts(zone: IndustrialZone, details: Raw) -> whereabouts.Rows:
    managers = [_both(one["name"]) for one in details.get("managed_by", ()) if one["scope"] == zone.kind]
    rows: whereabouts.Rows = [
        (gettext("Kind"), str(labels.ZONE_KINDS[zone.kind])),
        (gettext("Proposed as"), str(labels.ZONE_KINDS.get(zone.proposed_kind or "", ""))),
        (gettext("State of things"), say(zone.status)),
        (gettext("Area"), _hectares(zone.area_ha)),
        (gettext("Investor"), say(zone.investor) or gettext("Not known")),
        (gettext("Trades"), say(zone.sectors) or gettext("Not known")),
        (gettext("Managed by"), managers),
        (gettext("In the resolution"), _in_resolution(zone)),
        (gettext("Place"), _place(zone)),
        (gettext("Before July 2025"), whereabouts.former_units(zone)),
    ]
    if point := zone.point:
        where = gettext(
            "%(where)s: the middle of the commune or ward, not the site", where=whereabouts.degrees(point)
        )
        rows.append((gettext("Latitude, longitude"), where))
    return rows


def _in_resolution(zone: IndustrialZone) -> list[Markup | str]:
    """How the resolution names it, and the solution that is about it."""
    words = str(labels.NAMED_IN_RESOLUTION.get(zone.named_in_resolution or "", ""))
    return [part for part in (words, solution_link(zone.code)) if part]


def _place(zone: IndustrialZone) -> list[Markup | str]:
    where = [_places(zone) or gettext("Not known")]
    return (
        [*where, gettext("Deduced from the name and the new names of 2025")] if zone.place_inferred else where
    )


def _area(raw: Raw) -> dict[str, Any]:
    value = labels.hectares(raw["value"])
    if raw["bound"] == "nearly":
        value = gettext("nearly %(area)s", area=value)
    return {"value": value, "note": _both(raw["note"])} | _dated(raw)


def _figure(raw: Raw) -> dict[str, Any]:
    return {"text": _both(raw["text"])} | _dated(raw)


def _event(raw: Raw) -> dict[str, Any]:
    return {
        "date": dates.partial(raw["date"]),
        "text": _both(raw["event"]),
        "source": source_link(raw["source"]),
    }


def _conflict(raw: Raw, survey: ZoneSurvey | None) -> dict[str, Any]:
    """Figures that differ, each with its source and the day that was published."""
    published = {one["url"]: one["published"] for one in survey.sources} if survey else {}
    values = [
        {
            "text": _both(one["value"]),
            "date": dates.partial(day) if (day := published.get(one["source"])) else None,
            "source": source_link(one["source"]),
        }
        for one in raw["values"]
    ]
    return {"subject": _both(raw["subject"]), "values": values}


def _dated(raw: Raw) -> dict[str, Any]:
    date = dates.partial(raw["as_of"]) if raw["as_of"] else gettext("Date not known")
    return {"date": date, "source": source_link(raw["source"])}


def _naming(zone: IndustrialZone, notes: Iterable[Raw], field: str) -> Sequence[Raw]:
    """The notes on all zones that call this one by its own name."""
    names = own_names(zone.name.en or "")
    return [note for note in notes if any(name in note[field]["vi"] for name in names)]


def _enterprise(raw: Raw) -> dict[str, Any]:
    return {"name": raw["name"], "text": _both(raw["text"]), "source": source_link(raw["source"])}


def _both(pair: Raw | None) -> Markup | str:
    """A pair of languages of the data, or null, for the reader."""
    return say(Bilingual(pair["vi"], pair["en"])) if pair else ""
