"""Commands for the people who run the site: `flask --app catalogue …`."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Add every command group to the application."""
    from catalogue.cli import media_files, search, seed, users

    app.cli.add_command(seed.group)
    app.cli.add_command(search.group)
    app.cli.add_command(media_files.group)
    app.cli.add_command(users.group)
