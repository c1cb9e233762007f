"""What kinds of producers there are, who speaks for them, and what such a person may do."""

from __future__ import annotations

from enum import StrEnum

from catalogue.accounts.rules import Role
from catalogue.kernel.actor import Actor


class ProducerKind(StrEnum):
    """A tổ hợp tác and a set of households count as an artisan group (data README)."""

    COMPANY = "company"
    COOPERATIVE = "cooperative"
    HOUSEHOLD = "household"
    ARTISAN_GROUP = "artisan-group"
    FARM = "farm"


class Voice(StrEnum):
    """As what somebody speaks for a producer."""

    OWNER = "owner"
    EDITOR = "editor"


def may_enter_workshop(actor: Actor) -> bool:
    """Whoever speaks for a producer, and staff, who help."""
    return bool(actor.speaks_for) or actor.is_staff


def may_edit(actor: Actor, producer_code: str) -> bool:
    """Its own people, and staff in its name (the producer then confirms what was changed); readers of the
    office only read."""
    return producer_code in actor.speaks_for or bool(actor.roles - {Role.VIEWER})
