"""The register's lists over a hundred thousand listings: how long each takes, in process.

`python -m benchmarks.register` (`PRODUCTS=10000` is shorter). Fails where a list takes longer than its goal.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import generate
from catalogue.certification import register
from catalogue.certification.register import Wanted
from catalogue.database import db
from catalogue.kernel.clock import today
from tests.people import Browser, make_person

PRODUCTS = 100_000
ROUNDS = 5
GOAL_MS = 300.0
LISTS = (
    *("", "?status=unconfirmed&sort=products", "?ends=90&sort=expires", "?sort=-name", "?sort=scheme"),
    *("?scheme=ocop&sort=-issued", "?status=valid", "?q=khan", "?evidence=press&page=40"),
)


def main() -> int:
    """Print a line for each list; 1 where one misses its goal."""
    with tempfile.TemporaryDirectory() as folder:
        app = generate.generate(Path(folder), int(os.environ.get("PRODUCTS", PRODUCTS)))
        with app.app_context():
            print(f"{register.count(Wanted(), today())} certificates")
            db.session.remove()
        reader = Browser(app)
        reader.sign_in(make_person(app, "registrar@example.test", roles=frozenset({"registrar"})))
        return 1 if [path for path in LISTS if _measured(reader, path) > GOAL_MS] else 0


def _measured(reader: Browser, path: str) -> float:
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        assert reader.get(f"/staff/certificates{path}").status_code == 200
        times.append((time.perf_counter() - begun) * 1000)
    found = statistics.median(times)
    print(f"{found:7.0f} ms  /staff/certificates{path}")
    return found


if __name__ == "__main__":
    sys.exit(main())
