"""Opens a workbook that a stranger sent, as a program of its own: a hostile file ends it and not the site.

It reads the file from its input and writes JSON: a list of sheets, each {"name", "rows"}. A cell is null, a
number, true or false, a text, or {"date": "2027-03-04"}. Where the file cannot be opened it writes nothing
and ends with 3. Nothing of the site is imported: it starts in a tenth of a second.
"""

from __future__ import annotations

import datetime
import io
import json
import resource
import sys
from typing import Any

MOST_MEMORY = 1024**3
MOST_SECONDS = 20
MOST_SHEETS = 6
CANNOT_BE_OPENED = 3


def cell(value: Any) -> Any:
    """A cell as JSON knows it."""
    if value == "":
        return None
    if isinstance(value, datetime.datetime):
        return {"date": value.date().isoformat()}
    if isinstance(value, datetime.date):
        return {"date": value.isoformat()}
    if isinstance(value, datetime.time | datetime.timedelta):
        return {"date": str(value)}
    return value


def main(most_rows: int, most_columns: int) -> None:
    """Write what the workbook on the input holds; one row more than `most_rows` tells that there are more."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    from python_calamine import CalamineError, SheetVisibleEnum, load_workbook

    sheets = []
    try:
        book = load_workbook(io.BytesIO(sys.stdin.buffer.read()))
        seen = [one.name for one in book.sheets_metadata if one.visible is SheetVisibleEnum.Visible]
        for name in seen[:MOST_SHEETS]:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=most_rows + 1)
            sheets.append({"name": name, "rows": [[cell(one) for one in row[:most_columns]] for row in rows]})
    except (CalamineError, MemoryError, OSError, ValueError):
        sys.exit(CANNOT_BE_OPENED)
    json.dump(sheets, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
