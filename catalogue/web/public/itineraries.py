"""A route to take along: its stops for a navigator (GPX), its days for a calendar (iCalendar)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, request
from flask_babel import gettext

from catalogue.adapters import itinerary
from catalogue.adapters.itinerary import Outing, Start, Waypoint
from catalogue.kernel.clock import LOCAL, today
from catalogue.kernel.errors import Unreadable
from catalogue.kernel.geo import Point
from catalogue.places.models import CraftVillage, PointOfInterest
from catalogue.producers.models import Producer
from catalogue.routes.models import Stop, TourRoute
from catalogue.routes.queries import route_by_slug
from catalogue.routes.rules import is_in_season, next_saturday
from catalogue.web import dates, labels
from catalogue.web.language import address, current, page, read
from catalogue.web.public.records import find_or_redirect, page_of

LEAVES_AT = time(8)
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
YEARS = range(2000, 2100)

blueprint = Blueprint("itineraries", __name__)


@page(blueprint, vi="/tuyen/<slug>.gpx", en="/routes/<slug>.gpx")
def gpx(slug: str) -> Response:
    """The stops whose point is known, in order."""
    route = find_or_redirect(TourRoute, slug, route_by_slug)
    placed = [(stop, point) for stop in route.stops if (point := stop.target.point)]
    unknown = [read(stop.target.name) for stop in route.stops if stop.target.point is None]
    body = itinerary.gpx(_outing(route, _about(route, unknown)), [_waypoint(*one) for one in placed])
    return _file(route, body, "application/gpx+xml", "gpx")


@page(blueprint, vi="/tuyen/<slug>.ics", en="/routes/<slug>.ics")
def ics(slug: str) -> Response:
    """One event a day, on `?date=` or else the next Saturday in season.

    An event says when the day begins. No source says how long the road takes, so no stop gets a time of its
    own, and a day lasts as long as its known stops: its words say that the road comes on top. Where a day of
    several ends no source says either, so such a day gets no length.
    """
    route = find_or_redirect(TourRoute, slug, route_by_slug)
    first = _asked_day() or next_saturday(route.season_months, today())
    stamped = datetime.combine(today(), time(), LOCAL)
    starts = [_start(route, first, number) for number in range(1, route.days + 1)]
    body = itinerary.ics(_outing(route, read(route.summary)), starts, stamped)
    return _file(route, body, "text/calendar", "ics")


def offer(route: TourRoute, day: date) -> dict[str, str | int]:
    """What a route's page says of its files (public/routes/_take_along.html)."""
    saturday = next_saturday(route.season_months, day)
    return {
        "gpx": address("public.itineraries.gpx", slug=route.slug(current())),
        "ics": address("public.itineraries.ics", slug=route.slug(current())),
        "placed": sum(stop.target.point is not None for stop in route.stops),
        "stops": len(route.stops),
        "date": saturday.isoformat(),
        "day": dates.day(saturday),
    }


def _asked_day() -> date | None:
    """The day of `?date=`; Unreadable where it is none."""
    asked = request.args.get("date", "").strip()
    if not asked:
        return None
    try:
        day = date.fromisoformat(asked) if DATE.fullmatch(asked) else None
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        raise Unreadable("date.unreadable", field="date")
    return day


def _outing(route: TourRoute, description: str) -> Outing:
    site = current_app.config["SITE_URL"]
    link = site + page_of(route)
    return Outing(read(route.name), description, link, current().value)


def _about(route: TourRoute, unknown: list[str]) -> str:
    missing = gettext("No point is known for %(names)s", names="; ".join(unknown)) if unknown else ""
    return _sentences(read(route.summary), _warning(), missing)


def _warning() -> str:
    return gettext("Points are approximate, usually 1 to 3 km off: do not navigate to them")


def _waypoint(stop: Stop, point: Point) -> Waypoint:
    """Its name in the page's language, the other one in the description."""
    return Waypoint(
        name=read(stop.target.name),
        description=stop.target.name.text(current().other),
        comment=_sentences(_on_site(stop), read(stop.note), gettext("Approximate point, no address")),
        kind=_kind(stop),
        point=point,
    )


def _kind(stop: Stop) -> str:
    if stop.village:
        return gettext("Craft village")
    if stop.producer:
        return str(labels.PRODUCER_KINDS[stop.producer.kind])
    assert stop.poi is not None
    return str(labels.SIGHTS[stop.poi.kind])


def _on_site(stop: Stop) -> str:
    if stop.minutes is None:
        return gettext("Time on site not known")
    return gettext("about %(time)s here", time=labels.duration(stop.minutes))


def _start(route: TourRoute, first: date, number: int) -> Start:
    day = first + timedelta(days=number - 1)
    begins_at = route.stops[0].target if number == 1 and route.stops else None
    host = urlsplit(current_app.config["SITE_URL"]).hostname
    name = read(route.name)
    if route.days > 1:
        name = gettext("%(route)s, day %(number)s of %(days)s", route=name, number=number, days=route.days)
    return Start(
        uid=f"{route.code}-{first.isoformat()}-{number}@{host}",
        at=datetime.combine(day, LEAVES_AT),
        summary=name,
        description=_programme(route, day),
        where=_place(begins_at) if begins_at else "",
        point=begins_at.point if begins_at else None,
        minutes=sum(_known_minutes(route)) or None if route.days == 1 else None,
    )


def _place(target: CraftVillage | Producer | PointOfInterest) -> str:
    name, place = read(target.name), read(target.place.name) if target.place else ""
    return f"{name}, {place}" if place else name


def _programme(route: TourRoute, day: date) -> str:
    """The whole route, for the sources do not say which stop belongs to which day."""
    known = _known_minutes(route)
    lines = [
        read(route.summary),
        _season(route, day),
        *(_line(stop) for stop in route.stops),
        _whole_time(sum(known)) if known else "",
        _several_days(route),
        f"{_warning()}.",
    ]
    return "\n".join(line for line in lines if line)


def _known_minutes(route: TourRoute) -> list[int]:
    return [stop.minutes for stop in route.stops if stop.minutes is not None]


def _line(stop: Stop) -> str:
    return f"{stop.position}. {read(stop.target.name)}: {_sentences(_on_site(stop), read(stop.note))}"


def _whole_time(minutes: int) -> str:
    time_on_site = labels.duration(minutes)
    return gettext(
        "On site %(time)s in all. The road comes on top: no source says how long it takes.", time=time_on_site
    )


def _several_days(route: TourRoute) -> str:
    if route.days == 1:
        return ""
    return gettext("Where one day ends and the next begins is yours to choose.")


def _sentences(*texts: str) -> str:
    return " ".join(f"{text.removesuffix('.')}." for text in texts if text)


def _season(route: TourRoute, day: date) -> str:
    """A word of warning, where there is reason for one."""
    fits = is_in_season(route.season_months, day)
    if fits is None:
        return gettext("Its season is not known.")
    return "" if fits else gettext("This day lies outside the route’s season.")


def _file(route: TourRoute, body: bytes, media_type: str, ending: str) -> Response:
    response = Response(body, content_type=f"{media_type}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{route.slug(current())}.{ending}"'
    return response
