"""A copy of the real data to change, and a PostgreSQL server wherever its programs are installed."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from flask import Flask
from flask_migrate import upgrade

import config
from catalogue import create_app
from catalogue.database import db
from tests import s3
from tests.postgres import drop_database, new_database
from tests.workshop import load_seeds

PATIENCE_S = 60.0
# Nothing here outlives the tests, so nothing need reach the disk.
QUICK = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"]


# Modules that change the real data and whose tests hold on each kind of database.
ON_BOTH = {
    "test_sheets",
    "test_enquiries",
    "test_claims",
    "test_goals",
    "test_every_kind",
    "test_pages",
    "test_showcase",
    "test_certificates",
    "test_reviews",
    "test_double_press",
}

# Fixtures that read every page of a kind or of the site, or load the whole data for one test.
LONG = {"s3_address", "pages", "walk", "workshop", "empty_workshop", "changed"}
# Modules that start whole programs or ask for hundreds of pages.
LENGTHY = {
    "test_backup",
    "test_two_commands",
    "test_server",
    "test_caching",
    "test_migrations",
    "test_openapi",
    "test_open_data",
    "test_resources",
    "test_facets",
    "test_bad_input",
    "test_paging",
    "test_local_time",
    "test_places",
    "test_html",
    "test_rendering",
    "test_any_query",
    "test_evaluation",
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Asks for each kind of database where a test changes the real data."""
    if metafunc.module.__name__.rpartition(".")[2] in ON_BOTH and "changed" in metafunc.fixturenames:
        metafunc.parametrize("changed", ["sqlite", "postgresql"], indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks by what a test asks for: PostgreSQL; the whole site or hundreds of inputs, which takes long."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        parameters = item.callspec.params.values() if hasattr(item, "callspec") else ()
        if "postgres_url" in fixtures or "postgresql" in parameters:
            item.add_marker(pytest.mark.postgres)
        if (
            fixtures & LONG
            or "s3" in parameters
            or item.path.stem in LENGTHY
            or getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        ):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def s3_address() -> Iterator[str]:
    """The address of an S3 server with the empty bucket `photographs`."""
    if not s3.installed():
        pytest.skip(s3.MISSING)
    with s3.s3_server() as address:
        yield address


@pytest.fixture
def changed(request: pytest.FixtureRequest, loaded_instance: Path, tmp_path: Path) -> Iterator[Flask]:
    """The application over a copy of the real data, for one test to change; see `ON_BOTH`."""
    folder = shutil.copytree(loaded_instance, tmp_path / "instance")
    if getattr(request, "param", "sqlite") == "sqlite":
        yield create_app(config.Testing(folder))
        return
    request.getfixturevalue("loaded_on_postgresql")
    # A name of its own: what a process keeps in memory it keeps by the address of the database.
    server, name = request.getfixturevalue("postgres_url"), f"changed-{uuid4().hex}"
    application = create_app(config.Testing(folder, new_database(server, name, template="loaded")))
    yield application
    with application.app_context():
        db.engine.dispose()
    drop_database(server, name)


@pytest.fixture(scope="session")
def loaded_on_postgresql(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The database `loaded` with the real data, to be copied while nobody uses it."""
    address = new_database(postgres_url, "loaded")
    application = create_app(config.Testing(tmp_path_factory.mktemp("loaded-pg"), address))
    with application.app_context():
        upgrade()
        load_seeds()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """SQLAlchemy's address of an empty PostgreSQL database in UTF-8; the server goes with the tests."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed, so this ran on SQLite only: apt-get install postgresql")
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        account = _unprivileged_account(home)
        data = home / "data"
        subprocess.run(
            [
                *(programs / "initdb", "--pgdata", data, "--username", "catalogue", "--auth", "trust"),
                *("--encoding", "UTF8", "--locale", "C", "--no-sync"),
            ],
            cwd=home,
            check=True,
            capture_output=True,
            **account,
        )
        log = home / "server.log"
        with log.open("wb") as output:
            server = subprocess.Popen(
                [programs / "postgres", "-D", data, "-k", home, "-c", "listen_addresses=", *QUICK],
                cwd=home,
                stdout=output,
                stderr=subprocess.STDOUT,
                **account,
            )
        try:
            _wait_for(home / ".s.PGSQL.5432", server, log)
            yield f"postgresql+psycopg://catalogue@/postgres?host={home}"
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(PATIENCE_S)


def _programs() -> Path | None:
    """Where the newest PostgreSQL's programs lie: Debian keeps them out of the PATH."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    return max(found, key=lambda path: float(path.parts[-2]), default=None)


def _unprivileged_account(home: Path) -> dict[str, object]:
    """PostgreSQL refuses to run as root: whose account it gets then, as arguments for subprocess."""
    if os.getuid() != 0:
        return {}
    accounts = {account.pw_name: account for account in pwd.getpwall()}
    account = accounts.get("postgres") or accounts["nobody"]
    os.chown(home, account.pw_uid, account.pw_gid)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _wait_for(socket: Path, server: subprocess.Popen[bytes], log: Path) -> None:
    """Until it answers, which takes about a second; the socket's file is there before."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            psycopg.connect(host=str(socket.parent), user="catalogue", dbname="postgres").close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise AssertionError(
                    "PostgreSQL did not start:\n" + log.read_text("utf-8", "replace")
                ) from None
            time.sleep(0.05)
        else:
            return
