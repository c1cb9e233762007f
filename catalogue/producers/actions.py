"""Who speaks for a producer."""

from __future__ import annotations

from catalogue.database import db
from catalogue.producers.models import Membership
from catalogue.producers.rules import Voice


def join(user_id: int, producer_id: int, voice: Voice) -> None:
    """Let a person speak for a producer; whoever does already gets the new voice."""
    known = db.session.get(Membership, (user_id, producer_id))
    if known is None:
        db.session.add(Membership(user_id=user_id, producer_id=producer_id, voice=voice.value))
    else:
        known.voice = voice.value
    db.session.flush()
