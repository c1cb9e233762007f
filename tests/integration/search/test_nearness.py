"""What is near a place and along a route, in the order in which one comes to it."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalogue.database import db
from catalogue.kernel.geo import distance_km
from catalogue.places.models import Place
from catalogue.places.queries import position
from catalogue.places.rules import Basis
from catalogue.producers.models import Producer
from catalogue.producers.queries import WITH_PLACE
from catalogue.products.models import Product
from catalogue.routes.models import TourRoute
from catalogue.search.nearness import ALONG_KM, NEAR_KM, Land, nearness, ways

ALL = "&page_size=100"


def makers(client: FlaskClient, query: str) -> list[str]:
    """The makers of the products that a query gives, each once, in order."""
    answer = client.get(f"/api/v1/products?{query}{ALL}")
    assert answer.status_code == 200, answer.json
    return list(dict.fromkeys(item["producer"]["code"] for item in answer.json["items"]))


def test_near_is_what_the_distances_say(loaded: Flask) -> None:
    with loaded.app_context():
        place = db.session.scalar(db.select(Place).where(Place.code == "thanh-pho-bao-loc"))
        known = db.session.scalars(db.select(Producer).options(*WITH_PLACE)).all()
        measured = {
            maker.id: distance_km(where[0], place.point)
            for maker in known
            if (where := position(maker, maker.village)) and where[1] is not Basis.DISTRICT
        }
        found = nearness().near["thanh-pho-bao-loc"]
    assert found.keys() == {number for number, km in measured.items() if km <= NEAR_KM}
    assert all(spot.stop == 0 and spot.km == pytest.approx(measured[key]) for key, spot in found.items())
    assert found


def test_the_nearest_stand_first(loaded: Flask, client: FlaskClient) -> None:
    near = makers(client, "near=thanh-pho-bao-loc&sort=way")
    with loaded.app_context():
        spots = nearness().near["thanh-pho-bao-loc"]
        codes = dict(db.session.execute(db.select(Producer.code, Producer.id)).all())
    kilometres = [spots[codes[code]].km for code in near]
    assert kilometres == sorted(kilometres)
    assert len(near) > 5


def test_a_product_stands_where_its_maker_does_and_a_district_is_no_place(loaded: Flask) -> None:
    with loaded.app_context():
        land = Land.load()
        products = db.session.execute(db.select(Product.id, Product.producer_id)).all()
        for rows in (land.standing, land.districts):
            makers_there = rows["producer"].known
            assert rows["product"].known == {number for number, maker in products if maker in makers_there}
            assert makers_there
        known, districts = land.standing["producer"].known, land.districts["producer"].known
        others = db.session.scalars(
            db.select(Producer).where(Producer.id.not_in(known)).options(*WITH_PLACE)
        ).all()
        found = {maker.id: position(maker, maker.village) for maker in others}
    assert {number for number, where in found.items() if where is not None} == districts
    assert {where[1] for where in found.values() if where is not None} == {Basis.DISTRICT}


def test_of_all_kinds_the_nearest_come_first_and_those_nobody_can_place_last(loaded: Flask) -> None:
    with loaded.app_context():
        land, near = Land.load(), list(ways(near="thanh-pho-bao-loc").values())
        everything = [("producer", number) for number in db.session.scalars(db.select(Producer.id))]
        everything += [
            ("scheme", 1),
            *(("place", number) for number in db.session.scalars(db.select(Place.id))),
        ]
        found = land.nearest_first(everything, near)
        known, districts = land.standing["producer"].known, land.districts["producer"]
        middles = dict(zip(districts.ids, districts.points, strict=True))
    spots = list(found.values())
    placed = [each[0].km for each in spots if each]
    assert {kind for kind, _ in found} == {"producer", "place"}
    assert 0 < len(placed) < len(spots) < len(everything)
    assert placed == sorted(placed)
    assert placed[-1] <= NEAR_KM
    assert not any(spots[len(placed) :])
    maybe = {number for (_, number), each in found.items() if not each}
    [(_, here)] = near[0].stops
    assert not maybe & known
    assert maybe >= {number for kind, number in everything if kind == "producer"} - known - districts.known
    assert maybe & districts.known == {
        number for number, middle in middles.items() if distance_km(middle, here) <= NEAR_KM + 15
    }
    assert not districts.known <= maybe


def test_along_a_route_each_has_its_nearest_stop_and_no_other_route(loaded: Flask) -> None:
    with loaded.app_context():
        land, [route] = Land.load(), ways(along="da-lat-lang-biang").values()
        everything = [("producer", number) for number in db.session.scalars(db.select(Producer.id))]
        everything += [("route", number) for number in db.session.scalars(db.select(TourRoute.id))]
        found = land.nearest_first(everything, [route])
        points = dict(zip(land.standing["producer"].ids, land.standing["producer"].points, strict=True))
    placed = {key: each[0] for key, each in found.items() if each}
    assert {kind for kind, _ in found} == {"producer"}
    assert list(placed.values()) == sorted(placed.values())
    for (_, number), spot in placed.items():
        measured = {stop: distance_km(point, points[number]) for stop, point in route.stops}
        assert spot.km == pytest.approx(min(measured.values()))
        assert spot.km <= ALONG_KM
        assert measured[spot.stop] == pytest.approx(spot.km)


def test_what_is_no_place_and_no_route_is_no_way(loaded: Flask) -> None:
    with loaded.app_context():
        assert ways(near="da-lat-lang-biang", along="thanh-pho-da-lat") == {"near": None, "along": None}
        assert ways() == {}


def test_along_a_route_they_stand_in_the_order_of_its_stops(client: FlaskClient) -> None:
    compared = 0
    for route in client.get("/api/v1/routes?page_size=100").json["items"]:
        stops = client.get(f"/api/v1/routes/{route['code']}").json["stops"]
        visited = [stop["code"] for stop in stops if stop["kind"] == "producer"]
        found = makers(client, f"along={route['code']}&sort=way")
        passed = [code for code in found if code in visited]
        places = [visited.index(code) for code in passed]
        assert places == sorted(places), route["code"]
        compared += len(passed) > 1
    assert compared


def test_both_narrow_with_words_and_other_facets(client: FlaskClient) -> None:
    some = client.get(f"/api/v1/products?near=thanh-pho-bao-loc&q=trà{ALL}").json["total"]
    alone = client.get(f"/api/v1/products?near=thanh-pho-bao-loc{ALL}").json["total"]
    words = client.get(f"/api/v1/products?q=trà{ALL}").json["total"]
    assert 0 < some < min(alone, words)
    assert client.get("/api/v1/products?near=thanh-pho-bao-loc&q=trà&sort=way").status_code == 200


def test_the_order_of_the_way_needs_one_way(client: FlaskClient) -> None:
    plain = makers(client, "category=tea")
    assert makers(client, "category=tea&sort=way") == plain
    both = "near=thanh-pho-bao-loc&near=thanh-pho-da-lat"
    assert makers(client, f"{both}&sort=way") == makers(client, both)


@pytest.mark.parametrize("address", ["/en/products", "/en/producers"])
def test_the_lists_offer_it_where_there_is_a_way_and_say_how_far(client: FlaskClient, address: str) -> None:
    with_way = client.get(f"{address}?near=thanh-pho-bao-loc&sort=way").text
    assert "Nearest first, or along the way" in with_way
    assert "Within 15 km of" in with_way
    assert "Nearest first, from Bảo Lộc City: what stands within 15 km." in with_way
    assert "km in a straight line" in with_way
    plain = client.get(address).text
    assert "Nearest first" not in plain
    assert "in a straight line" not in plain
