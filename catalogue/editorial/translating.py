"""Writing the other language of a listing, text by text; what is proposed is reviewed like any change."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from catalogue.accounts.models import User
from catalogue.accounts.rules import Role
from catalogue.database import db, lock
from catalogue.editorial import keeping, revisions, rules
from catalogue.editorial.listings import LISTINGS
from catalogue.editorial.models import Revision, TranslationMark
from catalogue.editorial.rules import LANGUAGES, Content, Mark, Origin, State, Step
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now
from catalogue.kernel.errors import Conflict, RuleBroken, require
from catalogue.producers.queries import actor_of
from catalogue.records import in_order_of


@dataclass(frozen=True)
class Piece:
    """One text of a listing. `key` names it in a form: the field, or `stops/<kind>:<code>` for a stop's note;
    `stale`: the languages that are older than what they were translated from."""

    key: str
    field: str
    texts: Mapping[str, str | None]
    stale: frozenset[str]

    def lacks(self, language: str) -> bool:
        """Whether it is there in the other language only."""
        return not self.texts.get(language) and any(self.texts.values())


def pieces(kind: str, content: Content, marks: Collection[Mark]) -> list[Piece]:
    """Every text of a listing that is there in some language, in the order of its fields."""
    old = rules.stale(content, marks)
    found = []
    for field in LISTINGS[kind].fields:
        stale = frozenset(language for name, language in old if name == field.name)
        for key, texts in _texts_at(field.name, content.get(field.name)):
            if any(texts.values()):
                found.append(Piece(key, field.name, texts, stale))
    return found


def translate(
    actor: Actor,
    kind: str,
    code: str,
    texts: Mapping[str, Mapping[str, str]],
    still_right: Collection[tuple[str, str]],
    seen_version: int,
) -> State | None:
    """Write texts of a listing, by language and their keys; gives the state of what was written on.

    Where nobody is at work on the listing, the proposal goes to the reviewers at once, and again after it
    came back; a draft that somebody is writing takes it along. `still_right`: fields and languages whose
    translation holds though its source was changed; if nothing else is said, it is noted at once and the
    state is None. Conflict as when a draft is saved.
    """
    require(rules.may_translate(actor))
    producer_code = keeping.owner_of(kind, code)
    draft, live = revisions.open_revision(kind, code), keeping.live_of(kind, code)
    base = draft or live
    if base is None:
        raise RuleBroken("revision.nothing_public")
    if draft is not None:
        lock(draft)
        keeping.require_step(Step.SAVE, draft)
    goes = draft is None or came_back(actor, draft)
    before = base.content
    wanted = LISTINGS[kind].tidy(_with(before, texts))
    changed = {change.field for change in rules.diff(before, wanted)}
    renewed = {*_translated(before, wanted, changed), *still_right}
    if not renewed:
        raise RuleBroken("revision.nothing_changed")
    told: dict[str, Any] = {
        "fields": sorted({name for name, _ in renewed}),
        "language": ", ".join(sorted({language for _, language in renewed})),
    }
    if draft is None and not changed:
        # No word changes: the row is written once more in the name of who published these words.
        _renew(base, renewed, actor)
        publisher = Actor(base.decided_by_id, base.decided_by or "", frozenset({Role.REVIEWER}))
        keeping.apply_content(publisher, base, now())
        keeping.note(actor, "confirm translation", base, **told)
        return None
    if draft is None:
        draft = keeping.add(actor, kind, code, producer_code, wanted, base=live, marks=base.known_marks)
    elif changed:
        if any(draft.touched.get(name, 0) > seen_version for name in changed):
            raise Conflict("revision.changed_meanwhile", version=draft.version)
        keeping.write(actor, draft, wanted, changed)
    _renew(draft, renewed, actor)
    if goes:
        keeping.hand_over(draft)
    keeping.note(actor, "translate" if changed else "confirm translation", draft, **told)
    return State(draft.state)


def came_back(actor: Actor, draft: Revision) -> bool:
    """Whether it is a proposal that came back, on which besides the actor only translators wrote."""
    others = [number for number in draft.writers if number != actor.user_id]
    known = [actor_of(user) for user in in_order_of(User, others)]
    is_the_desks = len(known) == len(others) and all(
        rules.only_translates(writer, draft.producer_code) for writer in known
    )
    return rules.may_translate(actor) and draft.state == State.RETURNED and is_the_desks


def _translated(before: Content, after: Content, changed: Collection[str]) -> set[tuple[str, str]]:
    """Which language of each changed text is now the translation: the one that was written, and of both the
    English."""
    old, new = rules.texts_of(before), rules.texts_of(after)
    found = set()
    for name in changed:
        written = [one for one in LANGUAGES if old.get(name, {}).get(one) != new.get(name, {}).get(one)]
        found.add((name, written[0] if len(written) == 1 else "en"))
    return found


def _texts_at(name: str, value: Any) -> list[tuple[str, Mapping[str, str | None]]]:
    """The texts in a field's value, by their keys."""
    if isinstance(value, list):
        return [
            (f"{name}/{item['at']}", item["note"])
            for item in value
            if isinstance(item, Mapping) and item.get("note") and item.get("at")
        ]
    texts = rules.texts_of({name: value}).get(name)
    return [(name, texts)] if texts else []


def _with(content: Content, texts: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """The content with these texts, by language and key; a text that is not there is not made."""
    found = dict(content)
    for language, of_language in texts.items():
        for key, text in of_language.items():
            name, _, at = key.partition("/")
            value = found.get(name)
            if at and isinstance(value, list):
                found[name] = [
                    {**item, "note": {**item["note"], language: text}}
                    if item.get("note") and item.get("at") == at
                    else item
                    for item in value
                ]
            elif not at and name in rules.texts_of(content):
                found[name] = {**(value or {}), language: text}
    return found


def _renew(revision: Revision, renewed: Collection[tuple[str, str]], actor: Actor) -> None:
    """Note that these texts in these languages say what the other one says now."""
    texts, moment = rules.texts_of(revision.content), now()
    fields = {name for name, _ in renewed}
    for row in [row for row in revision.marks if row.field in fields]:
        revision.marks.remove(row)
    db.session.flush()
    for name, language in sorted(renewed):
        source = next(one for one in LANGUAGES if one != language)
        if all(texts.get(name, {}).get(one) for one in LANGUAGES):
            revision.marks.append(
                TranslationMark(
                    field=name,
                    language=language,
                    source_hash=rules.source_hash(texts[name][source]),
                    origin=Origin.HUMAN,
                    author=actor.name,
                    made_at=moment,
                )
            )
    db.session.flush()
