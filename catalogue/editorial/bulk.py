"""Many drafts at once: what `actions` does one by one, in so few statements that nobody has to wait long."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue import audit
from catalogue.database import db, unless_taken
from catalogue.editorial import overview, revisions, rules
from catalogue.editorial.dry_run import Outcome
from catalogue.editorial.keeping import as_it_stands, note_translations, note_writer, written
from catalogue.editorial.listings import LISTINGS
from catalogue.editorial.models import Revision
from catalogue.editorial.overview import Standing
from catalogue.editorial.rules import State
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now
from catalogue.kernel.errors import Conflict, require
from catalogue.kernel.text import slug


def make_drafts(actor: Actor, kind: str, new: Sequence[Outcome], changed: Sequence[Outcome]) -> None:
    """Begin the new listings and save the changes of the others, as drafts.

    Conflict where somebody saved, published or began one of them since the dry run.
    """
    for maker in {one.producer for one in (*new, *changed)}:
        require(maker is not None and rules.may_write(actor, maker))
    with unless_taken(Conflict("sheet.changed_meanwhile")):
        _begin(actor, kind, new)
        _change(actor, kind, changed)
    for maker in sorted({str(one.producer) for one in (*new, *changed)}):
        begun, saved = (sum(one.producer == maker for one in of) for of in (new, changed))
        audit.record(
            actor, "write_sheet", ("producer", maker), kind_of_listing=kind, begun=begun, saved=saved
        )


def _begin(actor: Actor, kind: str, new: Sequence[Outcome]) -> None:
    taken = set(overview.owners(kind))
    for one in new:
        assert one.producer is not None, "asked above"
        name = one.content.get("name") or {}
        wanted = one.code or slug(name.get("vi") or name.get("en") or "") or one.producer
        code = next(code for code in LISTINGS[kind].codes(wanted) if code not in taken)
        taken.add(code)
        marks = rules.marks_after({}, one.content, (), actor.name, now())
        db.session.add(written(actor, kind, code, one.producer, 1, one.content, base=None, marks=marks))


def _change(actor: Actor, kind: str, changed: Sequence[Outcome]) -> None:
    by_code = {one.code: one for one in changed if one.code is not None}
    codes = list(by_code)
    standings = overview.standings(kind, codes, hold=True)
    for code, one in by_code.items():
        if not _is_as_seen(standings[code], one):
            raise Conflict("sheet.changed_meanwhile")
    for part in overview.parts(codes):
        live = {one.code: one for one in revisions.live_revisions(kind, part)}
        numbers = revisions.last_numbers(kind, part)
        _close_outdated(live, standings)
        for code in part:
            at, one = standings[code], by_code[code]
            if at.open is not None:
                _save(actor, at.open, one)
            else:
                _open(actor, kind, one, at, live.get(code), numbers.get(code, 0))


def _is_as_seen(at: Standing, one: Outcome) -> bool:
    """Whether a listing is as the dry run found it."""
    if at.content is None or at.version != one.seen or (at.open and at.open.state not in rules.EDITABLE):
        return False
    return all(at.content.get(change.field) == change.before for change in one.changes)


def _save(actor: Actor, draft: Revision, one: Outcome) -> None:
    before, draft.content = draft.content, dict(one.content)
    note_translations(draft, before, actor)
    note_writer(actor, draft)


def _close_outdated(live: dict[str, Revision], standings: dict[str, Standing]) -> None:
    """What the seeds changed since gets a revision of its own; first the old ones make room for it."""
    for code, known in list(live.items()):
        at = standings[code]
        if at.open is None and rules.diff(known.content, at.public or {}):
            known.state, known.archived_at = State.ARCHIVED, now()
            del live[code]
    db.session.flush()


def _open(actor: Actor, kind: str, one: Outcome, at: Standing, base: Revision | None, number: int) -> None:
    assert one.code is not None, "it is there"
    assert one.producer is not None, "it is somebody's"
    assert at.public is not None, "it has no draft, and is as it was seen"
    if base is None:
        number += 1
        since = at.since if number == 1 and at.since else now()
        base = as_it_stands(kind, one.code, one.producer, number, at.public, since)
        db.session.add(base)
    marks = rules.marks_after(base.content, one.content, base.known_marks, actor.name, now())
    db.session.add(
        written(actor, kind, one.code, one.producer, number + 1, one.content, base=base, marks=marks)
    )
