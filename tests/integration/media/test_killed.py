"""Whoever is killed during upload, render or save: nothing is lost, half made, or left lying about."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import selectinload

import config
from catalogue import create_app
from catalogue.adapters.imaging import rendering
from catalogue.database import db, transaction
from catalogue.jobs.worker import drain
from catalogue.media import upkeep
from catalogue.media.models import MediaAsset
from catalogue.outbox import OutboxMessage
from tests.integration.media.conftest import photograph
from tests.postgres import new_database
from tests.served import ROOT, environment

# KILL_ROUNDS=40 goes on for longer.
ROUNDS = int(os.environ.get("KILL_ROUNDS", "3"))
EACH_ROUND = 5
PATIENCE_S = 60.0
LATER = datetime.now(UTC) + timedelta(days=1)
WORKER = ("-m", "flask", "--app", "catalogue", "worker")
SCRIPT = ("-m", "tests.integration.media.killed")

pytestmark = pytest.mark.slow


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An empty site on each kind of database."""
    address = ""
    if request.param == "postgresql":
        address = new_database(request.getfixturevalue("postgres_url"), "killed")
    application = create_app(config.Testing(tmp_path / "instance", address))
    with application.app_context():
        upgrade()
        yield application
        db.session.remove()
        db.engine.dispose()


class Victims:
    """Programs on one site that are killed together, and what they said was committed."""

    def __init__(self, site: Flask) -> None:
        self.environment = environment(
            Path(site.config["INSTANCE"]), DATABASE_URL=str(site.config["DATABASE_URL"])
        )
        self.running: list[subprocess.Popen[str]] = []

    def start(self, *arguments: str) -> None:
        """Run Python with these arguments."""
        victim = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.running.append(victim)

    def kill(self) -> list[str]:
        """End all of them at once, without a word; gives what they had said."""
        for victim in self.running:
            victim.send_signal(signal.SIGKILL)
        said = [line for victim in self.running for line in victim.communicate()[0].splitlines()]
        self.running.clear()
        return said


def test_nothing_is_lost_half_made_or_left_over(site: Flask, tmp_path: Path) -> None:
    victims, chance = Victims(site), random.Random(6)
    sent: dict[str, bytes] = {}
    kept: set[str] = set()
    saved = 0
    for round_ in range(10 * ROUNDS):
        if kept and round_ >= ROUNDS:
            break  # on a slow machine all may be killed before the first upload has come through
        folder = tmp_path / str(round_)
        folder.mkdir()
        for number in range(EACH_ROUND):
            name = f"{round_}-{number}.jpg"
            sent[name] = photograph(round_ * EACH_ROUND + number, (700 + number, 500))
            (folder / name).write_bytes(sent[name])
        for arguments in (
            (*SCRIPT, "upload", str(folder)),
            (*SCRIPT, "save", str(saved + 1)),
            WORKER,
            WORKER,
        ):
            victims.start(*arguments)
        wait_for_a_file_of(site, before=time.monotonic() + PATIENCE_S)
        time.sleep(chance.uniform(0, 1.5))
        for line in victims.kill():
            verb, what = line.split()
            kept |= {what} if verb == "kept" else set()
            saved = max(saved, int(what)) if verb == "saved" else saved

    assert kept, "no upload came through before the killing"
    settle(site)

    store = site.extensions["storage"]
    assets = db.session.scalars(select(MediaAsset).options(selectinload(MediaAsset.renditions))).all()
    received = {asset.received_sha256: asset for asset in assets}
    for name in kept:
        asset = received[hashlib.sha256(sent[name]).hexdigest()]
        assert store.read(asset.original_key) == sent[name]
    assert max(int(asset.caption.vi or 0) for asset in assets) >= saved - 2, "a save that was confirmed"
    for asset in assets:
        original = store.read(asset.original_key)
        shots = rendering.shots(original, rotation=asset.rotation)
        wanted = [(shot.purpose, kind) for shot in shots for kind in shot.formats]
        assert sorted((row.purpose, row.format) for row in asset.renditions) == sorted(wanted)
        for row in asset.renditions:
            made = Image.open(BytesIO(store.read(f"renditions/{row.path}")))
            made.load()
            assert (made.size, row.rotation) == ((row.width, row.height), asset.rotation)
    named = {asset.original_key for asset in assets}
    named |= {f"renditions/{row.path}" for asset in assets for row in asset.renditions}
    media = Path(site.config["INSTANCE"]) / "media"
    assert {path.relative_to(media).as_posix() for path in media.rglob("*") if path.is_file()} == named


def wait_for_a_file_of(site: Flask, before: float) -> None:
    """Until the programs have begun: starting takes longer than the work."""
    there = len(list(site.extensions["storage"].keys("")))
    while time.monotonic() < before and len(list(site.extensions["storage"].keys(""))) == there:
        time.sleep(0.02)


def settle(site: Flask) -> None:
    """What an operator does afterwards: lets a worker go on, here without waiting for leases, and sweeps."""
    with transaction():
        for message in db.session.scalars(select(OutboxMessage)):
            message.due_at, message.attempts, message.parked_at = message.announced_at, 0, None
    drain(site, "test:1")
    assert [message.trouble for message in db.session.scalars(select(OutboxMessage))] == []
    with transaction():
        swept = upkeep.sweep(site.extensions["storage"], LATER)
    assert swept.lost == []
    assert swept.made_again == 0
    db.session.expire_all()
