"""What is typed becomes a value, or stays as it was typed and is named as a fault."""

from __future__ import annotations

import pytest

from catalogue.editorial.completeness import ADVICE, completeness
from catalogue.editorial.fields import Field, Shape, fault, in_season, number, span, tidy
from catalogue.editorial.forms import PRODUCER, PRODUCT, STEPS
from catalogue.editorial.rules import ALONE

NUMBER = Field("n", Shape.NUMBER, "facts", 1000)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("680.000", 680000),
        ("680,000", 680000),
        ("680 000", 680000),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("12,5", 12.5),
        ("12.50", 12.5),
        ("12", 12),
        (" 7 ", 7),
        ("", None),
        ("bảy", "bảy"),
        ("12.3456", 12.3456),
        ("12,1250", 12.125),
        ("0,500", 0.5),
        ("0.125", 0.125),
        ("00.500", "00.500"),
        ("123456789012345", 123456789012345),
        ("12345678901234567890", "12345678901234567890"),
        ("9" * 400 + ",5", "9" * 400 + ",5"),
        ("-5", "-5"),
    ],
)
def test_a_number_is_read_as_people_write_it(typed: str, value: object) -> None:
    assert number(typed) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("120–150", {"min": 120, "max": 150}),
        ("120 - 150", {"min": 120, "max": 150}),
        ("30", {"min": 30, "max": 30}),
        ("một sải", "một sải"),
        ("1-2-3", "1-2-3"),
    ],
)
def test_a_span_is_one_number_or_two(typed: str, value: object) -> None:
    assert span(typed) == value


@pytest.mark.parametrize(
    ("value", "code"),
    [(12, None), ("bảy", "not_a_number"), (0, "out_of_bounds"), (1001, "out_of_bounds"), (None, None)],
)
def test_a_number_that_cannot_be_is_named(value: object, code: str | None) -> None:
    assert fault(NUMBER, value) == code


def test_a_span_upside_down_is_named() -> None:
    assert fault(Field("s", Shape.RANGE, "facts", 1000), {"min": 5, "max": 3}) == "upside_down"


def test_texts_are_composed_and_kept_in_their_lines() -> None:
    story = Field("s", Shape.LINES, "story", 100)
    assert tidy(story, {"vi": "Tổ\r\n dệt\0 ", "en": " "}) == {"vi": "Tổ\n dệt", "en": None}
    assert tidy(Field("n", Shape.WORDS, "story", 100), {"vi": " a  b\n", "en": ""}) == {
        "vi": "a b",
        "en": None,
    }
    assert tidy(story, {"vi": "", "en": ""}) is None


def test_signs_that_nobody_sees_are_not_kept() -> None:
    pasted = {"vi": "Trà\x02 \u202eô long\x1b", "en": "a\tb\nc\x0bd\u200b"}
    assert tidy(Field("s", Shape.LINES, "story", 100), pasted) == {"vi": "Trà  ô long", "en": "a\tb\nc d"}
    assert tidy(Field("n", Shape.WORDS, "story", 100), pasted) == {"vi": "Trà ô long", "en": "a b c d"}


def test_words_with_commas_are_a_list_each_once() -> None:
    keywords = Field("k", Shape.KEYWORDS, "facts", 2)
    assert tidy(keywords, {"vi": "ùi, khăn; ùi", "en": ""}) == {"vi": ["ùi", "khăn"], "en": []}
    assert fault(keywords, {"vi": ["a", "b", "c"], "en": []}) == "too_many"


def test_months_that_do_not_exist_are_left_out() -> None:
    assert tidy(Field("m", Shape.MONTHS, "facts"), ["12", "1", "13", "x", "²", "9" * 5000]) == [12, 1]


@pytest.mark.parametrize(
    ("months", "order"),
    [
        ([1, 2, 12], [12, 1, 2]),
        ([3, 1, 2], [1, 2, 3]),
        ([1, 5, 11, 12], [11, 12, 1, 5]),
        (list(range(1, 13)), list(range(1, 13))),
        ([], []),
    ],
)
def test_a_season_over_new_year_begins_in_the_old_year(months: list[int], order: list[int]) -> None:
    assert in_season(months) == order


def test_a_code_of_customs_has_four_to_ten_digits() -> None:
    hs_code = next(field for field in PRODUCT if field.name == "hs_code")
    assert [fault(hs_code, code) for code in ("6214", "6214.10", "0902.10.10", "62", "abc")] == [
        None,
        None,
        None,
        "not_of_that_form",
        "not_of_that_form",
    ]


FULL = {
    "photographs": ["a"],
    **{name: {"vi": "a", "en": "a"} for name in ("name", "summary", "description", "material")},
    "category": "tea",
    "weight_g": {"min": 5, "max": 5},
    "season_months": [1],
    "keywords": {"vi": ["a"], "en": []},
    "unit": "kg",
    "price": 5,
    "currency": "VND",
    "stock": "in_stock",
    **dict.fromkeys(("minimum_order", "monthly_capacity", "lead_time_days"), 5),
    "hs_code": "0902.10",
}


@pytest.mark.parametrize("kind", ["product", "producer"])
def test_advice_and_what_is_done_alone_name_fields_that_exist(kind: str) -> None:
    fields = PRODUCT if kind == "product" else PRODUCER
    assert ALONE[kind] <= {field.name for field in fields}
    assert {field.step for field in fields} <= set(STEPS)
    assert {advice.step for advice in ADVICE[kind]} <= set(STEPS)


def test_completeness_names_what_helps_most_first_and_ends_at_a_hundred() -> None:
    empty = completeness("product", {})
    assert (empty.percent, empty.next and empty.next.code) == (0, "photograph")
    assert (completeness("product", FULL).percent, completeness("product", FULL).next) == (100, None)


def test_what_is_not_right_counts_for_nothing() -> None:
    wrong = {
        "weight_g": "-5",
        "stock": "perhaps",
        "monthly_capacity": -5,
        "hs_code": "tea",
        "keywords": {"vi": ["a"] * 21},
    }
    found = completeness("product", FULL | wrong)
    assert {one.code for one in found.missing} == {"size", "stock", "capacity", "hs_code", "keywords"}


STOPS = Field("stops", Shape.STOPS, "way", 3)
LINKS = Field("sources", Shape.LINKS, "facts", 2)
DAY = Field("first_day", Shape.DATE, "facts")


def stop(at: str | None = None, minutes: object = None, vi: str | None = None) -> dict[str, object]:
    return {"at": at, "minutes": minutes, "note": {"vi": vi, "en": None} if vi else None}


def test_empty_rows_of_a_route_are_no_stops() -> None:
    typed = [stop("sight:a", " 45 ", " Nghỉ "), stop("", "", ""), stop(None, None)]
    assert tidy(STOPS, typed) == [stop("sight:a", 45, "Nghỉ")]
    assert tidy(STOPS, [stop("", "")]) is None


@pytest.mark.parametrize(
    ("stops", "wrong"),
    [
        ([stop("sight:a", 45), stop("village:a")], None),
        ([stop("sight:a"), stop("sight:a")], "stop_twice"),
        ([stop("sight:a"), stop(None, None, "Nghỉ")], "stop_nowhere"),
        ([stop("sight:a", "lâu")], "stop_minutes"),
        ([stop("sight:a", 2.5)], "stop_minutes"),
        ([stop("sight:a", 2000)], "stop_minutes"),
        ([stop("sight:a", None, "x" * 700)], "too_long"),
        ([stop(f"sight:{number}") for number in range(4)], "too_many"),
    ],
)
def test_what_is_wrong_with_the_stops_of_a_route_is_told(stops: object, wrong: str | None) -> None:
    assert fault(STOPS, tidy(STOPS, stops)) == wrong


@pytest.mark.parametrize(
    ("typed", "kept", "wrong"),
    [
        ("https://a.vn\n https://a.vn \nhttp://b.vn", ["https://a.vn", "http://b.vn"], None),
        ("", None, None),
        ("a.vn", ["a.vn"], "not_a_link"),
        ("javascript:alert(1)", ["javascript:alert(1)"], "not_a_link"),
        (
            "https://a.vn https://b.vn https://c.vn",
            ["https://a.vn", "https://b.vn", "https://c.vn"],
            "too_many",
        ),
    ],
)
def test_sources_are_whole_addresses_each_once(typed: str, kept: object, wrong: str | None) -> None:
    assert tidy(LINKS, typed) == kept
    assert fault(LINKS, tidy(LINKS, typed)) == wrong


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("2026-12-01", None),
        ("", None),
        ("2026-02-30", "not_a_day"),
        ("1/12/2026", "not_a_day"),
        ("2026", "not_a_day"),
    ],
)
def test_a_day_is_one_of_the_calendar(typed: str, wrong: str | None) -> None:
    assert fault(DAY, tidy(DAY, typed)) == wrong
