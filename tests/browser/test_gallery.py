"""Photographs over the whole screen: by keyboard, ear and Back; without scripts they are links."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

import config
from catalogue import create_app
from catalogue.database import db
from catalogue.media.rules import SubjectKind
from catalogue.places.models import CraftVillage
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.routes.models import TourRoute
from tests.browser.conftest import NewPage
from tests.integration.media.conftest import Darkroom, photograph
from tests.served import serve

LANGUAGES = ("vi", "en")
# Every kind of record whose page shows photographs, and where the page stands.
PAGES: dict[SubjectKind, tuple[Any, str]] = {
    SubjectKind.PRODUCT: (Product, "/vi/san-pham/"),
    SubjectKind.PRODUCER: (Producer, "/vi/nha-san-xuat/"),
    SubjectKind.VILLAGE: (CraftVillage, "/vi/lang-nghe/"),
    SubjectKind.ROUTE: (TourRoute, "/vi/tuyen/"),
}
PHOTOGRAPHS = "[data-gallery] > a"
SHOWN = ".pswp__item[aria-hidden=false] img[srcset]"
# How wide each photograph is drawn, and how wide its `sizes` say that it is, in pixels.
WIDTHS = """() => [...document.querySelectorAll("[data-gallery] img.photo")].map(photo => {
    const rule = photo.sizes.match(/^\\((min-width: 60rem)\\) (.*), (calc\\(.*\\))$/);
    const probe = document.body.appendChild(document.createElement("div"));
    probe.style.position = "fixed";
    probe.style.width = matchMedia(`(${rule[1]})`).matches ? `calc(${rule[2]})` : rule[3];
    const said = probe.getBoundingClientRect().width;
    probe.remove();
    return [photo.getBoundingClientRect().width, said];
})"""


def _first(model: Any, after: int = 0) -> Any:
    return db.session.query(model).order_by(model.code).offset(after).limit(1).one()


@pytest.fixture(scope="module")
def site(loaded_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of this file's own, where a record of each kind has three photographs; the second product has
    two, the second of which is so small that it is one file."""
    instance = shutil.copytree(loaded_instance, tmp_path_factory.mktemp("pictured") / "instance")
    darkroom = Darkroom(create_app(config.Testing(instance)))
    with darkroom.app.app_context():
        codes = {kind: _first(model).code for kind, (model, _) in PAGES.items()}
        second = _first(Product, after=1).code
    for seed in range(3):
        taken = darkroom.upload(photograph(seed, (1300, 900))).asset.code
        for kind, code in codes.items():
            darkroom.show(taken, code, kind)
    for seed, size in ((4, (1300, 900)), (5, (240, 160))):
        darkroom.show(darkroom.upload(photograph(seed, size)).asset.code, second)
    darkroom.work()
    with serve(instance) as address:
        yield address


@pytest.fixture
def addresses(loaded: Flask) -> dict[str, str]:
    """The page of that product in both languages."""
    with loaded.app_context():
        product = _first(Product)
        return {"vi": f"/vi/san-pham/{product.slug_vi}", "en": f"/en/products/{product.slug_en}"}


def open_viewer(page: Page, address: str, place: int = 0) -> None:
    page.goto(address)
    page.locator(PHOTOGRAPHS).nth(place).click()
    expect(page.locator(SHOWN)).to_be_visible()
    page.wait_for_function("document.querySelector('.pswp--open.pswp--ui-visible')")


@pytest.mark.parametrize(
    ("language", "close", "zoom"), [("vi", "Đóng", "Phóng to"), ("en", "Close", "Zoom in")]
)
def test_photographs_are_looked_through_by_keyboard(
    new_page: NewPage, addresses: dict[str, str], language: str, close: str, zoom: str
) -> None:
    page = new_page()
    page.goto(addresses[language])
    second = page.locator(PHOTOGRAPHS).nth(1)
    second.focus()
    page.keyboard.press("Enter")
    expect(page.locator(SHOWN)).to_be_visible()
    expect(page.locator(".pswp__button--close")).to_have_attribute("title", close)
    expect(page.locator(".pswp__button--zoom")).to_have_attribute("title", zoom)
    expect(page.locator(".pswp__counter")).to_have_text("2 / 3")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".pswp__counter")).to_have_text("3 / 3")
    page.keyboard.press("Escape")
    expect(page.locator(".pswp")).to_have_count(0)
    expect(page.locator(PHOTOGRAPHS).nth(2)).to_be_focused()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_open_viewer_is_accessible(
    browser: Browser,
    site: str,
    addresses: dict[str, str],
    accessibility_faults: Callable[[Page], list[str]],
    language: str,
) -> None:
    # The judge itself writes styles into the page while a dialogue is open, which our policy bars.
    with browser.new_context(base_url=site, bypass_csp=True) as window:
        page = window.new_page()
        open_viewer(page, addresses[language])
        assert accessibility_faults(page) == []


@pytest.mark.parametrize(
    ("language", "label", "first", "second"),
    [
        ("vi", "Ảnh", "Ảnh 1 trong số 3 ảnh. Gốm đỏ", "Ảnh 2 trong số 3 ảnh. Gốm đỏ"),
        ("en", "Photographs", "Photograph 1 of 3. Red pottery", "Photograph 2 of 3. Red pottery"),
    ],
)
def test_the_viewer_says_what_it_is_and_which_photograph_it_shows(
    new_page: NewPage, addresses: dict[str, str], language: str, label: str, first: str, second: str
) -> None:
    page = new_page()
    open_viewer(page, addresses[language])
    dialogue = page.get_by_role("dialog", name=label, exact=True)
    expect(dialogue).to_have_attribute("aria-modal", "true")
    told = dialogue.locator("[aria-live=polite]")
    expect(told).to_contain_text(first)
    page.keyboard.press("ArrowRight")
    expect(told).to_contain_text(second)


def test_back_closes_the_viewer_and_leaves_the_page_only_after_that(
    new_page: NewPage, addresses: dict[str, str]
) -> None:
    page = new_page()
    page.goto("/vi/")
    open_viewer(page, addresses["vi"])
    page.go_back()
    expect(page.locator(".pswp")).to_have_count(0)
    assert page.url.endswith(addresses["vi"])
    expect(page.locator(PHOTOGRAPHS).first).to_be_focused()
    page.go_back()
    assert page.url.endswith("/vi/")


def test_closing_the_viewer_leaves_nothing_behind_for_back(
    new_page: NewPage, addresses: dict[str, str]
) -> None:
    page = new_page()
    page.goto("/vi/")
    page.goto(addresses["vi"])
    for place in range(2):
        page.locator(PHOTOGRAPHS).nth(place).click()
        expect(page.locator(SHOWN)).to_be_visible()
        page.locator(".pswp__button--close").click()
        expect(page.locator(".pswp")).to_have_count(0)
    page.go_back()
    assert page.url.endswith("/vi/")


def test_nothing_of_the_viewer_is_fetched_before_it_is_asked_for(
    new_page: NewPage, addresses: dict[str, str]
) -> None:
    page = new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(addresses["vi"], wait_until="networkidle")
    assert not [url for url in asked if "photoswipe" in url]


def test_a_browser_that_reads_avif_is_sent_nothing_else(new_page: NewPage, addresses: dict[str, str]) -> None:
    page = new_page(width=1440)
    pictures: list[str] = []
    page.on("request", lambda request: "/media/" in request.url and pictures.append(request.url))
    page.goto(addresses["vi"], wait_until="networkidle")
    on_the_page = len(pictures)
    open_viewer(page, addresses["vi"])
    page.wait_for_load_state("networkidle")
    assert len(pictures) > on_the_page > 0
    assert all(url.endswith(".avif") for url in pictures), pictures
    assert page.locator(SHOWN).evaluate("photo => photo.currentSrc").endswith("-1280.avif")


def test_a_photograph_that_is_one_small_file_opens_beside_larger_ones(
    new_page: NewPage, loaded: Flask
) -> None:
    page = new_page()
    with loaded.app_context():
        address = f"/vi/san-pham/{_first(Product, after=1).slug_vi}"
    open_viewer(page, address, place=1)
    expect(page.locator(SHOWN)).to_have_js_property("naturalWidth", 240)
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".pswp__counter")).to_have_text("1 / 2")


@pytest.mark.parametrize("width", [390, 820, 1000, 1440, 1800])
def test_photographs_are_drawn_as_wide_as_their_sizes_say(
    new_page: NewPage, loaded: Flask, width: int
) -> None:
    page = new_page(width=width)
    with loaded.app_context():
        places = [stands + _first(model).slug_vi for model, stands in PAGES.values()]
    for place in places:
        page.goto(place)
        found = page.evaluate(WIDTHS)
        assert len(found) == 3
        for drawn, said in found:
            assert said == pytest.approx(drawn, rel=0.03), f"{place}: drawn {drawn}, said {said}"


def test_without_scripts_each_photograph_of_a_product_is_a_link_to_its_largest_file(
    new_page: NewPage, addresses: dict[str, str]
) -> None:
    page = new_page(javascript=False)
    opened = set()
    for place in range(3):
        page.goto(addresses["vi"])
        expect(page.locator(PHOTOGRAPHS)).to_have_count(3)
        with page.expect_response(lambda response: response.url.endswith("-1280.jpg")) as answer:
            page.locator(PHOTOGRAPHS).nth(place).click()
        assert answer.value.status == 200
        page.wait_for_load_state()
        opened.add(answer.value.url)
    assert len(opened) == 3
