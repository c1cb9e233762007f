"""Revisions of listings: every version that anybody wrote, and where translations came from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.database import Model, UTCDateTime
from catalogue.editorial.rules import OPEN, ClaimState, Mark, Origin, State
from catalogue.kernel.clock import now

CLAIM_STATES = ", ".join(f"'{state}'" for state in ClaimState)
STATES = ", ".join(f"'{state}'" for state in State)
OPEN_STATES = text("state IN ('approved', 'draft', 'returned', 'submitted')")  # rules.OPEN
LIVE_STATE = text(f"state = '{State.PUBLISHED}'")


class Revision(Model):
    """One version of a listing: the product or producer (`kind`) with that immutable `code`.

    `content` is what `editorial.forms` names, as plain values. `number` counts a listing's revisions from 1;
    `base_number` is the one that was public when this one was begun, None before the first. `version` grows
    with every save, and `touched` says at which version each field was last changed, so that two people never
    overwrite each other and never stand in each other's way. People are kept by number and by the name
    they had: history outlives accounts. `confirmed_at`: when the producer said yes to what staff wrote in its
    name (`assisted`). `publish_at`: the planned moment; `published_at`, `archived_at`: when it became public
    and ceased to be. `answer_by`: the day by which the office answers; `taken_by`: the reviewer who has the
    file in hand.
    """

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("kind", "code", "number"),
        CheckConstraint(f"state IN ({STATES})", name="state_known"),
        CheckConstraint("state <> 'published' OR published_at IS NOT NULL", name="published_at_known"),
        CheckConstraint(
            "publish_at IS NULL OR state IN ('approved', 'published', 'archived')", name="planned"
        ),
        Index(
            "uq_revision_one_open",
            "kind",
            "code",
            unique=True,
            sqlite_where=OPEN_STATES,
            postgresql_where=OPEN_STATES,
        ),
        Index(
            "uq_revision_one_live",
            "kind",
            "code",
            unique=True,
            sqlite_where=LIVE_STATE,
            postgresql_where=LIVE_STATE,
        ),
    )
    is_public = False

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    code: Mapped[str]
    producer_code: Mapped[str] = mapped_column(index=True)
    number: Mapped[int]
    base_number: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(20), index=True)
    version: Mapped[int] = mapped_column(default=1)
    content: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    touched: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    writers: Mapped[list[Any]] = mapped_column(JSON, default=list)
    author_id: Mapped[int | None]
    author: Mapped[str] = mapped_column(default="")
    assisted: Mapped[bool] = mapped_column(default=False)
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    confirmed_by: Mapped[str | None]
    begun_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    submitted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answer_by: Mapped[date | None] = mapped_column(Date)
    taken_by_id: Mapped[int | None] = mapped_column(index=True)
    taken_by: Mapped[str | None]
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by_id: Mapped[int | None]
    decided_by: Mapped[str | None]
    reasons: Mapped[list[Any]] = mapped_column(JSON, default=list)
    reason: Mapped[str | None]
    publish_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    archived_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    marks: Mapped[list[TranslationMark]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", order_by="TranslationMark.id"
    )

    @property
    def is_open(self) -> bool:
        """Whether somebody is still at work on it."""
        return self.state in OPEN

    @property
    def known_marks(self) -> list[Mark]:
        """Its translation marks as the rules know them."""
        return [mark.as_mark for mark in self.marks]


class TranslationMark(Model):
    """Of a text of a revision: which language is the translation, by whom, and of what it was made."""

    __tablename__ = "translation_mark"
    __table_args__ = (
        UniqueConstraint("revision_id", "field", "language"),
        CheckConstraint("language IN ('vi', 'en')", name="language_known"),
        CheckConstraint("origin IN ('human', 'machine')", name="origin_known"),
    )
    is_public = False

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"))
    field: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(2))
    origin: Mapped[str] = mapped_column(String(10))
    author: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    source_hash: Mapped[str] = mapped_column(String(16))

    @property
    def as_mark(self) -> Mark:
        return Mark(
            self.field, self.language, self.source_hash, Origin(self.origin), self.author, self.made_at
        )


class GlossaryTerm(Model):
    """How a word of the trade is said in the other language; `note`: when, and what it is."""

    __tablename__ = "glossary_term"
    __table_args__ = (CheckConstraint("vi <> '' AND en <> ''", name="filled"),)
    is_public = False

    id: Mapped[int] = mapped_column(primary_key=True)
    vi: Mapped[str] = mapped_column(unique=True)
    en: Mapped[str]
    note: Mapped[str | None]


class CertificateClaim(Model):
    """A certificate that a maker says it has, for the listing of that kind and code. Only the office sees it;
    readers see what it then enters in the register.

    `key` names the form that it came by, and the folder of its papers. `scheme` and `level` are those of the
    register; `issued` and `expires` are partial dates such as `2022` or `2022-08`.
    """

    __tablename__ = "certificate_claim"
    __table_args__ = (
        CheckConstraint(f"state IN ({CLAIM_STATES})", name="state_known"),
        CheckConstraint("state <> 'declined' OR reason <> ''", name="declined_with_a_reason"),
        Index("ix_certificate_claim_listing", "kind", "code"),
    )
    is_public = False

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    code: Mapped[str]
    producer_code: Mapped[str] = mapped_column(index=True)
    scheme: Mapped[str]
    level: Mapped[str | None]
    number: Mapped[str | None]
    issued: Mapped[str | None]
    expires: Mapped[str | None]
    author_id: Mapped[int | None]
    author: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    state: Mapped[str] = mapped_column(String(20), default=ClaimState.NEW.value, index=True)
    reason: Mapped[str | None]
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by_id: Mapped[int | None]
    decided_by: Mapped[str | None]


class SentForm(Model):
    """A form that was sent, by its key: sent twice, it gets the same answer and is done once."""

    __tablename__ = "sent_form"
    is_public = False

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int | None]
    body_hash: Mapped[str] = mapped_column(String(64))
    answer: Mapped[str]
    sent_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now, index=True)


class KeptForm(Model):
    """A form that could not be taken, because its sender was signed out meanwhile: kept for that person."""

    __tablename__ = "kept_form"
    is_public = False

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int]
    path: Mapped[str]
    fields: Mapped[dict[str, Any]]
    kept_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now, index=True)


class SheetUpload(Model):
    """A sheet of listings that somebody sent: kept as it was read, until it is applied or too old.

    `kind`: of its listings. `table`: its rows, as `editorial.uploads` packs them. `added` and `changed` count
    the drafts that it became.
    """

    __tablename__ = "sheet_upload"
    __table_args__ = (CheckConstraint("(applied_at IS NULL) = (added IS NULL)", name="counted_when_applied"),)
    is_public = False

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str]
    table: Mapped[bytes]
    received_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now, index=True)
    applied_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    added: Mapped[int | None]
    changed: Mapped[int | None]


class PhotographBatch(Model):
    """A ZIP of photographs that somebody sent; the file lies in the storage until all of them are taken in.

    `entries`: of each file {"place", "name", "code", "state", "reason"}, see `editorial.batches`.
    """

    __tablename__ = "photograph_batch"
    is_public = False

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str]
    entries: Mapped[list[Any]]
    received_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now, index=True)
