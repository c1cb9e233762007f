"""`flask --app catalogue search …`: the index that readers search, made from the database."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from catalogue.adapters.search_index import SearchIndex
from catalogue.database import transaction
from catalogue.search.actions import rebuild

group = AppGroup("search", help="The search index; it can always be made anew.")


@group.command("rebuild")
def rebuild_index_command() -> None:
    """Make the search index anew from the database; readers keep the old one until it is ready."""
    rebuild_index()


def rebuild_index() -> None:
    """Make the index anew and say how much is in it."""
    click.echo("Building the search index …")
    with transaction():
        number = rebuild(_index())
    click.echo(f"The search index holds {number} documents.")


def index_exists() -> bool:
    """Whether there is an index at all."""
    return _index().exists()


def _index() -> SearchIndex:
    index: SearchIndex = current_app.extensions["search_index"]
    return index
