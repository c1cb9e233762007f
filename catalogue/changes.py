"""The change log of the search index: which rows changed, noted in the very flush that changes them.

No action can forget it. The log is numbered; whoever applies it deletes what was applied.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import String, delete, event, insert, select
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, mapped_column

from catalogue import outbox
from catalogue.database import Indexed, Model, db
from catalogue.kernel.clock import now

APPLY = "search.apply"
Key = tuple[str, int]
MOST_AT_ONCE = 1000


class IndexChange(Model):
    """A row that readers can search for, or by, was written: its table and its number."""

    __tablename__ = "index_change"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012  a number is never given twice
    is_public = False

    id: Mapped[int] = mapped_column(primary_key=True)
    table: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[int]


def noted() -> tuple[list[int], list[Key]]:
    """The oldest changes that wait, each key once, and the numbers under which they were noted."""
    rows = db.session.execute(
        select(IndexChange.id, IndexChange.table, IndexChange.record_id)
        .order_by(IndexChange.id)
        .limit(MOST_AT_ONCE)
    ).all()
    return [row.id for row in rows], list(dict.fromkeys((row.table, row.record_id) for row in rows))


def numbers() -> list[int]:
    """The numbers of all changes that wait."""
    return list(db.session.scalars(select(IndexChange.id)))


def forget(numbers: Sequence[int]) -> None:
    """Delete changes that are in the index: those alone, for others may have been noted meanwhile."""
    for first in range(0, len(numbers), MOST_AT_ONCE):
        these = IndexChange.id.in_(numbers[first : first + MOST_AT_ONCE])
        db.session.execute(delete(IndexChange).where(these).execution_options(synchronize_session=False))


@event.listens_for(Session, "do_orm_execute")
def _refuse_what_no_flush_sees(state: ORMExecuteState) -> None:
    """A change of many rows in one statement would pass the log by; whoever must, notes the keys itself."""
    changes = state.is_update or state.is_delete or state.is_insert
    if changes and state.bind_mapper and issubclass(state.bind_mapper.class_, Indexed):
        raise TypeError(f"{state.bind_mapper.class_.__name__} is searched: change its rows one by one")


@event.listens_for(Session, "after_flush")
def _note(session: Session, _context: Any) -> None:
    changed = [row for row in session.dirty if session.is_modified(row)]
    keys: Sequence[Key] = [
        key
        for row in (*session.new, *session.deleted, *changed)
        if isinstance(row, Indexed)
        for key in row.index_keys()
    ]
    if not keys:
        return
    connection = session.connection()
    connection.execute(insert(IndexChange), [{"table": name, "record_id": number} for name, number in keys])
    transaction = session.get_transaction()
    if session.info.get("index_told") is not transaction:
        session.info["index_told"] = transaction
        moment = now()
        connection.execute(
            insert(outbox.OutboxMessage).values(
                topic=APPLY, payload={}, announced_at=moment, due_at=moment, attempts=0
            )
        )
