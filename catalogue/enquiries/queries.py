"""Reads of what readers wrote."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from catalogue.database import db
from catalogue.enquiries.models import CorrectionRequest, SentMessage
from catalogue.kernel.errors import NotFound


def correction_request(request_id: int) -> CorrectionRequest:
    """One request; NotFound."""
    found = db.session.get(CorrectionRequest, request_id)
    if found is None:
        raise NotFound("correction.unknown")
    return found


def request_with_fingerprint(fingerprint: str) -> CorrectionRequest | None:
    """The request that holds exactly these words from this form."""
    return db.session.scalar(select(CorrectionRequest).where(CorrectionRequest.fingerprint == fingerprint))


def messages_sent_before(moment: datetime) -> Sequence[SentMessage]:
    """The notes of messages that were sent before."""
    return db.session.scalars(select(SentMessage).where(SentMessage.at <= moment)).all()


def times_of(sender: str) -> Sequence[datetime]:
    """When that sender sent what is still noted."""
    return db.session.scalars(select(SentMessage.at).where(SentMessage.sender == sender)).all()
