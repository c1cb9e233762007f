"""What the month is good for: decided on the day of Đà Lạt when a page is read, from reported seasons."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring

from tests.documents import heading, links, words

SEEDS = Path(__file__).parents[4] / "catalogue" / "seeds"
ALL_YEAR = set(range(1, 13))
# Midnight in Đà Lạt is 17:00 the day before in UTC.
BEFORE, AFTER = "2026-11-30T16:59:59Z", "2026-11-30T17:00:01Z"
MONTHS = pytest.mark.parametrize("month", range(1, 13))


def records(pattern: str) -> list[dict[str, Any]]:
    return [one for file in SEEDS.glob(pattern) for one in json.loads(file.read_text("utf-8"))]


def read_at(client: FlaskClient, address: str, moment: str) -> HtmlElement:
    with time_machine.travel(moment, tick=False):
        response = client.get(address)
    assert response.status_code == 200
    return document_fromstring(response.data)


def block(document: HtmlElement) -> HtmlElement:
    return document.xpath("//section[@aria-labelledby='season']")[0]


def number(text: str) -> int:
    return int(re.findall(r"\d+", text)[-1])


@MONTHS
def test_home_links_the_products_and_routes_of_the_month_with_how_many_there_are(client, month: int) -> None:
    found = block(read_at(client, "/en/", f"2027-{month:02}-15T05:00:00Z"))
    products = sum(month in (one["season_months"] or ()) for one in records("products-*.json"))
    routes = sum(month in (one["season_months"] or ()) for one in records("routes.json"))
    told = {link.get("href"): words(link) for link in found.xpath(".//a[@class='more']")}
    assert told[f"/en/products?month={month}"] == f"{products} products in season"
    assert told[f"/en/routes?month={month}"] == f"{routes} routes for this month"
    with time_machine.travel(f"2027-{month:02}-15T05:00:00Z", tick=False):
        for address, count in (
            (f"/en/products?month={month}", products),
            (f"/en/routes?month={month}", routes),
        ):
            assert heading(document_fromstring(client.get(address).data)).startswith(f"{count} ")


@MONTHS
def test_home_names_only_what_a_source_gives_that_month_for(client, month: int) -> None:
    found = block(read_at(client, "/vi/", f"2027-{month:02}-15T05:00:00Z"))
    by_name = {
        one["name"]["vi"]: one.get("season_months") or (one.get("visit") or {}).get("best_months")
        for pattern in ("products-*.json", "villages.json", "routes.json", "flowers.json")
        for one in records(pattern)
    }
    named = found.xpath(".//li/a")
    assert named
    for link in named:
        months = by_name[words(link)]
        assert month in (months or ()), words(link)
        if "/san-pham/" in link.get("href") or "/hoa/" in link.get("href"):
            assert set(months) != ALL_YEAR


@pytest.mark.parametrize("address", ["/vi/", "/vi/san-pham", "/vi/lang-nghe", "/vi/tuyen", "/vi/hoa"])
def test_the_month_turns_at_midnight_in_da_lat(client, address: str) -> None:
    before, after = (words(read_at(client, address, moment).xpath("//main")[0]) for moment in (BEFORE, AFTER))
    assert "tháng 11" in before
    assert "tháng 12" in after
    assert before != after


@pytest.mark.parametrize(
    ("address", "pattern", "months"),
    [
        ("/en/villages", "villages.json", lambda one: one["visit"]["best_months"]),
        ("/en/routes", "routes.json", lambda one: one["season_months"]),
        ("/en/products", "products-*.json", lambda one: one["season_months"]),
    ],
)
@pytest.mark.parametrize("month", [1, 4, 6, 11])
def test_a_list_narrows_to_the_month_and_says_how_much_is_left(
    client, address: str, pattern: str, months, month: int
) -> None:
    expected = sum(month in (months(one) or ()) for one in records(pattern))
    document = read_at(client, address, f"2027-{month:02}-15T05:00:00Z")
    chips = document.xpath("//main//a[contains(@class, 'season-chip')]")
    assert [number(words(chip)) for chip in chips] == ([expected] if expected else [])
    narrowed = client.get(f"{address}?month={month}")
    assert re.match(rf"{expected} ", heading(document_fromstring(narrowed.data)))


def test_the_way_to_the_season_keeps_what_is_chosen_already(client) -> None:
    document = read_at(client, "/en/products?category=dried-persimmon&q=persimmon", "2027-11-15T05:00:00Z")
    [chip] = document.xpath("//main//a[contains(@class, 'season-chip')]")
    assert chip.get("href") == "/en/products?q=persimmon&category=dried-persimmon&month=11"
    narrowed = read_at(client, chip.get("href"), "2027-11-15T05:00:00Z")
    assert number(words(chip)) == int(heading(narrowed).split()[0])
    assert narrowed.xpath("//main//a[contains(@class, 'season-chip')]") == []


def test_what_nobody_gives_a_season_for_is_counted_as_unknown(client) -> None:
    unknown = sum(not one["visit"]["best_months"] for one in records("villages.json"))
    document = document_fromstring(client.get("/en/villages").data)
    assert f"For {unknown} no source names months." in words(document.xpath("//form[@id='filters']")[0])
    held = {
        href
        for month in range(1, 13)
        for href in links(
            document_fromstring(client.get(f"/en/villages?month={month}").data).xpath("//*[@id='results']")[0]
        )
    }
    without = [one for one in records("villages.json") if not one["visit"]["best_months"]]
    assert without
    every = links(document.xpath("//*[@id='results']")[0])
    assert len([href for href in every if href.startswith("/en/villages/") and href not in held]) == unknown
