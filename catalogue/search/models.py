"""What the office adds to the search, and what readers looked for in vain."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.database import Model, bilingual
from catalogue.kernel.language import Bilingual


class SynonymGroup(Model):
    """Phrases that mean the same, in any language, besides those of `synonyms.json`."""

    __tablename__ = "synonym_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    phrases: Mapped[list[Any]] = mapped_column(JSON)


class SearchPin(Model):
    """A record that stands first when these words are looked for, until that day (the last one included).

    `words` as staff typed them, `key` as they are compared (`pin_key`). The reason is shown to readers.
    """

    __tablename__ = "search_pin"
    __table_args__ = (
        UniqueConstraint("key", "kind", "code"),
        CheckConstraint("reason_en IS NOT NULL AND reason_en <> ''", name="reason_in_both"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str]
    key: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(20))
    code: Mapped[str]
    reason: Mapped[Bilingual] = bilingual("reason", required=True)
    until: Mapped[date]


class SearchMiss(Model):
    """Words that found nothing, in which language of the site, how often, when last; nothing of anybody."""

    __tablename__ = "search_miss"
    __table_args__ = (
        UniqueConstraint("words", "language"),
        CheckConstraint("number > 0", name="was_missed"),
        CheckConstraint("language IN ('vi', 'en')", name="language_known"),
    )
    is_public = False

    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str]
    language: Mapped[str] = mapped_column(String(2))
    number: Mapped[int]
    last_on: Mapped[date] = mapped_column(index=True)


class MissesFolded(Model):
    """How far a file of misses was read into the table: written in the same transaction as what was read."""

    __tablename__ = "misses_folded"
    is_public = False

    file: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
