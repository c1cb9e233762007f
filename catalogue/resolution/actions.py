"""Noting published figures beside the targets: entered, put right, taken out again."""

from __future__ import annotations

from enum import Enum
from typing import Any

from sqlalchemy import inspect, select

from catalogue import audit
from catalogue.database import db, unless_taken
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now, today
from catalogue.kernel.errors import Conflict, NotFound, require
from catalogue.records import by_code
from catalogue.resolution.models import PublishedFigure, Target
from catalogue.resolution.rules import Figure, check_figure, check_value, may_note_figures

# A figure is noted once; what we write of the noting itself stands in each line of the log anyway.
ONCE = ("target", "year", "period", "scope", "value", "url")
OURS = ("id", "entered_by_id", "entered_by", "entered_at")


def note(actor: Actor, figure: Figure) -> PublishedFigure:
    """Enter a figure; it stands on the public page from now on. Conflict where it is noted already."""
    require(may_note_figures(actor))
    _check(figure)
    row = PublishedFigure(entered_by_id=actor.user_id, entered_by=actor.name, entered_at=now())
    with unless_taken(_known()):
        _write(row, figure)
        db.session.add(row)
    audit.record(actor, "note", row, figure=_told(row))
    return row


def correct(actor: Actor, row: PublishedFigure, figure: Figure) -> None:
    """Put a figure right; what stood there before stays in the log."""
    require(may_note_figures(actor))
    _check(figure, besides=row.id)
    before = _told(row)
    with unless_taken(_known()):
        _write(row, figure)
    if (after := _told(row)) != before:
        audit.record(actor, "correct", row, before=before, after=after)


def remove(actor: Actor, row: PublishedFigure) -> None:
    """Take a figure out; it stays in the log."""
    require(may_note_figures(actor))
    audit.record(actor, "remove", row, figure=_told(row))
    db.session.delete(row)
    db.session.flush()


def _check(figure: Figure, besides: int | None = None) -> None:
    check_figure(figure, today())
    target = by_code(Target, figure.target)
    if target is None:
        raise NotFound("target.unknown", field="target")
    check_value(figure, target.unit)
    told = _plain(figure)
    same = [getattr(PublishedFigure, name) == told[name] for name in ONCE]
    known = db.session.scalar(select(PublishedFigure.id).where(*same))
    if known not in (None, besides):
        raise _known()


def _known() -> Conflict:
    return Conflict("figure.known", field="value")


def _write(row: PublishedFigure, figure: Figure) -> None:
    for name, value in _plain(figure).items():
        setattr(row, name, value)


def _plain(figure: Figure) -> dict[str, Any]:
    """As the table keeps it: words instead of members of enumerations."""
    return {name: str(value) if isinstance(value, Enum) else value for name, value in vars(figure).items()}


def _told(row: PublishedFigure) -> dict[str, Any]:
    """As the log keeps it."""
    return {
        column.key: getattr(row, column.key)
        for column in inspect(PublishedFigure).columns
        if column.key not in OURS
    }
