"""People: tasks that count at once, a way out that ends every session, and the history of signing in."""

from __future__ import annotations

import pytest
from flask import Flask

from catalogue.accounts import history, queries, rights
from catalogue.accounts.history import Event
from catalogue.accounts.rules import Role
from catalogue.database import transaction
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import NotAllowed, RuleBroken
from tests.people import PASSWORD, Browser, Person, make_person, two_makers

BOSS = Actor(900, "Boss", frozenset({Role.ADMINISTRATOR}))


@pytest.fixture
def administrator(changed: Flask) -> Browser:
    browser = Browser(changed)
    browser.sign_in(make_person(changed, "boss@example.test", roles=frozenset({"administrator"})))
    return browser


def signed_in(app: Flask, person: Person) -> Browser:
    browser = Browser(app)
    browser.sign_in(person)
    assert browser.is_in()
    return browser


def events(app: Flask, person: Person) -> list[tuple[str, list[str]]]:
    with app.app_context():
        return [(one.verb, one.detail.get("ways", [])) for one in history.of(queries.user(person.id))]


def test_whoever_is_shut_out_is_out_at_once_on_all_devices_and_stays_out(
    changed: Flask, administrator: Browser
) -> None:
    person = make_person(changed, "tu@example.test", roles=frozenset({"reviewer"}))
    phone = signed_in(changed, person)
    page = f"/staff/people/{person.id}"
    administrator.get(page)
    assert administrator.send("reason", {"reason": "  "}).status_code == 422
    administrator.send("reason", {"reason": "Nghỉ việc"}, follow=True)
    assert "Shut out" in administrator.words()
    assert phone.get("/staff/").status_code == 303
    phone.sign_in(person)
    assert not phone.is_in()
    administrator.get(page)
    administrator.send("/let-in", follow=True)
    with changed.app_context():
        assert queries.user(person.id).active
    told = [verb for verb, _ in events(changed, person)]
    assert told[:1] == ["let_in_again"]
    assert {"shut_out", "sign_in"} <= set(told)


def test_signing_somebody_out_ends_every_session_and_nothing_else(
    changed: Flask, administrator: Browser
) -> None:
    person = make_person(changed, "ha@example.test", speaks_for=two_makers(changed)[0])
    phone, laptop = signed_in(changed, person), signed_in(changed, person)
    administrator.get(f"/staff/people/{person.id}")
    administrator.send("/sign-out")
    assert not phone.is_in()
    assert not laptop.is_in()
    phone.sign_in(person)
    assert phone.is_in()


def test_a_task_that_is_taken_away_is_gone_with_the_next_page(changed: Flask, administrator: Browser) -> None:
    person = make_person(changed, "vy@example.test", roles=frozenset({"reviewer"}))
    phone = signed_in(changed, person)
    assert phone.get("/staff/reviews").status_code == 200
    administrator.get(f"/staff/people/{person.id}")
    administrator.send("roles", {"roles": ["curator"]})
    assert phone.get("/staff/reviews").status_code == 403
    assert phone.get("/staff/enquiries").status_code == 200
    administrator.get(f"/staff/people/{person.id}")
    administrator.send("roles", {})
    assert phone.get("/staff/").status_code == 403


def test_whoever_gets_a_task_must_set_up_a_second_factor_first(
    changed: Flask, administrator: Browser
) -> None:
    person = make_person(changed, "an@example.test", speaks_for=two_makers(changed)[0])
    phone = signed_in(changed, person)
    administrator.get(f"/staff/people/{person.id}")
    administrator.send("roles", {"roles": ["reviewer"]})
    answer = phone.get("/staff/reviews")
    assert (answer.status_code, answer.location) == (303, "/account/codes")
    administrator.get("/staff/people?q=an@example.test")
    assert "second factor still missing" in administrator.words()


def test_nobody_changes_or_shuts_out_themselves(changed: Flask, administrator: Browser) -> None:
    with changed.app_context():
        number = queries.user_by_email("boss@example.test").id
    administrator.get(f"/staff/people/{number}")
    token = administrator.page.xpath("//input[@name='csrf_token']/@value")[0]
    for deed in ("roles", "shut-out"):
        answer = administrator.post(f"/staff/people/{number}/{deed}", {"csrf_token": token, "reason": "x"})
        assert answer.status_code == 403, deed
    assert administrator.is_in()


def test_a_registrar_looks_after_makers_people_but_not_after_colleagues(changed: Flask) -> None:
    registrar = Browser(changed)
    registrar.sign_in(make_person(changed, "registrar@example.test", roles=frozenset({"registrar"})))
    member = make_person(changed, "member@example.test", speaks_for=two_makers(changed)[0])
    colleague = make_person(changed, "colleague@example.test", roles=frozenset({"viewer"}))
    phone = signed_in(changed, member)
    registrar.get(f"/staff/people/{colleague.id}")
    assert not registrar.page.xpath("//main//form")
    assert "Signing in" not in registrar.words()
    registrar.get(f"/staff/people/{member.id}")
    registrar.send("/end", follow=True)
    assert "No maker" in registrar.words()
    assert phone.get("/studio/").status_code == 403
    registrar.send("reason", {"reason": "Đã bán cơ sở"}, follow=True)
    assert not phone.is_in()


def test_signing_in_and_failing_to_is_noted_with_the_way(changed: Flask) -> None:
    person = make_person(changed, "lan@example.test", roles=frozenset({"viewer"}))
    browser = Browser(changed)
    browser.get("/account/sign-in")
    browser.send("password", {"email": person.email, "password": "sai mật khẩu"})
    browser.sign_in(person)
    noted = events(changed, person)
    assert [verb for verb, _ in noted] == ["sign_in", "sign_in_failed"]
    assert noted[1][1] == ["password"]
    assert noted[0][1] == ["authenticator"]
    with changed.app_context():
        seen = history.last_sign_ins([person.id])
        assert list(seen) == [person.id]
        failed = history.of(queries.user(person.id))[1]
        assert (failed.actor_id, failed.actor) == (None, "")  # it may have been anybody


def test_an_address_that_nobody_has_leaves_no_line(changed: Flask) -> None:
    browser = Browser(changed)
    browser.get("/account/sign-in")
    browser.send("password", {"email": "nobody@example.test", "password": PASSWORD})
    person = make_person(changed)
    assert events(changed, person) == []


def test_people_are_found_by_name_task_and_standing(changed: Flask, administrator: Browser) -> None:
    make_person(changed, "one@example.test", roles=frozenset({"curator"}))
    out = make_person(changed, "two@example.test")
    with changed.app_context(), transaction():
        rights.shut_out(BOSS, queries.user(out.id), "thử")
    for query, found in {
        "q=one@": {"one@example.test"},
        "role=curator": {"one@example.test"},
        "state=out": {"two@example.test"},
        "role=none&state=in": set(),
        "sort=newest": {"boss@example.test", "one@example.test", "two@example.test"},
    }.items():
        administrator.get(f"/staff/people?{query}")
        told = administrator.page.xpath(
            "//section[@aria-labelledby='people']//tbody/tr/td[@data-l='E-mail']/span/text()"
        )
        assert set(told) == found, query


def test_rights_are_asked_of_the_rules_and_roles_are_known(changed: Flask) -> None:
    person = make_person(changed, "ty@example.test", roles=frozenset({"viewer"}))
    with changed.app_context():
        user = queries.user(person.id)
        with pytest.raises(RuleBroken, match=r"role.unknown"):
            rights.set_roles(BOSS, user, frozenset({"king"}))
        for act in (
            lambda: rights.set_roles(Actor(7, "R", frozenset({"registrar"})), user, frozenset()),
            lambda: rights.shut_out(Actor(7, "R", frozenset({"registrar"})), user, "x"),
            lambda: rights.let_in_again(Actor(7, "C", frozenset({"curator"})), user),
        ):
            with pytest.raises(NotAllowed):
                act()
        assert Event("set_roles") is Event.SET_ROLES
