"""A route as files for devices: GPX 1.1 for navigators, iCalendar for calendars (gpxpy, icalendar)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import icalendar

from catalogue.kernel.clock import LOCAL
from catalogue.kernel.geo import Point

CREATOR = "Catalogue of Lâm Đồng"
PRODUCER = f"-//{CREATOR}//Routes//{{}}"
# Viet Nam has kept one offset, without summer time, since 13 June 1975.
OFFSET = timedelta(hours=7)
SINCE = datetime(1975, 6, 13)  # noqa: DTZ001  a zone's own definition has no zone


@dataclass(frozen=True)
class Waypoint:
    """A stop with a point of its own. `description` and `comment` are plain texts."""

    name: str
    description: str
    comment: str
    kind: str
    point: Point


@dataclass(frozen=True)
class Outing:
    """A route as it goes into a file; `language` is that of its texts, `link` its page."""

    name: str
    description: str
    link: str
    language: str


@dataclass(frozen=True)
class Start:
    """A day of the outing: when it begins, in Đà Lạt's own time, and where if that is known.

    `minutes`: how long it is sure to last; an event without them ends as it begins (RFC 5545, 3.6.1).
    """

    uid: str
    at: datetime
    summary: str
    description: str
    where: str
    point: Point | None
    minutes: int | None = None


def gpx(outing: Outing, waypoints: Sequence[Waypoint]) -> bytes:
    """A GPX 1.1 document: the stops as waypoints, and as one route that gives their order."""
    import gpxpy.gpx

    document = gpxpy.gpx.GPX()
    document.creator = CREATOR
    document.name, document.description, document.link = outing.name, outing.description, outing.link
    route = gpxpy.gpx.GPXRoute(name=outing.name)
    route.link = outing.link
    for one in waypoints:
        stop = gpxpy.gpx.GPXWaypoint(one.point.lat, one.point.lon, name=one.name, type=one.kind)
        stop.description, stop.comment = one.description, one.comment
        document.waypoints.append(stop)
        route.points.append(gpxpy.gpx.GPXRoutePoint(one.point.lat, one.point.lon, name=one.name))
    document.routes.append(route)
    return document.to_xml(version="1.1").encode()


def ics(outing: Outing, starts: Sequence[Start], stamped: datetime) -> bytes:
    """An iCalendar document with the definition of Viet Nam's zone; `stamped` says as of when it is true."""
    import icalendar  # 3 MB, and few people ask for a calendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCER.format(outing.language.upper()))
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", outing.name)
    calendar.add_component(_zone())
    for start in starts:
        event = icalendar.Event()
        event.add("uid", start.uid)
        event.add("dtstamp", stamped)
        event.add("dtstart", start.at.replace(tzinfo=LOCAL))
        if start.minutes:
            event.add("duration", timedelta(minutes=start.minutes))
        event.add("summary", start.summary, parameters={"language": outing.language})
        event.add("description", start.description, parameters={"language": outing.language})
        event.add("url", outing.link)
        event.add("transp", "TRANSPARENT")
        if start.where:
            event.add("location", start.where)
        if start.point:
            event.add("geo", (start.point.lat, start.point.lon))
        calendar.add_component(event)
    body: bytes = calendar.to_ical()
    return body


def _zone() -> icalendar.Timezone:
    import icalendar

    zone, standard = icalendar.Timezone(), icalendar.TimezoneStandard()
    zone.add("tzid", LOCAL.key)
    standard.add("dtstart", SINCE)
    standard.add("tzoffsetfrom", OFFSET)
    standard.add("tzoffsetto", OFFSET)
    standard.add("tzname", "+07")
    zone.add_component(standard)
    return zone
