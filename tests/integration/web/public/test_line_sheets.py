"""Line sheets, read back by other programs: everything known is there, and of the unknown no number."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
import time_machine
from flask import Flask, g
from lxml.html import document_fromstring
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from catalogue.adapters.pdf import documents
from catalogue.adapters.sheets import reading
from catalogue.certification.models import Certificate
from catalogue.database import db, transaction
from catalogue.kernel.clock import now, today
from catalogue.kernel.language import Bilingual, Language
from catalogue.products.models import Product
from catalogue.products.queries import IN_FULL, products_by_code
from catalogue.showcase.rules import CollectionKind
from catalogue.web import dates
from catalogue.web.language import speaking
from catalogue.web.public import specs
from tests import paper
from tests.featured import begin, confirm_everything, fit, give
from tests.people import Browser, make_person, two_makers

PDF = {"vi": "/vi/danh-sach.pdf", "en": "/en/shortlist.pdf"}
XLSX = {"vi": "/vi/danh-sach.xlsx", "en": "/en/shortlist.xlsx"}
ASKED = {"vi": "Báo khi hỏi", "en": "On request"}
MOST_BYTES = 1_500_000


def twenty(app: Flask) -> list[str]:
    """Products of every kind, those with the most details first."""
    with app.app_context():
        rows = db.session.scalars(select(Product).order_by(Product.code)).all()
        return [one.code for one in sorted(rows, key=lambda one: -len(one.specs))[:20]]


def in_full(codes: list[str]) -> list[Product]:
    """Products with all that is told of them; inside an application."""
    return list(db.session.scalars(select(Product).where(Product.code.in_(codes)).options(*IN_FULL)))


def tell_everything(app: Flask, code: str) -> None:
    """As if its maker had said everything that the editor asks for."""
    with app.app_context(), transaction():
        product = db.session.scalars(select(Product).where(Product.code == code)).one()
        product.price, product.currency, product.price_on_request = Decimal(1_250_000), "VND", None
        product.minimum_order, product.monthly_capacity, product.lead_time_days = 12, 3450, 9
        product.unit, product.stock, product.hs_code = "jar", "to_order", "0901.21"
        product.shelf_life_days, product.season_months = 540, [11, 12, 1]
        product.packaging = Bilingual("Hũ thuỷ tinh, túi giấy dó", "Glass jar, dó paper bag")


@paper.needs_programs
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_pdf_holds_every_known_field_with_its_diacritics(changed: Flask, language: str) -> None:
    confirm_everything(changed)
    codes = twenty(changed)
    tell_everything(changed, codes[0])
    answer = changed.test_client().get(f"{PDF[language]}?products={','.join(codes)}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert len(answer.data) <= MOST_BYTES
    assert paper.overlaps(answer.data) == []
    said = paper.words(answer.data)
    with changed.test_request_context(), changed.app_context():
        for product in in_full(codes):
            for spoken in Language:
                with speaking(spoken):
                    g.language = spoken
                    told = [
                        product.name.text(spoken),
                        product.summary.text(spoken),
                        product.producer.name.text(Language(language)),
                        product.category.name.text(spoken),
                        *(str(part) for row in specs.for_paper(product) for part in row),
                    ]
                for text in told:
                    assert _plain(text) in said, (product.code, text)
        with speaking(Language(language)):
            assert dates.day(today()) in said


def _plain(text: str) -> str:
    return " ".join(document_fromstring(f"<p>{text}</p>").text_content().split()) if text else ""


@paper.needs_programs
def test_every_code_leads_to_its_product(changed: Flask) -> None:
    codes = twenty(changed)[:5]
    read = paper.codes(changed.test_client().get(f"{PDF['vi']}?products={','.join(codes)}").data)
    with changed.app_context():
        slugs = [one.slug_vi for one in products_by_code(codes)]
    assert read == [f"http://catalogue.test/vi/san-pham/{slug}" for slug in slugs]


@paper.needs_programs
def test_what_is_unknown_reads_on_request_and_has_no_number(changed: Flask) -> None:
    with changed.app_context(), transaction():
        product = db.session.scalars(
            select(Product).options(selectinload(Product.markets)).order_by(Product.code)
        ).first()
        product.specs = {"price_reported_vnd": {"min": 77_777, "max": 88_888}, "price_year": 2019}
        product.unit = product.hs_code = product.season_months = product.stock = None
        product.markets = []
        code = product.code
    with changed.test_request_context(), changed.app_context():
        for language in Language:
            with speaking(language):
                _code, *rows = specs.for_paper(in_full([code])[0])
            assert len(rows) == 10
            assert {str(text) for _, text in rows} == {ASKED[language.value]}
    said = paper.words(changed.test_client().get(f"{PDF['en']}?products={code}").data)
    assert "77" not in said.replace(code, "")
    assert said.count("On request") >= 10


@paper.needs_programs
def test_a_certificate_stands_there_with_its_standing_and_the_day(changed: Flask) -> None:
    confirm_everything(changed)
    with changed.app_context(), transaction():
        certificate = db.session.scalars(
            select(Certificate).where(Certificate.product_id.is_not(None)).order_by(Certificate.id)
        ).first()
        certificate.expires = (today() + timedelta(days=1)).isoformat()
        code = db.session.get(Product, certificate.product_id).code
        number = certificate.number
    path = f"{PDF['en']}?products={code}"
    said = paper.words(changed.test_client().get(path).data)
    assert re.search(rf"{number}: Confirmed, until", said)
    with time_machine.travel(now() + timedelta(days=2), tick=False):
        assert f"{number}: Expired" in paper.words(changed.test_client().get(path).data)


@paper.needs_programs
def test_the_document_is_tagged_and_named_after_what_it_holds(changed: Flask) -> None:
    confirm_everything(changed)
    code = begin(changed, CollectionKind.GIFTS)
    for product in fit(changed, CollectionKind.GIFTS, most=3):
        give(changed, code, product)
    answer = changed.test_client().get("/vi/bo-suu-tap/qua-tet-tu-cao-nguyen.pdf")
    told = paper.about(answer.data)
    assert (told["Tagged"], told["Title"]) == ("yes", "Quà Tết từ cao nguyên")
    assert "Tết gifts from the highlands" in paper.words(answer.data)
    assert "qua-tet-tu-cao-nguyen.pdf" in answer.headers["Content-Disposition"]


@paper.needs_programs
def test_a_list_of_makers_becomes_a_sheet_of_what_they_make(changed: Flask) -> None:
    maker = two_makers(changed)[0]
    said = paper.words(changed.test_client().get(f"{PDF['vi']}?producers={maker}").data)
    with changed.app_context():
        made = select(Product).join(Product.producer).where(Product.producer.has(code=maker))
        for product in db.session.scalars(made):
            assert product.name.vi in said


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_list_without_goods_has_no_sheet(loaded: Flask, language: str) -> None:
    for path in (PDF[language], f"{XLSX[language]}?products=none-of-that-name"):
        assert loaded.test_client().get(path).status_code == 404


def test_search_engines_do_not_list_what_readers_choose(loaded: Flask) -> None:
    answer = loaded.test_client().get(f"{XLSX['en']}?products={twenty(loaded)[0]}")
    assert answer.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_workbook_says_on_request_and_changes_nothing_when_sent_back(
    changed: Flask, language: str
) -> None:
    maker = two_makers(changed)[0]
    with changed.app_context():
        codes = [
            one.code for one in db.session.scalars(select(Product).where(Product.producer.has(code=maker)))
        ]
    tell_everything(changed, codes[0])
    body = changed.test_client().get(f"{XLSX[language]}?products={','.join(codes)}").data
    [table] = reading.read(body)
    _head, stable, *lines = table.rows
    assert stable[:3] == ("code", "producer", "name_vi")
    assert len(lines) == len(codes)
    prices = {line[0]: line[stable.index("price")] for line in lines}
    assert prices[codes[0]] == 1_250_000
    assert {price for code, price in prices.items() if code != codes[0]} <= {ASKED[language]}
    assert lines[0][stable.index("page")].startswith("http://catalogue.test/")

    browser = Browser(changed, language)
    browser.sign_in(make_person(changed, speaks_for=maker, language=language))
    browser.get("/studio/sheets")
    browser.send("file", {"file": (BytesIO(body), "sheet.xlsx")}, follow=True)
    counts = [int(one.text) for one in browser.page.xpath("//dl[@class='stats']//dd")]
    assert counts == [0, 0, len(codes), 0], browser.words()


def test_a_machine_without_pango_says_so_and_offers_the_workbook(
    loaded: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    missing = tmp_path / "typesetting.py"
    missing.write_text("import sys; sys.exit(3)")
    monkeypatch.setattr(documents, "PROGRAM", missing)
    code = twenty(loaded)[0]
    answer = loaded.test_client().get(f"{PDF['en']}?products={code}")
    assert answer.status_code == 503
    assert "There is no PDF just now" in answer.text
    assert "Take the sheet as XLSX" in answer.text
    assert loaded.test_client().get(f"{XLSX['en']}?products={code}").status_code == 200
