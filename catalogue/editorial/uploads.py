"""Sheets that makers send: kept for their sender, then applied as drafts, all of it or nothing."""

from __future__ import annotations

import json
import secrets
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from catalogue import audit
from catalogue.database import db
from catalogue.editorial import bulk
from catalogue.editorial.cells import Cell
from catalogue.editorial.dry_run import Plan
from catalogue.editorial.models import SheetUpload
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now
from catalogue.kernel.errors import Conflict, NotFound, RuleBroken
from catalogue.kernel.sheet_plan import Fate

LASTS = timedelta(days=30)
LONGEST_NAME = 200
SHOWN = 5
Rows = Sequence[Sequence[Cell]]


def receive(actor: Actor, kind: str, name: str, rows: Rows) -> SheetUpload:
    """Keep a sheet for the person who sent it; nothing is changed yet."""
    assert actor.user_id is not None, "the door lets in nobody unknown"
    upload = SheetUpload(
        key=secrets.token_urlsafe(16),
        user_id=actor.user_id,
        kind=kind,
        name=name[:LONGEST_NAME],
        table=zlib.compress(json.dumps([[_kept(cell) for cell in row] for row in rows]).encode()),
    )
    db.session.add(upload)
    db.session.flush()
    return upload


def forget_old() -> None:
    """Let go sheets that were sent long ago."""
    db.session.execute(delete(SheetUpload).where(SheetUpload.received_at < now() - LASTS))


def found(actor: Actor, key: str) -> SheetUpload:
    """A sheet that this person sent; NotFound for everybody else."""
    upload = db.session.get(SheetUpload, key)
    if upload is None or upload.user_id != actor.user_id:
        raise NotFound("sheet.unknown")
    return upload


def newest(actor: Actor, kind: str) -> Sequence[SheetUpload]:
    """The last sheets of this kind that this person sent, the newest first."""
    return db.session.scalars(
        select(SheetUpload)
        .where(SheetUpload.user_id == actor.user_id, SheetUpload.kind == kind)
        .order_by(SheetUpload.received_at.desc())
        .limit(SHOWN)
    ).all()


def rows_of(upload: SheetUpload) -> list[list[Cell]]:
    """The rows of a sheet as they were sent."""
    return [[_read(cell) for cell in row] for row in json.loads(zlib.decompress(upload.table))]


def apply(actor: Actor, upload: SheetUpload, plan: Plan, seen: str) -> None:
    """Make drafts of all that a sheet says. `plan`: as things stand now; `seen`: the digest of what its
    sender saw and confirmed. Conflict where something changed since, RuleBroken where something is wrong."""
    new, changed = plan.having(Fate.NEW), plan.having(Fate.CHANGED)
    written = Written(len(new), [str(one.code) for one in changed])
    with applying(actor, upload, plan.digest, seen, written):
        if not plan.can_be_applied:
            raise RuleBroken("sheet.not_applicable")
        bulk.make_drafts(actor, upload.kind, new, changed)


@dataclass(frozen=True)
class Written:
    """What a sheet did: how many rows were new, and the names of those that were changed."""

    new: int
    changed: Sequence[str]


@contextmanager
def applying(actor: Actor, upload: SheetUpload, digest: str, seen: str, written: Written) -> Iterator[None]:
    """Around whatever applies a sheet: it is applied once, by one, and as its sender saw it; the log tells of
    it as of one act, besides what each row did."""
    if upload.applied_at is not None:
        raise RuleBroken("sheet.applied_already")
    if digest != seen:
        raise Conflict("sheet.changed_meanwhile")
    _hold(upload)
    yield
    upload.applied_at = now()
    upload.added, upload.changed = written.new, len(written.changed)
    audit.record(
        actor,
        "import",
        ("sheet", upload.kind),
        file=upload.name,
        begun=written.new,
        saved=len(written.changed),
        rows=list(written.changed),
    )


def _hold(upload: SheetUpload) -> None:
    """From here on nobody else applies it; on SQLite nobody else writes anything, so it comes last."""
    held = update(SheetUpload).where(SheetUpload.key == upload.key, SheetUpload.applied_at.is_(None))
    done = db.session.execute(held.values(kind=SheetUpload.kind).execution_options(synchronize_session=False))
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise RuleBroken("sheet.applied_already")


def _kept(cell: Cell) -> Any:
    return {"date": cell.isoformat()} if isinstance(cell, date) else cell


def _read(value: Any) -> Cell:
    if isinstance(value, dict):
        return date.fromisoformat(value["date"])
    assert value is None or isinstance(value, str | int | float)
    return value
