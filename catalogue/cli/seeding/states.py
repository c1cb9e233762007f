"""Records as they stand in the database, and the few statements that bring one to what the seeds want."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, insert, inspect, select, update

from catalogue import slugs
from catalogue.cli.seeding.ledger import Key, fingerprint
from catalogue.cli.seeding.reading import Entry
from catalogue.cli.seeding.rows import Child, Kind, Lookup, Values, columns, table_of
from catalogue.database import Record, db

# What follows from other columns or from the moment of writing, and is no content of its own.
DERIVED = {"id", "slug_vi", "slug_en", "sort_vi", "sort_en", "published_at"}
Rows = list[Values]
Leftover = tuple[Table, ColumnElement[bool]]


@dataclass(frozen=True)
class State:
    """A record's columns and its children's rows by table, without their own numbers."""

    values: Values
    children: dict[str, Rows]

    @property
    def fingerprint(self) -> str:
        return fingerprint([self.values, self.children])


def wanted_state(kind: Kind, entry: Entry, look: Lookup) -> State:
    """The state that the seeds ask for; Unresolved where it names a record that is not there."""
    values = columns(kind.values(entry.raw, look))
    every = {name: values.get(name) for name in _own_columns(table_of(kind.model))}
    return State(every, children_of(kind, entry, look))


def children_of(kind: Kind, entry: Entry, look: Lookup) -> dict[str, Rows]:
    """The rows below a record that the seeds ask for."""
    found = {}
    for child in kind.children:
        names = _own_columns(child.table, child.parent)
        rows = [columns(row) for row in child.rows(entry.raw, look)]
        found[child.table.name] = _in_order([{name: row.get(name) for name in names} for row in rows])
    return found


def stored_states(kinds: tuple[Kind, ...]) -> tuple[dict[Key, State], dict[Key, int]]:
    """Every record of these kinds as the database holds it, and its number."""
    states: dict[Key, State] = {}
    ids: dict[Key, int] = {}
    for kind in kinds:
        below = {child.table.name: _rows_by_parent(child) for child in kind.children}
        names = _own_columns(table_of(kind.model))
        for row in db.session.execute(select(table_of(kind.model))).mappings():
            key = kind.name, row["code"]
            ids[key] = row["id"]
            children = {name: rows.get(row["id"], []) for name, rows in below.items()}
            states[key] = State({name: row[name] for name in names}, children)
    return states, ids


def create(kind: Kind, entry: Entry, look: Lookup) -> int:
    """Insert the record's row, with its addresses; gives its number."""
    row = kind.model(**kind.values(entry.raw, look))
    if isinstance(row, Record):
        slugs.address(row)
    db.session.add(row)
    db.session.flush()
    (own_id,) = inspect(row).identity or ()
    return int(own_id)


def change(kind: Kind, own_id: int, values: Mapping[str, Any]) -> None:
    """Bring an existing row to these values; a new name brings new addresses."""
    row = db.session.get_one(kind.model, own_id)
    renamed = isinstance(row, Record) and row.name != values["name"]
    for name, value in values.items():
        setattr(row, name, value)
    if renamed and isinstance(row, Record):
        slugs.address(row)
    db.session.flush()


def write_children(child: Child, own_id: int, old: Rows, new: Rows) -> list[Leftover]:
    """Bring a record's rows in one table to the new ones; gives those to take away when all else is written.

    Rows that only link stay where they are, because a certificate's scope may point at them.
    """
    if old == new:
        return []
    mine = child.table.c[child.parent] == own_id
    if not child.is_linked:
        db.session.execute(delete(child.table).where(mine))
        _insert(child, own_id, new)
        return []
    before, after = _by_link(child, old), _by_link(child, new)
    for link in after.keys() & before.keys():
        if before[link] != after[link]:
            db.session.execute(update(child.table).where(mine, _at(child, link)).values(after[link]))
    _insert(child, own_id, [row for link, row in after.items() if link not in before])
    return [(child.table, and_(mine, _at(child, link))) for link in before.keys() - after.keys()]


def take_away(leftover: Leftover) -> None:
    """Delete a row that nothing should refer to any more; IntegrityError where something does."""
    table, which = leftover
    db.session.execute(delete(table).where(which))


def _own_columns(table: Table, parent: str | None = None) -> list[str]:
    return [column.name for column in table.columns if column.name not in DERIVED and column.name != parent]


def _rows_by_parent(child: Child) -> dict[int, Rows]:
    names = _own_columns(child.table, child.parent)
    found: dict[int, Rows] = {}
    for row in db.session.execute(select(child.table)).mappings():
        found.setdefault(row[child.parent], []).append({name: row[name] for name in names})
    return {parent: _in_order(rows) for parent, rows in found.items()}


def _in_order(rows: Rows) -> Rows:
    """One order for equal sets of rows, whatever order the database or a seed file has."""
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True, ensure_ascii=False, default=str))


def _insert(child: Child, own_id: int, rows: Rows) -> None:
    if rows:
        db.session.execute(insert(child.table), [{child.parent: own_id, **row} for row in rows])


def _link_columns(child: Child) -> list[str]:
    return [column.name for column in child.table.primary_key if column.name != child.parent]


def _by_link(child: Child, rows: Rows) -> dict[tuple[Any, ...], Values]:
    names = _link_columns(child)
    return {tuple(row[name] for name in names): row for row in rows}


def _at(child: Child, link: tuple[Any, ...]) -> ColumnElement[bool]:
    return and_(
        *(child.table.c[name] == value for name, value in zip(_link_columns(child), link, strict=True))
    )
