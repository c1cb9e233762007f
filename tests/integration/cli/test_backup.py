"""What was backed up stands as it was, in an empty place, on each kind of database and of storage."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import insert, select

import config
from catalogue import create_app
from catalogue.database import db, transaction
from catalogue.media import queries
from catalogue.media.rules import SubjectKind
from catalogue.places.models import Place
from tests import s3
from tests.integration.media.conftest import Darkroom, photograph
from tests.postgres import new_database

# What is made again is compared by what it shows, below.
DERIVED = {"outbox_message", "rendition", "catalogue_version", "timetable_entry"}
CODES = ["gom", "tra"]


@pytest.fixture(params=["sqlite", "postgresql", "s3"])
def sites(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Darkroom, Flask]]:
    """A site with a record and two photographs, one of them shown; and an empty one without a table."""
    addresses = {"old": "", "new": ""}
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres_url")
        addresses = {name: new_database(server, f"backup-{name}") for name in addresses}
    settings = {name: config.Testing(tmp_path / name, address) for name, address in addresses.items()}
    if request.param == "s3":
        for name, each in settings.items():
            s3.keep_there(each, request.getfixturevalue("s3_address"), f"{tmp_path.name}/{name}")
    old, new = map(create_app, settings.values())
    with old.app_context():
        upgrade()
        with transaction():
            db.session.execute(
                insert(Place.__table__).values(
                    code="ka-don",
                    kind="commune",
                    name_vi="Ka Đơn",
                    slug_vi="ka-don",
                    slug_en="ka-don",
                    sort_vi="1",
                    sort_en="1",
                    sources=[],
                )
            )
    darkroom = Darkroom(old)
    for code, body in zip(CODES, (photograph(1), photograph(2, kind="PNG")), strict=True):
        darkroom.show(darkroom.upload(body, "Gốm đỏ.jpg").asset.code, on=code)
    darkroom.upload(photograph(3))
    darkroom.work()
    yield darkroom, new
    for site in (old, new):
        with site.app_context():
            db.engine.dispose()


def command(site: Flask, *words: str | Path) -> Result:
    return site.test_cli_runner().invoke(args=[str(word) for word in words])


def rows(site: Flask) -> dict[str, list[str]]:
    """Every row that is not made again, by table."""
    with site.app_context():
        return {
            name: sorted(map(repr, db.session.execute(select(table))))
            for name, table in db.metadata.tables.items()
            if name not in DERIVED
        }


def shown(site: Flask) -> Any:
    with site.app_context():
        return queries.shown_for(SubjectKind.PRODUCT, CODES)


def originals(site: Flask) -> dict[str, bytes]:
    store = site.extensions["storage"]
    return {key: store.read(key) for key in store.keys("originals/")}


def test_a_restored_site_is_the_site_that_was_backed_up(
    sites: tuple[Darkroom, Flask], tmp_path: Path
) -> None:
    darkroom, new = sites
    saved = command(darkroom.app, "backup", tmp_path / "saved")
    assert saved.exit_code == 0, saved.output
    assert "3 originals (3 of them new)" in saved.output

    done = command(new, "restore", tmp_path / "saved")
    assert done.exit_code == 0, done.output
    assert shown(new) == {}, "its renditions are still to be made"
    Darkroom(new).work()

    assert rows(new) == rows(darkroom.app)
    assert originals(new) == originals(darkroom.app)
    assert len(originals(new)) == 3
    assert shown(new) == shown(darkroom.app)
    assert set(shown(new)) == set(CODES)


def test_papers_and_the_secret_come_back_and_nobody_else_reads_them(
    sites: tuple[Darkroom, Flask], tmp_path: Path
) -> None:
    """Codes and recovery codes in the database are locked with the secret."""
    darkroom, new = sites
    before, after = Path(darkroom.app.instance_path), Path(new.instance_path)
    (before / "secret.key").write_text("the instance's own")
    darkroom.app.extensions["papers"].keep("a-draft-of-somebody", b"%PDF-1.4 licence")
    command(darkroom.app, "backup", tmp_path / "saved")

    done = command(new, "restore", tmp_path / "saved")

    assert done.exit_code == 0, done.output
    assert (after / "secret.key").read_text() == "the instance's own"
    (paper,) = new.extensions["papers"].of("a-draft-of-somebody")
    assert paper.path.read_bytes() == b"%PDF-1.4 licence"
    private = [path for path in (tmp_path / "saved" / "instance").rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o077 for path in [*private, paper.path, after / "secret.key"]} == {0}


def test_a_secret_that_is_there_is_not_written_over(app: Flask, tmp_path: Path) -> None:
    (Path(app.instance_path) / "secret.key").write_text("old")
    command(app, "backup", tmp_path / "saved")
    new = create_app(config.Testing(tmp_path / "new"))
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "secret.key").write_text("new")
    assert "Something is there already" in command(new, "restore", tmp_path / "saved").output
    assert (tmp_path / "new" / "secret.key").read_text() == "new"


def test_a_second_backup_copies_only_what_is_new(sites: tuple[Darkroom, Flask], tmp_path: Path) -> None:
    darkroom, _ = sites
    command(darkroom.app, "backup", tmp_path / "saved")
    darkroom.upload(photograph(4))
    again = command(darkroom.app, "backup", tmp_path / "saved")
    assert "4 originals (1 of them new)" in again.output


def test_nothing_is_restored_over_what_is_there(sites: tuple[Darkroom, Flask], tmp_path: Path) -> None:
    darkroom, _ = sites
    command(darkroom.app, "backup", tmp_path / "saved")
    before = rows(darkroom.app)
    done = command(darkroom.app, "restore", tmp_path / "saved")
    assert done.exit_code == 1
    assert "Something is there already" in done.output
    assert rows(darkroom.app) == before


def damage(file: Path) -> None:
    body = bytearray(file.read_bytes())
    body[len(body) // 2] ^= 0x80
    file.write_bytes(body)


@pytest.mark.parametrize("harm", [damage, Path.unlink], ids=["damaged", "missing"])
@pytest.mark.parametrize("pattern", ["originals/*", "database.*", "backup.json", "instance/*"])
def test_a_backup_that_is_not_whole_restores_nothing(
    app: Flask, tmp_path: Path, pattern: str, harm: Any
) -> None:
    Darkroom(app).upload(photograph())
    (Path(app.instance_path) / "secret.key").write_text("the instance's own")
    command(app, "backup", tmp_path / "saved")
    harm(next((tmp_path / "saved").glob(pattern)))
    new = create_app(config.Testing(tmp_path / "new"))

    done = command(new, "restore", tmp_path / "saved")

    assert isinstance(done.exception, SystemExit), done.output
    assert done.exit_code == 1
    assert originals(new) == {}


def test_a_backup_with_a_lost_original_says_so_and_is_none(app: Flask, tmp_path: Path) -> None:
    asset = Darkroom(app).upload(photograph()).asset
    app.extensions["storage"].delete(asset.original_key)
    done = command(app, "backup", tmp_path / "saved")
    assert done.exit_code == 1
    assert asset.original_key in done.output
    assert not (tmp_path / "saved" / "backup.json").exists()


def test_a_backup_of_another_kind_of_database_is_named(app: Flask, tmp_path: Path) -> None:
    command(app, "backup", tmp_path / "saved")
    contents = json.loads((tmp_path / "saved" / "backup.json").read_text("utf-8"))
    shutil.move(tmp_path / "saved" / contents["database"], tmp_path / "saved" / "database.dump")
    (tmp_path / "saved" / "backup.json").write_text(json.dumps(contents | {"database": "database.dump"}))
    new = create_app(config.Testing(tmp_path / "new"))
    assert "another kind of database" in command(new, "restore", tmp_path / "saved").output
