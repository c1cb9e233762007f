"""The one queue: what must follow a change is written down in the transaction of the change.

A message is claimed with a lease, and deleted in the transaction of the work it asked for. What fails is
tried again, later each time; after the last attempt it is parked where an operator sees it. A worker that
dies lets its lease run out, so a message may be worked on twice, and never not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.database import Model, UTCDateTime, db
from catalogue.kernel.clock import now

# Longer than any one piece of work takes; a message whose worker died waits as long as this.
LEASE = timedelta(minutes=5)
# How long to wait after the first, second … failure; after the last one the message is parked.
DELAYS = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 3600, 6 * 3600))
MOST_ATTEMPTS = len(DELAYS) + 1
LONGEST_TROUBLE = 2000
# By how much what a person waits for stands before what is made meanwhile, such as a ZIP of photographs.
AHEAD = timedelta(hours=1)


class OutboxMessage(Model):
    """Work that waits. `payload` holds ids and codes, never whole things.

    `due_at`: not before then; a claim moves it to the end of its lease. `attempts` counts the claims and
    tells a worker whether a claim is still its own.
    """

    __tablename__ = "outbox_message"
    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts_counted"),
        CheckConstraint("parked_at IS NULL OR trouble IS NOT NULL", name="parked_with_its_trouble"),
        Index("ix_outbox_message_waiting", "parked_at", "due_at"),
        # SQLite would give the number of a message that is done to the next one, and a worker that had just
        # looked at the first would take the second for it.
        {"sqlite_autoincrement": True},
    )
    is_public = False

    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(String(60))
    payload: Mapped[dict[str, Any]]
    announced_at: Mapped[datetime] = mapped_column(UTCDateTime)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_by: Mapped[str | None] = mapped_column(String(100))
    trouble: Mapped[str | None]
    parked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class TimetableEntry(Model):
    """When a piece of regular work is due next."""

    __tablename__ = "timetable_entry"
    is_public = False

    topic: Mapped[str] = mapped_column(String(60), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)


@dataclass(frozen=True)
class Claim:
    """A message that one worker may work on until its lease ends."""

    id: int
    topic: str
    payload: dict[str, Any]
    attempt: int


@dataclass(frozen=True)
class Standing:
    """How many messages wait (`claimed` of them are being worked on), and which were given up."""

    waiting: dict[str, int]
    claimed: int
    oldest: datetime | None
    parked: Sequence[OutboxMessage]


def announce(topic: str, **payload: int | str) -> None:
    """Ask for work to be done once the present transaction is committed."""
    _add(topic, payload, ahead=timedelta(0))


def announce_ahead(topic: str, **payload: int | str) -> None:
    """The same, before everything that waits already: somebody looks at the screen for it."""
    _add(topic, payload, ahead=AHEAD)


def _add(topic: str, payload: dict[str, int | str], *, ahead: timedelta) -> None:
    moment = now()
    db.session.add(OutboxMessage(topic=topic, payload=payload, announced_at=moment, due_at=moment - ahead))
    db.session.flush()


def asked(topic: str) -> list[dict[str, Any]]:
    """The payloads of all messages on a topic: what waits, is being worked on, or was given up."""
    return list(db.session.scalars(select(OutboxMessage.payload).where(OutboxMessage.topic == topic)))


def claim(worker: str, topics: Sequence[str] = ()) -> Claim | None:
    """Take the message that has been due longest, of these topics or of any; to be committed at once.

    On PostgreSQL workers pass over each other's rows; on SQLite the slower of two asks again. A message that
    was claimed too often, because it kills its workers, is parked instead.
    """
    moment = now()
    due = (
        select(OutboxMessage)
        .where(OutboxMessage.parked_at.is_(None), OutboxMessage.due_at <= moment)
        .order_by(OutboxMessage.due_at, OutboxMessage.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if topics:
        due = due.where(OutboxMessage.topic.in_(topics))
    message = db.session.scalar(due)
    if message is None:
        return None
    if message.attempts >= MOST_ATTEMPTS:
        message.parked_at, message.claimed_by = moment, None
        message.trouble = message.trouble or "The worker died each time."
        db.session.flush()
        return claim(worker, topics)
    taken = (
        update(OutboxMessage)
        .where(OutboxMessage.id == message.id, OutboxMessage.attempts == message.attempts)
        .values(attempts=message.attempts + 1, claimed_by=worker, due_at=moment + LEASE)
        .execution_options(synchronize_session=False)
    )
    if db.session.execute(taken).rowcount == 0:  # type: ignore[attr-defined]
        return claim(worker, topics)
    return Claim(message.id, message.topic, message.payload, message.attempts + 1)


def done(claimed: Claim) -> None:
    """Forget a message, in the transaction of its work; one that another worker took over stays."""
    _change(claimed, delete(OutboxMessage))


def failed(claimed: Claim, trouble: str) -> None:
    """Note what went wrong; try again later, or park the message after the last attempt."""
    moment = now()
    values: dict[str, Any] = {"claimed_by": None, "trouble": trouble[-LONGEST_TROUBLE:] or "?"}
    if claimed.attempt >= MOST_ATTEMPTS:
        values["parked_at"] = moment
    else:
        values["due_at"] = moment + DELAYS[claimed.attempt - 1]
    _change(claimed, update(OutboxMessage).values(values))


def _change(claimed: Claim, statement: Any) -> None:
    mine = (OutboxMessage.id == claimed.id, OutboxMessage.attempts == claimed.attempt)
    db.session.execute(statement.where(*mine).execution_options(synchronize_session=False))


def let_go(workers: Sequence[str]) -> None:
    """Make what workers that are no more had claimed due at once."""
    held = update(OutboxMessage).where(OutboxMessage.claimed_by.in_(workers))
    db.session.execute(
        held.values(claimed_by=None, due_at=now()).execution_options(synchronize_session=False)
    )


def claimants() -> list[str]:
    """The workers that hold a message."""
    held = select(OutboxMessage.claimed_by).where(OutboxMessage.claimed_by.is_not(None)).distinct()
    return [name for name in db.session.scalars(held) if name]


def try_parked_again() -> int:
    """Give every parked message all its attempts anew; how many there were."""
    again = (
        update(OutboxMessage)
        .where(OutboxMessage.parked_at.is_not(None))
        .values(parked_at=None, attempts=0, due_at=now())
        .execution_options(synchronize_session=False)
    )
    number: int = db.session.execute(again).rowcount  # type: ignore[attr-defined]
    return number


def standing() -> Standing:
    """How the queue stands, for an operator."""
    open_ = OutboxMessage.parked_at.is_(None)
    counts = (
        select(OutboxMessage.topic, func.count())
        .where(open_)
        .group_by(OutboxMessage.topic)
        .order_by(OutboxMessage.topic)
    )
    held = select(func.count()).where(open_, OutboxMessage.claimed_by.is_not(None))
    oldest = db.session.scalar(
        select(OutboxMessage.announced_at).where(open_).order_by(OutboxMessage.announced_at).limit(1)
    )
    parked = select(OutboxMessage).where(OutboxMessage.parked_at.is_not(None)).order_by(OutboxMessage.id)
    return Standing(
        dict(db.session.execute(counts).all()),
        db.session.scalar(held) or 0,
        oldest,
        db.session.scalars(parked).all(),
    )


def announce_what_is_due(timetable: dict[str, timedelta]) -> None:
    """Announce the regular work whose time has come, once however many workers ask: topic → how often."""
    moment = now()
    known = dict(db.session.execute(select(TimetableEntry.topic, TimetableEntry.due_at)).all())
    for topic, interval in timetable.items():
        if topic not in known:
            if _entered(topic, moment + interval):
                announce(topic)
        elif known[topic] <= moment and _moved(topic, known[topic], moment + interval):
            announce(topic)


def _entered(topic: str, due: datetime) -> bool:
    """Whether this worker is the one that wrote the entry."""
    try:
        with db.session.begin_nested():
            db.session.add(TimetableEntry(topic=topic, due_at=due))
    except IntegrityError:
        return False
    return True


def _moved(topic: str, before: datetime, after: datetime) -> bool:
    """Whether this worker is the one that moved the entry on."""
    turn = (
        update(TimetableEntry)
        .where(TimetableEntry.topic == topic, TimetableEntry.due_at == before)
        .values(due_at=after)
        .execution_options(synchronize_session=False)
    )
    return db.session.execute(turn).rowcount == 1  # type: ignore[attr-defined,no-any-return]
