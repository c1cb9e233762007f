"""What a certificate is worth on a given day, from its facts alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from catalogue.accounts.rules import Role
from catalogue.kernel.actor import Actor
from catalogue.kernel.partial_date import PartialDate

# How many days before a certificate ends its holder is told, the first time first.
WATCH_DAYS = (90, 60, 30)


class Status(StrEnum):
    """The standing of a certificate on a day."""

    PENDING = "pending"
    UNCONFIRMED = "unconfirmed"
    VALID = "valid"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    REPLACED = "replaced"


class Evidence(StrEnum):
    """What a certificate rests on: the issuer's register, a paper that staff saw, or a press report."""

    REGISTER = "register"
    DOCUMENT = "document"
    PRESS = "press"


class Holder(StrEnum):
    """Whom a scheme grants its certificate to."""

    PRODUCT = "product"
    PRODUCER = "producer"
    VILLAGE = "village"
    PERSON = "person"


# Whose certificates the register holds: the titles of villages and artisans stand on the villages' pages.
IN_REGISTER = frozenset({Holder.PRODUCT, Holder.PRODUCER})


class Step(StrEnum):
    """What the register does to a certificate; each is an event of its history."""

    ISSUE = "issue"
    CONFIRM = "confirm"
    CORRECT = "correct"
    REJECT = "reject"
    RENEW = "renew"
    REPLACE = "replace"
    SUSPEND = "suspend"
    WITHDRAW = "withdraw"
    RESTORE = "restore"


@dataclass(frozen=True)
class Facts:
    """What is recorded of a certificate; unknown stays None."""

    evidence: Evidence
    number: str | None = None
    confirmed_on: date | None = None
    valid_from: date | None = None
    expires: PartialDate | None = None
    suspended_on: date | None = None
    withdrawn_on: date | None = None
    replaced_on: date | None = None


def status_on(facts: Facts, day: date) -> Status:
    """The one rule. Only what staff confirmed, with a number or a paper, can be in force.

    An ending that is on record (withdrawn, replaced, suspended, expired) is told even of a claim that
    was never confirmed, for it can only lower what a reader may trust.
    """
    if facts.withdrawn_on and facts.withdrawn_on <= day:
        return Status.WITHDRAWN
    if facts.replaced_on and facts.replaced_on <= day:
        return Status.REPLACED
    if facts.expires and facts.expires.last_day < day:
        return Status.EXPIRED
    if facts.suspended_on and facts.suspended_on <= day:
        return Status.SUSPENDED
    if not is_confirmed(facts, day):
        return Status.UNCONFIRMED
    if facts.valid_from and facts.valid_from > day:
        return Status.PENDING
    return Status.VALID


def is_confirmed(facts: Facts, day: date) -> bool:
    """Staff confirmed it by then, and it rests on a number or on more than the press."""
    confirmed = facts.confirmed_on is not None and facts.confirmed_on <= day
    return confirmed and (bool((facts.number or "").strip()) or facts.evidence is not Evidence.PRESS)


def usual_term_ends(issued: PartialDate | None, validity_months: int | None) -> date | None:
    """The last day of the scheme's usual term for a grant of that date; None where either is unknown.

    A grant known only to the year counts from that year's end, so that nothing is called lapsed too early.
    """
    if issued is None or validity_months is None:
        return None
    return issued.plus_months(validity_months)


def has_usual_term_passed(issued: PartialDate | None, validity_months: int | None, day: date) -> bool | None:
    """Whether the usual term is certainly over; None where it cannot be told."""
    end = usual_term_ends(issued, validity_months)
    return None if end is None else end < day


def has_ended(issuer: str) -> bool:
    """Whether an issuer, by its English name in the data, is a city or district that ended on 30 June 2025.

    The data calls them “Former …” or “… (until 30 June 2025)” and names no successor.
    """
    return issuer.startswith("Former ") or "(until 30 June 2025)" in issuer


def certificate_code(holder_code: str, scheme_code: str) -> str:
    """One certificate a holder and scheme (ARCHITECTURE, addresses)."""
    return f"{holder_code}-{scheme_code}"


def steps(facts: Facts, day: date, *, rejected: bool) -> frozenset[Step]:
    """What the register may do next. Nothing follows once another certificate took its place.

    A claim is confirmed, corrected or rejected; what was confirmed is renewed, replaced or ended. An ending
    that was noted by mistake, or is over, is taken back (`RESTORE`).
    """
    if facts.replaced_on and facts.replaced_on <= day:
        return frozenset()
    if rejected or facts.withdrawn_on:
        return frozenset({Step.RESTORE})
    if facts.suspended_on:
        return frozenset({Step.RESTORE, Step.CORRECT, Step.WITHDRAW})
    if facts.confirmed_on is None:
        return frozenset({Step.CONFIRM, Step.CORRECT, Step.REJECT, Step.WITHDRAW})
    return frozenset({Step.CORRECT, Step.RENEW, Step.REPLACE, Step.SUSPEND, Step.WITHDRAW})


def watch_mark(expires: PartialDate | None, day: date) -> int | None:
    """Which of `WATCH_DAYS` a certificate has reached on its way to its end; None before, and once ended."""
    if expires is None or expires.last_day < day:
        return None
    left = (expires.last_day - day).days
    return min((mark for mark in WATCH_DAYS if left <= mark), default=None)


def may_read_register(actor: Actor) -> bool:
    """Everybody in the office."""
    return actor.is_staff


def may_keep_register(actor: Actor) -> bool:
    """Registrars vouch for certificates; administrators stand in for them."""
    return bool(actor.roles & {Role.REGISTRAR, Role.ADMINISTRATOR})
