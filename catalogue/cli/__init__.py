"""Commands for the people who run the site: `flask --app catalogue …`."""

from __future__ import annotations

from flask import Flask

import config
from catalogue.database import db


def register(app: Flask) -> None:
    """Add every command group to the application, and what `db` needs."""
    # Here, so that a process that only serves readers holds none of it in memory: some 25 MB.
    from flask_migrate import Migrate

    from catalogue.cli import audit, backup, certificates, media, search, seed, users, worker

    Migrate(app, db, directory=str(config.ROOT / "catalogue" / "migrations"), render_as_batch=True)
    groups = (
        seed.group,
        search.group,
        media.group,
        worker.group,
        users.group,
        audit.group,
        certificates.group,
    )
    for command in (*groups, backup.backup, backup.restore):
        app.cli.add_command(command)
