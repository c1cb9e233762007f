"""Sheets as files: written for a reader, received from a sender; the same for workshop and office."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing

from flask import Response, request
from flask_babel import gettext

from catalogue.adapters.sheets import reading
from catalogue.adapters.sheets.csv_tables import Cell, Style, csv_table
from catalogue.adapters.sheets.workbooks import Column, workbook
from catalogue.editorial.cells import Cell as Read
from catalogue.editorial.cells import folded
from catalogue.editorial.uploads import newest
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import RuleBroken
from catalogue.kernel.language import Language
from catalogue.kernel.sheet_plan import Fate, Plan
from catalogue.web import advice, sheet_words
from catalogue.web.language import speaking

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A sheet and what stands around it in the form.
LARGEST_BODY = reading.MOST_BYTES + 100_000


def answer(
    name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, room: int = 0
) -> Response:
    """A sheet as its name asks for it, `.xlsx` with `room` empty rows or `.csv` (`?separator=semicolon`)."""
    if name.endswith(".xlsx"):
        return file(workbook(name.removesuffix(".xlsx")[:31], columns, rows, room=room), XLSX, name)
    style = Style.SEMICOLON if request.args.get("separator") == "semicolon" else Style.COMMA
    return file(csv_table([one.heading for one in columns], rows, style), "text/csv; charset=utf-8", name)


def file(body: bytes, media_type: str, name: str) -> Response:
    """A file to be kept; `name` in plain letters, for a header holds no others."""
    found = Response(body, content_type=media_type)
    found.headers.set("Content-Disposition", "attachment", filename=name)
    return found


def sent(has_head: Callable[[Sequence[Sequence[Read]]], object]) -> tuple[str, reading.Table]:
    """The name of the file in this form, and the first of its sheets that has columns of ours.

    RuleBroken with what is wrong with the file.
    """
    sheet = request.files.get("file")
    if sheet is None or not sheet.filename:
        raise RuleBroken("sheet.empty", field="file")
    with closing(sheet):
        tables = reading.read(sheet.stream.read(reading.MOST_BYTES + 1))
    for table in tables:
        if has_head(table.rows):
            return sheet.filename, table
    raise RuleBroken("sheet.without_head", field="file")


def headings(titles: Callable[[], Iterable[tuple[str, str]]]) -> dict[str, str]:
    """Folded words by the code of the column that they stand over, in both languages; `titles`: code and
    words in the language that is spoken."""
    found: dict[str, str] = {}
    for language in Language:
        with speaking(language):
            found |= {folded(words): code for code, words in titles()}
    return found


def sent_before(actor: Actor, kind: str, href: Callable[[str], str], done: str) -> list[dict[str, str]]:
    """The last sheets that somebody sent, as lines; `href` by their keys, `done`: what became of them."""
    return [
        {
            "name": one.name,
            "href": href(one.key),
            "when": advice.moment(one.received_at),
            "state": done if one.applied_at else gettext("Nothing was changed yet"),
        }
        for one in newest(actor, kind)
    ]


def counts(plan: Plan) -> list[dict[str, str]]:  # type: ignore[type-arg]  # of whatever rows
    """How many rows have which fate."""
    words = {
        Fate.NEW: gettext("new"),
        Fate.CHANGED: gettext("changed"),
        Fate.SAME: gettext("as they are"),
        Fate.WRONG: gettext("to be mended"),
    }
    return [
        {"number": sheet_words.count(len(plan.having(fate))), "text": text} for fate, text in words.items()
    ]
