"""`flask --app catalogue search …`: the index that readers search, and how well it finds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import SQLAlchemyError

from catalogue.adapters.search_index import SearchIndex, stem
from catalogue.database import transaction
from catalogue.search.actions import rebuild, verify
from catalogue.search.asking import synonyms
from catalogue.search.documents import count_documents
from catalogue.search.evaluation import evaluate, evaluate_catalogue
from catalogue.search.everything import codes
from catalogue.search.rules import Synonyms, synonym_table
from catalogue.search.synonyms import OF_THE_LANGUAGE

group = AppGroup("search", help="The search index; it can always be made anew.")
NEEDED: dict[bool, dict[str, type]] = {
    False: {"query": str, "must_match": str},
    True: {"query": str, "expect": list},
}


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


@group.command("evaluate")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--catalogue", "in_catalogue", is_flag=True, help="Ask the loaded data for codes.")
def evaluate_command(file: Path, in_catalogue: bool) -> None:
    """Ask the judged queries in FILE and print how well they were answered, as one JSON object.

    FILE is a JSON list of {"query", "must_match", "kind", "rank_above"?}, each text the name of a product in
    an index of its own; with --catalogue of {"query", "expect": [codes], "language"}, asked of the data.
    """
    cases = _cases(file, NEEDED[in_catalogue])
    if in_catalogue:
        with _index().reader() as reader:
            report = evaluate_catalogue(cases, reader, synonyms(), codes())
    else:
        report = evaluate(cases, _synonyms())
    click.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))


def _cases(file: Path, needed: dict[str, type]) -> list[dict[str, Any]]:
    try:
        cases = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise click.ClickException(f"{file} is no JSON: {error}") from error
    if not isinstance(cases, list):
        raise click.ClickException(f"{file} holds no list.")
    for number, case in enumerate(cases, start=1):
        for name, kind in needed.items():
            if not isinstance(case, dict) or not isinstance(case.get(name), kind):
                raise click.ClickException(f"Case {number} in {file} has no {name}.")
    return cases


def _synonyms() -> Synonyms:
    """Those that readers have; where there is no database yet, those of the language."""
    try:
        return synonyms()
    except SQLAlchemyError:
        return synonym_table(OF_THE_LANGUAGE, stem)


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
