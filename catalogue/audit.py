"""Who did what to what, when and why: append-only, each line sealed with the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, String, event, insert, inspect, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from catalogue.database import Model, UTCDateTime, db
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now

MOST_AT_ONCE = 1000


class AuditEvent(Model):
    """A line of the log. `kind` and `target` name the row acted on by its table and its code or number.

    `actor` is the name as it was then; `actor_id` is kept when the account is gone. `seal` is the SHA-256 of
    the line together with the seal of the line before.
    """

    __tablename__ = "audit_event"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012  a number is never given twice
    is_public = False

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    actor_id: Mapped[int | None] = mapped_column(index=True)
    actor: Mapped[str]
    verb: Mapped[str] = mapped_column(String(40), index=True)
    kind: Mapped[str] = mapped_column(String(40), index=True)
    target: Mapped[str] = mapped_column(index=True)
    reason: Mapped[str | None]
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    seal: Mapped[str] = mapped_column(String(64), unique=True)


class AuditHead(Model):
    """How many lines there are and the newest one's seal: shows that lines were cut off at the end.

    Its single row is changed before a line is added, so lines are added one after the other.
    """

    __tablename__ = "audit_head"
    is_public = False

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    seal: Mapped[str] = mapped_column(String(64))


@dataclass(frozen=True)
class Broken:
    """Where the log is not what was written: `line` is the first one that does not fit, None at the end."""

    line: int | None
    fault: str  # "changed", "removed" or "cut"


def record(actor: Actor, verb: str, target: Any, *, reason: str | None = None, **detail: Any) -> None:
    """Note an act in the transaction that does it.

    `target` is the row acted on, or a pair of a kind and a name. `detail` holds what makes the act clear
    later (values before and after); what JSON does not know is written as text.
    """
    db.session.flush()  # a new row gets its number now
    kind, name = target if isinstance(target, tuple) else _named(target)
    line = {
        "at": now(),
        "actor_id": actor.user_id,
        "actor": actor.name,
        "verb": verb,
        "kind": kind,
        "target": name,
        "reason": reason or None,
        "detail": json.loads(json.dumps(detail, default=str)),
    }
    connection = db.session.connection()
    grown = update(AuditHead).values(number=AuditHead.number + 1)
    if connection.execute(grown).rowcount == 0:
        connection.execute(insert(AuditHead).values(id=1, number=1, seal=""))
    seal = _seal(line, connection.scalar(select(AuditHead.seal)) or "")
    connection.execute(insert(AuditEvent).values(**line, seal=seal))
    connection.execute(update(AuditHead).values(seal=seal))


def verify() -> Broken | None:
    """The first place where a line was changed, removed or added by another hand; None where all is whole."""
    before, count = "", 0
    for line in _lines():
        count += 1
        if line.seal != _seal(line._asdict(), before):
            return Broken(line.id, "changed" if line.id == count else "removed")
        before = line.seal
    head = db.session.execute(select(AuditHead.number, AuditHead.seal)).first()
    if (head.number, head.seal) != (count, before) if head else count > 0:
        return Broken(None, "cut")
    return None


def _lines() -> Iterator[Any]:
    columns = AuditEvent.__table__.columns
    after = 0
    while rows := db.session.execute(
        select(*columns).where(AuditEvent.id > after).order_by(AuditEvent.id).limit(MOST_AT_ONCE)
    ).all():
        yield from rows
        after = rows[-1].id


def _named(row: Any) -> tuple[str, str]:
    return row.__tablename__, str(getattr(row, "code", None) or row.id)


def _seal(line: dict[str, Any], before: str) -> str:
    at: datetime = line["at"]
    told = [
        before,
        at.astimezone(UTC).isoformat(timespec="microseconds"),
        *(line[name] for name in ("actor_id", "actor", "verb", "kind", "target", "reason")),
        json.dumps(line["detail"], sort_keys=True, ensure_ascii=False),
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


@event.listens_for(Session, "before_flush")
def _refuse_changes(session: Session, _context: Any, _instances: Any) -> None:
    changed = [row for row in session.dirty if session.is_modified(row) and inspect(row).persistent]
    if any(isinstance(row, AuditEvent | AuditHead) for row in (*session.new, *session.deleted, *changed)):
        raise TypeError("the audit log is written by record() alone and never changed")
