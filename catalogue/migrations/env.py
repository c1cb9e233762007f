"""Runs migrations against the site's own database; always with the application, never from alembic alone."""

from __future__ import annotations

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from catalogue.database import db


def run() -> None:
    """Migrate in one transaction."""
    options = current_app.extensions["migrate"].configure_args
    with db.engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            _suspend_references(connection)
        context.configure(connection=connection, target_metadata=db.metadata, **options)
        with context.begin_transaction():
            context.run_migrations()
            if is_sqlite:
                _check_references(connection)


def _suspend_references(connection: Connection) -> None:
    """SQLite alters a table by copying it and dropping the old one, which would take the rows below along."""
    connection.execute(text("PRAGMA foreign_keys=OFF"))
    connection.commit()


def _check_references(connection: Connection) -> None:
    """What was not watched on the way must hold at the end."""
    broken = connection.execute(text("PRAGMA foreign_key_check")).all()
    if broken:
        raise RuntimeError(f"{len(broken)} rows would point nowhere, the first in table {broken[0][0]}")


run()
