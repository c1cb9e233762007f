"""What the killing test runs: `killed.py KILLS`. It forks workers, kills them, and says how it went.

Each worker renames products and brings the index up to date, and now and then makes it anew. The program
itself opens nothing, so that every child starts clean.
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable

from flask import Flask
from sqlalchemy import select

from catalogue import changes, create_app
from catalogue.adapters.search_index import fingerprint
from catalogue.database import db, transaction
from catalogue.kernel.language import Bilingual
from catalogue.products.models import Product
from catalogue.search.actions import rebuild, refresh, verify
from catalogue.search.documents import documents_of

LONGEST_LIFE_S = 0.4
REBUILDS = 0.1  # of the workers


def work(app: Flask, number: int) -> None:
    """Until killed."""
    chance = random.Random(number)
    index = app.extensions["search_index"]
    if chance.random() < REBUILDS:
        with app.app_context(), transaction():
            rebuild(index)
    for step in itertools.count():
        with app.app_context():
            with transaction():
                row = db.session.get_one(Product, chance.choice(renamed()))
                row.name = Bilingual(f"{row.name.vi.split(' zq')[0]} zq{number}x{step}", row.name.en)
            with transaction():
                refresh(index)


def look(app: Flask, number: int) -> None:
    """The next worker catches up, and then every name stands in the index as it was committed last."""
    index = app.extensions["search_index"]
    with app.app_context(), transaction():
        refresh(index)
        assert changes.numbers() == []
        wanted = {(one.kind, one.id): fingerprint(one) for one in documents_of("product", renamed())}
        with index.reader() as reader:
            known = reader.fingerprints()
        wrong = [key for key, print_ in wanted.items() if known.get(key) != print_]
        assert not wrong, f"after kill {number}: {wrong}"


def look_everywhere(app: Flask, _number: int) -> None:
    """Nothing else suffered."""
    with app.app_context(), transaction():
        found = verify(app.extensions["search_index"])
        assert found.sound, found


def renamed() -> list[int]:
    """The products that are renamed again and again."""
    return list(db.session.scalars(select(Product.id).order_by(Product.id).limit(30)))


def child(what: Callable[[Flask, int], None], app: Flask, number: int) -> int:
    """Do it in a process of its own; gives that process."""
    process = os.fork()
    if process:
        return process
    failed = 1
    try:
        what(app, number)
        failed = 0
    finally:
        if failed:
            traceback.print_exc()
        os._exit(failed)


def main(kills: int) -> int:
    app, chance = create_app(), random.Random(kills)
    for number in range(kills):
        worker = child(work, app, number)
        time.sleep(chance.uniform(0, LONGEST_LIFE_S))
        os.kill(worker, signal.SIGKILL)
        _, status = os.waitpid(worker, 0)
        if not os.WIFSIGNALED(status):
            return 1  # it ended by itself, with what it said
        _, status = os.waitpid(child(look, app, number), 0)
        if status:
            return 1
    _, status = os.waitpid(child(look_everywhere, app, kills), 0)
    if status:
        return 1
    sys.stdout.write(f"{kills} kills, nothing lost\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
