"""What programs ask of the site as a whole."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from io import BytesIO
from urllib.robotparser import RobotFileParser

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import document_fromstring
from PIL import Image

from catalogue.kernel.clock import now

SITE = "http://catalogue.test"


def test_robots_may_read_the_site_but_not_where_people_work(client: FlaskClient) -> None:
    response = client.get("/robots.txt")
    assert (response.status_code, response.mimetype) == (200, "text/plain")
    rules = RobotFileParser()
    rules.parse(response.text.splitlines())
    assert rules.site_maps() == [f"{SITE}/sitemap.xml"]
    for path in (
        "/vi/",
        "/en/products",
        "/og/vi/site/da-lat-0.png",
        "/sitemap.xml",
        "/feeds/vi/products.atom",
    ):
        assert rules.can_fetch("anybot", SITE + path), path
    for path in ("/studio", "/studio/listings", "/staff/reviews"):
        assert not rules.can_fetch("anybot", SITE + path), path


def test_facets_are_not_for_robots_but_pages_of_lists_are(client: FlaskClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert "Disallow: /*?" in lines
    assert "Allow: /*?page=" in lines  # the longer rule wins (RFC 9309)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_manifest_names_icons_that_are_there(client: FlaskClient, language: str) -> None:
    page = document_fromstring(client.get(f"/{language}/").data)
    (address,) = page.xpath("//head/link[@rel='manifest']/@href")
    response = client.get(address)
    assert (response.status_code, response.mimetype) == (200, "application/manifest+json")
    told = json.loads(response.data)
    assert told["lang"] == language
    assert client.get(told["start_url"]).status_code == 200
    assert told["start_url"].startswith(f"/{language}/")
    assert {(icon["sizes"], icon["purpose"]) for icon in told["icons"]} == {
        (size, purpose) for size in ("192x192", "512x512") for purpose in ("any", "maskable")
    }
    for icon in told["icons"]:
        with client.get(icon["src"]) as picture:
            assert (picture.status_code, picture.mimetype) == (200, icon["type"])
            assert "immutable" in picture.headers["Cache-Control"]
            width, height = Image.open(BytesIO(picture.data)).size
        assert f"{width}x{height}" == icon["sizes"]


def test_a_maskable_icon_keeps_its_sign_inside_the_safe_circle(client: FlaskClient) -> None:
    told = json.loads(client.get("/vi/site.webmanifest").data)
    for icon in (one for one in told["icons"] if one["purpose"] == "maskable"):
        with client.get(icon["src"]) as response:
            picture = Image.open(BytesIO(response.data)).convert("RGB")
        middle, safe, ground = picture.width / 2, picture.width * 0.4, picture.getpixel((0, 0))
        outside = [
            (x, y)
            for x in range(picture.width)
            for y in range(picture.height)
            if picture.getpixel((x, y)) != ground and (x - middle) ** 2 + (y - middle) ** 2 > safe**2
        ]
        assert outside == []


def test_the_bar_of_the_browser_has_the_colour_of_the_theme(client: FlaskClient) -> None:
    page = document_fromstring(client.get("/vi/").data)
    told = {tag.get("media"): tag.get("content") for tag in page.xpath("//meta[@name='theme-color']")}
    assert told.keys() == {"(prefers-color-scheme: light)", "(prefers-color-scheme: dark)"}
    sheet = client.get(page.xpath("//link[@rel='stylesheet']/@href")[0]).text
    assert all(f"--bg: {colour};" in sheet for colour in told.values())


def fields(text: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in text.splitlines())


def test_whoever_finds_a_hole_knows_whom_to_tell(loaded: Flask, client: FlaskClient, monkeypatch) -> None:
    monkeypatch.setitem(loaded.config, "TRADE_PROMOTION_EMAIL", "office@example.test")
    response = client.get("/.well-known/security.txt")
    assert (response.status_code, response.mimetype) == (200, "text/plain")
    told = fields(response.text)
    assert told["Contact"] == "mailto:office@example.test"
    assert told["Canonical"] == f"{SITE}/.well-known/security.txt"
    ends = datetime.fromisoformat(told["Expires"])
    assert timedelta(days=30) < ends - now() < timedelta(days=365)


def test_without_an_address_the_site_itself_is_named(client: FlaskClient) -> None:
    contact = fields(client.get("/.well-known/security.txt").text)["Contact"]
    assert contact.startswith(f"{SITE}/vi/")
    assert client.get(contact.removeprefix(SITE)).status_code == 200
