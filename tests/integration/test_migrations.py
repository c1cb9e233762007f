"""The migrations run up and down, with the real data in the tables, on every database the site can use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import func, inspect, select

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
