"""`flask --app catalogue media inspect | render`: photographs as files, without database or storage."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from flask_babel import force_locale

from catalogue.adapters.imaging import reading, rendering
from catalogue.adapters.imaging.advice import look
from catalogue.adapters.imaging.containers.anatomy import NotTaken
from catalogue.kernel import text
from catalogue.kernel.language import Language
from catalogue.kernel.photo import MOST_BYTES, Encoded, Inspection, Refusal
from catalogue.kernel.photo_advice import advice_for
from catalogue.media.words import REFUSALS

group = AppGroup("media", help="Photographs, and the files made of them.")
# A file may be called “-1.jpg”: what is no option of the command is a name.
NAMES_WITH_DASHES = {"ignore_unknown_options": True}
ENDINGS = {"avif": "avif", "jpeg": "jpg"}

language_option = click.option(
    "--language",
    type=click.Choice([language.value for language in Language]),
    default=Language.EN.value,
    show_default=True,
    help="The language of the sentences.",
)


@group.command("inspect", context_settings=NAMES_WITH_DASHES)
@language_option
@click.argument("files", nargs=-1, required=True, type=click.UNPROCESSED)
def inspect_command(files: tuple[str, ...], language: str) -> None:
    """Say of each of FILES, in a line of JSON, whether it is taken as a photograph, and what it is."""
    unread = 0
    with (
        force_locale(language),
        click.progressbar(files, file=sys.stderr, hidden=not sys.stderr.isatty()) as steps,
    ):
        for name in steps:
            inspection = _inspect(name)
            unread += inspection.reason is Refusal.UNREADABLE
            _say(_row(name, inspection))
    sys.exit(1 if unread else 0)


@group.command("render", context_settings=NAMES_WITH_DASHES)
@language_option
@click.argument("file", type=click.UNPROCESSED)
@click.option("--out", "folder", required=True, type=click.Path(file_okay=False, path_type=Path))
def render_command(file: str, folder: Path, language: str) -> None:
    """Write every picture that readers would get of FILE into a folder; tell of each in a line of JSON."""
    with force_locale(language):
        try:
            body = _read(file)
        except OSError as fault:
            raise click.ClickException(str(REFUSALS[Refusal.UNREADABLE])) from fault
        try:
            reading.check_whole(reading.open_source(body))
            folder.mkdir(parents=True, exist_ok=True)
            for row in _render(body, folder, text.slug(Path(file).stem) or "photo"):
                _say(row)
        except NotTaken as refused:
            raise click.ClickException(str(REFUSALS[refused.reason])) from refused
        except OSError as fault:  # the folder cannot be written
            raise click.ClickException(str(fault)) from fault


def _inspect(name: str) -> Inspection:
    try:
        body = _read(name)
    except OSError:
        return Inspection(accepted=False, reason=Refusal.UNREADABLE)
    found = reading.inspect(body)
    if not found.accepted:
        return found
    return replace(found, warnings=tuple(advice_for(found.warnings, look(body).measured)))


def _read(name: str) -> bytes:
    """The file, or as much of it as tells that it is too large."""
    with Path(name).open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _row(name: str, found: Inspection) -> dict[str, Any]:
    return {
        "file": name,
        "accepted": found.accepted,
        "reason": found.reason,
        "message": str(REFUSALS[found.reason]) if found.reason else None,
        "format": found.format,
        "width": found.width,
        "height": found.height,
        "profile": found.profile,
        "metadata": found.metadata,
        "warnings": found.warnings,
    }


def _render(body: bytes, folder: Path, stem: str) -> Iterator[dict[str, Any]]:
    for shot in rendering.shots(body):
        for kind in shot.formats:
            encoded = rendering.encode(shot, kind)
            path = folder / f"{stem}-{_label(encoded)}.{ENDINGS[kind]}"
            path.write_bytes(encoded.body)
            yield {
                "path": str(path),
                "format": encoded.format,
                "width": encoded.width,
                "height": encoded.height,
                "bytes": len(encoded.body),
                "ssim": round(rendering.likeness(shot, encoded), 4),
            }


def _label(encoded: Encoded) -> str:
    return "card" if encoded.purpose == "card" else str(encoded.width)


def _say(row: dict[str, Any]) -> None:
    """One line of JSON, escaped where a name is no text or the terminal knows no Unicode."""
    line = json.dumps(row, ensure_ascii=False)
    try:
        line.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        line = json.dumps(row)
    click.echo(line)
