"""Records as flat tables: what the API nests becomes columns named by their path, such as `producer_code`.

A code that spreadsheet programs would take for a number or a day says what it is: `HS 0902.10`,
`2022-08 (month)`; whoever reads the file again cuts that off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, fields

from catalogue.adapters.sheets.csv_tables import Cell
from catalogue.web.api.values import PartialDay, TariffCode

# Between several values in one cell; no value holds it.
BETWEEN = " | "
# What stands for a record in a list of several.
NAMED_BY = ("code", "url")
MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
# What a Data Package calls the values of a field; anything else is a text.
TYPES: tuple[tuple[type[fields.Field[Any]], str], ...] = (
    (fields.Boolean, "boolean"),
    (fields.Integer, "integer"),
    (fields.Float, "number"),
    (fields.Date, "date"),
)

Path = tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """One column: where its value stands in a record, and the field that wrote it."""

    path: Path
    field: fields.Field[Any]

    @property
    def name(self) -> str:
        return "_".join(self.path)

    @property
    def type(self) -> str:
        """What a Data Package calls its values."""
        return next((name for kind, name in TYPES if isinstance(self.field, kind)), "string")


def columns(schema: Schema, above: Path = ()) -> list[Column]:
    """The columns of a table, in the order of the schema."""
    found: list[Column] = []
    for name, field in schema.fields.items():
        path = (*above, name)
        found += columns(field.schema, path) if isinstance(field, fields.Nested) else [Column(path, field)]
    return found


def rows(schema: Schema, records: Iterable[Mapping[str, Any]]) -> list[list[Cell]]:
    """The cells of records that the schema has dumped."""
    shown = columns(schema)
    return [[_cell(_reach(record, column.path), column.field) for column in shown] for record in records]


def _reach(record: Any, path: Sequence[str]) -> Any:
    for step in path:
        if record is None:
            return None
        record = record[step]
    return record


def _cell(value: Any, field: fields.Field[Any]) -> Cell:
    """A single value as it is; several as one text."""
    if isinstance(value, list):
        inner = field.inner if isinstance(field, fields.List) else field
        return BETWEEN.join(_of_several(one, inner) for one in value)
    if isinstance(value, Mapping):
        return BETWEEN.join(_pairs(value))
    if isinstance(value, str) and isinstance(field, TariffCode):
        return f"HS {value}"
    if isinstance(value, str) and isinstance(field, PartialDay) and MONTH.fullmatch(value):
        return f"{value} (month)"
    cell: Cell = value
    return cell


def _of_several(value: Any, field: fields.Field[Any]) -> str:
    """A record by its code or address, what else has names by all of them."""
    if not isinstance(value, Mapping):
        return str(_cell(value, field))
    key = next((key for key in NAMED_BY if key in value), None)
    return str(value[key]) if key else ", ".join(_pairs(value))


def _pairs(value: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """`key: value` of everything that is known, what lies deeper as `key.key: value`."""
    for key, one in value.items():
        name = f"{above}{key}"
        if isinstance(one, Mapping):
            yield from _pairs(one, f"{name}.")
        elif isinstance(one, list):
            if one:
                yield f"{name}: {', '.join(_of_several(part, fields.Raw()) for part in one)}"
        elif one is not None:
            yield f"{name}: {str(one).lower() if isinstance(one, bool) else one}"
