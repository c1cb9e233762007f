"""The feeds are Atom as RFC 4287 has it, in both languages, and tell nothing that is not so."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree
from lxml.html import document_fromstring

from catalogue.certification.models import Certificate
from catalogue.certification.rules import Evidence
from catalogue.database import db, transaction
from catalogue.kernel.clock import today
from catalogue.kernel.language import Bilingual
from catalogue.products.models import Product
from catalogue.web.public.feeds import MOST_ENTRIES

SITE = "http://catalogue.test"
A, LANG = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/XML/1998/namespace}lang"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
TAG = re.compile(r"tag:catalogue\.test,2026:(vi|en)/[a-z0-9/-]+")
FEEDS = [
    f"/feeds/{language}/{name}.atom" for language in ("vi", "en") for name in ("products", "certificates")
]


def feed(client: FlaskClient, path: str) -> etree._Element:
    """A feed, after every rule that holds for each."""
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (200, "application/atom+xml")
    root = etree.fromstring(response.data, etree.XMLParser(resolve_entities=False, no_network=True))
    assert root.tag == f"{A}feed"
    assert root.get(LANG) == path.split("/")[2]
    for element in (root, *root.findall(f"{A}entry")):
        for name in ("id", "title", "updated"):
            (only,) = element.findall(A + name)
            assert (only.text or "").strip()
        assert TAG.fullmatch(str(element.findtext(f"{A}id")))
        assert MOMENT.fullmatch(str(element.findtext(f"{A}updated")))
    assert root.findtext(f"{A}author/{A}name")
    assert [link.get("href") for link in root.findall(f"{A}link[@rel='self']")] == [SITE + path]
    (own_page,) = root.findall(f"{A}link[@rel='alternate']")
    assert client.get(urlsplit(own_page.get("href")).path).status_code == 200
    ids = [str(one.text) for one in root.iter(f"{A}id")]
    assert len(ids) == len(set(ids))
    moments = [datetime.fromisoformat(str(one.findtext(f"{A}updated"))) for one in root.findall(f"{A}entry")]
    assert moments == sorted(moments, reverse=True)
    changed = datetime.fromisoformat(str(root.findtext(f"{A}updated")))
    assert changed == moments[0] if moments else changed <= datetime.now(UTC)
    return root


def entries(root: etree._Element) -> dict[str, etree._Element]:
    """By the path of the page that each leads to."""
    return {
        urlsplit(link.get("href")).path: entry
        for entry in root.findall(f"{A}entry")
        for link in entry.findall(f"{A}link[@rel='alternate']")
    }


def confirm(product_code: str, on: date, number: str | None = "01/QĐ", **more: object) -> str:
    certificate = db.session.scalars(
        db.select(Certificate).join(Certificate.product).where(Product.code == product_code)
    ).first()
    assert certificate is not None
    certificate.confirmed_on, certificate.number = on, number
    for name, value in more.items():
        setattr(certificate, name, value)
    return certificate.code


def claimed(app: Flask, number: int) -> list[str]:
    with app.app_context():
        rows = (
            db.select(Product.code)
            .join(Certificate, Certificate.product_id == Product.id)
            .order_by(Product.code)
        )
        return list(db.session.scalars(rows.distinct()))[:number]


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_is_whole(client: FlaskClient, path: str) -> None:
    feed(client, path)


def test_each_product_entry_leads_to_its_page_and_says_what_it_says(client: FlaskClient) -> None:
    for language in ("vi", "en"):
        found = entries(feed(client, f"/feeds/{language}/products.atom"))
        assert len(found) == MOST_ENTRIES
        for path, entry in list(found.items())[::10]:
            page = document_fromstring(client.get(path).data)
            assert page.xpath("//main//h1")[0].text_content().strip() == entry.findtext(f"{A}title")
            assert page.xpath("//meta[@name='description']/@content") == [entry.findtext(f"{A}summary")]


def test_the_day_of_an_entry_is_the_day_it_entered_the_catalogue(loaded: Flask, client: FlaskClient) -> None:
    root = feed(client, "/feeds/vi/products.atom")
    with loaded.app_context():
        moments = {
            f"/vi/san-pham/{one.slug_vi}": one.published_at for one in db.session.scalars(db.select(Product))
        }
    for path, entry in entries(root).items():
        assert datetime.fromisoformat(str(entry.findtext(f"{A}published"))) == moments[path].replace(
            microsecond=0
        )
    assert all(abs(datetime.now(UTC) - moment) < timedelta(hours=2) for moment in moments.values())


def test_a_new_product_comes_first_and_an_edit_changes_neither_id_nor_day(changed: Flask) -> None:
    reader = changed.test_client()
    with changed.app_context(), transaction():
        product = db.session.scalars(db.select(Product).order_by(Product.code)).first()
        assert product is not None
        product.published_at = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)
        code, path = product.code, f"/en/products/{product.slug_en}"
    root = feed(reader, "/feeds/en/products.atom")
    first, *_ = entries(root).items()
    assert first[0] == path
    assert root.findtext(f"{A}updated") == "2031-05-06T07:08:09+00:00"
    before = first[1].findtext(f"{A}id")
    with changed.app_context(), transaction():
        again = db.session.scalars(db.select(Product).filter_by(code=code)).one()
        again.name, again.slug_en = Bilingual("Khác", "Another name"), "another-name"
    (path, entry), *_ = entries(feed(reader, "/feeds/en/products.atom")).items()
    assert path == "/en/products/another-name"
    assert (entry.findtext(f"{A}id"), entry.findtext(f"{A}updated")) == (before, "2031-05-06T07:08:09+00:00")


def test_claims_are_no_news(client: FlaskClient) -> None:
    for language in ("vi", "en"):
        assert entries(feed(client, f"/feeds/{language}/certificates.atom")) == {}


def test_only_what_staff_confirmed_and_is_in_force_is_told(changed: Flask) -> None:
    day = today()
    valid, later, ended, withdrawn = claimed(changed, 4)
    with changed.app_context(), transaction():
        codes = [
            confirm(valid, day - timedelta(days=3)),
            confirm(later, day - timedelta(days=1)),
            confirm(ended, day, expires=(day - timedelta(days=1)).isoformat()),
            confirm(withdrawn, day, evidence=Evidence.REGISTER.value, withdrawn_on=day),
        ]
    reader = changed.test_client()
    found = entries(feed(reader, "/feeds/vi/certificates.atom"))
    assert list(found) == [f"/vi/giay-chung-nhan/{codes[1]}", f"/vi/giay-chung-nhan/{codes[0]}"]
    newest = found[f"/vi/giay-chung-nhan/{codes[1]}"]
    assert newest.findtext(f"{A}updated") == f"{day - timedelta(days=1)}T00:00:00+07:00"
    assert all(reader.get(path).status_code == 200 for path in found)


def test_a_catalogue_without_products_has_whole_feeds(app: Flask) -> None:
    for path in FEEDS:
        assert entries(feed(app.test_client(), path)) == {}


def test_signs_that_xml_cannot_hold_do_not_break_a_feed(changed: Flask) -> None:
    with changed.app_context(), transaction():
        product = db.session.scalars(db.select(Product).order_by(Product.code)).first()
        assert product is not None
        product.name = Bilingual("Trà \x01<b>&amp; “sạch” ]]> \u2028\ufffe\U0001f375", None)
        product.published_at = datetime(2031, 1, 1, tzinfo=UTC)
    root = feed(changed.test_client(), "/feeds/vi/products.atom")
    assert root.findtext(f"{A}entry/{A}title") == "Trà <b>&amp; “sạch” ]]> \u2028\U0001f375"


def test_borrowed_words_say_their_language(changed: Flask) -> None:
    with changed.app_context(), transaction():
        product = db.session.scalars(db.select(Product).order_by(Product.code)).first()
        assert product is not None
        product.summary, product.published_at = (
            Bilingual("Chỉ tiếng Việt.", None),
            datetime(2031, 1, 1, tzinfo=UTC),
        )
    root = feed(changed.test_client(), "/feeds/en/products.atom")
    summary = root.find(f"{A}entry/{A}summary")
    assert summary is not None
    assert (summary.text, summary.get(LANG)) == ("Chỉ tiếng Việt.", "vi")


@pytest.mark.parametrize("path", ["/vi/", "/en/products", "/vi/khong-co"])
def test_every_page_names_the_feeds_of_its_language(client: FlaskClient, path: str) -> None:
    page, language = document_fromstring(client.get(path).data), path[1:3]
    links = page.xpath("//head/link[@rel='alternate' and @type='application/atom+xml']")
    wanted = {f"/feeds/{language}/{name}.atom" for name in ("products", "certificates")}
    assert {link.get("href") for link in links} == {SITE + path for path in wanted}
    assert all(link.get("title") for link in links)
    assert wanted <= set(page.xpath("//footer//a/@href"))


def test_there_is_no_feed_in_another_language(client: FlaskClient) -> None:
    assert client.get("/feeds/fr/products.atom").status_code == 404
