"""Work that waits: written with the change, claimed by one worker, tried again, and never lost."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest
import time_machine
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import delete, select

import config
from catalogue import create_app, outbox, version
from catalogue.database import db, transaction
from catalogue.outbox import DELAYS, LEASE, MOST_ATTEMPTS, Claim, OutboxMessage, TimetableEntry
from tests.postgres import new_database

START = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def on_postgresql(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application on PostgreSQL; the tests of this module take turns."""
    address = new_database(postgres_url, "outbox")
    application = create_app(config.Testing(tmp_path_factory.mktemp("outbox"), address))
    with application.app_context():
        upgrade()
    yield application
    with application.app_context():
        db.engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def queue(request: pytest.FixtureRequest) -> Flask:
    """An application with an empty queue, on each kind of database."""
    if request.param == "sqlite":
        return cast("Flask", request.getfixturevalue("app"))
    application: Flask = request.getfixturevalue("on_postgresql")
    with application.app_context(), transaction():
        db.session.execute(delete(OutboxMessage))
        db.session.execute(delete(TimetableEntry))
    return application


def announce(app: Flask, topic: str = "tea.picked", **payload: int | str) -> None:
    with app.app_context(), transaction():
        outbox.announce(topic, **payload)


def claim(app: Flask, worker: str = "a:1", topics: tuple[str, ...] = ()) -> Claim | None:
    with app.app_context(), transaction():
        return outbox.claim(worker, topics)


def certain_claim(app: Flask, worker: str = "a:1") -> Claim:
    claimed = claim(app, worker)
    assert claimed is not None
    return claimed


def fail(app: Flask, claimed: Claim, trouble: str = "rain") -> None:
    with app.app_context(), transaction():
        outbox.failed(claimed, trouble)


def finish(app: Flask, claimed: Claim) -> None:
    with app.app_context(), transaction():
        outbox.done(claimed)


def messages(app: Flask) -> list[OutboxMessage]:
    with app.app_context():
        return list(db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def test_a_message_is_there_exactly_when_the_change_is(queue: Flask) -> None:
    with queue.app_context():
        outbox.announce("tea.picked", field=1)
        db.session.rollback()
    announce(queue, field=2)

    assert [(message.topic, message.payload) for message in messages(queue)] == [("tea.picked", {"field": 2})]


def test_messages_are_claimed_in_their_order_and_each_by_one_worker(queue: Flask) -> None:
    announce(queue, field=1)
    announce(queue, field=2)

    claims = [claim(queue, worker) for worker in ("a:1", "a:2", "a:3")]

    assert [claimed and claimed.payload for claimed in claims] == [{"field": 1}, {"field": 2}, None]


def test_a_worker_may_ask_for_some_topics_only(queue: Flask) -> None:
    announce(queue, "tea.picked")
    announce(queue, "tea.dried")

    claimed = claim(queue, topics=("tea.dried",))

    assert claimed is not None
    assert claimed.topic == "tea.dried"
    assert claim(queue, topics=("tea.dried",)) is None


def test_what_is_done_is_forgotten(queue: Flask) -> None:
    announce(queue)
    finish(queue, certain_claim(queue))
    assert messages(queue) == []


def test_the_number_of_a_message_that_is_done_is_never_given_again(queue: Flask) -> None:
    """Else a worker that has just looked at the first would claim the second as the first, and forget it."""
    announce(queue, field=1)
    first = certain_claim(queue)
    finish(queue, first)
    announce(queue, field=2)
    assert certain_claim(queue).id != first.id


def test_a_message_of_a_dead_worker_comes_back_when_its_lease_ends(queue: Flask) -> None:
    with time_machine.travel(START, tick=False) as clock:
        announce(queue)
        first = certain_claim(queue)
        clock.shift(LEASE - timedelta(seconds=1))
        assert claim(queue, "b:2") is None
        clock.shift(1)
        second = certain_claim(queue, "b:2")
        assert (first.id, first.attempt) == (second.id, 1)
        assert second.attempt == 2


def test_a_worker_that_lost_its_lease_neither_forgets_nor_parks_the_message(queue: Flask) -> None:
    with time_machine.travel(START, tick=False) as clock:
        announce(queue)
        slow = certain_claim(queue)
        clock.shift(LEASE)
        certain_claim(queue, "b:2")
        finish(queue, slow)
        fail(queue, slow)
        (message,) = messages(queue)
        assert (message.claimed_by, message.trouble) == ("b:2", None)


def test_what_fails_is_tried_again_later_each_time_and_then_parked(queue: Flask) -> None:
    with time_machine.travel(START, tick=False) as clock:
        announce(queue)
        for attempt, delay in enumerate(DELAYS, start=1):
            claimed = certain_claim(queue)
            assert claimed.attempt == attempt
            fail(queue, claimed, f"rain {attempt}")
            clock.shift(delay - timedelta(seconds=1))
            assert claim(queue) is None
            clock.shift(1)
        fail(queue, certain_claim(queue), "flood")
        clock.shift(timedelta(days=365))
        assert claim(queue) is None
        with queue.app_context():
            standing = outbox.standing()
            assert standing.waiting == {}
            assert [(message.attempts, message.trouble) for message in standing.parked] == [
                (MOST_ATTEMPTS, "flood")
            ]


def test_a_message_that_kills_every_worker_is_parked(queue: Flask) -> None:
    with time_machine.travel(START, tick=False) as clock:
        announce(queue, field=1)
        for _ in range(MOST_ATTEMPTS):
            assert certain_claim(queue).payload == {"field": 1}
            clock.shift(LEASE)
        announce(queue, field=2)
        assert certain_claim(queue).payload == {"field": 2}
        assert [message.payload for message in messages(queue) if message.parked_at] == [{"field": 1}]


def test_what_was_parked_has_all_its_attempts_again_when_an_operator_says_so(queue: Flask) -> None:
    with time_machine.travel(START, tick=False) as clock:
        announce(queue)
        for _ in range(MOST_ATTEMPTS):
            fail(queue, certain_claim(queue))
            clock.shift(DELAYS[-1])
        with queue.app_context(), transaction():
            assert outbox.try_parked_again() == 1
        assert certain_claim(queue).attempt == 1


def test_what_a_dead_worker_held_is_due_at_once_when_it_is_let_go(queue: Flask) -> None:
    announce(queue)
    certain_claim(queue, "a:1")
    with queue.app_context(), transaction():
        assert outbox.claimants() == ["a:1"]
        outbox.let_go(["a:1"])
    assert certain_claim(queue, "b:2").attempt == 2


def test_what_is_being_worked_on_counts_as_asked(queue: Flask) -> None:
    for field in (1, 2):
        announce(queue, field=field)
    certain_claim(queue)
    with queue.app_context():
        assert sorted(payload["field"] for payload in outbox.asked("tea.picked")) == [1, 2]
        assert outbox.standing().claimed == 1


def test_regular_work_is_announced_when_its_time_has_come_and_once(queue: Flask) -> None:
    timetable = {"tea.watered": timedelta(hours=1)}
    with time_machine.travel(START, tick=False) as clock:
        for _ in range(3):
            with queue.app_context(), transaction():
                outbox.announce_what_is_due(timetable)
        assert len(messages(queue)) == 1
        clock.shift(timedelta(hours=1))
        for _ in range(3):
            with queue.app_context(), transaction():
                outbox.announce_what_is_due(timetable)
        assert len(messages(queue)) == 2


def test_the_queue_never_raises_the_catalogue_s_version(queue: Flask) -> None:
    """Else every message would make all kept pages anew."""
    announce(queue)
    with queue.app_context():
        before = version.current()
    fail(queue, certain_claim(queue))
    with queue.app_context(), transaction():
        outbox.let_go(["a:1"])
        outbox.announce_what_is_due({"tea.watered": timedelta(hours=1)})
    finish(queue, certain_claim(queue))
    with queue.app_context():
        assert version.current() == before


def test_several_workers_at_once_do_every_message_once(queue: Flask) -> None:
    with queue.app_context(), transaction():
        for number in range(200):
            outbox.announce("tea.picked", field=number)

    def work(name: str) -> list[int]:
        fields = []
        while claimed := claim(queue, name):
            finish(queue, claimed)
            fields.append(int(claimed.payload["field"]))
        return fields

    with ThreadPoolExecutor(4) as workers:
        done = [field for fields in workers.map(work, ("a:1", "a:2", "a:3", "a:4")) for field in fields]
    assert sorted(done) == list(range(200))


def test_a_worker_passes_over_a_row_that_another_is_claiming(on_postgresql: Flask) -> None:
    announce(on_postgresql, field=1)
    announce(on_postgresql, field=2)
    with on_postgresql.app_context(), transaction():
        first = outbox.claim("a:1")  # not yet committed
        second = certain_claim(on_postgresql, "b:2")
    assert (first and first.payload, second.payload) == ({"field": 1}, {"field": 2})
