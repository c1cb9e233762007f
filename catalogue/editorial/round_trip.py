"""Lists of the office that go out as a sheet and come back: what each row would change, and doing it.

A list says which columns it has, what stands in them now, and by which act a difference is made. Both sides
are read in the same way, so that a sheet that nobody changed says nothing new. What would be wrong with a
change is found by the act itself, in a transaction that is taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from catalogue.adapters.sheets.workbooks import TOO_LONG
from catalogue.database import db
from catalogue.editorial import cells, rows
from catalogue.editorial.cells import Cell, Unread
from catalogue.editorial.rows import Head, Trouble
from catalogue.kernel import sheet_plan
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import CatalogueError, RuleBroken
from catalogue.kernel.sheet_plan import Fate, digest_of

# The column that names a row; empty for a new one.
KEY = "row"
# More would keep everybody else from writing while they are tried out.
MOST_CHANGES = 1000

Values = Mapping[str, Any]
Row = Mapping[str, str | int | float | bool | None]


@dataclass(frozen=True)
class Column:
    """A column of a list. `read`: what a cell says; `for_people`: nobody asks what a sheet says there."""

    code: str
    read: Callable[[Cell], Any] = cells.text
    for_people: bool = False


@dataclass(frozen=True)
class Difference:
    """A row that says other than the list. `key`: None for a new one; `after`: all that it says then."""

    row: int
    key: str | None
    before: Values
    after: Values

    @property
    def changed(self) -> list[str]:
        """The columns that differ, in their order."""
        return [code for code in self.after if self.before.get(code) != self.after[code]]


@dataclass(frozen=True)
class Table:
    """A list that comes back. `known`: by key, what stands in the rows with these keys; `act`: makes the
    differences of one group, in one act or several; `group`: rows that one act changes together; `grows`:
    whether a row without a key becomes a new one."""

    columns: tuple[Column, ...]
    known: Callable[[Collection[str]], Mapping[str, Row]]
    act: Callable[[Actor, Sequence[Difference]], None]
    group: Callable[[Difference], Hashable] = lambda one: one.row
    grows: bool = True

    @property
    def read_columns(self) -> tuple[Column, ...]:
        """Those of which a sheet is asked."""
        return tuple(column for column in self.columns if not column.for_people)


@dataclass(frozen=True)
class Outcome:
    """What becomes of a row; `place`: by column, the name of its cell."""

    row: int
    fate: Fate
    difference: Difference | None = None
    faults: tuple[Trouble, ...] = ()
    place: Mapping[str, str] = field(default_factory=dict)


Plan = sheet_plan.Plan[Outcome]


class RowBroken(Exception):
    """A rule speaks against one row of several that are changed together."""

    def __init__(self, row: int, broken: CatalogueError) -> None:
        super().__init__(broken.code)
        self.row = row
        self.broken = broken


@contextmanager
def at_row(one: Difference) -> Iterator[None]:
    """What is broken in here is broken in this row."""
    try:
        yield
    except CatalogueError as broken:
        raise RowBroken(one.row, broken) from broken


def head_of(lines: Sequence[Sequence[Cell]], table: Table, headings: rows.Headings) -> Head | None:
    """Where the columns are; None where they are not."""
    return rows.find_head(
        lines, [rows.Column(KEY), *(rows.Column(one.code) for one in table.columns)], headings
    )


# ---------------------------------------------------------------- comparing
def compare(table: Table, lines: Sequence[Sequence[Cell]], head: Head) -> Plan:
    """Every row that says anything beside what stands in the list now; nothing is written."""
    read = [
        _read(table, number, line, head)
        for number, line in enumerate(lines[head.first :], start=head.first)
        if any(place in head.columns and cells.text(cell) for place, cell in enumerate(line))
    ]
    known = table.known({one.key for one in read if one.key})
    seen: dict[str, int] = {}
    outcomes = []
    for one in read:
        outcomes.append(_outcome(table, one, known, seen))
        if one.key:
            seen.setdefault(one.key, one.row)
    told = [
        [one.row, one.fate, one.difference.before, one.difference.after]
        for one in outcomes
        if one.difference is not None
    ]
    return Plan(tuple(outcomes), digest_of(told))


@dataclass(frozen=True)
class _Read:
    """A row as it was read. `values`: of the columns that the sheet has."""

    row: int
    key: str | None
    values: Values
    faults: tuple[Trouble, ...]
    place: Mapping[str, str]


def _read(table: Table, number: int, line: Sequence[Cell], head: Head) -> _Read:
    readers = {column.code: column.read for column in table.read_columns} | {KEY: cells.text}
    values: dict[str, Any] = {}
    faults: list[Trouble] = []
    place: dict[str, str] = {}
    for at, column in head.columns.items():
        place[column.code] = rows.place_of(number, at)
        if column.code not in readers:
            continue
        cell = line[at] if at < len(line) else None
        if cell == TOO_LONG:
            continue
        try:
            values[column.code] = readers[column.code](cell)
        except Unread as unread:
            parameters = {"column": column.code, "typed": cells.text(cell) or ""} | unread.parameters
            faults.append(Trouble(place[column.code], unread.code, parameters))
    return _Read(number + 1, values.pop(KEY, None), values, tuple(faults), place)


def _outcome(table: Table, one: _Read, known: Mapping[str, Row], seen: Mapping[str, int]) -> Outcome:
    at = one.place.get(KEY, f"A{one.row}")
    faults = list(one.faults)
    if one.key and one.key not in known:
        faults.append(Trouble(at, "row_unknown", {"typed": one.key}))
    elif one.key and one.key in seen:
        faults.append(Trouble(at, "row_twice", {"row": seen[one.key]}))
    elif not one.key and not table.grows:
        faults.append(Trouble(at, "row_without_key"))
    if faults:
        return Outcome(one.row, Fate.WRONG, faults=tuple(faults), place=one.place)
    row = known[one.key] if one.key else {}
    before = {column.code: column.read(row.get(column.code)) for column in table.read_columns}
    difference = Difference(one.row, one.key, before, {**before, **one.values})
    if not difference.changed:
        return Outcome(one.row, Fate.SAME)
    return Outcome(one.row, Fate.CHANGED if one.key else Fate.NEW, difference, place=one.place)


# ---------------------------------------------------------------- trying out, and doing
def try_out(actor: Actor, table: Table, plan: Plan) -> Plan:
    """The plan with all that the list's own rules say against it. Whatever the session held is let go."""
    differences = _differences(plan)
    if len(differences) > MOST_CHANGES:
        first = differences[MOST_CHANGES]
        told = {first.row: Trouble(f"A{first.row}", "too_many_changes", {"most": MOST_CHANGES})}
    else:
        told = dict(_faults(actor, table, plan))
    outcomes = [
        replace(one, fate=Fate.WRONG, faults=(told[one.row],)) if one.row in told else one
        for one in plan.outcomes
    ]
    return Plan(tuple(outcomes), plan.digest)


def carry_out(actor: Actor, table: Table, plan: Plan) -> None:
    """Do all that a plan says; whoever calls undoes all at once. CatalogueError as the acts raise it."""
    if plan.having(Fate.WRONG) or len(_differences(plan)) > MOST_CHANGES:
        raise RuleBroken("sheet.not_applicable")
    try:
        for group in _groups(table, plan):
            table.act(actor, group)
    except RowBroken as error:
        raise error.broken from error


def _faults(actor: Actor, table: Table, plan: Plan) -> Iterator[tuple[int, Trouble]]:
    places = {one.row: one.place for one in plan.outcomes}
    try:
        for group in _groups(table, plan):
            row, broken = _broken(actor, table, group)
            if broken is not None:
                at = places[row].get(broken.field or "", f"A{row}")
                yield row, Trouble(at, broken.code, {"column": broken.field} | broken.parameters)
    finally:
        db.session.rollback()


def _broken(actor: Actor, table: Table, group: Sequence[Difference]) -> tuple[int, CatalogueError | None]:
    try:
        with db.session.begin_nested():
            table.act(actor, group)
    except RowBroken as error:
        return error.row, error.broken
    except CatalogueError as broken:
        return group[0].row, broken
    return group[0].row, None


def _groups(table: Table, plan: Plan) -> Iterable[Sequence[Difference]]:
    """In the order of their first rows."""
    first: dict[Hashable, int] = {}
    for one in _differences(plan):
        first.setdefault(table.group(one), one.row)
    ordered = sorted(_differences(plan), key=lambda one: first[table.group(one)])
    return [list(group) for _, group in groupby(ordered, key=table.group)]


def _differences(plan: Plan) -> list[Difference]:
    return [one.difference for one in plan.outcomes if one.difference is not None]
