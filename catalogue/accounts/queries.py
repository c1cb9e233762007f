"""Reads about accounts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import cast, func, or_, select

from catalogue.accounts.models import Application, Invitation, Role, User
from catalogue.accounts.rules import ApplicationState, tidy_email
from catalogue.audit import AuditEvent
from catalogue.database import db
from catalogue.kernel.clock import now
from catalogue.kernel.errors import NotFound


def user_by_email(email: str) -> User | None:
    """The person with that address."""
    return db.session.scalar(select(User).where(User.email == tidy_email(email)))


def user_by_uniquifier(uniquifier: str) -> User | None:
    """The person whom sessions and links name so."""
    return db.session.scalar(select(User).where(User.fs_uniquifier == uniquifier))


def user(user_id: int) -> User:
    """One person; NotFound."""
    found = db.session.get(User, user_id)
    if found is None:
        raise NotFound("user.unknown")
    return found


def people() -> Sequence[User]:
    """Everybody with an account, by name."""
    return db.session.scalars(select(User).order_by(User.name, User.id)).all()


def names(user_ids: Iterable[int]) -> dict[int, str]:
    """The names of these people, by number."""
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(set(user_ids))))
    return {row.id: row.name for row in rows}


# As `history` notes it.
PEOPLE_SORTS: dict[str, Any] = {
    "name": User.name,
    "email": User.email,
    "since": User.created,
    "seen": select(func.max(AuditEvent.at))
    .where(
        AuditEvent.kind == User.__tablename__,
        AuditEvent.verb == "sign_in",
        AuditEvent.target == cast(User.id, db.Text),
    )
    .scalar_subquery(),
}


def find_people(
    words: str, role: str, *, active: bool | None, sort: str, descending: bool, start: int, size: int
) -> tuple[Sequence[User], int]:
    """So many people from a place on, and how many there are in all; empty values ask for everybody.

    `words`: part of a name or address; `role`: a task in the office, or `none`; `active`: False for those who
    are shut out; `sort`: a column of `PEOPLE_SORTS`.
    """
    found = select(User)
    if words:
        found = found.where(
            or_(*(text.icontains(words, autoescape=True) for text in (User.name, User.email)))
        )
    if role == "none":
        found = found.where(~User.roles.any())
    elif role:
        found = found.where(User.roles.any(Role.name == role))
    if active is not None:
        found = found.where(User.active.is_(active))
    total = db.session.scalar(select(func.count()).select_from(found.subquery())) or 0
    column = PEOPLE_SORTS[sort]
    order = (column.desc(), User.id.desc()) if descending else (column.asc(), User.id)
    return db.session.scalars(found.order_by(*order).offset(start).limit(size)).all(), total


def roles(codes: frozenset[str]) -> list[Role]:
    """The rows of these roles; one that is not there yet is made."""
    found = {role.name: role for role in db.session.scalars(select(Role).where(Role.name.in_(codes)))}
    return [found.get(code) or Role(name=code) for code in sorted(codes)]


def invitation(invitation_id: int) -> Invitation:
    """One invitation; NotFound."""
    found = db.session.get(Invitation, invitation_id)
    if found is None:
        raise NotFound("invitation.unknown")
    return found


INVITATION_SORTS: dict[str, Any] = {
    "email": Invitation.email,
    "sent": Invitation.created,
    "expires": Invitation.expires,
}


def open_invitations(sort: str = "sent", *, descending: bool = True) -> list[Invitation]:
    """Those that nobody has taken up yet, the newest first or by a column of `INVITATION_SORTS`."""
    waiting = select(Invitation).where(Invitation.accepted.is_(None), Invitation.revoked.is_(None))
    column = INVITATION_SORTS[sort]
    order = (column.desc(), Invitation.id.desc()) if descending else (column.asc(), Invitation.id)
    return [one for one in db.session.scalars(waiting.order_by(*order)) if one.is_open(now())]


def application(application_id: int) -> Application:
    """One application; NotFound."""
    found = db.session.get(Application, application_id)
    if found is None:
        raise NotFound("application.unknown")
    return found


def application_with_fingerprint(fingerprint: str) -> Application | None:
    """The application that holds exactly these words from this form."""
    return db.session.scalar(select(Application).where(Application.fingerprint == fingerprint))


def drafts_with_papers(decided_after: datetime) -> set[str]:
    """The names of the forms whose papers still prove something: of applications that wait, were accepted,
    or were declined since."""
    kept = Application.state != ApplicationState.DECLINED
    return set(
        db.session.scalars(select(Application.draft).where(kept | (Application.decided >= decided_after)))
    )


APPLICATION_SORTS = {
    "received": Application.received,
    "producer": Application.producer,
    "place": Application.place,
    "state": Application.state,
}


def find_applications(
    state: str, words: str, sort: str, *, descending: bool, start: int, size: int | None
) -> tuple[Sequence[Application], int]:
    """So many applications from a place on, all from there where `size` is None, and how many there are.

    `state` of `rules.ApplicationState`, and `words`, part of the maker's, person's or place's name: empty
    ones ask for all. `sort`: a column of `APPLICATION_SORTS`.
    """
    found = select(Application)
    if state:
        found = found.where(Application.state == state)
    if words:
        named = (Application.producer, Application.person, Application.place, Application.email)
        found = found.where(or_(*(text.icontains(words, autoescape=True) for text in named)))
    total = db.session.scalar(select(func.count()).select_from(found.subquery())) or 0
    column = APPLICATION_SORTS[sort]
    order = (column.desc(), Application.id.desc()) if descending else (column.asc(), Application.id)
    return db.session.scalars(found.order_by(*order).offset(start).limit(size)).all(), total


def waiting_application_number() -> int:
    """How many nobody has decided."""
    waiting = Application.state == ApplicationState.NEW.value
    return db.session.scalar(select(func.count(Application.id)).where(waiting)) or 0
