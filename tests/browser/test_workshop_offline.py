"""The workshop on a phone whose network comes and goes: nothing is lost, and nothing arrives twice."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect
from sqlalchemy import create_engine, text

from tests.browser.test_sign_in import sign_in
from tests.pictures import encoded, scene
from tests.proxy import proxy_before
from tests.served import ROOT, environment, serve

ON_THE_PHONE = re.compile("phone|máy")
Session = Any  # cookies, as playwright writes them down
PATIENCE_S = 60.0
RUNS = int(os.environ.get("WORKSHOP_RUNS", "2"))


@pytest.fixture(scope="module")
def instance(loaded_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(loaded_instance, tmp_path_factory.mktemp("offline") / "instance")


@pytest.fixture(scope="module")
def site(instance: Path) -> Iterator[str]:
    with serve(instance) as address:
        yield address


@pytest.fixture(scope="module")
def maker(instance: Path) -> dict[str, str]:
    command = [sys.executable, "-m", "flask", "--app", "catalogue", "users", "sample", "--json"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(instance), capture_output=True, text=True, check=True
    )
    return {account["role"]: account for account in json.loads(done.stdout)}["producer"]


@pytest.fixture(scope="module")
def session(browser: Browser, site: str, maker: dict[str, str]) -> Session:
    """What a browser knows of somebody who has signed in: signing in itself is limited to ten a minute."""
    window = browser.new_context(base_url=site)
    page = window.new_page()
    page.goto("/studio/")
    sign_in(page, maker)
    page.wait_for_url("**/studio/")
    state = window.storage_state()
    window.close()
    return state


@pytest.fixture
def phone(browser: Browser, site: str, session: Session) -> Iterator[BrowserContext]:
    """A phone that is signed in and has opened the workshop once."""
    window = new_phone(browser, site, session)
    yield window
    window.close()


def new_phone(browser: Browser, site: str, session: Session) -> BrowserContext:
    window = browser.new_context(
        base_url=site,
        storage_state={"cookies": session["cookies"], "origins": []},
        viewport={"width": 390, "height": 844},
        locale="en-GB",
        timezone_id="Asia/Ho_Chi_Minh",
    )
    page = window.new_page()
    page.goto("/studio/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return window


def new_listing(phone: BrowserContext, name: str) -> tuple[Page, str]:
    """A draft of that name, and the start of its addresses."""
    page = phone.pages[0]
    page.goto("/studio/listings/new")
    ready(page)
    page.fill("#name_vi", name)
    page.select_option("#category", index=1)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/story")
    return page, page.url.removesuffix("/story")


def ready(page: Page) -> None:
    page.wait_for_selector("html[data-ready]", state="attached")


def arrive(instance: Path, address: str, words: str, field: str = "summary", language: str = "vi") -> float:
    """Wait until the site has these words of the draft; how many seconds it took."""
    code, started = address.rsplit("/", 1)[1], time.monotonic()
    while (draft(instance, code).get(field) or {}).get(language) != words:
        assert time.monotonic() < started + PATIENCE_S, words
        time.sleep(0.05)
    return time.monotonic() - started


def kept(page: Page, words: str) -> None:
    """Until the phone itself would still know them if its battery went empty now."""
    page.wait_for_function(
        """words => new Promise(done => {
            indexedDB.open("workshop").onsuccess = ({ target: { result: database } }) => {
                const asked = database.transaction("texts").objectStore("texts").getAll();
                asked.onsuccess = () => done(JSON.stringify(asked.result).includes(words));
                database.close();
            };
        })""",
        arg=words,
    )


def one(instance: Path, statement: str) -> Any:
    engine = create_engine(f"sqlite:///{instance / 'catalogue.db'}")
    with engine.connect() as connection:
        found = connection.execute(text(statement)).scalar()
    engine.dispose()
    return found


def draft(instance: Path, code: str) -> dict[str, Any]:
    return json.loads(one(instance, f"SELECT content FROM revision WHERE code = '{code}' ORDER BY id DESC"))


def pictures(*sizes: tuple[int, int]) -> list[dict[str, Any]]:
    return [
        {"name": "image.jpg", "mimeType": "image/jpeg", "buffer": encoded(scene(*size), "JPEG", quality=95)}
        for size in sizes
    ]


def test_what_is_typed_is_saved_within_two_seconds(phone: BrowserContext, instance: Path) -> None:
    page, address = new_listing(phone, "Khăn gõ là lưu")
    ready(page)
    needed = []
    for words in ("Ba ngày.", "Năm ngày.", "Bảy ngày một tấm."):
        page.fill("#summary_vi", words)
        needed.append(arrive(instance, address, words))
    assert min(needed) < 2  # the quickest of three, for the machine may do other things too
    expect(page.locator("[data-savestate]")).to_contain_text(":")
    expect(page.locator("[data-savestate]")).not_to_contain_text(ON_THE_PHONE)
    page.click("main form button[type=submit] >> nth=0")
    page.wait_for_url("**/facts")


def test_whoever_types_on_without_a_pause_is_saved_too(phone: BrowserContext, instance: Path) -> None:
    page, address = new_listing(phone, "Khăn gõ không nghỉ")
    ready(page)
    with page.expect_response("**/autosave", timeout=10_000):
        page.evaluate(
            """() => {
              const text = document.querySelector("#description_vi");
              setInterval(() => {
                text.value += "a";
                text.dispatchEvent(new Event("input", { bubbles: true }));
              }, 100);
            }"""
        )
    assert draft(instance, address.rsplit("/", 1)[1])["description"]["vi"]


def test_typed_and_photographed_without_a_network_it_arrives_once_when_it_returns(
    phone: BrowserContext, instance: Path
) -> None:
    page, address = new_listing(phone, "Khăn ngoài rẫy")
    ready(page)
    page.goto(f"{address}/photographs")
    ready(page)
    phone.set_offline(True)
    page.set_input_files("#file", pictures((2400, 1800), (900, 700)))
    expect(page.locator("[data-queue] li")).to_have_count(2)
    page.goto(f"{address}/story")
    ready(page)
    page.fill("#summary_vi", "Dệt khi mất sóng.")
    expect(page.locator("[data-savestate]")).to_contain_text(ON_THE_PHONE)
    expect(page.locator("[data-queue] li")).to_have_count(3)
    page.close()

    page = phone.new_page()
    page.goto(f"{address}/story")
    ready(page)
    expect(page.locator("#summary_vi")).to_have_value("Dệt khi mất sóng.")
    expect(page.locator("[data-queue] li")).to_have_count(3)
    second = phone.new_page()
    second.goto(f"{address}/photographs")
    ready(second)
    expect(second.locator("[data-queue] li")).to_have_count(3)
    phone.set_offline(False)
    expect(page.locator("[data-queue]")).to_be_hidden(timeout=60_000)
    expect(second.locator("[data-queue]")).to_be_hidden()
    content = draft(instance, address.rsplit("/", 1)[1])
    assert content["summary"]["vi"] == "Dệt khi mất sóng."
    assert len(content["photographs"]) == 2
    expect(second.locator("[data-shots] section")).to_have_count(2)


def test_words_about_a_photograph_are_kept_while_typed_and_sent_when_the_network_returns(
    phone: BrowserContext, instance: Path
) -> None:
    page, address = new_listing(phone, "Khăn có lời")
    page.goto(f"{address}/photographs")
    ready(page)
    page.set_input_files("#file", pictures((800, 600)))
    expect(page.locator("[data-shots] section")).to_have_count(1)
    expect(page.locator("[data-queue]")).to_be_hidden()
    page.reload()
    ready(page)
    phone.set_offline(True)
    words = page.locator("[data-shots] form[data-later]")
    words.locator("[name=alt_vi]").fill("Khung cửi")
    page.wait_for_timeout(400)  # longer than a pause in typing
    page.close()

    page = phone.new_page()
    page.goto(f"{address}/photographs")
    ready(page)
    words = page.locator("[data-shots] form[data-later]")
    expect(words.locator("[name=alt_vi]")).to_have_value("Khung cửi")
    words.locator("[name=alt_en]").fill("A loom")
    words.locator("button").click()
    expect(page.locator("[data-queue] li")).to_have_count(1)
    phone.set_offline(False)
    expect(page.locator("[data-queue]")).to_be_hidden(timeout=30_000)
    code = draft(instance, address.rsplit("/", 1)[1])["photographs"][0]
    said = "SELECT alt_vi || ' / ' || alt_en FROM media_asset WHERE code = "
    assert one(instance, f"{said}'{code}'") == "Khung cửi / A loom"


def public_listing(instance: Path) -> str:
    """One of the sample maker's products that readers see."""
    return str(
        one(
            instance,
            "SELECT product.code FROM product JOIN membership USING (producer_id) ORDER BY product.code",
        )
    )


def test_what_is_changed_at_once_without_a_network_is_public_once_it_returns(
    phone: BrowserContext, instance: Path
) -> None:
    code = public_listing(instance)
    page = phone.pages[0]
    page.goto(f"/studio/listings/{code}")
    ready(page)
    phone.set_offline(True)
    page.select_option("[name=stock]", "sold_out")
    page.wait_for_timeout(400)  # longer than a pause in typing
    page.close()

    page = phone.new_page()
    page.goto(f"/studio/listings/{code}")
    ready(page)
    expect(page.locator("[name=stock]")).to_have_value("sold_out")
    button = page.locator("form[data-later] [type=submit]")
    button.dblclick()
    expect(page.locator("[data-queue] li")).to_have_count(1)
    button.click()
    expect(page.locator("[data-queue] li")).to_have_count(1)
    phone.set_offline(False)
    expect(page.locator("[data-queue]")).to_be_hidden(timeout=30_000)
    assert one(instance, f"SELECT stock FROM product WHERE code = '{code}'") == "sold_out"


def test_an_answer_written_without_a_network_reaches_the_visitor_once(
    phone: BrowserContext, browser: Browser, site: str, instance: Path
) -> None:
    code = public_listing(instance)
    visitor = browser.new_page(base_url=site)
    visitor.goto(f"/en/enquire?products={code}")
    visitor.fill("#need", "Forty for the new year")
    visitor.fill("#email", "anna@example.test")
    visitor.locator("main form button[type=submit]").click()
    visitor.wait_for_url("**/enquire/received/**")
    visitor.close()
    part = one(instance, "SELECT max(id) FROM enquiry_part")
    page = phone.pages[0]
    page.goto(f"/studio/enquiries/{part}")
    ready(page)
    phone.set_offline(True)
    page.fill("[name=text]", "Dạ còn đủ bốn mươi chiếc.")
    page.locator("form[data-later] [type=submit]").click()
    expect(page.locator("[data-queue] li")).to_have_count(1)
    page.locator("form[data-later] [type=submit]").click()  # once more, in doubt
    expect(page.locator("[data-queue] li")).to_have_count(1)
    phone.set_offline(False)
    expect(page.locator("div.letter")).to_have_count(1, timeout=30_000)
    expect(page.locator("div.letter")).to_contain_text("bốn mươi")
    expect(page.locator("[data-queue]")).to_be_hidden()
    expect(page.locator("[name=text]")).to_have_value("")
    assert one(instance, f"SELECT count(*) FROM enquiry_message WHERE part_id = {part}") == 1


def test_a_listing_made_without_a_network_is_there_once_when_it_returns(
    phone: BrowserContext, instance: Path
) -> None:
    page = phone.pages[0]
    page.goto("/studio/listings/new")
    ready(page)
    phone.set_offline(True)
    page.fill("#name_vi", "Gùi ngoài đồng")
    page.locator("main form button[type=submit]").first.dblclick()
    expect(page.locator("[data-queue] li")).to_have_count(1)
    page.close()
    page = phone.new_page()
    page.goto("/studio/")
    expect(page.locator("[data-queue] li")).to_have_count(1)
    phone.set_offline(False)
    expect(page.locator("[data-queue]")).to_be_hidden(timeout=60_000)
    assert one(instance, "SELECT count(*) FROM revision WHERE code LIKE 'gui-ngoai-dong%'") == 1


def test_whoever_was_signed_out_keeps_what_is_typed_and_sends_it_after_signing_in(
    phone: BrowserContext, instance: Path, maker: dict[str, str]
) -> None:
    page, address = new_listing(phone, "Khăn hết phiên")
    ready(page)
    cookies = phone.cookies()
    phone.clear_cookies()
    page.fill("#summary_vi", "Viết khi đã hết phiên.")
    expect(page.locator("[data-sign-in]")).to_be_visible()
    page.click("[data-sign-in]")
    sign_in(page, maker)
    page.wait_for_url("**/story")
    ready(page)
    expect(page.locator("#summary_vi")).to_have_value("Viết khi đã hết phiên.")
    arrive(instance, address, "Viết khi đã hết phiên.")
    expect(page.locator("[data-queue]")).to_be_hidden()
    assert cookies != phone.cookies()


def test_of_two_phones_the_second_sees_both_texts_and_chooses(
    browser: Browser, site: str, phone: BrowserContext, instance: Path, session: Session
) -> None:
    page, address = new_listing(phone, "Khăn hai máy")
    ready(page)
    second = new_phone(browser, site, session)
    other = second.pages[0]
    other.goto(page.url)
    ready(other)
    page.fill("#summary_vi", "Máy một.")
    arrive(instance, address, "Máy một.")
    other.fill("#summary_vi", "Máy hai.")
    expect(other.locator("[data-see-both]")).to_be_visible()
    other.reload()
    ready(other)
    expect(other.locator("#summary_vi")).to_have_value("Máy hai.")
    other.click("[data-see-both]")
    expect(other.locator("main")).to_contain_text("Máy một.")
    expect(other.locator("main")).to_contain_text("Máy hai.")
    ready(other)
    other.check("form[data-chosen] [value=mine]")
    other.click("form[data-chosen] [type=submit]")
    other.wait_for_url("**/facts")
    assert draft(instance, address.rsplit("/", 1)[1])["summary"]["vi"] == "Máy hai."
    other.goto(f"{address}/story")
    ready(other)
    expect(other.locator("[data-see-both]")).to_be_hidden()
    second.close()


def test_what_is_typed_without_a_network_takes_back_nothing_that_another_phone_saved(
    browser: Browser, site: str, phone: BrowserContext, instance: Path, session: Session
) -> None:
    page, address = new_listing(phone, "Khăn gộp hai máy")
    page.goto(f"{address}/facts")
    ready(page)
    phone.set_offline(True)
    page.fill("#packaging_vi", "Hộp giấy")
    page.wait_for_timeout(400)  # longer than a pause in typing
    second = new_phone(browser, site, session)
    other = second.pages[0]
    other.goto(f"{address}/facts")
    ready(other)
    other.fill("#material_vi", "Hoa cúc")
    arrive(instance, address, "Hoa cúc", "material")
    phone.set_offline(False)
    arrive(instance, address, "Hộp giấy", "packaging")
    page.fill("#packaging_vi", "Hộp giấy to")
    arrive(instance, address, "Hộp giấy to", "packaging")
    assert draft(instance, address.rsplit("/", 1)[1])["material"]["vi"] == "Hoa cúc"
    second.close()


def test_what_was_typed_to_be_shown_at_once_takes_back_nothing_when_the_page_comes_anew(
    browser: Browser, site: str, phone: BrowserContext, instance: Path, session: Session
) -> None:
    code = public_listing(instance)
    page = phone.pages[0]
    page.goto(f"/studio/listings/{code}")
    ready(page)
    page.select_option("[name=stock]", "to_order")
    page.wait_for_timeout(400)  # longer than a pause in typing
    second = new_phone(browser, site, session)
    other = second.pages[0]
    other.goto(f"/studio/listings/{code}")
    ready(other)
    other.fill("#price", "91.000")
    other.select_option("#currency", "JPY")
    other.click("form[data-later] [type=submit]")
    expect(other.locator("main")).to_contain_text("Người xem thấy ngay")
    page.reload()
    ready(page)
    expect(page.locator("[name=stock]")).to_have_value("to_order")
    page.click("form[data-later] [type=submit]")
    expect(page.locator("main")).to_contain_text("Người xem thấy ngay")
    shown = f"SELECT CAST(price AS INTEGER) || ' ' || stock FROM product WHERE code = '{code}'"
    assert one(instance, shown) == "91000 to_order"
    second.close()


def test_two_tabs_of_one_form_do_not_undo_each_other(phone: BrowserContext, instance: Path) -> None:
    page, address = new_listing(phone, "Khăn hai thẻ")
    ready(page)
    second = phone.new_page()
    second.goto(page.url)
    ready(second)
    page.fill("#summary_vi", "Viết ở thẻ một.")
    expect(second.locator("#summary_vi")).to_have_value("Viết ở thẻ một.")
    arrive(instance, address, "Viết ở thẻ một.")
    second.fill("#name_en", "Two tabs")
    expect(page.locator("#name_en")).to_have_value("Two tabs")
    arrive(instance, address, "Two tabs", "name", "en")
    second.wait_for_timeout(1000)  # nothing follows that takes one of them back
    content = draft(instance, address.rsplit("/", 1)[1])
    assert (content["summary"]["vi"], content["name"]["en"]) == ("Viết ở thẻ một.", "Two tabs")


def test_a_listing_without_a_name_is_asked_for_one(phone: BrowserContext) -> None:
    page = phone.pages[0]
    page.goto("/studio/listings/new")
    ready(page)
    page.fill("#summary_vi", "Chưa có tên.")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("#name_vi")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#summary_vi")).to_have_value("Chưa có tên.")


def test_the_bar_and_the_photographs_can_be_used_by_everybody(
    phone: BrowserContext, accessibility_faults: Callable[[Page], list[str]]
) -> None:
    page, address = new_listing(phone, "Khăn cho mọi người")
    page.goto(f"{address}/photographs")
    ready(page)
    page.set_input_files("#file", pictures((700, 500)))
    expect(page.locator("[data-shots] section")).to_have_count(1)
    phone.set_offline(True)
    page.set_input_files("#file", pictures((700, 501)))
    expect(page.locator("[data-queue] li")).to_have_count(1)
    page.click("[data-queue] summary")
    for details in page.locator("[data-shots] details").all():
        details.evaluate("one => { one.open = true }")
    assert accessibility_faults(page) == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_nothing_of_the_workshop_stays_on_the_phone_of_whoever_signs_out(phone: BrowserContext) -> None:
    page = phone.pages[0]
    page.goto("/studio/")
    ready(page)
    kept = "caches.open('workshop-pages').then(pages => pages.keys()).then(pages => pages.length)"
    assert page.evaluate(kept) > 0
    page.locator("form[action$='sign-out'] button").click()
    page.wait_for_url("**/account/**")
    assert page.evaluate(kept) == 0


# This page, the one that says there is no network, and all that they look like.
IS_KEPT = """async () => {
  const files = performance.getEntriesByType("resource").map(({ name }) => name);
  const look = files.filter((name) => new URL(name).pathname.startsWith("/static/"));
  const wanted = [location.pathname, "/studio/offline", ...look];
  const kept = await Promise.all(wanted.map((one) => caches.match(one)));
  return kept.every(Boolean);
}"""


def test_a_page_that_breaks_off_on_its_way_is_shown_as_it_was_kept(
    browser: Browser, site: str, session: Session
) -> None:
    with proxy_before(site, 1) as network:
        phone = new_phone(browser, network.address, session)
        page, address = new_listing(phone, "Khăn nửa trang")
        page.wait_for_function(IS_KEPT)
        network.bytes_down = 3_000
        page = reopened(page, f"{address}/story")
        assert network.cuts > 0
        expect(page.locator("main form button[type=submit]").first).to_be_visible()
        page.goto(f"{address}/facts")
        expect(page.locator("html[data-kept] h1")).to_be_visible()
        phone.close()


@pytest.mark.parametrize("seed", range(RUNS))
def test_over_a_weak_signal_that_breaks_off_everything_arrives_once(
    browser: Browser, site: str, session: Session, instance: Path, seed: int
) -> None:
    chance = random.Random(seed)
    with proxy_before(site, seed) as network:
        phone = new_phone(browser, network.address, session)
        announced: list[str] = []
        phone.on("request", lambda request: announced.extend(announced_in(request)))
        page, address = new_listing(phone, f"Khăn sóng yếu {seed}")
        ready(page)
        page.goto(f"{address}/photographs")
        ready(page)
        network.bits_a_second, network.bytes_between_cuts = 400_000, 150_000
        sizes = [(2400 + 10 * seed, 1600), (700, 500 + seed)]
        page.set_input_files("#file", pictures(*sizes))
        expect(page.locator("[data-queue] li")).to_have_count(2)
        written = ""
        for number in range(3):
            page = reopened(page, f"{address}/story")
            written = f"Lần {number}, hạt {seed}."
            page.fill("#summary_vi", written)
            kept(page, written)
            page.wait_for_timeout(chance.randrange(300, 3000))
        page = reopened(page, f"{address}/photographs")
        expect(page.locator("[data-queue]")).to_be_hidden(timeout=240_000)
        network.bits_a_second = network.bytes_between_cuts = None
        phone.close()
    content = draft(instance, address.rsplit("/", 1)[1])
    arrived = [
        one(instance, f"SELECT received_sha256 FROM media_asset WHERE code = '{code}'")
        for code in content["photographs"]
    ]
    assert network.cuts > 0
    assert content["summary"]["vi"] == written
    assert len(arrived) == 2
    assert set(arrived) == set(announced)


def announced_in(request: Request) -> list[str]:
    """The SHA-256 that the phone gives when it announces a photograph."""
    if request.method != "POST" or not request.url.endswith("/studio/uploads"):
        return []
    return parse_qs(request.post_data or "")["sha256"]


def reopened(page: Page, address: str) -> Page:
    """The tab is killed, and another is opened there."""
    phone = page.context
    page.close()
    page = phone.new_page()
    page.goto(address, timeout=60_000)
    ready(page)
    return page
