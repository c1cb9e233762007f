"""CSV that spreadsheet programs open right."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.adapters.sheets.csv_tables import STARTS_A_FORMULA, Style, csv_table

TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\r"))


def read(body: bytes, style: Style = Style.COMMA) -> list[list[str]]:
    text = body.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=style.separator))


def test_the_file_says_that_it_is_utf_8() -> None:
    body = csv_table(["tên"], [["Cà phê Cầu Đất"]])
    assert body.startswith(b"\xef\xbb\xbf")
    assert body.endswith(b"\r\n")
    assert read(body) == [["tên"], ["Cà phê Cầu Đất"]]


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://evil.example";"x")',
        "@SUM(A1:A9)",
        "-5 °C",
        "+84 263 000 0000",
        "\t=1+1",
        "\r=1",
        "＝1+1",
    ],
)
def test_no_text_runs_as_a_formula(text: str) -> None:
    [[cell]] = read(csv_table(["a"], [[text]]))[1:]
    assert cell == f"'{text}"


@given(TEXTS)
def test_no_cell_begins_like_a_formula_and_nothing_else_is_changed(text: str) -> None:
    [cell, after] = read(csv_table(["a", "b"], [[text, "x"]]))[1]
    assert not cell.startswith(STARTS_A_FORMULA)
    assert cell in {text, f"'{text}"}
    assert after == "x"


def test_numbers_and_days_stay_bare() -> None:
    body = csv_table(["a"], [[-12], [11.94], [True], [None], ["2022"], ["0"], ["2026-11-25"], ["4 | 5"]])
    told = ["-12", "11.94", "true", "", "2022", "0", "2026-11-25", "4 | 5"]
    assert [row[0] for row in read(body)[1:] if row] == told


@pytest.mark.parametrize(
    "text",
    [
        "0017",
        "0902.10",
        "2022-08",
        "03/2022",
        "12-5",
        "7:30",
        "1E5",
        "1.5e-3",
        "1234567890123456",
        "(5)",
        "5%",
    ],
)
def test_no_text_turns_into_another_number_or_day(text: str) -> None:
    [[cell]] = read(csv_table(["a"], [[text]]))[1:]
    assert cell == f"'{text}"


def test_where_people_write_1_5_columns_are_divided_by_semicolons() -> None:
    body = csv_table(["lat", "tên"], [[11.94, "a; b, c"]], Style.SEMICOLON)
    assert body.decode("utf-8-sig") == 'lat;tên\r\n11,94;"a; b, c"\r\n'
