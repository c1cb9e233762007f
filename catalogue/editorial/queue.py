"""What waits at the reviewers' desk, narrowed and in the order in which it is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func, or_, select

from catalogue.database import db
from catalogue.editorial.models import Revision
from catalogue.editorial.rules import TITLES, State
from catalogue.producers.models import Producer
from catalogue.records import with_words

# The texts that stand on cards and in searches: without one of them a listing is asked to be translated.
TRANSLATED = ("name", "summary")


class Show(StrEnum):
    """A part of the desk."""

    WAITING = "waiting"
    MINE = "mine"
    FREE = "free"
    PLANNED = "planned"
    RETURNED = "returned"


class Sort(StrEnum):
    """By the day of the promised answer, or another column of the desk; NEWEST: what was sent last first."""

    DEADLINE = "deadline"
    NEWEST = "newest"
    FILE = "file"
    WHAT = "what"
    SENT = "sent"
    HAND = "hand"


@dataclass(frozen=True)
class Wanted:
    """Which files are asked for. `kind`: of listing; `is_new`: whether readers do not know the listing yet;
    `untranslated`: a language is missing; `words`: of the listing's or maker's name, or code."""

    show: Show = Show.WAITING
    kind: str = ""
    is_new: bool | None = None
    untranslated: bool = False
    words: str = ""
    sort: Sort = Sort.DEADLINE
    descending: bool = False


def files(
    wanted: Wanted, reviewer_id: int | None, start: int, size: int | None
) -> tuple[Sequence[Revision], int]:
    """So many files from a place on (None: the rest), and how many there are in all."""
    found = _narrowed(wanted, reviewer_id)
    ordered = found.order_by(*_order(wanted))
    return with_words(Revision, _texts(ordered), wanted.words, start, size)


def untaken() -> list[tuple[int, list[int | None]]]:
    """The numbers of those that nobody has in hand, and who wrote them; the most urgent first."""
    wanted = Wanted(Show.FREE)
    found = _narrowed(wanted, None).order_by(*_order(wanted))
    rows = db.session.execute(found.with_only_columns(Revision.id, Revision.writers))
    return [(row.id, row.writers) for row in rows]


def numbers(reviewer_id: int | None) -> dict[Show, int]:
    """How many files each part of the desk holds."""
    is_mine = Revision.taken_by_id == reviewer_id if reviewer_id is not None else Revision.id.is_(None)
    rows = db.session.execute(
        select(
            Revision.state,
            func.count(),
            func.count().filter(is_mine),
            func.count().filter(Revision.taken_by_id.is_(None)),
        )
        .where(Revision.state.in_([State.SUBMITTED, State.APPROVED, State.RETURNED]))
        .group_by(Revision.state)
    )
    of = {state: (count, mine, free) for state, count, mine, free in rows}
    waiting, mine, free = of.get(State.SUBMITTED, (0, 0, 0))
    return {
        Show.WAITING: waiting,
        Show.MINE: mine,
        Show.FREE: free,
        Show.PLANNED: of.get(State.APPROVED, (0,))[0],
        Show.RETURNED: of.get(State.RETURNED, (0,))[0],
    }


def kinds() -> list[str]:
    """The kinds of listings of which something was ever sent."""
    sent = select(Revision.kind).where(Revision.submitted_at.is_not(None)).distinct()
    return sorted(db.session.scalars(sent))


def _narrowed(wanted: Wanted, reviewer_id: int | None) -> Select[Revision]:
    states = {Show.PLANNED: State.APPROVED, Show.RETURNED: State.RETURNED}
    found = select(Revision).where(Revision.state == states.get(wanted.show, State.SUBMITTED))
    if wanted.show is Show.MINE:
        found = found.where(Revision.taken_by_id == reviewer_id)
    if wanted.show is Show.FREE:
        found = found.where(Revision.taken_by_id.is_(None))
    if wanted.kind:
        found = found.where(Revision.kind == wanted.kind)
    if wanted.is_new is not None:
        known = Revision.base_number.is_not(None)
        found = found.where(~known if wanted.is_new else known)
    if wanted.untranslated:
        texts = [[Revision.content[name][one].as_string() for one in ("vi", "en")] for name in TRANSLATED]
        found = found.where(or_(*(vi.is_(None) != en.is_(None) for vi, en in texts)))
    return found


def _texts(found: Select[Revision]) -> Select[Any]:
    """The numbers of files with what each and its maker are called: as the desk shows them, and by code."""
    names = [Revision.content[title][one].as_string() for title in TITLES for one in ("vi", "en")]
    named = found.outerjoin(Producer, Producer.code == Revision.producer_code)
    return named.with_only_columns(
        Revision.id, Revision.code, Revision.producer_code, *names, Producer.slug_vi, Producer.slug_en
    )


def _order(wanted: Wanted) -> tuple[Any, ...]:
    if wanted.sort is Sort.NEWEST:
        return (Revision.submitted_at.desc(), Revision.id.desc())
    columns: dict[Sort, tuple[Any, ...]] = {
        Sort.FILE: (Revision.code,),
        Sort.WHAT: (Revision.base_number.is_not(None), Revision.kind),
        Sort.SENT: (Revision.submitted_at,),
        Sort.HAND: (func.coalesce(Revision.taken_by, ""),),
        Sort.DEADLINE: (Revision.answer_by.is_(None), Revision.answer_by, Revision.submitted_at),
    }
    if wanted.show is Show.PLANNED:
        columns[Sort.DEADLINE] = (Revision.publish_at.is_(None), Revision.publish_at)
    order = columns[wanted.sort]
    return (*(one.desc() if wanted.descending else one for one in order), Revision.id)
