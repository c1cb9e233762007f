"""Counts beside facet values always tell the truth about the list they lead to."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.search.facets import FacetTable
from tests.effort import seconds_for

Rows = Sequence[tuple[int, Mapping[str, Sequence[str]]]]


def found(rows: Rows, chosen: Mapping[str, Sequence[str]], within: set[int] | None = None) -> list[int]:
    """What a list holds, the slow way."""
    return [
        row
        for row, values in rows
        if (within is None or row in within)
        and all(set(wanted) & set(values.get(facet, ())) for facet, wanted in chosen.items() if wanted)
    ]


# Case field-s01: three teas (two from Bảo Lộc, one of them with OCOP 4 stars) and three coffees from Cầu Đất.
SIX: Rows = [
    (1, {"category": ["tea"], "place": ["bao-loc"], "level": ["ocop:4"]}),
    (2, {"category": ["tea"], "place": ["bao-loc"], "level": []}),
    (3, {"category": ["tea"], "place": ["di-linh"], "level": []}),
    *((row, {"category": ["coffee"], "place": ["cau-dat"], "level": []}) for row in (4, 5, 6)),
]


def test_counts_with_several_filters_on_are_those_of_the_lists_they_lead_to() -> None:
    chosen = {"category": ["tea"], "place": ["bao-loc"], "level": ["ocop:4"]}
    selection = FacetTable.build(SIX).select(chosen)
    assert tuple(selection.ids) == (1,)
    assert selection.counts == {
        "category": {"tea": 1, "coffee": 0},
        "place": {"bao-loc": 1, "di-linh": 0, "cau-dat": 0},
        "level": {"ocop:4": 1},
    }


def test_values_of_one_facet_widen_and_facets_narrow() -> None:
    table = FacetTable.build(SIX)
    assert tuple(table.select({"category": ["tea", "coffee"]}).ids) == (1, 2, 3, 4, 5, 6)
    assert tuple(table.select({"category": ["tea", "coffee"], "place": ["cau-dat", "di-linh"]}).ids) == (
        3,
        4,
        5,
        6,
    )


def test_rows_keep_the_order_of_the_table() -> None:
    table = FacetTable.build([(7, {}), (3, {"a": ["x"]}), (9, {"a": ["x"]}), (1, {"a": ["x"]})])
    assert tuple(table.select({"a": ["x"]}).ids) == (3, 9, 1)


def test_what_is_left_can_stand_in_another_order() -> None:
    table = FacetTable.build([(7, {"a": ["x"]}), (3, {"a": ["x"]}), (9, {}), (1, {"a": ["x"]})])
    order = table.places(np.array([1, 9, 3, 7]))
    assert list(table.in_order(order, table.select({"a": ["x"]}))) == [1, 3, 7]


def test_ids_that_no_row_has_are_never_left() -> None:
    table = FacetTable.build([(7, {"a": ["x"]}), (3, {})])
    ids = np.array([404, 7, 5, 3, -1])
    assert table.holds(table.select({"a": ["x"]}), ids).tolist() == [False, True, False, False, False]
    assert FacetTable.build([]).holds(FacetTable.build([]).select({}), ids).tolist() == [False] * 5


def test_only_what_a_search_found_is_counted() -> None:
    selection = FacetTable.build(SIX).select({}, within=[6, 2, 404])
    assert tuple(selection.ids) == (2, 6)
    assert selection.counts["category"] == {"tea": 1, "coffee": 1}


def test_an_unknown_value_leads_to_nothing_and_an_empty_choice_to_everything() -> None:
    table = FacetTable.build(SIX)
    assert tuple(table.select({"category": ["wine"]}).ids) == ()
    assert tuple(table.select({"colour": ["red"]}).ids) == ()
    assert tuple(table.select({"category": []}).ids) == (1, 2, 3, 4, 5, 6)


def test_an_empty_table_selects_nothing() -> None:
    selection = FacetTable.build([]).select({"category": ["tea"]}, within=[1])
    assert (tuple(selection.ids), selection.counts) == ((), {})


def test_a_row_may_not_stand_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        FacetTable.build([(1, {}), (1, {})])


VALUES = st.lists(st.sampled_from("abcd"), max_size=3)
FACETS = st.dictionaries(st.sampled_from(["one", "two", "three"]), VALUES, max_size=3)


@given(st.lists(FACETS, max_size=20), FACETS, st.none() | st.sets(st.integers(0, 20)))
def test_every_selection_and_every_count_equal_brute_force(
    facets: list[dict[str, list[str]]], chosen: dict[str, list[str]], within: set[int] | None
) -> None:
    rows = list(enumerate(facets))
    selection = FacetTable.build(rows).select(chosen, within)
    assert list(selection.ids) == found(rows, chosen, within)
    for facet, counts in selection.counts.items():
        for value, count in counts.items():
            assert count == len(found(rows, {**chosen, facet: [value]}, within))


def test_ten_thousand_rows_with_fifteen_facets_are_quick() -> None:
    chance = random.Random(4)
    rows = [
        (row, {f"facet{facet}": [f"value{chance.randrange(30)}"] * 2 for facet in range(15)})
        for row in range(10_000)
    ]
    table = FacetTable.build(rows)
    chosen = {"facet1": ["value1", "value2"], "facet2": ["value3"]}
    assert seconds_for(lambda: table.select(chosen, within=range(10_000))) < 0.1
