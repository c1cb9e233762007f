"""A route's files for navigators and calendars, read back by other programs than wrote them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
import vobject
from flask import Flask
from lxml import etree
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from catalogue.database import db, transaction
from catalogue.kernel.language import Bilingual, Language
from catalogue.routes.models import Stop, TourRoute
from catalogue.slugs import address as give_address
from tests.documents import main, words

ROOTS = {Language.VI: "/vi/tuyen", Language.EN: "/en/routes"}
GPX = "{http://www.topografix.com/GPX/1/1}"
LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
THURSDAY = datetime(2026, 11, 26, 12, tzinfo=LOCAL)
LANGUAGES = pytest.mark.parametrize("language", Language)


@pytest.fixture(scope="module")
def routes(loaded: Flask) -> list[TourRoute]:
    stops = selectinload(TourRoute.stops)
    targets = (stops.joinedload(Stop.village), stops.joinedload(Stop.producer), stops.joinedload(Stop.poi))
    with loaded.app_context():
        return list(db.session.scalars(select(TourRoute).options(*targets)))


def address(route: TourRoute, language: Language, ending: str) -> str:
    return f"{ROOTS[language]}/{route.slug(language)}.{ending}"


def by_code(routes: list[TourRoute], code: str) -> TourRoute:
    return next(route for route in routes if route.code == code)


def events(client, where: str):
    response = client.get(where)
    assert (response.status_code, response.mimetype) == (200, "text/calendar")
    calendar = vobject.readOne(response.get_data(as_text=True))
    assert calendar.version.value == "2.0"
    assert calendar.prodid.value
    assert [zone.tzid.value for zone in calendar.vtimezone_list] == ["Asia/Ho_Chi_Minh"]
    return calendar.vevent_list


# ---------------------------------------------------------------- GPX
@LANGUAGES
def test_waypoints_are_the_stops_whose_point_is_known(client, routes, language: Language) -> None:
    for route in routes:
        response = client.get(address(route, language, "gpx"))
        assert response.mimetype == "application/gpx+xml"
        root = etree.fromstring(response.data, etree.XMLParser(resolve_entities=False, no_network=True))
        assert (root.tag, root.get("version")) == (f"{GPX}gpx", "1.1")
        assert root.get("creator")
        order = [child.tag.removeprefix(GPX) for child in root]
        assert order == sorted(order, key=["metadata", "wpt", "rte"].index)
        placed = [stop.target for stop in route.stops if stop.target.point]
        told = [
            (
                wpt.findtext(f"{GPX}name"),
                wpt.findtext(f"{GPX}desc"),
                float(wpt.get("lat")),
                float(wpt.get("lon")),
            )
            for wpt in root.findall(f"{GPX}wpt")
        ]
        assert told == [
            (one.name.text(language), one.name.text(language.other), one.lat, one.lon) for one in placed
        ]
        assert [p.findtext(f"{GPX}name") for p in root.iter(f"{GPX}rtept")] == [name for name, *_ in told]
        assert all(10 < lat < 13 and 107 < lon < 110 for _, _, lat, lon in told)
        unknown = [stop.target.name.text(language) for stop in route.stops if not stop.target.point]
        assert all(name in root.findtext(f"{GPX}metadata/{GPX}desc") for name in unknown)


# ---------------------------------------------------------------- iCalendar
@LANGUAGES
@time_machine.travel(THURSDAY)
def test_every_route_starts_at_eight_on_the_next_saturday_in_season(client, routes, language) -> None:
    for route in routes:
        days = events(client, address(route, language, "ics"))
        starts = [event.dtstart.value for event in days]
        assert len(starts) == route.days
        first = starts[0]
        assert (first.weekday(), first.hour, first.utcoffset().total_seconds()) == (5, 8, 7 * 3600)
        assert first > THURSDAY
        assert first.month in route.season_months
        assert [(one.date() - first.date()).days for one in starts] == list(range(route.days))
        assert len({event.uid.value for event in days}) == route.days
        for event in days:
            assert event.dtstamp.value.utcoffset().total_seconds() == 0
            assert route.name.text(language) in event.summary.value
            told = event.description.value
            places = [
                told.index(f"{stop.position}. {stop.target.name.text(language)}") for stop in route.stops
            ]
            assert places == sorted(places)


def test_a_day_lasts_as_long_as_its_known_stops_and_one_of_several_has_no_length(client, routes) -> None:
    for route in routes:
        on_site = timedelta(minutes=sum(stop.minutes or 0 for stop in route.stops))
        for event in events(client, address(route, Language.EN, "ics")):
            assert not hasattr(event, "dtend")
            told = event.duration.value if hasattr(event, "duration") else None
            assert told == (on_site or None if route.days == 1 else None)
            assert "no source says how long it takes" in event.description.value


def test_lines_are_folded_as_the_format_wants(client, routes) -> None:
    for route in routes:
        body = client.get(address(route, Language.VI, "ics")).data
        assert body.endswith(b"END:VCALENDAR\r\n")
        assert all(len(line) <= 75 for line in body.split(b"\r\n"))
        assert b"\n" not in body.replace(b"\r\n", b"")


def test_a_day_can_be_chosen_even_out_of_season(client, routes) -> None:
    route = by_code(routes, "don-duong-churu")
    inside, outside = (
        events(client, address(route, Language.EN, "ics") + f"?date={day}")[0]
        for day in ("2026-12-30", "2026-07-01")
    )
    assert inside.dtstart.value.date() == date(2026, 12, 30)
    assert "outside the route’s season" not in inside.description.value
    assert "outside the route’s season" in outside.description.value


@pytest.mark.parametrize(
    "asked",
    [
        *("2026-02-30", "30-02-2026", "20261205", "2026-W49-6", "tomorrow", "2026-12-05T08:00", "0001-01-01"),
        *("9999-12-31", "２０２６-12-05", "2026-12-05%00", "-1", "%ff"),
    ],
)
@LANGUAGES
def test_a_day_that_is_none_is_told_so(client, routes, language: Language, asked: str) -> None:
    response = client.get(f"{address(routes[0], language, 'ics')}?date={asked}")
    assert response.status_code == 400
    assert response.mimetype == "text/html"
    assert b"2026-12-05" in response.data


def test_the_same_day_gives_the_same_file(client, routes) -> None:
    where = address(routes[0], Language.VI, "ics")
    with time_machine.travel(THURSDAY):
        early = client.get(where).data
    with time_machine.travel(THURSDAY.replace(hour=23)):
        assert client.get(where).data == early


# ---------------------------------------------------------------- both
@LANGUAGES
def test_the_route_s_page_leads_to_its_files(read, routes, language: Language) -> None:
    for route in routes:
        page = main(read(f"{ROOTS[language]}/{route.slug(language)}"))
        hrefs = page.xpath(".//a[@download]/@href")
        assert hrefs == [address(route, language, ending) for ending in ("gpx", "ics")]
        [form] = page.xpath(".//form[.//input[@type='date']]")
        assert form.get("action") == address(route, language, "ics")
        assert words(form)


@pytest.mark.parametrize("ending", ["gpx", "ics"])
def test_an_old_address_leads_to_the_new_one(changed: Flask, ending: str) -> None:
    with changed.app_context(), transaction():
        route = db.session.scalars(select(TourRoute)).first()
        old = address(route, Language.EN, ending)
        route.name = Bilingual(route.name.vi, "Quite another name")
        give_address(route)
        new = address(route, Language.EN, ending)
    response = changed.test_client().get(old)
    assert (response.status_code, response.location) == (301, new)


@pytest.mark.parametrize("ending", ["gpx", "ics"])
def test_an_unknown_route_has_no_file(client, ending: str) -> None:
    assert client.get(f"/en/routes/none.{ending}").status_code == 404
