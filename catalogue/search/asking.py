"""Asking the index what a text means: first what was typed, then what was nearly typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.adapters.search_index import Hit, Reader
from catalogue.kernel.query import Form
from catalogue.search.rules import Synonyms, is_guessed, nowhere_spelled, understand

# So few hits may be chance: then what was nearly typed is looked for too.
FEW = 6

Terms = frozenset[tuple[Form, str]]


@dataclass(frozen=True)
class Answer:
    """What the index says to a text: the hits of every kind, the best first, and how they were found.

    `terms` are the reasons for hits, for marking them; `unspelled` are words typed with marks and found
    without them only. `guessed`: words were read as other words, for nothing has them as they were typed.
    `meant` is the best hit of what may have been meant, with the reasons for it: of the hits where `guessed`,
    else one that is not among them.
    """

    hits: Sequence[Hit] = ()
    terms: Terms = frozenset()
    unspelled: tuple[str, ...] = ()
    guessed: bool = False
    meant: Hit | None = None
    meant_terms: Terms = frozenset()


def ask(reader: Reader, text: str, synonyms: Synonyms) -> Answer:
    """Everything that a text finds, without a limit."""
    query = understand(text, reader, synonyms)
    if not query:
        return Answer()
    hits, terms = reader.search(query), frozenset(query.terms())
    if hits and is_guessed(text, reader, synonyms):
        return Answer(hits, terms, guessed=True, meant=hits[0], meant_terms=terms)
    unspelled = nowhere_spelled(text, reader)
    if len(hits) >= FEW:
        return Answer(hits, terms, unspelled)
    nearly = understand(text, reader, synonyms, nearly=True)
    others, reasons = reader.search(nearly), frozenset(nearly.terms())
    if not hits:
        return Answer(
            others, reasons, guessed=bool(others), meant=next(iter(others), None), meant_terms=reasons
        )
    known = {(hit.kind, hit.id) for hit in hits}
    other = next((hit for hit in others if (hit.kind, hit.id) not in known), None)
    return Answer(hits, terms, unspelled, meant=other, meant_terms=reasons)
