"""Why a record is among the hits: which of its texts has the words, and in which language it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from catalogue.adapters.markdown import plain
from catalogue.adapters.search_index import stem
from catalogue.database import Record
from catalogue.flowers.models import FlowerVariety
from catalogue.kernel.language import Bilingual, Language
from catalogue.places.models import CraftVillage, IndustrialZone, Place, PointOfInterest
from catalogue.producers.models import Producer
from catalogue.products.models import Category, Product
from catalogue.products.queries import category_tree
from catalogue.routes.models import TourRoute
from catalogue.routes.queries import routes
from catalogue.search.asking import Terms
from catalogue.search.highlight import Pieces, mark
from catalogue.search.pages import SitePage


class Where(StrEnum):
    """What of a record has the words, what says most first."""

    NAME = "name"
    SUMMARY = "summary"
    MAKES = "makes"
    ALSO_WRITTEN = "also-written"
    MAKER = "maker"
    VILLAGE = "village"
    PLACE = "place"
    PEOPLE = "people"
    BEFORE_2025 = "before-july-2025"
    STOP = "stop"
    CUSTOMS = "hs-code"
    TEXT = "text"


LONG = (
    *(
        "description",
        "story",
        "text",
        "theme",
        "scope",
        "criteria",
        "issuer",
        "investor",
        "sectors",
        "locality",
    ),
)
MARKDOWN = ("story", "text", "criteria")

Said = tuple[Where, str | None, Language | None]


@dataclass(frozen=True)
class Reason:
    """A text in pieces, each with whether it was found; `language` is None where it is of no one language."""

    where: Where
    language: Language | None
    pieces: Pieces


def reasons(record: Record | SitePage, terms: Terms, language: Language) -> list[Reason]:
    """The names, summaries and lines of what is made that have one of the words, those in `language` first;
    where none has, the first other text that does; nothing where nobody knows."""
    short = [*_marked(_short(record, language), terms)]
    return short or next(([one] for one in _marked(_others(record, language), terms)), [])


def _marked(said: Iterable[Said], terms: Terms) -> Iterator[Reason]:
    for where, text, language in said:
        pieces = mark(text, terms, stem) if text else []
        if any(hit for _, hit in pieces):
            yield Reason(where, language, pieces)


def _short(record: Record | SitePage, language: Language) -> Iterator[Said]:
    for each in (language, language.other):
        yield Where.NAME, record.name.in_(each), each
        yield Where.SUMMARY, _text(record, "summary").in_(each), each
        yield Where.MAKES, _text(record, "products_summary").in_(each), each


def _others(record: Record | SitePage, language: Language) -> Iterator[Said]:
    yield from _also_written(record)
    if isinstance(record, Product):
        maker = record.producer
        yield from _bilingual(Where.MAKER, maker.name, language)
        yield from _standing(maker, language)
    else:
        yield from _standing(record, language)
    if isinstance(record, TourRoute):
        yield from _stops(record, language)
    if code := getattr(record, "hs_code", None):
        yield Where.CUSTOMS, f"HS {code}", None
    for name in LONG:
        yield from _bilingual(Where.TEXT, _text(record, name), language)


def _also_written(record: Record | SitePage) -> Iterator[Said]:
    """Other names for it: of the record itself, then of its kind and what that belongs to."""
    said: list[str] = list(record.words) if isinstance(record, SitePage) else []
    if isinstance(record, Product | FlowerVariety):
        said += _both(record.keywords)
    if isinstance(record, FlowerVariety):
        said.append(record.scientific_name or "")
    for category in _line(record):
        said += [*category.name.texts(), *_both(category.synonyms)]
    for word in said:
        yield Where.ALSO_WRITTEN, word, None


def _line(record: Record | SitePage) -> Sequence[Category]:
    """Its category and those above."""
    tree = category_tree()
    if isinstance(record, Product):
        return tree.line(tree.by_id[record.category_id])
    code = getattr(record, "craft_code", None) or getattr(record, "category_code", None)
    return tree.line(tree.by_code[code]) if code in tree.by_code else ()


def _standing(record: Any, language: Language) -> Iterator[Said]:
    """Its village, its unit of today, and those of before July 2025."""
    village = record.village if isinstance(record, Producer) else None
    if village:
        yield from _bilingual(Where.VILLAGE, village.name, language)
    for each in (record, village):
        yield Where.PEOPLE, getattr(each, "ethnic_group", None), None
    for each in (record, village):
        if isinstance(each, Producer | CraftVillage | PointOfInterest | IndustrialZone) and each.place:
            yield from _bilingual(Where.PLACE, each.place.name, language)
    former = [name.commune for name in record.names] if isinstance(record, Place) else []
    for unit in (*former, *(getattr(record, name, None) for name in ("former_commune", "former_district"))):
        yield Where.BEFORE_2025, unit, Language.VI


def _stops(route: TourRoute, language: Language) -> Iterator[Said]:
    """The names of what it leads to; those of all routes are kept in memory."""
    for known in routes(language):
        for stop in known.stops if known.id == route.id else ():
            yield from _bilingual(Where.STOP, stop.target.name, language)


def _bilingual(where: Where, text: Bilingual, language: Language) -> Iterator[Said]:
    for each in (language, language.other):
        yield where, text.in_(each), each


def _text(record: Record | SitePage, name: str) -> Bilingual:
    """A text of a record, without the signs of Markdown."""
    text: Bilingual = getattr(record, name, None) or Bilingual(None, None)
    if name not in MARKDOWN:
        return text
    return Bilingual(*(plain(each) if each else None for each in (text.vi, text.en)))


def _both(words: dict[str, Any] | None) -> list[str]:
    return [word for language in Language for word in (words or {}).get(language.value, ())]
