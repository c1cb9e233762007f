"""The application opens folder, secret, database and storage when somebody needs them, not before."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

import config
from catalogue import create_app
from catalogue.database import db
from tests.served import environment

# Libraries of 1 to 9 MB each that a process which serves pages need not hold.
NOT_FOR_READERS = {
    *(
        "PIL",
        "alembic",
        "catalogue.cli.seeding",
        "catalogue.jobs",
        "gpxpy",
        "icalendar",
        "markdown_it",
        "nh3",
    ),
    *("obstore", "phonenumbers", "pi_heif", "segno", "weasyprint", "xlsxwriter"),
}
LOADED = "import sys, catalogue; catalogue.create_site(); print(*sys.modules)"


def settings(folder: Path, **others: str) -> config.Config:
    chosen = config.Testing(folder / "instance")
    for name, value in others.items():
        setattr(chosen, name, value)
    return chosen


@pytest.mark.parametrize("secret", ["given", ""])
def test_an_application_that_nobody_asks_makes_nothing(tmp_path: Path, secret: str) -> None:
    create_app(settings(tmp_path, SECRET_KEY=secret))
    assert list(tmp_path.iterdir()) == []


def test_who_serves_pages_holds_no_library_that_few_readers_need(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", LOADED],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert NOT_FOR_READERS & set(told.stdout.split()) == set()


def test_the_secret_is_made_for_the_first_signature_and_kept(tmp_path: Path) -> None:
    one, other = (create_app(settings(tmp_path, SECRET_KEY="")) for _ in range(2))
    signer = SecureCookieSessionInterface().get_signing_serializer(one)
    assert signer
    assert [path.name for path in (tmp_path / "instance").iterdir()] == ["secret.key"]
    reader = SecureCookieSessionInterface().get_signing_serializer(other)
    assert reader
    assert reader.loads(signer.dumps("a")) == "a"


@pytest.mark.parametrize(
    ("address", "trouble"), [("garbage", ArgumentError), ("nosuch://x", NoSuchModuleError)]
)
def test_a_wrong_address_of_the_database_is_told_to_whoever_asks_the_database(
    tmp_path: Path, address: str, trouble: type[Exception]
) -> None:
    app = create_app(settings(tmp_path, DATABASE_URL=address))
    with app.app_context(), pytest.raises(trouble):
        db.engine.connect()


def test_all_threads_get_the_same_engine(tmp_path: Path) -> None:
    app: Flask = create_app(settings(tmp_path))

    def engine(_number: int) -> Engine:
        with app.app_context():
            return db.engine

    with ThreadPoolExecutor(8) as threads:
        assert len({id(each) for each in threads.map(engine, range(64))}) == 1
    with app.app_context():
        assert db.engine.url.database == str(tmp_path / "instance" / "catalogue.db")
