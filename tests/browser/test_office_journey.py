"""The office on a laptop and on a phone: files decided, a claim confirmed, an issuer's list written."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

import config
from catalogue import create_app
from catalogue.database import transaction
from catalogue.editorial import actions
from catalogue.kernel.actor import Actor
from tests.browser.conftest import AXE
from tests.browser.test_sign_in import sign_in
from tests.people import code_at, product_of, two_makers
from tests.served import ROOT, environment, serve

# With GUIDE_PICTURES=1 the pages of the office's guide are photographed on the way.
PICTURES = ROOT / "static" / "guide" if os.environ.get("GUIDE_PICTURES") else None
NEW = (
    ("Trà hoa cúc sấy lạnh", "Freeze-dried chrysanthemum tea", "tea"),
    ("Khăn choàng thổ cẩm", "Brocade shawl", "brocade"),
)


@pytest.fixture(scope="module")
def instance(loaded_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three files wait: two new listings, and a change of one that readers see."""
    folder = shutil.copytree(loaded_instance, tmp_path_factory.mktemp("office") / "instance")
    app = create_app(config.Testing(folder))
    maker = two_makers(app)[0]
    code, owner = product_of(app, maker), Actor(900, "K'Lan", speaks_for={maker: "owner"})
    with app.app_context(), transaction():
        draft = actions.open_draft(owner, "product", code)
        told = {"vi": "Hái tay lúc sáng sớm, phơi ba nắng.", "en": "Picked at dawn, dried in three suns."}
        actions.save_draft(owner, draft, {"description": told, "unit": "bag"}, draft.version)
        actions.submit(owner, draft)
        for vi, en, category in NEW:
            content = {
                "name": {"vi": vi, "en": en},
                "category": category,
                "summary": {"vi": "Làm tay, mỗi mẻ một ít.", "en": None},
            }
            actions.submit(owner, actions.begin(owner, "product", maker, content))
    return folder


@pytest.fixture(scope="module")
def site(instance: Path) -> Iterator[str]:
    with serve(instance) as address:
        yield address


@pytest.fixture(scope="module")
def officer(browser: Browser, site: str, instance: Path) -> dict[str, Any]:
    """The cookies of the office, which signs in once: a code counts once only."""
    command = [sys.executable, "-m", "flask", "--app", "catalogue", "users", "sample", "--json"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(instance), capture_output=True, text=True, check=True
    )
    account = {one["role"]: one for one in json.loads(done.stdout)}["staff"]
    window = browser.new_context(base_url=site, locale="vi-VN")
    page = window.new_page()
    page.goto("/staff/")
    sign_in(page, account)
    page.wait_for_url("**/account/code**")
    page.fill("#code", code_at(account["totp_secret"]))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/staff/")
    cookies = window.storage_state()["cookies"]
    window.close()
    return {"cookies": cookies, "origins": []}


@pytest.fixture
def laptop(browser: Browser, site: str, officer: dict[str, Any]) -> Iterator[Page]:
    yield from _window(browser, site, officer, 1366, 768)


@pytest.fixture
def phone(browser: Browser, site: str, officer: dict[str, Any]) -> Iterator[Page]:
    yield from _window(browser, site, officer, 390, 844)


def _window(browser: Browser, site: str, officer: Any, width: int, height: int) -> Iterator[Page]:
    window = browser.new_context(
        base_url=site,
        storage_state=officer,
        viewport={"width": width, "height": height},
        locale="vi-VN",
        reduced_motion="reduce",  # nothing glides while it is looked for
    )
    yield window.new_page()
    window.close()


def picture(page: Page, name: str, *, width: int = 1366, top: str = "body") -> None:
    """The page as it is that wide, from `top` on, for the guide, 1024 × 640, in both languages."""
    if PICTURES is None:
        return
    address = page.url
    page.set_viewport_size({"width": width, "height": 854})
    for _ in range(2):
        language = page.evaluate("document.documentElement.lang")
        page.locator(top).first.evaluate("one => scrollTo(0, one.getBoundingClientRect().top + scrollY)")
        image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        image = image.resize((1024, round(image.height * 1024 / image.width))).crop((0, 0, 1024, 640))
        image.save(PICTURES / f"{name}-{language}.webp", quality=80, method=6)
        page.locator("header button[name=language]").click()
        page.wait_for_load_state()
        page.goto(address)  # with its query
    page.set_viewport_size({"width": 1366, "height": 768})


def is_in_sight(page: Page, selector: str) -> bool:
    """Whether the whole of it lies within the window, and nothing lies over it."""
    return bool(
        page.locator(selector).first.evaluate(
            """one => {
              const box = one.getBoundingClientRect();
              const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
              return box.top >= 0 && box.bottom <= innerHeight && (one === over || one.contains(over));
            }"""
        )
    )


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def faults(page: Page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    return list(page.evaluate("axe.run().then(done => done.violations.map(one => one.id))"))


def test_a_reviewer_works_from_the_laptop_by_keyboard_alone(laptop: Page) -> None:
    laptop.goto("/staff/")
    picture(laptop, "office-home")
    assert fits(laptop)
    assert faults(laptop) == []
    laptop.goto("/staff/reviews")
    picture(laptop, "office-queue")
    assert fits(laptop)
    assert faults(laptop) == []
    laptop.locator("form[action$='/next'] button").focus()
    laptop.keyboard.press("Enter")
    laptop.wait_for_url(re.compile(r"/staff/reviews/\d+$"))
    picture(laptop, "office-file")
    expect(laptop.locator("table.diff ins").first).to_be_visible()
    assert is_in_sight(laptop, ".decide button")  # without scrolling, at 1366 × 768
    assert laptop.locator(".beside-it ol a").count() == 3
    assert fits(laptop)
    assert faults(laptop) == []
    laptop.locator(".decide button").focus()
    laptop.keyboard.press("Enter")
    laptop.wait_for_url(re.compile("/staff/reviews$"))
    expect(laptop.locator("main .note.ok")).to_be_visible()


def test_a_reviewer_sends_back_from_the_phone_and_takes_it_back(phone: Page) -> None:
    phone.goto("/staff/reviews")
    assert fits(phone)
    phone.locator("main tbody a").last.click()
    phone.wait_for_url(re.compile(r"/staff/reviews/\d+$"))
    assert fits(phone)
    assert faults(phone) == []
    assert is_in_sight(phone, ".decide button")
    phone.locator(".decide a[href='#return']").click()
    phone.check("[name=reasons][value=photograph]")
    phone.fill("#reason", "Xin chụp lại gần cửa sổ.")
    phone.locator("#reason").scroll_into_view_if_needed()
    assert is_in_sight(phone, "#reason")
    phone.locator("form[action$='/return'] button").click()
    phone.wait_for_url(re.compile("/staff/reviews$"))
    phone.goto("/staff/reviews?show=returned")
    phone.locator("form[action$='/undo'] button").click()
    phone.wait_for_url(re.compile(r"/staff/reviews/\d+$"))
    expect(phone.locator(".decide button")).to_be_visible()


def test_a_registrar_confirms_a_claim_on_one_screen_and_two_more_by_a_sheet(laptop: Page) -> None:
    laptop.goto("/staff/certificates?status=unconfirmed&scheme=ocop")
    laptop.locator("main tbody a").first.click()
    laptop.wait_for_url(re.compile(r"/staff/certificates/\d+$"))
    picture(laptop, "office-certificate", top="main")
    laptop.check("[name=evidence][value=register]")
    laptop.select_option("#level", "4")
    laptop.fill("#number", "123/QĐ-UBND")
    laptop.fill("#issued", "03/2025")
    laptop.locator("button[formaction$='/confirm']").click()
    expect(laptop.locator("main .note.ok")).to_be_visible()

    register = laptop.request.get("/staff/certificates/certificates.csv?status=unconfirmed&scheme=ocop")
    _, (first, *_), (second, *_), *_ = csv.reader(io.StringIO(register.text()))
    sheet = ["Mã;Hạng;Số;Ngày cấp;Căn cứ;Đã xác nhận"]
    sheet += [f"{code};4;124/QĐ-UBND;03/2025;Sổ của nơi cấp;Có" for code in (first, second)]
    laptop.goto("/staff/sheets/certificates")
    file = {"name": "OCOP-2025.csv", "mimeType": "text/csv", "buffer": "\n".join(sheet).encode()}
    laptop.set_input_files("#file", file)
    laptop.locator("main form[enctype] button").click()
    laptop.wait_for_url(re.compile("/staff/sheets/certificates/.+"))
    picture(laptop, "office-sheet", width=1024, top="main")
    assert laptop.locator("main section h2").count() == len(sheet) - 1
    assert fits(laptop)
    assert faults(laptop) == []
    laptop.locator("form[action$='/apply'] button").click()
    laptop.wait_for_url(re.compile("/staff/certificates$"))
    expect(laptop.locator("main .note.ok")).to_be_visible()
