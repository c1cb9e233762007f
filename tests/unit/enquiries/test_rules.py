"""Who may read and answer what visitors ask, and how an enquiry goes on."""

from __future__ import annotations

from datetime import date

import pytest

from catalogue.enquiries import rules
from catalogue.enquiries.rules import PartState, Question
from catalogue.kernel.actor import Actor, visitor
from catalogue.kernel.errors import RuleBroken

MEMBER = Actor(1, "Lan", speaks_for={"lan-weaves": "editor"})


def office(role: str) -> Actor:
    return Actor(2, "Hoa", roles=frozenset({role}))


def question(**changed: object) -> Question:
    values: dict[str, object] = {
        "products": ("a",),
        "producers": (),
        "need": "Hai trăm chiếc",
        "quantity": None,
        "needed_by": date(2026, 12, 24),
        "market": "DE",
        "email": "anna@example.test",
        "name": None,
        "language": "en",
        "suspect": False,
        "draft": "a form",
    }
    return Question(**(values | changed))  # type: ignore[arg-type]


def test_a_maker_reads_and_answers_its_own_and_no_other() -> None:
    assert rules.may_read(MEMBER, "lan-weaves")
    assert rules.may_answer(MEMBER, "lan-weaves")
    assert not rules.may_read(MEMBER, "duc-pottery")
    assert not rules.may_answer(MEMBER, "duc-pottery")
    assert not rules.may_see_all(MEMBER)


@pytest.mark.parametrize(
    ("role", "allowed"),
    [("registrar", True), ("curator", True), ("administrator", True), ("reviewer", False)],
)
def test_trade_promotion_reads_all_and_reviewers_of_listings_do_not(role: str, allowed: bool) -> None:
    assert rules.may_see_all(office(role)) is allowed
    assert rules.may_read(office(role), "lan-weaves") is allowed
    assert rules.may_answer(office(role), "lan-weaves") is allowed


def test_a_visitor_reads_nothing() -> None:
    assert not rules.may_read(visitor(), "lan-weaves")
    assert not rules.may_see_all(visitor())


def test_reading_changes_only_what_is_new() -> None:
    assert [rules.after_reading(state) for state in PartState] == [
        PartState.READ,
        PartState.READ,
        PartState.ANSWERED,
        PartState.CLOSED,
    ]


def test_what_is_opened_again_remembers_whether_it_was_answered() -> None:
    assert rules.reopened(answered=True) is PartState.ANSWERED
    assert rules.reopened(answered=False) is PartState.READ


@pytest.mark.parametrize(
    ("text", "state", "code"),
    [
        ("", PartState.NEW, "enquiry.empty_answer"),
        ("x" * (rules.MOST_TEXT + 1), PartState.READ, "enquiry.long_answer"),
        ("Dạ có", PartState.CLOSED, "enquiry.closed"),
    ],
)
def test_an_answer_that_cannot_be_sent_is_refused(text: str, state: PartState, code: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        rules.check_answer(text, state)
    assert refusal.value.code == code


def test_an_answered_enquiry_can_be_answered_again() -> None:
    rules.check_answer("x" * rules.MOST_TEXT, PartState.ANSWERED)


def test_the_same_words_from_the_same_form_are_one_enquiry() -> None:
    assert question().fingerprint == question().fingerprint
    others = ({"draft": "another form"}, {"products": ("b",)}, {"needed_by": None}, {"market": "FR"})
    assert question().fingerprint not in {question(**changed).fingerprint for changed in others}
