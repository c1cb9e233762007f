"""Photographs over the whole screen: by keyboard, back to where one was; without scripts they are links."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

import config
from catalogue import create_app
from catalogue.database import db
from catalogue.products.models import Product
from tests.browser.conftest import NewPage
from tests.integration.media.conftest import Darkroom, photograph
from tests.served import serve


@pytest.fixture(scope="module")
def site(loaded_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of this file's own, where a product has three photographs."""
    instance = shutil.copytree(loaded_instance, tmp_path_factory.mktemp("pictured") / "instance")
    darkroom = Darkroom(create_app(config.Testing(instance)))
    with darkroom.app.app_context():
        code = _product().code
    for seed in range(3):
        darkroom.show(darkroom.upload(photograph(seed, (1300, 900))).asset.code, code)
    darkroom.work()
    with serve(instance) as address:
        yield address


@pytest.fixture
def addresses(loaded: Flask) -> dict[str, str]:
    """The page of that product in both languages."""
    with loaded.app_context():
        product = _product()
        return {"vi": f"/vi/san-pham/{product.slug_vi}", "en": f"/en/products/{product.slug_en}"}


def _product() -> Product:
    return db.session.query(Product).order_by(Product.code).limit(1).one()


def counter(page: Page) -> str:
    return page.locator(".pswp__counter").inner_text()


@pytest.mark.parametrize(("language", "close"), [("vi", "Đóng"), ("en", "Close")])
def test_photographs_are_looked_through_by_keyboard(
    new_page: NewPage, addresses: dict[str, str], language: str, close: str
) -> None:
    page = new_page()
    page.goto(addresses[language])
    second = page.locator("[data-gallery] > a").nth(1)
    second.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".pswp__item[aria-hidden=false] img[src$='.jpg']")).to_be_visible()
    expect(page.locator(".pswp__button--close")).to_have_attribute("title", close)
    assert counter(page) == "2 / 3"
    page.keyboard.press("ArrowRight")
    expect(page.locator(".pswp__counter")).to_have_text("3 / 3")
    page.keyboard.press("Escape")
    expect(page.locator(".pswp")).to_have_count(0)
    expect(page.locator("[data-gallery] > a").nth(2)).to_be_focused()


def test_nothing_of_the_viewer_is_fetched_before_it_is_asked_for(
    new_page: NewPage, addresses: dict[str, str]
) -> None:
    page = new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(addresses["vi"], wait_until="networkidle")
    assert not [url for url in asked if "photoswipe" in url]
    pictures = [url for url in asked if "/media/" in url]
    assert pictures
    assert all(url.endswith(".avif") for url in pictures), "a browser that reads AVIF is sent nothing else"


def test_without_scripts_a_photograph_is_a_link_to_its_largest_file(
    new_page: NewPage, addresses: dict[str, str]
) -> None:
    page = new_page(javascript=False)
    page.goto(addresses["vi"])
    with page.expect_response(lambda response: response.url.endswith("-1280.jpg")) as answer:
        page.locator("[data-gallery] > a").first.click()
    assert answer.value.status == 200
