"""Tables as CSV that spreadsheet programs open right: letters, columns, numbers, and nothing that runs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from enum import Enum

# With it Excel reads the file as UTF-8.
BYTE_ORDER_MARK = "\ufeff"
# A cell that begins so is a formula to a spreadsheet program.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

# Digits and signs alone: a spreadsheet program makes a number, a day or a time of them.
LIKE_A_NUMBER = re.compile(r"[(]?[0-9][0-9.,:/% ()-]*|[0-9.,]+[eE][+-]?[0-9]+")
# These it may: a whole number that it can hold, and a day.
NUMBER_OR_DAY = re.compile(r"0|[1-9][0-9]{0,14}|[0-9]{4}-[0-9]{2}-[0-9]{2}")

Cell = str | int | float | bool | None


class Style(Enum):
    """How numbers and columns are written: columns' separator, decimal sign.

    Programs and English settings expect commas; a computer set to write 1,5 expects semicolons, and would
    read 11.94 as a text or a date.
    """

    COMMA = (",", ".")
    SEMICOLON = (";", ",")

    @property
    def separator(self) -> str:
        return self.value[0]

    @property
    def decimal(self) -> str:
        return self.value[1]


def csv_table(header: Sequence[str], rows: Iterable[Sequence[Cell]], style: Style = Style.COMMA) -> bytes:
    """A CSV document in UTF-8 with its mark, lines ended by CRLF.

    A text that would run as a formula, or turn into another number or day (0017, 03/2022, 1E5), gets an
    apostrophe before it, which spreadsheet programs take as “this is text”; numbers stay bare, with a nought
    behind three decimals so that nobody takes them for thousands. Unknown is an empty cell.
    """
    text = io.StringIO(BYTE_ORDER_MARK)
    text.seek(0, io.SEEK_END)
    writer = csv.writer(text, delimiter=style.separator, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([_cell(value, style) for value in row])
    return text.getvalue().encode()


def _cell(value: Cell, style: Style) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        whole, point, parts = repr(value).partition(".")
        return f"{whole}{style.decimal}{parts}{'0' if len(parts) == 3 else ''}" if point else whole
    if isinstance(value, int):
        return str(value)
    return f"'{value}" if _would_change(value) else value


def unguarded(text: str) -> str:
    """A text as it was before it was guarded here."""
    return text[1:] if text.startswith("'") and _would_change(text) else text


def _would_change(text: str) -> bool:
    """Whether a spreadsheet program makes something else of it; an apostrophe in front hides nothing."""
    bare = text.lstrip("'")
    if bare.startswith(STARTS_A_FORMULA):
        return True
    return bool(LIKE_A_NUMBER.fullmatch(bare)) and not NUMBER_OR_DAY.fullmatch(bare)
