"""Who may be featured, how many places one producer has, and whose turn it is: on facts alone."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.kernel.actor import Actor
from catalogue.showcase.rules import (
    MOST_OF_A_MAKER,
    MOST_PLACES,
    CollectionKind,
    Criterion,
    Lack,
    Merit,
    Phase,
    Window,
    in_turn,
    is_crowded,
    lacks,
    may_compose,
    may_see_board,
    no_more_than_two,
    phase_on,
)

DAY = date(2026, 11, 26)
GOOD = Merit(certificates=1, markets=2, has_capacity=True, in_vietnamese=True, in_english=True)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def at(days: int) -> date:
    return DAY + timedelta(days=days)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    starts = draw(DAYS)
    later = st.none() | st.integers(0, 90).map(lambda days: starts + timedelta(days=days))
    return Window(starts, draw(later), draw(later))


def gini(amounts: Iterable[int]) -> float:
    """0 where everybody has the same, towards 1 where one has everything."""
    ordered = sorted(amounts)
    number, total = len(ordered), sum(ordered)
    weighted = sum(place * amount for place, amount in enumerate(ordered, start=1))
    return 2 * weighted / (number * total) - (number + 1) / number


# ---------------------------------------------------------------- who may
@pytest.mark.parametrize("role", ["viewer", "translator", "reviewer", "registrar", "administrator"])
def test_everybody_in_the_office_reads_the_board_and_only_curators_write(role: str) -> None:
    staff = Actor(1, "Lan", frozenset({role}))
    assert may_see_board(staff)
    assert not may_compose(staff)
    assert may_compose(Actor(1, "Tú", frozenset({"curator"})))
    assert not may_see_board(Actor(1, "Ka Lan", speaks_for={"to-det": "owner"}))


# ---------------------------------------------------------------- who is featured
def test_whoever_has_all_that_is_needed_may_stand_there() -> None:
    for kind in CollectionKind:
        for criterion in Criterion:
            assert lacks(kind, criterion, GOOD) == ()


@pytest.mark.parametrize(
    ("without", "lack"),
    [
        ({"certificates": 0}, Lack.CERTIFICATE),
        ({"in_vietnamese": False}, Lack.VIETNAMESE),
        ({"in_english": False}, Lack.ENGLISH),
    ],
)
def test_nobody_stands_there_without_a_certificate_in_force_and_both_languages(without, lack: Lack) -> None:
    for kind in CollectionKind:
        for criterion in Criterion:
            assert lack in lacks(kind, criterion, replace(GOOD, **without))


def test_an_exporter_needs_a_market_and_a_gift_does_not() -> None:
    unsold = replace(GOOD, markets=0)
    assert lacks(CollectionKind.EXPORTERS, Criterion.COMPLETE, unsold) == (Lack.MARKET,)
    assert lacks(CollectionKind.GIFTS, Criterion.COMPLETE, unsold) == ()
    assert lacks(CollectionKind.GIFTS, Criterion.MARKETS, unsold) == (Lack.MARKET,)


def test_a_criterion_needs_what_it_speaks_of() -> None:
    silent = replace(GOOD, has_capacity=False)
    assert lacks(CollectionKind.FAIR, Criterion.CAPACITY, silent) == (Lack.CAPACITY,)
    assert lacks(CollectionKind.FAIR, Criterion.COMPLETE, silent) == ()


def test_what_has_left_the_catalogue_is_not_featured() -> None:
    assert lacks(CollectionKind.GIFTS, Criterion.COMPLETE, None) == (Lack.GONE,)


# ---------------------------------------------------------------- days
def test_the_last_day_counts_and_the_day_of_taking_off_does_not() -> None:
    assert Window(DAY, at(2)).is_open_on(at(2))
    assert not Window(DAY, at(2)).is_open_on(at(3))
    assert not Window(DAY, at(2)).is_open_on(at(-1))
    assert Window(DAY, None, at(1)).is_open_on(DAY)
    assert not Window(DAY, None, at(1)).is_open_on(at(1))


@given(windows(), windows(), DAYS)
def test_a_place_is_seen_on_the_days_that_it_and_its_collection_have(
    one: Window, other: Window, day: date
) -> None:
    assert one.within(other).is_open_on(day) == (one.is_open_on(day) and other.is_open_on(day))


@given(windows(), DAYS)
def test_the_days_before_one_are_those_on_which_it_was_open(window: Window, day: date) -> None:
    seen = [
        past for past in (day - timedelta(days=back) for back in range(365, 0, -1)) if window.is_open_on(past)
    ]
    assert window.before(day) == ((seen[0], seen[-1]) if seen else None)


@given(windows(), DAYS)
def test_what_is_over_never_opens_again(window: Window, day: date) -> None:
    if window.is_over_on(day):
        assert not any(window.is_open_on(day + timedelta(days=more)) for more in range(60))


def test_a_collection_is_a_draft_planned_running_or_past() -> None:
    assert phase_on(None, DAY) is Phase.DRAFT
    assert phase_on(Window(at(1)), DAY) is Phase.PLANNED
    assert phase_on(Window(DAY, DAY), DAY) is Phase.RUNNING
    assert phase_on(Window(at(-9), at(-1)), DAY) is Phase.PAST


# ---------------------------------------------------------------- two places
@given(st.lists(windows(), max_size=6), windows())
def test_a_place_is_refused_exactly_where_some_day_would_have_three(held: list[Window], new: Window) -> None:
    span = [date(2026, 1, 1) + timedelta(days=days) for days in range(500)]
    most = max((sum(one.is_open_on(day) for one in held) for day in span if new.is_open_on(day)), default=0)
    assert is_crowded(held, new) == (most >= MOST_OF_A_MAKER)


@given(st.lists(st.sampled_from("abc"), max_size=20))
def test_the_first_two_of_a_producer_stay(makers: list[str]) -> None:
    kept = no_more_than_two(list(enumerate(makers)), lambda one: one[1])
    for maker in set(makers):
        mine = [number for number, name in enumerate(makers) if name == maker]
        assert [number for number, name in kept if name == maker] == mine[:2]
    assert kept == sorted(kept)


# ---------------------------------------------------------------- turns
@given(st.lists(st.sampled_from("xyz"), min_size=1, max_size=MOST_PLACES), DAYS)
def test_equals_change_places_among_themselves_alone(reasons: list[str], day: date) -> None:
    places = list(enumerate(reasons))
    turned = in_turn(places, lambda one: one[1], day)
    assert sorted(turned) == places
    assert [reason for _, reason in turned] == reasons


@given(st.integers(1, MOST_PLACES), DAYS)
def test_in_as_many_days_as_there_are_equals_each_has_stood_everywhere(number: int, day: date) -> None:
    stood = {
        (one, place)
        for step in range(number)
        for place, one in enumerate(in_turn(range(number), lambda _: "same", day + timedelta(days=step)))
    }
    assert len(stood) == number * number


def impressions(
    number: int, places: int, first: date, seed: int, busy: list[int], gone: int = 0
) -> list[int]:
    """How often each of some equals is seen in 90 days and 10,000 visits, where a page shows the first
    `places`. Some days of the week are busier. From the 30th day on the last `gone` have no certificate."""
    visits = random.Random(seed)
    days = [first + timedelta(days=step) for step in range(90)]
    seen = Counter[int]()
    came = Counter(visits.choices(days, [busy[day.weekday()] for day in days], k=10_000))
    for day, number_of_visits in came.items():
        present = range(number if day < days[30] else number - gone)
        for one in in_turn(present, lambda _: "same", day)[:places]:
            seen[one] += number_of_visits
    return [seen[one] for one in range(number - gone)]


# The front page shows four.
SHOWN = st.integers(4, 12)
BUSY = st.lists(st.integers(1, 3), min_size=7, max_size=7)


@settings(max_examples=40)
@given(st.integers(2, MOST_PLACES), SHOWN, DAYS, st.integers(), BUSY)
def test_equal_candidates_are_seen_equally_often(
    number: int, places: int, first: date, seed: int, busy: list[int]
) -> None:
    assert gini(impressions(number, places, first, seed, busy)) <= 0.2


@settings(max_examples=40)
@given(st.integers(4, 20), SHOWN, DAYS, st.integers(), BUSY, st.integers(1, 3))
def test_who_stays_is_seen_equally_often_though_others_leave(
    number: int, places: int, first: date, seed: int, busy: list[int], gone: int
) -> None:
    assert gini(impressions(number, places, first, seed, busy, gone)) <= 0.2
