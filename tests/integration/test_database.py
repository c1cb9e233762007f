"""What the database itself guarantees to those who share it."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import delete, select

import config
from catalogue import create_app, version
from catalogue.database import db, lock, transaction
from catalogue.kernel.language import Bilingual
from catalogue.places.models import Place
from tests.postgres import new_database


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Flask:
    """A site with one place."""
    if request.param == "sqlite":
        application: Flask = request.getfixturevalue("app")
    else:
        address = new_database(request.getfixturevalue("postgres_url"), "database")
        application = create_app(config.Testing(tmp_path, address))
        with application.app_context():
            upgrade()
    slugs = {"slug_vi": "xa", "slug_en": "xa", "sort_vi": "xa", "sort_en": "xa"}
    with application.app_context(), transaction():
        db.session.add(Place(code="xa", kind="commune", name=Bilingual("Xã", None), **slugs))
    return application


def test_a_locked_row_is_changed_by_nobody_else_until_the_end(site: Flask) -> None:
    def rename() -> None:
        with site.app_context(), transaction():
            db.session.scalars(select(Place)).one().name = Bilingual("Phường", None)

    with ThreadPoolExecutor(1) as other, site.app_context():
        with transaction():
            place = db.session.scalars(select(Place)).one()
            before = version.current()
            lock(place)
            renaming = other.submit(rename)
            time.sleep(0.5)
            assert not renaming.done()
            assert version.current() == before, "a lock is no change"
        renaming.result(timeout=10)
        with transaction():
            lock(place)
            assert place.name.vi == "Phường"
        db.session.remove()
        db.engine.dispose()


def test_what_a_savepoint_kept_goes_with_the_transaction_that_is_undone(site: Flask) -> None:
    with site.app_context():
        with db.session.begin_nested():
            db.session.scalars(select(Place)).one().name = Bilingual("Phường", None)
        db.session.rollback()
        assert db.session.scalars(select(Place)).one().name.vi == "Xã"
        db.session.remove()
        db.engine.dispose()


def test_the_first_savepoint_of_a_transaction_commits_nothing(site: Flask) -> None:
    """An upload begins with one; whoever was killed right after it left a photograph that nobody renders."""
    with site.app_context():
        with db.session.begin_nested():
            db.session.execute(delete(Place.__table__))
        with site.app_context():
            assert db.session.scalars(select(Place)).one().name.vi == "Xã"
            db.session.remove()
        db.session.rollback()
        db.engine.dispose()
