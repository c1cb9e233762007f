"""The board in a browser: places moved by keys, by dragging and by buttons alone; readers see the outcome."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

import config
from catalogue import create_app
from tests.browser.test_office_journey import picture
from tests.browser.test_sign_in import sign_in
from tests.featured import begin, confirm_everything, fit, give
from tests.people import code_at
from tests.served import ROOT, environment, serve

BOARD = "/staff/showcase/nha-xuat-khau-mua-dong"
NAMES = "[data-board] h3"


@pytest.fixture(scope="module")
def composed(loaded_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with four featured exporters."""
    folder = shutil.copytree(loaded_instance, tmp_path_factory.mktemp("board") / "instance")
    app = create_app(config.Testing(folder))
    confirm_everything(app)
    code = begin(app)
    for maker in fit(app, most=4):
        give(app, code, maker)
    return folder


@pytest.fixture(scope="module")
def site(composed: Path) -> Iterator[str]:
    with serve(composed) as address:
        yield address


@pytest.fixture(scope="module")
def curator(browser: Browser, site: str, composed: Path) -> dict[str, Any]:
    """The cookies of somebody who composes."""
    command = [sys.executable, "-m", "flask", "--app", "catalogue", "users", "sample", "--json"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(composed), capture_output=True, text=True, check=True
    )
    account = {one["role"]: one for one in json.loads(done.stdout)}["staff"]
    window = browser.new_context(base_url=site, locale="vi-VN")
    page = window.new_page()
    page.goto("/staff/showcase")
    sign_in(page, account)
    page.wait_for_url("**/account/code**")
    page.fill("#code", code_at(account["totp_secret"]))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(f"{site}/staff/showcase")
    cookies = window.storage_state()["cookies"]
    window.close()
    return {"cookies": cookies, "origins": []}


@pytest.fixture
def at_board(browser: Browser, site: str, curator: dict[str, Any]) -> Iterator[Callable[..., Page]]:
    windows = []

    def open_board(*, width: int = 1366, height: int = 768, javascript: bool = True) -> Page:
        window = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            storage_state=curator,  # type: ignore[arg-type]
        )
        windows.append(window)
        page = window.new_page()
        page.goto(BOARD)
        return page

    yield open_board
    for window in windows:
        window.close()


def names(page: Page) -> list[str]:
    return [text.split(". ", 1)[-1].strip() for text in page.locator(NAMES).all_text_contents()]


def test_alt_and_arrows_move_a_place_and_keep_it_in_focus(at_board: Callable[..., Page]) -> None:
    page = at_board()
    first, second, *_ = names(page)
    page.locator("[data-board] > li").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Alt+ArrowDown")
    assert names(page)[:2] == [second, first]
    assert first in page.evaluate("document.activeElement.textContent")
    with page.expect_navigation():
        page.keyboard.press("Alt+ArrowUp")
    assert names(page)[:2] == [first, second]


def test_a_place_is_dragged_onto_another(at_board: Callable[..., Page]) -> None:
    page = at_board(height=1400)
    before = names(page)
    with page.expect_navigation():
        page.locator("[data-board] > li").nth(3).drag_to(page.locator("[data-board] > li").nth(0))
    assert names(page) == [before[3], *before[:3]]


def test_buttons_alone_move_and_take_back_without_scripts(at_board: Callable[..., Page]) -> None:
    page = at_board(width=390, javascript=False)
    before = names(page)
    with page.expect_navigation():
        page.locator("[data-down]").first.click()
    assert names(page)[:2] == [before[1], before[0]]
    with page.expect_navigation():
        page.get_by_role("button", name="Hoàn lại").click()
    assert names(page) == before


def test_what_readers_see_on_a_day_to_come_stands_beside_the_places(at_board: Callable[..., Page]) -> None:
    page = at_board()
    page.fill("#on", "2027-01-01")
    with page.expect_navigation():
        page.get_by_role("button", name="Xem trước").click()
    picture(page, "office-board", top="main")
    assert sorted(page.locator(".seen li").all_text_contents()) == sorted(names(page))


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (320, 640)])
def test_the_board_and_its_forms_are_for_everybody(
    at_board: Callable[..., Page],
    accessibility_faults: Callable[[Page], list[str]],
    width: int,
    height: int,
) -> None:
    page = at_board(width=width, height=height)
    for path in (f"{BOARD}?on=2027-01-01", "/staff/showcase", f"{BOARD}/candidates", f"{BOARD}/places/1",
                 f"{BOARD}/edit", "/vi/bo-suu-tap", "/vi/bo-suu-tap/nha-xuat-khau-mua-dong"):  # fmt: skip
        page.goto(path)
        assert "/account/" not in page.url
        assert accessibility_faults(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
