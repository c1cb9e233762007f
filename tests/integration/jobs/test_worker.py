"""The worker as a program: it takes over, goes on after trouble, and ends when it is told to."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from catalogue import outbox
from catalogue.database import db, transaction
from catalogue.jobs.reactions import REACTIONS, TIMETABLE
from catalogue.jobs.worker import drain
from catalogue.kernel.clock import now
from catalogue.kernel.photo import RECIPE
from catalogue.media import queries
from catalogue.media.actions import RENDER
from catalogue.outbox import OutboxMessage
from tests.integration.media.conftest import Darkroom, photograph
from tests.served import ROOT, environment

PATIENCE_S = 60.0
DEAD = 2**22 + 1  # above every process number of Linux


@pytest.fixture
def darkroom(app: Flask) -> Darkroom:
    """A site of its own, whose photographs a real worker renders."""
    return Darkroom(app)


@contextmanager
def working(app: Flask) -> Iterator[subprocess.Popen[bytes]]:
    """`flask worker` on a site's instance folder; killed at the end if it still runs."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "catalogue", "worker"],
        cwd=ROOT,
        env=environment(Path(app.config["INSTANCE"])),
        stderr=subprocess.DEVNULL,
    )
    try:
        yield worker
    finally:
        worker.kill()
        worker.wait()


def wait_until_rendered(app: Flask, *wanted: int) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        with app.app_context():
            if not set(wanted) & set(queries.to_be_rendered()):
                return
        time.sleep(0.1)
    raise AssertionError("the worker did not render them")


@pytest.mark.slow
@pytest.mark.parametrize("wish", [signal.SIGTERM, signal.SIGINT], ids=lambda wish: wish.name)
def test_it_renders_what_waits_and_ends_when_it_is_told_to(darkroom: Darkroom, wish: signal.Signals) -> None:
    first = darkroom.upload(photograph()).asset.id
    with working(darkroom.app) as worker:
        wait_until_rendered(darkroom.app, first)
        wait_until_rendered(darkroom.app, darkroom.upload(photograph(1)).asset.id)
        worker.send_signal(wish)
        assert worker.wait(PATIENCE_S) == 0


@pytest.mark.slow
def test_it_takes_over_at_once_what_a_dead_worker_of_this_machine_held(darkroom: Darkroom) -> None:
    held = darkroom.upload(photograph()).asset.id
    with darkroom.app.app_context(), transaction():
        assert outbox.claim(f"{socket.gethostname()}:{DEAD}")
    with working(darkroom.app):
        wait_until_rendered(darkroom.app, held)


@pytest.mark.slow
def test_what_a_worker_of_another_machine_holds_is_left_to_it(darkroom: Darkroom) -> None:
    held, free = (darkroom.upload(photograph(seed)).asset.id for seed in (0, 1))
    with darkroom.app.app_context(), transaction():
        claimed = outbox.claim(f"another.machine:{DEAD}")
        assert claimed
        assert claimed.payload == {"asset_id": held}
    with working(darkroom.app):
        wait_until_rendered(darkroom.app, free)
        time.sleep(1)
        with darkroom.app.app_context():
            assert list(queries.to_be_rendered()) == [held]


def test_every_topic_of_the_timetable_has_a_reaction() -> None:
    assert {RENDER, *TIMETABLE} <= REACTIONS.keys()


def test_every_regular_piece_of_work_runs_on_an_empty_site_and_twice(app: Flask) -> None:
    for _ in range(2):
        with app.app_context(), transaction():
            for topic in TIMETABLE:
                outbox.announce(topic)
        assert drain(app, "test:1") == len(TIMETABLE)
    with app.app_context():
        assert outbox.standing().waiting == {}


def test_one_message_that_fails_does_not_stop_the_others(
    darkroom: Darkroom, caplog: pytest.LogCaptureFixture
) -> None:
    lost = darkroom.upload(photograph()).asset
    darkroom.store.delete(lost.original_key)
    darkroom.upload(photograph(1))
    with caplog.at_level("CRITICAL", "catalogue"):
        assert darkroom.work() == 2
    with darkroom.app.app_context():
        assert queries.progress() == queries.Progress(1, 2)


def test_an_unknown_topic_is_noted_and_not_lost(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with app.app_context(), transaction():
        outbox.announce("tea.picked")
    with caplog.at_level("CRITICAL", "catalogue"):
        drain(app, "test:1")
    with app.app_context():
        assert outbox.standing().waiting == {"tea.picked": 1}


def test_an_operator_sees_how_it_stands_and_sets_what_was_given_up_going(darkroom: Darkroom) -> None:
    darkroom.upload(photograph())
    darkroom.upload(photograph(1))
    runner = darkroom.app.test_cli_runner()
    with darkroom.app.app_context(), transaction():
        message = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).first()
        assert message
        message.parked_at, message.attempts = now() - timedelta(days=1), 7
        message.trouble = "Traceback …\nFileNotFoundError: originals/ab.jpg\n"

    said = runner.invoke(args=["worker", "status"]).output

    assert "1 waiting, 0 of them being worked on; 1 given up." in said
    assert f"1  {RENDER}" in said
    assert f"0 of 2 photographs have the renditions of recipe {RECIPE}." in said
    assert (
        "Given up after 7 attempts: media.render {'asset_id': 1}: FileNotFoundError: originals/ab.jpg" in said
    )
    assert "1 will be tried again." in runner.invoke(args=["worker", "retry"]).output
    darkroom.work()
    said = runner.invoke(args=["worker", "status"]).output
    assert "0 waiting, 0 of them being worked on; 0 given up." in said
    assert "2 of 2 photographs" in said
