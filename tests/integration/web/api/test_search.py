"""The search and the suggestions as programs read them, on the real data."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalogue.search.everything import MODELS

ROOT = "/api/v1"


def get(client: FlaskClient, path: str) -> dict[str, Any]:
    answer = client.get(ROOT + path)
    assert answer.status_code == 200, answer.json
    found: dict[str, Any] = answer.json
    return found


def everything(client: FlaskClient, query: str) -> list[dict[str, Any]]:
    """The hits of all pages."""
    first = get(client, f"/search?{query}&page_size=100")
    pages = range(2, -(-first["total"] // 100) + 1)
    more = [
        hit for page in pages for hit in get(client, f"/search?{query}&page_size=100&page={page}")["items"]
    ]
    assert len(first["items"] + more) == first["total"]
    return first["items"] + more


# ---------------------------------------------------------------- kinds
def test_a_kind_narrows_and_several_widen(client: FlaskClient) -> None:
    whole = everything(client, "q=trà")
    for kinds in (["producer"], ["village", "route"], list(MODELS)):
        asked = "&".join(f"kind={kind}" for kind in kinds)
        assert everything(client, f"q=trà&{asked}") == [hit for hit in whole if hit["kind"] in kinds]
    assert {"product", "producer"} < {hit["kind"] for hit in whole}


# ---------------------------------------------------------------- why
def test_every_hit_says_where_the_words_stand(client: FlaskClient) -> None:
    for hit in get(client, "/search?q=tho cam&kind=product")["items"]:
        for reason in hit["reasons"]:
            assert reason["words"]
            assert all(word in reason["text"] for word in reason["words"])
        assert hit["found_in"] == [
            one for one in ("vi", "en") if one in {r["language"] for r in hit["reasons"]}
        ]
    named = get(client, "/search?q=tho cam&kind=product")["items"][0]
    assert named["reasons"][0]["where"] == "name"
    assert " ".join(named["reasons"][0]["words"]).casefold() == "thổ cẩm"


@pytest.mark.parametrize(("words", "language"), [("wristband", "en"), ("hái tay", "vi")])
def test_the_language_that_was_found_is_told(client: FlaskClient, words: str, language: str) -> None:
    [*hits] = get(client, f"/search?q={quote(words)}&kind=product")["items"]
    assert hits[0]["found_in"] == [language]
    assert {reason["language"] for reason in hits[0]["reasons"]} == {language}


@pytest.mark.parametrize(
    ("words", "kind", "where", "said"),
    [
        ("uất kim hương", "flower", "also-written", "uất kim hương"),
        ("B'Lao", "place", "name", "B’Lao"),
        ("HS 0901", "product", "hs-code", "HS 0901"),
        ("Lạc Dương", "producer", "before-july-2025", "Lạc Dương"),
    ],
)
def test_other_names_codes_and_old_places_are_reasons_too(
    client: FlaskClient, words: str, kind: str, where: str, said: str
) -> None:
    hits = get(client, f"/search?q={quote(words)}&kind={kind}&page_size=100")["items"]
    found = [r for hit in hits for r in hit["reasons"] if r["where"] == where]
    assert any(said.replace("’", "'") in reason["text"].replace("’", "'") for reason in found), found


def test_hardly_any_hit_is_without_a_reason(client: FlaskClient) -> None:
    hits = [
        hit
        for words in ("cà phê", "silk", "Bảo Lộc", "K'Ho", "strawberry jam", "làng hoa", "Krang Go")
        for hit in everything(client, f"q={quote(words)}")
    ]
    silent = [(hit["kind"], hit["code"]) for hit in hits if not hit["reasons"]]
    assert len(silent) <= 0.02 * len(hits), silent


def test_what_the_office_put_first_says_why(client: FlaskClient) -> None:
    assert all(hit["pinned"] is None for hit in get(client, "/search?q=trà")["items"])


# ---------------------------------------------------------------- ways
def test_near_a_place_the_nearest_come_first_and_the_unknown_last(client: FlaskClient) -> None:
    hits = everything(client, "q=cà phê&near=thanh-pho-da-lat")
    kilometres = [hit["near"]["distance_km"] for hit in hits if hit["near"]]
    assert kilometres == sorted(kilometres)
    assert len(kilometres) > 20
    assert kilometres[-1] <= 15
    unknown = hits[len(kilometres) :]
    assert unknown
    assert all(hit["near"] is None for hit in unknown)
    assert {hit["kind"] for hit in hits} <= {
        "product",
        "producer",
        "village",
        "route",
        "place",
        "sight",
        "zone",
    }
    whole = {(hit["kind"], hit["code"]) for hit in everything(client, "q=cà phê")}
    assert {(hit["kind"], hit["code"]) for hit in hits} < whole


def test_along_a_route_hits_stand_in_the_order_of_its_stops(client: FlaskClient) -> None:
    hits = everything(client, "q=cà phê&along=da-lat-lang-biang")
    spots = [hit["along"] for hit in hits if hit["along"]]
    assert [spot["stop"] for spot in spots] == sorted(spot["stop"] for spot in spots)
    assert all(spot["distance_km"] <= 5 for spot in spots)
    assert all(hit["near"] is None for hit in hits)
    assert spots


def test_both_ways_leave_what_is_on_both(client: FlaskClient) -> None:
    both = everything(client, "q=cà phê&near=thanh-pho-da-lat&along=da-lat-lang-biang")
    placed = [hit for hit in both if hit["near"]]
    assert placed
    assert all(hit["along"] for hit in placed)
    assert [hit["near"]["distance_km"] for hit in placed] == sorted(h["near"]["distance_km"] for h in placed)


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("near=nowhere", "near"),
        ("along=thanh-pho-da-lat", "along"),
        ("near=%27;drop", "near"),
        ("kind=shop", "kind"),
        ("sort=way", "sort"),
    ],
)
def test_what_is_unknown_is_refused_in_words(client: FlaskClient, query: str, wrong: str) -> None:
    said = []
    for language in ("vi", "en"):
        answer = client.get(f"{ROOT}/search?q=tra&{query}", headers={"Accept-Language": language})
        assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
        [error] = answer.json["errors"]
        assert error["parameter"] == wrong
        said.append(error["detail"])
    assert said[0] != said[1]
    assert "description names" not in said[1]


# ---------------------------------------------------------------- kept, described
def test_answers_are_kept_until_the_catalogue_changes(client: FlaskClient) -> None:
    for path in ("/search?q=tra&near=thanh-pho-da-lat&kind=product", "/suggest?q=tra"):
        answer = client.get(ROOT + path)
        assert "public" in answer.headers["Cache-Control"]
        assert "Set-Cookie" not in answer.headers
        again = client.get(ROOT + path, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")


def test_suggestions_bring_all_that_the_page_shows(client: FlaskClient, loaded: Flask) -> None:
    items = get(client, "/suggest?q=lang hoa")["items"]
    assert "village" in {item["kind"] for item in items}
    for item in items:
        for address in (item["picture"], *item["urls"].values()):
            assert client.get(address.removeprefix(loaded.config["SITE_URL"])).status_code == 200


def test_the_description_has_examples_that_work(client: FlaskClient) -> None:
    document = get(client, "/openapi.json")
    for path in ("/search", "/suggest"):
        parameters = {one["name"]: one for one in document["paths"][ROOT + path]["get"]["parameters"]}
        examples = {
            name: one.get("example", one["schema"].get("example")) for name, one in parameters.items()
        }
        query = [(name, value) for name, value in examples.items() if value is not None]
        assert {"q"} < {name for name, _ in query}
        answer = client.get(ROOT + path, query_string=dict(query))
        assert answer.status_code == 200, answer.json
    for name in ("Hit", "Reason", "Suggestion", "Along"):
        assert any("example" in one for one in document["components"]["schemas"][name]["properties"].values())
