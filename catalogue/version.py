"""One number for the whole catalogue: it grows in the transaction of every change.

Tables that no page shows (`is_public = False`) do not count.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import event, inspect, select, update
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, mapped_column

from catalogue.database import Model, db


class CatalogueVersion(Model):
    """The single row that counts changes; whatever is kept in memory is kept under this number."""

    __tablename__ = "catalogue_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


def current() -> int:
    """How many changes were ever committed; 0 before the first."""
    return db.session.scalar(select(CatalogueVersion.number)) or 0


def _count_change(session: Session) -> None:
    transaction = (
        session.get_nested_transaction() or session.get_transaction()
    )  # a savepoint may be undone alone
    if session.info.get("version_counted") is transaction:
        return
    session.info["version_counted"] = transaction
    table = CatalogueVersion.__table__
    connection = session.connection()
    if connection.execute(update(CatalogueVersion).values(number=CatalogueVersion.number + 1)).rowcount == 0:
        connection.execute(table.insert().values(id=1, number=1))  # type: ignore[attr-defined]


@event.listens_for(Session, "before_flush")
def _on_flush(session: Session, _context: Any, _instances: Any) -> None:
    changed = [row for row in session.dirty if session.is_modified(row) and inspect(row).persistent]
    if any(getattr(row, "is_public", True) for row in (*session.new, *session.deleted, *changed)):
        _count_change(session)


@event.listens_for(Session, "do_orm_execute")
def _on_bulk_change(state: ORMExecuteState) -> None:
    if state.is_update or state.is_delete or state.is_insert:
        _count_change(state.session)
