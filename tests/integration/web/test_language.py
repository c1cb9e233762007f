"""Two languages are one page: negotiation, the switch, hreflang, and slugs that moved."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml.html import HtmlElement, document_fromstring
from sqlalchemy import select
from werkzeug.datastructures import LanguageAccept

from catalogue.certification.models import CertificationScheme
from catalogue.database import Record, db, transaction
from catalogue.kernel.language import Bilingual, Language
from catalogue.places.models import CraftVillage
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.routes.models import TourRoute
from catalogue.web.language import negotiate

SITE = "http://catalogue.test"
LISTS: dict[type[Record], tuple[str, str]] = {
    Product: ("/vi/san-pham", "/en/products"),
    Producer: ("/vi/nha-san-xuat", "/en/producers"),
    CraftVillage: ("/vi/lang-nghe", "/en/villages"),
    TourRoute: ("/vi/tuyen", "/en/routes"),
    CertificationScheme: ("/vi/chung-nhan", "/en/schemes"),
}


def document(client: FlaskClient, address: str) -> HtmlElement:
    response = client.get(address)
    assert response.status_code == 200, address
    return document_fromstring(response.data)


def switch(page: HtmlElement) -> dict[str, str]:
    return {link.get("hreflang"): link.get("href") for link in page.xpath("//nav[@id='languages']/a")}


def alternates(page: HtmlElement) -> dict[str, str]:
    return {
        link.get("hreflang"): link.get("href")
        for link in page.xpath("//head/link[@rel='alternate' and @hreflang]")
    }


def first(model: type[Record]) -> Record:
    return db.session.scalars(select(model).order_by(model.code).limit(1)).one()


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ([], Language.VI),
        ([("vi", 1)], Language.VI),
        ([("vi-VN", 1), ("en", 0.9)], Language.VI),
        ([("en-GB", 1), ("en", 0.9), ("vi", 0.8)], Language.EN),
        ([("vi", 0.8), ("en-US", 0.9)], Language.EN),
        ([("fr", 1), ("de", 0.5)], Language.EN),
        ([("fr", 1), ("vi", 0.1)], Language.VI),
        ([("*", 1)], Language.VI),
        ([("ko", 1), ("*", 0.5)], Language.EN),
        ([("vi", 0), ("en", 0.1)], Language.EN),
        ([("VI_vn", 1)], Language.VI),
    ],
)
def test_a_browser_s_wish_is_followed(accepted: list[tuple[str, float]], language: Language) -> None:
    assert negotiate(LanguageAccept(accepted)) is language


def test_the_front_door_leads_to_the_reader_s_language_and_remembers_nothing(client: FlaskClient) -> None:
    for header, home in (("vi-VN,vi;q=0.9", "/vi/"), ("en", "/en/"), ("ja", "/en/"), ("", "/vi/")):
        response = client.get("/", headers={"Accept-Language": header} if header else {})
        assert (response.status_code, response.location) == (302, home)
        assert "Accept-Language" in response.vary
        assert "Set-Cookie" not in response.headers


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    header=st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=80)
)
def test_any_wish_gets_one_of_the_two(client: FlaskClient, header: str) -> None:
    response = client.get("/", headers={"Accept-Language": header})
    assert response.location in {"/vi/", "/en/"}


@pytest.mark.parametrize("paths", [*LISTS.values(), ("/vi/", "/en/"), ("/vi/tim", "/en/search")])
@pytest.mark.parametrize(
    "query", ["", "?q=c%C3%A0%20ph%C3%AA&sort=name", "?q=a%2Bb%26c&category=tea&category=coffee&x=%22"]
)
def test_the_switch_keeps_the_page_and_its_query(
    client: FlaskClient, paths: tuple[str, str], query: str
) -> None:
    for language, path in zip(Language, paths, strict=True):
        there = urlsplit(switch(document(client, path + query))[language.other.value])
        assert there.path == paths[1 - list(Language).index(language)]
        assert parse_qsl(there.query) == parse_qsl(query.removeprefix("?"))


@pytest.mark.parametrize("model", LISTS)
def test_a_record_s_switch_and_hreflang_name_the_same_record(
    client: FlaskClient, loaded: Flask, model: type[Record]
) -> None:
    with loaded.app_context():
        record = first(model)
    here = {
        lang.value: f"{root}/{record.slug(lang)}" for lang, root in zip(Language, LISTS[model], strict=True)
    }
    absolute = {language: SITE + path for language, path in here.items()}
    for path in here.values():
        page = document(client, path)
        assert switch(page) == here
        assert alternates(page) == absolute | {"x-default": absolute["vi"]}
        assert page.xpath("//head/link[@rel='canonical']/@href") == [SITE + path]


@pytest.mark.parametrize("model", LISTS)
def test_a_page_that_is_not_translated_says_so_and_tells_no_hreflang(
    changed: Flask, model: type[Record]
) -> None:
    with changed.app_context(), transaction():
        record = first(model)
        summary = record.summary.vi
        record.summary = Bilingual(summary, None)
        slug = record.slug_en
    page = document(changed.test_client(), f"{LISTS[model][1]}/{slug}")
    assert alternates(page) == {}
    assert switch(page)["vi"].startswith(LISTS[model][0] + "/")
    borrowed = page.xpath("//main//*[@lang='vi']")
    assert summary in [" ".join(part.text_content().split()) for part in borrowed]
    assert "Vietnamese" in page.xpath("//main")[0].text_content()


@pytest.mark.parametrize("model", LISTS)
@pytest.mark.parametrize("language", Language)
def test_a_record_that_is_renamed_and_named_back_has_one_address_and_no_loop(
    changed: Flask, model: type[Record], language: Language
) -> None:
    """field-s05, for every kind of record."""
    root, other_root = LISTS[model][:: 1 if language is Language.VI else -1]
    field = f"slug_{language}"
    with changed.app_context():
        record = first(model)
        original, other = record.slug(language), record.slug(language.other)
        for name in ("ten-thu-hai", "ten-thu-ba", original):
            with transaction():
                setattr(first(model), field, name)
    client = changed.test_client()
    page = document(client, f"{root}/{original}")
    for old in ("ten-thu-hai", "ten-thu-ba"):
        moved = client.get(f"{root}/{old}")
        assert (moved.status_code, moved.location) == (301, f"{root}/{original}")
    twin = document(client, f"{other_root}/{other}")
    for one in (page, twin):
        assert switch(one) == {
            language.value: f"{root}/{original}",
            language.other.value: f"{other_root}/{other}",
        }
        assert not any("ten-thu" in href for href in [*alternates(one).values(), *one.xpath("//a/@href")])


def test_an_address_that_moved_keeps_its_query(changed: Flask) -> None:
    with changed.app_context(), transaction():
        record = first(Product)
        old, record.slug_vi = record.slug_vi, "ten-moi"
    response = changed.test_client().get(f"/vi/san-pham/{old}?a=1&a=c%C3%A0")
    assert response.location == "/vi/san-pham/ten-moi?a=1&a=c%C3%A0"


NARROWED = [
    (
        "/vi/san-pham",
        "/en/products",
        "q=c%C3%A0+ph%C3%AA&category=coffee&sort=name&page=1",
        "evidence=reported",
    ),
    ("/vi/san-pham", "/en/products", "category=tea&category=coffee&sort=maker", "evidence=none"),
    ("/vi/nha-san-xuat", "/en/producers", "kind=company&sort=products&page=1", "category=coffee"),
    ("/vi/xuat-khau", "/en/exporters", "category=flowers&page=1", "market=JP"),
    ("/vi/lang-nghe", "/en/villages", "", "month=12"),
    ("/vi/tuyen", "/en/routes", "", "month=12"),
    ("/vi/hoa", "/en/flowers", "", "month=12"),
    ("/vi/tim", "/en/search", "q=d%E1%BB%87t+th%E1%BB%95+c%E1%BA%A9m", "of=product"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("vietnamese", "english", "query", "more"), NARROWED)
@pytest.mark.parametrize("start", Language)
def test_language_and_filters_survive_a_change_of_language_and_back(
    client: FlaskClient, vietnamese: str, english: str, query: str, more: str, start: Language
) -> None:
    """field-s03: neither the switch nor one more filter throws away what was chosen before."""
    paths = {Language.VI: vietnamese, Language.EN: english}

    def switched(address: str, to: Language) -> str:
        page = document(client, address)
        there = switch(page)[to.value]
        assert urlsplit(there).path == paths[to]
        assert parse_qsl(urlsplit(there).query) == parse_qsl(urlsplit(address).query)
        assert there.isascii()
        assert total(document(client, there)) == total(page) > 0
        return there

    there = switched(f"{paths[start]}?{query}".rstrip("?"), start.other)
    page = document(client, there)
    assert all(action.startswith(f"/{start.other}/") for action in page.xpath("//main//form/@action"))
    narrowed = f"{there}{'&' if query else '?'}{more}"
    assert total(document(client, narrowed)) <= total(page)
    back = switched(narrowed, start)
    assert parse_qsl(urlsplit(back).query) == parse_qsl(f"{query}&{more}")


def total(page: HtmlElement) -> int:
    """How many a list says that it holds."""
    return int(re.findall(r"\d+", page.xpath("//h1")[0].text_content())[-1])


@pytest.mark.parametrize(
    "path",
    [
        *("/favicon.ico", "/apple-touch-icon.png", "/robots.txt", "/.well-known/security.txt"),
        *("/fr/", "/xx/products/", "/vi-VN/", "/VI/san-pham/", "/en", "/vi"),
    ],
)
def test_what_only_looks_like_a_language_is_no_error_and_changes_no_language(
    client: FlaskClient, path: str
) -> None:
    """field-s04."""
    response = client.get(path)
    response.close()
    if response.status_code == 200:
        assert response.mimetype.split("/")[0] in {"image", "text"}
        assert response.mimetype != "text/html"
    elif response.status_code == 404:
        assert document_fromstring(response.data).get("lang") in {"vi", "en"}
    else:
        assert response.status_code in {301, 302, 308}
        assert client.get(response.location).status_code == 200
        assert response.location.rstrip("/") == path
    assert document(client, "/vi/").get("lang") == "vi"
    assert document(client, "/en/").get("lang") == "en"
    assert client.get("/", headers={"Accept-Language": "en"}).location == "/en/"


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("/en/products?page=2", "/en/products?page=2"),
        ("/en/producers?page=1", "/en/producers"),
        ("/en/villages?page=2", "/en/villages"),
        ("/vi/?page=3", "/vi/"),
    ],
)
def test_only_a_list_with_pages_tells_its_page_to_search_engines(
    client: FlaskClient, path: str, canonical: str
) -> None:
    page = document(client, path)
    assert page.xpath("//head/link[@rel='canonical']/@href") == [SITE + canonical]
    assert {urlsplit(href).query for href in alternates(page).values()} == {urlsplit(canonical).query}


@pytest.mark.parametrize(
    ("path", "own"),
    [
        ("/vi/", True),
        ("/vi/san-pham", True),
        ("/en/search", True),
        ("/en/search?q=zzzxqq", True),
        ("/en/no-such-page", True),
        ("/en/search?q=tea", False),
        ("/en/producers", False),
        ("/en/places", False),
    ],
)
def test_a_page_with_a_search_field_of_its_own_hides_the_header_s_on_phones(
    client: FlaskClient, path: str, own: bool
) -> None:
    page = document_fromstring(client.get(path).data)
    fields = page.xpath("//main//*[contains(@class, 'find')]//input[@name='q']")
    assert ("own-search" in page.xpath("//body/@class")[0].split()) is own
    assert fields or not own
