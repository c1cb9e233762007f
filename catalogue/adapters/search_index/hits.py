"""What a search found: how much, of which kinds, and the best of it, in order only as far as it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

import numpy as np

from catalogue.adapters.search_index.files import Array

LOWEST = np.uint64(0xFFFF_FFFF)
HALF = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found, and how well it fits; scores compare only within one search."""

    kind: str
    id: int
    score: float


@dataclass(frozen=True, slots=True)
class Records:
    """The records of all documents of the index, by document: the place of its kind in `kinds`, and its id.

    `ranks` gives each document its place in the order of kind and id, `by_rank` the document at each place.
    """

    names: Sequence[str]
    kinds: Array
    ids: Array
    ranks: Array
    by_rank: Array

    @classmethod
    def of(cls, names: Sequence[str], kinds: Array, ids: Array) -> Records:
        by_rank = np.lexsort((ids, kinds))
        ranks = np.empty(len(ids), np.uint64)
        ranks[by_rank] = np.arange(len(ids), dtype=np.uint64)
        return cls(names, kinds, ids, ranks, by_rank)


class Hits(Sequence[Hit]):
    """Hits, the best first; of equal ones by kind and id."""

    def __init__(self, records: Records, documents: Array, scores: Array) -> None:
        self._records, self._documents, self._scores = records, documents, scores

    def __len__(self) -> int:
        return len(self._documents)

    @overload
    def __getitem__(self, place: int) -> Hit: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Hit]: ...
    def __getitem__(self, place: int | slice) -> Hit | Sequence[Hit]:
        if isinstance(place, slice):
            return self._read(self._chosen(place))
        return self[place : place + 1 or None][0]

    def __iter__(self) -> Iterator[Hit]:
        return iter(self[:])

    @property
    def ids(self) -> Sequence[int]:
        """The ids of the hits, the best first."""
        return _Ids(self)

    @cached_property
    def numbers(self) -> Array:
        """The ids of the hits in no order; `only` takes a choice of them."""
        found: Array = self._records.ids[self._documents]
        return found

    def only(self, chosen: Array) -> Hits:
        """The hits for which `chosen`, in the order of `numbers`, is true."""
        return Hits(self._records, self._documents[chosen], self._scores[chosen])

    def of(self, kind: str) -> Hits:
        """The hits of one kind."""
        if kind not in self._records.names:
            return self.only(np.zeros(len(self), bool))
        return self.only(self._kinds == self._records.names.index(kind))

    def totals(self) -> dict[str, int]:
        """How many hits of each kind there are, the kind of the best hit first."""
        names = self._records.names
        counts = np.bincount(self._kinds, minlength=len(names)).tolist()
        best = np.full(len(names), np.iinfo(np.uint64).max, np.uint64)
        np.minimum.at(best, self._kinds, self._orders(self._documents, self._scores))
        return {names[kind]: counts[kind] for kind in np.argsort(best).tolist() if counts[kind]}

    @cached_property
    def _kinds(self) -> Array:
        found: Array = self._records.kinds[self._documents]
        return found

    def _orders(self, documents: Array, scores: Array) -> Array:
        """A number for each of these hits that is less the better it is: its score turned round, then its
        rank.

        The bits of positive floats, read as whole numbers, stand in the order of the floats.
        """
        bits = scores.view(np.uint32).astype(np.uint64)
        orders: Array = (LOWEST - bits) << HALF | self._records.ranks[documents]
        return orders

    def ids_at(self, places: slice) -> list[int]:
        """The ids of the hits at these places, the best first."""
        ids: list[int] = self._records.ids[self._documents_of(self._chosen(places))].tolist()
        return ids

    def _chosen(self, place: slice) -> Array:
        """The orders of the hits at these places; what comes after them is not sorted."""
        start, stop, step = place.indices(len(self))
        documents, scores, last = self._documents, self._scores, max(start, stop) + 1
        if last < len(scores):
            among = scores >= np.partition(scores, -last)[-last]
            documents, scores = documents[among], scores[among]
        chosen: Array = np.sort(self._orders(documents, scores))[start:stop:step]
        return chosen

    def _read(self, orders: Array) -> list[Hit]:
        records, documents = self._records, self._documents_of(orders)
        scores = (LOWEST - (orders >> HALF)).astype(np.uint32).view(np.float32)
        columns = (records.kinds[documents], records.ids[documents], scores)
        return [
            Hit(records.names[kind], *rest)
            for kind, *rest in zip(*(each.tolist() for each in columns), strict=True)
        ]

    def _documents_of(self, orders: Array) -> Array:
        documents: Array = self._records.by_rank[(orders & LOWEST).astype(np.intp)]
        return documents


class _Ids(Sequence[int]):
    def __init__(self, hits: Hits) -> None:
        self._hits = hits

    def __len__(self) -> int:
        return len(self._hits)

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> list[int]: ...
    def __getitem__(self, place: int | slice) -> int | list[int]:
        if isinstance(place, slice):
            return self._hits.ids_at(place)
        return self[place : place + 1 or None][0]

    def __iter__(self) -> Iterator[int]:
        return iter(self[:])
