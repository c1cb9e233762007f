"""A visitor on a phone gathers products, asks all their makers at once, and the maker answers."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage

LIST = re.compile(r"/vi/danh-sach")
FORM = re.compile(r"/vi/hoi-mua\?")
RECEIVED = re.compile(r"/vi/hoi-mua/da-nhan/")


def gather_with_script(page: Page) -> None:
    """Two diamonds on the list of products; the bar at the foot leads to what they keep."""
    page.goto("/vi/san-pham")
    keeps = page.locator("main a[data-keep]")
    for number in (0, 1):
        keeps.nth(number).click()
        expect(keeps.nth(number)).to_have_attribute("aria-pressed", "true")
    keeps.nth(2).focus()
    page.keyboard.press("Space")
    expect(keeps.nth(2)).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Enter")
    expect(keeps.nth(2)).to_have_attribute("aria-pressed", "false")
    page.reload()
    expect(keeps.nth(1)).to_have_attribute("aria-pressed", "true")
    box = keeps.first.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44
    page.locator("[data-list-link] a").click()


def gather_without(page: Page) -> None:
    """One diamond leads to a list with one product, and the list finds the next one by its name."""
    page.goto("/vi/san-pham")
    page.locator("main a[data-keep]").first.click()
    expect(page).to_have_url(LIST)
    page.fill("#list-q", "ca phe")
    page.keyboard.press("Enter")
    page.locator("main ul.lines a").first.click()


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_a_visitor_gathers_products_and_asks_all_their_makers(
    new_page: NewPage, accessibility_faults: Callable[[Page], list[str]], javascript: bool
) -> None:
    page = new_page(javascript=javascript)
    (gather_with_script if javascript else gather_without)(page)
    expect(page).to_have_url(LIST)
    expect(page.locator("main li.card")).to_have_count(2)
    if javascript:
        assert accessibility_faults(page) == []
    page.locator("main a.btn[href*='/vi/hoi-mua']").click()
    expect(page).to_have_url(FORM)
    page.fill("#need", "Hai trăm chiếc cho Tết")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("#email-error")).to_be_visible()
    expect(page.locator("#need")).to_have_value("Hai trăm chiếc cho Tết")
    expect(page.locator("main input[name=products]:checked")).to_have_count(2)
    if javascript:
        assert accessibility_faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.fill("#email", "anna@example.test")
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(RECEIVED)
    expect(page.locator("main .reference")).to_have_text(re.compile(r"^HM-\d{4}-\d{4}$"))
    expect(page.locator("main ol.then li")).to_have_count(3)


def test_a_list_that_somebody_sent_is_kept_only_when_the_reader_says_so(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/vi/san-pham")
    page.locator("main a[data-keep]").first.click()
    codes = [
        key.split(":")[1]
        for key in page.eval_on_selector_all("[data-keep]", "all => all.map(one => one.dataset.keep)")
    ]
    page.goto(f"/vi/danh-sach?products={codes[3]},{codes[4]}")
    assert page.evaluate("JSON.parse(localStorage.list).length") == 1
    page.locator("[data-list-keep]").click()
    expect(page.locator("[data-list-keep]")).to_be_hidden()
    assert page.evaluate("JSON.parse(localStorage.list).length") == 3
    page.locator("[data-list-remove]").first.click()
    expect(page.locator("main li.card")).to_have_count(1)
    assert page.evaluate("JSON.parse(localStorage.list).length") == 2
