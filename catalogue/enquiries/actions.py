"""Keeping what readers write."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy.exc import IntegrityError

from catalogue.database import db
from catalogue.enquiries.models import CorrectionRequest, SentMessage
from catalogue.enquiries.queries import messages_sent_before, request_with_fingerprint, times_of
from catalogue.enquiries.rules import WITHIN, CorrectionMessage, is_too_many
from catalogue.kernel.clock import now
from catalogue.kernel.errors import RuleBroken


def receive(message: CorrectionMessage, sender: str) -> CorrectionRequest:
    """Keep a message, once: sent again unchanged from the same form, it is the request that is there.

    `sender` tells senders apart without naming them; RuleBroken if one sends too many within a minute.
    """
    known = request_with_fingerprint(message.fingerprint)
    if known is not None:
        return known
    _count(sender)
    values = {name: value for name, value in asdict(message).items() if name != "draft"}
    request = CorrectionRequest(**values, fingerprint=message.fingerprint, received=now())
    try:
        with db.session.begin_nested():
            db.session.add(request)
    except IntegrityError:  # the other half of a double click was quicker
        other = request_with_fingerprint(message.fingerprint)
        if other is None:
            raise
        return other
    return request


def _count(sender: str) -> None:
    """Note the message before counting: in SQLite that makes other processes wait, so none slips by."""
    moment = now()
    db.session.add(SentMessage(sender=sender, at=moment))
    db.session.flush()
    for past in messages_sent_before(moment - WITHIN):
        db.session.delete(past)
    if is_too_many(times_of(sender), moment):
        raise RuleBroken("message.too_many")
