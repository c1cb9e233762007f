"""Messages about records: kept until somebody of the staff has dealt with them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.database import Model, UTCDateTime
from catalogue.enquiries.rules import CorrectionKind, CorrectionState
from catalogue.kernel.clock import LOCAL

KINDS = ", ".join(f"'{kind}'" for kind in CorrectionKind)
STATES = ", ".join(f"'{state}'" for state in CorrectionState)


class SentMessage(Model):
    """That somebody sent a message a moment ago: whose it was, unreadable, and when; gone after the minute in
    which it counts, with the next message of anybody."""

    __tablename__ = "sent_message"
    is_public = False

    id: Mapped[int] = mapped_column(primary_key=True)
    sender: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class CorrectionRequest(Model):
    """A wish to correct, claim or take down a record, or a report of a label.

    `suspect`: a field that people do not see was filled; such a message is kept all the same.
    """

    __tablename__ = "correction_request"
    __table_args__ = (
        CheckConstraint(f"kind IN ({KINDS})", name="kind_known"),
        CheckConstraint(f"state IN ({STATES})", name="state_known"),
        CheckConstraint("text <> '' AND contact <> ''", name="can_be_answered"),
        CheckConstraint("record IS NOT NULL OR about IS NOT NULL", name="is_about_something"),
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
    state: Mapped[str] = mapped_column(String(20), default=CorrectionState.NEW.value)
    received: Mapped[datetime] = mapped_column(UTCDateTime)
    suspect: Mapped[bool]
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)

    @property
    def reference(self) -> str:
        """The number that the writer is told, such as DC-2026-0042 (ĐC: đính chính, correction)."""
        return f"DC-{self.received.astimezone(LOCAL).year}-{self.id:04d}"
