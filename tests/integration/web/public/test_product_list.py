"""The product list with its facets, on the real data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement
from sqlalchemy import select

from catalogue.certification.queries import all_certificates
from catalogue.database import db
from catalogue.kernel.language import Language
from catalogue.products.models import Product
from catalogue.products.queries import WITH_MAKER, category_tree

LISTS = {Language.VI: "/vi/san-pham", Language.EN: "/en/products"}


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def heading(document: HtmlElement) -> str:
    [found] = document.xpath("//main//h1")
    return words(found)


def total(document: HtmlElement) -> int:
    found = re.match(r"[\d.,]+", heading(document))
    assert found
    return int(re.sub(r"\D", "", found[0]))


def cards(document: HtmlElement) -> list[str]:
    return document.xpath("//main//li[@class='card']//*[contains(@class, 'name')]/a/@href")


def offers(document: HtmlElement) -> Iterator[tuple[str, str, int]]:
    """Facet, value and the count beside it, of every box that is not ticked."""
    for box in document.xpath("//main//form//input[@type='checkbox' and not(@checked)]"):
        yield box.get("name"), box.get("value"), int(box.getparent().xpath("./small")[0].text)


def page(product: Product, language: Language) -> str:
    return f"{LISTS[language]}/{product.slug(language)}"


@pytest.fixture(scope="module")
def products(loaded: Flask) -> list[Product]:
    with loaded.app_context():
        return list(db.session.scalars(select(Product).options(*WITH_MAKER).order_by(Product.code)))


@pytest.fixture(scope="module")
def reported(loaded: Flask) -> set[int]:
    """The products that a certificate covers."""
    with loaded.app_context():
        return {row.product_id for one in all_certificates() for row in one.scope}


@pytest.mark.parametrize("language", Language)
def test_the_list_leads_to_every_product_in_the_order_of_its_language(read, products, language) -> None:
    document = read(LISTS[language])
    assert total(document) == len(products)
    shown = cards(document)
    while onward := document.xpath("//main//nav[@class='pages']/a[@rel='next']/@href"):
        document = read(onward[0])
        shown += cards(document)
    order = "sort_vi" if language is Language.VI else "sort_en"
    assert shown == [page(one, language) for one in sorted(products, key=lambda one: getattr(one, order))]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?category=coffee",
        "?evidence=reported&category=tea",
        "?q=tr%C3%A0&kind=company",
        "?month=12&kind=farm",
    ],
)
def test_the_count_beside_a_value_is_the_count_of_the_list_that_it_leads_to(read, query: str) -> None:
    asked = parse_qsl(query.lstrip("?"))
    for facet, value, count in list(offers(read(LISTS[Language.EN] + query)))[::6]:
        others = [pair for pair in asked if pair[0] != facet]
        chosen = "&".join(f"{name}={text}" for name, text in [*others, (facet, value)])
        assert total(read(f"{LISTS[Language.EN]}?{chosen}")) == count, (query, facet, value)


def test_values_of_one_facet_widen_and_facets_narrow(read) -> None:
    tea, coffee = (total(read(f"/vi/san-pham?category={code}")) for code in ("tea", "coffee"))
    both = total(read("/vi/san-pham?category=tea&category=coffee"))
    reported = total(read("/vi/san-pham?category=tea&category=coffee&evidence=reported"))
    assert both == tea + coffee
    assert 0 < reported < both


def test_a_category_holds_what_stands_below_it(read, loaded: Flask, products) -> None:
    with loaded.app_context():
        tree = category_tree()
        below = [
            one for one in products if "handicraft" in {category.code for category in tree.line(one.category)}
        ]
    assert total(read("/vi/san-pham?category=handicraft")) == len(below)


@pytest.mark.parametrize("typed", ["cà phê", "ca phe", "CÀ PHÊ", "ca%CC%80 phe%CC%82"])
def test_words_are_found_with_and_without_marks(read, typed: str) -> None:
    assert total(read(f"/vi/san-pham?q={typed}")) == total(read("/vi/san-pham?q=cà phê")) > 20


@pytest.mark.parametrize(
    "address", ["/vi/san-pham?q=ca phe", "/en/products?q=coffee", "/en/products?q=wristband"]
)
def test_every_card_shows_what_was_found_or_says_why_it_is_there(read, address: str) -> None:
    cards = read(address).xpath("//main//li[contains(@class, 'card')]")
    assert cards
    for card in cards:
        assert card.xpath(".//mark"), words(card)
        assert not card.xpath(".//*[contains(@class, 'keep')]//mark")


def test_the_language_switch_keeps_words_filters_and_order(read) -> None:
    here = read("/vi/san-pham?q=cà phê&category=coffee&sort=name")
    [other] = here.xpath("//nav[@id='languages']/a[@hreflang='en']/@href")
    assert parse_qsl(urlsplit(other).query) == [("q", "cà phê"), ("category", "coffee"), ("sort", "name")]
    there = read(other)
    assert {page.rsplit("/", 1)[0] for page in cards(there)} == {"/en/products"}
    assert total(there) == total(here)
    [back] = there.xpath("//nav[@id='languages']/a[@hreflang='vi']/@href")
    assert cards(read(back)) == cards(here)


def test_each_chip_takes_its_own_choice_off(read) -> None:
    document = read("/en/products?q=tea&category=tea&evidence=reported")
    found = {
        words(chip).split("✕")[0]: parse_qsl(urlsplit(chip.get("href")).query)
        for chip in document.xpath("//main//ul[@class='chips']//a[contains(@class, 'chip')]")
    }
    assert found == {
        "“tea”": [("category", "tea"), ("evidence", "reported")],
        "Tea": [("q", "tea"), ("evidence", "reported")],
        "Reported, not confirmed": [("q", "tea"), ("category", "tea")],
    }


def test_an_empty_list_says_what_giving_up_one_thing_would_leave(read) -> None:
    document = read("/en/products?q=silk&category=coffee&kind=farm")
    assert total(document) == 0
    ways = document.xpath("//main//div[contains(@class, 'empty')]//a")
    counted = [way for way in ways if re.search(r"\d+ products?$", words(way))]
    assert counted
    for way in counted:
        assert words(way).endswith(f": {heading(read(way.get('href'))).split(' for ')[0]}")
    assert "/en/products" in [way.get("href") for way in ways]


def test_the_filters_are_a_form_that_works_without_script(read) -> None:
    document = read("/en/products?q=tea&category=tea")
    [form] = document.xpath("//form[@id='filters']")
    fields = {
        one.get("name") for one in document.xpath("//input[@form='filters'] | //select[@form='filters']")
    }
    assert form.get("method", "get").lower() == "get"
    assert urlsplit(form.get("action")).path == "/en/products"
    assert fields == {"q", "sort"}
    assert words(form.xpath(".//button[@type='submit']")[0]) == f"Show {total(document)} products"


@pytest.mark.parametrize("language", Language)
def test_the_list_can_be_sorted_by_maker(read, products, language: Language) -> None:
    document, names = read(f"{LISTS[language]}?sort=maker"), f"sort_{language}"
    in_order = sorted(products, key=lambda one: (getattr(one.producer, names), getattr(one, names)))
    assert cards(document) == [page(one, language) for one in in_order[:24]]
    [chosen] = document.xpath("//select[@name='sort']/option[@selected]/@value")
    assert chosen == "maker"


def test_relevance_is_offered_only_where_words_are_asked_for(read) -> None:
    def offered(address: str) -> list[str]:
        return read(address).xpath("//select[@name='sort']/option/@value")

    assert offered("/en/products") == offered("/en/products?village=nowhere") == ["name", "maker"]
    assert offered("/en/products?q=tea") == ["relevance", "name", "maker"]


def test_words_that_nothing_is_spelled_with_are_told(read) -> None:
    told = "Nothing is spelled exactly “phở”; shown without marks."
    assert told in words(read("/en/products?q=phở").xpath("//main")[0])
    for spelled in ("cà phê", "ca phe", "phowr", "zzzxqq"):
        assert "spelled exactly" not in words(read(f"/en/products?q={spelled}").xpath("//main")[0])


def test_a_page_after_the_last_is_not_found_and_other_nonsense_is_the_first(
    client: FlaskClient, read
) -> None:
    assert client.get("/vi/san-pham?page=14").status_code == 200
    assert client.get("/vi/san-pham?page=15").status_code == 404
    assert client.get("/vi/san-pham?category=honey&page=2").status_code == 404
    for nonsense in ("0", "-1", "x", "1e3", "", "٢", "99999999999999999999"):
        assert cards(read(f"/vi/san-pham?page={nonsense}")) == cards(read("/vi/san-pham"))


def test_values_that_nobody_knows_are_told_and_break_nothing(read) -> None:
    unknown = read("/en/products?village=nowhere")
    assert total(unknown) == 0
    assert "nowhere" in words(unknown.xpath("//ul[@class='chips']")[0])
    unread = read("/en/products?month=13&visitable=maybe")
    assert total(unread) == 335
    assert "13, maybe" in words(unread.xpath("//main")[0])


def test_a_card_says_what_is_on_record_and_wears_its_makers_edge(read, products, reported) -> None:
    for kind, chosen in (("claim", "reported"), ("none", "none")):
        document = read(f"/en/products?evidence={chosen}")
        for card in document.xpath("//main//li[@class='card']"):
            [address] = card.xpath(".//*[contains(@class, 'name')]/a/@href")
            product = next(one for one in products if page(one, Language.EN) == address)
            assert card.xpath(f".//*[contains(@class, 'tag') and contains(@class, '{kind}')]")
            assert (product.id in reported) == (chosen == "reported")
            assert f"/{product.producer.code}.svg" in card.xpath(".//img[contains(@class, 'edge')]/@src")[0]


def test_plates_beside_each_other_differ(read) -> None:
    plates = [
        card.xpath(".//div[contains(@class, 'pic')]/@class")[0]
        for card in read("/vi/san-pham?category=brocade").xpath("//main//li[@class='card']")
    ]
    assert len(plates) == 24
    assert all(one != other for one, other in pairwise(plates))


def test_the_list_takes_as_many_statements_for_one_product_as_for_a_page_full(client, statements) -> None:
    client.get("/vi/san-pham")
    counts = []
    for query in ("?category=honey", "", "?category=coffee&evidence=reported"):
        with statements() as run:
            assert client.get(f"/vi/san-pham{query}").status_code == 200
        counts.append(len(run))
    assert len(set(counts)) == 1
