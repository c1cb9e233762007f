"""Every page type in Chromium: accessible, no wider than the window, quiet, asking no other host."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page

from catalogue.certification.models import Certificate, CertificationScheme
from catalogue.database import db
from catalogue.kernel.language import Language
from catalogue.places.models import CraftVillage
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.routes.models import TourRoute
from tests.browser.conftest import NewPage

LANGUAGES = ("vi", "en")
LISTS = {
    "vi": [
        "/vi/",
        "/vi/san-pham",
        "/vi/nha-san-xuat",
        "/vi/lang-nghe",
        "/vi/tuyen",
        "/vi/chung-nhan",
        "/vi/xuat-khau",
        "/vi/du-lieu-mo",
        "/vi/tro-giup/nha-san-xuat",
        "/vi/tro-giup/co-quan",
    ],
    "en": [
        "/en/",
        "/en/products",
        "/en/producers",
        "/en/villages",
        "/en/routes",
        "/en/schemes",
        "/en/exporters",
        "/en/open-data",
        "/en/help/producers",
        "/en/help/office",
    ],
}
RESULTS = {
    "vi": [
        "/vi/tim?q=ca+phe",
        "/vi/tim?q=zzzxqq",
        "/vi/san-pham?category=coffee&evidence=reported",
        "/vi/khong-co",
    ],
    "en": ["/en/search?q=coffee", "/en/search?q=zzzxqq", "/en/products?q=brocade", "/en/no-such-page"],
}
# One record of each kind with much to show; the code finds its page.
RECORDS = {
    Product: "sinh-to-dau-tay-enny",
    Producer: "che-cau-dat-da-lat",
    CraftVillage: "buon-bno-c",
    TourRoute: "don-duong-churu",
    CertificationScheme: "ocop",
}
WIDER = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll("body *")]
        .filter(node => node.getBoundingClientRect().right > width + 1)
        .map(node => node.outerHTML.slice(0, 90));
}"""
BROKEN = "() => [...document.images].filter(i => i.complete && !i.naturalWidth).map(i => i.src)"


@pytest.fixture(scope="module")
def addresses(loaded: Flask) -> dict[str, list[str]]:
    """One address of every page type, by language."""
    found = {language: LISTS[language] + RESULTS[language] for language in LANGUAGES}
    lists = dict(zip(RECORDS, (1, 2, 3, 4, 5), strict=True))
    with loaded.app_context():
        for language in LANGUAGES:
            for model, code in RECORDS.items():
                record = db.session.scalars(db.select(model).filter_by(code=code)).one()
                slug = record.slug(Language(language))
                found[language].append(f"{LISTS[language][lists[model]]}/{slug}")
            code = db.session.scalars(db.select(Certificate.code)).first()
            papers = {"vi": "/vi/giay-chung-nhan", "en": "/en/certificates"}[language]
            found[language].append(f"{papers}/{code}")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("width", "scheme"), [(390, "light"), (820, "dark"), (1440, "light"), (1440, "dark")]
)
def test_every_page_type_is_accessible(
    addresses: dict[str, list[str]],
    new_page: NewPage,
    accessibility_faults: Callable[[Page], list[str]],
    language: str,
    width: int,
    scheme: str,
) -> None:
    page = new_page(width=width, scheme=scheme)  # type: ignore[arg-type]
    faults = {}
    for address in addresses[language]:
        page.goto(address)
        faults[address] = accessibility_faults(page) + page.evaluate(WIDER) + page.evaluate(BROKEN)
    assert {address: found for address, found in faults.items() if found} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_scrolls_sideways_when_text_is_twice_as_large(
    addresses: dict[str, list[str]], new_page: NewPage, language: str
) -> None:
    page = new_page(width=390)
    wide = {}
    for address in addresses[language]:
        page.goto(address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide[address] = page.evaluate(WIDER)
    assert {address: found for address, found in wide.items() if found} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_scrolls_sideways_at_320_pixels(
    addresses: dict[str, list[str]], new_page: NewPage, language: str
) -> None:
    page = new_page(width=320, height=640)
    wide = {}
    for address in addresses[language]:
        page.goto(address)
        wide[address] = page.evaluate(WIDER)
    assert {address: found for address, found in wide.items() if found} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_the_tab_bar_breaks_on_a_phone(new_page: NewPage, language: str) -> None:
    page = new_page(width=390)
    page.goto(f"/{language}/")
    heights = page.locator(".tabs a").evaluate_all("""tabs => tabs.map(tab => {
        const words = document.createRange();
        words.selectNodeContents(tab.lastChild);
        return words.getClientRects().length;
    })""")
    assert heights == [1] * 5


@pytest.mark.parametrize(("language", "name"), [("vi", "từ đất lành"), ("en", "from the good land")])
def test_the_whole_name_of_the_site_stands_in_the_header_on_one_line(
    new_page: NewPage, language: str, name: str
) -> None:
    page = new_page(width=1440)
    page.goto(f"/{language}/")
    small = page.locator(".logo small")
    assert small.inner_text().endswith(name)
    assert small.evaluate("node => node.clientHeight < 2 * parseFloat(getComputedStyle(node).fontSize)")
