"""Invitations: who may send them, what they open, and that each opens once."""

from __future__ import annotations

import pytest
import time_machine
from flask import Flask

from catalogue.accounts import queries
from catalogue.kernel.clock import now
from catalogue.producers.queries import voices_of
from tests.people import PASSWORD, Browser, letters, link_in, make_person, two_makers


@pytest.fixture
def registrar(changed: Flask) -> Browser:
    browser = Browser(changed)
    browser.sign_in(make_person(changed, "registrar@example.test", roles=frozenset({"registrar"})))
    return browser


def invite(browser: Browser, address: str, producer: str, language: str = "vi", **more: object):
    browser.get("/staff/people")
    typed = {"email": address, "producer": producer, "voice": "owner", "language": language} | more
    return browser.send("email", typed)


def test_staff_invite_a_member_who_then_sees_the_own_listings(changed: Flask, registrar: Browser) -> None:
    maker, _ = two_makers(changed)
    assert invite(registrar, "Moi@Example.test", maker).status_code == 303
    assert "moi@example.test" in registrar.get("/staff/people").text
    [letter] = letters(changed)
    assert letter["To"] == "moi@example.test"
    guest = Browser(changed, "vi")
    guest.get(link_in(letter))
    done = guest.send("again", {"name": "Mới", "password": PASSWORD, "again": PASSWORD})
    assert (done.status_code, done.location) == (303, "/account/sign-in?next=/studio/")
    guest.get(done.location)
    guest.send("password", {"email": "moi@example.test", "password": PASSWORD}, follow=True)
    assert guest.answer.request.path == "/studio/"
    with changed.app_context():
        assert voices_of(queries.user_by_email("moi@example.test").id) == {maker: "owner"}
    assert Browser(changed).get(link_in(letter)).status_code == 404


def test_one_account_may_serve_several_producers(changed: Flask, registrar: Browser) -> None:
    first, second = two_makers(changed)
    person = make_person(changed, speaks_for=first)
    invite(registrar, person.email, second)
    link = link_in(letters(changed)[0])
    guest = Browser(changed)
    assert guest.get(link).location.startswith("/account/sign-in?next=/account/invitation/")
    guest.sign_in(person)
    guest.get(link)
    assert guest.send("csrf_token").status_code == 303
    with changed.app_context():
        assert voices_of(person.id) == {first: "owner", second: "owner"}


def test_an_invitation_is_not_for_whoever_else_is_signed_in(changed: Flask, registrar: Browser) -> None:
    first, second = two_makers(changed)
    person = make_person(changed, speaks_for=first)
    stranger = make_person(changed, "stranger@example.test", speaks_for=first)
    invite(registrar, person.email, second)
    guest = Browser(changed)
    guest.sign_in(stranger)
    link = link_in(letters(changed)[0])
    assert "signed in with another account" in guest.get(link).text
    token = guest.page.xpath("string(//input[@name='csrf_token']/@value)")
    guest.post(link, {"csrf_token": token})
    with changed.app_context():
        assert voices_of(stranger.id) == {first: "owner"}


def test_an_invitation_grows_old_and_can_be_taken_back(changed: Flask, registrar: Browser) -> None:
    maker = two_makers(changed)[0]
    invite(registrar, "a@example.test", maker)
    link = link_in(letters(changed)[0])
    with time_machine.travel(now().timestamp() + 15 * 86400):
        assert Browser(changed).get(link).status_code == 404
    registrar.get("/staff/people/invitations")
    registrar.send("revoke")
    assert Browser(changed).get(link).status_code == 404


def test_only_administrators_give_roles_in_the_office(changed: Flask, registrar: Browser) -> None:
    assert invite(registrar, "a@example.test", "", roles="curator").status_code == 422
    assert letters(changed) == []
    head = Browser(changed)
    head.sign_in(make_person(changed, "head@example.test", roles=frozenset({"administrator"})))
    assert invite(head, "a@example.test", "", roles="curator", language="en").status_code == 303
    guest = Browser(changed)
    guest.get(link_in(letters(changed)[0]))
    assert guest.send("again", {"name": "A", "password": PASSWORD, "again": PASSWORD}).status_code == 303
    with changed.app_context():
        assert queries.user_by_email("a@example.test").role_codes == {"curator"}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"email": "nobody"}, "Check the address"),
        ({"producer": ""}, "Choose the maker"),
        ({"producer": "none"}, "Choose one of the list"),
        ({"voice": "king"}, "Choose one of the list"),
        ({"language": "fr"}, "Choose one of the list"),
    ],
)
def test_what_cannot_be_invited_is_told_next_to_its_field(
    changed: Flask, registrar: Browser, typed: dict[str, str], told: str
) -> None:
    values = {"address": "a@example.test", "producer": two_makers(changed)[0]}
    answer = invite(
        registrar, typed.pop("email", values["address"]), typed.pop("producer", values["producer"]), **typed
    )
    assert answer.status_code == 422
    assert told in registrar.words()
    assert letters(changed) == []
