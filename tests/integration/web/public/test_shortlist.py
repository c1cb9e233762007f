"""The reader's own list lives in its address: adding, taking off and asking work with links alone."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import document_fromstring

from tests.people import product_of, two_makers

LIST = {"vi": "/vi/danh-sach", "en": "/en/shortlist"}


@pytest.fixture
def codes(loaded: Flask) -> list[str]:
    return [product_of(loaded, maker) for maker in two_makers(loaded)]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_list_shows_what_its_address_names_and_leads_to_one_enquiry(
    client: FlaskClient, loaded: Flask, codes: list[str], language: str
) -> None:
    maker = two_makers(loaded)[1]
    answer = client.get(f"{LIST[language]}?products={','.join(codes)},no-such&producers={maker}")
    page = document_fromstring(answer.data)
    assert len(page.xpath("//main//li[@class='card']")) == 2
    assert len(page.xpath("//main//ul[@class='swatch']//b[@class='name']")) == 1
    form = {"vi": "/vi/hoi-mua", "en": "/en/enquire"}[language]
    [way] = [href for href in page.xpath("//main//a/@href") if href.startswith(form)]
    assert way == f"{form}?products={','.join(codes)}&producers={maker}"
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert page.xpath("string(//p[@class='on-paper'])").startswith("http://catalogue.test" + LIST[language])


def test_each_item_can_be_taken_off_by_its_link(client: FlaskClient, codes: list[str]) -> None:
    page = document_fromstring(client.get(f"/en/shortlist?products={','.join(codes)}").data)
    ways = page.xpath("//main//*[@class='take-off']/a/@href")
    assert ways == [f"/en/shortlist?products={codes[1]}", f"/en/shortlist?products={codes[0]}"]
    last = document_fromstring(client.get(ways[0]).data)
    [way] = last.xpath("//main//*[@class='take-off']/a/@href")
    assert way == "/en/shortlist"
    assert "Your list is empty" in client.get(way).text


def test_one_more_is_found_by_its_name_and_added_by_its_link(client: FlaskClient, codes: list[str]) -> None:
    page = document_fromstring(client.get(f"/vi/danh-sach?products={codes[0]}&q=ca phe").data)
    ways = page.xpath("//main//ul[contains(@class, 'lines')]//a/@href")
    assert ways
    assert all(way.startswith(f"/vi/danh-sach?products={codes[0]},") for way in ways)
    assert len(document_fromstring(client.get(ways[0]).data).xpath("//main//li[@class='card']")) == 2


@pytest.mark.parametrize("room", ["products", "producers"])
def test_the_page_of_a_record_leads_to_the_list_and_to_the_form(client: FlaskClient, room: str) -> None:
    start = document_fromstring(client.get(f"/en/{room}").data)
    href = next(one for one in start.xpath("//main//a/@href") if one.startswith(f"/en/{room}/"))
    page = document_fromstring(client.get(href).data)
    [form] = [one for one in page.xpath("//main//a/@href") if one.startswith("/en/enquire?")]
    assert client.get(form).status_code == 200
    keeps = page.xpath("//main//a[@data-keep]")
    assert keeps
    for link in keeps:
        kind, code = link.get("data-keep").split(":")
        assert link.get("href") == f"/en/shortlist?{kind}={code}"
        assert link.text_content().strip()


def test_every_card_of_the_list_of_products_can_be_kept_and_the_page_stays_light(client: FlaskClient) -> None:
    answer = client.get("/vi/san-pham")
    page = document_fromstring(answer.data)
    assert len(page.xpath("//li[@class='card']//a[@data-keep]")) == len(page.xpath("//li[@class='card']"))
    assert len(gzip.compress(answer.data, 6)) <= 15 * 1024
