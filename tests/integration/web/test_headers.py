"""Security headers on every answer, no cookie, and a Host header that nobody believes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import document_fromstring
from werkzeug.test import TestResponse

import config
from catalogue import create_app

PAGES = (
    *(
        "/vi/",
        "/en/",
        "/vi/san-pham",
        "/en/products?q=tea",
        "/vi/tim?q=tra",
        "/en/producers",
        "/vi/lang-nghe",
    ),
    *("/en/routes", "/vi/chung-nhan", "/en/schemes/haccp"),
)
ANSWERS = (
    *PAGES,
    "/",
    "/vi",
    "/en/products/",
    "/vi/khong-co",
    "/en/certificates/none",
    "/healthz",
    "/static/0/none",
)
EVIL = "evil.example"


def policy(response: TestResponse) -> dict[str, list[str]]:
    rules = (rule.split() for rule in response.headers["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in rules}


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_is_guarded(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    rules = policy(response)
    assert rules["default-src"] == ["'none'"]
    assert rules["script-src"] == rules["style-src"] == rules["form-action"] == ["'self'"]
    assert rules["frame-ancestors"] == rules["base-uri"] == ["'none'"]
    assert not any(
        "unsafe" in value or "http" in value or "*" in value for values in rules.values() for value in values
    )
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "Set-Cookie" not in response.headers
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "Server" not in response.headers
    assert response.headers["Cache-Control"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_does_what_the_policy_allows(client: FlaskClient, path: str) -> None:
    page = document_fromstring(client.get(path).data)
    assert page.xpath("//*[@style]") == []
    code = "//script[not(@src) and not(@type='application/ld+json')]"  # data is no code
    assert page.xpath(f"{code} | //style | //iframe | //object | //embed | //base") == []
    assert [name for node in page.iter("*") for name in node.attrib if name.startswith("on")] == []
    sources = "//script/@src | //img/@src | //link[@rel='stylesheet' or @rel='preload' or @rel='icon']/@href"
    assert [address for address in page.xpath(sources) if not re.match(r"/(?!/)", address)] == []
    assert [action for action in page.xpath("//form/@action") if not re.match(r"/(?!/)", action)] == []


@pytest.mark.parametrize("path", ANSWERS)
@pytest.mark.parametrize(
    "header", ["Host", "X-Forwarded-Host", "Forwarded", "X-Original-URL", "X-Forwarded-Server"]
)
def test_a_made_up_host_reaches_nothing(client: FlaskClient, path: str, header: str) -> None:
    """field-s28."""
    response = client.get(path, headers={header: f"host={EVIL}" if header == "Forwarded" else EVIL})
    assert EVIL.encode() not in response.data
    assert EVIL not in str(response.headers)
    assert response.data == client.get(path).data


@pytest.mark.parametrize("path", PAGES)
def test_links_within_the_site_name_no_host_but_the_configured_one_in_the_head(
    client: FlaskClient, path: str
) -> None:
    page = document_fromstring(client.get(path, headers={"Host": EVIL}).data)
    assert [href for href in page.xpath("//body//a/@href") if "catalogue.test" in href] == []
    told = page.xpath("//head/link[@rel='canonical' or @rel='alternate']/@href")
    assert told
    assert all(href.startswith("http://catalogue.test/") for href in told)


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/", "/vi/"),
        ("/vi", "/vi/"),
        ("/en", "/en/"),
        ("/vi/san-pham/", "/vi/san-pham"),
        ("/en/products/?q=tea", "/en/products?q=tea"),
    ],
)
def test_redirects_name_no_host(client: FlaskClient, path: str, target: str) -> None:
    response = client.get(path, headers={"Host": EVIL})
    assert response.status_code in {301, 302, 308}
    assert (response.location, response.data) == (target, b"")


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/",
        "//evil.example/vi/",
        "/\\evil.example/",
        "//vi/",
        "///evil.example/../",
        "//vi/san-pham/",
    ],
)
def test_no_redirect_leads_to_another_site(client: FlaskClient, path: str) -> None:
    response = client.get("/", environ_overrides={"PATH_INFO": path})
    assert response.status_code in {200, 301, 404}
    assert re.match(r"/(?![/\\])", response.location or "/")


def test_https_is_kept_to_where_the_site_has_it(tmp_path) -> None:
    settings = config.Testing(tmp_path)
    settings.SITE_URL = "https://example.test"
    response = create_app(settings).test_client().get("/healthz")
    assert "max-age=31536000" in response.headers["Strict-Transport-Security"]


def test_plain_http_promises_no_https(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/healthz").headers


def test_files_are_kept_for_ever_under_their_present_name_only(client: FlaskClient, loaded: Flask) -> None:
    version = loaded.extensions["static-version"]
    with (
        client.get(f"/static/{version}/css/site.css") as present,
        client.get("/static/0/css/site.css") as past,
    ):
        assert "immutable" in present.headers["Cache-Control"]
        assert past.headers["Cache-Control"] == "no-cache"
        assert present.data == past.data
        assert b"@import" not in present.data


@pytest.mark.parametrize(
    "path", ["../config.py", "%2e%2e/config.py", "..%2fconfig.py", "css/../../config.py", "%00", ""]
)
def test_only_files_of_the_look_are_served(client: FlaskClient, loaded: Flask, path: str) -> None:
    with client.get(f"/static/{loaded.extensions['static-version']}/{path}") as response:
        assert response.status_code == 404
        assert b"SECRET_KEY" not in response.data


@pytest.mark.parametrize("kind", ["edge", "band", "cloth", "knot"])
def test_a_woven_band_is_a_picture_kept_for_ever(client: FlaskClient, loaded: Flask, kind: str) -> None:
    with loaded.test_request_context():
        address = loaded.jinja_env.globals["weave_url"]("det-bnor-c", kind)
    response = client.get(address)
    assert (response.status_code, response.mimetype) == (200, "image/svg+xml")
    assert "immutable" in response.headers["Cache-Control"]
    assert client.get(address.replace("det-bnor-c", "Det_Bnor")).status_code == 404
    assert client.get(address.replace("det-bnor-c", "d" * 200)).status_code == 404
    assert client.get(address.replace(f"/{kind}/", "/cape/")).status_code == 404


def test_a_provider_of_map_tiles_is_the_one_host_that_pictures_may_come_from(loaded_instance: Path) -> None:
    settings = config.Testing(loaded_instance)
    settings.TILE_URL = "https://{s}.tiles.example/{z}/{x}/{y}.png"
    settings.TILE_ATTRIBUTION = "Tiles: Example <b>"

    response = create_app(settings).test_client().get("/en/villages")

    assert policy(response)["img-src"] == ["'self'", "https://*.tiles.example", "data:"]
    assert policy(response)["connect-src"] == ["'self'"]
    (shown,) = document_fromstring(response.data).xpath("//details[@data-map]")
    assert shown.get("data-tiles") == settings.TILE_URL
    assert settings.TILE_ATTRIBUTION in shown.text_content()
