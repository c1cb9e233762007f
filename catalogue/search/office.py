"""What the office reads of its own additions to the search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import func, select

from catalogue.adapters.search_index import SearchIndex
from catalogue.database import Record, db
from catalogue.kernel.errors import NotFound
from catalogue.kernel.text import sort_key
from catalogue.search.everything import MODELS, near_names, nearest
from catalogue.search.models import SearchMiss, SearchPin, SynonymGroup

Row = TypeVar("Row", SearchMiss, SearchPin, SynonymGroup)
# A group is a list of phrases, which no database sorts by its alphabet; there are few of them.
SYNONYM_SORTS: dict[str, Callable[[SynonymGroup], Any]] = {
    "newest": lambda one: one.id,
    "phrases": lambda one: [sort_key(phrase) for phrase in one.phrases],
}
PIN_SORTS: dict[str, Any] = {"words": SearchPin.key, "record": SearchPin.code, "until": SearchPin.until}


def miss(number: int) -> SearchMiss:
    """Words that found nothing; NotFound."""
    return _by_number(SearchMiss, number)


def synonym_group(number: int) -> SynonymGroup:
    """A group of the office; NotFound."""
    return _by_number(SynonymGroup, number)


def pin(number: int) -> SearchPin:
    """A pin; NotFound."""
    return _by_number(SearchPin, number)


def synonym_groups(
    start: int, size: int | None, sort: str = "newest", *, descending: bool = False
) -> tuple[list[SynonymGroup], int]:
    """The groups from a place on, `size` of them or all, in an order of `SYNONYM_SORTS`; and how many."""
    found = sorted(db.session.scalars(select(SynonymGroup)), key=SYNONYM_SORTS[sort], reverse=descending)
    return found[start : None if size is None else start + size], len(found)


def pins(
    start: int, size: int | None, sort: str = "until", *, descending: bool = True
) -> tuple[list[SearchPin], int]:
    """The pins likewise, in an order of `PIN_SORTS`; those that last longest come first."""
    total = db.session.scalar(select(func.count()).select_from(SearchPin)) or 0
    order = PIN_SORTS[sort].desc() if descending else PIN_SORTS[sort].asc()
    found = select(SearchPin).order_by(order, SearchPin.id).offset(start)
    return list(db.session.scalars(found if size is None else found.limit(size))), total


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
