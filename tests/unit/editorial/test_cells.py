"""What people write into cells, in both languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.editorial import cells
from catalogue.editorial.cells import Cell, Options, Unread

WEIGHTS = {"": Decimal(1), "g": Decimal(1), "kg": Decimal(1000)}
PLAIN = {"": Decimal(1)}


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1.250.000", 1_250_000),
        ("1,250,000", 1_250_000),
        ("1 250 000", 1_250_000),
        ("1\u202f250\xa0000", 1_250_000),
        ("1.355,90", 1355.9),
        ("1,355.90", 1355.9),
        ("0,5", 0.5),
        ("0.125", 0.125),
        ("1,25", 1.25),
        ("1250,5", 1250.5),
        ("1250.500", 1250.5),
        ("12", 12),
        ("-12", -12),
        ("0", 0),
        ("0,5 kg", 500),
        ("250g", 250),
        (17.0, 17),
        (0.1, 0.1),
        ("", None),
        (None, None),
        ("  ", None),
    ],
)
def test_numbers_are_read_as_either_language_writes_them(cell: Cell, number: float | None) -> None:
    assert cells.number(cell, WEIGHTS) == number


@pytest.mark.parametrize("cell", ["1.250", "1,250", "12.500", "999,000"])
def test_what_may_be_thousands_or_a_fraction_is_asked_back(cell: str) -> None:
    with pytest.raises(Unread, match="ambiguous") as unread:
        cells.number(cell, WEIGHTS)
    digits = cell.replace(",", ".")
    assert unread.value.parameters == {
        "thousands": int(digits.replace(".", "")),
        "fraction": float(digits),
    }


@pytest.mark.parametrize(("cell", "number"), [("1.250", 1250), ("185.000", 185_000), ("1,250", 1250)])
def test_of_what_has_no_parts_it_can_only_be_thousands(cell: str, number: int) -> None:
    assert cells.number(cell, PLAIN, whole=True) == number


@pytest.mark.parametrize(
    "cell", ["about 5", "5 apples", "1.2.3", "1,250.5,3", "12.34.567", "1.25,500,3", "--5", True, "½"]
)
def test_what_is_no_number_is_refused(cell: Cell) -> None:
    with pytest.raises(Unread, match="not_a_number"):
        cells.number(cell, PLAIN)


def test_a_day_that_a_program_made_of_a_number_is_told_as_such() -> None:
    for read in (lambda: cells.number(date(2026, 6, 5), PLAIN), lambda: cells.months(date(2026, 3, 1))):
        with pytest.raises(Unread, match="became_a_date"):
            read()


@given(st.one_of(st.integers(0, 10**13), st.floats(0.001, 10**9).map(lambda value: round(value, 4))))
def test_a_number_written_by_us_is_read_as_the_same_whatever_the_decimal_sign(number: float) -> None:
    for decimal in (".", ","):
        assert cells.number(cells.unambiguous(number, decimal), PLAIN) == number


@pytest.mark.parametrize(
    ("cell", "span"),
    [
        ("120–150", (120, 150)),
        ("120 - 150", (120, 150)),
        ("120 đến 150", (120, 150)),
        ("0,5–1 kg", (0.5, 1000)),
        ("120", (120, 120)),
        (120.0, (120, 120)),
        ("120–", (120, None)),
        ("–150", (None, 150)),
    ],
)
def test_two_ends_with_a_dash(cell: Cell, span: tuple[float | None, float | None]) -> None:
    assert cells.span(cell, WEIGHTS) == {"min": span[0], "max": span[1]}


@pytest.mark.parametrize("cell", ["–", "1–2–3", "a–b"])
def test_what_is_no_span_is_refused(cell: str) -> None:
    with pytest.raises(Unread, match="not_a_number"):
        cells.span(cell, WEIGHTS)


@pytest.mark.parametrize(
    ("cell", "months"),
    [
        ("10–3", [1, 2, 3, 10, 11, 12]),
        ("5, 7", [5, 7]),
        ("tháng 5 và tháng 7", [5, 7]),
        ("Tháng 11 đến tháng 1", [1, 11, 12]),
        ("May and Sept.", [5, 9]),
        ("quanh năm", list(range(1, 13))),
        ("All year", list(range(1, 13))),
        (7.0, [7]),
        ("7", [7]),
        ("", None),
    ],
)
def test_months_in_figures_and_words(cell: Cell, months: list[int] | None) -> None:
    assert cells.months(cell) == months


@pytest.mark.parametrize("cell", ["13", "summer", "0", "1.5", "1–2–3", "ma", "5,,7"])
def test_what_names_no_month_is_refused(cell: str) -> None:
    with pytest.raises(Unread, match="not_months"):
        cells.months(cell)


@given(st.sets(st.integers(1, 12), min_size=1).map(sorted))
def test_months_written_by_us_are_read_as_the_same(months: list[int]) -> None:
    assert cells.months(cells.months_text(months)) == months


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("02/01/2027", date(2027, 1, 2)),
        ("15/01/2027", date(2027, 1, 15)),
        ("31-12-2026", date(2026, 12, 31)),
        (date(2027, 3, 4), date(2027, 3, 4)),
        (46388.0, date(2027, 1, 1)),
        ("2027-03-04", date(2027, 3, 4)),
        ("1.2.2027", date(2027, 2, 1)),
        (None, None),
    ],
)
def test_a_day_is_day_month_year(cell: Cell, day: date | None) -> None:
    assert cells.day(cell) == day


@pytest.mark.parametrize("cell", ["01/13/2027", "31/02/2027", "02/01/27", "soon", 1.5, 0, True])
def test_month_and_day_are_never_exchanged(cell: Cell) -> None:
    with pytest.raises(Unread, match="not_a_day"):
        cells.day(cell)


@pytest.mark.parametrize(
    ("cell", "said"),
    [("Có", True), ("co", True), ("x", True), (True, True), ("Không", False), (False, False), ("", None)],
)
def test_yes_and_no_in_both_languages(cell: Cell, said: bool | None) -> None:
    assert cells.yes_or_no(cell) is said
    with pytest.raises(Unread, match="not_yes_or_no"):
        cells.yes_or_no("maybe")


def test_a_choice_is_known_by_its_words_and_a_slip_gets_the_nearest() -> None:
    options = Options([("Cà phê", "coffee"), ("Coffee", "coffee"), ("Trà", "tea")])
    assert cells.choice(" Cà  Phê", options) == "coffee"
    with pytest.raises(Unread) as unread:
        cells.choice("cà phe rang", Options([("Cà phê rang xay", "roast")]))
    assert unread.value.parameters == {"nearest": "roast"}
    with pytest.raises(Unread) as unread:
        cells.choice("xyz", options)
    assert unread.value.parameters == {"nearest": None}


def test_a_choice_without_its_marks_is_asked_back_where_it_may_mean_two() -> None:
    options = Options([("bó", "bunch"), ("bộ", "set"), ("bunch", "bunch"), ("set", "set")], [("bo", "cow")])
    assert cells.choice("Bó", options) == "bunch"
    assert cells.choice("BỘ ", options) == "set"
    with pytest.raises(Unread, match="ambiguous_choice") as unread:
        cells.choice("bo", options)
    assert unread.value.parameters == {"meanings": "“bó”, “bộ”"}


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (9520123456788.0, "9520123456788"),
        (17.0, "17"),
        (902.1, "902.1"),
        (1e-7, "0.0000001"),
        ("0017", "0017"),
        (" a\r\nb ", "a\nb"),
        ("Khăn", "Khăn"),
        (None, None),
    ],
)
def test_codes_in_number_cells_read_as_they_look(cell: Cell, text: str | None) -> None:
    assert cells.text(cell) == text


@pytest.mark.parametrize(
    ("cell", "known"),
    [
        # field-s12: one column, each cell with the one meaning that it has here
        ("02/01/2027", "2027-01-02"),
        ("15/01/2027", "2027-01-15"),
        ("31-12-2026", "2026-12-31"),
        (date(2027, 3, 4), "2027-03-04"),
        (46388.0, "2027-01-01"),
        ("2027-01-02", "2027-01-02"),
        ("01/2027", "2027-01"),
        ("1-2027", "2027-01"),
        ("2027-01", "2027-01"),
        ("2027", "2027"),
        (2027.0, "2027"),
        (" 2027 ", "2027"),
    ],
)
def test_a_date_may_be_known_to_the_day_the_month_or_the_year(cell: Cell, known: str) -> None:
    assert str(cells.partial_date(cell)) == known


@pytest.mark.parametrize("cell", ["", "  ", None])
def test_an_empty_cell_knows_no_date(cell: Cell) -> None:
    assert cells.partial_date(cell) is None


@pytest.mark.parametrize("cell", ["01/13/2027", "13/2027", "2027-13", "30/02/2027", "soon", 1.5, True])
def test_what_is_no_date_is_never_guessed(cell: Cell) -> None:
    with pytest.raises(Unread, match="not_a_date"):
        cells.partial_date(cell)
