"""Reads that every kind of record shares: one by its code, all of them, or a page of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm.interfaces import ORMOption

from catalogue.database import db
from catalogue.kernel.text import mentions

# How many values one statement is given: databases take so many and no more.
MOST_VALUES = 500

T = TypeVar("T")
# Whatever has an immutable `code`.
R = TypeVar("R", bound=Any)


def by_code(model: type[R], code: str, *options: ORMOption) -> R | None:
    """The record of that code; `options` say what to load with it."""
    return db.session.scalar(select(model).where(model.code == code).options(*options))


def all_by_code(model: type[R], *options: ORMOption) -> Sequence[R]:
    """Every record of a kind, by code: an order that no renaming changes."""
    return db.session.scalars(select(model).options(*options).order_by(model.code)).all()


def in_batches(model: type[R], size: int, *options: ORMOption) -> Iterator[Sequence[R]]:
    """Every record of a kind, by code, `size` at a time: for documents too long to be held in memory."""
    after = ""
    while rows := db.session.scalars(
        select(model).where(model.code > after).options(*options).order_by(model.code).limit(size)
    ).all():
        yield rows
        after = rows[-1].code


def with_words(
    model: type[R], rows: Select[*tuple[Any, ...]], words: str, start: int, size: int | None
) -> tuple[list[R], int]:
    """`size` records from the `start`-th, all from there where it is None, of those whose texts have the
    words, if any are asked for; and how many there are. `rows` gives each one's id and its texts, in the
    order that is wanted."""
    if words:
        ids = [key for key, *texts in db.session.execute(rows) if mentions(words, *texts)]
        return in_order_of(model, ids[start : None if size is None else start + size]), len(ids)
    every = rows.with_only_columns(model.id)
    total = db.session.scalar(select(func.count()).select_from(every.order_by(None).subquery())) or 0
    return in_order_of(model, db.session.scalars(every.offset(start).limit(size)).all()), total


def count(model: type[Any]) -> int:
    """How many records of a kind there are."""
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def page_by_code(model: type[R], start: int, size: int, *options: ORMOption) -> tuple[Sequence[R], int]:
    """`size` records of a kind from the `start`-th, by code, and how many there are in all."""
    total = count(model)
    if start >= total:
        return [], total
    rows = select(model).options(*options).order_by(model.code).offset(start).limit(size)
    return db.session.scalars(rows).all(), total


def in_parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """A long list a part at a time."""
    for first in range(0, len(values), MOST_VALUES):
        yield values[first : first + MOST_VALUES]


def in_order_of(model: type[R], ids: Sequence[int], *options: ORMOption) -> list[R]:
    """The records with these ids, in their order; ids that nobody has are passed over."""
    found: dict[int, R] = {}
    for part in in_parts(ids):
        rows = select(model).where(model.id.in_(part)).options(*options)
        found |= {row.id: row for row in db.session.scalars(rows)}
    return [found[key] for key in ids if key in found]
