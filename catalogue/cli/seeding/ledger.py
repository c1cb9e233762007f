"""What the last load left in the database, so that an edit made on the site since is noticed and kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.database import Model, db

Key = tuple[str, str]


class SeedRecord(Model):
    """A record as a load left it: the hash of its row and of the rows below it."""

    __tablename__ = "seed_record"

    kind: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    content_hash: Mapped[str]


TABLE = SeedRecord.metadata.tables[SeedRecord.__tablename__]


def open_ledger() -> dict[Key, str]:
    """The hash noted for each (kind, code).

    Writing first opens the transaction: only so do SQLite's savepoints lie inside it, and nobody else writes.
    """
    connection = _connection()
    connection.execute(update(TABLE).values(content_hash=TABLE.c.content_hash))
    rows = connection.execute(select(TABLE.c.kind, TABLE.c.code, TABLE.c.content_hash))
    return {(kind, code): content_hash for kind, code, content_hash in rows}


def note(known: Mapping[Key, str], found: Mapping[Key, str]) -> None:
    """Write down the hashes that are new or differ from the known ones."""
    connection = _connection()
    news = {key: content_hash for key, content_hash in found.items() if known.get(key) != content_hash}
    for kind, code in known.keys() & news.keys():
        connection.execute(delete(TABLE).where(TABLE.c.kind == kind, TABLE.c.code == code))
    if news:
        rows = [{"kind": kind, "code": code, "content_hash": value} for (kind, code), value in news.items()]
        connection.execute(insert(TABLE), rows)


def _connection() -> Connection:
    """Around the session, for the ledger is no part of the catalogue: noting is not a change of it."""
    return db.session.connection()


def fingerprint(content: Any) -> str:
    """A hash of plain values. What is empty is left out, so a column added later changes no fingerprint."""
    plain = json.dumps(_without_empty(content), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(plain.encode()).hexdigest()


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_empty(part) for key, part in value.items()}
        return {key: part for key, part in kept.items() if part not in (None, [], {})}
    if isinstance(value, list):
        return [_without_empty(part) for part in value]
    return value
