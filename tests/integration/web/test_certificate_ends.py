"""The clock passes the end of a certificate: its seal is gone everywhere at that very moment."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from catalogue.certification import actions, register
from catalogue.certification.cases import Grant
from catalogue.certification.models import Certificate, CertificationScheme
from catalogue.certification.rules import Evidence
from catalogue.database import db, transaction
from catalogue.kernel.actor import Actor
from catalogue.kernel.partial_date import PartialDate
from catalogue.products.models import Product

REGISTRAR = Actor(7, "Hạnh", frozenset({"registrar"}))
BEGINNING, LAST_MOMENT, ENDED = "2026-11-26T05:00:00Z", "2026-12-31T16:59:59Z", "2026-12-31T17:00:01Z"
# Whatever says that something is confirmed and in force, on a page or to a program.
SIGNS = re.compile(
    r'class="seal|tag confirmed|verdict confirmed|claim-line confirmed|hasCertification'
    r'|"code": ?"valid"|"status": ?"valid"|,valid,|<entry>.*certificates/|"evidence": ?"confirmed"'
)
LISTS = (
    *("/vi/san-pham", "/vi/xuat-khau", "/en/products", "/en/exporters"),
    "/api/v1/products",
)
FILES = (
    *("/feeds/vi/certificates.atom", "/feeds/en/certificates.atom", "/feeds/vi/products.atom"),
    *("/api/v1/certificates?page_size=100", "/api/v1/products?page_size=100&evidence=confirmed"),
    *("/open-data/certificates.csv", "/open-data/products.csv", "/open-data/catalogue.json"),
    *("/en/search?q=ocop", "/vi/tim?q=ocop", "/api/v1/search?q=ocop"),
)

ENDINGS: dict[str, Callable[[Certificate, int], None]] = {
    "suspended": lambda row, seen: actions.suspend(REGISTRAR, row, seen, date(2026, 12, 31), "Tạm dừng"),
    "withdrawn": lambda row, seen: actions.withdraw(REGISTRAR, row, seen, date(2026, 12, 31), "Thu hồi"),
}


@pytest.fixture
def confirmed(changed: Flask) -> tuple[Flask, int]:
    """The site with one certificate in force, and its number: of a product whose maker exports."""
    with changed.app_context(), time_machine.travel(BEGINNING, tick=False):
        key = db.session.scalars(
            select(Certificate.id)
            .join(CertificationScheme)
            .join(Product, Product.id == Certificate.product_id)
            .where(CertificationScheme.code == "ocop", Product.producer.has())
            .order_by(Certificate.id)
        ).first()
        grant = Grant(
            "4", "7731/QĐ", PartialDate(2024, 1), PartialDate(2026, 12, 31), evidence=Evidence.REGISTER
        )
        with transaction():
            actions.confirm(REGISTRAR, register.certificate(key), 0, grant)
    return changed, key


def addresses(site: Flask) -> list[str]:
    """Every page that search engines are told of, in one of its two languages, for they are one page; every
    list narrowed to what is confirmed, every feed, file and layer."""
    reader = site.test_client()
    front = reader.get("/sitemap.xml").text
    pages = [
        address
        for part in re.findall(r"<loc>[^<]*(/sitemaps/[^<]+)</loc>", front)
        for address in re.findall(r"<loc>https?://[^/]+(/vi/[^<]*)</loc>", reader.get(part).text)
    ]
    assert len(pages) > 500
    narrowed = [
        f"{one}?{facet}"
        for one in LISTS
        for facet in ("evidence=confirmed", "scheme=ocop&evidence=confirmed")
    ]
    return [*pages, *narrowed, *FILES]


def signs(site: Flask, pages: list[str]) -> dict[str, int]:
    """How often each address says that something is confirmed; without those that never do."""
    reader = site.test_client()
    found = {}
    for page in pages:
        answer = reader.get(page)
        assert answer.status_code == 200, page
        if number := len(SIGNS.findall(answer.text)):
            found[page] = number
    return found


def on_the_way(site: Flask, key: int) -> list[str]:
    """Where the certificate is read: itself, its product, its maker, lists, feeds and answers."""
    with site.app_context():
        row = register.certificate(key)
        product, maker, scheme = row.product, row.product.producer, row.scheme
        return [
            *(
                f"/{language}/{path}"
                for language, path in (
                    ("vi", ""),
                    ("en", ""),
                    ("vi", f"san-pham/{product.slug_vi}"),
                    ("en", f"products/{product.slug_en}"),
                    ("vi", f"nha-san-xuat/{maker.slug_vi}"),
                    ("en", f"producers/{maker.slug_en}"),
                    ("vi", f"giay-chung-nhan/{row.code}"),
                    ("en", f"certificates/{row.code}"),
                    ("vi", f"chung-nhan/{scheme.slug_vi}"),
                    ("en", f"schemes/{scheme.slug_en}"),
                )
            ),
            f"/api/v1/products/{product.code}",
            f"/api/v1/producers/{maker.code}",
            f"/api/v1/certificates/{row.code}",
            *(f"{one}?evidence=confirmed" for one in LISTS),
            *FILES,
        ]


@pytest.mark.slow
def test_no_page_feed_or_answer_says_so_one_second_later(confirmed: tuple[Flask, int]) -> None:
    site, key = confirmed
    pages = list(dict.fromkeys([*addresses(site), *on_the_way(site, key)]))
    with time_machine.travel(LAST_MOMENT, tick=False):
        while_in_force = signs(site, pages)
    with time_machine.travel(ENDED, tick=False):
        afterwards = signs(site, pages)
    with site.app_context(), transaction():
        row = db.session.get(Certificate, key)
        row.confirmed_on = row.expires = row.lookup_code = row.number = None
    with time_machine.travel(ENDED, tick=False):
        never = signs(site, list(afterwards))
    assert afterwards == never  # what is left are legends, which say what a sign means
    told = {page for page, number in while_in_force.items() if number > never.get(page, 0)}
    with site.app_context():
        row = register.certificate(key)
        assert {
            f"/vi/san-pham/{row.product.slug_vi}",
            f"/en/products/{row.product.slug_en}",
            f"/vi/giay-chung-nhan/{row.code}",
            f"/api/v1/certificates/{row.code}",
            f"/api/v1/products/{row.product.code}",
            "/feeds/vi/certificates.atom",
            "/open-data/certificates.csv",
            "/vi/san-pham?evidence=confirmed",
        } <= told


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_staff_end_is_gone_from_everywhere_with_the_commit(
    confirmed: tuple[Flask, int], ending: str
) -> None:
    site, key = confirmed
    pages = on_the_way(site, key)
    with time_machine.travel(LAST_MOMENT, tick=False):
        before = signs(site, pages)
        with site.app_context(), transaction():
            row = register.certificate(key)
            ENDINGS[ending](row, register.version(key))
        after = signs(site, pages)
    assert sum(after.values()) < sum(before.values())
    assert not any("san-pham/" in page or "products/" in page or "api" in page for page in after), after


def test_the_listing_says_what_was_and_when_it_ended(confirmed: tuple[Flask, int]) -> None:
    site, key = confirmed
    with site.app_context():
        product = db.session.scalars(
            select(Product)
            .join(Certificate, Certificate.product_id == Product.id)
            .where(Certificate.id == key)
            .options(joinedload(Product.producer))
        ).one()
        pages = {
            f"/vi/san-pham/{product.slug_vi}": "31/12/2026",
            f"/en/products/{product.slug_en}": "31 Dec 2026",
        }
    with time_machine.travel(ENDED, tick=False):
        for page, day in pages.items():
            text = site.test_client().get(page).text
            assert day in text, page
