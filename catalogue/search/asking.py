"""Asking the index what a text means: first what was typed, then what was nearly typed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from catalogue import version
from catalogue.adapters.search_index import Hit, Hits, Reader, SearchIndex, stem
from catalogue.database import db
from catalogue.kernel.once import once
from catalogue.kernel.query import Form
from catalogue.products.models import Category
from catalogue.search.models import SynonymGroup
from catalogue.search.rules import Synonyms, is_guessed, nowhere_spelled, synonym_table, understand
from catalogue.search.synonyms import OF_THE_LANGUAGE

# So few hits may be chance: then what was nearly typed is looked for too.
FEW = 6

Terms = frozenset[tuple[Form, str]]
NO_TERMS: Terms = frozenset()


@dataclass(frozen=True)
class Answer:
    """What the index says to a text: the hits of every kind, the best first, and how they were found.

    `terms` are the reasons for hits, for marking them; `unspelled` are words typed with marks and found
    without them only. `guessed`: words were read as other words, for nothing has them as they were typed.
    `meant` is the best hit of what may have been meant, with the reasons for it: of the hits where `guessed`,
    else one that is not among them.
    """

    hits: Hits
    terms: Terms = NO_TERMS
    unspelled: tuple[str, ...] = ()
    guessed: bool = False
    meant: Hit | None = None
    meant_terms: Terms = NO_TERMS


def ask(index: SearchIndex, text: str) -> Answer:
    """Everything that a text finds, without a limit, as the catalogue stands."""
    known = synonyms()
    with index.reader() as reader:
        return answer(reader, text, known)


def answer(reader: Reader, text: str, known: Synonyms) -> Answer:
    """The same of one state of the index, with synonyms as `synonym_table` makes them."""
    query = understand(text, reader, known)
    hits, terms = reader.search(query), frozenset(query.terms())
    if not query:
        return Answer(hits)
    if hits and is_guessed(text, reader, known):
        return Answer(hits, terms, guessed=True, meant=hits[0], meant_terms=terms)
    unspelled = nowhere_spelled(text, reader)
    if len(hits) >= FEW:
        return Answer(hits, terms, unspelled)
    nearly = understand(text, reader, known, nearly=True)
    others, reasons = reader.search(nearly), frozenset(nearly.terms())
    if not hits:
        best = others[0] if others else None
        return Answer(others, reasons, guessed=bool(others), meant=best, meant_terms=reasons)
    found = {(hit.kind, hit.id) for hit in hits}
    other = next((hit for hit in others[: FEW + 1] if (hit.kind, hit.id) not in found), None)
    return Answer(hits, terms, unspelled, meant=other, meant_terms=reasons)


def synonyms() -> Synonyms:
    """What means the same as what, as the catalogue stands."""
    return _synonyms(str(db.engine.url), version.current())


@once(4)
def _synonyms(_database: str, _version: int) -> Synonyms:
    """Of the language, of the office, and a category's names in both languages; its wider words stand in the
    documents."""
    names = [row.name.texts() for row in db.session.scalars(select(Category))]
    # Who says that one word means another means everything that the other does.
    added = [
        [*phrases, *(one for known in OF_THE_LANGUAGE if set(known) & set(phrases) for one in known)]
        for phrases in db.session.scalars(select(SynonymGroup.phrases))
    ]
    return synonym_table([*OF_THE_LANGUAGE, *added, *names], stem)
