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


def pin(actor: Actor, words: str, kind: str, code: str, reason: Bilingual, until: date) -> SearchPin:
    """Put a record first for these words until a day, with a reason for readers in both languages."""
    require(rules.may_edit_search(actor))
    rules.check_pin(words, reason, until, today())
    key = rules.pin_key(words)
    known = select(SearchPin).where(SearchPin.key == key, SearchPin.kind == kind, SearchPin.code == code)
    there_already = RuleBroken("pin.exists", field="record")
    if db.session.scalar(known) is not None:
        raise there_already
    row = SearchPin(words=words, key=key, kind=kind, code=code, reason=reason, until=until)
    with unless_taken(there_already):
        db.session.add(row)
    audit.record(actor, "pin", row, reason=reason.vi, words=words, record=f"{kind}:{code}", until=until)
    return row


def unpin(actor: Actor, row: SearchPin) -> None:
    """Leave the order to the search again."""
    require(rules.may_edit_search(actor))
    audit.record(actor, "unpin", row, words=row.words, record=f"{row.kind}:{row.code}")
    db.session.delete(row)
    db.session.flush()
