"""The map: opened by keyboard, its marks named in both languages, as good as its list, from our own host."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.conftest import NewPage

ROUTES = {"vi": "/vi/tuyen", "en": "/en/routes"}
VILLAGES = {"vi": "/vi/lang-nghe", "en": "/en/villages"}
MAKERS = {"vi": "/vi/nha-san-xuat", "en": "/en/producers"}
OPEN = {"vi": "Mở bản đồ", "en": "Open the map"}
CLOSE = {"vi": "Đóng", "en": "Close"}
MAP_FILES = re.compile(r"leaflet|/js/map\.js|/map/|\.geojson|/css/map\.css")


def open_first_route(page: Page, language: str) -> None:
    page.goto(ROUTES[language])
    page.locator("main .route a").first.click()
    expect(page.locator("ol.stops")).to_be_visible()


def open_map(page: Page) -> None:
    """By keyboard alone."""
    page.locator("#map > summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".map-mark").first).to_be_visible()
    expect(page.locator(".map-road").first).to_be_attached()


def names_of_marks(page: Page) -> list[str]:
    return [mark.get_attribute("aria-label") or "" for mark in page.locator(".map-mark").all()]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_route_on_the_map_names_the_stops_of_its_list(
    page: Page, accessibility_faults: Callable[[Page], list[str]], language: str
) -> None:
    open_first_route(page, language)
    stops = [re.sub(r"\s+", " ", text).strip() for text in page.locator("ol.stops .name").all_inner_texts()]

    open_map(page)

    assert page.locator("#map").get_by_text(OPEN[language]).is_hidden()
    told = " | ".join(names_of_marks(page))
    named = [stop for stop in stops if stop.partition(". ")[2] in told]
    # A mark of several stops tells the first three of them.
    assert len(named) >= len(page.locator(".map-mark").all())
    assert page.locator(".map-way").count() > 0
    assert accessibility_faults(page) == []


def test_every_stop_of_a_route_stands_in_a_mark(page: Page) -> None:
    open_first_route(page, "en")
    open_map(page)

    found = set()
    for mark in page.locator(".map-mark").all():
        mark.press("Enter")
        found |= set(page.locator(".map-list :is(a, b)").all_inner_texts())
        page.keyboard.press("Escape")

    assert found == set(page.locator("ol.stops .name a").all_inner_texts())


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_mark_is_worked_by_keyboard_alone(page: Page, language: str) -> None:
    page.goto(VILLAGES[language])
    open_map(page)
    mark = page.locator(".map-mark").first
    name = mark.get_attribute("aria-label")

    mark.press(" ")
    link = page.locator(".map-list a").first
    expect(link).to_be_focused()
    assert link.inner_text() in name
    expect(page.locator(".leaflet-popup-close-button")).to_have_attribute("aria-label", CLOSE[language])
    page.keyboard.press("Escape")
    expect(page.locator(".leaflet-popup")).to_have_count(0)
    expect(mark).to_be_focused()

    mark.press("Enter")
    chosen = link.inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(chosen)


def test_the_closing_button_gives_the_focus_back(page: Page) -> None:
    page.goto(VILLAGES["en"])
    open_map(page)
    mark = page.locator(".map-mark").first

    mark.press("Enter")
    page.locator(".leaflet-popup-close-button").press("Enter")

    expect(mark).to_be_focused()


def test_nothing_of_the_map_is_fetched_before_it_is_opened(page: Page) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        if MAP_FILES.search(request.url):
            asked.append(request.url)

    page.on("request", note)
    page.goto(MAKERS["vi"], wait_until="networkidle")
    assert asked == []

    open_map(page)
    assert any("leaflet" in url for url in asked)
    assert len(asked) < 15


def test_the_map_follows_the_filters_and_stays_open(new_page: NewPage) -> None:
    page = new_page(width=1440, height=900, locale="en-GB")
    page.goto(MAKERS["en"])
    open_map(page)

    with page.expect_response(re.compile(r"producers\.geojson\?kind=farm")):
        page.get_by_role("checkbox", name=re.compile("^Farm")).check()

    expect(page.locator("#map")).to_have_attribute("open", "")
    expect(page.locator(".map-mark").first).to_be_visible()
    expect(page.locator(".leaflet-container")).to_have_count(1)


def test_zooming_takes_groups_apart(page: Page) -> None:
    page.goto(VILLAGES["en"])
    open_map(page)
    before = page.locator(".map-mark").count()
    farther = page.get_by_role("button", name="Farther")

    farther.press("Enter")
    farther.press("Enter")

    expect(page.locator(".map-mark")).not_to_have_count(before)
    assert page.locator(".map-mark").count() < before


def test_makers_known_only_by_district_look_and_read_different(new_page: NewPage) -> None:
    page = new_page(width=1440, height=900, locale="en-GB")
    page.goto(MAKERS["en"])
    open_map(page)

    page.locator(".map-mark.map-unsure").first.press("Enter")

    expect(page.locator(".map-list")).to_contain_text("Somewhere in this former district.")
    expect(page.locator(".map-area").first).to_be_attached()
    expect(page.locator("[data-map-missing]")).to_have_text(
        re.compile(r"Not on the map, because no place is known: \d+\.")
    )


@pytest.mark.parametrize("language", ["vi", "en"])
def test_without_scripts_the_list_stands_alone(new_page: NewPage, language: str) -> None:
    page = new_page(javascript=False)
    open_first_route(page, language)

    expect(page.locator("#map")).to_be_hidden()
    for name in page.locator("ol.stops .name").all():
        expect(name).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_an_opened_map_is_accessible_and_fits(
    new_page: NewPage, accessibility_faults: Callable[[Page], list[str]], scheme: str, width: int
) -> None:
    page = new_page(width=width, scheme=scheme, locale="en-GB")
    page.goto(MAKERS["en"])
    open_map(page)
    page.locator(".map-mark").last.press("Enter")
    expect(page.locator(".map-list")).to_be_visible()

    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_credit_of_the_map_stands_under_it(page: Page) -> None:
    page.goto(VILLAGES["vi"])
    open_map(page)

    credit = page.locator("#map").get_by_role("link", name="OpenStreetMap", exact=True)
    expect(credit).to_be_visible()
    expect(credit).to_have_attribute("href", "https://www.openstreetmap.org/copyright")


def test_a_map_that_cannot_be_loaded_points_to_the_list(new_page: NewPage) -> None:
    page = new_page()
    page.route(
        re.compile(r"/js/map\.js"),
        lambda route: route.fulfill(status=200, content_type="text/javascript", body="throw 1"),
    )
    page.goto(VILLAGES["en"])
    page.locator("#map > summary").click()

    expect(page.get_by_role("alert")).to_contain_text("The list on this page holds the same.")


@pytest.mark.parametrize("file", ["/map/roads.json", "/css/map.css"])
def test_a_map_that_broke_off_on_its_way_is_drawn_when_it_is_opened_again(
    browser: Browser, site: str, file: str
) -> None:
    page = browser.new_page(base_url=site)  # nobody watches its console, which tells what was cut off
    page.route(f"**{file}", lambda route: route.abort(), times=1)
    page.goto(VILLAGES["en"])
    page.locator("#map > summary").click()
    expect(page.get_by_role("alert")).to_be_visible()

    page.locator("#map > summary").click()
    open_map(page)

    expect(page.get_by_role("alert")).to_be_hidden()
    expect(page.locator(".leaflet-container")).to_have_css("isolation", "isolate")
    page.close()
