"""A list of the office as a sheet that comes back: its columns in words, its rows, what it would change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Response, url_for
from flask_babel import gettext
from flask_babel.speaklater import LazyString

from catalogue.adapters.sheets.workbooks import Column
from catalogue.editorial import cells, round_trip, rows, uploads
from catalogue.editorial.cells import Cell as Read
from catalogue.editorial.models import SheetUpload
from catalogue.editorial.round_trip import KEY, Difference, Plan, Table
from catalogue.editorial.rows import Head, Trouble
from catalogue.kernel.actor import Actor
from catalogue.kernel.sheet_plan import Fate
from catalogue.web import sheet_files, sheet_words
from catalogue.web.error_words import CODES

Words = Callable[[Trouble], str | None]
Lines = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Shown:
    """What a sheet would change, as its page shows it. `outcomes`: row, name, what is done, and `changes`:
    label, before, after; `notes`: cells that say what no sheet does."""

    counts: list[dict[str, str]]
    faults: list[tuple[str, str]]
    unknown: list[str]
    outcomes: list[dict[str, Any]]
    digest: str
    can_be_applied: bool
    notes: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class TableSheet:
    """A list that goes out and comes back.

    `kind`: in the address, and of what was sent; `name`: of the list; `room`: the list's endpoint, and
    `export` that of its sheet, with their `arguments`; `file`: the name of that; `table`: what it holds;
    `headings`: words by column; `told`: what a row is called; `words`: what the list's acts refuse, where
    `CODES` says it too broadly; `choices`: what is offered in a column; `then`:
    what becomes of what a sheet says, where it is not public at once.
    """

    kind: str
    name: LazyString
    room: str
    export: str
    file: str
    may_write: Callable[[Actor], bool]
    table: Callable[[], Table]
    headings: Callable[[], Mapping[str, str]]
    told: Callable[[Difference], str]
    words: Words = lambda _one: None
    choices: Callable[[], Mapping[str, tuple[str, ...]]] = dict
    then: LazyString | str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)

    @property
    def list_href(self) -> str:
        """The list itself."""
        return url_for(self.room, **self.arguments)

    @property
    def file_href(self) -> str:
        """The whole list as a workbook."""
        return url_for(self.export, ending="xlsx", **self.arguments)

    def advice(self) -> list[str]:
        """What to know before one changes a cell."""
        found = [
            gettext("Leave the column “Row” as it is: it says which row is meant."),
            gettext("An empty cell takes out what stands there. A row that you leave out stays as it is."),
        ]
        return [*found, str(self.then)] if self.then else found

    def answer(self, ending: str, found: Iterable[tuple[str, round_trip.Row]]) -> Response:
        """These rows, by their keys, as a sheet that changes nothing when it is sent back."""
        codes = [KEY, *(column.code for column in self.table().columns)]
        lines = ([key, *(row.get(code) for code in codes[1:])] for key, row in found)
        return sheet_files.answer(f"{self.file}.{ending}", self._columns(), lines, room=200)

    def _columns(self) -> list[Column]:
        choices, titles = self.choices(), dict(self._titles())
        key = gettext("Names the row. Leave it as it is; empty: a new row.")
        return [
            Column(code, titles[code], key if code == KEY else "", choices.get(code, ()), width=24)
            for code in (KEY, *(column.code for column in self.table().columns))
        ]

    def _titles(self) -> Iterable[tuple[str, str]]:
        return [(KEY, gettext("Row")), *self.headings().items()]

    def head(self, lines: Lines) -> Head | None:
        """Where the columns of a sheet are; None where it has none of ours."""
        return round_trip.head_of(lines, self.table(), sheet_files.headings(self._titles))

    # ------------------------------------------------------------ what comes back
    def look(self, actor: Actor, kept: SheetUpload) -> Shown:
        """What a sheet would do now, tried out."""
        plan, head = self._plan(kept)
        faults = rows.twice(head)
        if not faults:
            plan = round_trip.try_out(actor, self.table(), plan)
        faults += [fault for one in plan.outcomes for fault in one.faults]
        titles = dict(self._titles())
        return Shown(
            sheet_files.counts(plan),
            [(one.cell, self._fault(one, titles)) for one in faults],
            list(head.unknown.values()),
            [
                self._told(one.difference, titles)
                for one in plan.having(Fate.NEW, Fate.CHANGED)
                if one.difference is not None
            ],
            plan.digest,
            plan.can_be_applied and not faults,
        )

    def apply(self, actor: Actor, kept: SheetUpload, seen: str) -> None:
        """Do what a sheet says, as its sender saw it."""
        plan, _ = self._plan(kept)
        changed = [str(one.difference.key) for one in plan.having(Fate.CHANGED) if one.difference]
        written = uploads.Written(len(plan.having(Fate.NEW)), changed)
        with uploads.applying(actor, kept, plan.digest, seen, written):
            round_trip.carry_out(actor, self.table(), plan)

    def _plan(self, kept: SheetUpload) -> tuple[Plan, Head]:
        lines = uploads.rows_of(kept)
        head = self.head(lines)
        assert head is not None, "only sheets with a head are kept"
        return round_trip.compare(self.table(), lines, head), head

    def _told(self, one: Difference, titles: Mapping[str, str]) -> dict[str, Any]:
        return {
            "row": one.row,
            "name": self.told(one),
            "step": gettext("changed") if one.key else gettext("new"),
            "changes": [
                (titles[code], _text(one.before.get(code)), _text(one.after[code])) for code in one.changed
            ],
        }

    def _fault(self, one: Trouble, titles: Mapping[str, str]) -> str:
        if one.code in sheet_words.TROUBLES:
            return sheet_words.trouble(replace(one, parameters={**one.parameters, "nearest": None}), {})
        label = titles.get(str(one.parameters.get("column")))
        said = self.words(one) or str(CODES[one.code].text)
        return f"{label}: {said}" if label else said


def _text(value: Any) -> str:
    """What a cell was read as, for people."""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    return "" if value is None else str(value)


def chosen(words: Mapping[Any, Any]) -> tuple[str, ...]:
    """What a column offers."""
    return tuple(str(text) for text in words.values())


def choice_of(words: Mapping[Any, Any], cell: Read) -> str | None:
    """The code of what was chosen, by its words in either language, or by itself. Unread `unknown_choice`."""
    return cells.choice(cell, sheet_words.in_both(lambda: words))
