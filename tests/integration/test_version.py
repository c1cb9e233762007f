"""What is kept in memory under the catalogue's version."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from catalogue import version
from catalogue.database import db, transaction
from catalogue.kernel.language import Bilingual, Language
from catalogue.places.models import Place
from catalogue.places.queries import gazetteer
from catalogue.version import kept


@pytest.fixture
def place(app: Flask) -> str:
    with app.app_context(), transaction():
        db.session.add(
            Place(
                code="xa",
                kind="commune",
                name=Bilingual("Xã", "Commune"),
                slug_vi="xa",
                slug_en="xa",
                sort_vi="xa",
                sort_en="xa",
            )
        )
    return "xa"


def names() -> list[str | None]:
    return [place.name.en for place in gazetteer(Language.EN).places]


def rename(name: str) -> None:
    one = db.session.scalars(select(Place)).one()
    one.name = Bilingual("Xã", name)


def test_the_version_grows_with_every_change_and_not_with_one_undone(app: Flask, place: str) -> None:
    with app.app_context():
        before = version.current()
        with transaction():
            rename("A")
            db.session.flush()
            assert version.current() == before + 1
        assert version.current() == before + 1
        rename("B")
        db.session.flush()
        db.session.rollback()
        assert version.current() == before + 1


def test_a_kept_read_asks_again_only_after_a_change(app: Flask, place: str) -> None:
    with app.app_context():
        first = gazetteer(Language.EN)
        assert gazetteer(Language.EN) is first
        with transaction():
            rename("A")
        assert names() == ["A"]
        assert gazetteer(Language.VI) is not gazetteer(Language.EN)


def test_whoever_changes_the_catalogue_sees_his_own_change_and_nobody_else_does(
    app: Flask, place: str
) -> None:
    with app.app_context():
        assert names() == ["Commune"]
        rename("A")
        db.session.flush()
        assert names() == ["A"]
        with app.app_context():
            assert names() == ["Commune"]
        db.session.rollback()
        assert names() == ["Commune"]


def test_another_context_sees_a_commit_at_once(app: Flask, place: str) -> None:
    for number in range(20):
        with app.app_context():
            names()
        with app.app_context(), transaction():
            rename(f"Name {number}")
        with app.app_context():
            assert names() == [f"Name {number}"]


def test_one_thread_reads_for_all(app: Flask, place: str) -> None:
    together = Barrier(8)
    reads = []

    @kept
    def read() -> list[str]:
        reads.append(1)
        return [row.name.en for row in db.session.scalars(select(Place))]

    def ask(_number: int) -> int:
        with app.app_context():
            together.wait()
            return id(read())

    with ThreadPoolExecutor(8) as threads:
        given = set(threads.map(ask, range(8)))
    assert len(given) == len(reads) == 1
