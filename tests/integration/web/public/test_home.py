"""The front page on the real data."""

from __future__ import annotations

import re
from datetime import date

import pytest
import time_machine
from flask import Flask
from lxml.html import HtmlElement, document_fromstring
from sqlalchemy import func, select

from catalogue.certification.models import Certificate
from catalogue.database import db, transaction
from catalogue.flower_centre.models import FlowerCentre
from catalogue.kernel.language import Language
from catalogue.places.models import CraftVillage
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.routes.models import TourRoute

HOMES = {Language.VI: "/vi/", Language.EN: "/en/"}


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def number(text: str) -> int:
    found = re.match(r"[\d.,]+", text)
    assert found, text
    return int(re.sub(r"\D", "", found[0]))


def makers(document: HtmlElement) -> list[str]:
    return document.xpath("//ul[contains(@class, 'swatch')]//a/@href")


@pytest.mark.parametrize("language", Language)
def test_the_three_numbers_add_up_and_each_leads_to_as_many_products(read, loaded: Flask, language) -> None:
    with loaded.app_context():
        everything = db.session.scalar(select(func.count(Product.id)))
    document = read(HOMES[language])
    counted = {
        stat.xpath(".//a/@href")[0].partition("=")[2]: (number(words(stat.xpath("./dd")[0])), stat)
        for stat in document.xpath("//dl[@class='stats']/div")
    }
    assert list(counted) == ["confirmed", "reported", "none"]
    assert sum(count for count, _ in counted.values()) == everything == 335
    for count, stat in counted.values():
        assert number(words(read(stat.xpath(".//a/@href")[0]).xpath("//h1")[0])) == count


def test_nothing_is_called_confirmed_while_nothing_is(read) -> None:
    document = read("/en/")
    told = words(document.xpath("//section[@aria-labelledby='record']")[0])
    assert "No certificate has been confirmed with its issuer yet." in told
    assert document.xpath("//main//li[@class='card']")
    for card in document.xpath("//main//li[@class='card']"):
        assert "Reported, not confirmed" in words(card)


def test_a_confirmed_certificate_moves_one_product_from_reported_to_confirmed(changed: Flask) -> None:
    with changed.app_context(), transaction():
        [certificate, *_] = db.session.scalars(
            select(Certificate).where(Certificate.product_id.is_not(None)).order_by(Certificate.id)
        )
        certificate.evidence, certificate.number = "register", "1"
        certificate.confirmed_on = date(2020, 1, 1)
    document = document_fromstring(changed.test_client().get("/en/").data)
    numbers = [number(words(one)) for one in document.xpath("//dl[@class='stats']//dd")]
    assert numbers == [1, 88, 246]
    assert "No certificate has been confirmed" not in words(document.xpath("//main")[0])
    lead = words(document.xpath("//main//p[@class='lead']")[0])
    assert "335 products: 1 with a confirmed certificate, 88 with one that a source reports." in lead


def test_each_patch_of_the_cloth_leads_to_as_many_products_as_it_says(read) -> None:
    patches = read("/vi/").xpath("//ul[@class='cloth']//a")
    assert len(patches) == 18
    for patch in patches:
        count = int(patch.xpath(".//small")[0].text)
        assert number(words(read(patch.get("href")).xpath("//h1")[0])) == count > 0


def test_the_walk_leads_to_makers_villages_routes_and_schemes(read, loaded: Flask) -> None:
    with loaded.app_context():
        counts = {
            model: db.session.scalar(select(func.count(model.id)))
            for model in (Producer, CraftVillage, TourRoute)
        }
    found = {words(link): link.get("href") for link in read("/en/").xpath("//main//a")}
    assert found[f"{counts[Producer]} makers"] == "/en/producers"
    assert found[f"{counts[CraftVillage]} craft villages"] == "/en/villages"
    assert found[f"{counts[TourRoute]} routes"] == "/en/routes"
    assert found["29 certification schemes"] == "/en/schemes"
    assert [href for href in found.values() if href.startswith("/en/routes/")]


def test_other_makers_have_their_turn_on_other_days(client) -> None:
    seen: set[str] = set()
    for day in range(1, 29):
        with time_machine.travel(f"2027-02-{day:02d}T12:00:00+07:00", tick=False):
            today = makers(document_fromstring(client.get("/vi/").data))
        assert len(set(today)) == 6
        seen |= set(today)
    assert len(seen) > 80


@pytest.mark.parametrize("language", Language)
def test_the_flower_centre_is_planned_and_nothing_more(read, loaded: Flask, language) -> None:
    with loaded.app_context():
        centre = db.session.scalar(select(FlowerCentre))
    [section] = read(HOMES[language]).xpath("//section[@aria-labelledby='centre']")
    assert centre.disclaimer.in_(language) in words(section)
    assert (
        section.xpath(".//a/@href")
        == {
            Language.VI: ["/vi/trung-tam-giao-dich-hoa", "/vi/hoa"],
            Language.EN: ["/en/flower-trading-centre", "/en/flowers"],
        }[language]
    )
    assert not section.xpath(".//button | .//form")


def test_the_search_box_asks_in_the_language_of_the_page(read) -> None:
    for language, address in ((Language.VI, "/vi/tim"), (Language.EN, "/en/search")):
        [form] = read(HOMES[language]).xpath("//main//form")
        assert (form.get("action"), form.xpath(".//input/@name")) == (address, ["q"])


def test_the_page_stands_on_an_empty_catalogue(app: Flask) -> None:
    response = app.test_client().get("/en/")
    assert response.status_code == 200
    assert "0 products" in words(document_fromstring(response.data).xpath("//main")[0])


def test_the_number_of_statements_does_not_follow_the_number_of_rows(client, statements) -> None:
    client.get("/vi/")
    with statements() as run:
        client.get("/vi/")
    assert len(run) <= 18
