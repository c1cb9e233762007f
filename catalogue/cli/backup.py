"""`flask --app catalogue backup` and `restore`: database and originals into one folder, and back.

The folder holds the database as one file, every original under its own key, below `instance` the papers of
applications and the secret with which people's codes are locked, and `backup.json`, written last: a folder
without it is no backup. What can be made again (renditions, search index) is not in it.
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
from catalogue.cli.search import rebuild_index
from catalogue.database import db, transaction
from catalogue.jobs.reactions import storage
from catalogue.kernel.clock import now
from catalogue.media import queries, upkeep
from catalogue.media.actions import ORIGINALS
from catalogue.media.rules import media_type

CONTENTS = "backup.json"
# What lies in the instance folder and is named, or needed to read what stands, in the database.
INSTANCE, PRIVATE = "instance", ("secret.key", "papers/*/*")
ONLY_OURS = 0o600
NOTHING_IS_THIS_OLD = datetime.min.replace(tzinfo=UTC)
FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command("backup")
@click.argument("folder", type=FOLDER)
@with_appcontext
def backup(folder: Path) -> None:
    """Write the database and all originals into FOLDER, while the site goes on.

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
    private = _copy_private(folder)
    _write(
        contents,
        json.dumps(
            {
                "made_at": now().isoformat(timespec="seconds"),
                "database": database.name,
                "sha256": _digest(database.read_bytes()),
                "originals": keys,
                "private": private,
            },
            indent=1,
        ).encode(),
    )
    click.echo(f"The database and {len(keys)} originals ({copied} of them new) are in {folder}.")


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


def _copy_private(folder: Path) -> dict[str, str]:
    """Copy what lies in the instance folder beside the database; gives the SHA-256 of each by its path."""
    instance, copied = Path(current_app.instance_path), {}
    for path in sorted(path for pattern in PRIVATE for path in instance.glob(pattern) if path.is_file()):
        body, name = path.read_bytes(), path.relative_to(instance).as_posix()
        _write(folder / INSTANCE / name, body, mode=ONLY_OURS)
        copied[name] = _digest(body)
    return copied


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
    instance, private = Path(current_app.instance_path), contents.get("private", {})
    is_there = any((instance / name).exists() for name in private)
    if is_there or inspect(db.engine).get_table_names() or any(store.keys(ORIGINALS)):
        raise click.ClickException(
            "Something is there already; nothing was written. Restore into an empty CATALOGUE_INSTANCE,"
            " or an empty DATABASE_URL and MEDIA_URL."
        )
    # First the originals: a row never lacks its blob.
    with click.progressbar(contents["originals"], label="Bringing back originals") as bar:
        for key in bar:
            store.put(key, (folder / key).read_bytes(), kind=media_type(key))
    for name in private:
        _write(instance / name, (folder / INSTANCE / name).read_bytes(), mode=ONLY_OURS)
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
        summed = {f"{INSTANCE}/{name}": digest for name, digest in contents.get("private", {}).items()}
        summed[contents["database"]] = contents["sha256"]
        damaged += [
            name for name, digest in summed.items() if _digest((folder / name).read_bytes()) != digest
        ]
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


def _write(target: Path, body: bytes, *, mode: int = 0o666) -> None:
    """There whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700 if mode == ONLY_OURS else 0o777)
    unfinished = target.with_name(f"{target.name}.part")
    unfinished.touch(mode=mode)
    unfinished.write_bytes(body)
    unfinished.replace(target)
