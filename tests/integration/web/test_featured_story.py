"""The whole story: a maker's paper, the register, the board, the front page, and the end of it."""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask
from lxml.html import document_fromstring
from sqlalchemy import select

from catalogue.certification.models import Certificate
from catalogue.database import db
from catalogue.kernel.clock import today
from catalogue.producers.models import Producer, ProducerMarket
from catalogue.products.models import Category, Product
from tests.people import Browser, make_person

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
WHY = {"criterion": "markets", "reason_vi": "Bán sang Nhật đã lâu", "reason_en": "Sells to Japan for long"}


@pytest.fixture
def goods(changed: Flask) -> tuple[str, str, str]:
    """Code of an exporter, of a product of it that could carry OCOP stars and has none, and its slug."""
    with changed.app_context():
        held = select(Certificate.product_id).where(Certificate.product_id.is_not(None))
        exporting = select(ProducerMarket.producer_id)
        row = db.session.execute(
            select(Producer.code, Product.code, Product.slug_en)
            .join(Product, Product.producer_id == Producer.id)
            .join(Category, Category.id == Product.category_id)
            .where(~Product.id.in_(held), Producer.id.in_(exporting), Category.code == "processed-food")
            .order_by(Product.code)
        ).first()
        return tuple(row)


def signed_in(app: Flask, name: str, **rights) -> Browser:
    browser = Browser(app)
    browser.sign_in(make_person(app, f"{name}@example.test", **rights))
    return browser


def reader(app: Flask, path: str):
    return document_fromstring(app.test_client().get(path).data)


def has_badge(app: Flask, slug: str) -> bool:
    return bool(reader(app, f"/en/products/{slug}").xpath("//*[contains(@class, 'seal')]"))


def is_featured(app: Flask) -> list[bool]:
    """On the front page, the page of collections and the collection's own."""
    paths = ("/en/", "/vi/", "/en/collections", "/vi/bo-suu-tap", "/en/collections/exporters")
    return [bool(reader(app, path).xpath("//table[contains(@class, 'featured')]/tbody/tr")) for path in paths]


def test_from_a_paper_to_the_front_page_and_off_it_again(changed: Flask, goods: tuple[str, str, str]) -> None:
    maker_code, product, slug = goods
    maker = signed_in(changed, "maker", speaks_for=maker_code)
    reviewer = signed_in(changed, "reviewer", roles=frozenset({"reviewer"}))
    registrar = signed_in(changed, "registrar", roles=frozenset({"registrar"}))
    curator = signed_in(changed, "curator", roles=frozenset({"curator"}))

    # The maker changes the listing, sends it for review, and sends a photograph of a paper.
    maker.get(f"/studio/listings/{product}/story")
    maker.send("summary_en", {"summary_en": "Prepared for kitchens in Japan", **_typed(maker)})
    maker.get(f"/studio/listings/{product}/check")
    maker.send("/submit", {})
    maker.get(f"/studio/listings/{product}/certificates")
    paper = {"papers": (io.BytesIO(PNG), "giay.png")}
    maker.send("papers", {"certificate": "ocop:4", "number": "55/QĐ", "issued": "2025"} | paper)
    assert maker.answer.status_code == 303, maker.words()
    assert not has_badge(changed, slug)

    # A reviewer approves the listing; the registrar confirms the certificate beside its paper.
    reviewer.get("/staff/reviews")
    [review] = set(
        filter(re.compile(r"/staff/reviews/\d+").fullmatch, reviewer.page.xpath("//main//a/@href"))
    )
    reviewer.get(review)
    reviewer.send("/approve", {})
    assert "Prepared for kitchens in Japan" in changed.test_client().get(f"/en/products/{slug}").text
    registrar.get("/staff/claims")
    [way] = registrar.page.xpath("//a[contains(@href, '/staff/certificates/claims/')]/@href")
    registrar.get(way, follow=True)
    registrar.send("evidence", {"evidence": "document", "level": "4", "number": "55/QĐ", "issued": "2025"})
    assert registrar.answer.status_code == 303, registrar.words()
    entry = registrar.answer.location
    assert has_badge(changed, slug)

    # A curator features the exporter: every page shows it at once.
    assert is_featured(changed) == [False] * 5
    frame = {
        "kind": "exporters",
        "name_vi": "Nhà xuất khẩu",
        "name_en": "Exporters",
        "starts": today().isoformat(),
    }
    curator.get("/staff/showcase/new")
    curator.send("name_vi", frame, follow=True)
    board = curator.answer.request.path
    curator.get(f"{board}/candidates")
    [offer] = curator.page.xpath("//main//table//tbody//a/@href")
    assert f"who={maker_code}" in offer
    curator.get(offer)
    curator.send("who", WHY | {"who": maker_code, "starts": today().isoformat()}, follow=True)
    assert is_featured(changed) == [True] * 5
    assert "Sells to Japan for long" in changed.test_client().get("/en/").text

    # The certificate is withdrawn: badge, front page and collection are without it in the same moment.
    registrar.get(entry)
    form = registrar.page.xpath("//form[.//button[contains(@formaction, '/withdraw')]]")[0]
    hidden = {one.get("name"): one.get("value") for one in form.xpath(".//input[@type='hidden']")}
    registrar.post(f"{entry}/withdraw", hidden | {"why": "Thu hồi"})
    assert not has_badge(changed, slug)
    assert is_featured(changed) == [False] * 5
    curator.get(board)
    assert "Not shown: no certificate that staff confirmed is in force" in curator.words()


def _typed(browser: Browser) -> dict[str, str]:
    """What stands in the form already."""
    form = browser.form("summary_en")
    fields = {one.get("name"): one.get("value", "") for one in form.xpath(".//input[@name]")}
    fields |= {one.get("name"): one.text or "" for one in form.xpath(".//textarea")}
    fields |= {
        one.get("name"): (one.xpath("./option[@selected]/@value") or [""])[0]
        for one in form.xpath(".//select")
    }
    return {name: value for name, value in fields.items() if name not in {"summary_en", "csrf_token"}}
