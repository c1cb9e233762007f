"""Databases on the tests' own PostgreSQL server."""

from __future__ import annotations

from sqlalchemy import create_engine, make_url, text


def new_database(postgres_url: str, name: str, template: str = "template1") -> str:
    """Create a database beside the given one, empty or like another one; gives its address."""
    engine = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}"'))
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
    engine.dispose()
    return make_url(postgres_url).set(database=name).render_as_string(hide_password=False)


def drop_database(postgres_url: str, name: str) -> None:
    """Take a database away that nobody uses any more."""
    engine = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    engine.dispose()
