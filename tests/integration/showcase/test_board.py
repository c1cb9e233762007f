"""Composing a collection: who gets a place, on what grounds, in which order, and how it is taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from catalogue import audit
from catalogue.audit import AuditEvent
from catalogue.database import db, transaction
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now, today
from catalogue.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from catalogue.kernel.language import Bilingual, Language
from catalogue.producers.models import Producer
from catalogue.showcase import actions, queries
from catalogue.showcase.models import Collection
from catalogue.showcase.rules import CollectionKind, Criterion, Lack
from tests.integration.showcase.conftest import (
    CURATOR,
    MAKERS,
    REASON,
    begin,
    certificate_of,
    days_on,
    frame,
    terms,
)

TEA, SILK, NUTS = MAKERS


def give(collection: Collection, code: str, **more: Any) -> int:
    with transaction():
        return actions.feature(CURATOR, collection, code, terms(**more)).id


def board(collection: Collection) -> list[str]:
    """Who stands on the board, in order."""
    db.session.expire_all()
    found = queries.collection_by_code(collection.code)
    places = [one for one in found.features if not one.window.is_over_on(today())]
    assert [one.position for one in places] == list(range(1, len(places) + 1))
    return [one.subject.code for one in places if one.subject]


def shown(day: int = 0) -> list[str]:
    db.session.expire_all()
    return sorted(one.subject.code for one in queries.featured_exporters(days_on(day)) if one.subject)


# ---------------------------------------------------------------- who gets a place
def test_whoever_is_featured_is_shown_on_its_days_alone(office: Flask) -> None:
    collection = begin(ends=20)
    give(collection, TEA, starts=2, ends=5)
    assert [shown(day) for day in (1, 2, 5, 6)] == [[], [TEA], [TEA], []]


def test_a_draft_and_a_planned_collection_show_nobody(office: Flask) -> None:
    with transaction():
        draft = actions.begin(CURATOR, CollectionKind.EXPORTERS, frame())
    give(draft, TEA)
    give(begin(starts=3), SILK)
    assert [shown(day) for day in (0, 2, 3)] == [[], [], [SILK]]


def test_nobody_is_featured_without_a_certificate_in_force_on_the_first_day(office: Flask) -> None:
    with transaction():
        certificate_of(TEA).expires = days_on(3).isoformat()
    collection = begin()
    give(collection, TEA, starts=3, ends=9)
    with pytest.raises(RuleBroken, match=r"feature.unfit") as refused:
        give(begin(), TEA, starts=4)
    assert refused.value.parameters["lacks"] == (Lack.CERTIFICATE,)


@pytest.mark.parametrize(
    ("end", "value"),
    [("expires", "2000-01"), ("withdrawn_on", "today"), ("suspended_on", "today"), ("confirmed_on", None)],
)
def test_whoever_loses_the_certificate_is_gone_when_it_is_read(office: Flask, end: str, value) -> None:
    collection = begin()
    give(collection, TEA)
    give(collection, SILK)
    assert shown() == [SILK, TEA]
    with transaction():
        setattr(certificate_of(TEA), end, today() if value == "today" else value)
    assert shown() == [SILK]


def test_the_end_of_a_certificate_ends_the_place_with_the_day(office: Flask) -> None:
    with transaction():
        certificate_of(TEA).expires = days_on(2).isoformat()
    give(begin(), TEA)
    assert [shown(day) for day in (2, 3)] == [[TEA], []]


def test_whoever_loses_a_language_or_leaves_the_catalogue_is_gone(office: Flask) -> None:
    collection = begin()
    for code in MAKERS:
        give(collection, code)
    makers = {one.code: one for one in db.session.scalars(select(Producer))}
    with transaction():
        makers[TEA].summary = Bilingual("Làm tay", None)
        makers[SILK].archived_at = now()
    assert shown() == [NUTS]
    lacks = {
        one.lacks
        for one in queries.standings([queries.collection_by_code(collection.code)], today()).values()
    }
    assert lacks == {(Lack.ENGLISH,), (Lack.GONE,), ()}


def test_years_of_export_need_a_page_that_says_so(office: Flask) -> None:
    collection = begin()
    with pytest.raises(RuleBroken, match=r"feature.source_missing"):
        give(collection, TEA, criterion=Criterion.YEARS)
    give(collection, TEA, criterion=Criterion.YEARS, source_url="https://example.test/")
    assert shown() == [TEA]


def test_no_producer_holds_more_than_two_places_at_once(office: Flask) -> None:
    gifts = begin(CollectionKind.GIFTS)
    give(begin(), TEA, ends=9)
    give(gifts, f"{TEA}-1", ends=5)
    with pytest.raises(RuleBroken, match=r"feature.two_already"):
        give(gifts, f"{TEA}-2", starts=5)
    give(gifts, f"{TEA}-2", starts=6)
    give(gifts, f"{SILK}-1")


def test_a_draft_that_gets_days_makes_no_third_place(office: Flask) -> None:
    with transaction():
        draft = actions.begin(CURATOR, CollectionKind.FAIR, frame())
    gifts = begin(CollectionKind.GIFTS, ends=3)
    give(gifts, f"{TEA}-1")
    give(gifts, f"{TEA}-2")
    give(draft, f"{TEA}-3", starts=4)
    with pytest.raises(RuleBroken, match=r"feature.two_already"), transaction():
        actions.change_terms(CURATOR, draft, draft.features[0].id, terms(starts=3))
    with transaction():
        actions.change(CURATOR, draft, frame(days_on(0)))
    assert draft.window is not None


@pytest.mark.parametrize(
    ("code", "more", "error"),
    [
        ("nobody", {}, "feature.nobody"),
        (f"{TEA}-1", {}, "feature.nobody"),  # a product among exporters
        (TEA, {"starts": -1}, "feature.begins_in_the_past"),
        (TEA, {"starts": 5, "ends": 4}, "window.upside_down"),
        (TEA, {"starts": 31}, "feature.after_the_end"),
        (SILK, {"starts": 3}, "feature.twice"),
    ],
)
def test_what_cannot_be_is_refused(office: Flask, code: str, more: dict[str, int], error: str) -> None:
    collection = begin(ends=30)
    give(collection, SILK)
    with pytest.raises(RuleBroken, match=error):
        give(collection, code, **more)
    assert board(collection) == [SILK]


@pytest.mark.parametrize(("starts", "ends"), [(-400, -30), (-1, None)])
def test_no_collection_is_made_up_that_never_was(office: Flask, starts: int, ends: int | None) -> None:
    past = frame(days_on(starts), None if ends is None else days_on(ends))
    with pytest.raises(RuleBroken, match=r"collection.begins_in_the_past"), transaction():
        actions.begin(CURATOR, CollectionKind.EXPORTERS, past)


def test_a_reason_stands_in_both_languages(office: Flask) -> None:
    half = terms()
    with pytest.raises(RuleBroken, match=r"feature.reason_missing") as refused, transaction():
        actions.feature(
            CURATOR,
            begin(),
            TEA,
            actions.Terms(half.starts, None, half.criterion, Bilingual("Lâu năm", None)),
        )
    assert refused.value.field == "reason_en"


# ---------------------------------------------------------------- order and undoing
def test_places_move_and_the_others_make_room(office: Flask) -> None:
    collection = begin()
    numbers = {code: give(collection, code) for code in MAKERS}
    for code, position, order in (
        (NUTS, 1, [NUTS, TEA, SILK]),
        (NUTS, 2, [TEA, NUTS, SILK]),
        (TEA, 99, [NUTS, SILK, TEA]),
        (TEA, -5, [TEA, NUTS, SILK]),
    ):
        with transaction():
            actions.move(CURATOR, collection, numbers[code], position)
        assert board(collection) == order


def test_everything_is_taken_back_step_by_step(office: Flask) -> None:
    collection = begin(ends=30)
    first = give(collection, TEA)
    give(collection, SILK)
    other = actions.Terms(days_on(1), days_on(4), Criterion.MARKETS, REASON)
    deeds = (
        lambda: actions.move(CURATOR, collection, first, 2),
        lambda: actions.change_terms(CURATOR, collection, first, other),
        lambda: actions.take_off(CURATOR, collection, first),
        lambda: actions.change(CURATOR, collection, frame(days_on(0), days_on(9), name="Tên khác")),
    )
    seen = []
    for deed in deeds:
        seen.append(_state(collection))
        with transaction():
            deed()
        assert _state(collection) != seen[-1]
    for before in reversed(seen):
        step = queries.last_step(collection)
        assert step
        with transaction():
            actions.undo(CURATOR, collection, step.id)
        assert _state(collection) == before


def _state(collection: Collection) -> Any:
    db.session.expire_all()
    found = queries.collection_by_code(collection.code)
    rows = [
        (one.id, one.position, one.producer_id, one.window, one.criterion, one.reason)
        for one in found.features
    ]
    return found.name, found.slug(Language.VI), found.window, rows


def test_undoing_takes_back_only_what_was_seen_as_the_last(office: Flask) -> None:
    collection = begin()
    give(collection, TEA)
    step = queries.last_step(collection)
    assert step
    give(collection, SILK)
    with pytest.raises(Conflict), transaction():
        actions.undo(CURATOR, collection, step.id)
    assert board(collection) == [TEA, SILK]


def test_whoever_was_on_show_stays_on_record_with_the_day(office: Flask) -> None:
    collection = begin()
    number = give(collection, TEA)
    step = queries.last_step(collection)
    assert step
    with time_machine.travel(now() + timedelta(days=3), tick=False):
        with transaction():
            actions.undo(CURATOR, collection, step.id)  # as if it had never been featured
        assert board(collection) == []
        place = queries.feature_in(queries.collection_by_code(collection.code), number)
        assert place.taken_off == today()
        with pytest.raises(NotFound), transaction():
            actions.move(CURATOR, collection, number, 1)
        give(collection, TEA)
        assert board(collection) == [TEA]


def test_days_that_readers_saw_are_not_moved(office: Flask) -> None:
    collection = begin(ends=2)
    number = give(collection, TEA)
    with time_machine.travel(now() + timedelta(days=1), tick=False):
        for deed in (
            lambda: actions.change(CURATOR, collection, frame(days_on(5))),
            lambda: actions.change(CURATOR, collection, frame(days_on(-1), days_on(-1))),
            lambda: actions.change_terms(CURATOR, collection, number, terms(starts=0)),
        ):
            with pytest.raises(RuleBroken), transaction():
                deed()
    with time_machine.travel(now() + timedelta(days=5), tick=False), pytest.raises(RuleBroken):
        actions.change(CURATOR, collection, frame(days_on(-5), days_on(9)))


def later(number: int) -> time_machine.travel:
    return time_machine.travel(now() + timedelta(days=number), tick=False)


def take_back(collection: Collection) -> None:
    step = queries.last_step(collection)
    assert step
    with transaction():
        actions.undo(CURATOR, collection, step.id)


def test_a_collection_that_is_over_keeps_its_places(office: Flask) -> None:
    collection = begin(ends=2)
    first, second = give(collection, TEA), give(collection, SILK)
    before = _state(collection)
    with later(3):
        for deed in (
            lambda: actions.feature(CURATOR, collection, NUTS, terms()),
            lambda: actions.change_terms(CURATOR, collection, first, terms(-3, None, Criterion.MARKETS)),
            lambda: actions.move(CURATOR, collection, second, 1),
            lambda: actions.take_off(CURATOR, collection, first),
            lambda: take_back(collection),
        ):
            with pytest.raises(RuleBroken, match=r"collection.is_over"), transaction():
                deed()
        assert _state(collection) == before


def test_words_of_a_collection_that_is_over_are_put_right_and_taken_back(office: Flask) -> None:
    collection = begin(ends=2)
    before = _state(collection)
    with later(3):
        with transaction():
            actions.change(CURATOR, collection, frame(days_on(-3), days_on(-1), name="Tên đúng"))
        assert collection.name.vi == "Tên đúng"
        take_back(collection)
        assert _state(collection) == before


@pytest.mark.parametrize(
    ("first", "then", "error"),
    [
        ((None, None), (0, 2), "collection.has_begun"),  # a draft again, and gone from the archive
        ((0, 9), (0, 2), "collection.is_over"),  # open again
        ((0, 2), (0, None), "collection.ends_in_the_past"),
        ((2, None), (9, None), "collection.begins_in_the_past"),
    ],
)
def test_undoing_moves_no_day_that_readers_saw(office: Flask, first, then, error: str) -> None:
    def days(pair):
        return [None if number is None else days_on(number) for number in pair]

    with transaction():
        collection = actions.begin(CURATOR, CollectionKind.EXPORTERS, frame(*days(first)))
    with transaction():
        actions.change(CURATOR, collection, frame(*days(then)))
    with later(5):
        with pytest.raises(RuleBroken, match=error):
            take_back(collection)
        db.session.rollback()
        assert [collection.starts, collection.ends] == [
            None if number is None else days_on(number - 5) for number in then
        ]


@pytest.mark.parametrize("deed", ["take off", "end", "take off before it was seen"])
def test_undoing_shows_nobody_on_days_that_are_past(office: Flask, deed: str) -> None:
    collection = begin()
    number = give(collection, TEA)
    with later(0 if "before" in deed else 1):
        with transaction():
            if deed == "end":
                actions.change_terms(CURATOR, collection, number, terms(-1, 0))
            else:
                actions.take_off(CURATOR, collection, number)
        before = _state(collection)
    with later(3):
        with pytest.raises(RuleBroken, match=r"board.was_seen"):
            take_back(collection)
        db.session.rollback()
        assert _state(collection) == before


def test_a_place_comes_back_though_another_has_got_its_number(office: Flask) -> None:
    collection, gifts = begin(), begin(CollectionKind.GIFTS)
    number = give(collection, TEA)
    with transaction():
        actions.take_off(CURATOR, collection, number)
    give(gifts, f"{SILK}-1")
    take_back(collection)
    assert board(collection) == [TEA]
    assert board(gifts) == [f"{SILK}-1"]


def test_undoing_gives_no_maker_a_third_place(office: Flask) -> None:
    collection, gifts = begin(), begin(CollectionKind.GIFTS)
    number = give(collection, TEA)
    with transaction():
        actions.take_off(CURATOR, collection, number)
    give(gifts, f"{TEA}-1")
    give(gifts, f"{TEA}-2")
    with pytest.raises(RuleBroken, match=r"feature.two_already"):
        take_back(collection)


# ---------------------------------------------------------------- who may, and what is noted
@pytest.mark.parametrize("role", ["viewer", "translator", "reviewer", "registrar", "administrator"])
def test_only_curators_change_anything(office: Flask, role: str) -> None:
    collection, staff = begin(), Actor(9, "Lan", frozenset({role}))
    number = give(collection, TEA)
    for deed in (
        lambda: actions.begin(staff, CollectionKind.GIFTS, frame()),
        lambda: actions.change(staff, collection, frame()),
        lambda: actions.feature(staff, collection, SILK, terms()),
        lambda: actions.change_terms(staff, collection, number, terms()),
        lambda: actions.move(staff, collection, number, 1),
        lambda: actions.take_off(staff, collection, number),
        lambda: actions.undo(staff, collection, 1),
    ):
        with pytest.raises(NotAllowed), transaction():
            deed()


def test_the_log_says_who_featured_whom_and_why(office: Flask) -> None:
    collection = begin()
    number = give(collection, TEA)
    with transaction():
        actions.take_off(CURATOR, collection, number)
    lines = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [(line.verb, line.kind, line.target) for line in lines] == [
        (verb, "collection", collection.code) for verb in ("begin", "feature", "take off")
    ]
    assert (lines[1].actor, lines[1].reason) == ("Tú", REASON.vi)
    assert lines[1].detail | {"who": TEA, "criterion": "certificates"} == lines[1].detail
    assert audit.verify() is None
