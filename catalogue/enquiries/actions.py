"""Keeping what readers write."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy.exc import IntegrityError

from catalogue.database import db
from catalogue.enquiries.models import CorrectionRequest
from catalogue.enquiries.queries import request_with_fingerprint
from catalogue.enquiries.rules import CorrectionMessage
from catalogue.kernel.clock import now


def receive(message: CorrectionMessage) -> CorrectionRequest:
    """Keep a message, once: sent again unchanged from the same form, it is the request that is there."""
    known = request_with_fingerprint(message.fingerprint)
    if known is not None:
        return known
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
