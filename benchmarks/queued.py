"""A thousand photographs in the queue: whether one is lost, and how quickly pages answer meanwhile.

`python -m benchmarks.queued` (`PHOTOGRAPHS=100` is shorter). Fails on a photograph without all of its files,
a message given up, or a 95th percentile of pages above twice that of the idle site.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import threading
import time
import urllib.request
from io import BytesIO
from pathlib import Path

from flask import Flask
from PIL import Image
from sqlalchemy import select

from benchmarks import generate
from benchmarks.photographs import landscape
from catalogue import outbox
from catalogue.database import db, transaction
from catalogue.media import actions, rules
from catalogue.media.models import MediaAsset, Rendition
from catalogue.media.queries import progress
from tests.served import serve

SIZE = (2400, 1800)
PRODUCTS = 2_000
IDLE_S, PAUSE_S = 15.0, 0.05
LONGEST_S = 3600.0
GOAL = 2.0
PAGES = (
    "/vi/",
    "/vi/san-pham?category=coffee",
    "/en/search?q=silk",
    "/vi/san-pham?q=ca+phe",
    "/en/producers",
)
# Whoever brings a session is always answered by the application.
UNCACHED = {"Cookie": "form=bench"}


def main(number: int) -> int:
    """Measure and print; 1 where anything went wrong."""
    with tempfile.TemporaryDirectory(prefix="queue-") as folder:
        instance = Path(folder) / "instance"
        app = generate.generate(instance, PRODUCTS)
        generate.index(app)
        with serve(instance) as address:
            _answers(address, time.monotonic() + IDLE_S / 3)  # a new server's first answers are slow
            idle = _answers(address, time.monotonic() + IDLE_S)
            began = time.monotonic()
            uploads = threading.Thread(target=_upload, args=(app, number))
            uploads.start()
            busy: list[float] = []
            while uploads.is_alive() or (_waiting(app) and time.monotonic() < began + LONGEST_S):
                busy += _answers(address, time.monotonic() + 2)
            spent = time.monotonic() - began
        troubles = _lost(app, number)
    before, meanwhile = (statistics.quantiles(times, n=20)[-1] for times in (idle, busy))
    print(f"{number:,} photographs of {SIZE[0]} × {SIZE[1]} in {spent:.0f} s; {len(busy):,} pages meanwhile.")
    print(f"95 of 100 pages within {before * 1000:.0f} ms idle, {meanwhile * 1000:.0f} ms meanwhile.")
    if meanwhile > GOAL * before:
        troubles.append(f"pages took {meanwhile / before:.1f} times as long")
    for trouble in troubles:
        print(f"✗ {trouble}", file=sys.stderr)
    return 1 if troubles else 0


def _answers(address: str, until: float) -> list[float]:
    """How long each page took, one after the other, as a reader asks."""
    times = []
    while time.monotonic() < until:
        for page in PAGES:
            began = time.perf_counter()
            with urllib.request.urlopen(urllib.request.Request(address + page, headers=UNCACHED)) as answer:  # noqa: S310
                answer.read()
            times.append(time.perf_counter() - began)
            time.sleep(PAUSE_S)
    return times


def _upload(app: Flask, number: int) -> None:
    """Photographs that differ, each by a corner of its own: the same one twice would be kept once."""
    chance, ground = random.Random(0), landscape(SIZE, seed=0)  # noqa: S311
    for each in range(number):
        ground.paste(Image.frombytes("RGB", (64, 64), chance.randbytes(3 * 64 * 64)))
        stored = BytesIO()
        ground.save(stored, "JPEG", quality=90)
        with app.app_context(), transaction():
            actions.accept_upload(
                app.extensions["storage"], "bench", rules.OFFICE, stored.getvalue(), f"{each}.jpg"
            )


def _waiting(app: Flask) -> int:
    with app.app_context():
        return len(outbox.asked(actions.RENDER))


def _lost(app: Flask, number: int) -> list[str]:
    """What is missing: photographs, their files, or messages that were given up."""
    store = app.extensions["storage"]
    with app.app_context():
        made = progress()
        paths = list(db.session.scalars(select(Rendition.path)))
        kept = list(db.session.scalars(select(MediaAsset.original_key)))
        gone = [key for key in [*kept, *(rules.RENDITIONS + path for path in paths)] if not store.exists(key)]
        parked = outbox.standing().parked
    return [
        *([f"{made.made} of {number} photographs have their files"] if made.made != number else []),
        *([f"{len(gone)} files are not there"] if gone else []),
        *([f"{len(parked)} messages were given up"] if parked else []),
    ]


if __name__ == "__main__":
    sys.exit(main(int(os.environ.get("PHOTOGRAPHS", "1000"))))
