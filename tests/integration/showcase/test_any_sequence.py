"""Whatever curators do in whatever order: places stay numbered, two a maker, and all can be undone."""

from __future__ import annotations

from typing import Any

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.database import db, transaction
from catalogue.kernel.clock import today
from catalogue.kernel.errors import CatalogueError
from catalogue.showcase import actions, board, queries
from catalogue.showcase.models import Collection
from catalogue.showcase.rules import MOST_OF_A_MAKER, CollectionKind
from tests.integration.showcase.conftest import CURATOR, MAKERS, begin, days_on, frame, terms

GOODS = [f"{maker}-{number}" for maker in MAKERS for number in (1, 2, 3)]
DAYS = st.tuples(st.integers(0, 4), st.none() | st.integers(0, 9))
DEEDS = st.one_of(
    st.tuples(st.just("feature"), st.sampled_from(GOODS), DAYS),
    st.tuples(st.just("move"), st.integers(0, 5), st.integers(-1, 9)),
    st.tuples(st.just("terms"), st.integers(0, 5), DAYS),
    st.tuples(st.just("take off"), st.integers(0, 5), st.none()),
    st.tuples(st.just("change"), st.none(), DAYS),
    st.tuples(st.just("undo"), st.none(), st.none()),
)


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(deeds=st.lists(DEEDS, min_size=4, max_size=14))
def test_the_board_stays_sound_and_every_deed_can_be_undone(office: Flask, deeds: list[Any]) -> None:
    collection = begin(CollectionKind.GIFTS, ends=30)
    start = state(collection)
    for deed in deeds:
        try:
            with transaction():
                act(collection, *deed)
        except CatalogueError:
            db.session.rollback()
        sound(collection)
    while step := queries.last_step(collection):
        with transaction():
            actions.undo(CURATOR, collection, step.id)
        sound(collection)
    assert state(collection) == start
    with transaction():
        db.session.delete(queries.collection_by_code(collection.code))


def act(collection: Collection, deed: str, what: Any, how: Any) -> None:
    places = board.active(queries.collection_by_code(collection.code), today())
    if deed == "feature":
        actions.feature(CURATOR, collection, what, terms(how[0], how[1]))
    elif deed == "change":
        first, last = how
        actions.change(CURATOR, collection, frame(days_on(first), None if last is None else days_on(last)))
    elif deed == "undo":
        if step := queries.last_step(collection):
            actions.undo(CURATOR, collection, step.id)
    elif places:
        number = places[what % len(places)].id
        if deed == "move":
            actions.move(CURATOR, collection, number, how)
        elif deed == "terms":
            actions.change_terms(CURATOR, collection, number, terms(how[0], how[1]))
        else:
            actions.take_off(CURATOR, collection, number)


def sound(collection: Collection) -> None:
    found = queries.collection_by_code(collection.code)
    assert [one.position for one in found.features] == list(range(1, len(found.features) + 1))
    for day in map(days_on, range(12)):
        open_then = [one for one in found.features if (days := one.open_window) and days.is_open_on(day)]
        makers = [queries.maker_of(one) for one in open_then]
        assert all(makers.count(maker) <= MOST_OF_A_MAKER for maker in makers)


def state(collection: Collection) -> Any:
    db.session.expire_all()
    found = queries.collection_by_code(collection.code)
    return found.name, found.window, [(one.id, one.position, one.window) for one in found.features]
