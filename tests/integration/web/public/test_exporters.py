"""The list of exporters on the real data: who stands in it, what it says of them, what it does not know."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask import Flask, g
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from catalogue.certification.models import Certificate
from catalogue.certification.queries import certificates_of_producers
from catalogue.database import db, transaction
from catalogue.kernel.language import Language
from catalogue.producers.models import Producer, ProducerMarket
from catalogue.web import labels
from tests.documents import heading, links, main, paths, words

LISTS = {Language.VI: "/vi/xuat-khau", Language.EN: "/en/exporters"}
MAKERS = {Language.VI: "/vi/nha-san-xuat", Language.EN: "/en/producers"}


@pytest.fixture(scope="module")
def exporters(loaded: Flask) -> list[Producer]:
    with loaded.app_context():
        known = select(Producer).where(Producer.markets.any()).options(selectinload(Producer.markets))
        return list(db.session.scalars(known))


@pytest.mark.parametrize("language", Language)
def test_every_maker_with_a_reported_market_stands_there_in_the_order_of_the_language(
    read, exporters, language: Language
) -> None:
    document = read(LISTS[language])
    order = sorted(exporters, key=lambda one: getattr(one, f"sort_{language}"))
    assert paths(main(document), MAKERS[language]) == [
        f"{MAKERS[language]}/{one.slug(language)}" for one in order
    ]
    assert re.match(rf"{len(exporters)} ", heading(document))


@pytest.mark.parametrize("language", Language)
def test_each_says_its_markets_what_is_not_known_and_leads_to_products_and_thread(
    loaded: Flask, read, exporters, language: Language
) -> None:
    document = read(LISTS[language])
    items = {
        paths(item, MAKERS[language])[0].rsplit("/", 1)[1]: item
        for item in document.xpath("//li[contains(@class, 'exporter')]")
    }
    for one in exporters:
        item = items[one.slug(language)]
        with loaded.test_request_context(LISTS[language]):
            g.language = language
            countries = labels.countries(market.country for market in one.markets)
        assert ", ".join(countries) in words(item)
        if language is Language.EN:
            assert "Not known Price, minimum order, delivery time" in words(item)
            assert ("own website: ask" in words(item)) == (one.website is None)
        page = f"{MAKERS[language]}/{one.slug(language)}"
        assert f"{page}#leads" in links(item)
        for link in links(item):
            if link.startswith(f"{page}#"):
                assert read(page).xpath(f"//*[@id='{link.split('#')[1]}']"), link


def test_nothing_is_said_to_be_certified_that_only_the_press_reports(read) -> None:
    for language, boast in (
        ("vi", "đã xác nhận|được chứng nhận|còn hiệu lực"),
        ("en", r"\bcertified\b|confirmed\b"),
    ):
        document = read(LISTS[Language(language)])
        for tag in document.xpath("//li[contains(@class, 'exporter')]//*[contains(@class, 'tag')]"):
            said = re.sub("chưa (được )?xác nhận|not confirmed", "", words(tag), flags=re.IGNORECASE)
            assert not re.search(boast, said, re.IGNORECASE), words(tag)
            assert "confirmed" not in tag.get("class").split()


def test_the_page_tells_that_a_market_is_a_report_and_not_a_promise(read) -> None:
    assert "need not be so today" in words(main(read("/en/exporters")))


def test_a_makers_own_certificate_counts_for_it_as_exporter(loaded: Flask, read, exporters) -> None:
    with loaded.app_context():
        own = certificates_of_producers([one.id for one in exporters])
        schemes = {paper.scheme.code: key for key, papers in own.items() for paper in papers}
    assert schemes
    for scheme, key in schemes.items():
        slug = next(one for one in exporters if one.id == key).slug(Language.EN)
        found = paths(main(read(f"/en/exporters?scheme={scheme}")), MAKERS[Language.EN])
        assert f"/en/producers/{slug}" in found


def test_a_maker_becomes_an_exporter_with_its_first_market_and_leaves_with_its_last(changed: Flask) -> None:
    client = changed.test_client()
    with changed.app_context():
        maker = db.session.scalars(select(Producer).where(~Producer.markets.any())).first()
        assert maker is not None
        key, page = maker.id, f"/en/producers/{maker.slug(Language.EN)}".encode()
    assert page not in client.get("/en/exporters?market=IS").data
    with changed.app_context(), transaction():
        db.session.add(ProducerMarket(producer_id=key, country="IS"))
    assert page in client.get("/en/exporters?market=IS").data
    with changed.app_context(), transaction():
        db.session.delete(db.session.get_one(ProducerMarket, (key, "IS")))
    assert page not in client.get("/en/exporters").data


def test_a_withdrawn_certificate_is_no_longer_found_by_its_scheme(changed: Flask) -> None:
    client = changed.test_client()
    before = client.get("/en/exporters?scheme=vietgap&scheme=ocop&evidence=reported")
    assert b"exporter" in before.data
    with changed.app_context(), transaction():
        for paper in db.session.scalars(select(Certificate)):
            paper.withdrawn_on = date(2020, 1, 1)
    after = client.get("/en/exporters?evidence=reported").get_data(as_text=True)
    assert "<h1" in after
    assert re.search(r"<h1[^>]*>\s*0 exporters", after)


def test_the_maker_page_leads_to_the_exporters_of_each_of_its_markets(read, exporters) -> None:
    for one in exporters[:5]:
        found = links(main(read(f"/en/producers/{one.slug(Language.EN)}")))
        for market in one.markets:
            assert f"/en/exporters?market={market.country}" in found


def test_the_language_switch_keeps_what_is_chosen(read) -> None:
    document = read("/vi/xuat-khau?market=JP&category=flowers")
    [other] = document.xpath("//nav[@id='languages']/a[@hreflang='en']/@href")
    assert other == "/en/exporters?market=JP&category=flowers"
    assert heading(read(other)).split()[0] == heading(document).split()[0]


@pytest.mark.parametrize(
    "query", ["?market=XX", "?market=%00", "?category=nothing&market=JP", "?month=13", "?q=tea"]
)
def test_nonsense_is_answered(client, query: str) -> None:
    assert client.get(f"/vi/xuat-khau{query}").status_code == 200
    assert client.get(f"/vi/xuat-khau{query}&page=99").status_code == 404


def test_the_number_of_statements_does_not_grow_with_the_exporters(client, statements) -> None:
    client.get("/en/exporters")
    counts = []
    for query in ("", "?market=JP", "?market=JP&category=coffee"):
        with statements() as run:
            assert client.get(f"/en/exporters{query}").status_code == 200
        counts.append(len(run))
    assert len(set(counts)) == 1
