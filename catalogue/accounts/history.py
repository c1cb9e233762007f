"""When and how people signed in, and what they changed about it: lines of the audit log about a person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select

from catalogue import audit
from catalogue.accounts import queries
from catalogue.accounts.models import User
from catalogue.audit import AuditEvent
from catalogue.database import db
from catalogue.kernel.actor import Actor, visitor

SHOWN = 50


class Event(StrEnum):
    """What is noted of signing in."""

    SIGN_IN = "sign_in"
    SIGN_IN_FAILED = "sign_in_failed"
    CODES_CHANGED = "codes_changed"
    CODES_OFF = "codes_off"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  # an event, no secret
    NEW_PASSWORD = "new_password"  # noqa: S105
    SECOND_STEP_GONE = "second_step_gone"
    END_SESSIONS = "end_sessions"
    SHUT_OUT = "shut_out"
    LET_IN_AGAIN = "let_in_again"
    SET_ROLES = "set_roles"


def note(user_id: int, event: Event, ways: Sequence[str] = ()) -> None:
    """Note what happened when a person signed in or looked after the account. `ways`: such as password, code.

    Who fails to sign in is nobody that we know.
    """
    user = queries.user(user_id)
    actor = visitor() if event is Event.SIGN_IN_FAILED else Actor(user.id, user.name)
    audit.record(actor, event.value, user, ways=list(ways))


def of(user: User) -> Sequence[AuditEvent]:
    """What is noted of one person, the newest first."""
    return db.session.scalars(
        select(AuditEvent)
        .where(
            AuditEvent.kind == User.__tablename__,
            AuditEvent.target == str(user.id),
            AuditEvent.verb.in_([event.value for event in Event]),
        )
        .order_by(AuditEvent.id.desc())
        .limit(SHOWN)
    ).all()


def last_sign_ins(user_ids: Collection[int]) -> dict[int, datetime]:
    """When each of these people signed in last; those who never did are absent."""
    rows = db.session.execute(
        select(AuditEvent.target, func.max(AuditEvent.at).label("last"))
        .where(
            AuditEvent.kind == User.__tablename__,
            AuditEvent.verb == Event.SIGN_IN.value,
            AuditEvent.target.in_([str(number) for number in user_ids]),
        )
        .group_by(AuditEvent.target)
    )
    return {int(row.target): row.last for row in rows}
