"""The lists of the board over 10,000 makers and 100,000 listings, a quarter of them certified: what each
costs the processor.

`python -m benchmarks.showcase` (`PRODUCTS=10000 MAKERS=1000` is shorter) writes `results/showcase.md` and
fails where a page takes longer than its goal.
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import update

from benchmarks import generate, lists
from catalogue.certification.models import Certificate
from catalogue.database import db, transaction
from catalogue.kernel.clock import today
from catalogue.showcase.rules import CollectionKind
from tests import featured
from tests.people import Browser, make_person

PRODUCTS, MAKERS = 100_000, 10_000
COLLECTIONS = 200  # a busy decade
PLACES = 12
BOARD, HOME = "/staff/showcase", "/vi/"
# A page that readers see, made anew after a change.
HOME_GOAL_MS = 100.0


def main() -> int:
    """Print a line for each list; 1 where one misses its goal."""
    products, makers = (int(os.environ.get(*of)) for of in (("PRODUCTS", PRODUCTS), ("MAKERS", MAKERS)))
    with tempfile.TemporaryDirectory() as folder:
        app = generate.generate(Path(folder), products, makers)
        exporters, gifts = _composed(app)
        reader = Browser(app)
        reader.sign_in(make_person(app, "curator@example.test", roles=frozenset({"curator"})))
        pages = [
            *(BOARD, f"{BOARD}?state=planned&sort=name", f"{BOARD}?page=5"),
            *(f"{BOARD}/{exporters}", f"{BOARD}/{gifts}?on={(today() + timedelta(days=40)).isoformat()}"),
            *(f"{BOARD}/{exporters}/candidates", f"{BOARD}/{gifts}/candidates"),
            *(f"{BOARD}/{gifts}/candidates?criterion=markets&page=4", f"{BOARD}/{gifts}/candidates?q=tra"),
            *("/vi/bo-suu-tap", HOME),
        ]
        found = {path: lists.measured(reader, path) for path in pages}
    sizes = f"{makers:,} makers, {products:,} listings, {COLLECTIONS} collections of the past."
    size = f"{sizes} Each certificate is confirmed."
    return lists.written("showcase", "The board and what is featured", size, found, {HOME: HOME_GOAL_MS})


def _composed(app: Flask) -> tuple[str, str]:
    """Every claim confirmed; collections of the past and two of today, by their codes."""
    with app.app_context(), transaction():
        confirmed = {"evidence": "register", "number": "1", "confirmed_on": date(2020, 1, 1)}
        db.session.execute(update(Certificate).values(confirmed))
    for number in range(COLLECTIONS):
        featured.begin(app, CollectionKind.FAIR, starts=number + 1, ends=number + 3)
    codes = []
    for kind in (CollectionKind.EXPORTERS, CollectionKind.GIFTS):
        code = featured.begin(app, kind)
        for who in featured.fit(app, kind, most=PLACES):
            featured.give(app, code, who)
        codes.append(code)
    return codes[0], codes[1]


if __name__ == "__main__":
    sys.exit(main())
