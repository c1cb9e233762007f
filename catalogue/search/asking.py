"""Asking the index what a text means: first what was typed, then what was nearly typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.adapters.search_index import Hit, Reader
from catalogue.kernel.query import Form
from catalogue.search.rules import Synonyms, nowhere_spelled, understand


@dataclass(frozen=True)
class Answer:
    """What the index says to a text: the hits of every kind, the best first, and how they were found.

    `terms` are the reasons for hits, for marking them; `unspelled` are words typed with marks and found
    without them only; `nearly`: nothing has the words as they were typed, so these are hits of similar ones.
    """

    hits: Sequence[Hit] = ()
    terms: frozenset[tuple[Form, str]] = frozenset()
    unspelled: tuple[str, ...] = ()
    nearly: bool = False


def ask(reader: Reader, text: str, synonyms: Synonyms) -> Answer:
    """Everything that a text finds, without a limit."""
    query = understand(text, reader, synonyms)
    hits = reader.search(query) if query else []
    nearly = not hits
    if query and nearly:
        query = understand(text, reader, synonyms, nearly=True)
        hits = reader.search(query)
    unspelled = nowhere_spelled(text, reader) if hits and not nearly else ()
    return Answer(hits, frozenset(query.terms()), unspelled, nearly=bool(hits) and nearly)
