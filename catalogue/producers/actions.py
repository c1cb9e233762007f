"""Changes of producers, and who speaks for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from catalogue import audit, slugs
from catalogue.accounts.rules import may_invite
from catalogue.archive import archived_too
from catalogue.database import db
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now
from catalogue.kernel.errors import require
from catalogue.kernel.language import Bilingual
from catalogue.producers.listings import put_content
from catalogue.producers.models import Membership, Producer
from catalogue.producers.rules import ProducerKind, Voice, may_edit, may_help
from catalogue.records import by_code


def apply_listing(actor: Actor, code: str, content: Mapping[str, Any]) -> Producer:
    """Let the catalogue show this content: a new producer, or the one of that code as it now is."""
    require(may_edit(actor, code))
    with archived_too():
        producer = by_code(Producer, code) or Producer(code=code, sources=[])
        before = producer.name
        put_content(producer, content)
        if producer.name != before:
            slugs.address(producer)
        db.session.add(producer)
        db.session.flush()
    return producer


def enter(actor: Actor, code: str, name: str, kind: ProducerKind, place_id: int | None) -> Producer:
    """A maker that is new to us: there for those who will speak for it.

    The catalogue shows it once its own page was looked at and published.
    """
    require(may_help(actor))
    producer = Producer(code=code, name=Bilingual(name, None), kind=kind.value, place_id=place_id, sources=[])
    producer.archived_at = now()
    with archived_too():
        slugs.address(producer)
        db.session.add(producer)
        db.session.flush()
    audit.record(actor, "enter maker", producer)
    return producer


def archive_producer(code: str, moment: datetime | None) -> int | None:
    """Let a producer leave the catalogue, or come back (None); gives its number, None for nobody."""
    with archived_too():
        producer = by_code(Producer, code)
        if producer is None:
            return None
        producer.archived_at = moment
        db.session.flush()
        return producer.id


def join(user_id: int, producer_id: int, voice: Voice) -> None:
    """Let a person speak for a producer; whoever does already gets the new voice."""
    known = db.session.get(Membership, (user_id, producer_id))
    if known is None:
        db.session.add(Membership(user_id=user_id, producer_id=producer_id, voice=voice.value))
    else:
        known.voice = voice.value
    db.session.flush()


def end_voice(actor: Actor, membership: Membership) -> None:
    """Let a person speak for a producer no more; it counts with the next page that the person opens."""
    require(may_invite(actor, frozenset()))
    code, was = membership.producer.code, membership.voice
    db.session.delete(membership)
    audit.record(actor, "end_voice", ("producer", code), person=membership.user_id, voice=was)
