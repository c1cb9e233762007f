"""What every action on a listing rests on: holding a revision, adding one, and putting one on show."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any

from catalogue import audit, outbox, version
from catalogue.database import db, unless_taken
from catalogue.editorial import revisions, rules
from catalogue.editorial.listings import LISTINGS, faults_of
from catalogue.editorial.models import Revision, TranslationMark
from catalogue.editorial.rules import Content, State, Step
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now
from catalogue.kernel.errors import Conflict, NotFound, RuleBroken, require
from catalogue.media.rules import may_stand
from catalogue.media.standing import assets

SUBMITTED, PUBLISHED = "revision.submitted", "revision.published"


def owner_of(kind: str, code: str) -> str:
    """The producer whose listing it is; NotFound."""
    owner = revisions.owner_of(kind, code)
    if owner is None:
        live = LISTINGS[kind].read(code) if kind in LISTINGS else None
        owner = live.producer_code if live else None
    if owner is None:
        raise NotFound("listing.unknown")
    return owner


def live_of(kind: str, code: str) -> Revision | None:
    """The public revision, brought to what the catalogue really shows.

    What the seeds brought, or changed since, has no revision yet: it gets one, which nobody here wrote.
    """
    known, shown = revisions.live_revision(kind, code), LISTINGS[kind].read(code)
    if shown is None or shown.archived_at is not None:
        return known
    content = LISTINGS[kind].tidy(shown.content)
    if known is not None and not rules.diff(known.content, content):
        return known
    moment = now()
    if known is not None:
        close(known, moment)
    since = moment if known else shown.since or moment
    number = revisions.last_number(kind, code) + 1
    revision = as_it_stands(kind, code, shown.producer_code, number, content, since)
    with unless_taken(Conflict("revision.changed_meanwhile")):
        db.session.add(revision)
    return revision


def as_it_stands(
    kind: str, code: str, producer_code: str, number: int, content: Content, since: datetime
) -> Revision:
    """A public revision of what the catalogue shows, which nobody here wrote."""
    return Revision(
        kind=kind,
        code=code,
        producer_code=producer_code,
        number=number,
        state=State.PUBLISHED,
        content=dict(content),
        begun_at=since,
        saved_at=since,
        published_at=since,
    )


def add(
    actor: Actor,
    kind: str,
    code: str,
    producer_code: str,
    content: Content,
    *,
    base: Revision | None,
    marks: Collection[rules.Mark],
    state: State = State.DRAFT,
    moment: datetime | None = None,
) -> Revision:
    number = revisions.last_number(kind, code) + 1
    revision = written(
        actor, kind, code, producer_code, number, content, base=base, marks=marks, state=state, moment=moment
    )
    with unless_taken(Conflict("revision.changed_meanwhile")):
        db.session.add(revision)
    return revision


def written(
    actor: Actor,
    kind: str,
    code: str,
    producer_code: str,
    number: int,
    content: Content,
    *,
    base: Revision | None,
    marks: Collection[rules.Mark],
    state: State = State.DRAFT,
    moment: datetime | None = None,
) -> Revision:
    """A revision that somebody writes; it is not in the session yet."""
    revision = Revision(
        kind=kind,
        code=code,
        producer_code=producer_code,
        number=number,
        base_number=base.number if base else None,
        state=state,
        content=dict(content),
        published_at=moment,
        marks=[TranslationMark(**asdict(mark)) for mark in marks],
    )
    note_writer(actor, revision, first=True)
    return revision


def write(actor: Actor, revision: Revision, content: Content, changed: Collection[str]) -> None:
    """Let a held revision say something else in these fields, and note who wrote what from what."""
    if "photographs" in changed:
        require_own_photographs(revision.producer_code, content, revision.content)
    before, revision.content = revision.content, dict(content)
    note_translations(revision, before, actor)
    note_writer(actor, revision)
    revision.touched = {**revision.touched, **dict.fromkeys(changed, revision.version)}
    db.session.flush()


def require_own_photographs(producer_code: str, content: Content, before: Content) -> None:
    """What is put on a producer's page is its own; what the office has put there stays."""
    added = set(content.get("photographs") or ()) - set(before.get("photographs") or ())
    require(all(may_stand(asset.owner, producer_code) for asset in assets(added)))


def note_writer(actor: Actor, revision: Revision, *, first: bool = False) -> None:
    """Note who wrote, when, and whether it was in another's name."""
    revision.author_id, revision.author, revision.saved_at = actor.user_id, actor.name, now()
    revision.version = 1 if first else revision.version + 1
    if actor.user_id not in (revision.writers or []):
        revision.writers = [*(revision.writers or []), actor.user_id]
    if revision.producer_code != rules.OFFICE and revision.producer_code not in actor.speaks_for:
        revision.assisted, revision.confirmed_at, revision.confirmed_by = True, None, None


def note_translations(revision: Revision, before: Content, actor: Actor) -> None:
    """Note what was translated from what."""
    wanted = {
        (mark.field, mark.language): mark
        for mark in rules.marks_after(before, revision.content, revision.known_marks, actor.name, now())
    }
    for row in list(revision.marks):
        mark = wanted.pop((row.field, row.language), None)
        if mark is None:
            revision.marks.remove(row)
        elif mark != row.as_mark:
            for name, value in asdict(mark).items():
                setattr(row, name, value)
    revision.marks += [TranslationMark(**asdict(mark)) for mark in wanted.values()]


def require_step(step: Step, revision: Revision) -> None:
    if not rules.can(step, State(revision.state)):
        raise RuleBroken("revision.not_in_this_state", state=revision.state)


def require_sound(revision: Revision, *, publishing: bool = False) -> None:
    found = faults_of(revision.kind, revision.code, revision.content, publishing=publishing)
    if found:
        raise RuleBroken("revision.incomplete", field=next(iter(found)), faults=found)


def hand_over(revision: Revision) -> None:
    """Let a sound draft wait at the office, and note by when it is answered."""
    require_sound(revision)
    moment = now()
    revision.state, revision.submitted_at = State.SUBMITTED, moment
    revision.answer_by = rules.answer_by(moment, came_back=revision.decided_at is not None)
    db.session.flush()
    outbox.announce(SUBMITTED, revision_id=revision.id)


def written_upon(kind: str, content: Content, seen: Content | None, now: Content) -> dict[str, Any]:
    """What `now` becomes with the fields that `content` names, typed where `seen` stood.

    What was left as it was seen follows `now`; Conflict where both changed the same part to something else.
    Where nobody knows what was seen, everything counts as changed.
    """
    tidy = LISTINGS[kind].tidy
    wanted = tidy({**now, **content})
    if seen is None:
        return wanted
    base = {**now, **seen}
    if rules.clashes(base, wanted, now):
        raise Conflict("revision.changed_meanwhile")
    return tidy(rules.merge(base, wanted, now))


def base_of(revision: Revision, live: Content) -> Content:
    """What a revision was made from; what readers see now, where it was made from nothing."""
    number = revision.base_number
    return revisions.numbered(revision.kind, revision.code, number).content if number else live


def changed_alone(revision: Revision, live: Content) -> list[str]:
    """The parts of a draft that stay as readers see them: changed at once after it was begun."""
    return rules.changed_alone(revision.kind, base_of(revision, live), revision.content, live)


def once_published(revision: Revision, live: Content) -> dict[str, Any]:
    """What readers will see once a revision is published over what they see now."""
    base = base_of(revision, live)
    kept = rules.changed_alone(revision.kind, base, revision.content, live)
    merged = rules.merge(base, revision.content, live, kept)
    return LISTINGS[revision.kind].tidy(merged)


def changes(revision: Revision, live: Content | None) -> list[rules.Change]:
    """What readers would see otherwise than now; all that it says where nothing is public."""
    return rules.diff(live or {}, once_published(revision, live) if live else revision.content)


def put_on_show(actor: Actor, revision: Revision, moment: datetime) -> None:
    """Put a revision on show over what is public now, and close what was."""
    kind, code = revision.kind, revision.code
    live = live_of(kind, code)
    told: dict[str, Any] = {}
    if live is not None:
        if kept := changed_alone(revision, live.content):
            told["kept"] = [rules.field_of(part) for part in kept]
        revision.content = once_published(revision, live.content)
        close(live, moment)
    require_sound(revision, publishing=True)
    revision.state, revision.published_at = State.PUBLISHED, moment
    db.session.flush()
    shown = LISTINGS[kind].read(code)
    if shown is not None and shown.archived_at is not None:
        LISTINGS[kind].archive(code, None)
    apply_content(actor, revision, moment)
    note(actor, "publish", revision, **told)
    outbox.announce(PUBLISHED, revision_id=revision.id)


def apply_content(actor: Actor, revision: Revision, moment: datetime) -> None:
    """Let the catalogue show what a revision says."""
    stale = rules.stale(revision.content, revision.known_marks)
    LISTINGS[revision.kind].apply(
        actor,
        revision.code,
        revision.producer_code,
        revision.content,
        [f"{name}.{language}" for name, language in stale],
        moment,
    )


def note(actor: Actor, verb: str, revision: Revision, *, reason: str | None = None, **detail: Any) -> None:
    """Record an act on a listing, and on which of its revisions."""
    target = (revision.kind, revision.code)
    audit.record(actor, verb, target, reason=reason, number=revision.number, **detail)


def close(revision: Revision, moment: datetime) -> None:
    revision.state, revision.archived_at = State.ARCHIVED, moment
    db.session.flush()


def plan() -> None:
    """Let everybody who reads know when the catalogue changes next by itself."""
    version.plan(revisions.next_planned())
