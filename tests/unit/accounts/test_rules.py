"""Who may let whom in, and how passwords and addresses are kept."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest

from catalogue.accounts import rules
from catalogue.accounts.rules import Role
from catalogue.kernel.actor import Actor, visitor
from catalogue.kernel.errors import NotAllowed, require
from catalogue.producers.rules import Voice, may_edit, may_enter_workshop

MEMBER = Actor(1, "K'Glong", speaks_for={"to-det": Voice.OWNER})
NOON = datetime(2026, 11, 26, 5, tzinfo=UTC)


def staff(*roles: Role) -> Actor:
    return Actor(2, "Lan", frozenset(roles))


def test_nobody_unknown_may_do_anything() -> None:
    assert not visitor().is_known
    assert not rules.may_enter_office(visitor())
    assert not rules.may_invite(visitor(), frozenset())
    assert not rules.may_decide_application(visitor())
    assert not may_enter_workshop(visitor())
    assert not may_edit(visitor(), "to-det")


def test_members_edit_their_own_makers_only() -> None:
    assert may_enter_workshop(MEMBER)
    assert may_edit(MEMBER, "to-det")
    assert not may_edit(MEMBER, "another")
    assert not rules.may_enter_office(MEMBER)
    assert not rules.may_invite(MEMBER, frozenset())


READERS = {Role.VIEWER, Role.TRANSLATOR}


@pytest.mark.parametrize("role", Role)
def test_staff_help_every_maker_but_for_those_who_only_read_or_translate(role: Role) -> None:
    assert rules.may_enter_office(staff(role))
    for allowed in (may_edit(staff(role), "another"), may_enter_workshop(staff(role))):
        assert allowed is (role not in READERS)


@pytest.mark.parametrize("role", Role)
def test_only_administrators_read_the_log_and_change_tasks_and_never_their_own(role: Role) -> None:
    is_one = role is Role.ADMINISTRATOR
    assert rules.may_see_audit(staff(role)) is is_one
    assert rules.may_change_roles(staff(role), 7) is is_one
    assert not rules.may_change_roles(staff(role), staff(role).user_id)


def test_whoever_may_let_a_person_in_may_shut_that_person_out_but_nobody_themselves() -> None:
    registrar, administrator = staff(Role.REGISTRAR), staff(Role.ADMINISTRATOR)
    assert rules.may_shut_out(registrar, 7, frozenset())
    assert not rules.may_shut_out(registrar, 7, frozenset({Role.VIEWER}))
    assert rules.may_shut_out(administrator, 7, frozenset({Role.ADMINISTRATOR}))
    assert not rules.may_shut_out(administrator, 2, frozenset())
    assert not rules.may_shut_out(MEMBER, 7, frozenset())


@pytest.mark.parametrize(
    ("role", "members", "colleagues"),
    [
        (Role.REVIEWER, False, False),
        (Role.CURATOR, False, False),
        (Role.REGISTRAR, True, False),
        (Role.ADMINISTRATOR, True, True),
    ],
)
def test_roles_in_the_office_are_given_by_administrators_only(
    role: Role, members: bool, colleagues: bool
) -> None:
    assert rules.may_invite(staff(role), frozenset()) is members
    assert rules.may_decide_application(staff(role)) is members
    assert rules.may_invite(staff(role), frozenset({Role.CURATOR})) is colleagues


def test_only_staff_need_a_second_factor() -> None:
    assert rules.needs_second_factor(frozenset({Role.CURATOR}))
    assert not rules.needs_second_factor(frozenset())


@pytest.mark.parametrize(
    ("accepted", "revoked", "age", "expected"),
    [
        (None, None, timedelta(), True),
        (None, None, rules.INVITATION_LASTS, False),
        (NOON, None, timedelta(), False),
        (None, NOON, timedelta(), False),
    ],
)
def test_an_invitation_is_open_until_it_is_taken_up_taken_back_or_too_old(
    accepted: datetime | None, revoked: datetime | None, age: timedelta, expected: bool
) -> None:
    assert rules.is_open(accepted, revoked, NOON + rules.INVITATION_LASTS, NOON + age) is expected


def test_a_password_is_the_same_however_it_is_composed() -> None:
    spread = unicodedata.normalize("NFD", "Trà Ô Long 7!")
    assert len(spread) > rules.letters_of(spread) == 13
    assert rules.tidy_password(spread) == rules.tidy_password("Trà Ô Long 7!")
    assert rules.tidy_password("Tra O Long 7!") != rules.tidy_password("Trà Ô Long 7!")


def test_an_address_is_kept_in_one_form() -> None:
    assert rules.tidy_email("  Lan@Example.TEST ") == "lan@example.test"


def test_what_no_rule_allows_is_refused() -> None:
    require(True)
    with pytest.raises(NotAllowed, match="not_allowed"):
        require(False)
