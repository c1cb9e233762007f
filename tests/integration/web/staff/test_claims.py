"""A maker sends a photograph of its paper; the office confirms it, and the seal appears, till withdrawn."""

from __future__ import annotations

import io
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import select

from catalogue import slugs
from catalogue.certification.models import Certificate
from catalogue.certification.queries import certificates_of_product
from catalogue.database import db, transaction
from catalogue.jobs.worker import drain
from catalogue.kernel.language import Bilingual
from catalogue.producers.models import Producer
from catalogue.products.models import Category, Product
from tests.people import Browser, letters, make_person

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


@pytest.fixture
def product(changed: Flask) -> tuple[str, str, str]:
    """Maker, code and English address of a shawl that nobody says is certified."""
    with changed.app_context():
        held = select(Certificate.product_id).where(Certificate.product_id.is_not(None))
        row = db.session.execute(
            select(Producer.code, Product.code, Product.slug_en)
            .join(Product, Product.producer_id == Producer.id)
            .join(Category, Category.id == Product.category_id)
            .where(Category.code == "brocade", ~Product.id.in_(held))
        ).first()
        return tuple(row)


@pytest.fixture
def maker(changed: Flask, product: tuple[str, str, str]) -> Browser:
    browser = Browser(changed)
    browser.sign_in(make_person(changed, "maker@example.test", speaks_for=product[0]))
    return browser


@pytest.fixture
def registrar(changed: Flask) -> Browser:
    browser = Browser(changed)
    browser.sign_in(make_person(changed, "registrar@example.test", roles=frozenset({"registrar"})))
    return browser


def send_paper(maker: Browser, code: str, **more: object) -> None:
    maker.get(f"/studio/listings/{code}/certificates")
    fields = {"certificate": "ocop:4", "number": "55/QĐ", "issued": "2025"}
    maker.send("papers", fields | {"papers": (io.BytesIO(PNG), "giay.png")} | more)


def test_claims_are_found_by_the_name_that_is_shown_the_maker_and_the_number(
    changed: Flask, product: tuple[str, str, str], maker: Browser, registrar: Browser
) -> None:
    code = product[1]
    send_paper(maker, code)
    with changed.app_context(), transaction():
        renamed = db.session.scalars(select(Product).where(Product.code == code)).one()
        renamed.name = Bilingual("Khăn choàng Cơ Tu", "Shawl of another name")
        slugs.address(renamed)
        named = db.session.scalars(select(Producer).where(Producer.code == product[0])).one().name.vi
    for words, number in (("khan CO tu", 1), (named, 1), ("55/QĐ", 1), ("another", 1), ("jambuxyz", 0)):
        registrar.get(f"/staff/claims?q={quote(words)}")
        assert len(registrar.page.xpath("//main//section[@class='part']")) == number, words
        assert registrar.page.xpath("//input[@name='q']/@value") == [words]
        sheet = registrar.page.xpath("//a[contains(@href, '.csv')]/@href")[0]
        assert len(registrar.get(sheet).text.splitlines()) == 1 + number


def shown(app: Flask, address: str) -> bool:
    return 'class="seal' in app.test_client().get(f"/en/products/{address}").text


def test_from_the_makers_paper_to_the_seal_and_back(
    changed: Flask, product: tuple[str, str, str], maker: Browser, registrar: Browser
) -> None:
    _, code, address = product
    send_paper(maker, code)
    assert maker.answer.status_code == 303
    assert not shown(changed, address)  # nothing is public before the office has said so
    registrar.get("/staff/claims")
    [way] = registrar.page.xpath("//a[contains(@href, '/staff/certificates/claims/')]/@href")
    registrar.get(way, follow=True)
    [paper] = registrar.page.xpath("//section[@aria-labelledby='sent']//img/@src")
    assert registrar.get(paper).data == PNG
    registrar.get(way, follow=True)
    assert registrar.page.xpath("//input[@name='number']/@value") == ["55/QĐ"]
    registrar.send("evidence", {"evidence": "document", "level": "4", "number": "55/QĐ", "issued": "2025"})
    assert registrar.answer.status_code == 303, registrar.words()
    entry = registrar.answer.location
    assert shown(changed, address)
    drain(changed, "test")
    assert letters(changed)[-1]["Subject"].startswith("About your certificate")
    maker.get(f"/studio/listings/{code}/certificates")
    assert "Stands in the register now" in maker.words()
    registrar.get(entry)
    form = registrar.page.xpath("//form[.//button[contains(@formaction, '/withdraw')]]")[0]
    hidden = {one.get("name"): one.get("value") for one in form.xpath(".//input[@type='hidden']")}
    registrar.post(f"{entry}/withdraw", hidden | {"why": "Thu hồi"})
    assert not shown(changed, address)


def test_all_that_the_maker_showed_stays_beside_what_the_office_adds(
    changed: Flask, product: tuple[str, str, str], maker: Browser, registrar: Browser
) -> None:
    shown_by_maker = [(io.BytesIO(b"%PDF-1.7 " + bytes([one])), f"{one}.pdf") for one in range(6)]
    send_paper(maker, product[1], papers=shown_by_maker)
    registrar.get("/staff/claims")
    [way] = registrar.page.xpath("//a[contains(@href, '/staff/certificates/claims/')]/@href")
    registrar.get(way, follow=True)
    typed = {"evidence": "document", "level": "4", "number": "55/QĐ", "issued": "2025"}
    registrar.send("evidence", typed | {"papers": (io.BytesIO(PNG), "mat-sau.png")})
    assert registrar.answer.status_code == 303, registrar.words()
    registrar.get(registrar.answer.location)
    ways = registrar.page.xpath("//section[@aria-labelledby='papers']//a/@href")
    assert len(ways) == 7
    assert registrar.get(ways[-1]).data == PNG


def test_a_paper_that_proves_nothing_is_declined_with_the_reason(
    changed: Flask, product: tuple[str, str, str], maker: Browser, registrar: Browser
) -> None:
    send_paper(maker, product[1])
    registrar.get("/staff/claims")
    [way] = registrar.page.xpath("//a[contains(@href, '/staff/certificates/claims/')]/@href")
    registrar.get(way, follow=True)
    registrar.send("/decline", {"reason": "Giấy của cơ sở khác"})
    assert registrar.answer.status_code == 303
    maker.get(f"/studio/listings/{product[1]}/certificates")
    assert "Giấy của cơ sở khác" in maker.words()
    drain(changed, "test")
    with changed.app_context():
        [row] = db.session.scalars(select(Product.id).where(Product.code == product[1]))
        assert certificates_of_product(row) == []
    assert "Giấy của cơ sở khác" in letters(changed)[-1].get_content()
