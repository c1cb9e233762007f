"""What readers see of collections: whom they show today, why, the rule, and the archive."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from lxml.html import HtmlElement, document_fromstring
from sqlalchemy import select

from catalogue.certification.models import Certificate
from catalogue.database import db, transaction
from catalogue.kernel.clock import now, today
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.showcase.rules import CollectionKind
from tests.documents import words
from tests.featured import begin, confirm_everything, fit, give

INDEX = {"vi": "/vi/bo-suu-tap", "en": "/en/collections"}
NOBODY = {"vi": "để trống còn hơn", "en": "rather leave the list empty"}
ROWS = "//table[contains(@class, 'featured')]/tbody/tr"


def page(app: Flask, path: str) -> HtmlElement:
    answer = app.test_client().get(path)
    assert answer.status_code == 200, path
    return document_fromstring(answer.data)


def shown(app: Flask, path: str) -> list[str]:
    """The makers of the table, in order."""
    return [link.rpartition("/")[2] for link in page(app, path).xpath(f"{ROWS}/th//a[1]/@href")]


@pytest.fixture
def site(changed: Flask) -> Flask:
    confirm_everything(changed)
    return changed


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_empty_list_says_so_everywhere(loaded: Flask, language: str) -> None:
    for path in (INDEX[language], f"/{language}/"):
        assert NOBODY[language] in words(page(loaded, path))
        assert not page(loaded, path).xpath(ROWS)


def test_the_rule_stands_on_the_page_whoever_is_featured(loaded: Flask) -> None:
    said = words(page(loaded, INDEX["en"]))
    for part in (
        "No maker holds more than two places",
        "cannot be bought",
        "the first of them goes behind the last",
    ):
        assert part in said


@pytest.mark.parametrize("language", ["vi", "en"])
def test_featured_exporters_stand_there_and_on_the_front_page_with_reason_and_certificate(
    site: Flask, language: str
) -> None:
    code, makers = begin(site), fit(site)
    for maker in makers:
        give(site, code, maker)
    for path in (INDEX[language], f"/{language}/"):
        assert len(shown(site, path)) == len(makers) == 4
        said = words(page(site, path).xpath("//table[contains(@class, 'featured')]")[0])
        assert {"vi": "Có giấy còn hiệu lực", "en": "Holds a certificate in force"}[language] in said
        assert "LĐ-" in said
    assert sorted(shown(site, INDEX["vi"])) == sorted(_slugs(site, makers, "slug_vi"))


def _slugs(site: Flask, makers: list[str], column: str) -> list[str]:
    with site.app_context():
        rows = db.session.scalars(select(Producer).where(Producer.code.in_(makers)))
        return [getattr(one, column) for one in rows]


def test_the_order_changes_with_the_day_and_comes_round(site: Flask) -> None:
    code, makers = begin(site), fit(site, most=3)
    for maker in makers:
        give(site, code, maker)
    orders = []
    for step in range(4):
        with time_machine.travel(now() + timedelta(days=step), tick=False):
            orders.append(shown(site, INDEX["en"]))
            assert orders[-1] == shown(site, INDEX["en"])  # the same for everybody that day
    assert orders[3] == orders[0]
    assert {order[0] for order in orders} == set(orders[0])


def test_market_and_standard_narrow_the_list(site: Flask) -> None:
    code = begin(site)
    for maker in fit(site, most=8):
        give(site, code, maker)
    everybody = shown(site, INDEX["en"])
    document = page(site, INDEX["en"])
    for name in ("market", "scheme"):
        option = document.xpath(f"//select[@name='{name}']/option[2]")[0]
        number = int(option.text.rpartition("(")[2].rstrip(")"))
        narrowed = shown(site, f"{INDEX['en']}?{name}={option.get('value')}")
        assert len(narrowed) == number
        assert set(narrowed) <= set(everybody)
    assert shown(site, f"{INDEX['en']}?market=XX") == []
    assert "No featured exporter has both" in words(page(site, f"{INDEX['en']}?market=XX"))


def test_whoever_loses_the_certificate_is_gone_from_every_page_at_once(site: Flask) -> None:
    code, makers = begin(site), fit(site)
    for maker in makers:
        give(site, code, maker)
    own = page(site, INDEX["en"]).xpath("//main//ul[@class='lines']//a/@href")[0]
    paths = [INDEX["en"], "/en/", own]
    assert all(len(shown(site, path)) == 4 for path in paths)
    with site.app_context(), transaction():
        for one in db.session.scalars(select(Certificate).outerjoin(Certificate.product)):
            one.withdrawn_on = today()
    assert all(shown(site, path) == [] for path in paths)
    assert all(NOBODY["en"] in words(page(site, path)) for path in paths)


def test_the_end_of_a_certificate_is_seen_without_any_writing(site: Flask) -> None:
    """field-s26, for what is featured: a page that a reader kept is asked for anew after the day."""
    code, [maker, other] = begin(site), fit(site, most=2)
    for one in (maker, other):
        give(site, code, one)
    with site.app_context(), transaction():
        producer = db.session.scalars(select(Producer).where(Producer.code == maker)).one()
        rows = select(Certificate).outerjoin(Certificate.product)
        for one in db.session.scalars(
            rows.where((Certificate.producer_id == producer.id) | (Product.producer_id == producer.id))
        ):
            one.expires = today().isoformat()
    reader = site.test_client()
    midnight = now().replace(hour=17, minute=0, second=0) + timedelta(days=0 if now().hour < 17 else 1)
    for path in ("/en/", INDEX["en"]):
        with time_machine.travel(midnight - timedelta(minutes=5), tick=False):
            before = reader.get(path)
            assert (
                "max-age" not in before.headers["Cache-Control"]
                or "no-cache" in before.headers["Cache-Control"]
            )
            assert len(document_fromstring(before.data).xpath(ROWS)) == 2
        with time_machine.travel(midnight + timedelta(minutes=5), tick=False):
            tag = {"If-None-Match": before.headers["ETag"]} if "ETag" in before.headers else {}
            after = reader.get(path, headers=tag)
            assert after.status_code == 200
            assert len(document_fromstring(after.data).xpath(ROWS)) == 1


def test_a_set_of_gifts_shows_products_with_the_reason(site: Flask) -> None:
    code = begin(site, CollectionKind.GIFTS)
    for product in fit(site, CollectionKind.GIFTS, most=3):
        give(site, code, product)
    document = page(site, "/en/collections/tet-gifts-from-the-highlands")
    cards = document.xpath("//li[contains(@class, 'card')]")
    assert len(cards) == 3
    assert all("Holds a certificate in force" in words(card) for card in cards)
    assert page(site, "/vi/bo-suu-tap/qua-tet-tu-cao-nguyen").xpath("//li[contains(@class, 'card')]")
    assert "Tết gifts from the highlands" in words(page(site, INDEX["en"]))


def test_a_draft_or_planned_collection_is_nowhere(site: Flask) -> None:
    code = begin(site, starts=2)
    give(site, code, fit(site, most=1)[0], starts=2)
    reader = site.test_client()
    own = "/en/collections/exporters-of-the-winter"
    assert reader.get(own).status_code == reader.get(f"{own}.pdf").status_code == 404
    assert "winter" not in reader.get(INDEX["en"]).text
    assert reader.get("/sitemaps/collections.xml").status_code == 404
    with time_machine.travel(now() + timedelta(days=2), tick=False):
        assert reader.get(own).status_code == 200
        assert own in reader.get("/sitemaps/collections.xml").text


def test_a_collection_that_has_ended_stays_readable_with_its_reasons(site: Flask) -> None:
    code, [maker] = begin(site, ends=3), fit(site, most=1)
    give(site, code, maker)
    with time_machine.travel(now() + timedelta(days=4), tick=False):
        assert shown(site, INDEX["en"]) == shown(site, "/en/") == []
        [archived] = page(site, INDEX["en"]).xpath("//ul[@aria-labelledby='archive']//a/@href")
        said = words(page(site, archived))
        assert "Holds a certificate in force" in said
        assert "nothing in it is featured today" in said
        assert not page(site, archived).xpath(ROWS)
        assert not page(site, archived).xpath(
            "//*[contains(@class, 'tag') and contains(@class, 'confirmed')]"
        )


def test_the_front_page_asks_little_for_what_is_featured(site: Flask, statements) -> None:
    client = site.test_client()
    client.get("/en/")
    with statements() as before:
        client.get("/en/")
    code = begin(site)
    for maker in fit(site, most=8):
        give(site, code, maker)
    client.get("/en/")
    with statements() as after:
        client.get("/en/")
    assert len(after) <= len(before) + 16
