"""Records as flat tables: what the API nests becomes columns named by their path, such as `producer_code`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import json
from marshmallow import Schema, fields

from catalogue.adapters.sheets.csv_tables import Cell

# Between several values in one cell; no value holds it.
BETWEEN = " | "
# What stands for a record in a list of several.
NAMED_BY = ("code", "url")

Path = tuple[str, ...]


def header(schema: Schema) -> list[str]:
    """The names of the columns."""
    return ["_".join(path) for path in _paths(schema)]


def rows(schema: Schema, records: Iterable[Mapping[str, Any]]) -> list[list[Cell]]:
    """The cells of records that the schema has dumped."""
    paths = _paths(schema)
    return [[_cell(_reach(record, path)) for path in paths] for record in records]


def _paths(schema: Schema, above: Path = ()) -> list[Path]:
    found: list[Path] = []
    for name, field in schema.fields.items():
        path = (*above, name)
        found += _paths(field.schema, path) if isinstance(field, fields.Nested) else [path]
    return found


def _reach(record: Any, path: Sequence[str]) -> Any:
    for step in path:
        if record is None:
            return None
        record = record[step]
    return record


def _cell(value: Any) -> Cell:
    """A single value as it is; several as one text; what has a shape of its own as JSON."""
    if isinstance(value, list):
        if all(isinstance(one, str | int) for one in value):
            return BETWEEN.join(map(str, value))
        for key in NAMED_BY:
            if all(isinstance(one, Mapping) and key in one for one in value):
                return BETWEEN.join(one[key] for one in value)
    if isinstance(value, list | Mapping):
        return json.dumps(value, ensure_ascii=False) if value else ""
    cell: Cell = value
    return cell
