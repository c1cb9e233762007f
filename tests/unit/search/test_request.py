"""What the address of a list asks for."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.search.request import FACETS, SearchRequest, Sort, read_request

ANY_TEXT = st.text(st.characters(), max_size=80)


def test_an_empty_address_asks_for_everything_by_name() -> None:
    assert read_request([]) == SearchRequest(q="", chosen={}, sort=Sort.NAME, page=1, ignored=())


def test_an_address_is_read() -> None:
    request = read_request(
        [("q", " cà  phê "), ("category", "coffee"), ("month", "03"), ("page", "2"), ("market", "JP")]
    )
    assert request.q == "cà phê"
    assert request.chosen == {"category": ("coffee",), "month": ("3",), "market": ("JP",)}
    assert (request.sort, request.page, request.ignored) == (Sort.RELEVANCE, 2, ())


def test_values_of_one_facet_may_come_in_any_order_and_twice() -> None:
    pairs = [
        ("category", "tea"),
        ("category", "coffee"),
        ("month", "10"),
        ("month", "9"),
        ("category", "tea"),
    ]
    request = read_request(pairs)
    assert request.chosen == {"category": ("coffee", "tea"), "month": ("9", "10")}
    assert request == read_request(pairs[::-1])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("page", "99999999999999999999"),
        ("page", "-1"),
        ("page", "0"),
        ("page", "abc"),
        ("page", "１"),
        ("page", "1e3"),
        ("month", "13"),
        ("month", "0"),
        ("month", "٣"),
        ("evidence", "maybe"),
        ("visitable", "no"),
        ("sort", "price"),
        ("category", "' OR 1=1"),
        ("category", "a" * 200),
        ("place", "../etc"),
    ],
)
def test_a_value_that_makes_no_sense_is_dropped_and_named(name: str, value: str) -> None:
    request = read_request([(name, value)])
    assert (request.chosen, request.page, request.sort) == ({}, 1, Sort.NAME)
    assert request.ignored == ((name, value[:40]),)


def test_unknown_names_and_empty_values_are_passed_over() -> None:
    request = read_request([("utm_source", "x"), ("category", ""), ("q", "  "), ("page", ""), ("sort", "")])
    assert request == SearchRequest()


def test_sorting_by_relevance_needs_words() -> None:
    assert read_request([("sort", "relevance")]).sort is Sort.NAME
    assert read_request([("sort", "name"), ("q", "trà")]).sort is Sort.NAME


def test_what_is_too_long_to_ask_is_cut_and_named() -> None:
    request = read_request([("q", "trà " * 3000)])
    assert len(request.q) <= 200
    assert request.ignored[0][0] == "q"


def test_signs_that_cannot_be_shown_are_taken_out_of_the_words() -> None:
    assert read_request([("q", "tr\u00e0\x00 \ud800\u202exanh\r\nô")]).q == "trà xanh ô"


def test_the_address_of_a_request_is_always_written_alike() -> None:
    pairs = [
        ("page", "3"),
        ("village", "cau-dat"),
        ("q", "cà phê"),
        ("sort", "name"),
        ("category", "tea"),
        ("category", "coffee"),
    ]
    expected = [
        ("q", "cà phê"),
        ("category", "coffee"),
        ("category", "tea"),
        ("village", "cau-dat"),
        ("sort", "name"),
    ]
    for seed in range(5):
        request = read_request(random.Random(seed).sample(pairs, len(pairs)))
        assert request.address() == expected
        assert request.address(page=3) == [*expected, ("page", "3")]


def test_links_change_one_thing_and_go_back_to_page_one() -> None:
    request = read_request([("q", "trà"), ("category", "tea"), ("level", "ocop:4"), ("page", "4")])
    assert request.address(adding=("village", "cau-dat")) == [
        ("q", "trà"),
        ("category", "tea"),
        ("level", "ocop:4"),
        ("village", "cau-dat"),
    ]
    assert request.address(removing=("level", "ocop:4")) == [("q", "trà"), ("category", "tea")]
    assert request.address(clearing=["category"], adding=("category", "coffee"))[1] == ("category", "coffee")
    assert request.address(clearing=FACETS) == [("q", "trà")]
    assert request.address(sort=Sort.NAME)[-1] == ("sort", "name")


def test_taking_the_words_away_takes_their_order_away() -> None:
    assert read_request([("q", "trà"), ("category", "tea")]).address(q="") == [("category", "tea")]
    assert read_request([("category", "tea")]).address(q="trà") == [("q", "trà"), ("category", "tea")]


@given(st.lists(st.tuples(st.sampled_from([*FACETS, "q", "sort", "page", "x"]), ANY_TEXT), max_size=8))
def test_any_address_is_read_and_its_own_address_reads_the_same(pairs: list[tuple[str, str]]) -> None:
    request = read_request(pairs)
    again = read_request(request.address(page=request.page))
    assert (again.q, again.chosen, again.sort, again.page) == (
        request.q,
        request.chosen,
        request.sort,
        request.page,
    )
    assert again.ignored == ()
