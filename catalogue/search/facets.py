"""Choosing among rows by their facets: which rows are left, and what every other value would leave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]
WORD = 64  # bits


class Ids(Sequence[int]):
    """Ids in their order, as plain numbers where they are read."""

    def __init__(self, ids: Array) -> None:
        self._ids = ids

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> list[int]: ...
    def __getitem__(self, place: int | slice) -> int | list[int]:
        found: int | list[int] = self._ids[place].tolist()
        return found


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows that are left, in the table's order, and how many rows each value of each facet leads to.

    The count beside a value is the number of rows there would be if it were the only choice in its facet, the
    choices in the other facets kept. `rows` says of every row of the table whether it is left.
    """

    ids: Sequence[int]
    counts: Mapping[str, Mapping[str, int]]
    rows: Array


class FacetTable:
    """Rows and their values, once built never changed, so that all threads may share it.

    A set of rows is a string of bits, the n-th the n-th row; each value has one, and all stand below each
    other: choosing is `&` and `|`, and one look over all of them counts every value.
    """

    def __init__(self, ids: Array, values: Mapping[str, Sequence[str]], sets: Array) -> None:
        """`values` by facet, in the order of `sets`."""
        self._ids = ids
        self._places = np.full(int(ids.max(initial=0)) + 1, -1, np.intp)
        self._places[ids] = np.arange(len(ids))
        self._values = values
        self._sets = sets
        self._all = _packed(np.ones(len(ids), bool))
        self._numbers = {
            (facet, value): number
            for number, (facet, value) in enumerate(
                (f, value) for f, each in values.items() for value in each
            )
        }

    @classmethod
    def build(cls, rows: Iterable[tuple[int, Mapping[str, Iterable[str]]]]) -> FacetTable:
        """Rows as (id, values by facet), in the order in which selections shall give them; each id once."""
        ids: list[int] = []
        places: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for place, (row, facets) in enumerate(rows):
            ids.append(row)
            for facet, values in facets.items():
                for value in values:
                    places[facet][value].append(place)
        if len(set(ids)) != len(ids):
            raise ValueError("a row stands twice in the table")
        every = [found for values in places.values() for found in values.values()]
        sets = np.zeros((len(every), len(_packed(np.zeros(len(ids), bool)))), np.uint64)
        for number, found in enumerate(every):
            chosen = np.zeros(len(ids), bool)
            chosen[found] = True
            sets[number] = _packed(chosen)
        return cls(np.array(ids, np.int64), {facet: list(each) for facet, each in places.items()}, sets)

    def select(self, chosen: Mapping[str, Sequence[str]], within: Iterable[int] | None = None) -> Selection:
        """Choose: values of one facet widen, facets narrow; `within` keeps only rows with these ids.

        A value that no row has leads to nothing; a facet without a choice narrows nothing; an id that no row
        has does no harm.
        """
        base = self._all if within is None else self._rows(within)
        allowed = {facet: self._any_of(facet, values) for facet, values in chosen.items() if values}
        left = _common(base, allowed.values())
        counts = self._counts(left)
        for facet in allowed.keys() & self._values.keys():
            others = _common(base, (each for other, each in allowed.items() if other != facet))
            counts[facet] = self._counts_of(facet, others)
        rows = np.unpackbits(left.view(np.uint8), count=len(self._ids), bitorder="little").view(bool)
        return Selection(Ids(self._ids[rows]), counts, rows)

    def places(self, ids: Array) -> Array:
        """Which row each id has, -1 where it has none."""
        known = (ids >= 0) & (ids < len(self._places))
        found: Array = np.where(known, self._places[np.where(known, ids, 0)], -1)
        return found

    def holds(self, selection: Selection, ids: Array) -> Array:
        """Which of these ids are left."""
        places = self.places(ids)
        held: Array = places >= 0
        held[held] = selection.rows[places[held]]
        return held

    def in_order(self, order: Array, selection: Selection) -> Sequence[int]:
        """The ids of what is left in another order, which is given as the places of all rows."""
        return Ids(self._ids[order[selection.rows[order]]])

    def _rows(self, ids: Iterable[int]) -> Array:
        places = self.places(np.fromiter(ids, np.int64) if not isinstance(ids, np.ndarray) else ids)
        rows = np.zeros(len(self._ids), bool)
        rows[places[places >= 0]] = True
        return _packed(rows)

    def _any_of(self, facet: str, values: Sequence[str]) -> Array:
        numbers = [number for value in values if (number := self._numbers.get((facet, value))) is not None]
        found: Array = np.bitwise_or.reduce(self._sets[numbers], axis=0)
        return found

    def _counts(self, rows: Array) -> dict[str, dict[str, int]]:
        """How many of these rows have each value."""
        counts = iter(_sizes(self._sets & rows))
        return {facet: dict(zip(values, counts, strict=False)) for facet, values in self._values.items()}

    def _counts_of(self, facet: str, rows: Array) -> dict[str, int]:
        values = self._values[facet]
        first = self._numbers[facet, values[0]]
        return dict(zip(values, _sizes(self._sets[first : first + len(values)] & rows), strict=True))


def _packed(rows: Array) -> Array:
    spare = np.zeros(-len(rows) % WORD, bool)
    packed: Array = np.packbits(np.concatenate([rows, spare]), bitorder="little").view(np.uint64)
    return packed


def _common(base: Array, others: Iterable[Array]) -> Array:
    for other in others:
        base = base & other
    return base


def _sizes(sets: Array) -> list[int]:
    sizes: list[int] = np.bitwise_count(sets).sum(axis=1, dtype=np.int64).tolist()
    return sizes
