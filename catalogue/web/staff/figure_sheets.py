"""The published figures that staff noted, as a sheet that comes back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from flask_babel import gettext, lazy_gettext

from catalogue.editorial import cells
from catalogue.editorial.cells import Cell
from catalogue.editorial.round_trip import Column, Difference, Row, Table, at_row
from catalogue.editorial.rows import Trouble
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import RuleBroken
from catalogue.kernel.language import Bilingual
from catalogue.resolution import actions, queries, rules
from catalogue.resolution.models import PublishedFigure
from catalogue.web import labels
from catalogue.web.figure_error_words import FIGURES as FIGURE_WORDS
from catalogue.web.staff.figure_form import UNITS, FigureForm
from catalogue.web.staff.table_sheets import TableSheet, choice_of, chosen

WORDS: dict[str, Mapping[Any, Any]] = {
    "period": labels.PARTS_OF_YEAR,
    "scope": labels.SCOPES,
    "nature": labels.NATURES,
}


def rows(figures: Iterable[PublishedFigure]) -> list[tuple[str, Row]]:
    """These figures as rows, by their keys."""
    return [(str(one.id), _cells(one)) for one in figures]


def _cells(one: PublishedFigure) -> Row:
    indicator, unit = one.indicator or Bilingual(None, None), one.unit or Bilingual(None, None)
    return {
        "target": one.target,
        "year": one.year,
        **{name: str(words[getattr(one, name)]) for name, words in WORDS.items()},
        "value": one.value,
        "same_measure": gettext("Yes") if one.same_measure else None,
        "indicator_vi": indicator.vi,
        "indicator_en": indicator.en,
        "unit_vi": unit.vi,
        "unit_en": unit.en,
        "url": one.url,
        "published": one.published.isoformat(),
        "entered_by": one.entered_by,
    }


def _known(keys: Collection[str]) -> Mapping[str, Row]:
    return {key: row for key, row in rows(queries.published_figures()) if key in keys}


def _day(cell: Cell) -> str | None:
    found = cells.day(cell)
    return found.isoformat() if found else None


def _value(cell: Cell) -> float | None:
    found = cells.number(cell, UNITS)
    return None if found is None else float(found)


def _act(actor: Actor, found: Sequence[Difference]) -> None:
    for one in found:
        with at_row(one):
            _put(actor, one)


def _put(actor: Actor, one: Difference) -> None:
    said: dict[str, Any] = {name: value or "" for name, value in one.after.items()}
    value = one.after["value"]
    form = FigureForm(
        **said
        | {
            "value": "" if value is None else cells.unambiguous(value, "."),
            "same_measure": "y" if said["same_measure"] else "",
        }
    )
    figure = form.figure()
    if figure is None:
        field, words = next(iter(form.errors.items()))
        raise RuleBroken("sheet.cell", field=field, words=words)
    if one.key:
        actions.correct(actor, queries.published_figure(int(one.key)), figure)
    else:
        actions.note(actor, figure)


def _words(one: Trouble) -> str | None:
    if one.code == "sheet.cell":
        return str(one.parameters["words"])
    if one.code in FIGURE_WORDS or one.code == "target.unknown":
        return FigureForm.empty("").refusal(one.code)
    return None


TABLE = Table(
    (
        Column("target"),
        Column("year"),
        *(Column(name, partial(choice_of, words)) for name, words in WORDS.items()),
        Column("value", _value),
        Column("same_measure", lambda cell: cells.yes_or_no(cell) or None),
        *(Column(name) for name in ("indicator_vi", "indicator_en", "unit_vi", "unit_en", "url")),
        Column("published", _day),
        Column("entered_by", for_people=True),
    ),
    _known,
    _act,
)
FIGURES = TableSheet(
    kind="figures",
    name=lazy_gettext("Published figures"),
    room="staff.goals.show",
    export="staff.goals.figure_sheet",
    file="figures",
    may_write=rules.may_note_figures,
    table=lambda: TABLE,
    headings=lambda: {
        "target": gettext("Code of the target"),
        "year": gettext("Year"),
        "period": gettext("Period"),
        "scope": gettext("Territory"),
        "nature": gettext("Kind of figure"),
        "value": gettext("Value"),
        "same_measure": gettext("The target’s own measure"),
        "indicator_vi": gettext("What it measures, in Vietnamese"),
        "indicator_en": gettext("What it measures, in English"),
        "unit_vi": gettext("Unit in Vietnamese"),
        "unit_en": gettext("Unit in English"),
        "url": gettext("Address of the page"),
        "published": gettext("Published on"),
        "entered_by": gettext("Noted by"),
    },
    told=lambda one: f"{one.after['target'] or ''} {one.after['year'] or ''}",
    words=_words,
    choices=lambda: (
        {name: chosen(words) for name, words in WORDS.items()} | {"same_measure": (gettext("Yes"),)}
    ),
)
