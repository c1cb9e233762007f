"""A row that staff keep is written anew: the one of that code wherever it stands, or a new one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from catalogue import slugs
from catalogue.archive import archived_too
from catalogue.database import Record, db
from catalogue.records import by_code

# Whatever has an immutable `code`.
R = TypeVar("R", bound=Any)


@contextmanager
def rewriting(model: type[R], code: str) -> Iterator[R]:
    """The row to write on; a record gets the address of its name where the name is another one afterwards."""
    with archived_too():
        row = by_code(model, code) or model(code=code)
        before = getattr(row, "name", None)
        with db.session.no_autoflush:
            yield row
        if isinstance(row, Record) and row.name != before:
            slugs.address(row)
        db.session.add(row)
        db.session.flush()


def archive(model: type[Any], code: str, moment: datetime | None) -> None:
    """Let a row leave the catalogue, or come back (None); nothing where there is none."""
    with archived_too():
        row = by_code(model, code)
        if row is not None:
            row.archived_at = moment
            db.session.flush()
