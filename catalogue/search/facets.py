"""Choosing among rows by their facets: which rows are left, and what every other value would leave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import compress
from operator import and_, or_

# A set of rows is one whole number, its n-th bit the n-th row: choosing is `&` and `|`, counting `bit_count`.
SET_BITS = bytes.maketrans(b"01", b"\x00\x01")


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows that are left, in the table's order, and how many rows each value of each facet leads to.

    The count beside a value is the number of rows there would be if it were the only choice in its facet, the
    choices in the other facets kept.
    """

    ids: Sequence[int]
    counts: Mapping[str, Mapping[str, int]]


class FacetTable:
    """Rows and their values, once built never changed, so that all threads may share it."""

    def __init__(self, ids: Sequence[int], masks: Mapping[str, Mapping[str, int]]) -> None:
        self._ids = tuple(ids)
        self._bits = {row: 1 << place for place, row in enumerate(self._ids)}
        self._masks = masks
        self._all = (1 << len(self._ids)) - 1

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
        masks = {
            facet: {value: _mask(found, len(ids)) for value, found in values.items()}
            for facet, values in places.items()
        }
        return cls(ids, masks)

    def select(self, chosen: Mapping[str, Sequence[str]], within: Iterable[int] | None = None) -> Selection:
        """Choose: values of one facet widen, facets narrow; `within` keeps only rows with these ids.

        A value that no row has leads to nothing; a facet without a choice narrows nothing; an id that no row
        has does no harm.
        """
        base = self._all if within is None else self._rows(within)
        allowed = {
            facet: reduce(or_, (self._masks.get(facet, {}).get(value, 0) for value in values))
            for facet, values in chosen.items()
            if values
        }
        counts = {}
        for facet, masks in self._masks.items():
            others = reduce(and_, (mask for other, mask in allowed.items() if other != facet), base)
            counts[facet] = {value: (mask & others).bit_count() for value, mask in masks.items()}
        return Selection(self._named(reduce(and_, allowed.values(), base)), counts)

    def _rows(self, ids: Iterable[int]) -> int:
        return reduce(or_, (self._bits.get(row, 0) for row in ids), 0)

    def _named(self, mask: int) -> tuple[int, ...]:
        return tuple(compress(self._ids, f"{mask:b}".encode()[::-1].translate(SET_BITS)))


def _mask(places: Iterable[int], size: int) -> int:
    bits = bytearray(size // 8 + 1)
    for place in places:
        bits[place // 8] |= 1 << place % 8
    return int.from_bytes(bits, "little")
