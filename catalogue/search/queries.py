"""Searching: the products list with its facets, and one box over every kind of record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from math import ceil, inf
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from catalogue import version
from catalogue.adapters.search_index import Hit, SearchIndex, stem
from catalogue.certification.models import CertificationScheme
from catalogue.database import Record, db
from catalogue.flowers.models import FlowerVariety
from catalogue.kernel.language import Bilingual, Language
from catalogue.kernel.text import fold, nfc, words
from catalogue.places.models import CraftVillage, IndustrialZone, Place, PointOfInterest
from catalogue.producers.models import Producer
from catalogue.producers.queries import WITH_PLACE
from catalogue.products.models import Category, Product
from catalogue.products.queries import WITH_MAKER, products_by_id
from catalogue.routes.models import TourRoute
from catalogue.search import pages
from catalogue.search.asking import Answer, Terms, ask
from catalogue.search.catalogue import CatalogueRow, ExporterRow, catalogue_rows, exporter_rows
from catalogue.search.facets import FacetTable, Selection
from catalogue.search.highlight import mark
from catalogue.search.models import SearchPin, SynonymGroup
from catalogue.search.pages import SitePage
from catalogue.search.request import SearchRequest, Sort
from catalogue.search.rules import Synonyms, pin_key, synonym_table
from catalogue.search.synonyms import OF_THE_LANGUAGE

PAGE_SIZE = 24
MOST_OF_A_KIND = 10
MOST_DROPPED = 6  # words of a question that is tried without each
YEAR = range(1, 13)

MODELS: dict[str, tuple[type[Record], tuple[Any, ...]]] = {
    "product": (Product, WITH_MAKER),
    "producer": (Producer, WITH_PLACE),
    "village": (CraftVillage, (joinedload(CraftVillage.place),)),
    "route": (TourRoute, ()),
    "place": (Place, (selectinload(Place.names),)),
    "sight": (PointOfInterest, (joinedload(PointOfInterest.place),)),
    "zone": (IndustrialZone, (joinedload(IndustrialZone.place),)),
    "flower": (FlowerVariety, ()),
    "scheme": (CertificationScheme, ()),
}


@dataclass(frozen=True)
class Choice:
    """The ids of the products chosen, in order; the rest as in `CatalogueResults`."""

    ids: Sequence[int]
    counts: Mapping[str, Mapping[str, int]]
    terms: Terms
    unspelled: tuple[str, ...]


@dataclass(frozen=True)
class CatalogueResults:
    """One page of the products list: `counts` holds, per facet and value, how many products it leads to.

    `pages` is at least 1; `terms` are the reasons for hits, for marking them; `unspelled` are words that were
    typed with marks and found without them only.
    """

    products: Sequence[Product]
    total: int
    page: int
    pages: int
    counts: Mapping[str, Mapping[str, int]]
    terms: Terms
    unspelled: tuple[str, ...]


@dataclass(frozen=True)
class Pinned:
    """A record that the office put first for some words, why, and the last day of it."""

    kind: str
    id: int
    reason: Bilingual
    until: date


@dataclass(frozen=True)
class Group:
    """The best hits of one kind and how many there are in all."""

    kind: str
    total: int
    records: Sequence[Record | SitePage]


@dataclass(frozen=True)
class Found:
    """What one box finds: the best group first by its best hit; the rest as in `Answer`, but that `meant` is
    what the reader may have meant, in the spelling of the catalogue; None where it is what was typed.
    `pinned` holds why records were put first, by kind and id.
    """

    groups: Sequence[Group] = ()
    total: int = 0
    terms: Terms = frozenset()
    unspelled: tuple[str, ...] = ()
    guessed: bool = False
    meant: str | None = None
    pinned: Mapping[tuple[str, int], Bilingual] = field(default_factory=dict)


@dataclass(frozen=True)
class Ranked:
    """Everything that was found as (kind, id), the best first; the rest as in `Found`."""

    keys: Sequence[tuple[str, int]]
    unspelled: tuple[str, ...]
    guessed: bool
    meant: str | None


@dataclass(frozen=True)
class SeasonOfProducts:
    """How many products are in season in a month, and those that are so for a part of the year only, by
    Vietnamese name."""

    total: int
    partly: Sequence[CatalogueRow]


@dataclass(frozen=True)
class _Catalogue:
    """Everything that choosing products and exporters needs, kept for one version of the catalogue and a day.

    `exporters` stand in the order of each language; `seasonal` holds, by month, the products that are in
    season then for a part of the year only.
    """

    facets: FacetTable
    orders: Mapping[tuple[Sort, Language], Mapping[int, int]]
    exporters: Mapping[Language, FacetTable]
    seasonal: Mapping[int, Sequence[CatalogueRow]]


def is_ready(index: SearchIndex) -> bool:
    """Whether there is an index to ask."""
    return index.exists()


def choose(index: SearchIndex, request: SearchRequest, language: Language, day: date) -> Choice:
    """All products that a list's address asks for, in its order, with the counts of every facet."""
    catalogue = _catalogue(_database(), version.current(), day)
    answer, ranked = Answer(), None
    if request.q:
        answer = _ask(index, request.q)
        ranked = {hit.id: place for place, hit in enumerate(answer.hits) if hit.kind == "product"}
    selection = catalogue.facets.select(request.chosen, within=None if ranked is None else ranked.keys())
    if ranked is not None and request.sort is Sort.RELEVANCE:
        order: Mapping[int, int] = ranked
    else:
        order = catalogue.orders[request.sort, language]
    ids = sorted(selection.ids, key=order.__getitem__)
    return Choice(ids, selection.counts, answer.terms, answer.unspelled)


def search_catalogue(
    index: SearchIndex, request: SearchRequest, language: Language, day: date
) -> CatalogueResults:
    """The products that a list's address asks for, one page of them, with the counts of every facet."""
    choice = choose(index, request, language, day)
    start = (request.page - 1) * PAGE_SIZE
    return CatalogueResults(
        products=products_by_id(choice.ids[start : start + PAGE_SIZE]),
        total=len(choice.ids),
        page=request.page,
        pages=max(1, ceil(len(choice.ids) / PAGE_SIZE)),
        counts=choice.counts,
        terms=choice.terms,
        unspelled=choice.unspelled,
    )


def choose_exporters(request: SearchRequest, language: Language, day: date) -> Selection:
    """The producers with reported export markets that a list's address asks for, with the counts of every
    facet; words and order are not asked for."""
    return _catalogue(_database(), version.current(), day).exporters[language].select(request.chosen)


def month_of_products(day: date) -> SeasonOfProducts:
    """What is in season in the month of `day`; what nobody gives a season for is in season in no month."""
    catalogue = _catalogue(_database(), version.current(), day)
    counts = catalogue.facets.select({}).counts.get("month", {})
    return SeasonOfProducts(counts.get(str(day.month), 0), catalogue.seasonal[day.month])


def evidence_counts(day: date) -> dict[str, int]:
    """How many products are confirmed, reported, or have nothing in force or reported; they add up to all."""
    counts = _catalogue(_database(), version.current(), day).facets.select({}).counts.get("evidence", {})
    return {value: counts.get(value, 0) for value in ("confirmed", "reported", "none")}


def category_counts(day: date) -> dict[str, int]:
    """How many products each category holds, with all below it."""
    return dict(_catalogue(_database(), version.current(), day).facets.select({}).counts.get("category", {}))


def ways_out(index: SearchIndex, request: SearchRequest, day: date) -> dict[str, int]:
    """For a list that came out empty: what may be given up, a facet or the words (`q`), and how many products
    that alone would leave; the most first, nothing that leaves none."""
    facets = _catalogue(_database(), version.current(), day).facets
    within = [hit.id for hit in _ask(index, request.q).hits if hit.kind == "product"] if request.q else None
    totals = {
        given_up: len(facets.select({k: v for k, v in request.chosen.items() if k != given_up}, within).ids)
        for given_up in request.chosen
    }
    if request.q:
        totals["q"] = len(facets.select(request.chosen).ids)
    return {name: total for name, total in sorted(totals.items(), key=lambda way: -way[1]) if total}


def search_everything(index: SearchIndex, text: str, day: date) -> Found:
    """The records of every kind and the pages that match, the best of each first; one statement a kind."""
    first = pinned(text, day)
    answer = _ask(index, text, first)
    ids: dict[str, list[int]] = defaultdict(list)
    for hit in answer.hits:
        ids[hit.kind].append(hit.id)
    groups = [Group(kind, len(ids[kind]), _load(kind, ids[kind][:MOST_OF_A_KIND])) for kind in ids]
    return _found(answer, text, groups, first)


def search_kind(index: SearchIndex, text: str, kind: str, page: int, day: date) -> Found:
    """The records of one kind that match, one page of them as the only group."""
    first = pinned(text, day)
    answer = _ask(index, text, first)
    ids = [hit.id for hit in answer.hits if hit.kind == kind]
    start = (page - 1) * PAGE_SIZE
    group = Group(kind, len(ids), _load(kind, ids[start : start + PAGE_SIZE]))
    return _found(answer, text, [group] if ids else [], first)


def search_ranked(index: SearchIndex, text: str, day: date) -> Ranked:
    """Every record that matches, the best first."""
    answer = _ask(index, text, pinned(text, day))
    keys = [(hit.kind, hit.id) for hit in answer.hits if hit.kind in MODELS]
    return Ranked(keys, answer.unspelled, answer.guessed, _meant(answer, text))


def nearest(index: SearchIndex, text: str) -> dict[str, int]:
    """For a text that finds nothing: the text without one of its words, and how much that finds; the most
    first, three at most."""
    found = [word.text for word in words(nfc(text))]
    totals = {}
    for place in range(len(found) if 1 < len(found) <= MOST_DROPPED else 0):
        less = " ".join(found[:place] + found[place + 1 :])
        totals[less] = len(_ask(index, less).hits)
    best = sorted(totals.items(), key=lambda way: -way[1])[:3]
    return {less: total for less, total in best if total}


def _found(answer: Answer, text: str, groups: Sequence[Group], first: Sequence[Pinned]) -> Found:
    return Found(
        groups,
        sum(group.total for group in groups),
        answer.terms,
        answer.unspelled,
        answer.guessed,
        _meant(answer, text),
        {(one.kind, one.id): one.reason for one in first},
    )


def _meant(answer: Answer, text: str) -> str | None:
    """The words of the best hit's name that were found, as it spells them."""
    if answer.meant is None:
        return None
    record = next(iter(_load(answer.meant.kind, [answer.meant.id])), None)
    names = record.name.texts() if record else []
    said = [" ".join(piece for piece, hit in mark(name, answer.meant_terms, stem) if hit) for name in names]
    best = max(said, key=lambda one: len(words(one)), default="")
    typed, meant = ([fold(word.text) for word in words(one)] for one in (text, best))
    return best if len(meant) >= len(typed) and meant != typed else None


def load_hits(kind: str, ids: Sequence[int]) -> list[Record]:
    """Records of a kind in the order of the ids."""
    model, options = MODELS[kind]
    rows = db.session.scalars(select(model).where(model.id.in_(ids)).options(*options))
    found = {row.id: row for row in rows}
    return [found[key] for key in ids if key in found]


def _load(kind: str, ids: Sequence[int]) -> Sequence[Record | SitePage]:
    if kind == pages.KIND:
        return [pages.BY_ID[key] for key in ids if key in pages.BY_ID]
    return load_hits(kind, ids)


def codes() -> dict[tuple[str, int], str]:
    """The code of everything that can be found, by kind and number."""
    found = {
        (kind, number): code
        for kind, (model, _) in MODELS.items()
        for number, code in db.session.execute(select(model.id, model.code))
    }
    return found | {(pages.KIND, page.id): page.code for page in pages.PAGES}


def synonyms() -> Synonyms:
    """What means the same as what, as the catalogue stands."""
    return _synonyms(_database(), version.current())


def pinned(text: str, day: date) -> list[Pinned]:
    """What the office put first for these words on that day."""
    found = _pins(_database(), version.current()).get(pin_key(text), ())
    return [one for one in found if one.until >= day]


def _ask(index: SearchIndex, text: str, first: Sequence[Pinned] = ()) -> Answer:
    """What is found; `first` stands before it, found or not."""
    with index.reader() as reader:
        answer = ask(reader, text, synonyms())
    if not first:
        return answer
    ahead = {(one.kind, one.id) for one in first}
    others = [hit for hit in answer.hits if (hit.kind, hit.id) not in ahead]
    return replace(answer, hits=[*(Hit(one.kind, one.id, inf) for one in first), *others])


@lru_cache(maxsize=4)
def _synonyms(_database: str, _version: int) -> Synonyms:
    """Of the language, of the office, and a category's names in both languages; its wider words stand in the
    documents."""
    groups = [row.name.texts() for row in db.session.scalars(select(Category))]
    added = db.session.scalars(select(SynonymGroup.phrases)).all()
    return synonym_table([*OF_THE_LANGUAGE, *added, *groups], stem)


@lru_cache(maxsize=4)
def _pins(_database: str, _version: int) -> Mapping[str, Sequence[Pinned]]:
    """By their words, what the office put first; a record that left the catalogue is missing."""
    found: dict[str, list[Pinned]] = defaultdict(list)
    for row in db.session.scalars(select(SearchPin).order_by(SearchPin.id)):
        model, _ = MODELS[row.kind]
        number = db.session.scalar(select(model.id).where(model.code == row.code))
        if number is not None:
            found[row.key].append(Pinned(row.kind, number, row.reason, row.until))
    return dict(found)


@lru_cache(maxsize=4)
def _catalogue(_database: str, _version: int, day: date) -> _Catalogue:
    rows = list(catalogue_rows(day))
    facets = FacetTable.build((row.product_id, row.values) for row in rows)
    orders = {}
    for language in Language:
        by_name = sorted(rows, key=lambda row: row.name[language])
        by_maker = sorted(by_name, key=lambda row: row.maker[language])
        orders[Sort.NAME, language] = _places(by_name)
        orders[Sort.MAKER, language] = _places(by_maker)
    exporters = list(exporter_rows(rows, day))
    return _Catalogue(
        facets,
        orders,
        exporters={language: _exporter_table(exporters, language) for language in Language},
        seasonal=_seasonal(sorted(rows, key=lambda row: row.name[Language.VI])),
    )


def _exporter_table(exporters: Sequence[ExporterRow], language: Language) -> FacetTable:
    in_order = sorted(exporters, key=lambda row: row.name[language])
    return FacetTable.build((row.producer_id, row.values) for row in in_order)


def _seasonal(rows: Sequence[CatalogueRow]) -> dict[int, list[CatalogueRow]]:
    part_of_the_year = [row for row in rows if len(row.values["month"]) < len(YEAR)]
    return {month: [row for row in part_of_the_year if str(month) in row.values["month"]] for month in YEAR}


def _places(rows: Sequence[CatalogueRow]) -> dict[int, int]:
    return {row.product_id: place for place, row in enumerate(rows)}


def _database() -> str:
    return str(db.engine.url)
