"""Addresses that a record once had: they lead to where it stands now, and nobody else gets them."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import Connection, String, UniqueConstraint, event, insert, inspect, select
from sqlalchemy.orm import Mapped, Mapper, Session, mapped_column
from sqlalchemy.orm.interfaces import ORMOption

from catalogue.database import Model, Record, db
from catalogue.kernel.language import Language
from catalogue.kernel.text import english_sort_key, sort_key
from catalogue.kernel.text import slug as make_slug

# Words that stand in addresses where others have a code.
RESERVED = frozenset({"new"})
R = TypeVar("R", bound=Record)


class RetiredSlug(Model):
    """A slug that a record gave up; its old address answers 301."""

    __tablename__ = "retired_slug"
    __table_args__ = (UniqueConstraint("kind", "language", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(2))
    slug: Mapped[str]
    record_id: Mapped[int]


def find_by_slug(model: type[R], language: Language, slug: str, *options: ORMOption) -> R | None:
    """The record with that current slug in that language; `options` say what to load with it."""
    column = model.slug_vi if language is Language.VI else model.slug_en
    return db.session.scalar(select(model).where(column == slug).options(*options))


def find_by_retired_slug(model: type[R], language: Language, slug: str) -> R | None:
    """The record that had that slug before."""
    retired = select(RetiredSlug.record_id).where(
        RetiredSlug.kind == _kind(model), RetiredSlug.language == language.value, RetiredSlug.slug == slug
    )
    return db.session.scalar(select(model).where(model.id.in_(retired)))


def address(record: Record) -> None:
    """Give a record the slugs of its present names, numbered where another record has, or had, the same."""
    for language in Language:
        wanted = make_slug(record.name.text(language)) or record.code
        setattr(record, f"slug_{language.value}", _free(record, language, wanted))


def _free(record: Record, language: Language, wanted: str) -> str:
    number, candidate = 1, wanted
    with db.session.no_autoflush:
        while _taken(record, language, candidate):
            number += 1
            candidate = f"{wanted}-{number}"
    return candidate


def _taken(record: Record, language: Language, slug: str) -> bool:
    model: type[Record] = type(record)
    waiting = (
        getattr(other, f"slug_{language.value}", None) == slug
        for other in db.session.new
        if isinstance(other, model) and other is not record
    )
    current = find_by_slug(model, language, slug)
    retired = find_by_retired_slug(model, language, slug)
    return any(waiting) or any(other is not None and other.id != record.id for other in (current, retired))


def _kind(model: type[Any]) -> str:
    return str(model.__tablename__)


@event.listens_for(Record, "before_insert", propagate=True)
@event.listens_for(Record, "before_update", propagate=True)
def _keep_order(_mapper: Mapper[Any], _connection: Connection, record: Record) -> None:
    """The alphabetical place always follows the name."""
    record.sort_vi = sort_key(record.name.text(Language.VI))
    record.sort_en = english_sort_key(record.name.text(Language.EN))


@event.listens_for(Session, "before_flush")
def _retire_slugs(session: Session, _context: Any, _instances: Any) -> None:
    """Whoever changes a slug, its old address is kept."""
    for record in session.dirty:
        if not isinstance(record, Record):
            continue
        for language in Language:
            history = inspect(record).attrs[f"slug_{language.value}"].history
            for old in history.deleted if history.has_changes() else ():
                kind = _kind(type(record))
                row = {"kind": kind, "language": language.value, "slug": old, "record_id": record.id}
                known = select(RetiredSlug.id).filter_by(kind=kind, language=language.value, slug=old)
                if session.execute(known).first() is None:
                    session.execute(insert(RetiredSlug).values(row))
