"""The map's data: RFC 7946, inside the province, honest about how far a position is known."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree
from lxml.html import document_fromstring

from catalogue.database import db, transaction
from catalogue.kernel.language import Language
from catalogue.places.models import CraftVillage, Place, PointOfInterest
from catalogue.producers.models import Producer
from catalogue.producers.queries import producers
from catalogue.routes.models import Stop, TourRoute
from catalogue.routes.queries import routes

LISTS = {
    "/vi/lang-nghe.geojson": "village",
    "/en/villages.geojson": "village",
    "/vi/nha-san-xuat.geojson": "producer",
    "/en/producers.geojson": "producer",
    "/vi/diem-tham-quan.geojson": "sight",
    "/en/sights.geojson": "sight",
}


def collection(client: FlaskClient, address: str) -> dict:
    response = client.get(address)
    assert response.status_code == 200, address
    assert response.mimetype == "application/geo+json"
    return response.get_json(force=True)


@pytest.fixture(scope="module")
def addresses(loaded: Flask) -> list[str]:
    """Every map of the site."""
    with loaded.app_context():
        kinds = {
            CraftVillage: {Language.VI: "/vi/lang-nghe", Language.EN: "/en/villages"},
            Producer: {Language.VI: "/vi/nha-san-xuat", Language.EN: "/en/producers"},
            PointOfInterest: {Language.VI: "/vi/diem-tham-quan", Language.EN: "/en/sights"},
            Place: {Language.VI: "/vi/dia-danh", Language.EN: "/en/places"},
            TourRoute: {Language.VI: "/vi/tuyen", Language.EN: "/en/routes"},
        }
        records = [
            f"{roots[language]}/{record.slug(language)}.geojson"
            for model, roots in kinds.items()
            for record in db.session.scalars(db.select(model))
            for language in Language
        ]
    return [*LISTS, *records]


@pytest.fixture(scope="module")
def maps(loaded: Flask, addresses: list[str]) -> dict[str, dict]:
    client = loaded.test_client()
    return {address: collection(client, address) for address in addresses}


def positions(coordinates: list) -> Iterator[tuple[float, float]]:
    if isinstance(coordinates[0], float | int):
        yield coordinates[0], coordinates[1]
    else:
        for part in coordinates:
            yield from positions(part)


def test_every_position_of_every_map_is_longitude_then_latitude_in_the_province(maps) -> None:
    seen = 0
    for address, one in maps.items():
        for feature in one["features"]:
            for lon, lat in positions((feature["geometry"] or {"coordinates": [108.0, 11.0]})["coordinates"]):
                seen += 1
                assert 107 < lon < 110, (address, feature["id"])
                assert 10 < lat < 13, (address, feature["id"])
    assert seen > 1000


def test_every_map_is_a_collection_of_features_with_both_names_and_both_pages(maps) -> None:
    for address, one in maps.items():
        assert one["type"] == "FeatureCollection"
        assert len({feature["id"] for feature in one["features"]}) == len(one["features"]), address
        for feature in one["features"]:
            assert feature.keys() >= {"type", "id", "geometry", "properties"}
            about = feature["properties"]
            assert about["name"]["vi"]
            assert about["name"]["en"]
            assert "/vi/" in about["url"]["vi"]
            assert "/en/" in about["url"]["en"]


def test_the_addresses_of_features_lead_to_their_pages(client: FlaskClient, maps) -> None:
    for feature in (
        maps["/vi/lang-nghe.geojson"]["features"][:3] + maps["/vi/nha-san-xuat.geojson"]["features"][:3]
    ):
        for address in feature["properties"]["url"].values():
            assert client.get(address.removeprefix("http://catalogue.test")).status_code == 200


@pytest.mark.parametrize("swapped", [False, True])
def test_a_village_stands_where_its_record_says(changed: Flask, swapped: bool) -> None:
    """field-s15: longitude first in GeoJSON, named in GPX and JSON-LD, whichever column was written first."""
    with changed.app_context(), transaction():
        stop = db.session.scalars(db.select(Stop).where(Stop.village_id.is_not(None))).first()
        village = db.session.get(CraftVillage, stop.village_id)
        route = db.session.get(TourRoute, stop.route_id)
        values = {"lat": 11.9404, "lon": 108.4583}
        for name in sorted(values, reverse=swapped):
            setattr(village, name, values[name])
        village.coords_approximate = False
        slug, code, way, name = village.slug_en, village.code, route.slug_en, village.name.en

    client = changed.test_client()
    for address in (f"/en/villages/{slug}.geojson", "/en/villages.geojson", "/api/v1/villages.geojson"):
        (feature,) = [
            one for one in collection(client, address)["features"] if one["id"] == f"village/{code}"
        ]
        assert feature["geometry"] == {"type": "Point", "coordinates": [108.4583, 11.9404]}
    waypoints = etree.fromstring(client.get(f"/en/routes/{way}.gpx").data).iter("{*}wpt")
    (point,) = [point for point in waypoints if point.findtext("{*}name") == name]
    assert (float(point.get("lat")), float(point.get("lon"))) == (11.9404, 108.4583)
    told = document_fromstring(client.get(f"/en/villages/{slug}").data).xpath(
        "string(//script[@type='application/ld+json'])"
    )
    (geo,) = [thing["geo"] for thing in json.loads(told)["@graph"] if "geo" in thing]
    assert (geo["latitude"], geo["longitude"]) == (11.9404, 108.4583)


@pytest.mark.parametrize(
    ("kind", "model"), [("villages", CraftVillage), ("producers", Producer), ("sights", PointOfInterest)]
)
def test_every_point_of_a_record_is_the_same_in_every_format(
    client: FlaskClient, loaded: Flask, kind: str, model: type
) -> None:
    """field-s15 for all of the data: database, GeoJSON, JSON and CSV."""
    with loaded.app_context():
        placed = db.session.scalars(db.select(model).where(model.lat.is_not(None)))
        truth = {one.code: (one.lat, one.lon) for one in placed}
    assert truth
    features = collection(client, f"/api/v1/{kind}.geojson")["features"]
    drawn = {
        one["id"].partition("/")[2]: one["geometry"]["coordinates"] for one in features if one["geometry"]
    }
    assert {code: (drawn[code][1], drawn[code][0]) for code in truth} == truth
    records = client.get(f"/open-data/{kind}.json").json["records"]
    assert {
        one["code"]: (one["point"]["lat"], one["point"]["lon"]) for one in records if one["point"]
    } == truth
    rows = csv.DictReader(io.StringIO(client.get(f"/open-data/{kind}.csv").data.decode("utf-8-sig")))
    assert {
        row["code"]: (float(row["point_lat"]), float(row["point_lon"])) for row in rows if row["point_lat"]
    } == truth


@pytest.mark.parametrize(("address", "kind"), LISTS.items())
def test_a_list_and_its_map_hold_the_same_records(loaded: Flask, maps, address: str, kind: str) -> None:
    features = maps[address]["features"]

    assert {feature["properties"]["kind"] for feature in features} == {kind}
    expected = {"village": 35, "producer": 169, "sight": 54}[kind]
    assert len(features) == expected


def test_a_narrowed_list_has_a_narrowed_map(client: FlaskClient, loaded: Flask) -> None:
    with loaded.app_context():
        farms = {one.code for one in producers(Language.EN) if one.kind == "farm"}

    found = collection(client, "/en/producers.geojson?kind=farm&page=2")["features"]

    assert {one["properties"]["code"] for one in found} == farms
    assert farms


def test_no_position_is_more_exact_than_what_it_rests_on(loaded: Flask, maps) -> None:
    with loaded.app_context():
        records = {one.code: one for one in producers(Language.VI)}
        for feature in maps["/vi/nha-san-xuat.geojson"]["features"]:
            record, about = records[feature["properties"]["code"]], feature["properties"]
            if record.point:
                assert about["located_by"] == "own"
            else:
                assert about["located_by"] in ("village", "commune", "district", None)
            assert (feature["geometry"] is None) == (about["located_by"] is None)
            assert (about["within_km"] is None) == (about["located_by"] is None)
            assert about["within_km"] != 0


def test_a_route_shows_its_stops_in_order_and_says_which_lines_follow_a_road(loaded: Flask, maps) -> None:
    with loaded.app_context():
        for route in routes(Language.EN):
            way, *stops = maps[f"/en/routes/{route.slug(Language.EN)}.geojson"]["features"]
            assert [one["properties"]["position"] for one in stops] == list(range(1, len(route.stops) + 1))
            assert [one["properties"]["code"] for one in stops] == [stop.target.code for stop in route.stops]
            assert way["geometry"]["type"] == "MultiLineString"
            assert len(way["properties"]["by_road"]) == len(way["geometry"]["coordinates"])
            assert all(len(line) >= 2 for line in way["geometry"]["coordinates"])
            assert any(way["properties"]["by_road"]), route.code


def test_lines_made_from_openstreetmap_say_so(maps) -> None:
    for address, one in maps.items():
        has_lines = any(feature["properties"]["kind"] == "route" for feature in one["features"])
        assert ("OpenStreetMap" in one.get("attribution", "")) == has_lines, address


@pytest.mark.parametrize("address", ["/vi/tuyen/khong-co.geojson", "/en/villages/nowhere.geojson"])
def test_a_map_of_nothing_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/en/producers.geojson", "/en/villages.geojson"])
def test_the_number_of_statements_does_not_grow_with_the_records(client, statements, address: str) -> None:
    with statements() as run:
        client.get(address)

    assert len(run) <= 6


def test_a_map_is_light_and_sent_packed(client: FlaskClient) -> None:
    sent = client.get("/vi/nha-san-xuat.geojson", headers={"Accept-Encoding": "gzip"})
    assert sent.headers["Content-Encoding"] == "gzip"
    assert len(gzip.compress(client.get("/vi/nha-san-xuat.geojson").data)) < 20 * 1024
