"""Writes XLSX: headings, drop-downs and cells in which what somebody typed never becomes a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | bool | None
# Excel's own limits of what it shows beside a cell.
MOST_HINT = 255
MOST_LINES = 1_048_576
MOST_SIGNS = 32_767
# Stands where a text is longer than a cell; a reader of sheets passes it over.
TOO_LONG = "[…]"


@dataclass(frozen=True)
class Column:
    """A column of a sheet that people fill in. `code`: its stable name, in the hidden second row.

    `choices` are offered from a list; `only_those`: nothing else is taken. `is_text`: what is typed there
    stays as it is typed, so that noughts in front are kept.
    """

    code: str
    heading: str
    hint: str = ""
    choices: tuple[str, ...] = ()
    only_those: bool = True
    is_text: bool = True
    width: int = 18


def workbook(
    name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, room: int = 200
) -> bytes:
    """An XLSX file: the headings, hidden under them the codes, then the rows and `room` empty ones.

    Numbers stay numbers, and every text is a text cell; `TOO_LONG` stands for one that no cell can hold.
    """
    import xlsxwriter  # 2 MB, and few people ask for a workbook

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet, lists = book.add_worksheet(name), book.add_worksheet("_")
    lists.hide()
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    text = book.add_format({"num_format": "@", "valign": "top"})
    plain = book.add_format({"valign": "top"})
    formats = [text if column.is_text else plain for column in columns]
    count = 2
    for count, row in enumerate(rows, start=3):
        for place, value in enumerate(row):
            _write(sheet, count - 1, place, value, formats[place])
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, formats[place])
        sheet.write_string(0, place, column.heading, head)
        sheet.write_string(1, place, column.code)
        if column.hint:
            sheet.write_comment(0, place, column.hint)
        if column.choices:
            _offer(sheet, lists, place, column, count + room)
    sheet.set_row(1, None, None, {"hidden": True})
    sheet.freeze_panes(2, 2)
    book.close()
    return file.getvalue()


def _write(sheet: Worksheet, row: int, place: int, value: Cell, format_: object) -> None:
    if value is None:
        sheet.write_blank(row, place, None, format_)
    elif isinstance(value, bool):
        sheet.write_boolean(row, place, value, format_)
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value, format_)
    else:
        sheet.write_string(row, place, value if len(value) <= MOST_SIGNS else TOO_LONG, format_)


def _offer(
    sheet: Worksheet,
    lists: Worksheet,
    place: int,
    column: Column,
    last: int,
) -> None:
    """A drop-down; its choices lie on a hidden sheet, because a rule itself holds 255 letters only."""
    from xlsxwriter.utility import xl_col_to_name

    for row, choice in enumerate(column.choices):
        lists.write_string(row, place, choice)
    letters = xl_col_to_name(place)
    sheet.data_validation(
        2,
        place,
        min(last, MOST_LINES) - 1,
        place,
        {
            "validate": "list",
            "source": f"=_!${letters}$1:${letters}${len(column.choices)}",
            "show_error": column.only_those,
            "input_message": column.hint[:MOST_HINT],
        },
    )
