"""The whole story: a maker's listing, a certificate, the board, the front page, and the end of it."""

from __future__ import annotations

import pytest
from flask import Flask
from lxml.html import document_fromstring
from sqlalchemy import select

from catalogue.certification.models import Certificate, CertificateScope, CertificationScheme
from catalogue.database import db, transaction
from catalogue.kernel.clock import today
from catalogue.producers.models import Producer, ProducerMarket
from catalogue.products.models import Category, Product
from tests.people import Browser, make_person

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


def confirm(app: Flask, product: str) -> None:
    """As when staff saw the paper of a claim."""
    with app.app_context(), transaction():
        one = db.session.scalars(select(Product).where(Product.code == product)).one()
        scheme = db.session.scalars(
            select(CertificationScheme).where(CertificationScheme.code == "ocop")
        ).one()
        covers = CertificateScope(
            product_id=one.id, scheme_id=scheme.id, category_id=one.category_id, source_url="https://e.test/"
        )
        db.session.add(
            Certificate(
                code=f"{product}-ocop",
                scheme_id=scheme.id,
                level="4",
                product_id=one.id,
                number="55/QĐ",
                evidence="document",
                source_url="https://e.test/",
                confirmed_on=today(),
                scope=[covers],
            )
        )


def withdraw(app: Flask, product: str) -> None:
    """As when the issuer takes it back."""
    with app.app_context(), transaction():
        found = select(Certificate).where(Certificate.code == f"{product}-ocop")
        db.session.scalars(found).one().withdrawn_on = today()


def test_from_a_listing_to_the_front_page_and_off_it_again(
    changed: Flask, goods: tuple[str, str, str]
) -> None:
    maker_code, product, slug = goods
    maker = signed_in(changed, "maker", speaks_for=maker_code)
    reviewer = signed_in(changed, "reviewer", roles=frozenset({"reviewer"}))
    curator = signed_in(changed, "curator", roles=frozenset({"curator"}))

    # The maker changes the listing and sends it for review.
    maker.get(f"/studio/listings/{product}/story")
    maker.send("summary_en", {"summary_en": "Prepared for kitchens in Japan", **_typed(maker)})
    maker.get(f"/studio/listings/{product}/check")
    maker.send("/submit", {})
    # A reviewer approves the listing; the office confirms the maker's certificate.
    reviewer.get("/staff/reviews")
    [review] = {href for href in reviewer.page.xpath("//main//a/@href") if href.startswith("/staff/reviews/")}
    reviewer.get(review)
    reviewer.send("/approve", {})
    assert "Prepared for kitchens in Japan" in changed.test_client().get(f"/en/products/{slug}").text
    assert not has_badge(changed, slug)
    confirm(changed, product)
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
    [offer] = curator.page.xpath("//main//table//a/@href")
    assert f"who={maker_code}" in offer
    curator.get(offer)
    curator.send("who", WHY | {"who": maker_code, "starts": today().isoformat()}, follow=True)
    assert is_featured(changed) == [True] * 5
    assert "Sells to Japan for long" in changed.test_client().get("/en/").text

    # The certificate is withdrawn: badge, front page and collection are without it in the same moment.
    withdraw(changed, product)
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
