"""Why a record is among the hits, where neither its name nor its summary shows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext

from catalogue.adapters.search_index import stem
from catalogue.database import Record
from catalogue.flowers.models import FlowerVariety
from catalogue.kernel.language import Bilingual, Language
from catalogue.products.models import Product
from catalogue.search.asking import Terms
from catalogue.search.highlight import excerpt, mark
from catalogue.search.pages import SitePage
from catalogue.web.language import current

SHORT = ("name", "summary")
LONG = ("description", "story", "products_summary", "theme", "scope", "issuer", "investor", "locality")

Said = tuple[str, str, Language | None]


def why(record: Record | SitePage, terms: Terms) -> dict[str, Any] | None:
    """A label, the place that was found with the words marked in it, and its language where it is the other
    one; None where what is shown anyway says it, or where nobody knows."""
    own, other = current(), current().other
    if any(_found(text.in_(own), terms) for text in _texts(record, SHORT)):
        return None
    for label, text, language in (*_names(record, other), *_words(record), *_bodies(record, own, other)):
        if pieces := _found(text, terms):
            return {"label": label, "pieces": excerpt(pieces), "lang": language.value if language else None}
    return None


def _found(text: str | None, terms: Terms) -> list[tuple[str, bool]]:
    pieces = mark(text, terms, stem) if text else []
    return pieces if any(hit for _, hit in pieces) else []


def _names(record: Record | SitePage, other: Language) -> Iterator[Said]:
    for text in _texts(record, SHORT):
        yield _in_other(other), text.in_(other) or "", other


def _words(record: Record | SitePage) -> Iterator[Said]:
    """Other names for it: of the record itself, then of its category."""
    said: list[str] = list(record.words) if isinstance(record, SitePage) else []
    if isinstance(record, Product | FlowerVariety):
        said += _both(record.keywords)
    if isinstance(record, Product):
        said += [*record.category.name.texts(), *_both(record.category.synonyms)]
    for word in said:
        yield gettext("Also written:"), word, None


def _bodies(record: Record | SitePage, own: Language, other: Language) -> Iterator[Said]:
    for text in _texts(record, LONG):
        yield gettext("In its text:"), text.in_(own) or "", None
        yield _in_other(other), text.in_(other) or "", other
    for unit in ("former_commune", "former_district"):
        yield gettext("Before July 2025:"), getattr(record, unit, None) or "", None


def _texts(record: Record | SitePage, names: tuple[str, ...]) -> Iterator[Bilingual]:
    for name in names:
        if text := getattr(record, name, None):
            yield text


def _in_other(other: Language) -> str:
    if other is Language.EN:
        return gettext("Found in the English text:")
    return gettext("Found in the Vietnamese text:")


def _both(words: dict[str, Any] | None) -> list[str]:
    return [word for language in Language for word in (words or {}).get(language.value, ())]
