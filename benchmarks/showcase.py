"""The lists of the board over 100,000 listings, a quarter of them certified: how long each takes, in process.

`python -m benchmarks.showcase` (`PRODUCTS=10000` is shorter). Fails where a list takes longer than its goal.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import update

from benchmarks import generate
from catalogue.certification.models import Certificate
from catalogue.database import db, transaction
from catalogue.kernel.clock import today
from catalogue.showcase.rules import CollectionKind
from tests import featured
from tests.people import Browser, make_person

PRODUCTS = 100_000
COLLECTIONS = 200  # a busy decade
PLACES = 12
ROUNDS = 5
GOAL_MS = 300.0
BOARD = "/staff/showcase"


def main() -> int:
    """Print a line for each list; 1 where one misses its goal."""
    with tempfile.TemporaryDirectory() as folder:
        app = generate.generate(Path(folder), int(os.environ.get("PRODUCTS", PRODUCTS)))
        exporters, gifts = _composed(app)
        reader = Browser(app)
        reader.sign_in(make_person(app, "curator@example.test", roles=frozenset({"curator"})))
        lists = [
            *(BOARD, f"{BOARD}?state=planned&sort=name", f"{BOARD}?page=5"),
            *(f"{BOARD}/{exporters}", f"{BOARD}/{gifts}?on={(today() + timedelta(days=40)).isoformat()}"),
            *(f"{BOARD}/{exporters}/candidates", f"{BOARD}/{gifts}/candidates"),
            *(f"{BOARD}/{gifts}/candidates?criterion=markets&page=4", f"{BOARD}/{gifts}/candidates?q=tra"),
            *("/vi/bo-suu-tap", "/vi/"),
        ]
        return 1 if [path for path in lists if _measured(reader, path) > GOAL_MS] else 0


def _composed(app: Flask) -> tuple[str, str]:
    """Every claim confirmed; collections of the past and two of today, by their codes."""
    with app.app_context(), transaction():
        confirmed = update(Certificate).values(evidence="register", number="1", confirmed_on=date(2020, 1, 1))
        db.session.execute(confirmed.execution_options(synchronize_session=False))
    for number in range(COLLECTIONS):
        featured.begin(app, CollectionKind.FAIR, starts=number + 1, ends=number + 3)
    codes = []
    for kind in (CollectionKind.EXPORTERS, CollectionKind.GIFTS):
        code = featured.begin(app, kind)
        for who in featured.fit(app, kind, most=PLACES):
            featured.give(app, code, who)
        codes.append(code)
    return codes[0], codes[1]


def _measured(reader: Browser, path: str) -> float:
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        assert reader.get(path).status_code == 200, reader.answer.status
        times.append((time.perf_counter() - begun) * 1000)
    found = statistics.median(times)
    print(f"{found:7.0f} ms (first {times[0]:.0f})  {path}", flush=True)
    return found


if __name__ == "__main__":
    sys.exit(main())
