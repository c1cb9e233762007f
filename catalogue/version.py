"""One number for the whole catalogue: it grows in the transaction of every change.

Tables that no page shows (`is_public = False`) do not count.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from urllib.parse import quote

from flask import current_app
from sqlalchemy import event, inspect, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, mapped_column

from catalogue.database import Model, UTCDateTime, db
from catalogue.kernel.mark import Mark, mark_of

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

# So many results of one read are kept: a few databases in both languages.
MOST_KEPT = 16


class CatalogueVersion(Model):
    """The single row that counts changes; whatever is kept in memory is kept under this number.

    `due_at`: when the catalogue is to change next by itself, None where nothing is planned.
    """

    __tablename__ = "catalogue_version"
    is_public = False

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    due_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


def current() -> int:
    """How many changes were ever made; 0 before the first. Asked once in each transaction of the session."""
    session = db.session()
    known = session.info.get("version_known")
    if known and known[0] is session.get_transaction():
        return int(known[1])
    number = session.scalar(select(CatalogueVersion.number)) or 0
    session.info["version_known"] = (session.get_transaction(), number)
    return number


def plan(moment: datetime | None) -> None:
    """Note when the catalogue is to change next by itself, in the transaction that plans it."""
    row = db.session.get(CatalogueVersion, 1)
    if row is None:
        row = CatalogueVersion(id=1, number=0)
        db.session.add(row)
    row.due_at = moment
    db.session.flush()


def kept(read: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Keeps what a read gives until the catalogue changes: for what is small and stands on many pages.

    All threads of a process share it, and one of them reads for all. The records belong to no session; they
    are for reading, with what the read has loaded and no more.
    """
    shelf: dict[str, tuple[int, Result]] = {}
    lock = threading.RLock()

    @wraps(read)
    def kept_read(*arguments: Arguments.args, **named: Arguments.kwargs) -> Result:
        key = repr((str(db.engine.url), arguments, named))
        number = current()
        if (found := shelf.get(key)) and found[0] == number:
            return found[1]
        with lock:
            if (found := shelf.get(key)) and found[0] == number:
                return found[1]
            with current_app.app_context():  # a session of its own, which sees what is committed
                committed = current()
                result = read(*arguments, **named)
            if number <= committed:
                if len(shelf) >= MOST_KEPT:
                    shelf.clear()
                shelf[key] = (committed, result)
                return result
        return read(*arguments, **named)  # whoever is changing the catalogue sees his own changes

    return kept_read


def take_due(moment: datetime) -> bool:
    """Whether what was planned for `moment` or before falls to the caller: to one alone, however many ask."""
    taken = (
        update(CatalogueVersion)
        .where(CatalogueVersion.due_at <= moment)
        .values(due_at=None)
        .execution_options(synchronize_session=False)
    )
    return db.session.execute(taken).rowcount == 1  # type: ignore[attr-defined,no-any-return]


class Watch:
    """The version as it is committed at this moment, read outside any session and for next to nothing.

    SQLite: each thread keeps a connection of its own, for a connection may not be shared, and opens another
    when the file was replaced. Other databases lend one from the pool.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._file = engine.url.database if engine.dialect.name == "sqlite" else None
        self._own = threading.local()

    def mark(self) -> bytes | None:
        """Other bytes after every commit of a session; None where nobody can tell without asking."""
        return known.read() if (known := _mark(self._engine)) else None

    def read(self) -> tuple[int, datetime | None] | None:
        """The number, 0 before the first change, and `due_at`; None where the database cannot be asked."""
        try:
            return self._of_file(self._file) if self._file else self._of_server()
        except (OSError, sqlite3.Error, SQLAlchemyError):
            self._own.identity = None
            return None

    def _of_file(self, file: str) -> tuple[int, datetime | None]:
        at = os.stat(file)  # noqa: PTH116  asked before every page
        if getattr(self._own, "identity", None) != (at.st_dev, at.st_ino):
            connection = sqlite3.connect(
                f"file:{quote(file)}?mode=rw", uri=True, isolation_level=None, timeout=5
            )
            self._own.cursor = (
                connection.cursor()
            )  # one for all questions: making one costs as much as asking
            self._own.cursor.execute("PRAGMA query_only=ON")
            self._own.identity = (at.st_dev, at.st_ino)
        # Read to the end: a statement left open would go on showing the state in which it began.
        rows = self._own.cursor.execute("SELECT number, due_at FROM catalogue_version").fetchall()
        if not rows:
            return 0, None
        number, due_at = rows[0]
        return int(number), datetime.fromisoformat(due_at).replace(tzinfo=UTC) if due_at else None

    def _of_server(self) -> tuple[int, datetime | None]:
        with self._engine.connect() as connection:
            row = connection.execute(select(CatalogueVersion.number, CatalogueVersion.due_at)).first()
            return (row.number, row.due_at) if row else (0, None)


def _count_change(session: Session) -> None:
    transaction = (
        session.get_nested_transaction() or session.get_transaction()
    )  # a savepoint may be undone alone
    session.info.pop("version_known", None)
    if session.info.get("version_counted") is transaction:
        return
    session.info["version_counted"] = transaction
    table = CatalogueVersion.__table__
    connection = session.connection()
    if connection.execute(update(CatalogueVersion).values(number=CatalogueVersion.number + 1)).rowcount == 0:
        connection.execute(table.insert().values(id=1, number=1))  # type: ignore[attr-defined]


def _mark(engine: Engine) -> Mark | None:
    """What stands beside a database of this machine's own, which nobody on another machine writes."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return None
    try:
        return mark_of(f"{engine.url.database}-mark")
    except OSError:  # a folder that cannot be written
        return None


@event.listens_for(Session, "after_commit")
def _on_commit(session: Session) -> None:
    if mark := _mark(session.get_bind().engine):
        mark.renew()


@event.listens_for(Session, "before_flush")
def _on_flush(session: Session, _context: Any, _instances: Any) -> None:
    changed = [row for row in session.dirty if session.is_modified(row) and inspect(row).persistent]
    if any(getattr(row, "is_public", True) for row in (*session.new, *session.deleted, *changed)):
        _count_change(session)


@event.listens_for(Session, "do_orm_execute")
def _on_bulk_change(state: ORMExecuteState) -> None:
    changes = state.is_update or state.is_delete or state.is_insert
    if changes and getattr(state.bind_mapper and state.bind_mapper.class_, "is_public", True) is not False:
        _count_change(state.session)
