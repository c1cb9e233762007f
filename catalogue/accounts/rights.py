"""What a person may do from now on: tasks in the office, and whether the person comes in at all."""

from __future__ import annotations

from catalogue import audit
from catalogue.accounts import queries, rules
from catalogue.accounts.actions import end_sessions
from catalogue.accounts.models import User
from catalogue.database import db, lock
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import RuleBroken, require


def set_roles(actor: Actor, user: User, roles: frozenset[str]) -> None:
    """Give a person exactly these tasks; it counts with the next page that the person opens."""
    lock(user)
    require(rules.may_change_roles(actor, user.id))
    if not roles <= set(rules.Role):
        raise RuleBroken("role.unknown", field="roles")
    before = user.role_codes
    if roles == before:
        return
    found = queries.roles(roles)
    db.session.add_all(found)
    user.roles = found
    audit.record(actor, "set_roles", user, before=sorted(before), after=sorted(roles))


def shut_out(actor: Actor, user: User, reason: str) -> None:
    """Let a person in no more; every session ends with the next page that it asks for."""
    lock(user)
    require(rules.may_shut_out(actor, user.id, user.role_codes))
    if not reason:
        raise RuleBroken("people.without_reason", field="reason")
    if user.active:
        user.active = False
        end_sessions(user)
        audit.record(actor, "shut_out", user, reason=reason)


def let_in_again(actor: Actor, user: User) -> None:
    """Let a person in again who was shut out."""
    lock(user)
    require(rules.may_shut_out(actor, user.id, user.role_codes))
    if not user.active:
        user.active = True
        audit.record(actor, "let_in_again", user)
