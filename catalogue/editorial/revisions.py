"""Reads about revisions: what is open, what is live, what was, and what is planned."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, func, select

from catalogue.database import db
from catalogue.editorial.models import Revision
from catalogue.editorial.rules import AT_THE_OFFICE, OPEN, State
from catalogue.kernel.errors import NotFound


def revision(revision_id: int) -> Revision:
    """The revision of that number; NotFound."""
    found = db.session.get(Revision, revision_id)
    if found is None:
        raise NotFound("revision.unknown")
    return found


def open_revision(kind: str, code: str) -> Revision | None:
    """What somebody is at work on, as the database has it now; None where nobody is."""
    return db.session.scalar(_of(kind, code).where(Revision.state.in_(OPEN)))


def live_revision(kind: str, code: str) -> Revision | None:
    """What is public; None where nothing is, or where nobody has edited what the seeds brought."""
    return db.session.scalar(_of(kind, code).where(Revision.state == State.PUBLISHED))


def history(kind: str, code: str) -> Sequence[Revision]:
    """Every revision of a listing, the newest first."""
    return db.session.scalars(_of(kind, code).order_by(Revision.number.desc())).all()


def numbered(kind: str, code: str, number: int) -> Revision:
    """One revision of a listing; NotFound."""
    found = db.session.scalar(_of(kind, code).where(Revision.number == number))
    if found is None:
        raise NotFound("revision.unknown")
    return found


def newest(kind: str) -> Sequence[Revision]:
    """Of every listing of a kind that has any, the newest revision."""
    last = (
        select(Revision.code, func.max(Revision.number).label("number"))
        .where(Revision.kind == kind)
        .group_by(Revision.code)
        .subquery()
    )
    return db.session.scalars(
        select(Revision)
        .join(last, (Revision.code == last.c.code) & (Revision.number == last.c.number))
        .where(Revision.kind == kind)
    ).all()


def last_number(kind: str, code: str) -> int:
    """How many revisions a listing has had."""
    counted = select(func.max(Revision.number)).where(Revision.kind == kind, Revision.code == code)
    return db.session.scalar(counted) or 0


def is_with_the_office(producer_code: str, photograph: str) -> bool:
    """Whether a photograph is being looked at with one of the producer's listings."""
    sent = select(Revision.content).where(
        Revision.producer_code == producer_code, Revision.state.in_(AT_THE_OFFICE)
    )
    return any(photograph in (content.get("photographs") or ()) for content in db.session.scalars(sent))


def owner_of(kind: str, code: str) -> str | None:
    """The code of the producer whose listing it is; None where nobody has begun one under that code."""
    owned = select(Revision.producer_code).where(Revision.kind == kind, Revision.code == code)
    return db.session.scalar(owned.order_by(Revision.number.desc()).limit(1))


def is_taken(kind: str, code: str) -> bool:
    """Whether a revision has that code, in whatever state."""
    return owner_of(kind, code) is not None


def owners(kind: str) -> dict[str, str]:
    """By code, the producer of every listing of that kind that anybody has begun."""
    rows = db.session.execute(select(Revision.code, Revision.producer_code).where(Revision.kind == kind))
    return {row.code: row.producer_code for row in rows}


def open_revisions(kind: str, codes: Collection[str], *, hold: bool = False) -> Sequence[Revision]:
    """What is being worked on among these listings, as the database has it now. `hold`: nobody else changes
    it until the transaction ends; SQLite has held everything since its first change."""
    rows = _among(kind, codes).where(Revision.state.in_(OPEN))
    return db.session.scalars(rows.with_for_update() if hold else rows).all()


def live_revisions(kind: str, codes: Collection[str]) -> Sequence[Revision]:
    """What is public among these listings, of what anybody has edited."""
    return db.session.scalars(_among(kind, codes).where(Revision.state == State.PUBLISHED)).all()


def last_numbers(kind: str, codes: Collection[str]) -> dict[str, int]:
    """How many revisions each of these listings has had, by its code; those without any are absent."""
    counted = (
        select(Revision.code, func.max(Revision.number).label("last"))
        .where(Revision.kind == kind, Revision.code.in_(codes))
        .group_by(Revision.code)
    )
    return {row.code: row.last for row in db.session.execute(counted)}


def newest_of_producers(producers: Collection[str]) -> dict[tuple[str, str], Revision]:
    """By kind and code, the newest revision of every listing of these producers that has any."""
    rows = db.session.scalars(
        select(Revision)
        .where(Revision.producer_code.in_(producers))
        .order_by(Revision.kind, Revision.code, Revision.number)
    )
    return {(row.kind, row.code): row for row in rows}


def due(moment: datetime) -> Sequence[Revision]:
    """What is approved and planned for a moment that has come, in that order."""
    return db.session.scalars(
        select(Revision)
        .where(Revision.state == State.APPROVED, Revision.publish_at <= moment)
        .order_by(Revision.publish_at, Revision.id)
    ).all()


def next_planned() -> datetime | None:
    """The earliest moment that is planned for a publication."""
    return db.session.scalar(select(func.min(Revision.publish_at)).where(Revision.state == State.APPROVED))


def unconfirmed(producers: Collection[str]) -> Sequence[Revision]:
    """What staff wrote in the name of these producers and they have not confirmed yet."""
    return db.session.scalars(
        select(Revision)
        .where(
            Revision.producer_code.in_(producers),
            Revision.assisted.is_(True),
            Revision.confirmed_at.is_(None),
            Revision.state != State.ARCHIVED,
        )
        .order_by(Revision.saved_at)
    ).all()


def _of(kind: str, code: str) -> Select[Revision]:
    return (
        select(Revision)
        .where(Revision.kind == kind, Revision.code == code)
        .execution_options(populate_existing=True)
    )


def _among(kind: str, codes: Collection[str]) -> Select[Revision]:
    return (
        select(Revision)
        .where(Revision.kind == kind, Revision.code.in_(codes))
        .execution_options(populate_existing=True)
    )
