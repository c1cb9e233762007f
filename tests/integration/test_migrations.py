"""The migrations run up and down, with the real data in the tables, on every database the site can use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import MetaData, Table, func, inspect, select

import config
from catalogue import create_app
from catalogue.certification.models import Certificate
from catalogue.database import db
from catalogue.products.models import Product
from tests.postgres import new_database
from tests.workshop import load_seeds


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The application over a database without any table."""
    address = ""
    if request.param == "postgresql":
        address = new_database(request.getfixturevalue("postgres_url"), "migrations")
    application = create_app(config.Testing(tmp_path, address))
    with application.app_context():
        yield application
        db.session.remove()
        db.engine.dispose()


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_up_down_and_up_again_with_data(site: Flask) -> None:
    upgrade()
    assert tables() == set(db.metadata.tables)
    assert load_seeds().changed
    assert db.session.scalar(select(func.count()).select_from(Product)) == 335
    assert db.session.scalar(select(func.count()).select_from(Certificate)) == 87
    db.session.remove()
    downgrade(revision="base")
    assert tables() == set()
    upgrade()
    assert tables() == set(db.metadata.tables)


def test_models_and_migrations_agree(site: Flask) -> None:
    upgrade()
    check()  # raises where a migration is missing


def test_the_checks_of_the_models_are_in_the_database(site: Flask) -> None:
    upgrade()
    for table in db.metadata.tables.values():
        wanted = {
            constraint.name
            for constraint in table.constraints
            if constraint.__visit_name__ == "check_constraint"
        }
        found = {constraint["name"] for constraint in inspect(db.engine).get_check_constraints(table.name)}
        assert found >= wanted, table.name


def test_a_second_load_finds_everything_as_it_wants_it(site: Flask) -> None:
    upgrade()
    load_seeds()
    again = load_seeds()
    assert (again.changed, again.conflicts, again.vanished) == (False, {}, [])


NOW = datetime(2026, 11, 26, tzinfo=UTC)
ASSET = {
    "file_name": "image",
    "received_at": NOW,
    "received_by": "A",
    "format": "jpeg",
    "width": 4,
    "height": 3,
    "rotation": 0,
    "focus_x": 0.5,
    "focus_y": 0.5,
    "focus_by": "guess",
    "advice": [],
    "decorative": False,
}
REVISION = {
    "kind": "product",
    "number": 1,
    "state": "draft",
    "version": 1,
    "writers": [],
    "author": "A",
    "assisted": False,
    "begun_at": NOW,
    "saved_at": NOW,
    "reasons": [],
}


def stored(table: str) -> Table:
    return Table(table, MetaData(), autoload_with=db.engine)


def put(table: str, **values: object) -> None:
    """Write a row as the tables are now."""
    shape = stored(table)
    known = {name: value for name, value in values.items() if name in shape.columns}
    if "touched" in shape.columns:
        known.setdefault("touched", {})
    with db.engine.begin() as connection:
        connection.execute(shape.insert().values(**known))


def put_photograph(code: str, **values: object) -> None:
    put("media_asset", **(ASSET | {"code": code, "received_sha256": code, "original_key": code} | values))


def column(name: str) -> dict[str, str]:
    """Of every photograph, by its code."""
    shape = stored("media_asset")
    with db.engine.connect() as connection:
        return dict(connection.execute(select(shape.c.code, shape.c[name])).all())


def test_each_photograph_gets_the_maker_on_whose_pages_it_stands_and_loses_nothing_on_the_way_back(
    site: Flask,
) -> None:
    upgrade(revision="0014_audit")
    for code in ("drafted", "placed", "of-two", "nobody-s"):
        put_photograph(code)
    for maker, pictures in (("hoa", ["drafted", "of-two"]), ("lan", ["of-two"])):
        content = {"photographs": pictures, "name": {"vi": "Gốm", "en": None}}
        put("revision", **REVISION, code=f"gom-{maker}", producer_code=maker, content=content)
    placed = next(number for number, code in _numbers() if code == "placed")
    spot = {"subject_kind": "producer", "subject_code": "lan", "position": 1, "placed_by": "A"}
    put("placement", asset_id=placed, **spot)

    upgrade(revision="0015_photograph_owners")

    assert column("owner") == {"drafted": "hoa", "placed": "lan", "of-two": "", "nobody-s": ""}
    put_photograph("again", owner="lan", received_sha256="drafted", original_key="again")
    downgrade(revision="0014_audit")
    sums = column("received_sha256")
    assert sums["drafted"] == "drafted"
    assert len(set(sums.values())) == len(sums) == 5


def _numbers() -> list[tuple[int, str]]:
    shape = stored("media_asset")
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(select(shape.c.id, shape.c.code))]
