"""Lists short enough to be narrowed in memory, by the same rules and controls as the list of products."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask_babel.speaklater import LazyString
from werkzeug.datastructures import MultiDict

from catalogue.database import Record
from catalogue.kernel.text import one_line
from catalogue.search.facets import FacetTable
from catalogue.search.request import LONGEST_IGNORED, MOST_IGNORED

R = TypeVar("R", bound=Record)
Pair = tuple[str, str]
Words = str | LazyString


@dataclass(frozen=True)
class Facet:
    """What a list can be narrowed by: its name in the address, its label, its values in order, in words.

    `open`: its values are seen without opening it. `more`: a remark under its values. `offered`: those of its
    values that are offered where not all are; any may be asked for. `said`: how its chosen values are told.
    """

    name: str
    label: str
    words: Mapping[str, Words]
    open: bool = False
    more: str | None = None
    offered: Collection[str] | None = None
    said: Callable[[Any], Words] = lambda words: words


@dataclass(frozen=True)
class Narrowed(Generic[R]):
    """The records left in their order, what is chosen, the groups of components/facets.html, and the values
    asked for that no facet knows."""

    records: list[R]
    chosen: Mapping[str, Sequence[str]]
    groups: list[dict[str, Any]]
    words: Mapping[Pair, Words]
    counts: Mapping[str, Mapping[str, int]]
    ignored: Sequence[str]

    @property
    def pairs(self) -> list[Pair]:
        """What is chosen, as the query of an address."""
        return [(name, value) for name, values in self.chosen.items() for value in values]

    def chips(self, address: Callable[[list[Pair]], str]) -> list[dict[str, Any]]:
        """What is chosen, each with the address of the list without it."""
        return [
            {"text": self.words[pair], "href": address([other for other in self.pairs if other != pair])}
            for pair in self.pairs
        ]


def narrow(
    records: Sequence[R],
    facets: Sequence[Facet],
    values_of: Callable[[R], Mapping[str, Iterable[str]]],
    asked: MultiDict[str, str],
) -> Narrowed[R]:
    """Values of one facet widen, facets narrow; a value that no facet knows is left out."""
    chosen, ignored = {}, []
    for facet in facets:
        values = [value for value in dict.fromkeys(asked.getlist(facet.name)) if value.strip()]
        if known := [value for value in values if value in facet.words]:
            chosen[facet.name] = known
        ignored += [one_line(value[:LONGEST_IGNORED]) for value in values if value not in facet.words]
    selection = FacetTable.build((record.id, values_of(record)) for record in records).select(chosen)
    left = set(selection.ids)
    return Narrowed(
        records=[record for record in records if record.id in left],
        chosen=chosen,
        groups=[
            _group(facet, chosen.get(facet.name, ()), selection.counts.get(facet.name, {}))
            for facet in facets
        ],
        words={
            (facet.name, value): facet.said(words) for facet in facets for value, words in facet.words.items()
        },
        counts=selection.counts,
        ignored=ignored[:MOST_IGNORED],
    )


def _group(facet: Facet, chosen: Sequence[str], counts: Mapping[str, int]) -> dict[str, Any]:
    """Values that lead to nothing are left out, unless chosen."""
    options = [
        {"value": value, "label": words, "count": counts.get(value, 0), "checked": value in chosen}
        for value, words in facet.words.items()
        if value in chosen or (counts.get(value) and (facet.offered is None or value in facet.offered))
    ]
    return {
        "name": facet.name,
        "label": facet.label,
        "open": facet.open or bool(chosen),
        "options": options,
        "more": facet.more,
    }
