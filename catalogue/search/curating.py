"""What the office adds to the search: words that mean the same, and pages that stand first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from catalogue import audit
from catalogue.database import db, unless_taken
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import today
from catalogue.kernel.errors import RuleBroken, require
from catalogue.kernel.language import Bilingual
from catalogue.search import rules
from catalogue.search.models import SearchMiss, SearchPin, SynonymGroup


def add_synonyms(actor: Actor, phrases: Sequence[str], miss: SearchMiss | None = None) -> SynonymGroup:
    """Let phrases mean the same; `miss` is what readers looked for in vain, and is then settled."""
    require(rules.may_edit_search(actor))
    said = rules.tidy_phrases(phrases)
    group = SynonymGroup(phrases=said)
    db.session.add(group)
    if miss is not None:
        db.session.delete(miss)
    db.session.flush()
    audit.record(actor, "add", group, phrases=said, missed=miss.number if miss else None)
    return group


def change_synonyms(actor: Actor, group: SynonymGroup, phrases: Sequence[str]) -> None:
    """Let a group be of other phrases."""
    require(rules.may_edit_search(actor))
    before, group.phrases = group.phrases, rules.tidy_phrases(phrases)
    db.session.flush()
    audit.record(actor, "change", group, phrases=group.phrases, before={"phrases": before})


def remove_synonyms(actor: Actor, group: SynonymGroup) -> None:
    """Let them mean the same no longer."""
    require(rules.may_edit_search(actor))
    audit.record(actor, "remove", group, phrases=group.phrases)
    db.session.delete(group)
    db.session.flush()


def dismiss(actor: Actor, miss: SearchMiss) -> None:
    """Take words off the list of what was missed; they come back when they are missed again."""
    require(rules.may_edit_search(actor))
    audit.record(actor, "dismiss", miss, words=miss.words, number=miss.number)
    db.session.delete(miss)
    db.session.flush()


def pin(
    actor: Actor,
    words: str,
    kind: str,
    code: str,
    reason: Bilingual,
    until: date,
    known: SearchPin | None = None,
) -> SearchPin:
    """Put a record first for these words until a day, with a reason for readers in both languages; `known`: a
    pin that becomes this one."""
    require(rules.may_edit_search(actor))
    rules.check_pin(words, reason, until, today())
    key = rules.pin_key(words)
    same = select(SearchPin).where(SearchPin.key == key, SearchPin.kind == kind, SearchPin.code == code)
    there_already = RuleBroken("pin.exists", field="record")
    if db.session.scalar(same) not in {None, known}:
        raise there_already
    row = known or SearchPin()
    with unless_taken(there_already):
        row.words, row.key, row.kind, row.code, row.reason, row.until = words, key, kind, code, reason, until
        db.session.add(row)
    audit.record(actor, "pin", row, reason=reason.vi, words=words, record=f"{kind}:{code}", until=until)
    return row


def unpin(actor: Actor, row: SearchPin) -> None:
    """Leave the order to the search again."""
    require(rules.may_edit_search(actor))
    audit.record(actor, "unpin", row, words=row.words, record=f"{row.kind}:{row.code}")
    db.session.delete(row)
    db.session.flush()
