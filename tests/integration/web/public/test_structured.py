"""What pages say to machines: the same as to people, never more, and unbreakable by any text."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring

from catalogue import slugs
from catalogue.certification.models import Certificate
from catalogue.database import db, transaction
from catalogue.kernel.clock import today
from catalogue.kernel.language import Bilingual, Language
from catalogue.pages.models import AboutPage
from catalogue.places.models import CraftVillage
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.routes.models import TourRoute
from catalogue.showcase.models import Collection
from catalogue.web.public.records import ROOMS, page_of
from tests.documents import words

SITE = "http://catalogue.test"
PAGES: dict[type[Any], tuple[dict[str, str], set[str]]] = {
    Product: ({"vi": "/vi/san-pham/", "en": "/en/products/"}, {"Product"}),
    Producer: ({"vi": "/vi/nha-san-xuat/", "en": "/en/producers/"}, {"Organization"}),
    CraftVillage: ({"vi": "/vi/lang-nghe/", "en": "/en/villages/"}, {"Place", "TouristAttraction"}),
    TourRoute: ({"vi": "/vi/tuyen/", "en": "/en/routes/"}, {"TouristTrip"}),
}
# What is told in machines' own terms, or is said by the page as a whole.
TERMS = {"@type", "@context", "certificationStatus", "requiredMinAge", "addressCountry", "inLanguage"}


def graph(page: HtmlElement) -> list[dict[str, Any]]:
    (block,) = page.xpath("//script[@type='application/ld+json']")
    told = json.loads(block.text)
    assert told["@context"] == "https://schema.org"
    things: list[dict[str, Any]] = told["@graph"]
    return things


def only(things: list[dict[str, Any]], kinds: set[str]) -> dict[str, Any]:
    (found,) = [thing for thing in things if thing["@type"] in kinds]
    return found


def texts(thing: Any, name: str = "") -> list[tuple[str, str]]:
    """Every text of a thing and of all inside it, with the name it has there."""
    if isinstance(thing, dict):
        return [pair for key, value in thing.items() if key not in TERMS for pair in texts(value, key)]
    if isinstance(thing, list):
        return [pair for one in thing for pair in texts(one, name)]
    return [(name, thing)] if isinstance(thing, str) else []


def address_of(record: Any, language: Language) -> str:
    return str(PAGES[type(record)][0][language.value] + record.slug(language))


@pytest.mark.parametrize("model", PAGES, ids=lambda model: model.__name__)
def test_machines_read_what_people_read(loaded: Flask, client: FlaskClient, model: type[Any]) -> None:
    with loaded.app_context():
        some = db.session.scalars(db.select(model).order_by(model.id)).all()
        chosen = [
            (address_of(one, lang), one.name.text(lang))
            for one in some[:: len(some) // 12]
            for lang in Language
        ]
    for path, name in chosen:
        page = document_fromstring(client.get(path).data)
        things = graph(page)
        thing = only(things, PAGES[model][1])
        assert thing["name"] == name
        assert SITE + path in {thing.get("url"), thing.get("mainEntityOfPage")}
        shown = words(page.xpath("//body")[0])
        linked = {href if "://" in href else SITE + href for href in page.xpath("//@href")}
        for key, text in texts(things):
            if key in {"url", "item", "mainEntityOfPage"}:
                assert text in linked, (path, key, text)
            elif key == "keywords":
                assert all(word in shown for word in text.split(", ")), (path, text)
            else:
                assert " ".join(text.split()) in shown, (path, key, text)


def test_the_way_down_is_the_way_that_the_page_shows(client: FlaskClient) -> None:
    for path in ("/en/schemes/haccp", "/vi/chung-nhan/haccp"):
        page = document_fromstring(client.get(path).data)
        trail = only(graph(page), {"BreadcrumbList"})["itemListElement"]
        assert [step["position"] for step in trail] == list(range(1, len(trail) + 1))
        assert "item" not in trail[-1]
        assert all(step["item"].startswith(SITE) for step in trail[:-1])


def test_no_claim_is_a_certification(loaded: Flask, client: FlaskClient) -> None:
    with loaded.app_context():
        claims = db.session.scalars(db.select(Certificate).options(db.joinedload(Certificate.product))).all()
        paths = [f"/en/certificates/{one.code}" for one in claims]
        paths += [f"/en/products/{one.product.slug_en}" for one in claims if one.product]
    for path in paths[::9]:
        assert b'"Certification"' not in client.get(path).data
        assert b"hasCertification" not in client.get(path).data


def test_a_certificate_in_force_is_told_and_an_ended_one_is_not(changed: Flask) -> None:
    with changed.app_context(), transaction():
        certificate = db.session.scalars(
            db.select(Certificate)
            .where(Certificate.product_id.is_not(None))
            .options(db.joinedload(Certificate.product))
        ).first()
        assert certificate is not None
        assert certificate.product is not None
        certificate.confirmed_on, certificate.number = today(), "07/QĐ-UBND"
        certificate.expires = (today() + timedelta(days=90)).isoformat()
        code, slug, ends = certificate.code, certificate.product.slug_vi, certificate.expires
    reader = changed.test_client()
    for path in (f"/vi/san-pham/{slug}", f"/vi/giay-chung-nhan/{code}"):
        things = graph(document_fromstring(reader.get(path).data))
        (told,) = [
            one
            for thing in things
            for one in thing.get("hasCertification", [thing])
            if one["@type"] == "Certification"
        ]
        assert told["certificationIdentification"] == "07/QĐ-UBND"
        assert told["expires"] == ends
        assert told["certificationStatus"] == "https://schema.org/CertificationActive"
        assert told["url"] == f"{SITE}/vi/giay-chung-nhan/{code}"
    with changed.app_context(), transaction():
        db.session.scalars(db.select(Certificate).filter_by(code=code)).one().withdrawn_on = today()
    for path in (f"/vi/san-pham/{slug}", f"/vi/giay-chung-nhan/{code}"):
        assert b'"Certification"' not in reader.get(path).data


def test_nobody_is_led_to_a_point_that_is_only_approximate(changed: Flask) -> None:
    with changed.app_context(), transaction():
        village = db.session.scalars(db.select(CraftVillage).where(CraftVillage.lat.is_not(None))).first()
        assert village is not None
        path, code = f"/vi/lang-nghe/{village.slug_vi}", village.code
    reader = changed.test_client()
    kinds = PAGES[CraftVillage][1]
    assert "geo" not in only(graph(document_fromstring(reader.get(path).data)), kinds)
    with changed.app_context(), transaction():
        db.session.scalars(db.select(CraftVillage).filter_by(code=code)).one().coords_approximate = False
    geo = only(graph(document_fromstring(reader.get(path).data)), kinds)["geo"]
    assert 10 < geo["latitude"] < 13
    assert 106 < geo["longitude"] < 110


def test_the_stops_of_a_route_are_told_in_order(loaded: Flask, client: FlaskClient) -> None:
    with loaded.app_context():
        paths = [f"/vi/tuyen/{one.slug_vi}" for one in db.session.scalars(db.select(TourRoute))]
    for path in paths:
        stops = only(graph(document_fromstring(client.get(path).data)), {"TouristTrip"})["itinerary"]
        assert [one["position"] for one in stops["itemListElement"]] == list(
            range(1, stops["numberOfItems"] + 1)
        )
        assert all(
            one["item"]["url"].startswith("http://catalogue.test/vi/") for one in stops["itemListElement"]
        )


NASTY = [
    "Trà <!--<script> ngon</script><b>1</b> & “sạch”\u2028",
    "</script><script>alert(1)</script>",
    "]]> --> <![CDATA[ \u2029 \\u003c/script>",
    "{{ 7 * 7 }} {% raw %} \"quoted\" 'single' \\ \t",
]


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("model", PAGES, ids=lambda model: model.__name__)
def test_no_text_ends_or_swallows_the_block(changed: Flask, model: type[Any], text: str) -> None:
    reader = changed.test_client()
    with changed.app_context():
        record = db.session.scalars(db.select(model).order_by(model.id)).first()
        assert record is not None
        path, code = address_of(record, Language.VI), record.code
    before = document_fromstring(reader.get(path).data)
    with changed.app_context(), transaction():
        again = db.session.scalars(db.select(model).filter_by(code=code)).one()
        again.summary = Bilingual(text, text)
        again.name = Bilingual(f"Tên {text}", None)
    page = document_fromstring(reader.get(path).data)
    assert len(page.xpath("//script")) == len(before.xpath("//script"))
    assert len(page.xpath("//b")) == len(before.xpath("//b"))
    thing = only(graph(page), PAGES[model][1])
    assert thing["description"] == text
    assert thing["name"] == f"Tên {text}"
    assert words(page.xpath("//h1")[0]) == " ".join(f"Tên {text}".split())


@pytest.mark.parametrize("model", ROOMS, ids=lambda model: model.__name__)
def test_no_text_of_any_record_becomes_a_part_of_a_page(changed: Flask, model: type[Any]) -> None:
    """field-s24 for every kind of record, on its own page and on the list of its kind."""
    reader, text = changed.test_client(), NASTY[0]
    with changed.app_context():
        if model is AboutPage:  # staff write these
            with transaction():
                page = AboutPage(code="a-page", name=Bilingual("Trang", "Page"), sources=[])
                page.text = Bilingual("Chữ", "Words")
                slugs.address(page)
                db.session.add(page)
        if model is Collection:  # staff compose these
            with transaction():
                gifts = Collection(code="gifts", kind="gifts", name=Bilingual("Quà", "Gifts"), sources=[])
                gifts.introduction, gifts.starts = Bilingual("Chữ", "Words"), today()
                slugs.address(gifts)
                db.session.add(gifts)
        code = db.session.scalar(db.select(model.code).order_by(model.sort_vi))

    def seen() -> dict[str, HtmlElement]:
        with changed.test_request_context("/vi/"):
            one = page_of(db.session.scalars(db.select(model).filter_by(code=code)).one())
        return {path: document_fromstring(reader.get(path).data) for path in (one, one.rpartition("/")[0])}

    before = seen()
    with changed.app_context(), transaction():
        record = db.session.scalars(db.select(model).filter_by(code=code)).one()
        slug = record.slug_vi
        record.name = Bilingual(f"A {text}", f"A {text}")
        record.slug_vi = slug
        for name in ("summary", "story", "description", "note", "text", "criteria", "introduction"):
            if hasattr(model, name):
                setattr(record, name, Bilingual(text, text))
    after = seen()
    assert len(after) == 2
    for (path, page), old in zip(after.items(), before.values(), strict=True):
        for tag in ("script", "b"):
            assert len(page.xpath(f"//{tag}")) == len(old.xpath(f"//{tag}")), (path, tag)
        for block in page.xpath("//script[@type='application/ld+json']"):
            json.loads(block.text)
    assert " ".join(f"A {text}".split()) in words(next(iter(after.values())))


def test_borrowed_words_are_told_without_the_mark_behind_them(changed: Flask) -> None:
    with changed.app_context(), transaction():
        product = db.session.scalars(db.select(Product).order_by(Product.id)).first()
        assert product is not None
        product.name = Bilingual("Tên <riêng>", None)
        path = f"/en/products/{product.slug_en}"
    trail = only(graph(document_fromstring(changed.test_client().get(path).data)), {"BreadcrumbList"})
    assert trail["itemListElement"][-1]["name"] == "Tên <riêng>"
