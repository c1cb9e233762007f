"""The search field: suggestions by keyboard and voice, a form without scripts, a page without results."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage

BOTH = pytest.mark.parametrize(
    ("address", "typed", "first"),
    [("/vi/san-pham", "tho c", "Thổ cẩm"), ("/en/products", "thoor c", "Brocade weaving")],
)


def field(page: Page) -> Locator:
    return page.locator("#search-top")


def options(page: Page) -> Locator:
    return page.get_by_role("listbox").get_by_role("option")


def type_into(page: Page, address: str, typed: str) -> Locator:
    """All of it at once: who types more slowly sees suggestions to the beginning too, one after the other."""
    page.goto(address)
    field(page).focus()
    page.keyboard.insert_text(typed)
    expect(options(page).first).to_be_visible()
    return field(page)


@BOTH
def test_suggestions_are_walked_and_opened_by_keyboard_alone(
    new_page: NewPage, address: str, typed: str, first: str
) -> None:
    page = new_page(width=1280)
    box = type_into(page, address, typed)
    expect(box).to_have_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(options(page).first).to_contain_text(first)
    expect(page.locator("[data-swap-status]")).to_contain_text(str(options(page).count()))

    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options(page).first.get_attribute("id") or "")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(options(page).nth(1)).to_have_attribute("aria-selected", "true")
    expect(options(page).first).to_have_attribute("aria-selected", "false")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    expect(box).to_have_value(typed)

    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/(san-pham|products)\?category=brocade$"))


def test_escape_closes_them_and_enter_sends_the_words(new_page: NewPage) -> None:
    page = new_page(width=1280)
    box = type_into(page, "/vi/san-pham", "ca phe")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("ca phe")
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/vi/tim\?q=ca(\+|%20)phe$"))


def test_leaving_the_field_closes_them_and_a_press_opens_one(new_page: NewPage) -> None:
    page = new_page()
    type_into(page, "/en/villages", "silk sc")
    page.keyboard.press("Tab")
    expect(options(page)).to_have_count(0)
    type_into(page, "/en/villages", "silk sc")
    options(page).first.click()
    expect(page).to_have_url(re.compile(r"/en/products"))
    assert "silk" in page.url


@pytest.mark.parametrize("width", [320, 390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_suggestions_fit_the_window_and_pass_axe(
    new_page: NewPage, accessibility_faults: Callable[[Page], list[str]], width: int, scheme: str
) -> None:
    page = new_page(width=width, scheme=scheme)
    type_into(page, "/vi/lang-nghe", "tho")
    page.keyboard.press("ArrowDown")
    box = page.get_by_role("listbox").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    for number in range(options(page).count()):
        tall = options(page).nth(number).bounding_box()
        assert tall
        assert tall["height"] >= 44
    assert accessibility_faults(page) == []


def test_without_scripts_the_field_is_a_form(new_page: NewPage) -> None:
    page = new_page(width=1280, javascript=False)
    page.goto("/vi/san-pham")
    field(page).fill("ca phe")
    field(page).press("Enter")
    expect(page).to_have_url(re.compile(r"/vi/tim\?q=ca"))


def test_when_suggestions_fail_the_form_still_works(new_page: NewPage) -> None:
    page = new_page(width=1280)
    page.route("**/api/v1/suggest*", lambda route: route.fulfill(status=204))
    page.goto("/vi/san-pham")
    field(page).press_sequentially("ca phe")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/vi/tim\?q=ca"))


@pytest.mark.parametrize(
    ("address", "nearest"),
    [("/vi/tim?q=zirconia+ca+phe", "ca phe"), ("/en/search?q=zirconia+coffee", "coffee")],
)
def test_a_page_that_found_nothing_leads_on(
    new_page: NewPage, accessibility_faults: Callable[[Page], list[str]], address: str, nearest: str
) -> None:
    page = new_page()
    page.goto(address)
    assert accessibility_faults(page) == []
    page.get_by_role("main").get_by_role("link", name=re.compile(f"“{nearest}”")).click()
    expect(page.get_by_role("main").get_by_role("heading", level=1)).to_have_text(re.compile(r"^[1-9]"))


@pytest.mark.parametrize(
    ("address", "more", "shown", "order", "route"),
    [
        (
            *("/vi/tim?q=cà phê", "Gần một nơi hoặc dọc một tuyến", "Xem"),
            *("Gần trước xa sau", "Theo thứ tự các điểm dừng"),
        ),
        (
            *("/en/search?q=coffee", "Near a place or along a route", "Show"),
            *("Nearest first", "In the order of the stops"),
        ),
    ],
)
def test_near_and_along_are_asked_for_without_scripts(
    new_page: NewPage, address: str, more: str, shown: str, order: str, route: str
) -> None:
    page = new_page(width=320, javascript=False)
    page.goto(address)
    main = page.locator("main")
    expect(page.locator("select[name=near]")).to_be_hidden()
    main.get_by_text(more, exact=True).click()
    page.locator("select[name=near]").select_option("thanh-pho-da-lat")
    main.get_by_role("button", name=shown, exact=True).click()
    expect(page).to_have_url(re.compile(r"near=thanh-pho-da-lat"))
    expect(main.get_by_text(order)).to_be_visible()
    expect(main.locator(".away").first).to_contain_text("km")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    main.get_by_text(more, exact=True).click()
    expect(page.locator("select[name=near]")).to_have_value("thanh-pho-da-lat")
    page.locator("select[name=near]").select_option("")
    page.locator("select[name=along]").select_option("da-lat-lang-biang")
    main.get_by_role("button", name=shown, exact=True).click()
    expect(main.get_by_text(route)).to_be_visible()
    expect(main.locator(".chip.on")).to_have_count(1)
    main.locator(".chip.on").click()
    expect(page).not_to_have_url(re.compile(r"near=[a-z]|along=[a-z]"))


def test_the_form_for_places_is_open_to_everybody(
    new_page: NewPage, accessibility_faults: Callable[[Page], list[str]]
) -> None:
    for scheme in ("light", "dark"):
        page = new_page(scheme=scheme)
        page.goto("/en/search?q=coffee&near=nowhere&along=da-lat-lang-biang")
        expect(page.locator("select[name=near]")).to_be_visible()
        assert accessibility_faults(page) == []
