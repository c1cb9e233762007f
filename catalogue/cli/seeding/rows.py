"""The words in which `kinds` and `papers` describe how a seed record becomes rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table

from catalogue.cli.seeding.book import Book
from catalogue.cli.seeding.ledger import Key
from catalogue.cli.seeding.reading import Entry, Raw, Seeds
from catalogue.database import Model
from catalogue.kernel.language import Bilingual

Values = dict[str, Any]


class Unresolved(Exception):
    """A record that another needs is not in the database."""

    def __init__(self, kind: str, code: str) -> None:
        super().__init__(f"needs the {kind.replace('_', ' ')} “{code}”, which is not in the database")


@dataclass(frozen=True)
class Lookup:
    """What the records of the database are called by number, and the seed files as a whole."""

    book: Book
    ids: dict[Key, int]

    def id(self, kind: str, code: str | None) -> int | None:
        """The row number of that record; None for None, Unresolved where there is no such row."""
        if code is None:
            return None
        if (kind, code) not in self.ids:
            raise Unresolved(kind, code)
        return self.ids[kind, code]


@dataclass(frozen=True)
class Child:
    """A table whose rows belong to one record, by the column `parent`."""

    table: Table
    parent: str
    rows: Callable[[Raw, Lookup], list[Values]]

    @property
    def is_linked(self) -> bool:
        """Its rows are named by what they link, so others may refer to them; else by a place in a list."""
        return "id" not in self.table.c


@dataclass(frozen=True)
class Kind:
    """One kind of record: where its entries come from, the values of its row, and its children."""

    name: str
    label: str
    model: type[Model]
    entries: Callable[[Seeds, Book], list[Entry]]
    values: Callable[[Raw, Lookup], Values]
    children: tuple[Child, ...] = ()


def child(model: type[Model], parent: str, rows: Callable[[Raw, Lookup], list[Values]]) -> Child:
    """A child description for a model's table."""
    return Child(table_of(model), parent, rows)


def table_of(model: type[Model]) -> Table:
    """The one table of a model."""
    return model.metadata.tables[model.__tablename__]


def listed(kind: str) -> Callable[[Seeds, Book], list[Entry]]:
    """The entries of a list as they stand in its files, each with its `position` from 1."""

    def entries(seeds: Seeds, _book: Book) -> list[Entry]:
        return [with_values(entry, position=place) for place, entry in enumerate(seeds.of(kind), start=1)]

    return entries


def with_values(entry: Entry, **values: Any) -> Entry:
    """The entry with further values beside its own."""
    return Entry(entry.file, entry.code, entry.raw | values)


def copied(raw: Raw, names: str) -> Values:
    """The values of those names as they are."""
    return {name: raw[name] for name in names.split()}


def texts(raw: Raw, names: str) -> Values:
    """The pairs of languages of those names."""
    return {name: both(raw[name]) for name in names.split()}


def both(pair: Mapping[str, str] | None) -> Bilingual:
    """A pair of languages, or null, as one text."""
    return Bilingual(pair["vi"], pair["en"]) if pair else Bilingual(None, None)


def cited(urls: Iterable[str], dates: Mapping[str, Raw] | None = None) -> list[Values]:
    """Sources in the house's shape, with their dates where a document states them."""
    unknown = {"published": None, "read": None}
    return [(dates or {}).get(url, {"url": url} | unknown) for url in urls]


def numbered(rows: Iterable[Values]) -> list[Values]:
    """The rows with their `position` from 1."""
    return [row | {"position": place} for place, row in enumerate(rows, start=1)]


def columns(values: Mapping[str, Any]) -> Values:
    """Values by column: a text in two languages takes two."""
    flat: Values = {}
    for name, value in values.items():
        if isinstance(value, Bilingual):
            flat |= {f"{name}_vi": value.vi, f"{name}_en": value.en}
        else:
            flat[name] = value
    return flat
