"""Commands for the people who run the site: `flask --app catalogue …`."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Add every command group to the application."""
    from catalogue.cli import audit, backup, certificates, media, search, seed, users, worker

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
