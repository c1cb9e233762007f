"""The index is derived and cannot lose a change, whoever is killed, late, or at work at the same time."""

from __future__ import annotations

import logging
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from flask import Flask
from sqlalchemy import delete, event, insert, select, update

from catalogue import changes, outbox
from catalogue.adapters.search_index import Document, SearchIndex
from catalogue.database import Indexed, db, transaction
from catalogue.jobs import reactions
from catalogue.jobs.reactions import TIMETABLE, VERIFY
from catalogue.jobs.worker import drain
from catalogue.kernel.language import Bilingual
from catalogue.kernel.query import Form
from catalogue.products.models import Product
from catalogue.search.actions import Verified, rebuild, refresh, verify
from catalogue.search.documents import documents_of
from tests.served import ROOT, environment

# INDEX_KILLS=200 goes on for longer.
KILLS = int(os.environ.get("INDEX_KILLS", "8"))
PATIENCE_S = 120.0 + 10 * KILLS

R = TypeVar("R")


def index_of(site: Flask) -> SearchIndex:
    index: SearchIndex = site.extensions["search_index"]
    return index


def knows(site: Flask, word: str) -> bool:
    with index_of(site).reader() as reader:
        return reader.knows(Form.FOLDED, word)


def rename(site: Flask, name: str) -> int:
    """Give the first product another name, in a transaction of its own."""
    with site.app_context(), transaction():
        row = db.session.scalars(select(Product).order_by(Product.id)).first()
        assert row is not None
        row.name = Bilingual(name, None)
        return row.id


def in_a_transaction(site: Flask, act: Callable[..., R], *given: object) -> R:
    with site.app_context(), transaction():
        return act(*given)


@pytest.mark.slow
def test_killed_at_any_moment_it_catches_up(loaded_instance: Path, changed: Flask) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.integration.search.killed", str(KILLS)],
        cwd=ROOT,
        env=environment(Path(changed.config["INSTANCE"])),
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, f"{KILLS} kills, nothing lost\n"), done.stderr
    in_a_transaction(changed, rebuild, index_of(changed))
    assert len(list((Path(changed.config["INSTANCE"]) / "index").glob("index-*"))) <= 2


def test_the_slower_of_two_workers_puts_nothing_old_over_something_new(changed: Flask) -> None:
    index = index_of(changed)
    key = rename(changed, "Zirconia")
    slow = threading.Thread(target=in_a_transaction, args=(changed, refresh, index))
    with index.changing() as change:
        slow.start()
        slow.join(0.3)  # what it could read before it may write, it has read by now
        rename(changed, "Obsidian")
        with changed.app_context():
            change.put(documents_of("product", {key}))
    slow.join()
    assert (knows(changed, "zirconia"), knows(changed, "obsidian")) == (False, True)


def test_a_change_during_a_rebuild_is_not_forgotten(changed: Flask) -> None:
    def meanwhile(number: int) -> None:
        if number == 300:  # the products are read by now
            other = threading.Thread(target=rename, args=(changed, "Zirconia"))
            other.start()
            other.join()

    in_a_transaction(changed, rebuild, index_of(changed), meanwhile)
    with changed.app_context():
        assert len(changes.numbers()) == 1
    in_a_transaction(changed, refresh, index_of(changed))
    assert knows(changed, "zirconia")


def test_a_rebuild_makes_what_waited_before_it_superfluous(changed: Flask) -> None:
    rename(changed, "Zirconia")
    in_a_transaction(changed, rebuild, index_of(changed))
    with changed.app_context():
        assert changes.numbers() == []
    assert knows(changed, "zirconia")


@pytest.mark.parametrize("change", [update(Product).values(code="x"), delete(Product), insert(Product)])
def test_a_change_that_no_flush_would_see_is_refused(app: Flask, change: object) -> None:
    with app.app_context(), pytest.raises(TypeError, match="searched"):
        db.session.execute(change)  # type: ignore[call-overload]


def test_everything_that_documents_are_made_of_is_watched(app: Flask) -> None:
    """A table whose rows `touched_by` can widen is one whose changes are noted."""
    from catalogue.search.touched import BEYOND, OWN

    watched = {
        mapper.local_table.name for mapper in Product.registry.mappers if issubclass(mapper.class_, Indexed)
    }
    assert {*OWN, *BEYOND} <= watched


# ---------------------------------------------------------------- verify
def test_a_sound_index_is_found_sound(changed: Flask) -> None:
    found = in_a_transaction(changed, verify, index_of(changed))
    assert found.sound
    with index_of(changed).reader() as reader:
        assert found == Verified(reader.count())


def test_what_is_missing_out_of_date_or_too_much_is_found_and_mended(changed: Flask) -> None:
    index = index_of(changed)
    with changed.app_context():
        first, second = db.session.scalars(select(Product.id).order_by(Product.id).limit(2))
    index.remove([("product", first)])
    index.put([Document("product", second, ("Zirconia",)), Document("village", 9999, ("Obsidian",))])
    found = in_a_transaction(changed, verify, index)
    assert (found.missing, found.stale, found.surplus, found.rebuilt) == (1, 1, 1, False)
    assert (knows(changed, "zirconia"), knows(changed, "obsidian")) == (False, False)
    assert in_a_transaction(changed, verify, index).sound


def test_what_waits_in_the_log_is_no_damage(changed: Flask) -> None:
    rename(changed, "Zirconia")
    assert in_a_transaction(changed, verify, index_of(changed)).sound
    assert knows(changed, "zirconia")


def test_an_index_that_cannot_be_read_is_made_anew(changed: Flask) -> None:
    for path in (Path(changed.config["INSTANCE"]) / "index").glob("index-*/*.toc"):
        path.write_bytes(b"nonsense")
    found = in_a_transaction(changed, verify, index_of(changed))
    assert found.rebuilt
    assert in_a_transaction(changed, verify, index_of(changed)).sound


def test_a_damaged_file_beside_a_segment_is_mended_while_the_site_runs(changed: Flask) -> None:
    index = index_of(changed)
    assert index.exists()
    (path,) = (Path(changed.config["INSTANCE"]) / "index").glob("index-*/*.arrays")
    whole = path.read_bytes()
    path.unlink()
    path.write_bytes(whole[: len(whole) // 2])
    assert in_a_transaction(changed, verify, index).sound
    assert path.read_bytes() == whole


def test_it_is_verified_every_night(
    changed: Flask, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert VERIFY in TIMETABLE
    # Whatever another test of this process did to logging.
    monkeypatch.setattr(logging.getLogger(reactions.__name__), "disabled", False)
    index_of(changed).put([Document("village", 9999, ("Obsidian",))])
    with changed.app_context(), transaction():
        outbox.announce(VERIFY)
    with caplog.at_level("ERROR", reactions.__name__):
        drain(changed, "test:1", [VERIFY])
    assert "surplus=1" in caplog.text
    assert not knows(changed, "obsidian")


def test_others_write_while_index_and_data_are_compared(changed: Flask) -> None:
    """On a busy machine comparing takes long, and SQLite has one pen."""
    other = sqlite3.connect(Path(changed.instance_path) / "catalogue.db", timeout=0)
    free = []

    def ask(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            try:
                other.execute("BEGIN IMMEDIATE")
                other.rollback()
                free.append(True)
            except sqlite3.OperationalError:
                free.append(False)

    with changed.app_context():
        with transaction():
            product = db.session.scalars(select(Product).order_by(Product.code).limit(1)).one()
            product.summary = Bilingual("Khác", "Other")
        event.listen(db.engine, "before_cursor_execute", ask)
        with transaction():
            verify(index_of(changed))
        event.remove(db.engine, "before_cursor_execute", ask)
    other.close()
    assert False in free  # the change was taken off the list
    assert free[-1]  # and then the data was read
