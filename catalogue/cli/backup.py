"""`flask --app catalogue backup` and `restore`: database, originals and papers into one folder, and back.

The folder holds the database as one file, every original under its own key, the papers that people showed in
confidence, and `backup.json`, written last: a folder without it is no backup. What can be made again
(renditions, search index) is not in it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy import inspect
from sqlalchemy.engine import Engine

from catalogue.adapters import dump
from catalogue.adapters.papers import Papers
from catalogue.cli.search import rebuild_index
from catalogue.database import db, transaction
from catalogue.jobs.reactions import storage
from catalogue.kernel.clock import now
from catalogue.media import queries, upkeep
from catalogue.media.actions import ORIGINALS
from catalogue.media.rules import media_type

CONTENTS = "backup.json"
PAPERS = "papers"
NOTHING_IS_THIS_OLD = datetime.min.replace(tzinfo=UTC)
FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command("backup")
@click.argument("folder", type=FOLDER)
@with_appcontext
def backup(folder: Path) -> None:
    """Write the database, all originals and papers into FOLDER, while the site goes on.

    Done again into the same folder, it takes the place of the last one and copies only new originals.
    """
    folder.mkdir(parents=True, exist_ok=True)
    contents = folder / CONTENTS
    contents.unlink(missing_ok=True)
    database = folder / dump.file_name(db.engine)
    # First the database: an original that comes meanwhile is then too much, and none is missing.
    _told(dump.dump, database)
    keys = sorted(queries.original_keys())
    copied = _copy_originals(folder, keys)
    papers = _copy_papers(folder)
    _write(
        contents,
        json.dumps(
            {
                "made_at": now().isoformat(timespec="seconds"),
                "database": database.name,
                "sha256": _digest(database.read_bytes()),
                "originals": keys,
                "papers": papers,
            },
            indent=1,
        ).encode(),
    )
    click.echo(
        f"The database, {len(keys)} originals ({copied} of them new) and {len(papers)} papers"
        f" are in {folder}."
    )


def _copy_originals(folder: Path, keys: list[str]) -> int:
    store, copied = storage(), 0
    with click.progressbar(keys, label="Copying originals") as bar:
        for key in bar:
            target = folder / key
            if target.exists() and _is_sound(key, target.read_bytes()):
                continue
            try:
                body = store.read(key)
            except FileNotFoundError as lost:
                raise click.ClickException(f"The original {key} is lost; there is no backup now.") from lost
            if not _is_sound(key, body):
                raise click.ClickException(f"The original {key} is damaged; there is no backup now.")
            _write(target, body)
            copied += 1
    return copied


def _copy_papers(folder: Path) -> dict[str, str]:
    """Copy every paper; gives the SHA-256 of each by its name."""
    digests = {}
    for name, path in _papers().files().items():
        body = path.read_bytes()
        digests[name] = _digest(body)
        target = folder / PAPERS / name
        _write(target, body)
        target.chmod(0o600)
    return digests


def _papers() -> Papers:
    papers: Papers = current_app.extensions["papers"]
    return papers


@click.command("restore")
@click.argument("folder", type=FOLDER)
@with_appcontext
def restore(folder: Path) -> None:
    """Bring back what `backup` wrote into FOLDER: into an empty database and an empty storage.

    Everything is compared with what was noted before anything is written. The search index is made anew here,
    the renditions by the worker.
    """
    contents = _sound_contents(folder)
    store = storage()
    if inspect(db.engine).get_table_names() or any(store.keys(ORIGINALS)):
        raise click.ClickException(
            "Something is there already; nothing was written. Restore into an empty CATALOGUE_INSTANCE,"
            " or an empty DATABASE_URL and MEDIA_URL."
        )
    # First the originals: a row never lacks its blob.
    with click.progressbar(contents["originals"], label="Bringing back originals") as bar:
        for key in bar:
            store.put(key, (folder / key).read_bytes(), kind=media_type(key))
    for name in contents.get("papers", {}):
        _papers().bring_back(name, (folder / PAPERS / name).read_bytes())
    _told(dump.load, folder / contents["database"])
    upgrade()
    with transaction():
        upkeep.sweep(store, NOTHING_IS_THIS_OLD)
    rebuild_index()
    click.echo(f"Restored as of {contents['made_at']}, with {len(contents['originals'])} originals.")


def _sound_contents(folder: Path) -> dict[str, Any]:
    """What the backup holds; ends the command where anything is missing or damaged."""
    try:
        contents: dict[str, Any] = json.loads((folder / CONTENTS).read_text("utf-8"))
        damaged = [key for key in contents["originals"] if not _is_sound(key, (folder / key).read_bytes())]
        papers = contents.get("papers", {})  # earlier backups have none
        damaged += [
            name
            for name, digest in papers.items()
            if _digest((folder / PAPERS / name).read_bytes()) != digest
        ]
        if _digest((folder / contents["database"]).read_bytes()) != contents["sha256"]:
            damaged.append(contents["database"])
    except FileNotFoundError as missing:
        raise click.ClickException(f"This is no whole backup: {missing.filename} is missing.") from missing
    except (ValueError, LookupError, TypeError) as damage:
        raise click.ClickException(f"This is no whole backup: {CONTENTS} is damaged.") from damage
    if damaged:
        raise click.ClickException(f"Damaged since the backup; nothing was written: {', '.join(damaged)}")
    if contents["database"] != dump.file_name(db.engine):
        raise click.ClickException("This backup is of another kind of database; set DATABASE_URL to match.")
    return contents


def _told(work: Callable[[Engine, Path], None], file: Path) -> None:
    try:
        work(db.engine, file)
    except dump.DumpFailed as trouble:
        raise click.ClickException(str(trouble)) from trouble


def _is_sound(key: str, body: bytes) -> bool:
    """Whether an original is what its key says: the key begins with its SHA-256."""
    return key.removeprefix(ORIGINALS).startswith(_digest(body))


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _write(target: Path, body: bytes) -> None:
    """There whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.part")
    unfinished.write_bytes(body)
    unfinished.replace(target)
