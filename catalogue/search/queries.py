"""The products list with its facets, and what is counted of the catalogue by the same table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

import numpy as np

from catalogue import version
from catalogue.adapters.search_index import SearchIndex
from catalogue.database import db
from catalogue.kernel.language import Language
from catalogue.kernel.once import once
from catalogue.products.models import Product
from catalogue.products.queries import products_by_id
from catalogue.search.asking import Terms, ask
from catalogue.search.catalogue import CatalogueRow, ExporterRow, catalogue_rows
from catalogue.search.facets import Array, FacetTable, Selection
from catalogue.search.nearness import NOWHERE, nearness
from catalogue.search.request import SearchRequest, Sort, way_of

PAGE_SIZE = 24
YEAR = range(1, 13)


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
class SeasonOfProducts:
    """How many products are in season in a month, and those that are so for a part of the year only, by
    Vietnamese name."""

    total: int
    partly: Sequence[CatalogueRow]


@dataclass(frozen=True)
class _Catalogue:
    """Everything that choosing products and exporters needs, kept for one version of the catalogue and a day.

    `exporters` stand in the order of each language; `seasonal` holds, by month, the products that are in
    season then for a part of the year only; `producers` the maker of each row of `facets`.
    """

    facets: FacetTable
    orders: Mapping[tuple[Sort, Language], Array]
    exporters: Mapping[Language, FacetTable]
    seasonal: Mapping[int, Sequence[CatalogueRow]]
    producers: Array


def is_ready(index: SearchIndex) -> bool:
    """Whether there is an index to ask."""
    return index.exists()


def choose(index: SearchIndex, request: SearchRequest, language: Language, day: date) -> Choice:
    """All products that a list's address asks for, in its order, with the counts of every facet."""
    catalogue = _catalogue(_database(), version.current(), day)
    if not request.q:
        selection = catalogue.facets.select(request.chosen)
        order = _order(catalogue, request, language)
        return Choice(catalogue.facets.in_order(order, selection), selection.counts, frozenset(), ())
    answer = ask(index, request.q)
    hits = answer.hits.of("product")
    selection = catalogue.facets.select(request.chosen, within=hits.numbers)
    if request.sort is Sort.RELEVANCE:
        ids = hits.only(catalogue.facets.holds(selection, hits.numbers)).ids
    else:
        ids = catalogue.facets.in_order(_order(catalogue, request, language), selection)
    return Choice(ids, selection.counts, answer.terms, answer.unspelled)


def _order(catalogue: _Catalogue, request: SearchRequest, language: Language) -> Array:
    """The places of all rows in the order that is asked for, those that are on no way last."""
    way = way_of(request.chosen) if request.sort is Sort.WAY else None
    if way is None:
        return catalogue.orders[request.sort, language]
    spots = nearness().spots(*way)
    by_name = catalogue.orders[Sort.NAME, language]
    stops, kilometres = (
        np.array([spots.get(producer, NOWHERE) for producer in catalogue.producers[by_name].tolist()])
        .reshape(-1, 2)
        .T
    )
    found: Array = by_name[np.lexsort((kilometres, stops))]
    return found


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
    within = ask(index, request.q).hits.of("product").numbers if request.q else None
    totals = {
        given_up: len(facets.select({k: v for k, v in request.chosen.items() if k != given_up}, within).ids)
        for given_up in request.chosen
    }
    if request.q:
        totals["q"] = len(facets.select(request.chosen).ids)
    return {name: total for name, total in sorted(totals.items(), key=lambda way: -way[1]) if total}


@once(1)
def _catalogue(_database: str, _version: int, day: date) -> _Catalogue:
    rows, exporters = catalogue_rows(day, nearness())
    facets = FacetTable.build((row.product_id, row.values) for row in rows)
    orders = {}
    for language in Language:
        by_name = sorted(rows, key=lambda row: row.name[language])
        by_maker = sorted(by_name, key=lambda row: row.maker[language])
        orders[Sort.NAME, language] = _places(facets, by_name)
        orders[Sort.MAKER, language] = _places(facets, by_maker)
    return _Catalogue(
        facets,
        orders,
        exporters={language: _exporter_table(exporters, language) for language in Language},
        seasonal=_seasonal(sorted(rows, key=lambda row: row.name[Language.VI])),
        producers=np.array([row.producer_id for row in rows], np.int64),
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
