"""The reviewers' desk: who has which file in hand, by when it is answered, and texts that lack a language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import update

from catalogue.database import db, lock
from catalogue.editorial import queue, revisions, rules
from catalogue.editorial.fields import fault
from catalogue.editorial.keeping import note, write
from catalogue.editorial.listings import LISTINGS
from catalogue.editorial.models import Revision
from catalogue.editorial.rules import State
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import today
from catalogue.kernel.errors import Conflict, RuleBroken, require


def take(actor: Actor, revision: Revision, *, over: bool = False) -> None:
    """Take a file in hand; Conflict where a colleague has it, unless it is taken `over` from her."""
    lock(revision)
    require(rules.may_review(actor, revision.writers), "review.own")
    _require_at_the_office(revision)
    if revision.taken_by_id == actor.user_id:
        return
    if revision.taken_by_id is not None and not over:
        raise Conflict("review.taken", name=revision.taken_by)
    was = revision.taken_by
    revision.taken_by_id, revision.taken_by = actor.user_id, actor.name
    note(actor, "take", revision, **({"was": was} if was else {}))


def take_next(actor: Actor) -> Revision | None:
    """Take the most urgent file that nobody has; None where there is none. Two who ask get two."""
    require(rules.may_take_reviews(actor))
    for number, writers in queue.untaken():
        if rules.may_review(actor, writers) and _is_mine(actor, number):
            revision = revisions.revision(number)
            db.session.refresh(revision)
            note(actor, "take", revision)
            return revision
    return None


def let_go(actor: Actor, revision: Revision) -> None:
    """Lay a file back for the others."""
    lock(revision)
    require(rules.may_take_reviews(actor))
    if revision.taken_by_id is None or revision.taken_by_id != actor.user_id:
        raise RuleBroken("review.not_in_hand")
    _lay_back(revision)
    note(actor, "let_go", revision)


def promise(actor: Actor, revision: Revision, day: date) -> None:
    """Answer by another day: before a fair, or because something has to be asked."""
    lock(revision)
    require(rules.may_review(actor, revision.writers), "review.own")
    _require_at_the_office(revision)
    if day < today():
        raise RuleBroken("review.day_is_past", field="answer_by")
    if day > today() + rules.MOST_AHEAD:
        raise RuleBroken("review.day_too_far", field="answer_by")
    was, revision.answer_by = revision.answer_by, day
    note(actor, "promise", revision, was=was, answer_by=day)


def translate(
    actor: Actor, revision: Revision, texts: Mapping[tuple[str, str], str], seen_version: int
) -> None:
    """Write what lacks one language, or is out of date, into what a maker sent; all other words stay hers.

    `texts`: by field and language. Whoever translates has written a part and leaves the decision to another.
    Conflict where the draft was changed since `seen_version`.
    """
    lock(revision)
    require(rules.may_add_language(actor))
    if revision.state != State.SUBMITTED:
        raise RuleBroken("revision.not_in_this_state", state=revision.state)
    if seen_version != revision.version:
        raise Conflict("revision.changed_meanwhile", version=revision.version)
    content = {
        name: dict(value) if isinstance(value, dict) else value for name, value in revision.content.items()
    }
    for name, language in rules.to_translate(revision.content, revision.known_marks):
        if text := texts.get((name, language), "").strip():
            content[name][language] = text
    content = LISTINGS[revision.kind].tidy(content)
    changed = {change.field for change in rules.diff(revision.content, content)}
    if not changed:
        raise RuleBroken("revision.nothing_changed")
    by_name = LISTINGS[revision.kind].by_name
    if wrong := {name: found for name in changed if (found := fault(by_name[name], content[name]))}:
        raise RuleBroken("revision.incomplete", field=next(iter(wrong)), faults=wrong)
    write(actor, revision, content, changed)
    if revision.taken_by_id == actor.user_id:
        _lay_back(revision)
    note(actor, "translate", revision, fields=sorted(changed))


def _require_at_the_office(revision: Revision) -> None:
    if revision.state not in rules.AT_THE_OFFICE:
        raise RuleBroken("revision.not_in_this_state", state=revision.state)


def _is_mine(actor: Actor, number: int) -> bool:
    """Whether nobody else was quicker."""
    taken = (
        update(Revision)
        .where(Revision.id == number, Revision.taken_by_id.is_(None), Revision.state == State.SUBMITTED)
        .values(taken_by_id=actor.user_id, taken_by=actor.name)
        .execution_options(synchronize_session=False)
    )
    return db.session.execute(taken).rowcount == 1  # type: ignore[attr-defined,no-any-return]


def _lay_back(revision: Revision) -> None:
    revision.taken_by_id = revision.taken_by = None
