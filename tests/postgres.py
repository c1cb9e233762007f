"""Databases on the tests' own PostgreSQL server."""

from __future__ import annotations

from sqlalchemy import create_engine, make_url, text


def new_database(postgres_url: str, name: str) -> str:
    """Create an empty database beside the given one; gives its address."""
    engine = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}"'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    engine.dispose()
    return make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
