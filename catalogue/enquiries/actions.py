"""Keeping what readers write, and answering it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from catalogue import audit, outbox
from catalogue.database import db, lock
from catalogue.enquiries import rules
from catalogue.enquiries.models import CorrectionRequest, Enquiry, EnquiryMessage, EnquiryPart
from catalogue.enquiries.queries import (
    enquiry_with_fingerprint,
    message_of,
    request_with_fingerprint,
)
from catalogue.enquiries.rules import (
    KEPT_FOR,
    SUSPECT_KEPT_FOR,
    CorrectionMessage,
    Outcome,
    PartState,
    Question,
)
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now
from catalogue.kernel.errors import RuleBroken, require
from catalogue.producers.models import Producer
from catalogue.producers.queries import people_of, producers_by_code
from catalogue.products.models import Product
from catalogue.products.queries import products_by_code

# What is to be written to whom, once an enquiry or an answer is kept.
FOR_VISITOR, FOR_OFFICE, FOR_MAKER = "enquiry.for_visitor", "enquiry.for_office", "enquiry.for_maker"
ANSWERED = "enquiry.answered"


def receive(message: CorrectionMessage) -> CorrectionRequest:
    """Keep a message, once: sent again unchanged from the same form, it is the request that is there."""
    known = request_with_fingerprint(message.fingerprint)
    if known is not None:
        return known
    request = CorrectionRequest(**asdict(message), fingerprint=message.fingerprint, received=now())
    try:
        with db.session.begin_nested():
            db.session.add(request)
    except IntegrityError:  # the other half of a double click was quicker
        other = request_with_fingerprint(message.fingerprint)
        if other is None:
            raise
        return other
    return request


def ask(question: Question) -> Enquiry:
    """Keep an enquiry, once, with a part for each maker, and have everybody told.

    Sent again unchanged from the same form, it is the one that is there. RuleBroken where it names nothing
    that the catalogue shows.
    """
    known = enquiry_with_fingerprint(question.fingerprint)
    if known is not None:
        return known
    asked = asdict(question)
    for name in ("products", "producers", "draft"):
        del asked[name]
    enquiry = Enquiry(**asked, fingerprint=question.fingerprint, received=now())
    enquiry.parts = _parts(question)
    if not enquiry.parts:
        raise RuleBroken("enquiry.about_nothing", field="products")
    try:
        with db.session.begin_nested():
            db.session.add(enquiry)
    except IntegrityError:  # the other half of a double click was quicker
        other = enquiry_with_fingerprint(question.fingerprint)
        if other is None:
            raise
        return other
    _tell(enquiry)
    return enquiry


def answer(actor: Actor, part: EnquiryPart, text: str, language: str, draft: str) -> EnquiryMessage:
    """Keep an answer, once for each form, and have it sent to the visitor."""
    require(rules.may_answer(actor, part.producer_code))
    lock(part)
    known = message_of(part.id, draft)
    if known is not None:
        return known
    rules.check_answer(text, PartState(part.state))
    if part.enquiry.forgotten is not None:
        raise RuleBroken("enquiry.forgotten")
    written = EnquiryMessage(
        part_id=part.id,
        author_id=actor.user_id,
        author=actor.name,
        of_office=part.producer_code not in actor.speaks_for,
        language=language,
        text=text,
        written=now(),
        draft=draft,
    )
    db.session.add(written)
    part.state = PartState.ANSWERED.value
    part.answered = part.answered or written.written
    db.session.flush()
    audit.record(actor, "answer", part)
    outbox.announce(ANSWERED, message_id=written.id)
    return written


def note_read(actor: Actor, part: EnquiryPart) -> None:
    """Somebody of the maker, or the office in its place, has read it."""
    require(rules.may_read(actor, part.producer_code))
    part.state = rules.after_reading(PartState(part.state)).value
    db.session.flush()


def close(actor: Actor, part: EnquiryPart) -> None:
    """Nothing more is to be done about it."""
    require(rules.may_answer(actor, part.producer_code))
    part.state = PartState.CLOSED.value
    audit.record(actor, "close", part)


def reopen(actor: Actor, part: EnquiryPart) -> None:
    """It was closed too early; any other state stays as it is."""
    require(rules.may_answer(actor, part.producer_code))
    if part.state == PartState.CLOSED:
        part.state = rules.reopened(answered=bool(part.messages)).value
        audit.record(actor, "reopen", part)


def pass_on(actor: Actor, part: EnquiryPart) -> None:
    """Trade promotion has told the maker, by whatever way; the first time counts."""
    require(rules.may_steer(actor))
    part.passed_on = part.passed_on or now()
    part.state = rules.after_reading(PartState(part.state)).value
    audit.record(actor, "pass_on", part)


def assign(actor: Actor, part: EnquiryPart, person: Actor | None) -> None:
    """Say who of the office looks after it; None: nobody in particular."""
    require(rules.may_steer(actor))
    require(person is None or rules.may_see_all(person))
    lock(part)
    part.assigned_to_id = person.user_id if person else None
    part.assigned_to = person.name if person else None
    audit.record(actor, "assign", part, to=part.assigned_to)


def settle(actor: Actor, part: EnquiryPart, outcome: Outcome | None) -> None:
    """Note what became of it, as the maker told; None takes the note back."""
    require(rules.may_steer(actor))
    lock(part)
    before, part.outcome = part.outcome, outcome.value if outcome else None
    audit.record(actor, "settle", part, before=before, outcome=part.outcome)


def forget_old(moment: datetime) -> None:
    """Let go what people wrote once the last word about it is old, and altogether what robots seem to have
    sent; how much was asked of whom, for which country and when is still counted."""
    robots = select(Enquiry.id).where(Enquiry.suspect, Enquiry.received < moment - SUSPECT_KEPT_FOR)
    before = moment - KEPT_FOR
    spoken_of = select(EnquiryPart.enquiry_id).join(EnquiryMessage, EnquiryMessage.part_id == EnquiryPart.id)
    old = select(Enquiry.id).where(
        Enquiry.forgotten.is_(None),
        Enquiry.received < before,
        Enquiry.id.not_in(spoken_of.where(EnquiryMessage.written >= before)),
    )
    gone, quiet = list(db.session.scalars(robots)), list(db.session.scalars(old))
    parts = select(EnquiryPart.id).where(EnquiryPart.enquiry_id.in_([*gone, *quiet]))
    words = {"need": "", "email": "", "name": None, "quantity": None, "forgotten": moment}
    for statement in (
        delete(EnquiryMessage).where(EnquiryMessage.part_id.in_(parts)),
        delete(EnquiryPart).where(EnquiryPart.enquiry_id.in_(gone)),
        delete(Enquiry).where(Enquiry.id.in_(gone)),
        update(Enquiry).where(Enquiry.id.in_(set(quiet) - set(gone))).values(**words),
    ):
        db.session.execute(statement.execution_options(synchronize_session=False))


def _parts(question: Question) -> list[EnquiryPart]:
    """One for each maker, in the order in which the visitor named them."""
    asked: dict[str, tuple[Producer, list[Product]]] = {}
    for product in products_by_code(question.products):
        asked.setdefault(product.producer.code, (product.producer, []))[1].append(product)
    named = {producer.code: producer for producer in producers_by_code(question.producers)}
    for code in question.producers:
        if code in named:
            asked.setdefault(code, (named[code], []))
    present = people_of(asked)
    return [
        EnquiryPart(
            producer_code=code,
            producer_name=producer.name,
            products=[{"code": one.code, "vi": one.name.vi, "en": one.name.en} for one in products],
            through_office=code not in present,
        )
        for code, (producer, products) in asked.items()
    ]


def _tell(enquiry: Enquiry) -> None:
    """Each letter is a piece of work of its own: one that fails keeps no other back."""
    if enquiry.suspect:
        return
    outbox.announce(FOR_VISITOR, enquiry_id=enquiry.id)
    outbox.announce(FOR_OFFICE, enquiry_id=enquiry.id)
    present = people_of(part.producer_code for part in enquiry.parts)
    for part in enquiry.parts:
        for user in present.get(part.producer_code, ()):
            outbox.announce(FOR_MAKER, part_id=part.id, user_id=user.id)
