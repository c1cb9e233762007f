"""Lists narrowed in place: by keyboard alone, with the address, the back button and the voice following."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import NewPage

LISTS = pytest.mark.parametrize(
    ("address", "facet", "value", "other"),
    [
        ("/vi/san-pham", "category", "coffee", ("evidence", "none")),
        ("/en/exporters", "market", "JP", ("category", "flowers")),
        ("/vi/nha-san-xuat", "kind", "cooperative", ("visitable", "yes")),
        ("/en/villages", "category", "brocade", ("recognition", "recognised")),
    ],
)


def heading(page: Page):
    return page.get_by_role("main").get_by_role("heading", level=1)


def box(page: Page, facet: str, value: str):
    return page.locator(f'#filters input[name="{facet}"][value="{value}"]')


def count_beside(page: Page, facet: str, value: str) -> str:
    return box(page, facet, value).locator("xpath=../small").inner_text()


def loads(page: Page) -> list[str]:
    """The addresses of whole pages that are loaded from now on."""
    found: list[str] = []

    def note(request: Request) -> None:
        if request.is_navigation_request():
            found.append(request.url)

    page.on("request", note)
    return found


@LISTS
def test_space_narrows_in_place_and_the_focus_address_title_and_voice_follow(
    new_page: NewPage, address: str, facet: str, value: str, other: tuple[str, str]
) -> None:
    page = new_page(width=1280)
    page.goto(address)
    loaded = loads(page)
    everything, count = heading(page).inner_text(), count_beside(page, facet, value)

    box(page, facet, value).focus()
    page.keyboard.press("Space")

    expect(page).to_have_url(re.compile(rf"{address}\?(sort=name&)?{facet}={value}"))
    expect(heading(page)).to_have_text(re.compile(rf"^{count} "))
    expect(page).to_have_title(re.compile(rf"^{count} "))
    expect(page.locator("[role=status][data-swap-status]")).to_have_text(re.compile(rf"\s*{count} "))
    expect(box(page, facet, value)).to_be_focused()
    expect(box(page, facet, value)).to_be_checked()
    narrowed = heading(page).inner_text()

    box(page, *other).focus()
    beside = count_beside(page, *other)
    page.keyboard.press("Space")
    expect(heading(page)).to_have_text(re.compile(rf"^{beside} "))
    expect(box(page, *other)).to_be_focused()

    page.go_back()
    expect(heading(page)).to_have_text(narrowed)
    expect(box(page, *other)).not_to_be_checked()
    page.go_back()
    expect(heading(page)).to_have_text(everything)
    page.go_forward()
    expect(heading(page)).to_have_text(narrowed)
    assert loaded == []


@LISTS
def test_a_loaded_page_is_the_same_as_one_changed_in_place(
    new_page: NewPage, address: str, facet: str, value: str, other: tuple[str, str]
) -> None:
    page = new_page(width=1280)
    page.goto(address)
    box(page, facet, value).press("Space")
    expect(page).to_have_url(re.compile(f"{facet}={value}"))
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")
    changed = page.locator("#results").inner_text(), page.locator("#filters").inner_text()

    page.reload()

    expect(box(page, facet, value)).to_be_checked()
    assert (page.locator("#results").inner_text(), page.locator("#filters").inner_text()) == changed


@LISTS
def test_without_script_the_filters_are_a_form(
    new_page: NewPage, address: str, facet: str, value: str, other: tuple[str, str]
) -> None:
    page = new_page(width=1280, javascript=False)
    page.goto(address)
    count = count_beside(page, facet, value)
    box(page, facet, value).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"{facet}={value}"))
    expect(heading(page)).to_have_text(re.compile(rf"^{count} "))
    expect(box(page, facet, value)).to_be_checked()


def test_enter_right_after_a_choice_asks_and_remembers_only_once(new_page: NewPage) -> None:
    page = new_page(width=1280)
    page.goto("/vi/san-pham")
    steps = page.evaluate("history.length")
    box(page, "category", "coffee").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("category=coffee"))
    expect(page.locator("#results")).to_be_focused()
    page.wait_for_timeout(300)
    assert page.evaluate("history.length") == steps + 1


def test_choosing_faster_than_answers_come_ends_with_the_last_choice(new_page: NewPage) -> None:
    page = new_page(width=1280)
    page.goto("/en/products")

    def slowly(route) -> None:
        if route.request.url.endswith("category=tea"):
            page.wait_for_timeout(500)
        route.continue_()

    page.route(re.compile(r"/en/products\?"), slowly)
    box(page, "category", "tea").press("Space")
    box(page, "category", "coffee").press("Space")
    expect(page).to_have_url(re.compile("category=coffee.*category=tea|category=tea.*category=coffee"))
    expect(heading(page)).to_have_text(re.compile("^55 "))
    page.wait_for_timeout(700)
    expect(heading(page)).to_have_text(re.compile("^55 "))


def test_back_from_a_record_and_a_reload_keep_the_whole_narrowed_page(new_page: NewPage) -> None:
    """Case field-s25."""
    page = new_page(width=1280)
    page.goto("/vi/san-pham")
    box(page, "category", "tea").press("Space")
    expect(heading(page)).to_have_text(re.compile("^24 "))
    page.locator("#results .card a").first.press("Enter")
    expect(page).to_have_url(re.compile("/vi/san-pham/"))
    page.go_back()
    for _ in range(2):
        expect(heading(page)).to_have_text(re.compile("^24 "))
        expect(box(page, "category", "tea")).to_be_checked()
        expect(page.get_by_role("banner")).to_be_visible()
        page.reload()


def test_a_chip_takes_its_choice_off_and_the_results_get_the_focus(new_page: NewPage) -> None:
    page = new_page(width=1280)
    page.goto("/en/exporters?market=JP&category=flowers")
    loaded = loads(page)
    page.locator("#results .chip.on").first.press("Enter")
    expect(page).to_have_url(re.compile(r"/en/exporters\?market=JP$"))
    expect(page.locator("#results")).to_be_focused()
    assert loaded == []


def test_the_sheet_of_a_phone_narrows_shows_and_gives_the_focus_back(new_page: NewPage) -> None:
    page = new_page(width=390)
    page.goto("/vi/xuat-khau")
    opener = page.locator("#filters-button")
    opener.press("Enter")
    expect(page.locator("#filters")).to_be_visible()
    box(page, "market", "JP").press("Space")
    expect(page.locator("#filters [type=submit]")).to_have_text(re.compile(r"\b16\b"))
    page.keyboard.press("Escape")
    expect(page.locator("#filters")).to_be_hidden()
    expect(heading(page)).to_have_text(re.compile("^16 "))
    expect(opener).to_be_focused()

    opener.press("Enter")
    page.locator("#filters [type=submit]").press("Enter")
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.locator("#results")).to_be_focused()


def test_a_list_that_does_not_come_in_place_is_loaded(new_page: NewPage) -> None:
    page = new_page(width=1280)
    page.goto("/vi/san-pham")
    page.route(
        re.compile(r"category=coffee"),
        lambda route: (
            route.continue_()
            if route.request.is_navigation_request()
            else route.fulfill(content_type="text/html", body="<p>Sign in to this network")
        ),
    )
    loaded = loads(page)
    with page.expect_navigation():
        box(page, "category", "coffee").press("Space")
    expect(box(page, "category", "coffee")).to_be_checked()
    assert len(loaded) == 1


@pytest.mark.parametrize("address", ["/vi/", "/en/products", "/vi/lang-nghe", "/en/routes"])
def test_the_way_to_the_season_is_worked_by_keyboard(page: Page, address: str) -> None:
    page.goto(address)
    way = page.locator("main a.season-chip, main section[aria-labelledby=season] a.more").first
    count = re.findall(r"\d+", way.inner_text())[-1]
    way.press("Enter")
    expect(page).to_have_url(re.compile(r"month=\d+"))
    expect(heading(page)).to_have_text(re.compile(rf"^{count} "))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrowed_list_is_accessible(
    new_page: NewPage, accessibility_faults: Callable[[Page], list[str]], scheme
) -> None:
    page = new_page(width=1280, scheme=scheme)
    page.goto("/vi/xuat-khau")
    box(page, "market", "JP").press("Space")
    expect(heading(page)).to_have_text(re.compile("^16 "))
    assert accessibility_faults(page) == []
