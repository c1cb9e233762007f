"""Which roles there are, who may let whom in, and what an application must hold."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from catalogue.kernel.actor import Actor

INVITATION_LASTS = timedelta(days=14)
LEAST_PASSWORD = 10
MOST_PASSWORD = 200


class Role(StrEnum):
    """What somebody of the office does; one person may have several roles."""

    VIEWER = "viewer"
    TRANSLATOR = "translator"
    REVIEWER = "reviewer"
    REGISTRAR = "registrar"
    CURATOR = "curator"
    ADMINISTRATOR = "administrator"


class ApplicationState(StrEnum):
    """How far an application has come."""

    NEW = "new"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True)
class ApplicationMessage:
    """What a producer writes who wants to join.

    `draft` names the form as it was opened; its papers are kept under that name.
    """

    producer: str
    place: str
    craft: str
    person: str
    email: str
    telephone: str | None
    text: str | None
    language: str
    suspect: bool
    draft: str

    @property
    def fingerprint(self) -> str:
        """The same words from the same form: sent twice, kept once."""
        return hashlib.sha256(repr(astuple(self)).encode()).hexdigest()


def may_enter_office(actor: Actor) -> bool:
    """Whoever has a role in the office."""
    return actor.is_staff


def may_write_pages(actor: Actor) -> bool:
    """Curators keep what the catalogue says in its own name; administrators help them."""
    return bool(actor.roles & {Role.CURATOR, Role.ADMINISTRATOR})


def may_show_pages(actor: Actor) -> bool:
    """Whoever writes them, and reviewers, in whose name they go on show."""
    return may_write_pages(actor) or Role.REVIEWER in actor.roles


def may_see_people(actor: Actor) -> bool:
    """Registrars know who speaks for whom; administrators look after all accounts."""
    return bool(actor.roles & {Role.REGISTRAR, Role.ADMINISTRATOR})


def may_invite(actor: Actor, roles: frozenset[str]) -> bool:
    """Registrars let members in; a role in the office is given by administrators only."""
    return Role.ADMINISTRATOR in actor.roles if roles else may_see_people(actor)


def may_take_off_second_step(actor: Actor) -> bool:
    """Administrators, who have made sure who asks: afterwards the password alone lets in."""
    return Role.ADMINISTRATOR in actor.roles


def may_change_roles(actor: Actor, user_id: int) -> bool:
    """Administrators; never their own, so that one of them always remains."""
    return Role.ADMINISTRATOR in actor.roles and actor.user_id != user_id


def may_shut_out(actor: Actor, user_id: int, roles: frozenset[str]) -> bool:
    """Whoever may let such a person in; never oneself."""
    return may_invite(actor, roles) and actor.user_id != user_id


def may_see_audit(actor: Actor) -> bool:
    """Administrators: the log tells of colleagues, and when they signed in."""
    return Role.ADMINISTRATOR in actor.roles


def may_decide_application(actor: Actor) -> bool:
    """Those who may invite a member."""
    return may_invite(actor, frozenset())


def is_open(accepted: datetime | None, revoked: datetime | None, expires: datetime, moment: datetime) -> bool:
    """Whether an invitation can still be taken up."""
    return accepted is None and revoked is None and moment < expires


def needs_second_factor(roles: frozenset[str]) -> bool:
    """Whoever can change what others see signs in with two things."""
    return bool(roles)


def tidy_email(text: str) -> str:
    """An address as it is kept and looked for: composed letters, lower case, no blanks around it."""
    return unicodedata.normalize("NFC", text).strip().lower()


def tidy_password(text: str) -> str:
    """A password in one Unicode form, however the keyboard or program composed it (NFKC)."""
    return unicodedata.normalize("NFKC", text)


def letters_of(password: str) -> int:
    """How long a password is for the person who types it: marks belong to their letter."""
    return len(tidy_password(password))
