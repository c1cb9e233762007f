"""Reads the tables that people send: XLSX, XLS and ODS by their bytes, everything else as CSV."""

from __future__ import annotations

import codecs
import csv
import io
import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from catalogue.adapters.sheets.csv_tables import unguarded
from catalogue.kernel.errors import RuleBroken

MOST_BYTES = 8 * 1024 * 1024
MOST_ROWS = 5_010  # five thousand listings and the head above them
MOST_COLUMNS = 120
PATIENCE_S = 30
OPENING = Path(__file__).with_name("opening.py")
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")  # XLSX and ODS; XLS
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SEPARATORS = ";,\t|"

# A date as a workbook knows it is a date; all numbers of a workbook are floats.
Cell = str | int | float | bool | date | None


@dataclass(frozen=True)
class Table:
    """One sheet; row 0 is the sheet's first row, and rows may be of different lengths."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def read(body: bytes) -> list[Table]:
    """The sheets of a file that somebody sent, in their order; empty cells are None.

    RuleBroken `sheet.too_large`, `sheet.too_long` (rows), or `sheet.unreadable`.
    """
    if len(body) > MOST_BYTES:
        raise RuleBroken("sheet.too_large", field="file")
    if not body:
        raise RuleBroken("sheet.empty", field="file")
    tables = _workbook(body) if body.startswith(WORKBOOKS) else [_csv(body)]
    if any(len(table.rows) > MOST_ROWS for table in tables):
        raise RuleBroken("sheet.too_long", field="file", most=MOST_ROWS)
    return tables


def _workbook(body: bytes) -> list[Table]:
    """In a process with little memory: cells far apart and packed bombs would fill the machine's."""
    try:
        opened = subprocess.run(  # noqa: S603  (our own program, and the file comes by its input)
            [sys.executable, "-I", str(OPENING), str(MOST_ROWS), str(MOST_COLUMNS)],
            input=body,
            capture_output=True,
            timeout=PATIENCE_S,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise RuleBroken("sheet.unreadable", field="file") from error
    return [
        Table(sheet["name"], tuple(tuple(_cell(one) for one in row) for row in sheet["rows"]))
        for sheet in json.loads(opened.stdout)
    ]


def _cell(value: object) -> Cell:
    if isinstance(value, dict):
        try:
            return date.fromisoformat(value["date"])
        except ValueError:  # a time of day
            return str(value["date"])
    assert value is None or isinstance(value, str | int | float)
    return value


def _csv(body: bytes) -> Table:
    text = _decoded(body)
    if "\0" in text:
        raise RuleBroken("sheet.unreadable", field="file")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    rows = []
    try:
        for row in reader:
            rows.append(tuple(unguarded(cell) or None for cell in row[:MOST_COLUMNS]))
            if len(rows) > MOST_ROWS:
                break
    except csv.Error as error:
        raise RuleBroken("sheet.unreadable", field="file") from error
    return Table("", tuple(rows))


def _decoded(body: bytes) -> str:
    """By its mark; else UTF-8, UTF-16 by its noughts, or the old code page of Vietnamese Windows."""
    for mark, name in MARKS:
        if body.startswith(mark):
            return _or_refuse(body, name)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if body[:200].count(0) * 3 > len(body[:200]):
        return _or_refuse(body, "utf-16-le" if body[1] == 0 else "utf-16-be")
    return _or_refuse(body, "cp1258")


def _or_refuse(body: bytes, name: str) -> str:
    try:
        return body.decode(name)
    except UnicodeDecodeError as error:
        raise RuleBroken("sheet.unreadable", field="file") from error


def _separator(text: str) -> str:
    """What divides the columns: the sign that stands most often in the head outside of quotes.

    A line `sep=;` before it says so itself, as Excel has it.
    """
    first = text.lstrip("\ufeff").split("\n", 1)[0].strip()
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4]
    quoted, found = False, Counter[str]()
    for sign in text:
        if sign == '"':
            quoted = not quoted
        elif sign == "\n" and not quoted and found:
            break
        elif not quoted and sign in SEPARATORS:
            found[sign] += 1
    return max(SEPARATORS, key=lambda sign: found[sign]) if found else ","
