"""Signing in: by password, with a code, by a link; who is led where; and what nobody is told."""

from __future__ import annotations

import re
import unicodedata

import pytest
import time_machine
from flask import Flask

from catalogue.accounts import actions, queries, tokens
from catalogue.accounts.passwords import hashed
from catalogue.accounts.tokens import Purpose
from catalogue.database import transaction
from catalogue.kernel.clock import now
from tests.effort import seconds_for
from tests.people import PASSWORD, Browser, code_at, letters, link_in, make_person, two_makers


@pytest.fixture
def maker(changed: Flask):
    return make_person(changed, speaks_for=two_makers(changed)[0])


@pytest.fixture
def officer(changed: Flask):
    return make_person(changed, "officer@example.test", roles=frozenset({"reviewer"}))


def test_a_visitor_is_led_to_sign_in_and_back(changed: Flask, maker) -> None:
    browser = Browser(changed)
    sent = browser.get("/studio/?view=all")
    assert (sent.status_code, sent.location) == (303, "/account/sign-in?next=/studio/?view%3Dall")
    browser.get(sent.location)
    done = browser.send("password", {"email": maker.email, "password": maker.password})
    assert (done.status_code, done.location) == (302, "/studio/?view=all")
    assert browser.get(done.location).status_code == 200


@pytest.mark.parametrize(
    "way",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "javascript:alert(1)",
    ],
)
def test_nobody_is_led_to_another_site_after_signing_in(changed: Flask, maker, way: str) -> None:
    browser = Browser(changed)
    browser.get("/account/sign-in", query_string={"next": way}, follow=True)
    done = browser.send("password", {"email": maker.email, "password": maker.password})
    assert re.match(r"/(?![/\\])", done.location or "/")


def test_whoever_was_on_the_way_nowhere_comes_to_the_own_door(changed: Flask, maker, officer) -> None:
    browser = Browser(changed)
    browser.get("/account/sign-in")
    browser.send("password", {"email": maker.email, "password": maker.password}, follow=True)
    assert browser.answer.request.path == "/studio/"
    browser = Browser(changed)
    browser.sign_in(officer)
    assert browser.get("/account/in", follow=True).request.path == "/staff/"


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(changed: Flask, maker) -> None:
    answers = []
    for address in (maker.email, "nobody@example.test"):
        browser = Browser(changed)
        browser.get("/account/sign-in")
        answer = browser.send("password", {"email": address, "password": "sai mật khẩu"})
        answers.append((answer.status_code, re.sub(r"[\w.-]{40,}", "", answer.text.replace(address, ""))))
        assert not browser.is_in()
    assert answers[0] == answers[1]
    assert "E-mail or password is not right" in answers[0][1]


def test_a_wrong_password_and_an_unknown_address_take_the_same_time(changed: Flask, maker) -> None:
    def seconds(address: str) -> float:
        browser = Browser(changed)
        browser.get("/account/sign-in")
        typed = {"email": address, "password": "sai mật khẩu"}
        return seconds_for(lambda: browser.send("password", typed))

    both = [(seconds(maker.email), seconds("nobody@example.test")) for _ in range(4)]
    known, unknown = map(min, zip(*both, strict=True))
    assert 0.5 < known / unknown < 2


def test_without_its_token_the_form_lets_nobody_in(changed: Flask, maker) -> None:
    browser = Browser(changed)
    browser.get("/account/sign-in")
    answer = browser.post("/account/sign-in", {"email": maker.email, "password": maker.password})
    assert "This was not sent yet" in browser.words()
    assert "CSRF" not in answer.text
    assert not browser.is_in()


def test_staff_type_a_code_and_each_code_counts_once(changed: Flask, officer) -> None:
    browser = Browser(changed)
    browser.get("/staff/", follow=True)
    step = browser.send("password", {"email": officer.email, "password": officer.password})
    assert step.location.startswith("/account/code")
    assert browser.get("/staff/").status_code == 303  # the password alone opens nothing
    browser.get(step.location)
    code = code_at(officer.secret)
    browser.send("code", {"code": f"{(int(code) + 1) % 1_000_000:06d}"})
    assert "This code is not right" in browser.words()
    assert browser.send("code", {"code": code}).location == "/staff/"
    assert browser.get("/staff/").status_code == 200

    again = Browser(changed)
    again.get("/account/sign-in")
    again.send("password", {"email": officer.email, "password": officer.password}, follow=True)
    again.send("code", {"code": code})
    assert "This code is not right" in again.words()
    assert not again.is_in()


def test_staff_without_a_second_factor_set_one_up_before_they_are_in(changed: Flask) -> None:
    person = make_person(changed, "new@example.test")
    with changed.app_context(), transaction():
        actions.grant(queries.user(person.id), frozenset({"curator"}))
    browser = Browser(changed)
    browser.get("/account/sign-in")
    step = browser.send("password", {"email": person.email, "password": person.password})
    assert step.location == "/account/codes"
    assert not browser.is_in()
    browser.get("/account/codes")
    browser.send("setup")
    secret = re.sub(r"[^A-Z2-7]", "", browser.page.xpath("string(//*[@data-totp-key])").upper())
    browser.send("code", {"code": code_at(secret)})
    assert browser.get("/staff/").status_code == 200


def test_a_role_given_to_somebody_who_is_signed_in_asks_for_a_second_factor_first(changed: Flask) -> None:
    person = make_person(changed)
    browser = Browser(changed)
    browser.sign_in(person)
    with changed.app_context(), transaction():
        actions.grant(queries.user(person.id), frozenset({"curator"}))
    assert browser.get("/staff/").location == "/account/codes"


def test_a_recovery_code_replaces_the_app_once(changed: Flask, officer) -> None:
    browser = Browser(changed)
    browser.sign_in(officer)
    browser.get("/account/recovery-codes")
    browser.send("recovery-codes")
    codes = browser.page.xpath("//li/code/text()")
    assert len(codes) == len(set(codes)) == 8
    assert codes[0] not in browser.get("/account/recovery-codes").text
    for expected in (True, False):
        other = Browser(changed)
        other.get("/account/sign-in")
        other.send("password", {"email": officer.email, "password": officer.password})
        other.get("/account/recovery-code")
        other.send("code", {"code": codes[0]})
        assert other.is_in() is expected


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_link_by_mail_signs_in_once(changed: Flask, maker, language: str) -> None:
    browser = Browser(changed, language)
    browser.get("/account/link")
    assert browser.send("email", {"email": maker.email.upper()}).status_code == 200
    [letter] = letters(changed)
    assert letter["To"] == maker.email
    link = link_in(letter)
    for _ in range(2):  # programs that look at mail open links, and use nothing up
        assert Browser(changed).get(link).status_code == 200
    browser.get(link)
    assert browser.send("csrf_token").status_code == 303
    assert browser.is_in()
    assert Browser(changed).get(link).status_code == 404


def test_each_kind_of_link_keeps_its_promise(changed: Flask, maker) -> None:
    browser = Browser(changed)
    for path in ("link", "forgotten", "link"):
        browser.get(f"/account/{path}")
        browser.send("email", {"email": maker.email})
    first, password, second = map(link_in, letters(changed))
    browser.get(second)
    browser.send("csrf_token")
    assert browser.is_in()
    assert Browser(changed).get(first).status_code == 404
    with changed.app_context():
        user = queries.user(maker.id)
        fresh = f"/account/link/{tokens.make(user, Purpose.SIGN_IN)}"
        other = f"/account/new-password/{tokens.make(user, Purpose.PASSWORD)}"
    guest = Browser(changed)
    assert {guest.get(link).status_code for link in (fresh, other, password)} == {200}
    guest.send("again", {"password": "một câu khác hẳn", "again": "một câu khác hẳn"})
    assert {Browser(changed).get(link).status_code for link in (fresh, other, password)} == {404}


def test_a_link_asks_staff_for_a_code_too(changed: Flask, officer) -> None:
    browser = Browser(changed)
    browser.get("/account/link")
    browser.send("email", {"email": officer.email})
    browser.get(link_in(letters(changed)[0]))
    assert browser.send("csrf_token").location.startswith("/account/code")
    assert not browser.is_in()


def test_a_link_grows_old(changed: Flask, maker) -> None:
    browser = Browser(changed)
    browser.get("/account/link")
    browser.send("email", {"email": maker.email})
    link = link_in(letters(changed)[0])
    with time_machine.travel(now().timestamp() + 16 * 60, tick=True):
        assert browser.get(link).status_code == 404


@pytest.mark.parametrize("path", ["/account/link", "/account/forgotten"])
def test_asking_for_a_link_tells_nobody_whether_there_is_an_account(changed: Flask, maker, path: str) -> None:
    said = []
    for address in (maker.email, "nobody@example.test"):
        browser = Browser(changed)
        browser.get(path)
        answer = browser.send("email", {"email": address})
        said.append((answer.status_code, browser.words().replace(address, "")))
    assert said[0] == said[1]
    assert [letter["To"] for letter in letters(changed)] == [maker.email]


def test_a_forgotten_password_is_replaced_and_every_session_ends(changed: Flask, maker) -> None:
    elsewhere = Browser(changed)
    elsewhere.sign_in(maker)
    browser = Browser(changed)
    browser.get("/account/forgotten")
    browser.send("email", {"email": maker.email})
    link = link_in(letters(changed)[0])
    browser.get(link)
    assert browser.send("again", {"password": "short", "again": "short"}).status_code == 422
    assert "at least 10 signs" in browser.words()
    browser.send("again", {"password": "một câu khác hẳn", "again": "một câu khác"})
    assert "not the same" in browser.words()
    assert (
        browser.send("again", {"password": "một câu khác hẳn", "again": "một câu khác hẳn"}).status_code
        == 303
    )
    assert not elsewhere.is_in()
    assert Browser(changed).get(link).status_code == 404
    for password, expected in ((PASSWORD, False), ("một câu khác hẳn", True)):
        again = Browser(changed)
        again.get("/account/sign-in")
        again.send("password", {"email": maker.email, "password": password})
        assert again.is_in() is expected
    assert letters(changed)[1]["Subject"] == "Your password was changed"


def test_signing_out_ends_this_session_and_signing_out_everywhere_all(changed: Flask, maker) -> None:
    here, there = Browser(changed), Browser(changed)
    here.sign_in(maker)
    there.sign_in(maker)
    here.get("/account/")
    token = here.page.xpath("string(//form[contains(@action, 'sign-out')]//input[@name='csrf_token']/@value)")
    here.post("/account/sign-out", {"csrf_token": token})
    assert not here.is_in()
    assert there.is_in()
    here.sign_in(maker)
    here.get("/account/")
    here.send("sign-out-everywhere")
    assert not here.is_in()
    assert not there.is_in()


def test_a_stranger_s_page_cannot_sign_anybody_out(changed: Flask, maker) -> None:
    browser = Browser(changed)
    browser.sign_in(maker)
    browser.post("/account/sign-out", {})
    browser.post("/account/sign-out-everywhere", {})
    assert browser.is_in()


def test_whoever_wants_to_stay_signed_in_is_so_in_a_new_session(changed: Flask, maker) -> None:
    browser = Browser(changed)
    browser.get("/account/sign-in")
    browser.send("password", {"email": maker.email, "password": maker.password, "remember": "y"})
    cookie = next(
        value for value in browser.answer.headers.getlist("Set-Cookie") if value.startswith("stay=")
    )
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    browser.reader.delete_cookie("form")
    assert browser.is_in()


@pytest.mark.parametrize("how", ["invitation", "reset", "command line"])
@pytest.mark.parametrize("typed_at_first", ["NFC", "NFD"])
def test_a_password_with_vietnamese_letters_works_however_it_was_set_and_typed(
    changed: Flask, how: str, typed_at_first: str
) -> None:
    # field-s17: set in one form of Unicode, typed in the other
    password = "Trà Ô Long 7!"
    chosen = unicodedata.normalize(typed_at_first, password)
    address = "thuy@example.test"
    set_password(changed, how, address, chosen)
    for typed, expected in (
        (unicodedata.normalize("NFC", password), True),
        (unicodedata.normalize("NFD", password), True),
        ("Tra O Long 7!", False),
    ):
        browser = Browser(changed)
        browser.get("/account/sign-in")
        browser.send("password", {"email": address, "password": typed})
        assert browser.is_in() is expected


def set_password(app: Flask, how: str, address: str, password: str) -> None:
    if how == "command line":
        make_person(app, address)
        done = app.test_cli_runner().invoke(args=["users", "password", address, "--password", password])
        assert done.exit_code == 0, done.output
        return
    browser = Browser(app)
    if how == "invitation":
        done = app.test_cli_runner().invoke(
            args=["users", "invite", address, "--producer", two_makers(app)[0], "--language", "en"]
        )
        assert done.exit_code == 0, done.output
    else:
        make_person(app, address)
        browser.get("/account/forgotten")
        browser.send("email", {"email": address})
    browser.get(link_in(letters(app)[-1]))
    assert browser.send("again", {"name": "Thuý", "password": password, "again": password}).status_code == 303


def test_the_length_of_a_password_counts_what_a_person_sees(changed: Flask) -> None:
    person = make_person(changed)
    for password, expected in (
        ("Trà Ô Lon", 1),
        ("Trà Ô Long", 0),
    ):  # 9 and 10 signs; more code points in NFD
        spread = unicodedata.normalize("NFD", password)
        done = changed.test_cli_runner().invoke(
            args=["users", "password", person.email, "--password", spread]
        )
        assert done.exit_code == expected


def test_passwords_are_kept_as_argon2id(changed: Flask, maker) -> None:
    with changed.app_context():
        assert queries.user(maker.id).password.startswith("$argon2id$")
        assert hashed("a") != hashed("a")
