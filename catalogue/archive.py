"""What left the catalogue is read by nobody, in one place: every select of the session passes over it.

Whoever keeps the catalogue asks for it expressly: `with archived_too():`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from catalogue.database import Archivable, db

SHOWN = "archived_too"


@contextmanager
def archived_too() -> Iterator[None]:
    """Inside the block archived rows are read like others."""
    info = db.session().info
    before = info.get(SHOWN, False)
    info[SHOWN] = True
    try:
        yield
    finally:
        info[SHOWN] = before


@event.listens_for(Session, "do_orm_execute")
def _pass_over(state: ORMExecuteState) -> None:
    if not state.is_select or state.is_column_load or state.session.info.get(SHOWN):
        return
    state.statement = state.statement.options(
        with_loader_criteria(Archivable, lambda cls: cls.archived_at.is_(None), include_aliases=True)
    )
