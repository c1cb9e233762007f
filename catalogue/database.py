"""The database: one session, one naming convention, and the column kinds every subject shares."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    Dialect,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    event,
    inspect,
)
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import (
    Composite,
    DeclarativeBase,
    Mapped,
    composite,
    declared_attr,
    mapped_column,
    registry,
)

from catalogue.kernel.errors import CatalogueError
from catalogue.kernel.language import Bilingual, Language

# A worker gives way to readers, so it may hold SQLite's only pen for long where the machine has much to do: a
# form that waits is better than one that fails.
PATIENCE_MS = 20_000

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class _Base(DeclarativeBase):
    # Of two who take the same away at the same instant the second finds it gone, which is what he wanted.
    __mapper_args__ = {"confirm_deleted_rows": False}  # noqa: RUF012  as SQLAlchemy has it
    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={str: Text, dict[str, Any]: JSON, list[Any]: JSON},
    )


class _Database(SQLAlchemy):
    """Flask-SQLAlchemy that looks at the address of the database when somebody first asks the database."""

    _opening = threading.Lock()

    def _apply_driver_defaults(self, options: dict[str, Any], app: Flask) -> None:
        """With the engine, in `_open`: for SQLite it makes the instance folder."""

    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:
        return partial(self._open, bind_key, options, app)  # type: ignore[return-value]

    def _open(self, bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:
        super()._apply_driver_defaults(options, app)
        return super()._make_engine(bind_key, options, app)

    @property
    def engines(self) -> Mapping[str | None, Engine]:
        """The engines of the current application, opened by now."""
        engines: dict[str | None, Any] = self._app_engines[current_app._get_current_object()]  # type: ignore[attr-defined]  # noqa: SLF001
        if any(isinstance(engine, partial) for engine in engines.values()):
            with self._opening:  # of two threads one opens it
                for key, engine in engines.items():
                    if isinstance(engine, partial):
                        engines[key] = engine()
        return engines


db = _Database(model_class=_Base)

if TYPE_CHECKING:

    class Model(_Base):
        """What every table derives from."""

        __abstract__ = True
else:
    Model = db.Model


class UTCDateTime(TypeDecorator[datetime]):
    """A moment in UTC; aware on SQLite too, which itself forgets time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


def bilingual(name: str, *, required: bool = False) -> Composite[Bilingual]:
    """A text in both languages as one value over the columns `<name>_vi` and `<name>_en`.

    `required`: the Vietnamese text must be there, in the database too.
    """
    return composite(
        Bilingual,
        mapped_column(f"{name}_vi", Text, nullable=not required, info={"filled": required}),
        mapped_column(f"{name}_en", Text, nullable=True),
    )


@event.listens_for(Table, "after_parent_attach")
def _refuse_empty_texts(table: Table, metadata: MetaData) -> None:
    """A required text is never empty; said of the table, for migrations overlook a column's own checks."""
    filled = [column.name for column in table.columns if column.info.get("filled")]
    for name in filled if metadata is _Base.metadata else ():  # a copy brings its constraints along
        table.append_constraint(CheckConstraint(f"{name} <> ''", name=f"{name}_filled"))


class Archivable:
    """What can leave the catalogue and come back: rows with `archived_at` are hidden by `archive.py`."""

    archived_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Translated:
    """What is shown in two languages by staff's hand: `stale_texts` names, as `summary.en`, every text whose
    source was changed after it was translated."""

    stale_texts: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))


class Indexed:
    """What search finds, or finds something by: a change of such a row is noted by `changes.py`."""

    def index_keys(self) -> list[tuple[str, int]]:
        """Table and number of the rows whose words this one is a part of; itself, unless it links others."""
        row: Any = self
        return [(row.__tablename__, row.id)]


class Record(Archivable, Indexed):
    """What every record has: an immutable code, a name, an address per language, its sources.

    `code` is the key of the source data and never changes: it seeds the weave and names the record in files.
    `slug_*` make its addresses and `sort_*` its place in an alphabetical list; `slugs.py` keeps them right.
    `sources` is a list of {"url", "published", "read"} with ISO dates or null.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    slug_vi: Mapped[str] = mapped_column(unique=True)
    slug_en: Mapped[str] = mapped_column(unique=True)
    sort_vi: Mapped[str] = mapped_column(index=True)
    sort_en: Mapped[str] = mapped_column(index=True)
    sources: Mapped[list[Any]] = mapped_column(JSON, default=list)

    @declared_attr
    @classmethod
    def name(cls) -> Mapped[Bilingual]:
        return bilingual("name", required=True)

    def slug(self, language: Language) -> str:
        """The last part of this record's address in that language."""
        return self.slug_vi if language is Language.VI else self.slug_en


@contextmanager
def transaction() -> Iterator[None]:
    """Commit what the block did, or nothing of it."""
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


@contextmanager
def unless_taken(refusal: CatalogueError) -> Iterator[None]:
    """Write at once what the block adds, of which there may be one alone; where somebody added it between the
    look and the write, as the other half of a double press does, the refusal is raised."""
    try:
        yield
        db.session.flush()
    except IntegrityError as error:
        raise refusal from error


def lock(row: Any) -> None:
    """Let nobody else change a row until the transaction ends, and read it as it is now."""
    lock_all(type(row), [row.id])
    db.session.refresh(row)


def lock_all(model: type[Any], numbers: Collection[int]) -> None:
    """Let nobody else change the rows of these numbers until the transaction ends.

    An update that changes nothing does it on every database: SQLite knows no SELECT … FOR UPDATE, and begins
    to write only with the first change. It goes by the session, so it counts as no change of the catalogue.
    """
    table = inspect(model).local_table
    held = table.update().where(table.c.id.in_(numbers))
    db.session.connection().execute(held.values(id=table.c.id))


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Foreign keys, a write-ahead log and patience, on every SQLite connection."""
    if isinstance(connection, sqlite3.Connection):
        cursor = connection.cursor()
        for setting in (
            "foreign_keys=ON",
            "journal_mode=WAL",
            f"busy_timeout={PATIENCE_MS}",
            "synchronous=NORMAL",
        ):
            cursor.execute(f"PRAGMA {setting}")
        cursor.close()


@event.listens_for(Engine, "savepoint")
def _begin_before_a_savepoint(connection: Connection, _name: str) -> None:
    """Python's sqlite3 begins with the first change only; a savepoint before it would commit by itself."""
    raw: Any = connection.connection.dbapi_connection
    if isinstance(raw, sqlite3.Connection) and not raw.in_transaction:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
