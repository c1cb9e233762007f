"""From draft to the public page: states, who may do what, what changed between two versions."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from catalogue.accounts.rules import Role, may_write_pages
from catalogue.certification.rules import may_keep_register
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import LOCAL
from catalogue.producers.rules import may_archive, may_edit

Content = Mapping[str, Any]
LANGUAGES = ("vi", "en")
# Which field a listing is called by: a name, a notice's title, a milestone's event.
TITLES = ("name", "title", "event")
# Stands for the producer of what is nobody's but the catalogue's own.
OFFICE = ""

# What a producer may change on its live page without a review: it is out of date before anybody could look.
ALONE: Mapping[str, frozenset[str]] = {
    "product": frozenset({"price", "currency", "price_on_request", "stock", "season_months"}),
    "producer": frozenset({"opening_hours"}),
}
# What is one thing to whoever changes it: a price is in its currency, or on request.
PRICE = ("price", "currency", "price_on_request")
MOST_REASON = 2000
# How far ahead something is planned or promised; what lies farther is a slip of the finger.
MOST_AHEAD = timedelta(days=730)
# Makers are promised an answer within so many days; what came back once and was mended, sooner.
ANSWER_WITHIN, ANSWER_AGAIN_WITHIN = timedelta(days=5), timedelta(days=2)


class State(StrEnum):
    """Where a revision stands. `archived`: closed; it was public before, or was set aside as a draft."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class Step(StrEnum):
    """What can be done with a revision."""

    SAVE = "save"
    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    PUBLISH = "publish"
    UNDO = "undo"
    CLOSE = "close"


class Reason(StrEnum):
    """Why a reviewer sends a draft back; the words stand in web/labels.py."""

    PHOTOGRAPH = "photograph"
    WORDS = "words"
    FACTS = "facts"
    CLAIM = "claim"
    CATEGORY = "category"
    OTHER = "other"
    NOT_PUBLISHABLE = "not_publishable"


class ClaimState(StrEnum):
    """How far the office has come with a certificate that a maker says it has."""

    NEW = "new"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"


OPEN = frozenset({State.DRAFT, State.SUBMITTED, State.RETURNED, State.APPROVED})
EDITABLE = frozenset({State.DRAFT, State.RETURNED})
AT_THE_OFFICE = frozenset({State.SUBMITTED, State.APPROVED})
CHOSEN_REASONS = tuple(reason for reason in Reason if reason is not Reason.NOT_PUBLISHABLE)

# From where each step may start, and where it leads.
STEPS: Mapping[Step, tuple[frozenset[State], State]] = {
    Step.SAVE: (EDITABLE, State.DRAFT),
    Step.SUBMIT: (EDITABLE, State.SUBMITTED),
    Step.TAKE_BACK: (AT_THE_OFFICE, State.DRAFT),
    Step.SEND_BACK: (AT_THE_OFFICE, State.RETURNED),
    Step.APPROVE: (frozenset({State.SUBMITTED}), State.APPROVED),
    Step.PUBLISH: (frozenset({State.APPROVED, State.DRAFT, State.RETURNED}), State.PUBLISHED),
    Step.UNDO: (frozenset({State.RETURNED, State.APPROVED}), State.SUBMITTED),
    Step.CLOSE: (OPEN | {State.PUBLISHED}, State.ARCHIVED),
}


def can(step: Step, state: State) -> bool:
    """Whether a revision in this state can take that step."""
    return state in STEPS[step][0]


# ---------------------------------------------------------------- who may
def may_write(actor: Actor, producer_code: str) -> bool:
    """The producer's own people, and staff in its name; the catalogue's own pages are the curators'."""
    return may_write_pages(actor) if producer_code == OFFICE else may_edit(actor, producer_code)


def may_take_down(actor: Actor, producer_code: str) -> bool:
    """Whoever may take it out of the catalogue: a maker's owner and helpers; curators, what is nobody's."""
    return may_write_pages(actor) if producer_code == OFFICE else may_archive(actor, producer_code)


def may_translate(actor: Actor) -> bool:
    """Translators, and administrators who help them."""
    return bool(actor.roles & {Role.TRANSLATOR, Role.ADMINISTRATOR})


def may_confirm(actor: Actor, producer_code: str) -> bool:
    """Only the producer itself says yes to what was changed in its name."""
    return producer_code in actor.speaks_for


def may_decide_claim(actor: Actor) -> bool:
    """Whoever keeps the register of certificates."""
    return may_keep_register(actor)


def may_see_papers(actor: Actor) -> bool:
    """Papers are shown in confidence: to those who judge what they prove."""
    return Role.REVIEWER in actor.roles or may_keep_register(actor)


def may_see_reviews(actor: Actor) -> bool:
    """Reviewers and translators, who work there; readers of the office and administrators look on."""
    return bool(actor.roles & {Role.REVIEWER, Role.TRANSLATOR, Role.VIEWER, Role.ADMINISTRATOR})


def may_take_reviews(actor: Actor) -> bool:
    """Who works through the queue."""
    return Role.REVIEWER in actor.roles


def may_add_language(actor: Actor) -> bool:
    """Translators, and reviewers, who then leave the decision to somebody else."""
    return bool(actor.roles & {Role.TRANSLATOR, Role.REVIEWER})


def may_review(actor: Actor, writers: Collection[int | None]) -> bool:
    """Reviewers; never of what they wrote themselves."""
    return Role.REVIEWER in actor.roles and actor.user_id not in writers


def only_translates(actor: Actor, producer_code: str) -> bool:
    """Who writes on a maker's pages in another language, and in the maker's name nowhere."""
    return may_translate(actor) and not may_write(actor, producer_code)


def may_publish_alone(kind: str, changed: Collection[str], *, is_live: bool) -> bool:
    """Whether nobody need look: the listing is public, and only what goes stale quickly was changed."""
    return is_live and bool(changed) and set(changed) <= ALONE.get(kind, frozenset())


def answer_by(submitted: datetime, *, came_back: bool) -> date:
    """The day by which the maker is answered, on the calendar of Đà Lạt."""
    within = ANSWER_AGAIN_WITHIN if came_back else ANSWER_WITHIN
    return (submitted + within).astimezone(LOCAL).date()


# ---------------------------------------------------------------- what changed
@dataclass(frozen=True)
class Change:
    """One field as it is, and as it is proposed; None where there is nothing."""

    field: str
    before: Any
    after: Any


def diff(live: Content, proposed: Content) -> list[Change]:
    """The fields that differ, in the order of the proposed content."""
    names = dict.fromkeys([*proposed, *live])
    return [
        Change(name, live.get(name), proposed.get(name))
        for name in names
        if is_something(live.get(name)) or is_something(proposed.get(name))
        if live.get(name) != proposed.get(name)
    ]


def parts_of(content: Content) -> dict[str, Any]:
    """What can be changed by itself: each language of a text (`name.vi`), the price, every other field."""
    parts: dict[str, Any] = {}
    for name, value in content.items():
        if name in PRICE:
            parts.setdefault(PRICE[0], {}).update({name: value} if is_something(value) else {})
        elif isinstance(value, Mapping) and set(value) == set(LANGUAGES):
            parts |= {f"{name}.{one}": value[one] for one in LANGUAGES}
        else:
            parts[name] = value
    return parts


def content_of(parts: Mapping[str, Any]) -> dict[str, Any]:
    """The content that has these parts."""
    content: dict[str, Any] = {}
    for part, value in parts.items():
        name, _, language = part.partition(".")
        if language:
            known = content.get(name)
            others = known if isinstance(known, Mapping) else {}
            content[name] = {**dict.fromkeys(LANGUAGES), **others, language: value}
        elif name == PRICE[0]:
            content |= value or {}
        else:
            content.setdefault(name, value)
    return content


def with_parts(content: Content, other: Content, parts: Collection[str]) -> dict[str, Any]:
    """The content with these parts of another one."""
    others = parts_of(other)
    changed = parts_of(content) | {part: others.get(part) for part in parts}
    return {**dict.fromkeys(content), **content_of(changed)}


def field_of(part: str) -> str:
    """The field that a part is of; of the price, the first one."""
    return part.partition(".")[0]


def merge(base: Content, proposed: Content, live: Content, kept: Collection[str] = ()) -> dict[str, Any]:
    """What becomes public when `proposed`, made from `base`, is published over `live`.

    What the author left as it was follows the live page, which may have been changed since; so do the parts
    that are `kept`.
    """
    changes = diff(parts_of(base), parts_of(proposed))
    return with_parts(live, proposed, [change.field for change in changes if change.field not in kept])


def clashes(base: Content, proposed: Content, live: Content) -> list[str]:
    """The parts that `proposed`, made from `base`, and somebody else in `live` changed differently."""
    before, mine, theirs = parts_of(base), parts_of(proposed), parts_of(live)
    meanwhile, apart = ({change.field for change in diff(one, theirs)} for one in (before, mine))
    return [change.field for change in diff(before, mine) if change.field in meanwhile & apart]


def changed_alone(kind: str, base: Content, proposed: Content, live: Content) -> list[str]:
    """Of what clashes, the parts that were changed on the live page at once: it stays as readers see it."""
    alone = ALONE.get(kind, frozenset())
    return [part for part in clashes(base, proposed, live) if field_of(part) in alone]


def title_of(content: Content) -> Any:
    """What a listing is called."""
    return next((content[name] for name in TITLES if content.get(name)), None)


def is_something(value: Any) -> bool:
    """Whether a field says anything at all."""
    if isinstance(value, Mapping):
        return any(is_something(part) for part in value.values())
    return value not in (None, "", [], ())


# ---------------------------------------------------------------- translations
class Origin(StrEnum):
    """Who translated."""

    HUMAN = "human"
    MACHINE = "machine"


@dataclass(frozen=True)
class Mark:
    """Of which source text a translation was made: field, language of the translation, hash of the source."""

    field: str
    language: str
    source_hash: str
    origin: str
    author: str
    made_at: datetime


def source_hash(text: str | None) -> str:
    """A text's fingerprint; blanks do not count."""
    return hashlib.sha256(" ".join((text or "").split()).encode()).hexdigest()[:16]


def marks_after(
    before: Content, after: Content, marks: Collection[Mark], author: str, moment: datetime
) -> list[Mark]:
    """The marks that stand after a save.

    Whoever writes one language beside the other translates from it. A translation that nobody marked was of
    the text that stood there before, so that it is stale once that text changes.
    """
    known = {(mark.field, mark.language): mark for mark in marks}
    old, new = texts_of(before), texts_of(after)
    for name in new.keys() | old.keys():
        _mark_text(known, name, old.get(name, {}), new.get(name, {}), author, moment)
    return list(known.values())


def _mark_text(
    known: dict[tuple[str, str], Mark],
    name: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    author: str,
    moment: datetime,
) -> None:
    changed = [language for language in LANGUAGES if old.get(language) != new.get(language)]
    if not changed:
        return
    translated = "en" if len(changed) == 2 else changed[0]
    source = "vi" if translated == "en" else "en"
    for language in LANGUAGES:
        if not new.get(language):
            known.pop((name, language), None)
    if not new.get("vi") or not new.get("en"):
        return
    if len(changed) == 1 and (name, source) in known:
        return  # the source of a translation was changed: its mark shows that it is stale
    if changed == ["vi"] and (name, "vi") not in known and old.get("vi") and old.get("en"):
        # Nobody noted where the English came from: it says what the Vietnamese said before.
        known[name, "en"] = Mark(name, "en", source_hash(old["vi"]), Origin.HUMAN, "", moment)
        return
    known.pop((name, source), None)
    known[name, translated] = Mark(
        name, translated, source_hash(new.get(source)), Origin.HUMAN, author, moment
    )


def stale(content: Content, marks: Collection[Mark]) -> list[tuple[str, str]]:
    """Field and language of every translation whose source was changed since."""
    found, every = [], texts_of(content)
    for mark in marks:
        texts = every.get(mark.field, {})
        source = texts.get("en" if mark.language == "vi" else "vi")
        if texts.get(mark.language) and source and source_hash(source) != mark.source_hash:
            found.append((mark.field, mark.language))
    return found


def to_translate(content: Content, marks: Collection[Mark]) -> list[tuple[str, str]]:
    """Field and language of what lacks one language beside the other, or is out of date, in their order."""
    outdated = set(stale(content, marks))
    return [
        (name, language)
        for name, value in content.items()
        if _is_text(value) and any(value.values())
        for language in LANGUAGES
        if not value[language] or (name, language) in outdated
    ]


def texts_of(content: Content) -> dict[str, Mapping[str, str | None]]:
    """By field, every text in both languages; the notes of a list's items count as one text."""
    found: dict[str, Mapping[str, str | None]] = {}
    for name, value in content.items():
        if _is_text(value):
            found[name] = value
        elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
            notes = [item.get("note") or {} for item in sorted(value, key=lambda item: str(item.get("at")))]
            found[name] = {one: "\n".join(note.get(one) or "" for note in notes).strip() for one in LANGUAGES}
    return found


def _is_text(value: Any) -> bool:
    return (
        isinstance(value, Mapping)
        and set(value) == set(LANGUAGES)
        and not any(isinstance(part, list) for part in value.values())
    )
