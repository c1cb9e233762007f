"""The API on the real data: what it lists, what it says of each record, and how it refuses."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from catalogue.certification.models import Certificate
from catalogue.certification.rules import Evidence, Status
from catalogue.database import db, transaction
from catalogue.web.api.kinds import KINDS

ROOT = "/api/v1"
SEEDS = Path(__file__).parents[4] / "catalogue" / "seeds"
FILES = {
    "products": "products-*.json",
    "producers": "producers-*.json",
    "villages": "villages.json",
    "routes": "routes.json",
    "schemes": "certification_schemes.json",
    "places": "places.json",
    "sights": "pois.json",
    "flowers": "flowers.json",
    "categories": "categories.json",
}
EVERY_KIND = pytest.mark.parametrize("kind", KINDS)


def get(client: FlaskClient, path: str) -> Any:
    response = client.get(ROOT + path)
    assert (response.status_code, response.mimetype) == (200, "application/json"), response.data[:300]
    return response.json


def all_items(client: FlaskClient, path: str) -> Iterator[dict[str, Any]]:
    number, seen, total = 1, 0, 1
    while seen < total:
        page = get(client, f"{path}{'&' if '?' in path else '?'}page_size=100&page={number}")
        number, seen, total = number + 1, seen + len(page["items"]), page["total"]
        yield from page["items"]


def seeds(name: str) -> dict[str, dict[str, Any]]:
    records = [one for file in SEEDS.glob(FILES[name]) for one in json.loads(file.read_text("utf-8"))]
    return {record.get("slug") or record["code"]: record for record in records}


# ---------------------------------------------------------------- lists
@pytest.mark.parametrize("kind", FILES)
def test_a_list_holds_every_record_of_the_data_once_under_its_own_code(client, kind: str) -> None:
    items = list(all_items(client, f"/{kind}"))
    known = seeds(kind)
    assert sorted(item["code"] for item in items) == sorted(known)
    assert all(item["name"] == known[item["code"]]["name"] for item in items)


@EVERY_KIND
def test_a_single_record_is_what_the_list_says(client, kind: str) -> None:
    for item in get(client, f"/{kind}?page_size=3")["items"]:
        assert get(client, f"/{kind}/{item['code']}") == item


@EVERY_KIND
def test_pages_follow_each_other_and_none_is_beyond_the_last(client, kind: str) -> None:
    whole = [item["code"] for item in get(client, f"/{kind}?page_size=6")["items"]]
    parts = [get(client, f"/{kind}?page_size=2&page={number}") for number in (1, 2, 3)]
    assert [item["code"] for part in parts for item in part["items"]] == whole
    for far in (99999, 10**30):
        assert client.get(f"/api/v1/{kind}?page={far}").status_code == 404


@EVERY_KIND
def test_the_number_of_statements_does_not_grow_with_the_page(client, statements, kind: str) -> None:
    counted = []
    get(client, f"/{kind}?page_size=1")
    for size in (2, 19):
        with statements() as run:
            get(client, f"/{kind}?page_size={size}")
        counted.append(len(run))
    assert counted[0] == counted[1]
    assert counted[0] < 20


# ---------------------------------------------------------------- records
def test_texts_are_in_both_languages_and_unknown_is_null(client) -> None:
    for code, seed in list(seeds("products").items())[::40]:
        told = get(client, f"/products/{code}")
        for field in ("name", "summary", "description", "specs", "unit", "hs_code", "season_months"):
            assert told[field] == seed[field], (code, field)
        assert told["producer"]["code"] == seed["producer"]
        assert (told["village"] or {}).get("code") == seed["village"]
        assert told["category"]["code"] == seed["category"]
        assert (told["flower"] or {}).get("code") == seed["flower"]
        assert sorted(told["export_markets"]) == sorted(seed["export_markets"])
        assert [source["url"] for source in told["sources"]] == seed["sources"]


def test_a_producer_stands_where_the_data_says(client) -> None:
    for code, seed in list(seeds("producers").items())[::20]:
        told = get(client, f"/producers/{code}")
        point = told["point"] or {"lat": None, "lon": None}
        assert (point["lat"], point["lon"]) == (seed["lat"], seed["lon"])
        assert (told["place"] or {}).get("code") == seed["place"]["slug"]
        assert told["kind"]["code"] == seed["kind"]
        assert told["visitable"] == seed["visitable"]
        assert told["story"] == seed["story"]
    makers = seeds("products")
    for code in list(seeds("producers"))[::20]:
        made = {one["code"] for one in get(client, f"/producers/{code}")["products"]}
        assert made == {one for one, seed in makers.items() if seed["producer"] == code}


def test_a_route_s_stops_are_in_order(client) -> None:
    for code, seed in seeds("routes").items():
        told = get(client, f"/routes/{code}")
        assert [stop["code"] for stop in told["stops"]] == [stop["slug"] for stop in seed["stops"]]
        assert [stop["minutes"] for stop in told["stops"]] == [stop["minutes"] for stop in seed["stops"]]
        assert told["gpx"]["vi"].endswith(".gpx")


@EVERY_KIND
def test_pages_for_people_are_really_there(client, loaded: Flask, kind: str) -> None:
    site = loaded.config["SITE_URL"]
    for item in get(client, f"/{kind}?page_size=2&page=2")["items"]:
        for language, link in (item["urls"] or {}).items():
            assert link.startswith(f"{site}/{language}/")
            assert client.get(link.removeprefix(site)).status_code == 200


# ---------------------------------------------------------------- certificates
def test_no_claim_of_the_data_is_told_as_valid(client) -> None:
    for item in all_items(client, "/certificates"):
        assert item["status"]["code"] == Status.UNCONFIRMED
        assert item["status"]["en"] == "Reported by a source, not confirmed by the issuer"
        assert item["status"]["vi"]
        assert item["evidence"]["code"] == "press"
        assert (item["number"], item["confirmed_on"], item["lookup_code"]) == (None, None, None)
        assert item["source_url"].startswith("http")


def test_a_certificate_s_status_is_that_of_the_day(changed: Flask) -> None:
    with changed.app_context(), transaction():
        certificate = db.session.scalars(db.select(Certificate)).first()
        certificate.evidence, certificate.number = Evidence.REGISTER.value, "12/2026"
        certificate.confirmed_on, certificate.expires = date(2026, 1, 1), "2027-03"
        code = certificate.code
    client = changed.test_client()
    for day, status in {
        date(2025, 12, 1): "unconfirmed",
        date(2027, 3, 31): "valid",
        date(2027, 4, 1): "expired",
    }.items():
        with time_machine.travel(day):
            told = get(client, f"/certificates/{code}")
            assert (told["status"]["code"], told["as_of"]) == (status, day.isoformat())
            holder = get(client, f"/{told['holder']['kind']}s/{told['holder']['code']}")
            [same] = [one for one in holder["certificates"] if one["code"] == code]
            assert same["status"] == told["status"]


def test_a_maker_s_own_claim_does_not_count_for_products_that_it_does_not_cover(client) -> None:
    for item in all_items(client, "/certificates"):
        covered = {one["code"] for one in item["products"]}
        if item["holder"]["kind"] != "producer":
            continue
        for one in get(client, f"/producers/{item['holder']['code']}")["products"]:
            held = {held["code"] for held in get(client, f"/products/{one['code']}")["certificates"]}
            assert (item["code"] in held) == (one["code"] in covered)


# ---------------------------------------------------------------- facets and words
CHOICES = ("category=coffee", "evidence=reported", "month=12", "scheme=ocop&scheme=organic", "q=tra", "")


@pytest.mark.parametrize("pair", list(product(CHOICES, CHOICES))[::3])
def test_facets_choose_what_the_site_s_list_chooses(client, loaded: Flask, pair: tuple[str, str]) -> None:
    query = "&".join(filter(None, dict.fromkeys(pair)))
    site, listed, number = loaded.config["SITE_URL"], [], 1
    told = list(all_items(client, f"/products?{query}"))
    while (page := client.get(f"/vi/san-pham?{query}&page={number}")).status_code == 200:
        listed.append(page.get_data(as_text=True))
        number += 1
    assert told or query
    for item in told:
        path = item["urls"]["vi"].removeprefix(site)
        assert any(f'href="{path}"' in page for page in listed)
    assert f"<h1>{len(told)} " in listed[0].replace("\n", "") or f">{len(told)} " in listed[0]


def test_an_unknown_code_finds_nothing(client) -> None:
    assert get(client, "/products?category=no-such-thing")["total"] == 0


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("/products", ["category", "page", "page_size", "sort", "visitable"]),
        ("/producers", ["page", "page_size"]),
        ("/search?q=tra", ["page", "page_size", "q"]),
        ("/villages/krang-go", []),
        ("/villages.geojson", []),
        ("/", []),
    ],
)
def test_a_parameter_that_is_none_is_refused_with_those_that_there_are(client, path, known) -> None:
    assert client.get(ROOT + path).status_code == 200
    response = client.get(f"{ROOT}{path}{'&' if '?' in path else '?'}catgory=coffee")
    assert (response.status_code, response.mimetype) == (422, "application/problem+json")
    [error] = response.json["errors"]
    assert error["parameter"] == "catgory"
    assert set(known) <= set(re.findall(r"\w+", error["detail"].rpartition(":")[2]))
    assert bool(known) == (":" in error["detail"])


def test_a_search_without_words_says_that_they_are_required(client) -> None:
    for path in ("/search", "/search?q=", "/suggest", "/suggest?q="):
        [error] = client.get(ROOT + path, headers={"Accept-Language": "en"}).json["errors"]
        assert error == {"parameter": "q", "detail": "Required; 1 to 200 signs."}


def test_the_front_leads_to_every_kind_the_search_and_the_terms(client, loaded: Flask) -> None:
    front = get(client, "/")
    assert client.get(ROOT, follow_redirects=True).json == front
    assert {one["name"] for one in front["kinds"]} == KINDS.keys()
    links = [front["openapi"], *front["open_data"].values(), front["search"] + "?q=tra"]
    links += [link for one in front["kinds"] for link in (one["list"], one["geojson"]) if link]
    for link in links:
        assert client.get(link.removeprefix(loaded.config["SITE_URL"])).status_code == 200


def test_search_finds_every_kind_best_first(client) -> None:
    for words, kind, code in (
        ("tho cam", "product", None),
        ("Krang Go", "village", "krang-go"),
        ("b'no c", "village", "buon-bno-c"),
        ("Liên Khương", "sight", "san-bay-lien-khuong"),
        ("Lạc Dương", "place", "huyen-lac-duong"),
    ):
        hits = get(client, f"/search?q={words}")["items"]
        assert any(hit["kind"] == kind and code in {None, hit["code"]} for hit in hits), words
    whole = [(hit["kind"], hit["code"]) for hit in all_items(client, "/search?q=trà")]
    assert len(whole) == len(set(whole)) == get(client, "/search?q=trà")["total"]
    assert get(client, "/search?q=%20")["items"] == []


# ---------------------------------------------------------------- refusals
@pytest.mark.parametrize(
    ("path", "status", "wrong"),
    [
        ("/products/none", 404, []),
        ("/nothing", 404, []),
        ("/products?page=0", 422, ["page"]),
        ("/producers?page_size=101", 422, ["page_size"]),
        ("/producers?page=x&page_size=", 422, ["page", "page_size"]),
        ("/products?month=13&evidence=proven&market=japan", 422, ["evidence", "market", "month"]),
        ("/products?category=%27;drop", 422, ["category"]),
        ("/products?q=" + "a" * 201, 422, ["q"]),
        ("/search", 422, ["q"]),
    ],
)
def test_errors_are_json_in_the_language_asked_for(client, path: str, status: int, wrong: list[str]) -> None:
    said = {}
    for language in ("vi", "en-GB,en;q=0.9"):
        response = client.get(ROOT + path, headers={"Accept-Language": language, "Accept": "text/html"})
        assert (response.status_code, response.mimetype) == (status, "application/problem+json")
        assert "Accept-Language" in response.headers["Vary"]
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        problem = response.json
        assert problem["status"] == status
        assert [one["parameter"] for one in problem.get("errors", [])] == wrong
        details = [one["detail"] for one in problem.get("errors", [])]
        said[response.headers["Content-Language"]] = [problem["title"], problem["detail"], *details]
    assert said.keys() == {"vi", "en"}
    assert all(vi != en for vi, en in zip(said["vi"], said["en"], strict=True))


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_the_api_only_reads(client, method: str) -> None:
    response = client.open(f"{ROOT}/products", method=method, json={})
    assert (response.status_code, response.mimetype) == (405, "application/problem+json")
    assert "GET" in response.headers["Allow"]


def test_a_broken_database_is_told_as_json(app: Flask) -> None:
    with sqlite3.connect(Path(app.instance_path) / "catalogue.db") as database:
        database.execute("DROP TABLE tour_route")
    app.testing = False
    response = app.test_client().get(f"{ROOT}/routes")
    assert (response.status_code, response.mimetype) == (500, "application/problem+json")
    assert b"sqlite" not in response.data.lower()


# ---------------------------------------------------------------- for every site, asked again cheaply
@pytest.mark.parametrize(
    "path", ["/products?page_size=2", "/schemes/ocop", "/villages.geojson", "/openapi.json"]
)
def test_whoever_has_the_answer_gets_it_only_once(client, path: str) -> None:
    first = client.get(ROOT + path, headers={"Origin": "https://elsewhere.example"})
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert first.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in first.headers
    again = client.get(ROOT + path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    other = client.get(ROOT + path, headers={"If-None-Match": '"something-else"'})
    assert other.data == first.data


def test_a_browser_may_ask_before_it_asks(client) -> None:
    response = client.options(
        f"{ROOT}/products",
        headers={
            "Origin": "https://elsewhere.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "if-none-match",
        },
    )
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "If-None-Match" in response.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in response.headers


def test_pages_for_people_are_not_open_to_other_sites(client) -> None:
    assert "Access-Control-Allow-Origin" not in client.get("/en/products").headers
