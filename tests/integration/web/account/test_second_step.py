"""The second step when what it needs is lost: recovery codes, and at last the operator."""

from __future__ import annotations

import json

import pytest
from flask import Flask

from catalogue.accounts import queries
from catalogue.accounts.models import Passkey, User
from catalogue.database import db, transaction
from catalogue.kernel.clock import now
from tests.people import PASSWORD, Browser, Person, letters, make_person


@pytest.fixture
def officer(changed: Flask) -> Person:
    """Somebody of the office with a passkey and no codes, who then lost the phone."""
    person = make_person(changed, "officer@example.test", roles=frozenset({"reviewer"}))
    with changed.app_context(), transaction():
        user = queries.user(person.id)
        user.tf_totp_secret = user.tf_primary_method = None
        user.webauthn.append(
            Passkey(
                name="phone",
                credential_id=b"credential",
                public_key=b"key",
                usage="first",
                backup_state=False,
                device_type="single_device",
                create_datetime=now(),
                lastuse_datetime=now(),
            )
        )
    return person


def recovery_codes(app: Flask, person: Person) -> list[str]:
    with app.test_request_context(), transaction():
        user = queries.user(person.id)
        return app.extensions["security"].mf_recovery_codes_util.create_recovery_codes(user)


def by_password(app: Flask, person: Person) -> Browser:
    browser = Browser(app)
    browser.get("/account/sign-in?next=/staff/")
    browser.send("password", {"email": person.email, "password": PASSWORD})
    return browser


def test_a_recovery_code_stands_in_for_a_lost_passkey_once(changed: Flask, officer: Person) -> None:
    code = recovery_codes(changed, officer)[0]
    browser = by_password(changed, officer)
    way = browser.answer.location
    assert way.startswith("/account/passkey")
    assert not browser.is_in()
    browser.get(way)
    browser.get(browser.page.xpath("//main//a[contains(@href, 'passkey-lost')]/@href")[0], follow=True)
    browser.send("code", {"code": code})
    assert browser.is_in()
    again = by_password(changed, officer)
    again.get("/account/passkey-lost", follow=True)
    again.send("code", {"code": code})
    assert "not right, or it was used before" in again.words()
    assert not again.is_in()


def test_nobody_is_offered_a_recovery_code_before_the_password(changed: Flask, officer: Person) -> None:
    recovery_codes(changed, officer)
    stranger = Browser(changed)
    stranger.get("/account/passkey")
    assert stranger.page.xpath("//a[contains(@href, 'passkey-lost')]") == []
    assert stranger.get("/account/passkey-lost").location == "/account/sign-in"
    assert stranger.get("/account/recovery-code").status_code == 302
    assert not stranger.is_in()


def test_whoever_looked_for_a_recovery_code_can_still_use_the_passkey_and_is_asked_for_no_code(
    changed: Flask, officer: Person
) -> None:
    browser = by_password(changed, officer)
    browser.get("/account/passkey-lost", follow=True)
    assert browser.get("/account/code").location == "/account/sign-in"
    browser = by_password(changed, officer)
    browser.get("/account/passkey-lost", follow=True)
    browser.get("/account/passkey")
    browser.send("identity")
    options = json.loads(browser.page.xpath("string(//form/@data-options)"))
    assert options["userVerification"] == "required"
    assert options["allowCredentials"] == [], "any of one's own, as a first step"


def test_whoever_has_a_second_step_and_no_recovery_codes_is_told(changed: Flask) -> None:
    browser = Browser(changed)
    person = make_person(changed, "clerk@example.test", roles=frozenset({"curator"}))
    browser.sign_in(person)
    browser.get("/account/")
    assert "Without them a lost phone locks you out" in browser.words()
    recovery_codes(changed, person)
    browser.get("/account/")
    assert "Without them a lost phone locks you out" not in browser.words()


def test_the_operator_takes_off_what_is_lost_and_the_person_is_told(changed: Flask, officer: Person) -> None:
    signed_in = Browser(changed)
    signed_in.sign_in(make_person(changed, "other@example.test", roles=frozenset({"curator"})))
    done = changed.test_cli_runner().invoke(args=["users", "second-step", officer.email])
    assert done.exit_code == 0, done.output
    with changed.app_context():
        user: User = queries.user(officer.id)
        assert (user.webauthn, user.tf_totp_secret, user.mf_recovery_codes) == ([], None, None)
        assert db.session.query(Passkey).count() == 0
    assert by_password(changed, officer).answer.location.startswith("/account/codes")
    assert [letter["To"] for letter in letters(changed)] == [officer.email]
    assert signed_in.is_in(), "nobody else is touched"
    wrong = changed.test_cli_runner().invoke(args=["users", "second-step", "nobody@example.test"])
    assert wrong.exit_code == 1
