"""The glossary of the trade: its terms, changing them, and finding them in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from catalogue import audit
from catalogue.database import db, unless_taken
from catalogue.editorial import rules
from catalogue.editorial.models import GlossaryTerm
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import NotFound, RuleBroken, require
from catalogue.kernel.text import sort_key

LONGEST_TERM, LONGEST_NOTE = 120, 400


@dataclass(frozen=True)
class Term:
    """A word of the trade in both languages."""

    vi: str
    en: str
    note: str | None

    def text(self, language: str) -> str:
        return self.vi if language == "vi" else self.en


def terms() -> list[GlossaryTerm]:
    """Every term, in the order of the Vietnamese alphabet."""
    return sorted(db.session.scalars(select(GlossaryTerm)), key=lambda term: sort_key(term.vi))


def term(term_id: int) -> GlossaryTerm:
    """One term; NotFound."""
    found = db.session.get(GlossaryTerm, term_id)
    if found is None:
        raise NotFound("glossary.unknown")
    return found


def put_term(actor: Actor, known: GlossaryTerm | None, vi: str, en: str, note: str) -> GlossaryTerm:
    """Add a term, or change a known one; RuleBroken with the field where something is wrong with it."""
    require(rules.may_translate(actor))
    texts = {"vi": _tidy(vi), "en": _tidy(en)}
    for name, text in texts.items():
        if not text:
            raise RuleBroken("glossary.incomplete", field=name)
        if len(text) > LONGEST_TERM:
            raise RuleBroken("glossary.too_long", field=name, most=LONGEST_TERM)
    if len(_tidy(note)) > LONGEST_NOTE:
        raise RuleBroken("glossary.too_long", field="note", most=LONGEST_NOTE)
    same = db.session.scalar(select(GlossaryTerm).where(GlossaryTerm.vi == texts["vi"]))
    there_already = RuleBroken("glossary.known", field="vi")
    if same is not None and same is not known:
        raise there_already
    row = known or GlossaryTerm()
    before = {"vi": row.vi, "en": row.en, "note": row.note} if known else None
    with unless_taken(there_already):
        row.vi, row.en, row.note = texts["vi"], texts["en"], _tidy(note) or None
        db.session.add(row)
    audit.record(actor, "change" if known else "add", row, vi=row.vi, en=row.en, note=row.note, before=before)
    return row


def remove_term(actor: Actor, row: GlossaryTerm) -> None:
    """Take a term out."""
    require(rules.may_translate(actor))
    audit.record(actor, "remove", row, vi=row.vi, en=row.en)
    db.session.delete(row)
    db.session.flush()


def marked(text: str, known: Sequence[GlossaryTerm], language: str) -> list[tuple[str, Term | None]]:
    """A text in pieces, each with the term that it is; of two terms that overlap the longer one counts.

    English words may stand in the plural.
    """
    by_words = {_folded(one.vi if language == "vi" else one.en): one for one in known}
    if not by_words:
        return [(text, None)]
    text = unicodedata.normalize("NFC", text)
    ending = "(?:e?s)?" if language == "en" else ""
    longest_first = sorted(by_words, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))}){ending}(?!\w)", re.IGNORECASE)
    pieces: list[tuple[str, Term | None]] = []
    done = 0
    for found in pattern.finditer(text):
        row = by_words[_folded(found[1])]
        pieces += [(text[done : found.start()], None), (found[0], Term(row.vi, row.en, row.note))]
        done = found.end()
    return [(piece, one) for piece, one in [*pieces, (text[done:], None)] if piece]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).replace("\0", "").split())
