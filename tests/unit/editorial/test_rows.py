"""Which column says what, and listings as rows that are read back as the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.editorial import forms, rows
from catalogue.editorial.cells import Options
from catalogue.editorial.fields import tidy

FIELDS = [field for field in forms.PRODUCT if field.shape != "pictures"]
COLUMNS = rows.columns(forms.PRODUCT)
WORDS = {
    "category": {"tea": "Chè › Trà xanh", "coffee": "Cà phê"},
    "unit": {"kg": "kilogram", "piece": "cái"},
    "currency": {"VND": "đồng (VND)", "USD": "đô la (USD)"},
    "stock": {"in_stock": "Còn hàng"},
    "price_on_request": {"yes": "Có"},
}
CHOICES = {
    name: Options([(word, code) for code, word in words.items()], [(code, code) for code in words])
    for name, words in WORDS.items()
}
HEADINGS = {word: code for code, words in rows.ALSO_CALLED.items() for word in words}


def read(table: list[list[Any]]) -> list[rows.Row]:
    head = rows.find_head(table, COLUMNS, HEADINGS)
    assert head is not None
    return rows.read_rows(table, head, CHOICES)


def test_a_sheet_of_a_maker_s_own_with_units_in_its_headings() -> None:
    """field-s10."""
    first, second, third = read(
        [
            ["mã", "tên", "giá (VND)", "khối lượng (kg)"],
            ["SP-02", "Cà phê Cầu Đất", "1.250.000", "0,5"],
            ["SP-03", "Mật ong", "185.000", "1,25"],
            ["SP-04", "Trà", "95.000", "1.250"],
        ]
    )
    assert [row.content["price"] for row in (first, second, third)] == [1_250_000, 185_000, 95_000]
    assert [row.content["currency"] for row in (first, second, third)] == ["VND"] * 3
    assert first.content["weight_g"] == {"min": 500, "max": 500}
    assert second.content["weight_g"] == {"min": 1250, "max": 1250}
    assert "weight_g" not in third.content
    [asked] = third.troubles
    assert (asked.cell, asked.code) == ("D4", "ambiguous")
    assert asked.parameters["typed"] == "1.250"


def test_a_sign_is_no_dash() -> None:
    [row] = read([["mã", "giá (VND)", "khối lượng (g)", "packaging_vi"], ["SP-02", "-5", "-5", "-5"]])
    assert [(one.cell, one.code, one.parameters["typed"]) for one in row.troubles] == [
        ("C2", "not_a_number", "-5")
    ]
    assert row.content == {"price": -5, "currency": "VND", "packaging": {"vi": "-5"}}


def test_the_head_may_stand_lower_and_its_stable_codes_count_most() -> None:
    table = [
        ["Our products 2026"],
        [],
        ["Something else", "Whatever", "Not ours"],
        ["name_vi", "category", None],
        ["Trà", "tea", "x"],
    ]
    head = rows.find_head(table, COLUMNS, HEADINGS)
    assert head is not None
    assert {place: column.code for place, column in head.columns.items()} == {0: "name_vi", 1: "category"}
    [row] = rows.read_rows(table, head, CHOICES)
    assert (row.number, row.content) == (5, {"name": {"vi": "Trà"}, "category": "tea"})


def test_without_two_known_columns_there_is_no_head() -> None:
    assert rows.find_head([["a", "b"], ["name_vi", "x"]], COLUMNS, HEADINGS) is None
    assert rows.find_head([], COLUMNS, HEADINGS) is None


def test_columns_that_nobody_knows_are_named_and_the_same_twice_is_a_fault() -> None:
    head = rows.find_head([["mã", "giá", "màu", "giá bán"]], COLUMNS, HEADINGS)
    assert head is not None
    assert head.unknown == {2: "màu"}
    assert [(one.cell, one.code) for one in rows.twice(head)] == [("D1", "column_twice")]


def test_a_price_in_dollars_may_have_parts_and_is_asked_about() -> None:
    head = ["name_vi", "price", "currency"]
    assert read([head, ["Trà", "12.50", "USD"]])[0].content["price"] == 12.5
    assert [one.code for one in read([head, ["Trà", "1.250", "USD"]])[0].troubles] == ["ambiguous"]
    assert read([head, ["Trà", "1.250", "VND"]])[0].content["price"] == 1250


@pytest.mark.parametrize(
    ("row", "column", "name"), [(6, 2, "C7"), (0, 0, "A1"), (9, 26, "AA10"), (1, 701, "ZZ2")]
)
def test_cells_are_named_as_spreadsheet_programs_name_them(row: int, column: int, name: str) -> None:
    assert rows.place_of(row, column) == name


def test_rows_that_say_nothing_are_passed_over() -> None:
    assert [row.number for row in read([["mã", "tên"], [None, None], ["", " "], ["a", "b"], []])] == [4]


WORD = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=20)
KEYWORD = WORD.filter(lambda word: not set(word) & set(",;"))  # what the editor divides words by
TEXT = st.fixed_dictionaries({"vi": st.none() | WORD, "en": st.none() | WORD})
AMOUNT = st.integers(1, 10**7) | st.floats(0.001, 10**6).map(lambda value: round(value, 3))
SPAN = st.fixed_dictionaries({"min": st.none() | AMOUNT, "max": st.none() | AMOUNT})
VALUES = {
    "words": TEXT,
    "lines": TEXT,
    "keywords": st.fixed_dictionaries(dict.fromkeys(("vi", "en"), st.lists(KEYWORD, max_size=4))),
    "number": st.integers(1, 10**9),
    "range": SPAN,
    "months": st.sets(st.integers(1, 12)).map(sorted),
    "tick": st.just(True),
}


def value_of(field: Any) -> st.SearchStrategy[Any]:
    if field.shape == "choice":
        return st.none() | st.sampled_from(sorted(WORDS[field.name]))
    if field.shape == "plain":
        return st.none() | st.sampled_from(["0902.10", "6214"])
    return st.none() | VALUES[field.shape]


CONTENTS = st.fixed_dictionaries({field.name: value_of(field) for field in FIELDS})


@given(CONTENTS, st.sampled_from([".", ","]))
def test_a_listing_written_as_a_row_is_read_as_the_same(content: dict[str, Any], decimal: str) -> None:
    whole = {field.name: tidy(field, content[field.name]) for field in FIELDS}
    line = rows.row_of(whole, "0017", "to-det", COLUMNS, WORDS, decimal)
    if not any(line[2:]):
        return
    [row] = read([[column.code for column in COLUMNS], line])
    assert (row.code, row.producer, row.troubles) == ("0017", "to-det", ())
    assert {field.name: tidy(field, row.content.get(field.name)) for field in FIELDS} == whole
