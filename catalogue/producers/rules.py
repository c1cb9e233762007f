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


# Who in the office writes in a maker's name; those who only read, or translate, do not.
HELPERS = frozenset({Role.REVIEWER, Role.REGISTRAR, Role.CURATOR, Role.ADMINISTRATOR})


class Voice(StrEnum):
    """As what somebody speaks for a producer."""

    OWNER = "owner"
    EDITOR = "editor"


def may_enter_workshop(actor: Actor) -> bool:
    """Whoever speaks for a producer, and those of the office who help."""
    return bool(actor.speaks_for) or may_help(actor)


def may_help(actor: Actor) -> bool:
    """Whoever of the office may write in any maker's name."""
    return bool(actor.roles & HELPERS)


def may_edit(actor: Actor, producer_code: str) -> bool:
    """Its own people, and the office in its name (the producer then confirms what was changed)."""
    return producer_code in actor.speaks_for or may_help(actor)


def may_archive(actor: Actor, producer_code: str) -> bool:
    """Taking something out of the catalogue is for the owner, and for the office in its name."""
    return actor.speaks_for.get(producer_code) == Voice.OWNER or may_help(actor)
