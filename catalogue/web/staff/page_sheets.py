"""The catalogue's own pages and words as sheets that come back, one for each kind, as drafts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import Any

from flask_babel import gettext, lazy_gettext

from catalogue.editorial import actions, overview, revisions, round_trip, rows, rules
from catalogue.editorial.listings import LISTINGS, faults_of
from catalogue.editorial.round_trip import Difference, Row, Table, at_row
from catalogue.editorial.rows import CODE, PRODUCER, Column, Trouble
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import RuleBroken
from catalogue.web import listing_words, sheet_words
from catalogue.web.staff.page_desk import KINDS
from catalogue.web.staff.table_sheets import TableSheet

# What is only missing can wait: a draft may have gaps.
CAN_WAIT = frozenset({"needed", "vietnamese_missing"})
# What the list tells beside the words.
TOLD = ("state", "changed_at")


def columns(kind: str) -> list[Column]:
    """What of a page stands in cells."""
    return [one for one in rows.columns(LISTINGS[kind].fields) if one.code not in {CODE, PRODUCER}]


def _cells(kind: str, content: rules.Content) -> Row:
    words, decimal = sheet_words.said(LISTINGS[kind].fields), sheet_words.decimal()
    return {one.code: rows.cell_of(content, one, words, decimal) for one in columns(kind)}


def rows_of(kind: str, codes: Collection[str]) -> dict[str, Row]:
    """These pages as rows: the draft, else what is public, else what there was last."""
    last = {one.code: one.content for one in revisions.newest(kind)}
    known = sorted(set(codes) & overview.owners(kind).keys())
    return {
        code: _cells(kind, last.get(code, {}) if standing.content is None else standing.content)
        for code, standing in overview.standings(kind, known).items()
    }


def _act(kind: str, actor: Actor, found: Sequence[Difference]) -> None:
    for one in found:
        with at_row(one):
            _put(kind, actor, one)


def _put(kind: str, actor: Actor, one: Difference) -> None:
    draft = actions.open_draft(actor, kind, str(one.key))
    content = {**draft.content}
    for column in columns(kind):
        if column.code in one.changed:
            _write(content, column, one.after[column.code])
    tidied = LISTINGS[kind].tidy(content)
    changed = {change.field for change in rules.diff(draft.content, tidied)}
    for name, fault in faults_of(kind, draft.code, tidied).items():
        if name in changed and fault not in CAN_WAIT:
            at = next(column.code for column in columns(kind) if column.field and column.field.name == name)
            words = listing_words.fault(fault, LISTINGS[kind].by_name[name], tidied.get(name))
            raise RuleBroken("sheet.cell", field=at, words=words)
    actions.save_draft(actor, draft, {name: tidied.get(name) for name in changed}, draft.version)


def _write(content: dict[str, Any], column: Column, value: Any) -> None:
    assert column.field is not None
    name = column.field.name
    content[name] = {**(content.get(name) or {}), column.language: value} if column.language else value


def _table(kind: str) -> Table:
    choices = sheet_words.choices(LISTINGS[kind].fields)
    read = [
        round_trip.Column(one.code, partial(rows.read_cell, column=one, choices=choices))
        for one in columns(kind)
    ]
    told = [round_trip.Column(name, for_people=True) for name in TOLD]
    return Table((*read, *told), partial(rows_of, kind), partial(_act, kind), grows=False)


def _headings(kind: str) -> dict[str, str]:
    return {one.code: sheet_words.title(one) for one in columns(kind)} | {
        "state": gettext("State"),
        "changed_at": gettext("Last changed"),
    }


def _choices(kind: str) -> dict[str, tuple[str, ...]]:
    fields = LISTINGS[kind].fields
    return {one.code: one.choices for one in sheet_words.sheet_columns(fields, ()) if one.choices}


def _words(one: Trouble) -> str | None:
    return str(one.parameters["words"]) if one.code == "sheet.cell" else None


def _sheet(kind: str) -> TableSheet:
    return TableSheet(
        kind=kind,
        name=listing_words.KINDS[kind],
        room="staff.pages.index",
        export="staff.pages.sheet",
        file="pages",
        may_write=lambda actor: rules.may_write(actor, rules.OFFICE),
        table=partial(_table, kind),
        headings=partial(_headings, kind),
        told=lambda one: str(one.key),
        words=_words,
        choices=partial(_choices, kind),
        then=lazy_gettext("What a sheet says becomes drafts. Send them for review on their pages."),
        arguments={"kind": kind},
    )


PAGES = tuple(_sheet(kind) for kind in KINDS)
