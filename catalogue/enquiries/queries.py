"""Reads of what readers wrote."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from catalogue.database import db
from catalogue.enquiries import rules
from catalogue.enquiries.models import CorrectionRequest, Enquiry, EnquiryMessage, EnquiryPart
from catalogue.enquiries.rules import PartState
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import NotFound

WHOLE = (joinedload(EnquiryPart.enquiry), selectinload(EnquiryPart.messages))
# What trade promotion still has to bring to a maker that has nobody here.
TO_PASS_ON = (
    EnquiryPart.through_office,
    EnquiryPart.passed_on.is_(None),
    EnquiryPart.state.in_([PartState.NEW.value, PartState.READ.value]),
)


def correction_request(request_id: int) -> CorrectionRequest:
    """One request; NotFound."""
    found = db.session.get(CorrectionRequest, request_id)
    if found is None:
        raise NotFound("correction.unknown")
    return found


def request_with_fingerprint(fingerprint: str) -> CorrectionRequest | None:
    """The request that holds exactly these words from this form."""
    return db.session.scalar(select(CorrectionRequest).where(CorrectionRequest.fingerprint == fingerprint))


def drafts_with_photographs(decided_after: datetime) -> set[str]:
    """The names of the forms whose photographs still show something: of reports that nobody has decided, or
    that were decided since."""
    open_or_late = CorrectionRequest.decided.is_(None) | (CorrectionRequest.decided >= decided_after)
    named = CorrectionRequest.draft.is_not(None)
    return set(db.session.scalars(select(CorrectionRequest.draft).where(open_or_late, named)))


def of_parts(part_ids: Collection[int]) -> dict[int, int]:
    """The numbers of enquiries, by those of their parts."""
    rows = db.session.execute(
        select(EnquiryPart.id, EnquiryPart.enquiry_id).where(EnquiryPart.id.in_(part_ids))
    )
    return {row.id: row.enquiry_id for row in rows}


def enquiry(enquiry_id: int) -> Enquiry:
    """One enquiry with its parts and their answers; NotFound."""
    whole = selectinload(Enquiry.parts).selectinload(EnquiryPart.messages)
    found = db.session.scalar(select(Enquiry).where(Enquiry.id == enquiry_id).options(whole))
    if found is None:
        raise NotFound("enquiry.unknown")
    return found


def enquiry_with_fingerprint(fingerprint: str) -> Enquiry | None:
    """The enquiry that holds exactly these words from this form."""
    return db.session.scalar(select(Enquiry).where(Enquiry.fingerprint == fingerprint))


def part(part_id: int) -> EnquiryPart:
    """What one maker was asked, with the whole enquiry's words and the answers; NotFound."""
    found = db.session.scalar(select(EnquiryPart).where(EnquiryPart.id == part_id).options(*WHOLE))
    if found is None:
        raise NotFound("enquiry.unknown")
    return found


def part_for(actor: Actor, part_id: int) -> EnquiryPart:
    """The same, for whoever may read it; NotFound for everybody else: they need not know that it is there."""
    found = part(part_id)
    if not rules.may_read(actor, found.producer_code):
        raise NotFound("enquiry.unknown")
    return found


def message(message_id: int) -> EnquiryMessage:
    """One answer; NotFound."""
    found = db.session.get(EnquiryMessage, message_id)
    if found is None:
        raise NotFound("enquiry.unknown")
    return found


def message_of(part_id: int, draft: str) -> EnquiryMessage | None:
    """The answer that was sent from that form."""
    return db.session.scalar(
        select(EnquiryMessage).where(EnquiryMessage.part_id == part_id, EnquiryMessage.draft == draft)
    )


def inbox(producer_codes: Iterable[str], start: int, size: int) -> tuple[Sequence[EnquiryPart], int]:
    """`size` parts of these makers from the `start`-th, what waits for an answer first, then the newest; and
    how many there are in all. What a robot may have sent is left to the office."""
    mine = (EnquiryPart.producer_code.in_(set(producer_codes)), Enquiry.suspect.is_(False))
    asked = select(EnquiryPart).join(EnquiryPart.enquiry).where(*mine).options(*WHOLE)
    waits = EnquiryPart.state.in_([PartState.NEW.value, PartState.READ.value])
    total = db.session.scalar(select(func.count()).select_from(EnquiryPart).join(Enquiry).where(*mine)) or 0
    rows = db.session.scalars(
        asked.order_by(waits.desc(), EnquiryPart.id.desc()).offset(start).limit(size)
    ).all()
    return rows, total


def unread_number(producer_codes: Iterable[str]) -> int:
    """How many enquiries to these makers nobody has read yet."""
    new = select(func.count()).select_from(EnquiryPart).join(Enquiry)
    of_them = EnquiryPart.producer_code.in_(set(producer_codes))
    return (
        db.session.scalar(
            new.where(of_them, EnquiryPart.state == PartState.NEW.value, Enquiry.suspect.is_(False))
        )
        or 0
    )


def to_pass_on_number() -> int:
    """How many makers still have to be told by trade promotion."""
    waiting = select(func.count()).select_from(EnquiryPart).join(Enquiry)
    return db.session.scalar(waiting.where(*TO_PASS_ON, Enquiry.suspect.is_(False))) or 0
