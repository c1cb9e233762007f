"""A sheet of listings: which column says what, what a row says, and a listing written as a row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from catalogue.editorial import cells
from catalogue.editorial.cells import Cell, Unread
from catalogue.editorial.fields import Field, Shape
from catalogue.editorial.rules import LANGUAGES, Content
from catalogue.kernel.text import fold

CODE, PRODUCER = "code", "producer"
BILINGUAL = frozenset({Shape.WORDS, Shape.LINES, Shape.MARKDOWN, Shape.KEYWORDS})
# What no cell can hold: it is changed on its page.
IN_NO_CELL = frozenset({Shape.PICTURES, Shape.STOPS})
# The head stands in the first rows, whatever a maker writes above it.
HEAD_WITHIN = 10
LENGTHS = {"mm": Decimal("0.1"), "cm": Decimal(1), "m": Decimal(100)}
WEIGHTS = {"g": Decimal(1), "gr": Decimal(1), "gram": Decimal(1), "kg": Decimal(1000), "ta": Decimal(100_000)}
DONG = {"d": Decimal(1), "dong": Decimal(1), "vnd": Decimal(1), "₫": Decimal(1)}
# What may stand behind a number; the first without words is how the field itself counts.
UNITS: Mapping[str, Mapping[str, Decimal]] = {
    **dict.fromkeys(("length_cm", "width_cm", "height_cm"), LENGTHS),
    "weight_g": WEIGHTS,
    "price": DONG,
}
# What line sheets write, folded, where nobody has said anything.
UNSAID = frozenset({"on request", "bao khi hoi"})
# Of these there are no parts. A price has some where its currency does.
WHOLE = frozenset({"minimum_order", "monthly_capacity", "lead_time_days", "shelf_life_days"})
WITH_PARTS = frozenset({"USD", "EUR"})
# Between codes or addresses in one cell.
LISTED = re.compile(r"[,;\s]+")
# Other words that makers write over a column, folded; the labels of the editor are known as well.
ALSO_CALLED: Mapping[str, tuple[str, ...]] = {
    CODE: ("ma", "ma san pham", "ma hang", "ma so", "sku"),
    PRODUCER: ("co so", "nha san xuat", "maker", "producer"),
    "name_vi": ("ten", "ten san pham", "ten hang", "ten tieng viet"),
    "name_en": ("name", "product", "english name", "ten tieng anh"),
    "summary_vi": ("mo ta ngan", "tom tat"),
    "description_vi": ("mo ta", "gioi thieu"),
    "description_en": ("description",),
    "category": ("nganh hang", "loai", "nhom hang", "category"),
    "material_vi": ("chat lieu", "nguyen lieu"),
    "price": ("gia", "gia ban", "don gia", "price"),
    "currency": ("tien te", "loai tien"),
    "weight_g": ("khoi luong", "trong luong", "can nang", "weight"),
    "length_cm": ("dai", "chieu dai", "length"),
    "width_cm": ("rong", "chieu rong", "width"),
    "height_cm": ("cao", "chieu cao", "height"),
    "unit": ("don vi", "don vi tinh", "dvt", "unit"),
    "season_months": ("mua", "mua vu", "thang", "season", "months"),
    "hs_code": ("ma hs", "hs"),
    "shelf_life_days": ("han su dung", "han dung", "shelf life"),
}


@dataclass(frozen=True)
class Column:
    """What a column says: a field, or one language of it; `code` and `producer` have no field.

    `scale`: what one of its numbers counts where the heading names a unit; `currency`: likewise.
    """

    code: str
    field: Field | None = None
    language: str | None = None
    scale: Decimal = Decimal(1)
    currency: str | None = None


@dataclass(frozen=True)
class Head:
    """Where the columns are. `first`: the row number (from 0) of the first listing."""

    first: int
    columns: Mapping[int, Column]
    unknown: Mapping[int, str]


@dataclass(frozen=True)
class Trouble:
    """Something about one cell, such as `C7`: a code of `web/sheet_words.py`, and what its words need."""

    cell: str
    code: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One row as it was read. `number` as spreadsheet programs count; `content`: only what the sheet has
    columns for, and of a text only the languages it has; `cells`: where each field stands."""

    number: int
    code: str | None
    producer: str | None
    content: Mapping[str, Any]
    troubles: tuple[Trouble, ...]
    cells: Mapping[str, str]


# Folded words by the code of the column that they stand over; what can be chosen in each field.
Headings = Mapping[str, str]
Choices = Mapping[str, cells.Options]
# By field and code, what is written for it.
Words = Mapping[str, Mapping[str, str]]


def columns(fields: Iterable[Field]) -> list[Column]:
    """The columns of a sheet of listings, in their order; photographs and stops stand in none."""
    found = [Column(CODE), Column(PRODUCER)]
    for one in fields:
        if one.shape in IN_NO_CELL:
            continue
        if one.shape in BILINGUAL:
            found += [Column(f"{one.name}_{language}", one, language) for language in LANGUAGES]
        else:
            found.append(Column(one.name, one))
    return found


def place_of(row: int, column: int) -> str:
    """A cell's name as spreadsheet programs have it: row 6, column 2 (from 0) is C7."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


# ---------------------------------------------------------------- reading
def find_head(rows: Sequence[Sequence[Cell]], known: Sequence[Column], headings: Headings) -> Head | None:
    """The row that names the most columns, by stable codes or by words; None where no row names two."""
    by_code = {column.code: column for column in known}
    best: dict[int, Column] = {}
    at, last = -1, -1
    for number, row in enumerate(rows[:HEAD_WITHIN]):
        found = {
            place: column for place, cell in enumerate(row) if (column := _column(cell, by_code, headings))
        }
        if len(found) >= 2 and len(found) >= len(best):
            best, at, last = found, number, number
        elif len(found) >= 2:
            last = number
    if at < 0:
        return None
    titles = {place: str(cells.text(cell)) for place, cell in enumerate(rows[at]) if cells.text(cell)}
    return Head(last + 1, best, {place: words for place, words in titles.items() if place not in best})


def _column(cell: Cell, by_code: Mapping[str, Column], headings: Headings) -> Column | None:
    words = cells.text(cell)
    if words is None:
        return None
    if words in by_code:
        return by_code[words]
    folded = cells.folded(words)
    if folded in headings:
        return by_code[headings[folded]]
    bare, _, unit = folded.partition("(")
    unit = unit.strip(" )")
    column = by_code.get(headings.get(bare.strip(), ""))
    if column is None or column.field is None:
        return None
    name = column.field.name
    if name == "price" and unit.upper() in {"VND", "USD", "EUR", "JPY"}:
        return Column(column.code, column.field, currency=unit.upper())
    scale = UNITS.get(name, {}).get(unit)
    return Column(column.code, column.field, column.language, scale) if scale else column


def twice(head: Head) -> list[Trouble]:
    """Columns that stand in the sheet more than once."""
    seen: set[str] = set()
    found = []
    for place, column in sorted(head.columns.items()):
        if column.code in seen:
            found.append(Trouble(place_of(head.first - 1, place), "column_twice"))
        seen.add(column.code)
    return found


def read_rows(rows: Sequence[Sequence[Cell]], head: Head, choices: Choices) -> list[Row]:
    """Every row below the head that says anything."""
    return [
        _read_row(number, row, head, choices)
        for number, row in enumerate(rows[head.first :], start=head.first)
        if any(place in head.columns and cells.text(cell) for place, cell in enumerate(row))
    ]


def _read_row(number: int, row: Sequence[Cell], head: Head, choices: Choices) -> Row:
    said: dict[str, str | None] = {}
    content: dict[str, Any] = {}
    troubles: list[Trouble] = []
    where: dict[str, str] = {}
    money = _money(row, head, choices)
    for place, column in head.columns.items():
        cell = row[place] if place < len(row) and not _is_unsaid(row[place]) else None
        where.setdefault(column.field.name if column.field else column.code, place_of(number, place))
        if column.field is None:
            said[column.code] = cells.text(cell)
            continue
        try:
            value = read_cell(cell, column, choices, money)
        except Unread as unread:
            parameters = {**unread.parameters, "typed": cells.text(cell)}
            troubles.append(
                Trouble(place_of(number, place), unread.code, {**parameters, "column": column.code})
            )
            continue
        _put(content, column, value)
    return Row(number + 1, said.get(CODE), said.get(PRODUCER), content, tuple(troubles), where)


def _is_unsaid(cell: Cell) -> bool:
    """Whether a cell says only that nobody has told: as good as empty."""
    return fold(cells.text(cell) or "") in UNSAID


def _put(content: dict[str, Any], column: Column, value: Any) -> None:
    assert column.field is not None
    if column.language:
        content.setdefault(column.field.name, {})[column.language] = value
        return
    content[column.field.name] = value
    if column.currency and value is not None:
        content.setdefault("currency", column.currency)


def _money(row: Sequence[Cell], head: Head, choices: Choices) -> str | None:
    """The currency of a row's price: of its heading, else of its own cell."""
    for place, column in head.columns.items():
        if column.currency:
            return column.currency
        if column.code == "currency" and place < len(row):
            return next(iter(choices["currency"].meant(cells.text(row[place]) or "")), None)
    return None


def read_cell(cell: Cell, column: Column, choices: Choices, money: str | None = None) -> Any:
    """What a cell says of a field; `money`: the currency of its row. Unread where it cannot be read."""
    assert column.field is not None
    name = column.field.name
    units = {"": column.scale, **UNITS.get(name, {})}
    match column.field.shape:
        case Shape.NUMBER:
            whole = name in WHOLE or (name == "price" and money not in WITH_PARTS)
            return cells.number(cell, units, whole=whole)
        case Shape.RANGE:
            return cells.span(cell, units)
        case Shape.MONTHS:
            return cells.months(cell)
        case Shape.TICK:
            return cells.yes_or_no(cell) or None
        case Shape.CHOICE:
            return cells.choice(cell, choices[name])
        case Shape.CODES | Shape.LINKS:
            return LISTED.split(words) if (words := cells.text(cell)) else None
        case Shape.DATE:
            return day.isoformat() if (day := cells.day(cell)) else None
        case _:
            return cells.text(cell)


# ---------------------------------------------------------------- writing
def row_of(
    content: Content, code: str, producer: str, known: Sequence[Column], words: Words, decimal: str
) -> list[str | int | float | None]:
    """A listing as a row that is read back as the same."""
    return [
        code
        if column.code == CODE
        else producer
        if column.code == PRODUCER
        else cell_of(content, column, words, decimal)
        for column in known
    ]


def cell_of(content: Content, column: Column, words: Words, decimal: str) -> str | int | float | None:
    """What a listing says in a column, so that it is read back as the same."""
    assert column.field is not None
    name, value = column.field.name, content.get(column.field.name)
    if value is None:
        return None
    if column.language:
        value = value.get(column.language)
    if isinstance(value, list):
        return cells.months_text(value) if column.field.shape is Shape.MONTHS else ", ".join(value) or None
    if isinstance(value, Mapping):
        return _span_text(value, lambda end: cells.unambiguous(end, decimal))
    if value is True:
        return words[name]["yes"]
    if column.field.shape is Shape.CHOICE:
        return words[name].get(value, value)
    assert value is None or isinstance(value, str | int | float)
    return value


def _span_text(value: Mapping[str, Any], write: Callable[[float], str]) -> str:
    ends = ["" if value[end] is None else write(value[end]) for end in ("min", "max")]
    return ends[0] if ends[0] == ends[1] else "–".join(ends)
