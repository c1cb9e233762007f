"""From the application to the public page on a phone: through the office, and back once for a better text."""

from __future__ import annotations

import email
import email.policy
import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.test_sign_in import sign_in
from tests.people import PASSWORD, code_at
from tests.pictures import encoded, scene
from tests.served import ROOT, environment, serve

PATIENCE_S = 60.0
# With GUIDE_PICTURES=1 the pages of the makers' guide are photographed on the way.
PICTURES = ROOT / "static" / "guide" if os.environ.get("GUIDE_PICTURES") else None
MENDED = {"vi": "Dệt bằng sợi bông.", "en": "Woven of cotton."}
REASONS = {
    "vi": "Xin viết rõ khăn dệt bằng sợi gì.",
    "en": "Please say what yarn the shawl is woven of.",
}


@dataclass(frozen=True)
class Way:
    """One maker's way: in which language, with or without scripts, and where it begins and ends."""

    language: str
    javascript: bool
    door: str
    vi: str
    en: str

    @property
    def name(self) -> str:
        return self.vi if self.language == "vi" else self.en

    @property
    def email(self) -> str:
        return f"lan-{self.language}-{self.javascript}@example.test".lower()


WAYS = (
    Way("vi", True, "/vi/tham-gia", "Khăn thổ cẩm dệt tay", "Brocade shawl"),
    Way("vi", False, "/vi/tham-gia", "Khăn bông kẻ sọc", "Striped cotton scarf"),
    Way("en", True, "/en/join", "Khăn choàng dệt tay", "Handwoven shawl"),
)


@pytest.fixture(scope="module")
def instance(loaded_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(loaded_instance, tmp_path_factory.mktemp("journey") / "instance")


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
    press(page, "main form")
    page.wait_for_url("**/staff/")
    cookies = window.storage_state()["cookies"]
    window.close()
    return {"cookies": cookies, "origins": []}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way.language}-{'js' if way.javascript else 'plain'}")
def test_a_maker_applies_writes_mends_and_is_public_with_two_photographs(
    browser: Browser, site: str, instance: Path, officer: dict[str, Any], way: Way
) -> None:
    office = window_of(browser, site, way, officer).new_page()
    maker = window_of(browser, site, way).new_page()

    apply(maker, way)
    accept(office, way)
    open_the_account(maker, way, invitation(instance, way))

    address = write(maker, way)
    add_photographs(maker, way, address)
    send(maker, way, address)

    send_back(office, way)
    maker.goto("/studio/")
    expect(maker.locator("main")).to_contain_text(REASONS[way.language])
    picture(maker, way, "returned")
    maker.goto(f"{address}/story")
    expect(maker.locator("main")).to_contain_text(REASONS[way.language])
    go_on_with(maker, way, {f"#summary_{one}": words for one, words in MENDED.items()}, "**/facts")
    send(maker, way, address)

    publish(office, way)
    reader = window_of(browser, site, way).new_page()
    maker.goto(address)
    public = maker.locator(f"main .acts a[href^='/{way.language}/']")
    reader.goto(str(public.get_attribute("href")))
    expect(reader.locator("h1")).to_contain_text(way.name)
    expect(reader.locator("main")).to_contain_text(MENDED[way.language])
    for words in ("Khung cửi số 1", "Khung cửi số 2") if way.language == "vi" else ("Loom 1", "Loom 2"):
        seen = until_there(reader, f"main img[alt='{words}']")
        seen.scroll_into_view_if_needed()
        assert reader.request.get(str(seen.get_attribute("src"))).headers["content-type"] == "image/jpeg"
    for page in (office, maker, reader):
        page.context.close()


def window_of(browser: Browser, site: str, way: Way, cookies: dict[str, Any] | None = None) -> BrowserContext:
    return browser.new_context(
        base_url=site,
        storage_state=cookies,  # type: ignore[arg-type]  # as playwright wrote it down
        viewport={"width": 390, "height": 844},
        java_script_enabled=way.javascript,
        locale="vi-VN" if way.language == "vi" else "en-GB",
        timezone_id="Asia/Ho_Chi_Minh",
    )


def picture(page: Page, way: Way, name: str) -> None:
    """The page from its title on, for the guide, 390 × 600."""
    if PICTURES is None or not way.javascript:
        return
    page.evaluate("window.scrollTo(0, 0)")
    title = page.locator("h1").bounding_box()
    assert title is not None
    clip = {"x": 0.0, "y": title["y"] - 16, "width": 390.0, "height": 600.0}
    shot = page.screenshot(clip=clip, full_page=True)  # type: ignore[arg-type]
    Image.open(io.BytesIO(shot)).convert("RGB").save(
        PICTURES / f"{name}-{way.language}.webp", quality=80, method=6
    )


def press(page: Page, form: str) -> None:
    page.locator(f"{form} button[type=submit]").first.click()


def ready(page: Page, way: Way) -> None:
    if way.javascript:
        page.wait_for_selector("html[data-ready]", state="attached")


def apply(page: Page, way: Way) -> None:
    page.goto(way.door)
    for name, typed in {
        "producer": f"Tổ dệt {way.email}",
        "place": "Xã Lạc Dương",
        "craft": "Dệt thổ cẩm",
        "person": "K'Lan",
        "email": way.email,
    }.items():
        page.fill(f"main #{name}", typed)
    paper = {"name": "giay.jpg", "mimeType": "image/jpeg", "buffer": encoded(scene(600, 800), "JPEG")}
    page.set_input_files("#papers", paper)  # type: ignore[arg-type]
    press(page, "main form")
    page.wait_for_url(re.compile("/(da-nhan|received)/"))


def accept(page: Page, way: Way) -> None:
    page.goto("/staff/applications")
    page.locator("main a", has_text=way.email).click()
    expect(page.locator("ul.papers img")).to_have_count(1)
    page.select_option("#producer", index=2 + WAYS.index(way))  # behind “–” and a new maker
    page.select_option("#voice", index=1)
    press(page, "form[action$='/accept']")
    expect(page.locator("main .note.ok")).to_be_visible()


def invitation(instance: Path, way: Way) -> str:
    """The link in the letter, which the worker sends within a second or two."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        for file in (instance / "mail").glob("*.eml"):
            letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            links = re.findall(r"http\S+/account/invitation/\S+", letter.get_content())
            if letter["To"] and way.email in letter["To"] and links:
                return str(links[0])
        time.sleep(0.2)
    raise AssertionError(f"no invitation for {way.email} came")


def open_the_account(page: Page, way: Way, link: str) -> None:
    page.goto(link)
    page.fill("#name", "K'Lan")
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    press(page, "main form")
    page.wait_for_url("**/account/sign-in**")
    sign_in(page, {"email": way.email, "password": PASSWORD})
    page.wait_for_url("**/studio/")
    picture(page, way, "home")


def write(page: Page, way: Way) -> str:
    """A draft that can be sent; the start of its addresses."""
    page.goto("/studio/listings/new")
    ready(page, way)
    page.fill("#name_vi", way.vi)
    page.fill("#name_en", way.en)
    page.select_option("#category", "brocade")
    page.fill("#summary_vi", "Bảy ngày một tấm.")
    press(page, "main form")
    page.wait_for_url("**/story")
    ready(page, way)
    picture(page, way, "story")
    return page.url.removesuffix("/story")


def go_on_with(page: Page, way: Way, typed: dict[str, str], onward: str) -> None:
    ready(page, way)
    for field, words in typed.items():
        page.fill(field, words)
    press(page, "main form[data-autosave]")
    page.wait_for_url(onward)


def add_photographs(page: Page, way: Way, address: str) -> None:
    """Two of them, each with what it shows, who took it and that nobody is on it."""
    page.goto(f"{address}/photographs")
    ready(page, way)
    picture(page, way, "photographs")
    step = 10 * WAYS.index(way)  # nobody else's photographs: one that is known already has its words
    sent: list[Any] = [
        {"name": "image.jpg", "mimeType": "image/jpeg", "buffer": encoded(scene(*size), "JPEG", quality=92)}
        for size in ((1600, 1200 + step), (1200, 1500 + step))
    ]
    page.set_input_files("#file", sent)
    if not way.javascript:
        press(page, "form[data-photographs]")
    expect(page.locator("[data-shots] section")).to_have_count(2, timeout=60_000)
    for number in (1, 2):
        page.goto(f"{address}/photographs")
        ready(page, way)
        shot = page.locator("[data-shots] section").nth(number - 1)
        shot.locator("[name=alt_vi]").fill(f"Khung cửi số {number}")
        shot.locator("[name=alt_en]").fill(f"Loom {number}")
        shot.locator("[name=credit]").fill("K'Lan")
        shot.locator("[name=nobody]").check()
        with page.expect_navigation():
            shot.locator("form[action$='/words'] button").click()
        page.goto(f"{address}/photographs")
        shot = page.locator("[data-shots] section").nth(number - 1)
        expect(shot.locator("[name=alt_vi]")).to_have_value(f"Khung cửi số {number}")


def send(page: Page, way: Way, address: str) -> None:
    page.goto(f"{address}/check")
    picture(page, way, "check")
    press(page, "form[action$='/submit']")
    page.wait_for_url(address)


def waiting(page: Page, way: Way) -> None:
    page.goto("/staff/reviews")
    page.locator("main a", has_text=re.compile(f"{way.vi}|{way.en}")).click()
    expect(page.locator("main figure")).to_have_count(2)


def send_back(page: Page, way: Way) -> None:
    waiting(page, way)
    page.check("[name=reasons][value=facts]")
    page.fill("#reason", REASONS[way.language])
    press(page, "form:has([name=reasons])")
    page.wait_for_url(re.compile("/staff/reviews$"))


def publish(page: Page, way: Way) -> None:
    waiting(page, way)
    press(page, "form[action$='/approve']")
    page.wait_for_url(re.compile("/staff/reviews$"))


def until_there(page: Page, selector: str) -> Any:
    """What is made after the answer, by a worker of its own, is on the page after a while."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and not page.locator(selector).count():
        time.sleep(0.5)
        page.reload()
    return page.locator(selector).first
