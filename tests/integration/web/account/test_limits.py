"""How often one may try: counted for all processes, by the real address, and without telling who exists."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import time_machine
from flask import Flask

import config
from catalogue import create_app
from catalogue.kernel.clock import now
from tests.people import Browser, code_at, letters, link_in, make_person, two_makers

MOST = 10


def tries(browser: Browser, number: int, address: str = "nobody@example.test", **more) -> list[int]:
    """Wrong passwords, one after another; the statuses."""
    browser.get("/account/sign-in")
    token = browser.page.xpath("string(//main//input[@name='csrf_token']/@value)")
    typed = {"csrf_token": token, "email": address, "password": "sai mật khẩu"}
    return [browser.post("/account/sign-in", typed, **more).status_code for _ in range(number)]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_eleventh_try_waits_and_is_answered_alike_for_everybody(changed: Flask, language: str) -> None:
    person = make_person(changed)
    answers = []
    for host, address in (("10.0.0.1", person.email), ("10.0.0.2", "nobody@example.test")):
        browser = Browser(changed, language)
        browser.reader.environ_base["REMOTE_ADDR"] = host
        assert tries(browser, MOST + 1, address) == [200] * MOST + [429]
        assert 1 <= int(browser.answer.headers["Retry-After"]) <= 60
        assert browser.page.get("lang") == language
        answers.append(browser.answer.data)
    assert answers[0] == answers[1]


def test_whoever_waits_as_told_gets_in(changed: Flask) -> None:
    person = make_person(changed)
    browser = Browser(changed)
    tries(browser, MOST + 5)
    wait = int(browser.answer.headers["Retry-After"])
    with time_machine.travel(now().timestamp() + wait + 1, tick=True):
        browser.sign_in(person)
        assert browser.is_in()


def test_two_processes_count_together(loaded_instance: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(loaded_instance, tmp_path / "instance")
    first, second = (Browser(create_app(config.Testing(folder))) for _ in range(2))
    assert tries(first, 6) + tries(second, 6) == [200] * 6 + [200] * 4 + [429] * 2


def test_without_a_proxy_of_ours_a_forwarding_header_changes_nothing(changed: Flask) -> None:
    # field-s18
    browser = Browser(changed)
    found = [
        tries(browser, 1, headers={"X-Forwarded-For": f"203.0.113.{number}"})[0] for number in range(MOST + 2)
    ]
    assert found == [200] * MOST + [429] * 2


def test_behind_a_proxy_each_client_is_counted_for_itself(loaded_instance: Path, tmp_path: Path) -> None:
    # field-s18: the proxy appends the real address; whatever the client invents stands before it
    settings = config.Testing(shutil.copytree(loaded_instance, tmp_path / "instance"))
    settings.TRUSTED_PROXIES = 1
    app = create_app(settings)
    browser = Browser(app)
    found = [
        tries(browser, 1, headers={"X-Forwarded-For": f"203.0.113.{number}, 198.51.100.1"})[0]
        for number in range(MOST + 2)
    ]
    assert found == [200] * MOST + [429] * 2
    for other in ("198.51.100.2", "198.51.100.3"):
        assert tries(Browser(app), 3, headers={"X-Forwarded-For": other}) == [200] * 3


@pytest.mark.parametrize(
    ("addresses", "other"),
    [
        ([f"2001:db8:1:2::{number:x}" for number in range(12)], "2001:db8:1:3::1"),
        (["192.0.2.1", "::ffff:192.0.2.1"] * 6, "192.0.2.2"),
    ],
)
def test_whoever_has_many_addresses_is_still_one(changed: Flask, addresses: list[str], other: str) -> None:
    browser = Browser(changed)
    found = []
    for address in addresses:
        browser.reader.environ_base["REMOTE_ADDR"] = address
        found += tries(browser, 1)
    assert found == [200] * MOST + [429] * 2
    browser.reader.environ_base["REMOTE_ADDR"] = other
    assert tries(browser, 1) == [200]


def test_codes_are_counted_for_the_person_wherever_they_come_from(changed: Flask) -> None:
    officer = make_person(changed, roles=frozenset({"reviewer"}))
    browser = Browser(changed)
    browser.get("/account/sign-in")
    browser.send("password", {"email": officer.email, "password": officer.password}, follow=True)
    wrong = f"{(int(code_at(officer.secret)) + 1) % 1_000_000:06d}"
    found = []
    for number in range(MOST + 1):
        browser.reader.environ_base["REMOTE_ADDR"] = f"10.1.0.{number}"
        form = browser.send("code", {"code": wrong})
        found.append(form.status_code)
    assert found == [200] * MOST + [429]


def test_asking_for_links_is_counted_too(changed: Flask) -> None:
    browser = Browser(changed)
    found = []
    for _ in range(MOST + 1):
        browser.get("/account/forgotten")
        found.append(browser.send("email", {"email": "nobody@example.test"}).status_code)
    assert found == [200] * MOST + [429]


def test_nobody_s_mail_is_flooded_through_us_and_nobody_is_told(changed: Flask) -> None:
    person = make_person(changed, speaks_for=two_makers(changed)[0])
    said = set()
    for number in range(6):
        browser = Browser(changed)
        browser.reader.environ_base["REMOTE_ADDR"] = f"10.2.0.{number}"
        browser.get("/account/link")
        said.add((browser.send("email", {"email": person.email}).status_code, browser.words()))
    assert len(said) == 1
    assert len(letters(changed)) == 3


def test_a_stranger_s_host_reaches_no_letter(changed: Flask) -> None:
    # field-s28
    person = make_person(changed, speaks_for=two_makers(changed)[0])
    for header in ("HTTP_HOST", "HTTP_X_FORWARDED_HOST"):
        browser = Browser(changed)
        browser.reader.environ_base[header] = "evil.example"
        browser.get("/account/forgotten")
        browser.send("email", {"email": person.email})
    assert len(letters(changed)) == 2
    for letter in letters(changed):
        assert link_in(letter).startswith("/account/new-password/")
        assert "evil.example" not in letter.as_string()


def test_private_pages_set_their_cookie_safely_and_public_ones_set_none(changed: Flask) -> None:
    sent = Browser(changed).get("/account/sign-in").headers
    assert sent["Set-Cookie"].endswith("HttpOnly; Path=/; SameSite=Lax")
    assert (sent["Cache-Control"], sent["X-Robots-Tag"]) == ("no-store", "noindex")
    assert "'unsafe" not in sent["Content-Security-Policy"]
    for path in ("/vi/", "/en/products", "/vi/rieng-tu"):
        public = Browser(changed).get(path).headers
        assert "Set-Cookie" not in public
        assert "Cookie" not in public.get("Vary", "")


def test_public_pages_are_byte_for_byte_the_same_for_whoever_is_signed_in(changed: Flask) -> None:
    browser = Browser(changed)
    browser.sign_in(make_person(changed, speaks_for=two_makers(changed)[0]))
    for path in ("/vi/", "/en/products", "/vi/rieng-tu"):
        mine, anybody_s = browser.get(path), Browser(changed).get(path)
        assert mine.data == anybody_s.data
        assert "Cookie" not in mine.headers.get("Vary", "")
        assert "Set-Cookie" not in mine.headers


def test_the_language_is_the_browser_s_then_the_chosen_one_then_the_account_s(changed: Flask) -> None:
    person = make_person(changed, language="vi")
    browser = Browser(changed, "en")

    def spoken(path: str) -> str:
        browser.get(path)
        return browser.page.get("lang")

    assert spoken("/account/sign-in") == "en"
    [switch] = browser.page.xpath("//header//a[@hreflang='vi']/@href")
    assert spoken(switch) == "vi"
    assert spoken("/account/link") == "vi"
    assert spoken("/account/sign-in?language=en") == "en"
    browser.send("password", {"email": person.email, "password": person.password})
    assert spoken("/account/") == "vi"
    token = browser.page.xpath("string(//header//input[@name='csrf_token']/@value)")
    browser.get("/account/?said=m%E1%BB%99t+hai")
    there = browser.page.xpath("string(//header//input[@name='next']/@value)")
    answer = browser.post("/account/language", {"csrf_token": token, "language": "en", "next": there})
    assert answer.location == "/account/?said=m%E1%BB%99t+hai"
    assert spoken("/account/") == "en"
