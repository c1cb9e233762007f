"""Messages about records, and what visitors ask of makers with the answers they got."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.database import Model, UTCDateTime, bilingual
from catalogue.enquiries.rules import CorrectionKind, CorrectionState, Outcome, PartState, Stage, stage_of
from catalogue.kernel.clock import LOCAL
from catalogue.kernel.language import Bilingual

KINDS = ", ".join(f"'{kind}'" for kind in CorrectionKind)
STATES = ", ".join(f"'{state}'" for state in CorrectionState)
PART_STATES = ", ".join(f"'{state}'" for state in PartState)
OUTCOMES = ", ".join(f"'{outcome}'" for outcome in Outcome)


class CorrectionRequest(Model):
    """A wish to correct, claim or take down a record, or a report of what is not as it should be.

    `suspect`: a field that people do not see was filled; such a message is kept all the same. `draft` names
    the folder of the photographs that came along, None before they could. `answer` is what was decided, in
    words that the writer gets to read.
    """

    __tablename__ = "correction_request"
    __table_args__ = (
        CheckConstraint(f"kind IN ({KINDS})", name="kind_known"),
        CheckConstraint(f"state IN ({STATES})", name="state_known"),
        CheckConstraint("text <> '' AND contact <> ''", name="can_be_answered"),
        CheckConstraint("record IS NOT NULL OR about IS NOT NULL", name="is_about_something"),
        CheckConstraint(
            "state NOT IN ('done', 'declined') OR (answer <> '' AND decided IS NOT NULL)",
            name="decided_in_words",
        ),
    )
    is_public = False

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    record: Mapped[str | None] = mapped_column(index=True)
    about: Mapped[str | None]
    text: Mapped[str]
    contact: Mapped[str]
    name: Mapped[str | None]
    language: Mapped[str] = mapped_column(String(2))
    state: Mapped[str] = mapped_column(String(20), default=CorrectionState.NEW.value, index=True)
    received: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    suspect: Mapped[bool]
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    draft: Mapped[str | None] = mapped_column(String(40))
    taken_by_id: Mapped[int | None]
    taken_by: Mapped[str | None]
    answer: Mapped[str | None]
    decided: Mapped[datetime | None] = mapped_column(UTCDateTime)

    @property
    def reference(self) -> str:
        """The number that the writer is told, such as DC-2026-0042 (ĐC: đính chính, correction)."""
        return f"DC-{self.received.astimezone(LOCAL).year}-{self.id:04d}"


class Enquiry(Model):
    """What a visitor asks, of one maker or of several; each gets its own part and sees no other.

    `language`: in which the visitor wants the answer; `market`: the country it is for; `suspect`: a field
    that people do not see was filled: kept for the office, and nobody is written to. `forgotten`: since when
    the visitor's words, name and address and all answers are gone; what is counted stays.
    """

    __tablename__ = "enquiry"
    __table_args__ = (
        CheckConstraint("forgotten IS NOT NULL OR (need <> '' AND email <> '')", name="can_be_answered"),
        CheckConstraint("language IN ('vi', 'en')", name="language_known"),
    )
    is_public = False

    id: Mapped[int] = mapped_column(primary_key=True)
    need: Mapped[str]
    quantity: Mapped[str | None]
    needed_by: Mapped[date | None]
    market: Mapped[str | None] = mapped_column(String(2), index=True)
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str | None]
    language: Mapped[str] = mapped_column(String(2))
    received: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    suspect: Mapped[bool]
    forgotten: Mapped[datetime | None] = mapped_column(UTCDateTime)
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    parts: Mapped[list[EnquiryPart]] = relationship(
        back_populates="enquiry",
        cascade="all, delete-orphan",
        order_by="EnquiryPart.id",
        lazy="raise_on_sql",
    )

    @property
    def reference(self) -> str:
        """The number that the visitor is told, such as HM-2026-0042 (hỏi mua, asking to buy)."""
        return f"HM-{self.received.astimezone(LOCAL).year}-{self.id:04d}"


class EnquiryPart(Model):
    """What one maker is asked in an enquiry: `products` are {"code", "vi", "en"}, none for the maker itself.

    Makers and products are kept by code and by the name that they had: what was asked outlives the catalogue.
    `through_office`: nobody spoke for the maker when it came, so the visitor was told that trade promotion
    passes it on; `passed_on`: when it did. `assigned_to`: who of the office looks after it, by number and by
    the name of then; `answered`: when the first answer was written; `outcome`: what became of it.
    """

    __tablename__ = "enquiry_part"
    __table_args__ = (
        UniqueConstraint("enquiry_id", "producer_code"),
        CheckConstraint(f"state IN ({PART_STATES})", name="state_known"),
        CheckConstraint(f"outcome IN ({OUTCOMES})", name="outcome_known"),
    )
    is_public = False

    id: Mapped[int] = mapped_column(primary_key=True)
    enquiry_id: Mapped[int] = mapped_column(ForeignKey("enquiry.id", ondelete="CASCADE"))
    producer_code: Mapped[str] = mapped_column(index=True)
    producer_name: Mapped[Bilingual] = bilingual("producer_name", required=True)
    products: Mapped[list[Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(20), default=PartState.NEW.value, index=True)
    through_office: Mapped[bool]
    passed_on: Mapped[datetime | None] = mapped_column(UTCDateTime)
    assigned_to_id: Mapped[int | None] = mapped_column(index=True)
    assigned_to: Mapped[str | None]
    answered: Mapped[datetime | None] = mapped_column(UTCDateTime)
    outcome: Mapped[str | None] = mapped_column(String(20))
    enquiry: Mapped[Enquiry] = relationship(back_populates="parts", lazy="raise_on_sql")
    messages: Mapped[list[EnquiryMessage]] = relationship(
        cascade="all, delete-orphan", order_by="EnquiryMessage.id", lazy="raise_on_sql"
    )

    @property
    def stage(self) -> Stage:
        """Where it stands for trade promotion."""
        outcome = Outcome(self.outcome) if self.outcome else None
        return stage_of(PartState(self.state), assigned=self.assigned_to_id is not None, outcome=outcome)

    @property
    def product_names(self) -> list[Bilingual]:
        """What was asked about, as it was called then."""
        return [Bilingual.of(product) for product in self.products]


class EnquiryMessage(Model):
    """An answer to the visitor, in the language it was written in; sent as it stands.

    People are kept by number and by the name they had. `of_office`: trade promotion wrote it for the maker.
    """

    __tablename__ = "enquiry_message"
    __table_args__ = (
        UniqueConstraint("part_id", "draft"),
        CheckConstraint("text <> ''", name="text_filled"),
        CheckConstraint("language IN ('vi', 'en')", name="language_known"),
    )
    is_public = False

    id: Mapped[int] = mapped_column(primary_key=True)
    part_id: Mapped[int] = mapped_column(ForeignKey("enquiry_part.id", ondelete="CASCADE"))
    author_id: Mapped[int | None]
    author: Mapped[str]
    of_office: Mapped[bool]
    language: Mapped[str] = mapped_column(String(2))
    text: Mapped[str]
    written: Mapped[datetime] = mapped_column(UTCDateTime)
    draft: Mapped[str] = mapped_column(String(64))
