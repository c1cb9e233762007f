"""Writing listings: from a draft to the public page and back, and nothing is ever lost on the way."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from catalogue import outbox, version
from catalogue.accounts.rules import Role
from catalogue.database import db
from catalogue.editorial import revisions, rules
from catalogue.editorial.listings import LISTINGS, Live, faults_of
from catalogue.editorial.models import Revision, TranslationMark
from catalogue.editorial.rules import Content, Reason, State, Step
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now
from catalogue.kernel.errors import CatalogueError, Conflict, NotFound, RuleBroken, require
from catalogue.kernel.text import slug

SUBMITTED, DECIDED, PUBLISHED = "revision.submitted", "revision.decided", "revision.published"


# ---------------------------------------------------------------- writing
def begin(actor: Actor, kind: str, producer_code: str, content: Content) -> Revision:
    """A draft of a listing that does not exist yet; it gets its code, which never changes."""
    require(rules.may_write(actor, producer_code))
    tidied = LISTINGS[kind].tidy(content)
    name = tidied.get("name") or {}
    code = _free_code(kind, slug(name.get("vi") or name.get("en") or "") or producer_code)
    marks = rules.marks_after({}, tidied, (), actor.name, now())
    return _new(actor, kind, code, producer_code, tidied, base=None, marks=marks)


def open_draft(actor: Actor, kind: str, code: str) -> Revision:
    """The draft that is there, else a new one made from what is public."""
    producer_code = owner_of(kind, code)
    require(rules.may_write(actor, producer_code))
    known = revisions.open_revision(kind, code)
    if known is not None:
        return known
    live = _live(kind, code)
    if live is None:
        raise RuleBroken("revision.nothing_public")
    return _new(actor, kind, code, producer_code, live.content, base=live, marks=live.known_marks)


def save_draft(actor: Actor, revision: Revision, content: Content, seen_version: int) -> None:
    """Keep what was typed: the fields that `content` names; all others stay.

    Conflict when somebody saved since `seen_version`: the view shows both. What was saved the same is no
    conflict, so that a form that is sent twice is saved once.
    """
    _take(revision)
    require(rules.may_write(actor, revision.producer_code))
    _require_step(Step.SAVE, revision)
    wanted = LISTINGS[revision.kind].tidy({**revision.content, **content})
    if wanted == revision.content:
        return
    if seen_version != revision.version:
        raise Conflict("revision.changed_meanwhile", version=revision.version)
    before, revision.content = revision.content, wanted
    _mark(revision, before, actor)
    _written(actor, revision)
    db.session.flush()


def set_aside(actor: Actor, revision: Revision) -> None:
    """Close a draft without publishing it; it stays in the history and can be restored."""
    _take(revision)
    require(rules.may_write(actor, revision.producer_code))
    if revision.state not in rules.EDITABLE:
        raise RuleBroken("revision.not_in_this_state", state=revision.state)
    _close(revision, now())


def restore(actor: Actor, revision: Revision) -> Revision:
    """A draft with the content of an older revision; the draft that was open is set aside, not lost."""
    require(rules.may_write(actor, revision.producer_code))
    known = revisions.open_revision(revision.kind, revision.code)
    if known is not None:
        set_aside(actor, known)
    live = _live(revision.kind, revision.code)
    return _new(
        actor,
        revision.kind,
        revision.code,
        revision.producer_code,
        revision.content,
        base=live,
        marks=revision.known_marks,
    )


def submit(actor: Actor, revision: Revision) -> None:
    """Hand a draft to the reviewers."""
    _take(revision)
    require(rules.may_write(actor, revision.producer_code))
    _require_step(Step.SUBMIT, revision)
    _require_sound(revision)
    live = revisions.live_revision(revision.kind, revision.code)
    if live is not None and not rules.diff(live.content, revision.content):
        raise RuleBroken("revision.nothing_changed")
    revision.state, revision.submitted_at = State.SUBMITTED, now()
    db.session.flush()
    outbox.announce(SUBMITTED, revision_id=revision.id)


def take_back(actor: Actor, revision: Revision) -> None:
    """Take a draft out of the office again, to go on writing."""
    _take(revision)
    require(rules.may_write(actor, revision.producer_code))
    _require_step(Step.TAKE_BACK, revision)
    revision.state, revision.publish_at = State.DRAFT, None
    db.session.flush()
    plan()


def publish_alone(actor: Actor, revision: Revision) -> None:
    """Publish one's own draft at once: only what goes stale quickly was changed (`rules.ALONE`)."""
    _take(revision)
    require(rules.may_write(actor, revision.producer_code))
    _require_step(Step.PUBLISH, revision)
    live = revisions.live_revision(revision.kind, revision.code)
    changed = {change.field for change in rules.diff(live.content, revision.content)} if live else set()
    if not rules.may_publish_alone(revision.kind, changed, is_live=live is not None):
        raise RuleBroken("revision.needs_review")
    _publish(actor, revision, now())


def change_alone(actor: Actor, kind: str, code: str, content: Content) -> Revision:
    """Change on the live page what needs no review, whatever draft is open beside it."""
    producer_code = owner_of(kind, code)
    require(rules.may_write(actor, producer_code))
    live = _live(kind, code)
    if live is None:
        raise RuleBroken("revision.nothing_public")
    wanted = LISTINGS[kind].tidy({**live.content, **content})
    changed = {change.field for change in rules.diff(live.content, wanted)}
    if not rules.may_publish_alone(kind, changed, is_live=True):
        raise RuleBroken("revision.needs_review" if changed else "revision.nothing_changed")
    if found := faults_of(kind, code, wanted, publishing=True):
        raise RuleBroken("revision.incomplete", field=next(iter(found)), faults=found)
    moment = now()
    _close(live, moment)
    change = _new(
        actor,
        kind,
        code,
        producer_code,
        wanted,
        base=live,
        marks=live.known_marks,
        state=State.PUBLISHED,
        moment=moment,
    )
    LISTINGS[kind].apply(actor, code, producer_code, wanted, moment)
    outbox.announce(PUBLISHED, revision_id=change.id)
    return change


def confirm(actor: Actor, revision: Revision) -> None:
    """The producer says yes to what staff wrote in its name."""
    _take(revision)
    require(rules.may_confirm(actor, revision.producer_code))
    if not revision.assisted:
        raise RuleBroken("revision.not_assisted")
    revision.confirmed_at, revision.confirmed_by = now(), actor.name
    db.session.flush()


# ---------------------------------------------------------------- deciding
def send_back(actor: Actor, revision: Revision, reasons: Collection[str], text: str | None) -> None:
    """Return a draft to its author, with reasons of the list, words of one's own, or both."""
    _take(revision)
    require(rules.may_review(actor, revision.writers), "review.own")
    _require_step(Step.SEND_BACK, revision)
    words = (text or "").strip()
    if not set(reasons) <= set(rules.CHOSEN_REASONS) or not (words or set(reasons) - {Reason.OTHER}):
        raise RuleBroken("review.without_reason", field="reason")
    _return(revision, reasons, words[: rules.MOST_REASON] or None)
    _decided(actor, revision)
    plan()


def approve(actor: Actor, revision: Revision, seen_version: int) -> None:
    """Say yes to a draft as the reviewer saw it; `publish` or `schedule` follows."""
    _take(revision)
    require(rules.may_review(actor, revision.writers), "review.own")
    _require_step(Step.APPROVE, revision)
    if seen_version != revision.version:
        raise Conflict("revision.changed_meanwhile", version=revision.version)
    _require_sound(revision, publishing=True)
    revision.state = State.APPROVED
    _decided(actor, revision)


def schedule(actor: Actor, revision: Revision, moment: datetime) -> None:
    """Plan the moment from which an approved draft is public."""
    _take(revision)
    require(rules.may_review(actor, revision.writers), "review.own")
    if revision.state != State.APPROVED:
        raise RuleBroken("revision.not_in_this_state", state=revision.state)
    if moment <= now():
        raise RuleBroken("review.moment_is_past", field="moment")
    revision.publish_at = moment
    db.session.flush()
    plan()


def publish(actor: Actor, revision: Revision) -> None:
    """Put an approved draft on show now."""
    _take(revision)
    require(rules.may_review(actor, revision.writers), "review.own")
    if revision.state != State.APPROVED:
        raise RuleBroken("revision.not_in_this_state", state=revision.state)
    _publish(actor, revision, now())
    plan()


def publish_due() -> int:
    """Put on show what is planned for now or before, in the name of who planned it; gives how much there was.

    What cannot be shown any more goes back to the reviewers, so that it does not stand in everybody's way.
    """
    found = revisions.due(now())
    for revision in found:
        reviewer = Actor(revision.decided_by_id, revision.decided_by or "", frozenset({Role.REVIEWER}))
        try:
            with db.session.begin_nested():
                _publish(reviewer, revision, revision.publish_at or now())
        except CatalogueError:
            revision.state, revision.publish_at = State.SUBMITTED, None
            revision.reasons = [Reason.NOT_PUBLISHABLE]
            db.session.flush()
    plan()
    return len(found)


def archive(actor: Actor, kind: str, code: str) -> None:
    """Take a listing out of the catalogue; its history stays."""
    require(rules.may_write(actor, owner_of(kind, code)))
    live = _live(kind, code)
    if live is None:
        raise RuleBroken("revision.nothing_public")
    moment = now()
    _close(live, moment)
    LISTINGS[kind].archive(code, moment)
    db.session.flush()


def plan() -> None:
    """Let everybody who reads know when the catalogue changes next by itself."""
    version.plan(revisions.next_planned())


# ---------------------------------------------------------------- what they share
def owner_of(kind: str, code: str) -> str:
    """The producer whose listing it is; NotFound."""
    owner = revisions.owner_of(kind, code)
    if owner is None:
        live = LISTINGS[kind].read(code) if kind in LISTINGS else None
        owner = live.producer_code if live else None
    if owner is None:
        raise NotFound("listing.unknown")
    return owner


def _live(kind: str, code: str) -> Revision | None:
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
        _close(known, moment)
    return _as_it_stands(kind, code, shown, content, moment if known else shown.since or moment)


def _as_it_stands(kind: str, code: str, shown: Live, content: Content, since: datetime) -> Revision:
    revision = Revision(
        kind=kind,
        code=code,
        producer_code=shown.producer_code,
        number=revisions.last_number(kind, code) + 1,
        state=State.PUBLISHED,
        content=dict(content),
        begun_at=since,
        saved_at=since,
        published_at=since,
    )
    db.session.add(revision)
    db.session.flush()
    return revision


def _new(
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
    revision = Revision(
        kind=kind,
        code=code,
        producer_code=producer_code,
        number=revisions.last_number(kind, code) + 1,
        base_number=base.number if base else None,
        state=state,
        content=dict(content),
        published_at=moment,
        marks=[TranslationMark(**asdict(mark)) for mark in marks],
    )
    _written(actor, revision, first=True)
    db.session.add(revision)
    try:
        db.session.flush()
    except IntegrityError as error:  # somebody began one at the same moment
        raise Conflict("revision.changed_meanwhile") from error
    return revision


def _written(actor: Actor, revision: Revision, *, first: bool = False) -> None:
    """Note who wrote, when, and whether it was in another's name."""
    revision.author_id, revision.author, revision.saved_at = actor.user_id, actor.name, now()
    revision.version = 1 if first else revision.version + 1
    if actor.user_id not in (revision.writers or []):
        revision.writers = [*(revision.writers or []), actor.user_id]
    if revision.producer_code not in actor.speaks_for:
        revision.assisted, revision.confirmed_at, revision.confirmed_by = True, None, None


def _mark(revision: Revision, before: Content, actor: Actor) -> None:
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


def _take(revision: Revision) -> None:
    """Whoever is first holds the row to the end of the transaction, and the next one sees what it became."""
    held = update(Revision).where(Revision.id == revision.id).values(version=Revision.version)
    db.session.execute(held.execution_options(synchronize_session=False))
    db.session.refresh(revision)


def _require_step(step: Step, revision: Revision) -> None:
    if not rules.can(step, State(revision.state)):
        raise RuleBroken("revision.not_in_this_state", state=revision.state)


def _require_sound(revision: Revision, *, publishing: bool = False) -> None:
    found = faults_of(revision.kind, revision.code, revision.content, publishing=publishing)
    if found:
        raise RuleBroken("revision.incomplete", field=next(iter(found)), faults=found)


def _return(revision: Revision, reasons: Collection[str], text: str | None) -> None:
    revision.state, revision.publish_at = State.RETURNED, None
    revision.reasons, revision.reason = sorted(reasons), text


def _decided(actor: Actor, revision: Revision) -> None:
    revision.decided_at, revision.decided_by_id, revision.decided_by = now(), actor.user_id, actor.name
    db.session.flush()
    outbox.announce(DECIDED, revision_id=revision.id)


def _publish(actor: Actor, revision: Revision, moment: datetime) -> None:
    """Put a revision on show over what is public now, and close what was."""
    kind, code = revision.kind, revision.code
    live = _live(kind, code)
    base = revisions.numbered(kind, code, revision.base_number) if revision.base_number else None
    if live is not None:
        content = rules.merge(base.content if base else live.content, revision.content, live.content)
        revision.content = LISTINGS[kind].tidy(content)
        _close(live, moment)
    _require_sound(revision, publishing=True)
    revision.state, revision.published_at = State.PUBLISHED, moment
    db.session.flush()
    shown = LISTINGS[kind].read(code)
    if shown is not None and shown.archived_at is not None:
        LISTINGS[kind].archive(code, None)
    LISTINGS[kind].apply(actor, code, revision.producer_code, revision.content, moment)
    outbox.announce(PUBLISHED, revision_id=revision.id)


def _close(revision: Revision, moment: datetime) -> None:
    revision.state, revision.archived_at = State.ARCHIVED, moment
    db.session.flush()


def _free_code(kind: str, wanted: str) -> str:
    """A code that no listing has or had."""
    number, code = 1, wanted
    while LISTINGS[kind].read(code) is not None or revisions.is_taken(kind, code):
        number += 1
        code = f"{wanted}-{number}"
    return code
