"""Pages of tour routes on the real data."""

from __future__ import annotations

import pytest
from flask import Flask
from lxml.html import HtmlElement, document_fromstring
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from catalogue.database import db, transaction
from catalogue.kernel.language import Language
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.routes.models import Stop, TourRoute
from tests.documents import heading, links, main, paths, words

ROOTS = {Language.VI: "/vi/tuyen", Language.EN: "/en/routes"}
VILLAGES = {Language.VI: "/vi/lang-nghe", Language.EN: "/en/villages"}
MAKERS = {Language.VI: "/vi/nha-san-xuat", Language.EN: "/en/producers"}
SIGHTS = {Language.VI: "/vi/diem-tham-quan", Language.EN: "/en/sights"}
PRODUCTS = {Language.VI: "/vi/san-pham", Language.EN: "/en/products"}

ICONS = "//main//ul[@class='meta']/li/*[local-name() = 'svg']"


@pytest.fixture(scope="module")
def routes(loaded: Flask) -> list[TourRoute]:
    stops = selectinload(TourRoute.stops)
    targets = (stops.joinedload(Stop.village), stops.joinedload(Stop.producer), stops.joinedload(Stop.poi))
    with loaded.app_context():
        return list(db.session.scalars(select(TourRoute).options(*targets)))


def address(route: TourRoute, language: Language) -> str:
    return f"{ROOTS[language]}/{route.slug(language)}"


def by_code(routes: list[TourRoute], code: str) -> TourRoute:
    return next(route for route in routes if route.code == code)


def stop_items(page: HtmlElement) -> list[HtmlElement]:
    return page.xpath("//main//ol[@class='stops']/li")


def facts(page: HtmlElement) -> dict[str, str]:
    return {
        words(row[0]): " ".join(words(value) for value in row[1:])
        for row in main(page).xpath(".//dl[contains(@class, 'facts')]/div")
    }


# ---------------------------------------------------------------- the list
@pytest.mark.parametrize("language", Language)
def test_the_list_leads_to_every_route_the_short_ones_first(read, routes, language: Language) -> None:
    page = read(ROOTS[language])
    ordered = sorted(routes, key=lambda route: (route.days, getattr(route, f"sort_{language}")))
    assert heading(page).startswith("14 ")
    assert paths(main(page), ROOTS[language]) == [address(route, language) for route in ordered]


# ---------------------------------------------------------------- one route
@pytest.mark.parametrize("language", Language)
def test_stops_stand_in_order_and_lead_to_what_stands_there(read, routes, language: Language) -> None:
    for route in routes:
        items = stop_items(read(address(route, language)))
        assert len(items) == len(route.stops)
        for stop, item in zip(route.stops, items, strict=True):
            name = words(item.xpath(".//h3")[0])
            assert name == f"{stop.position}. {stop.target.name.text(language)}"
            if stop.village:
                assert links(item) == [f"{VILLAGES[language]}/{stop.village.slug(language)}"]
            elif stop.producer:
                assert links(item) == [f"{MAKERS[language]}/{stop.producer.slug(language)}"]
            else:
                assert links(item) == [f"{SIGHTS[language]}/{stop.poi.slug(language)}"]
                assert stop.poi.summary.text(language) in words(item)
            assert stop.note.text(language) in words(item)


@pytest.mark.parametrize("language", Language)
def test_a_route_s_page_tells_everything_known(read, routes, language: Language) -> None:
    for route in routes:
        page = read(address(route, language))
        text = words(main(page))
        assert heading(page) == route.name.text(language)
        known = [value.text(language) for value in (route.theme, route.summary, route.story) if value]
        assert [value for value in known if " ".join(value.split()) not in text] == [], route.code
        assert f"{route.days} " in text
        assert route.distance_km is None or f"{route.distance_km:.0f} km" in text
        assert {source["url"] for source in route.sources} <= set(links(main(page)))
        squares = page.xpath("//main//div[@class='months']//li[contains(@class, 'on')]")
        assert len(squares) == len(route.season_months or [])


def test_time_on_site_is_told_for_each_stop_and_in_all(read, routes) -> None:
    page = read(address(by_code(routes, "da-lat-lang-biang"), Language.EN))
    assert "about 20 min here" in words(stop_items(page)[0])
    assert "about 1 h 15 min here" in words(stop_items(page)[1])
    assert facts(page)["Time on site"] == "6 h 20 min, travel not counted"
    vietnamese = read(address(by_code(routes, "da-lat-lang-biang"), Language.VI))
    assert "khoảng 1 giờ 15 phút tại đây" in words(stop_items(vietnamese)[1])


def test_an_unknown_distance_is_called_unknown(read, routes) -> None:
    page = read(address(by_code(routes, "quoc-lo-27"), Language.EN))
    assert facts(page)["Distance"].startswith("Not known")
    assert "Distance not known" in words(main(page))


def test_the_way_there_names_start_end_and_means(read, routes) -> None:
    told = facts(read(address(by_code(routes, "da-lat-lang-biang"), Language.EN)))
    assert told["Starts at"].startswith("Đà Lạt Market")
    assert told["Ends at"].startswith("Bon Langbiang jar-wine village")
    assert told["Way of travel"] == "By motorbike"


def test_a_leg_is_a_straight_line_between_known_points_only(read, routes) -> None:
    for route in routes:
        items = stop_items(read(address(route, Language.EN)))
        for number, item in enumerate(items):
            legs = [words(leg) for leg in item.xpath(".//p[@class='leg']")]
            pair = route.stops[number : number + 2]
            known = len(pair) == 2 and all(stop.target.lat is not None for stop in pair)
            assert len(legs) == known, route.code
            assert all(leg.endswith("km in a straight line") for leg in legs)


def test_what_to_bring_home_is_made_at_its_stops(read, routes, loaded: Flask) -> None:
    with loaded.app_context():
        products = list(db.session.scalars(select(Product).options(joinedload(Product.producer))))
    for route in routes:
        makers = {stop.producer_id for stop in route.stops if stop.producer_id}
        villages = {stop.village_id for stop in route.stops if stop.village_id}
        own = {
            f"/en/products/{product.slug_en}"
            for product in products
            if product.producer_id in makers or product.producer.village_id in villages
        }
        shown = paths(main(read(address(route, Language.EN))), "/en/products")
        assert set(shown) <= own
        assert len(shown) <= 8
        assert bool(shown) == bool(own), route.code


def test_villages_near_the_route_are_called_near_and_are_no_stops(read, routes) -> None:
    for route in routes:
        page = read(address(route, Language.EN))
        near = page.xpath("//main//ul[@class='nearby']/li")
        at_stops = {href for item in stop_items(page) for href in links(item)}
        for item in near:
            assert "near, " in words(item)
            assert not at_stops & set(links(item))


# ---------------------------------------------------------------- addresses and statements
def test_the_number_of_statements_does_not_grow_with_stops(changed: Flask, routes, statements) -> None:
    client, start = changed.test_client(), address(by_code(routes, "da-lat-lang-biang"), Language.EN)
    with statements() as before:
        client.get(start)
    with changed.app_context(), transaction():
        route_id = db.session.scalar(select(TourRoute.id).where(TourRoute.code == "da-lat-lang-biang"))
        makers = db.session.scalars(select(Producer).where(Producer.visitable).limit(20))
        for number, maker in enumerate(makers):
            db.session.add(Stop(route_id=route_id, position=100 + number, producer_id=maker.id))
    with statements() as after:
        page = document_fromstring(client.get(start).data)
    assert len(after) <= len(before)
    assert len(stop_items(page)) == 27
    assert facts(page)["Time on site"].startswith("at least 6 h 20 min")


def test_the_list_takes_few_statements(client, statements) -> None:
    with statements() as run:
        client.get("/vi/tuyen")
    assert len(run) <= 2


def test_an_old_address_leads_to_the_present_one(changed: Flask) -> None:
    with changed.app_context(), transaction():
        route = db.session.scalar(select(TourRoute).where(TourRoute.code == "lang-hoa-loop"))
        old, route.slug_vi = route.slug_vi, "vong-hoa"
    response = changed.test_client().get(f"/vi/tuyen/{old}")
    assert (response.status_code, response.location) == (301, "/vi/tuyen/vong-hoa")


@pytest.mark.parametrize("language", Language)
def test_an_unknown_route_is_not_found(client, language: Language) -> None:
    assert client.get(f"{ROOTS[language]}/nowhere").status_code == 404


@pytest.mark.parametrize("language", Language)
def test_each_fact_under_a_routes_name_has_an_icon_of_its_own(read, routes, language: Language) -> None:
    for route in routes:
        page = read(address(route, language))
        icons = [str(one.text_content()) + "".join(one.xpath(".//*/@d")) for one in page.xpath(ICONS)]
        assert len(icons) == 5
        assert len(set(icons)) == 5, route.code


# ---------------------------------------------------------------- what the map shows, in words
def test_a_stop_says_its_place_and_how_sure_its_point_is(read, client, routes) -> None:
    ways = {
        "own": "usually 1 to 3 km off",
        "village": "Shown at its village",
        "commune": "Somewhere in this commune",
        "district": "Somewhere in this former district",
        None: "Not on the map",
    }
    seen = set()
    for route in routes:
        page = address(route, Language.EN)
        drawn = [
            one["properties"] for one in _features(client, read(page)) if "position" in one["properties"]
        ]
        for item, stop in zip(stop_items(read(page)), drawn, strict=True):
            seen.add(stop["located_by"])
            assert ways[stop["located_by"]] in words(item)
            assert not stop["place"] or stop["place"]["en"] in words(item)
    assert len(seen) > 1


def _features(client, page: HtmlElement) -> list[dict]:
    [source] = page.xpath("//@data-map")
    return client.get(source).json["features"]
