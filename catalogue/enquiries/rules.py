"""What readers may write to us and to makers, who may read it, and when it can be answered."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from enum import StrEnum

from catalogue.accounts.rules import Role
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import RuleBroken

MOST_TEXT = 4000
MOST_SHORT_TEXT = 200
# How long an enquiry is kept after the last word about it, and one that a robot seems to have sent.
KEPT_FOR, SUSPECT_KEPT_FOR = timedelta(days=730), timedelta(days=90)
# So many products and makers one enquiry or shortlist can name.
MOST_ITEMS = 40
# Who in the office reads what visitors ask: those who know the makers and the markets.
OFFICE = frozenset({Role.REGISTRAR, Role.CURATOR, Role.ADMINISTRATOR})
# Who looks after what visitors report: those who keep makers and certificates, texts and the front page.
REPORTS = OFFICE | {Role.REVIEWER}
MOST_NOTE = 1000
# Signs that no keyboard writes and PostgreSQL cannot keep; line breaks and tabs stay.
UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class CorrectionKind(StrEnum):
    """What the writer wants."""

    FACT = "fact"
    OWN = "own"
    REMOVAL = "removal"
    LABEL = "label"
    CLOSED = "closed"
    NOT_AS_SHOWN = "not_as_shown"


class CorrectionState(StrEnum):
    """How far a request has come: somebody has taken it, something was done about it, or nothing will be."""

    NEW = "new"
    TAKEN = "taken"
    DONE = "done"
    DECLINED = "declined"


DECIDED = frozenset({CorrectionState.DONE, CorrectionState.DECLINED})


@dataclass(frozen=True)
class CorrectionMessage:
    """What somebody wrote. `record` is `<kind>:<code>`; `about` says in words what it is about where no
    record is named. `draft` names the form as it was opened."""

    kind: CorrectionKind
    record: str | None
    about: str | None
    text: str
    contact: str
    name: str | None
    language: str
    suspect: bool
    draft: str

    @property
    def fingerprint(self) -> str:
        """The same words from the same form: sent twice by a double click or a bad line, kept once."""
        return hashlib.sha256(repr(astuple(self)).encode()).hexdigest()


def clean(text: str | None) -> str:
    """What a reader typed, as we keep it: composed letters, one kind of line break, no stray signs."""
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    return UNFIT.sub("", unicodedata.normalize("NFC", lines)).strip()


class PartState(StrEnum):
    """How far a maker has come with what it was asked."""

    NEW = "new"
    READ = "read"
    ANSWERED = "answered"
    CLOSED = "closed"


class Outcome(StrEnum):
    """What became of it, as the maker tells it."""

    WON = "won"
    LOST = "lost"


class Stage(StrEnum):
    """Where what a maker was asked stands for trade promotion, in the order of the work.

    `closed` is what ended without anybody saying how.
    """

    NEW = "new"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    WON = "won"
    LOST = "lost"
    CLOSED = "closed"


def stage_of(state: PartState, *, assigned: bool, outcome: Outcome | None) -> Stage:
    """The outcome once it is known; before that how far the work has come."""
    if outcome is not None:
        return Stage(outcome.value)
    if state in {PartState.ANSWERED, PartState.CLOSED}:
        return Stage(state.value)
    return Stage.ASSIGNED if assigned else Stage.NEW


@dataclass(frozen=True)
class Question:
    """What a visitor asks: of these products (by code) their makers, and these makers themselves.

    `language`: in which the visitor wants the answer; `market`: the country it is for, ISO 3166-1 alpha-2;
    `draft` names the form as it was opened.
    """

    products: tuple[str, ...]
    producers: tuple[str, ...]
    need: str
    quantity: str | None
    needed_by: date | None
    market: str | None
    email: str
    name: str | None
    language: str
    suspect: bool
    draft: str

    @property
    def fingerprint(self) -> str:
        """The same words from the same form: sent twice by a double click or a bad line, kept once."""
        return hashlib.sha256(repr(astuple(self)).encode()).hexdigest()


def may_see_all(actor: Actor) -> bool:
    """Trade promotion gets a copy of every enquiry, and passes on what no member of a maker reads."""
    return bool(actor.roles & OFFICE)


def may_steer(actor: Actor) -> bool:
    """Who says which colleague looks after an enquiry, and what became of it."""
    return may_see_all(actor)


def may_see_reports(actor: Actor) -> bool:
    """What visitors report holds their addresses: for those who can do something about it."""
    return bool(actor.roles & REPORTS)


def may_read(actor: Actor, producer_code: str) -> bool:
    """The people of the maker that was asked, and trade promotion."""
    return producer_code in actor.speaks_for or may_see_all(actor)


def may_answer(actor: Actor, producer_code: str) -> bool:
    """Whoever may read it: trade promotion answers for makers that have nobody here."""
    return may_read(actor, producer_code)


def check_decision(state: CorrectionState, words: str) -> None:
    """What was decided about a report is told in words, and only once; else RuleBroken."""
    if state in DECIDED:
        raise RuleBroken("report.decided")
    if not words:
        raise RuleBroken("report.without_words", field="answer")
    if len(words) > MOST_NOTE:
        raise RuleBroken("report.long_words", field="answer", most=MOST_NOTE)


def check_answer(text: str, state: PartState) -> None:
    """An answer says something, fits a letter, and its enquiry is not closed; else RuleBroken."""
    if state is PartState.CLOSED:
        raise RuleBroken("enquiry.closed")
    if not text:
        raise RuleBroken("enquiry.empty_answer", field="text")
    if len(text) > MOST_TEXT:
        raise RuleBroken("enquiry.long_answer", field="text", most=MOST_TEXT)


def after_reading(state: PartState) -> PartState:
    """Only what is new becomes read."""
    return PartState.READ if state is PartState.NEW else state


def reopened(*, answered: bool) -> PartState:
    """Where a closed enquiry goes on."""
    return PartState.ANSWERED if answered else PartState.READ
