"""`flask --app catalogue search …`: the index that readers search, made from the database."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from catalogue.adapters.search_index import SearchIndex
from catalogue.database import transaction
from catalogue.search.actions import rebuild, verify
from catalogue.search.documents import count_documents

group = AppGroup("search", help="The search index; it can always be made anew.")


@group.command("rebuild")
def rebuild_index_command() -> None:
    """Make the search index anew from the database; readers keep the old one until it is ready."""
    rebuild_index()


@group.command("verify")
def verify_index() -> None:
    """Compare the search index with the database, mend what differs, and say what it was."""
    with transaction():
        found = verify(_index())
    if found.rebuilt:
        click.echo(f"The search index could not be read. It was made anew: {found.documents} documents.")
    elif found.sound:
        click.echo(f"The search index is sound: {found.documents} documents.")
    else:
        told = f"{found.missing} missing, {found.stale} out of date, {found.surplus} of nothing there is"
        click.echo(f"The search index was mended: {told}; {found.documents} documents.")


def rebuild_index() -> None:
    """Make the index anew and say how much is in it."""
    with transaction(), click.progressbar(length=count_documents(), label="Building the search index") as bar:
        number = rebuild(_index(), lambda _: bar.update(1))
    click.echo(f"The search index holds {number} documents.")


def index_exists() -> bool:
    """Whether there is an index at all."""
    return _index().exists()


def _index() -> SearchIndex:
    index: SearchIndex = current_app.extensions["search_index"]
    return index
