"""What visitors report, as the office works on it: found, taken, decided in words that the writer reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from catalogue import audit, outbox
from catalogue.database import db, lock
from catalogue.enquiries import rules
from catalogue.enquiries.models import CorrectionRequest
from catalogue.enquiries.rules import CorrectionState
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now
from catalogue.kernel.errors import require

REPORT_DECIDED = "report.decided"
OPEN = (CorrectionState.NEW.value, CorrectionState.TAKEN.value)
SORTS: dict[str, Any] = {
    "received": CorrectionRequest.received,
    "kind": CorrectionRequest.kind,
    "state": CorrectionRequest.state,
    "about": func.coalesce(CorrectionRequest.about, CorrectionRequest.record),
    "who": CorrectionRequest.taken_by,
}


@dataclass(frozen=True)
class Wanted:
    """Which reports: `state` is one, or `open` for what nobody has decided; empty texts ask for nothing."""

    state: str = "open"
    kind: str = ""
    text: str = ""
    taken_by: int | None = None
    sort: str = "received"
    descending: bool = False


def found(wanted: Wanted, start: int, size: int | None) -> tuple[Sequence[CorrectionRequest], int]:
    """`size` reports from the `start`-th, all from there where it is None; and how many there are."""
    total = db.session.scalar(select(func.count()).select_from(_chosen(wanted).subquery())) or 0
    column = SORTS[wanted.sort]
    order = column.desc() if wanted.descending else column.asc()
    rows = select(CorrectionRequest).where(CorrectionRequest.id.in_(_chosen(wanted)))
    rows = rows.order_by(order, CorrectionRequest.id).offset(start)
    return db.session.scalars(rows if size is None else rows.limit(size)).all(), total


def takers() -> dict[int, str]:
    """Who looks or looked after a report, by number, with the name as it was then."""
    rows = db.session.execute(
        select(CorrectionRequest.taken_by_id, func.max(CorrectionRequest.taken_by).label("name"))
        .where(CorrectionRequest.taken_by_id.is_not(None))
        .group_by(CorrectionRequest.taken_by_id)
        .order_by(func.max(CorrectionRequest.taken_by))
    )
    return {row.taken_by_id: row.name for row in rows}


def numbers() -> Mapping[str, int]:
    """How many reports there are, by state."""
    counted = select(CorrectionRequest.state, func.count().label("number")).group_by(CorrectionRequest.state)
    return {row.state: row.number for row in db.session.execute(counted)}


def take(actor: Actor, report: CorrectionRequest) -> None:
    """Look after it oneself; who has taken what somebody else had says so by that."""
    require(rules.may_see_reports(actor))
    lock(report)
    if report.state in rules.DECIDED:
        rules.check_decision(CorrectionState(report.state), "")
    report.state = CorrectionState.TAKEN.value
    report.taken_by_id, report.taken_by = actor.user_id, actor.name
    audit.record(actor, "take", report)


def decide(actor: Actor, report: CorrectionRequest, answer: str, *, done: bool) -> None:
    """Something was done about it, or nothing will be; the writer is told in these words."""
    require(rules.may_see_reports(actor))
    lock(report)
    rules.check_decision(CorrectionState(report.state), answer)
    report.state = (CorrectionState.DONE if done else CorrectionState.DECLINED).value
    report.answer, report.decided = answer, now()
    audit.record(actor, "decide", report, reason=answer, state=report.state)
    if not report.suspect:
        outbox.announce(REPORT_DECIDED, report_id=report.id)


def reopen(actor: Actor, report: CorrectionRequest) -> None:
    """It was decided too early; what was told to the writer stays in the log."""
    require(rules.may_see_reports(actor))
    lock(report)
    if report.state in rules.DECIDED:
        report.state, report.decided = CorrectionState.TAKEN.value, None
        report.taken_by_id, report.taken_by = actor.user_id, actor.name
        audit.record(actor, "reopen", report)


def forget_old(moment: datetime) -> None:
    """Let go reports that were decided long ago, with the address of whoever sent them."""
    old = select(CorrectionRequest).where(CorrectionRequest.decided < moment - rules.KEPT_FOR)
    for report in db.session.scalars(old):
        db.session.delete(report)


def _chosen(wanted: Wanted) -> Select[int]:
    chosen = select(CorrectionRequest.id)
    if wanted.state:
        states = OPEN if wanted.state == "open" else (wanted.state,)
        chosen = chosen.where(CorrectionRequest.state.in_(states))
    if wanted.kind:
        chosen = chosen.where(CorrectionRequest.kind == wanted.kind)
    if wanted.taken_by is not None:
        chosen = chosen.where(CorrectionRequest.taken_by_id == wanted.taken_by)
    if wanted.text:
        looked_for = (CorrectionRequest.text, CorrectionRequest.record, CorrectionRequest.about)
        anywhere = [column.icontains(wanted.text, autoescape=True) for column in looked_for]
        chosen = chosen.where(anywhere[0] | anywhere[1] | anywhere[2])
    return chosen
