"""The office's decisions about what makers sent: not yet, yes, later; and what is planned comes true."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from catalogue import outbox
from catalogue.accounts.rules import Role
from catalogue.database import db, lock
from catalogue.editorial import revisions, rules
from catalogue.editorial.keeping import note, plan, put_on_show, require_sound, require_step
from catalogue.editorial.models import Revision
from catalogue.editorial.rules import Reason, State, Step
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now
from catalogue.kernel.errors import CatalogueError, Conflict, RuleBroken, require

RETURNED = "revision.returned"


def send_back(
    actor: Actor, revision: Revision, seen_version: int, reasons: Collection[str], text: str | None
) -> None:
    """Return a draft, as the reviewer saw it, to its author: with reasons of the list, words of one's own, or
    both."""
    _hold(actor, revision)
    require_step(Step.SEND_BACK, revision)
    _require_seen(revision, seen_version)
    words = (text or "").strip()
    if not set(reasons) <= set(rules.CHOSEN_REASONS) or not (words or set(reasons) - {Reason.OTHER}):
        raise RuleBroken("review.without_reason", field="reason")
    revision.state, revision.publish_at = State.RETURNED, None
    revision.reasons, revision.reason = sorted(reasons), words[: rules.MOST_REASON] or None
    _decided(actor, revision)
    note(actor, "send_back", revision, reason=revision.reason, reasons=revision.reasons)
    outbox.announce(RETURNED, revision_id=revision.id)
    plan()


def approve(actor: Actor, revision: Revision, seen_version: int) -> None:
    """Say yes to a draft as the reviewer saw it; `publish` or `schedule` follows."""
    _hold(actor, revision)
    require_step(Step.APPROVE, revision)
    _require_seen(revision, seen_version)
    require_sound(revision, publishing=True)
    revision.state, revision.reasons, revision.reason = State.APPROVED, [], None
    _decided(actor, revision)
    note(actor, "approve", revision)


def schedule(actor: Actor, revision: Revision, moment: datetime) -> None:
    """Plan the moment from which an approved draft is public."""
    _hold(actor, revision)
    if revision.state != State.APPROVED:
        raise RuleBroken("revision.not_in_this_state", state=revision.state)
    if moment <= now():
        raise RuleBroken("review.moment_is_past", field="moment")
    if moment > now() + rules.MOST_AHEAD:
        raise RuleBroken("review.moment_too_far", field="moment")
    revision.publish_at = moment
    note(actor, "plan", revision, publish_at=moment.isoformat())
    plan()


def publish(actor: Actor, revision: Revision) -> None:
    """Put an approved draft on show now."""
    _hold(actor, revision)
    if revision.state != State.APPROVED:
        raise RuleBroken("revision.not_in_this_state", state=revision.state)
    put_on_show(actor, revision, now())
    plan()


def undo(actor: Actor, revision: Revision) -> None:
    """Take a decision back: what was approved and is not public yet, or was sent back and is untouched."""
    _hold(actor, revision)
    require_step(Step.UNDO, revision)
    was = revision.state
    revision.state, revision.publish_at = State.SUBMITTED, None
    revision.reasons, revision.reason = [], None
    revision.decided_at = revision.decided_by_id = revision.decided_by = None
    note(actor, "undo", revision, was=was)
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
                put_on_show(reviewer, revision, revision.publish_at or now())
        except CatalogueError as error:
            revision.state, revision.publish_at = State.SUBMITTED, None
            revision.reasons = [Reason.NOT_PUBLISHABLE]
            note(reviewer, "not_publishable", revision, why=error.code)
    plan()
    return len(found)


def _hold(actor: Actor, revision: Revision) -> None:
    """Decide alone: not about one's own words, and not what a colleague has in hand."""
    lock(revision)
    require(rules.may_review(actor, revision.writers), "review.own")
    if revision.taken_by_id not in {None, actor.user_id}:
        raise Conflict("review.taken", name=revision.taken_by)
    revision.taken_by_id, revision.taken_by = actor.user_id, actor.name


def _require_seen(revision: Revision, seen_version: int) -> None:
    if seen_version != revision.version:
        raise Conflict("revision.changed_meanwhile", version=revision.version)


def _decided(actor: Actor, revision: Revision) -> None:
    revision.decided_at, revision.decided_by_id, revision.decided_by = now(), actor.user_id, actor.name
    db.session.flush()
