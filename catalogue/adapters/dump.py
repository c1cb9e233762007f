"""The whole database as one file, and back: SQLite copies itself, PostgreSQL brings its own programs."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import Engine

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


class DumpFailed(Exception):
    """A database could not be written out or brought back; says why."""


def file_name(engine: Engine) -> str:
    """What the file is called that this kind of database makes and reads."""
    return NAMES[engine.dialect.name]


def dump(engine: Engine, file: Path) -> None:
    """Write the database as it stands at one moment, while others go on using it."""
    if engine.dialect.name == "sqlite":
        file.unlink(missing_ok=True)
        _copy(Path(engine.url.database or ""), file)
    else:
        _run("pg_dump", engine, "--format=custom", "--no-owner", "--no-privileges", f"--file={file}")


def load(engine: Engine, file: Path) -> None:
    """Bring an empty database to what the file holds, whole or not at all."""
    engine.dispose()
    if engine.dialect.name == "sqlite":
        _copy(file, Path(engine.url.database or ""))
    else:
        _run("pg_restore", engine, "--no-owner", "--no-privileges", "--single-transaction", str(file))


def _copy(source: Path, target: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as one,
            closing(sqlite3.connect(target)) as other,
        ):
            one.backup(other)
            (verdict,) = other.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.Error as trouble:
        raise DumpFailed(str(trouble)) from trouble
    if verdict != "ok":
        raise DumpFailed(verdict)


def _run(program: str, engine: Engine, *arguments: str) -> None:
    path = shutil.which(program)
    if path is None:
        raise DumpFailed(f"{program} is missing; Debian has it in postgresql-client")
    # The password goes by the environment: what stands on a command line can be read by everybody.
    address = engine.url.set(drivername="postgresql", password=None).render_as_string()
    done = subprocess.run(  # noqa: S603  nothing here comes from a reader
        [path, *arguments, f"--dbname={address}"],
        env={"PATH": os.defpath, "PGPASSWORD": str(engine.url.password or "")},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DumpFailed(done.stderr.strip())
