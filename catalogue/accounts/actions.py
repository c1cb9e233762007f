"""Letting people in and out."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import asdict

from sqlalchemy.exc import IntegrityError

from catalogue import audit
from catalogue.accounts import queries, rules
from catalogue.accounts.models import Application, Invitation, User
from catalogue.accounts.rules import ApplicationMessage, ApplicationState, tidy_email
from catalogue.database import db
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now
from catalogue.kernel.errors import RuleBroken, require


def invite(
    actor: Actor,
    email: str,
    language: str,
    *,
    roles: frozenset[str] = frozenset(),
    producer_id: int | None = None,
    voice: str | None = None,
) -> tuple[Invitation, str]:
    """An invitation and the secret of its link, which is kept nowhere else."""
    require(rules.may_invite(actor, roles))
    if not roles and producer_id is None:
        raise RuleBroken("invitation.for_nothing", field="producer")
    if not roles <= set(rules.Role):
        raise RuleBroken("role.unknown", field="roles")
    secret = secrets.token_urlsafe(32)
    invitation = Invitation(
        email=tidy_email(email),
        language=language,
        secret_hash=queries.secret_hash(secret),
        roles=sorted(roles),
        producer_id=producer_id,
        voice=voice,
        invited_by_id=actor.user_id,
        expires=now() + rules.INVITATION_LASTS,
    )
    db.session.add(invitation)
    audit.record(actor, "invite", invitation, email=invitation.email, roles=invitation.roles, voice=voice)
    return invitation, secret


def revoke(actor: Actor, invitation: Invitation) -> None:
    """Take an invitation back."""
    require(rules.may_invite(actor, frozenset(invitation.roles)))
    invitation.revoked = now()
    audit.record(actor, "take_back", invitation, email=invitation.email)


def accept(invitation: Invitation, name: str, password_hash: str | None) -> User:
    """Take an invitation up: a new account, or more rights for the one that has its address.

    Whoever has the letter's secret is who the invitation is for. A new account needs a password.
    """
    if not invitation.is_open(now()):
        raise RuleBroken("invitation.over")
    user = queries.user_by_email(invitation.email)
    if user is None:
        if not password_hash:
            raise RuleBroken("password.missing", field="password")
        user = create_user(invitation.email, name, invitation.language, password_hash)
    grant(user, frozenset(invitation.roles))
    invitation.accepted = now()
    audit.record(Actor(user.id, user.name), "accept", invitation, email=user.email, roles=invitation.roles)
    return user


def create_user(email: str, name: str, language: str, password_hash: str, *, sample: bool = False) -> User:
    """A new account; the password comes hashed, by `passwords.hashed`."""
    user = User(
        email=tidy_email(email),
        name=name,
        language=language,
        password=password_hash,
        fs_uniquifier=uuid.uuid4().hex,
        is_sample=sample,
    )
    db.session.add(user)
    db.session.flush()
    return user


def grant(user: User, roles: frozenset[str]) -> None:
    """Give roles besides those that the person has."""
    fresh = queries.roles(roles - user.role_codes)
    db.session.add_all(fresh)
    user.roles.extend(fresh)
    db.session.flush()


def set_password(user: User, password_hash: str, actor: Actor | None = None) -> None:
    """A new password ends every session and every link that was sent before. `actor`: who gives it, where
    that is somebody else."""
    user.password = password_hash
    end_sessions(user)
    audit.record(actor or Actor(user.id, user.name), "new_password", user)


def sign_out_everywhere(actor: Actor, user: User) -> None:
    """End every session of this person, on all devices."""
    require(actor.user_id == user.id or rules.may_shut_out(actor, user.id, user.role_codes))
    end_sessions(user)
    audit.record(actor, "end_sessions", user)


def end_sessions(user: User) -> None:
    """No session and no link of this person counts any more."""
    user.fs_uniquifier = uuid.uuid4().hex
    db.session.flush()


def speak(user: User, language: str) -> None:
    """The language of the workshop, the office and all mail for this person."""
    user.language = language
    db.session.flush()


def apply(message: ApplicationMessage) -> Application:
    """Keep an application, once: sent again unchanged from the same form, it is the one that is there."""
    known = queries.application_with_fingerprint(message.fingerprint)
    if known is not None:
        return known
    application = Application(**asdict(message), fingerprint=message.fingerprint)
    try:
        with db.session.begin_nested():
            db.session.add(application)
    except IntegrityError:  # the other half of a double click was quicker
        other = queries.application_with_fingerprint(message.fingerprint)
        if other is None:
            raise
        return other
    return application


def accept_application(
    actor: Actor, application: Application, producer_id: int, voice: str
) -> tuple[Invitation, str]:
    """Let the producer in: an invitation to speak for a producer of the catalogue."""
    _decide(actor, application, ApplicationState.ACCEPTED)
    return invite(actor, application.email, application.language, producer_id=producer_id, voice=voice)


def decline_application(actor: Actor, application: Application, reason: str) -> None:
    """Say no, with a reason that the producer is told."""
    if not reason:
        raise RuleBroken("application.without_reason", field="reason")
    application.reason = reason
    _decide(actor, application, ApplicationState.DECLINED)


def _decide(actor: Actor, application: Application, state: ApplicationState) -> None:
    require(rules.may_decide_application(actor))
    if application.state != ApplicationState.NEW:
        raise RuleBroken("application.decided")
    application.state = state.value
    application.decided, application.decided_by_id = now(), actor.user_id
    audit.record(actor, state.value, application, reason=application.reason, producer=application.producer)
