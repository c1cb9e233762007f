"""A list that goes out and comes back, over any words: as it was, or with exactly what was changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.adapters.sheets.csv_tables import Style, csv_table
from catalogue.adapters.sheets.reading import read
from catalogue.adapters.sheets.workbooks import TOO_LONG, workbook
from catalogue.adapters.sheets.workbooks import Column as Written
from catalogue.editorial.round_trip import KEY, Column, Difference, Plan, Row, Table, compare, head_of
from catalogue.kernel.actor import Actor
from catalogue.kernel.sheet_plan import Fate

# What a form or a keyboard can send; the last ones are what spreadsheet programs make something else of.
SIGNS = st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\n")
WORDS = st.one_of(
    st.text(SIGNS, max_size=40),
    st.sampled_from(
        ["=1+1", "+84 912", "-", "@a", "'=1", "0017", "03/2022", "1E5", "1,5;2", '"', "a\nb", " a "]
    ),
)
LIST = st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=6)
HEAD = {KEY: "Row", "vi": "Vietnamese", "en": "English"}
HEADINGS = {words.lower(): code for code, words in HEAD.items()}


def table_of(rows: Mapping[str, Row]) -> Table:
    def known(keys: Collection[str]) -> Mapping[str, Row]:
        return {key: row for key, row in rows.items() if key in keys}

    def act(_actor: Actor, _found: Sequence[Difference]) -> None:
        raise AssertionError("nothing is written by comparing")

    return Table((Column("vi"), Column("en")), known, act)


def sheet(rows: Mapping[str, Row], style: Style) -> bytes:
    lines = [[key, row["vi"], row["en"]] for key, row in rows.items()]
    return csv_table(list(HEAD.values()), lines, style)


def compared(table: Table, body: bytes) -> Plan:
    [lines, *_] = [one.rows for one in read(body)]
    head = head_of(lines, table, HEADINGS)
    assert head is not None
    return compare(table, lines, head)


@given(words=LIST, style=st.sampled_from(Style))
def test_what_nobody_changed_is_no_difference(words: list[tuple[str, str]], style: Style) -> None:
    rows = {f"r{number}": {"vi": vi, "en": en} for number, (vi, en) in enumerate(words)}
    plan = compared(table_of(rows), sheet(rows, style))
    assert [one.fate for one in plan.outcomes] == [Fate.SAME] * len(rows)


@given(words=LIST, style=st.sampled_from(Style), at=st.integers(0, 5), column=st.sampled_from(["vi", "en"]))
def test_one_changed_cell_is_exactly_that_difference(
    words: list[tuple[str, str]], style: Style, at: int, column: str
) -> None:
    rows: dict[str, Row] = {f"r{number}": {"vi": vi, "en": en} for number, (vi, en) in enumerate(words)}
    key = f"r{at % len(rows)}"
    changed = rows | {key: {**rows[key], column: "một câu khác hẳn những câu kia, dài hơn bốn mươi chữ cái"}}
    plan = compared(table_of(rows), sheet(changed, style))
    [one] = plan.having(Fate.CHANGED)
    assert one.difference is not None
    assert (one.difference.key, one.difference.changed) == (key, [column])
    assert len(plan.having(Fate.SAME)) == len(rows) - 1
    assert compared(table_of(changed), sheet(changed, style)).digest != plan.digest


@pytest.mark.parametrize("text", ["=1+1", "0017", "1E5", "2026-12-01", "a\nb", "Đà Lạt", "x" * 40_000])
def test_a_workbook_keeps_each_text_and_says_nothing_of_what_no_cell_holds(text: str) -> None:
    rows = {"r0": {"vi": text, "en": None}}
    columns = [Written(code, words) for code, words in HEAD.items()]
    body = workbook("1", columns, [["r0", text, None]])
    plan = compared(table_of(rows), body)
    assert [one.fate for one in plan.outcomes] == [Fate.SAME]
    assert (TOO_LONG in {cell for row in read(body)[0].rows for cell in row}) == (len(text) > 32_767)
