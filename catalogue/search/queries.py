"""Searching: the products list with its facets, and one box over every kind of record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import ceil
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from catalogue import version
from catalogue.adapters.search_index import Hits, SearchIndex, stem
from catalogue.certification.models import CertificationScheme
from catalogue.database import Record, db
from catalogue.flowers.models import FlowerVariety
from catalogue.kernel.language import Language
from catalogue.kernel.query import Form
from catalogue.pages.models import AboutPage
from catalogue.places.models import CraftVillage, IndustrialZone, Place, PointOfInterest
from catalogue.producers.models import Producer
from catalogue.producers.queries import WITH_PLACE
from catalogue.products.models import Category, Product
from catalogue.products.queries import WITH_MAKER, products_by_id
from catalogue.records import in_order_of
from catalogue.routes.models import TourRoute
from catalogue.search import pages
from catalogue.search.catalogue import CatalogueRow, ExporterRow, catalogue_rows, exporter_rows
from catalogue.search.facets import Array, FacetTable, Selection
from catalogue.search.pages import SitePage
from catalogue.search.rules import (
    SearchRequest,
    Sort,
    Synonyms,
    nowhere_spelled,
    synonym_table,
    understand,
)

PAGE_SIZE = 24
MOST_OF_A_KIND = 10
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
    terms: frozenset[tuple[Form, str]]
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
    terms: frozenset[tuple[Form, str]]
    unspelled: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """The best hits of one kind and how many there are in all."""

    kind: str
    total: int
    records: Sequence[Record | SitePage]


@dataclass(frozen=True)
class Found:
    """What one box finds: the best group first by its best hit; `terms` and `unspelled` as above."""

    groups: Sequence[Group]
    total: int
    terms: frozenset[tuple[Form, str]]
    unspelled: tuple[str, ...]


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
    orders: Mapping[tuple[Sort, Language], Array]
    exporters: Mapping[Language, FacetTable]
    seasonal: Mapping[int, Sequence[CatalogueRow]]


@dataclass(frozen=True)
class _Answer:
    """What the index says to a text: the hits of every kind, the best first, and how they were found."""

    hits: Hits
    terms: frozenset[tuple[Form, str]]
    unspelled: tuple[str, ...]


def is_ready(index: SearchIndex) -> bool:
    """Whether there is an index to ask."""
    return index.exists()


def choose(index: SearchIndex, request: SearchRequest, language: Language, day: date) -> Choice:
    """All products that a list's address asks for, in its order, with the counts of every facet."""
    catalogue = _catalogue(_database(), version.current(), day)
    if not request.q:
        selection = catalogue.facets.select(request.chosen)
        order = catalogue.orders[request.sort, language]
        return Choice(catalogue.facets.in_order(order, selection), selection.counts, frozenset(), ())
    answer = _ask(index, request.q)
    hits = answer.hits.of("product")
    selection = catalogue.facets.select(request.chosen, within=hits.numbers)
    if request.sort is Sort.RELEVANCE:
        ids = hits.only(catalogue.facets.holds(selection, hits.numbers)).ids
    else:
        ids = catalogue.facets.in_order(catalogue.orders[request.sort, language], selection)
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
    within = _ask(index, request.q).hits.of("product").numbers if request.q else None
    totals = {
        given_up: len(facets.select({k: v for k, v in request.chosen.items() if k != given_up}, within).ids)
        for given_up in request.chosen
    }
    if request.q:
        totals["q"] = len(facets.select(request.chosen).ids)
    return {name: total for name, total in sorted(totals.items(), key=lambda way: -way[1]) if total}


def search_everything(index: SearchIndex, text: str) -> Found:
    """The records of every kind and the pages that match, the best of each first; one statement a kind."""
    answer = _ask(index, text)
    groups = [
        Group(kind, total, _load(kind, answer.hits.of(kind).ids[:MOST_OF_A_KIND]))
        for kind, total in answer.hits.totals().items()
    ]
    return Found(groups, len(answer.hits), answer.terms, answer.unspelled)


def search_kind(index: SearchIndex, text: str, kind: str, page: int) -> Found:
    """The records of one kind that match, one page of them as the only group."""
    answer = _ask(index, text)
    ids = answer.hits.of(kind).ids
    start = (page - 1) * PAGE_SIZE
    group = Group(kind, len(ids), _load(kind, ids[start : start + PAGE_SIZE]))
    return Found([group] if ids else [], len(ids), answer.terms, answer.unspelled)


def search_ranked(index: SearchIndex, text: str) -> list[tuple[str, int]]:
    """Every record that matches as (kind, id), the best first."""
    return [(hit.kind, hit.id) for hit in _ask(index, text).hits if hit.kind in MODELS]


def load_hits(kind: str, ids: Sequence[int]) -> list[Record]:
    """Records of a kind in the order of the ids."""
    model, options = MODELS[kind]
    rows = db.session.scalars(select(model).where(model.id.in_(ids)).options(*options))
    found = {row.id: row for row in rows}
    return [found[key] for key in ids if key in found]


def _load(kind: str, ids: Sequence[int]) -> Sequence[Record | SitePage]:
    if kind == pages.KIND:
        return [pages.BY_ID[key] for key in ids if key in pages.BY_ID]
    if kind == pages.ABOUT:
        return in_order_of(AboutPage, ids)
    return load_hits(kind, ids)


def _ask(index: SearchIndex, text: str) -> _Answer:
    with index.reader() as reader:
        query = understand(text, reader, _synonyms(_database(), version.current()))
        hits = reader.search(query)
        return _Answer(hits, frozenset(query.terms()), nowhere_spelled(text, reader) if hits else ())


@lru_cache(maxsize=4)
def _synonyms(_database: str, _version: int) -> Synonyms:
    """A category's names in both languages mean the same; its wider words stand in the documents."""
    groups = [row.name.texts() for row in db.session.scalars(select(Category))]
    return synonym_table(groups, stem)


@lru_cache(maxsize=4)
def _catalogue(_database: str, _version: int, day: date) -> _Catalogue:
    rows = list(catalogue_rows(day))
    facets = FacetTable.build((row.product_id, row.values) for row in rows)
    orders = {}
    for language in Language:
        by_name = sorted(rows, key=lambda row: row.name[language])
        by_maker = sorted(by_name, key=lambda row: row.maker[language])
        orders[Sort.NAME, language] = _places(facets, by_name)
        orders[Sort.MAKER, language] = _places(facets, by_maker)
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


def _places(facets: FacetTable, rows: Sequence[CatalogueRow]) -> Array:
    return facets.places(np.array([row.product_id for row in rows], np.int64))


def _database() -> str:
    return str(db.engine.url)
