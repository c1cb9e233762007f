"""A visitor finds a product, follows the thread to a route, narrows a list and changes the language."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage

JAVASCRIPT = pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])


def heading(page: Page):
    return page.get_by_role("main").get_by_role("heading", level=1)


@JAVASCRIPT
@pytest.mark.parametrize(
    ("width", "start", "query", "product"),
    [
        (390, "/vi/", "vai diu con", "Vải địu con thổ cẩm B'Nớ C"),
        (1280, "/en/", "baby sling", "B'Nớ C brocade baby sling"),
    ],
    ids=["phone vi", "desktop en"],
)
def test_a_visitor_searches_and_follows_the_thread_to_a_route(
    new_page: NewPage, javascript: bool, width: int, start: str, query: str, product: str
) -> None:
    page = new_page(width=width, javascript=javascript)
    page.goto(start)
    box = page.get_by_role("main").locator("input[name=q]").first
    box.fill(query)
    box.press("Enter")
    page.get_by_role("main").get_by_role("link", name=product).first.click()
    expect(heading(page)).to_have_text(product)
    for part in (("nha-san-xuat", "producers"), ("lang-nghe", "villages"), ("tuyen", "routes")):
        page.locator("main").locator(", ".join(f'a[href*="/{name}/"]' for name in part)).first.click()
        expect(page).to_have_url(re.compile("|".join(f"/{name}/" for name in part)))
    expect(page.get_by_role("main").get_by_role("list").first).to_be_visible()


def test_a_filter_is_chosen_by_keyboard_and_the_back_button_undoes_it(new_page: NewPage) -> None:
    page = new_page(width=1280)
    page.goto("/vi/san-pham")
    everything = heading(page).inner_text()
    choice = page.locator('input[name="category"][value="coffee"]')
    choice.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("category=coffee"))
    expect(heading(page)).not_to_have_text(everything)
    page.go_back()
    expect(heading(page)).to_have_text(everything)


def test_filters_work_as_a_plain_form(new_page: NewPage) -> None:
    page = new_page(width=1280, javascript=False)
    page.goto("/en/products")
    page.locator('input[name="category"][value="tea"]').check(force=True)
    page.locator("#filters").get_by_role("button").last.click()
    expect(page).to_have_url(re.compile("category=tea"))
    expect(heading(page)).to_have_text(re.compile(r"^24 products"))


def test_the_language_switch_keeps_page_and_query(page: Page) -> None:
    page.goto("/vi/san-pham?category=coffee&q=arabica")
    page.get_by_role("banner").get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile(r"/en/products\?"))
    assert {"category=coffee", "q=arabica"} <= set(page.url.split("?")[1].split("&"))
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_nobody_gets_a_cookie(page: Page) -> None:
    for address in ("/vi/", "/vi/san-pham?q=tra", "/vi/chung-nhan", "/vi/khong-co"):
        page.goto(address)
    assert page.context.cookies() == []


def test_the_first_tab_stop_skips_to_the_content(page: Page) -> None:
    page.goto("/vi/tuyen")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))


def test_the_chosen_colours_stay_on_the_next_page_without_a_cookie(new_page: NewPage) -> None:
    page = new_page(width=1280)
    page.goto("/vi/")
    page.locator("[data-theme-toggle]").click()
    page.goto("/vi/tuyen")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.context.cookies() == []


def test_a_page_prints_without_navigation(page: Page) -> None:
    page.goto("/vi/chung-nhan")
    page.emulate_media(media="print")
    expect(page.get_by_role("banner").get_by_role("navigation").first).to_be_hidden()
    expect(heading(page)).to_be_visible()
