"""`flask --app catalogue worker`: what must follow a commit, and regular work."""

from __future__ import annotations

import logging
import os
import signal
import threading
from types import FrameType

import click
from flask import current_app
from flask.cli import AppGroup

from catalogue import outbox
from catalogue.database import transaction
from catalogue.jobs.worker import run
from catalogue.kernel.clock import LOCAL
from catalogue.kernel.photo import RECIPE
from catalogue.media.queries import progress

# Readers come first: the worker takes what processor time they leave.
NICENESS = 10


@click.group("worker", cls=AppGroup, invoke_without_command=True)
@click.pass_context
def group(context: click.Context) -> None:
    """Do what waits and what is regular, until Ctrl-C; several may run, and `worker status` looks on."""
    if context.invoked_subcommand:
        return
    logging.basicConfig(level=logging.INFO, format="worker: %(message)s")
    os.nice(NICENESS)
    stopping = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    for wish in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wish, stop)
    run(current_app._get_current_object(), stopping)  # type: ignore[attr-defined]  # noqa: SLF001


@group.command("status")
def status() -> None:
    """Say how much waits, what was given up and why, and how far the renditions are."""
    now_ = outbox.standing()
    waiting = sum(now_.waiting.values())
    click.echo(f"{waiting} waiting, {now_.claimed} of them being worked on; {len(now_.parked)} given up.")
    for topic, number in now_.waiting.items():
        click.echo(f"  {number:>6}  {topic}")
    if now_.oldest:
        click.echo(
            f"The oldest was asked for at {now_.oldest.astimezone(LOCAL):%Y-%m-%d %H:%M:%S} in Đà Lạt."
        )
    done = progress()
    click.echo(f"{done.made} of {done.total} photographs have the renditions of recipe {RECIPE}.")
    for message in now_.parked:
        last = (message.trouble or "").strip().rpartition("\n")[2]
        click.echo(f"Given up after {message.attempts} attempts: {message.topic} {message.payload}: {last}")
    if now_.parked:
        click.echo("When the cause is mended: flask --app catalogue worker retry")


@group.command("retry")
def retry() -> None:
    """Give all that was given up its attempts anew."""
    with transaction():
        number = outbox.try_parked_again()
    click.echo(f"{number} will be tried again.")
