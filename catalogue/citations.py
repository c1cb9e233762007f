"""What rests on which source: the sources of every record of a kind, without the rest of the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, cast

from sqlalchemy import select

from catalogue.database import Record, db
from catalogue.kernel.language import Bilingual, Language


class Cited(NamedTuple):
    """A record by its name and addresses, with its sources as the record keeps them."""

    code: str
    name: Bilingual
    slug_vi: str
    slug_en: str
    sources: list[Any]

    def slug(self, language: Language) -> str:
        """The last part of the record's address in that language."""
        return self.slug_vi if language is Language.VI else self.slug_en


def cited(model: type[Record]) -> Sequence[Cited]:
    """Every record of a kind, in the order of its Vietnamese name."""
    rows = db.session.execute(
        select(model.code, model.name, model.slug_vi, model.slug_en, model.sources).order_by(model.sort_vi)
    )
    return [Cited(*cast("tuple[Any, ...]", row)) for row in rows]
