"""Looking after one's own account: password, address, codes."""

from __future__ import annotations

import re
import time

import pytest
from flask import Flask
from lxml.html import document_fromstring

from tests.people import PASSWORD, Browser, code_at, letters, link_in, make_person, two_makers


@pytest.fixture
def person(changed: Flask):
    return make_person(changed, speaks_for=two_makers(changed)[0])


@pytest.fixture
def browser(changed: Flask, person) -> Browser:
    signed_in = Browser(changed)
    signed_in.sign_in(person)
    return signed_in


def test_a_changed_password_counts_and_other_devices_are_signed_out(
    changed: Flask, browser: Browser, person
) -> None:
    other = Browser(changed)
    other.sign_in(person)
    browser.get("/account/password")
    typed = {"password": PASSWORD, "new_password": "Trà Ô Long 8!", "new_password_confirm": "Trà Ô Long 8!"}
    browser.send("new_password", typed | {"password": "sai"})
    assert "This password is not right" in browser.words()
    browser.send("new_password", typed | {"new_password": "ngắn", "new_password_confirm": "ngắn"})
    assert "at least 10 signs" in browser.words()
    assert browser.send("new_password", typed).location == "/account/"
    assert browser.is_in()
    assert not other.is_in()
    [letter] = letters(changed)
    assert (letter["To"], letter["Subject"]) == (person.email, "Your password was changed")
    again = Browser(changed)
    again.get("/account/sign-in")
    again.send("password", {"email": person.email, "password": "Trà Ô Long 8!"})
    assert again.is_in()


def test_a_new_address_counts_when_its_letter_was_opened(changed: Flask, browser: Browser, person) -> None:
    browser.get("/account/email")
    browser.send("email", {"email": "Moi@example.test"})
    [letter] = letters(changed)
    assert letter["To"] == "moi@example.test"
    Browser(changed).get(link_in(letter))
    for address, expected in ((person.email, False), ("moi@example.test", True)):
        again = Browser(changed)
        again.get("/account/sign-in")
        again.send("password", {"email": address, "password": PASSWORD})
        assert again.is_in() is expected


def test_asking_for_somebody_else_s_address_tells_nothing_and_sends_nothing(
    changed: Flask, browser: Browser
) -> None:
    make_person(changed, "taken@example.test")
    said = []
    for address in ("taken@example.test", "free@example.test"):
        browser.get("/account/email")
        browser.send("email", {"email": address})
        said.append(browser.words().replace(address, ""))
    assert said[0] == said[1]
    assert [letter["To"] for letter in letters(changed)] == ["free@example.test"]


def test_what_changes_how_one_signs_in_asks_again_after_an_hour(changed: Flask, browser: Browser) -> None:
    with browser.reader.session_transaction() as session:
        session["fs_paa"] = time.time() - 2 * 3600
        session.pop("fs_gexp", None)
    asked = browser.get("/account/passkeys")
    assert asked.location.startswith("/account/confirm")
    browser.get(asked.location)
    done = browser.send("password", {"password": PASSWORD})
    assert done.location == "/account/passkeys"
    assert browser.get("/account/passkeys").status_code == 200


def test_a_member_may_ask_for_codes_and_stop_again(changed: Flask, browser: Browser, person) -> None:
    browser.get("/account/codes")
    browser.send("setup")
    secret = re.sub(r"[^A-Z2-7]", "", browser.page.xpath("string(//*[@data-totp-key])").upper())
    browser.send("code", {"code": code_at(secret)})
    other = Browser(changed)
    other.get("/account/sign-in")
    step = other.send("password", {"email": person.email, "password": PASSWORD})
    assert step.location.startswith("/account/code")
    browser.get("/account/codes")
    [form] = [each for each in browser.page.xpath("//main//form") if each.xpath(".//input[@value='disable']")]
    hidden = {node.get("name"): node.get("value") for node in form.xpath(".//input")}
    browser.post("/account/codes", hidden)
    again = Browser(changed)
    again.sign_in(person)
    assert again.is_in()


@pytest.mark.parametrize(
    "path",
    [
        "/account/sign-in",
        "/account/link",
        "/account/forgotten",
        "/account/passkey",
        "/account/",
        "/account/password",
        "/account/email",
        "/account/codes",
        "/account/passkeys",
        "/account/recovery-codes",
        "/account/confirm",
        "/studio/",
    ],
)
def test_every_screen_keeps_the_policy_and_names_what_it_is(
    changed: Flask, browser: Browser, path: str
) -> None:
    reader = browser if path not in {"/account/sign-in", "/account/passkey"} else Browser(changed)
    answer = reader.get(path)
    page = document_fromstring(answer.data)
    assert answer.status_code == 200
    assert page.xpath("//*[@style] | //style | //script[not(@src)]") == []
    assert [name for node in page.iter("*") for name in node.attrib if name.startswith("on")] == []
    assert len(page.xpath("//h1")) == 1
    for field in page.xpath("//main//input[not(@type='hidden') and not(@type='checkbox')]"):
        assert page.xpath(f"//label[@for='{field.get('id')}']"), field.get("name")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
