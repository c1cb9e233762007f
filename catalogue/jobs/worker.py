"""The worker: takes messages from the outbox, one at a time, and keeps the timetable."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
import traceback
from collections.abc import Sequence

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from catalogue import outbox
from catalogue.adapters import memory
from catalogue.database import transaction
from catalogue.jobs.reactions import COMPLETE, REACTIONS, TIMETABLE

log = logging.getLogger(__name__)

POLL_S = 0.4  # how long an idle worker sleeps
ROUND_S = 30.0  # how often the timetable is looked at
TROUBLE_S = 5.0  # how long to wait for a database that cannot be asked


def own_name() -> str:
    """What this process writes on its claims."""
    return f"{socket.gethostname()}:{os.getpid()}"


def work_once(app: Flask, name: str, topics: Sequence[str] = ()) -> bool:
    """Work on one message that is due, of these topics or of any; whether there was one."""
    with app.app_context():
        with transaction():
            claimed = outbox.claim(name, topics)
        if claimed is None:
            return False
        try:
            with transaction():
                REACTIONS[claimed.topic](**claimed.payload)
                outbox.done(claimed)
        except Exception:  # whatever it is: it is noted on the message, and the next has its turn
            log.warning(
                "Attempt %s of %s %s failed.", claimed.attempt, claimed.topic, claimed.payload, exc_info=True
            )
            with transaction():
                outbox.failed(claimed, traceback.format_exc())
        return True


def drain(app: Flask, name: str, topics: Sequence[str] = ()) -> int:
    """Work on all messages that are due; how many."""
    number = 0
    while work_once(app, name, topics):
        number += 1
    return number


def run(app: Flask, stopping: threading.Event) -> None:
    """Work until `stopping` is set, which is heard between two messages."""
    memory.keep()
    name = own_name()
    started, rested, next_round = False, False, 0.0
    while not stopping.is_set():
        try:
            if not started:
                _take_over(app, name)
                started = True
            if time.monotonic() >= next_round:
                with app.app_context(), transaction():
                    outbox.announce_what_is_due(TIMETABLE)
                next_round = time.monotonic() + ROUND_S
            if work_once(app, name):
                rested = False
                continue
            if not rested:
                memory.give_back()
                rested = True
            stopping.wait(POLL_S)
        except SQLAlchemyError:
            log.exception("The database cannot be asked; trying again in %s seconds.", TROUBLE_S)
            stopping.wait(TROUBLE_S)


def _take_over(app: Flask, name: str) -> None:
    """Let go what workers of this machine held that are no more, and look for what a new recipe asks for."""
    with app.app_context(), transaction():
        outbox.let_go([other for other in outbox.claimants() if _is_no_more(other, name)])
        outbox.announce(COMPLETE)


def _is_no_more(other: str, own: str) -> bool:
    host, _, process = other.rpartition(":")
    if host != own.rpartition(":")[0]:
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, ValueError):
        return False
    return other == own  # claimed in an earlier life under the same number
