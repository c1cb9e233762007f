"""What the office's lists share: filters, columns that sort, the list as a sheet; all in the address."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from flask import Response, request
from flask_babel import gettext

from catalogue.adapters.sheets.csv_tables import Cell
from catalogue.adapters.sheets.workbooks import Column
from catalogue.web import sheet_files
from catalogue.web.private import tidy

PAGE_SIZE = 50


def sought() -> str:
    """What `?q=` looks for."""
    return tidy(request.args.get("q"))


def chosen(name: str, known: Iterable[str]) -> str:
    """The value that the address asks for, empty where it is none of those."""
    value = request.args.get(name, "")
    return value if value in set(known) else ""


def chosen_number(name: str) -> int | None:
    """A row's number in the address."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def order(sorts: Iterable[str], usual: str, *, descending: bool = False) -> tuple[str, bool]:
    """By which column, and whether the greatest comes first: `?sort=name`, `?sort=-name`."""
    text = request.args.get("sort", "")
    if (name := text.removeprefix("-")) in set(sorts):
        return name, text.startswith("-")
    return usual, descending


def options(
    name: str, label: str, words: Mapping[str, str], *, every: bool = True, value: str | None = None
) -> dict[str, Any]:
    """A filter for `components/field.html`'s `select`; `every` offers to ask for nothing.

    `value` is what is asked for, where the address alone does not say it.
    """
    value = request.args.get(name, "") if value is None else value
    offered = {"": gettext("All"), **words} if every else words
    return {
        "name": name,
        "label": label,
        "options": [
            {"value": code, "label": text, "selected": code == value} for code, text in offered.items()
        ],
    }


def columns(
    words: Mapping[str, str], by: str, *, descending: bool, part: str = "", numbers: Collection[str] = ()
) -> list[dict[str, Any]]:
    """Heads of columns, each a link that sorts by it, the other way round when it does already.

    `part` is the id of the part of the page that holds the list, where it is not the whole; `numbers`: the
    columns whose cells stand at the right.
    """
    heads = []
    for name, text in words.items():
        is_it = name == by
        sort = f"-{name}" if is_it and not descending else name
        heads.append(
            {
                "text": text,
                "href": _with(request.path, sort=sort) + (f"#{part}" if part else ""),
                "order": ("descending" if descending else "ascending") if is_it else None,
                "is_number": name in numbers,
            }
        )
    return heads


def sheet_links(path: str) -> list[tuple[str, str]]:
    """The same lines as sheets: `path` without its ending."""
    return [
        (gettext("Excel (XLSX)"), _with(f"{path}.xlsx")),
        (gettext("CSV with commas"), _with(f"{path}.csv")),
        (gettext("CSV with semicolons"), _with(f"{path}.csv", separator="semicolon")),
    ]


def sheet(name: str, heads: Mapping[str, str], rows: Iterable[Sequence[Cell]]) -> Response:
    """A list as the sheet that its name asks for, `.xlsx` or `.csv`; `heads` are words by stable code."""
    return sheet_files.answer(name, [Column(code, words) for code, words in heads.items()], rows)


def _with(path: str, **more: str) -> str:
    query = {name: text for name, text in request.args.items() if text and name != "page"} | more
    return f"{path}?{urlencode(query)}" if query else path
