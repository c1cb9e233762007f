"""What the office reads of its own additions to the search."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import func, select

from catalogue.adapters.search_index import SearchIndex
from catalogue.database import Record, db
from catalogue.kernel.errors import NotFound
from catalogue.search.everything import MODELS, near_names, nearest
from catalogue.search.models import SearchMiss, SearchPin, SynonymGroup

Row = TypeVar("Row", SearchMiss, SearchPin, SynonymGroup)


def miss(number: int) -> SearchMiss:
    """Words that found nothing; NotFound."""
    return _by_number(SearchMiss, number)


def synonym_group(number: int) -> SynonymGroup:
    """A group of the office; NotFound."""
    return _by_number(SynonymGroup, number)


def pin(number: int) -> SearchPin:
    """A pin; NotFound."""
    return _by_number(SearchPin, number)


def synonym_groups(start: int, size: int) -> tuple[list[SynonymGroup], int]:
    """One page of the groups, the newest first, and how many there are."""
    return _page(SynonymGroup, SynonymGroup.id.desc(), start, size)


def pins(start: int, size: int) -> tuple[list[SearchPin], int]:
    """One page of the pins, those that last longest first, and how many there are."""
    return _page(SearchPin, SearchPin.until.desc(), start, size)


def near(index: SearchIndex, words: str) -> str:
    """What words that found nothing may mean: the name that begins as they do, or fewer of them; or empty."""
    fewer = next(iter(nearest(index, words)), "")
    return fewer or next((record.name.texts()[0] for record in near_names(words)), "")


def key_of(text: str) -> tuple[str, str]:
    """A record as a form names it: `product:tra-o-long`."""
    kind, _, code = text.partition(":")
    return kind, code


def record_of(text: str) -> Record | None:
    """The record that a form names; None where there is none."""
    kind, code = key_of(text)
    if kind not in MODELS:
        return None
    model, _ = MODELS[kind]
    return db.session.scalar(select(model).where(model.code == code))


def _by_number(model: type[Row], number: int) -> Row:
    row = db.session.get(model, number)
    if row is None:
        raise NotFound("record.unknown")
    return row


def _page(model: type[Row], order: Any, start: int, size: int) -> tuple[list[Row], int]:
    total = db.session.scalar(select(func.count()).select_from(model)) or 0
    return list(db.session.scalars(select(model).order_by(order, model.id).offset(start).limit(size))), total
