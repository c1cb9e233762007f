"""Who did what to what, when and why: append-only, each line sealed with the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Select, String, event, func, insert, inspect, or_, select, update
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
class Asked:
    """Which lines are asked for; empty means all. `words`: part of a name or reason; `since` and `until`:
    from the one moment on, and before the other."""

    words: str = ""
    actor_id: int | None = None
    verb: str = ""
    kind: str = ""
    target: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Act:
    """What was done to what, and why; see `record`."""

    verb: str
    target: Any
    reason: str | None
    detail: dict[str, Any]


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
    record_all(actor, [Act(verb, target, reason, detail)])


def record_all(actor: Actor, acts: Sequence[Act]) -> None:
    """Note many acts at once, in their order."""
    db.session.flush()  # a new row gets its number now
    connection = db.session.connection()
    grown = update(AuditHead).values(number=AuditHead.number + len(acts))
    if connection.execute(grown).rowcount == 0:
        connection.execute(insert(AuditHead).values(id=1, number=len(acts), seal=""))
    seal, added = connection.scalar(select(AuditHead.seal)) or "", []
    for act in acts:
        line = _line(actor, act)
        seal = _seal(line, seal)
        added.append(line | {"seal": seal})
    connection.execute(insert(AuditEvent), added)
    connection.execute(update(AuditHead).values(seal=seal))


SORTS = ("line", "actor", "verb", "target")


def lines(
    asked: Asked,
    start: int = 0,
    size: int | None = None,
    sort: str = "line",
    *,
    descending: bool = True,
) -> Sequence[AuditEvent]:
    """Lines of the log, the newest first unless another of `SORTS` is asked for."""
    columns = {
        "line": (AuditEvent.id,),
        "actor": (AuditEvent.actor, AuditEvent.id),
        "verb": (AuditEvent.verb, AuditEvent.id),
        "target": (AuditEvent.kind, AuditEvent.target, AuditEvent.id),
    }
    order = [one.desc() if descending else one.asc() for one in columns[sort]]
    return db.session.scalars(
        _asked(select(AuditEvent), asked).order_by(*order).offset(start).limit(size)
    ).all()


def number_of(asked: Asked) -> int:
    """How many lines there are."""
    return db.session.scalar(_asked(select(func.count()).select_from(AuditEvent), asked)) or 0


def known(column: str) -> list[str]:
    """The verbs or kinds that stand in the log."""
    return sorted(db.session.scalars(select(getattr(AuditEvent, column)).distinct()))


def actors() -> dict[int, str]:
    """Who acted, by number: the name as it was in the newest line."""
    newest = (
        select(func.max(AuditEvent.id)).where(AuditEvent.actor_id.is_not(None)).group_by(AuditEvent.actor_id)
    )
    rows = db.session.execute(
        select(AuditEvent.actor_id, AuditEvent.actor)
        .where(AuditEvent.id.in_(newest))
        .order_by(AuditEvent.actor)
    )
    return {row.actor_id: row.actor for row in rows}


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


def _asked(found: Select[Any], asked: Asked) -> Select[Any]:
    for column, value in (
        (AuditEvent.actor_id, asked.actor_id),
        (AuditEvent.verb, asked.verb),
        (AuditEvent.kind, asked.kind),
        (AuditEvent.target, asked.target),
    ):
        if value not in {None, ""}:
            found = found.where(column == value)
    if asked.words:
        texts = (AuditEvent.target, AuditEvent.actor, AuditEvent.reason)
        found = found.where(or_(*(text.icontains(asked.words, autoescape=True) for text in texts)))
    if asked.since:
        found = found.where(AuditEvent.at >= asked.since)
    if asked.until:
        found = found.where(AuditEvent.at < asked.until)
    return found


def _lines() -> Iterator[Any]:
    columns = AuditEvent.__table__.columns
    after = 0
    while rows := db.session.execute(
        select(*columns).where(AuditEvent.id > after).order_by(AuditEvent.id).limit(MOST_AT_ONCE)
    ).all():
        yield from rows
        after = rows[-1].id


def _line(actor: Actor, act: Act) -> dict[str, Any]:
    kind, name = act.target if isinstance(act.target, tuple) else _named(act.target)
    return {
        "at": now(),
        "actor_id": actor.user_id,
        "actor": actor.name,
        "verb": act.verb,
        "kind": kind,
        "target": name,
        "reason": act.reason or None,
        "detail": json.loads(json.dumps(act.detail, default=str)),
    }


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
        raise TypeError("the audit log is written by record_all() alone and never changed")
