"""Chromium, the served site, and what every page keeps: a silent console, no request to another host."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, Protocol

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

from tests.served import serve

# A machine that does many other things takes its time, even for a page that is soon there elsewhere.
expect.set_options(timeout=60_000)

HERE = Path(__file__).parent
AXE = HERE.parent / "vendor" / "axe-core" / "axe.min.js"
# As root, in a container and without a graphics card alike; nothing is fetched in the background.
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class NewPage(Protocol):
    def __call__(
        self,
        *,
        width: int = 390,
        height: int = 844,
        scheme: Literal["light", "dark"] = "light",
        javascript: bool = True,
        locale: str = "vi-VN",
    ) -> Page:
        """A page in a window of its own; relative addresses lead to the site under test."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever lies in this folder drives the browser."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(loaded_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site on the real data, served as `make run` serves it."""
    instance = shutil.copytree(loaded_instance, tmp_path_factory.mktemp("served") / "instance")
    with serve(instance) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, driven by playwright; playwright's own download is never used."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=CHROMIUM_OPTIONS)
        yield chromium
        chromium.close()


class Watch:
    """Collects what a page of ours never does: errors on the console, requests to another host."""

    def __init__(self, site: str) -> None:
        self._site = site
        self._errors: list[tuple[str, str]] = []
        self._foreign: list[str] = []
        self._documents: set[str] = set()

    def over(self, page: Page) -> None:
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._errors.append((f"script error: {error}", "")))
        page.on("request", self._follow)
        page.on("response", self._arrive)

    def faults(self) -> list[str]:
        """What went wrong; that Chromium also reports a page's own status 404 is no fault of the page."""
        own_status = "Failed to load resource: the server responded with a status of"
        heard = [
            f"console: {text} ({url})"
            for text, url in self._errors
            if not (text.startswith(own_status) and url in self._documents)
        ]
        return heard + [f"request to another host: {url}" for url in self._foreign]

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._errors.append((message.text, message.location.get("url", "")))

    def _follow(self, request: Request) -> None:
        if request.url.startswith(("http:", "https:", "ws:", "wss:")) and not request.url.startswith(
            self._site + "/"
        ):
            self._foreign.append(request.url)

    def _arrive(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self._documents.add(response.url)


@pytest.fixture
def new_page(browser: Browser, site: str) -> Iterator[NewPage]:
    """Opens pages; the test fails at its end when one of them logged an error or asked another host."""
    watch = Watch(site)
    windows: list[BrowserContext] = []

    def open_page(
        *,
        width: int = 390,
        height: int = 844,
        scheme: Literal["light", "dark"] = "light",
        javascript: bool = True,
        locale: str = "vi-VN",
    ) -> Page:
        window = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=javascript,
            locale=locale,
            timezone_id="Asia/Ho_Chi_Minh",
        )
        windows.append(window)
        page = window.new_page()
        watch.over(page)
        return page

    yield open_page
    for window in windows:
        window.close()
    assert watch.faults() == []


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A page on a small phone, in Vietnamese, in the light."""
    return new_page()


@pytest.fixture(scope="session")
def accessibility_faults() -> Callable[[Page], list[str]]:
    """Judges an open page by axe-core (WCAG 2.0 to 2.2 A and AA, best practice): a line per violation."""
    source = AXE.read_text("utf-8")
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    # A page is judged as it comes to rest: halfway through a change of colours no contrast is right.
    judge = """async rules => {
        const moving = document.getAnimations();
        const ending = moving.filter(one => one.effect.getComputedTiming().endTime < Infinity);
        await Promise.allSettled(ending.map(one => one.finished));
        const found = await axe.run(document, {runOnly: rules});
        return found.violations.map(
            fault => `${fault.help}: ${fault.nodes.map(node => node.target.join(" ")).join(", ")}`);
    }"""

    def faults(page: Page) -> list[str]:
        page.evaluate(source)
        found: list[str] = page.evaluate(judge, rules)
        return found

    return faults
