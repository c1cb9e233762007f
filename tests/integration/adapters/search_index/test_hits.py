"""Hits are put in order only as far as they are read, and read alike however they are read."""

from __future__ import annotations

import random

import pytest

from catalogue.adapters.search_index import Document, Hits, SearchIndex
from catalogue.kernel.query import Form, Query, Term


@pytest.fixture(scope="module")
def hits(tmp_path_factory: pytest.TempPathFactory) -> Hits:
    chance = random.Random(1)
    index = SearchIndex(tmp_path_factory.mktemp("hits"))
    index.rebuild(
        Document(
            kind, number, ("trà " + "xanh " * chance.randrange(4),), texts=("trà " * chance.randrange(9),)
        )
        for kind in ("village", "product", "place")
        for number in chance.sample(range(500), 120)
    )
    with index.reader() as reader:
        return reader.search(Query(((Term(Form.FOLDED, "tra", 1.0),),)))


def test_they_stand_by_score_then_kind_then_id(hits: Hits) -> None:
    every = list(hits)
    assert len(every) == len(hits) == 360
    assert every == sorted(every, key=lambda hit: (-hit.score, hit.kind, hit.id))


@pytest.mark.parametrize(
    "place",
    [
        slice(0, 24),
        slice(24, 48),
        slice(350, 400),
        slice(400, 424),
        slice(None),
        slice(5, 1, -1),
        slice(-3, None),
    ],
)
def test_a_part_of_them_is_the_part_of_all(hits: Hits, place: slice) -> None:
    assert list(hits[place]) == list(hits)[place]
    assert list(hits.ids[place]) == [hit.id for hit in list(hits)[place]]


@pytest.mark.parametrize("place", [0, 7, 359, -1, -360])
def test_one_of_them_is_one_of_all(hits: Hits, place: int) -> None:
    assert hits[place] == list(hits)[place]
    assert hits.ids[place] == list(hits)[place].id


@pytest.mark.parametrize("place", [360, -361])
def test_there_is_none_beyond_the_last(hits: Hits, place: int) -> None:
    with pytest.raises(IndexError):
        hits[place]


def test_kinds_are_counted_with_the_kind_of_the_best_first(hits: Hits) -> None:
    kinds = list(dict.fromkeys(hit.kind for hit in hits))
    assert list(hits.totals().items()) == [(kind, 120) for kind in kinds]
    assert [hit for hit in hits if hit.kind == "place"] == list(hits.of("place"))
    assert len(hits.of("sight")) == 0


def test_a_choice_of_them_keeps_their_order(hits: Hits) -> None:
    chosen = hits.only(hits.numbers < 100)
    assert list(chosen) == [hit for hit in hits if hit.id < 100]
