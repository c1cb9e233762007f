"""Words asked of a list of one kind: which of its records have them, the best first, and where they stand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import current_app, request
from flask_babel import gettext
from markupsafe import Markup, escape

from catalogue.adapters.search_index import SearchIndex, stem
from catalogue.database import Record
from catalogue.kernel.language import Bilingual
from catalogue.search.asking import NO_TERMS, Terms, ask
from catalogue.search.highlight import mark
from catalogue.search.reasons import Where
from catalogue.search.request import read_request
from catalogue.web.language import current
from catalogue.web.page import Marked, borrowing, say
from catalogue.web.public.search import spelling
from catalogue.web.public.why import why

R = TypeVar("R", bound=Record)
Pair = tuple[str, str]


@dataclass(frozen=True)
class Sought(Generic[R]):
    """What a list looks for and the records it leaves of `everyone`; without words all of them in their
    order."""

    words: str
    everyone: Sequence[R]
    records: Sequence[R]
    terms: Terms = NO_TERMS
    spelling: str | None = None

    @property
    def pairs(self) -> list[Pair]:
        """The words, as the query of an address."""
        return [("q", self.words)] if self.words else []

    def chips(self, without: str) -> list[dict[str, Any]]:
        """The words as what the list is narrowed by; `without` is the address of the list without them."""
        return [{"text": gettext("“%(words)s”", words=self.words), "href": without}] if self.words else []

    def say(self, text: Bilingual | None) -> str | Markup:
        """A text for the reader, with what was found in it marked."""
        return marked(text, self.terms)

    def why(self, record: Record, shown: Collection[Where]) -> dict[str, Any] | None:
        """Why a record is there, where what the list shows of it does not say so."""
        return why(record, self.terms, shown) if self.terms else None


def seek(kind: str, records: Sequence[R]) -> Sought[R]:
    """What `?q=` leaves of the records of a kind."""
    words = read_request(list(request.args.items(multi=True))).q
    if not words:
        return Sought("", records, records)
    index: SearchIndex = current_app.extensions["search_index"]
    answer = ask(index, words)
    known = {record.id: record for record in records}
    found = [known[number] for number in answer.hits.of(kind).ids if number in known]
    return Sought(words, records, found, answer.terms, spelling(answer.unspelled) if found else None)


def marked(text: Bilingual | None, terms: Terms) -> str | Markup:
    """A text for the reader as `say` gives it, with the words that were found marked."""
    phrase = text.read(current()) if text else None
    if phrase is None:
        return ""
    pieces = mark(phrase.text, terms, stem) if terms else []
    if not any(hit for _, hit in pieces):
        return say(text)
    said = Markup("").join(
        Markup("<mark>{}</mark>").format(piece) if hit else escape(piece) for piece, hit in pieces
    )
    return Marked(said, phrase.text) if phrase.language is current() else borrowing(said, phrase)
