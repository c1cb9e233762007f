"""What a scheme demands: each rule is broken by what breaks it, and by nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.certification.rules import Holder
from catalogue.certification.scheme_rules import (
    Area,
    Breach,
    Case,
    Demands,
    Good,
    Rule,
    breaches,
    lies_in,
    only_agreed,
)
from catalogue.kernel.partial_date import PartialDate

DAY = date(2026, 11, 26)
TEA, BROCADE, OOLONG = 1, 2, 3
OCOP = Demands(Holder.PRODUCT, ("3", "4", "5"), frozenset({TEA, BROCADE}), validity_months=36)
MARK = Demands(Holder.PRODUCER, (), frozenset({TEA, OOLONG}), frozenset({OOLONG}), has_area=True)
STARS = Case(
    Holder.PRODUCT,
    "4",
    (Good("tra", TEA),),
    issued=PartialDate(2025, 3, 1),
    expires=PartialDate(2028, 3, 1),
)
RIGHT = Case(Holder.PRODUCER, None, (Good("tra", TEA),), in_area=True)


def broken(demands: Demands, case: Case) -> list[Rule]:
    return [one.rule for one in breaches(demands, case, DAY)]


def test_what_keeps_to_the_rules_may_stand() -> None:
    assert breaches(OCOP, STARS, DAY) == []
    assert breaches(MARK, RIGHT, DAY) == []


@pytest.mark.parametrize(
    ("demands", "case", "rule"),
    [
        pytest.param(OCOP, replace(STARS, level="6"), Rule.LEVEL, id="six OCOP stars"),
        pytest.param(OCOP, replace(STARS, level=None), Rule.LEVEL_MISSING, id="stars that nobody counted"),
        pytest.param(MARK, replace(RIGHT, level="4"), Rule.LEVEL, id="a level where there is none"),
        pytest.param(
            MARK, replace(RIGHT, goods=(Good("khan", BROCADE),)), Rule.GOODS, id="the mark on a handicraft"
        ),
        pytest.param(MARK, replace(RIGHT, categories=frozenset({BROCADE})), Rule.GOODS, id="a whole craft"),
        pytest.param(
            MARK,
            replace(RIGHT, goods=(), makes=frozenset({BROCADE})),
            Rule.NOTHING,
            id="the mark for a weaver",
        ),
        pytest.param(MARK, replace(RIGHT, goods=()), Rule.NOTHING, id="the mark for who makes nothing"),
        pytest.param(OCOP, replace(STARS, holder=Holder.PRODUCER), Rule.HOLDER, id="stars for a maker"),
        pytest.param(
            MARK, replace(RIGHT, goods=(Good("tra", TEA, own=False),)), Rule.STRANGERS, id="another's tea"
        ),
        pytest.param(MARK, replace(RIGHT, in_area=False), Rule.AREA, id="from elsewhere"),
        pytest.param(
            OCOP, replace(STARS, expires=PartialDate(2028, 3, 2)), Rule.TERM, id="a day longer than 36 months"
        ),
        pytest.param(
            OCOP, replace(STARS, expires=PartialDate(2025, 2)), Rule.ORDER, id="ends before it begins"
        ),
        pytest.param(
            OCOP, replace(STARS, issued=PartialDate(2027), expires=None), Rule.AHEAD, id="next year"
        ),
        pytest.param(OCOP, replace(STARS, issued=PartialDate(205, 1, 1)), Rule.YEAR, id="a digit left out"),
        pytest.param(OCOP, replace(STARS, expires=PartialDate(9999)), Rule.YEAR, id="for ever"),
        pytest.param(MARK, replace(RIGHT, valid_from=date(2077, 1, 1)), Rule.YEAR, id="51 years ahead"),
    ],
)
def test_each_rule_is_broken_by_what_breaks_it(demands: Demands, case: Case, rule: Rule) -> None:
    assert broken(demands, case) == [rule]


@pytest.mark.parametrize(
    "named",
    [{"makes": frozenset({TEA, BROCADE})}, {"categories": frozenset({OOLONG})}],
    ids=["made", "named"],
)
def test_a_paper_that_names_no_product_is_for_what_its_maker_makes_or_it_names(named: dict) -> None:
    assert broken(MARK, replace(RIGHT, goods=(), **named)) == []


def test_a_breach_names_the_goods_and_the_field() -> None:
    case = replace(RIGHT, goods=(Good("tra", TEA), Good("khan", BROCADE)))
    assert breaches(MARK, case, DAY) == [Breach(Rule.GOODS, "products", ("khan",))]


def test_a_claim_need_not_know_its_level() -> None:
    assert broken(OCOP, replace(STARS, level=None, confirmed=False)) == []


def test_a_holder_of_unknown_place_is_not_refused() -> None:
    assert broken(MARK, replace(RIGHT, in_area=None)) == []


def test_a_year_alone_is_never_called_too_long_or_too_late() -> None:
    assert broken(OCOP, replace(STARS, issued=PartialDate(2026), expires=PartialDate(2029))) == []


def test_what_was_only_agreed_is_pointed_out_and_may_stand() -> None:
    case = replace(RIGHT, goods=(Good("tra", TEA), Good("o-long", OOLONG)))
    assert broken(MARK, case) == []
    assert only_agreed(MARK, case) == ("o-long",)


@given(st.dates(date(2000, 1, 1), DAY), st.integers(1, 120))
def test_a_certificate_may_run_exactly_the_term_and_no_day_longer(begun: date, months: int) -> None:
    issued = PartialDate(begun.year, begun.month, begun.day)
    demands, last = replace(OCOP, validity_months=months), issued.plus_months(months)
    for more, rules in ((0, []), (1, [Rule.TERM])):
        end = last + timedelta(days=more)
        case = replace(STARS, issued=issued, expires=PartialDate(end.year, end.month, end.day))
        assert broken(demands, case) == rules


AREAS = [Area("thanh-pho-da-lat", "Đà Lạt", frozenset({"phuong-xuan-huong"})), Area("phuong-moi")]


@pytest.mark.parametrize(
    ("place", "districts", "inside"),
    [
        (None, ["Đà Lạt"], True),
        (None, ["Bảo Lộc", "Đà Lạt"], True),
        ("phuong-xuan-huong", ["Bảo Lộc"], False),
        ("phuong-xuan-huong", [], True),
        ("phuong-moi", [], True),
        ("phuong-khac", [], False),
        (None, [], None),
    ],
)
def test_an_old_district_stands_for_all_of_its_territory(place, districts, inside) -> None:
    assert lies_in(AREAS, place, districts) is inside


def test_a_scheme_without_areas_takes_everybody() -> None:
    assert lies_in([], None, []) is True
