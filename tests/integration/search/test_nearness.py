"""Products near a place and along a route, in the order in which one comes to them."""

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
from catalogue.search.nearness import NEAR_KM, Nearness

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
        found = Nearness.load().near["thanh-pho-bao-loc"]
    assert found.keys() == {number for number, km in measured.items() if km <= NEAR_KM}
    assert all(km == pytest.approx(measured[number]) for number, km in found.items())
    assert found


def test_the_nearest_stand_first(loaded: Flask, client: FlaskClient) -> None:
    near = makers(client, "near=thanh-pho-bao-loc&sort=way")
    with loaded.app_context():
        ranks = Nearness.load().near["thanh-pho-bao-loc"]
        codes = dict(db.session.execute(db.select(Producer.code, Producer.id)).all())
    kilometres = [ranks[codes[code]] for code in near]
    assert kilometres == sorted(kilometres)
    assert len(near) > 5


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


def test_the_list_offers_it_where_there_is_a_way(client: FlaskClient) -> None:
    with_way = client.get("/en/products?near=thanh-pho-bao-loc").text
    assert "Nearest first, or along the way" in with_way
    assert "Within 15 km of" in with_way
    assert "Nearest first" not in client.get("/en/products").text
