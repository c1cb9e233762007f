"""What the office reads of its own additions to the search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import select

from catalogue.adapters.search_index import SearchIndex
from catalogue.database import Record, db
from catalogue.kernel.errors import NotFound
from catalogue.kernel.text import mentions, sort_key
from catalogue.search.everything import MODELS, near_names, nearest
from catalogue.search.models import SearchMiss, SearchPin, SynonymGroup

Row = TypeVar("Row", SearchMiss, SearchPin, SynonymGroup)
# A group is a list of phrases, which no database sorts by its alphabet; there are few of them, and of pins.
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


def synonym_groups(words: str = "", sort: str = "newest", *, descending: bool = False) -> list[SynonymGroup]:
    """The groups with these words, all without any, in an order of `SYNONYM_SORTS`."""
    found = [one for one in db.session.scalars(select(SynonymGroup)) if mentions(words, *one.phrases)]
    return sorted(found, key=SYNONYM_SORTS[sort], reverse=descending)


def pins(
    words: str = "", sort: str = "until", *, descending: bool = True
) -> list[tuple[SearchPin, Record | None]]:
    """The pins with these words, each with its record as long as there is one, in an order of `PIN_SORTS`;
    those that last longest come first."""
    order = PIN_SORTS[sort].desc() if descending else PIN_SORTS[sort].asc()
    found = db.session.scalars(select(SearchPin).order_by(order, SearchPin.id)).all()
    records = {(kind, one.code): one for kind in MODELS for one in _of_kind(kind, found)}
    each = [(pin, records.get((pin.kind, pin.code))) for pin in found]
    return [(pin, record) for pin, record in each if mentions(words, *_said(pin, record))]


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


def _of_kind(kind: str, found: Sequence[SearchPin]) -> Sequence[Record]:
    model, _ = MODELS[kind]
    codes = {pin.code for pin in found if pin.kind == kind}
    return db.session.scalars(select(model).where(model.code.in_(codes))).all() if codes else ()


def _said(pin: SearchPin, record: Record | None) -> list[str]:
    return [pin.words, pin.code, *pin.reason.texts(), *(record.name.texts() if record else ())]


def _by_number(model: type[Row], number: int) -> Row:
    row = db.session.get(model, number)
    if row is None:
        raise NotFound("record.unknown")
    return row
