"""Letting people in and out."""

from __future__ import annotations

import uuid
from dataclasses import asdict

from sqlalchemy.exc import IntegrityError

from catalogue import audit, outbox
from catalogue.accounts import queries, rules
from catalogue.accounts.models import Application, Invitation, User
from catalogue.accounts.rules import ApplicationMessage, ApplicationState, tidy_email
from catalogue.database import db, lock
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now
from catalogue.kernel.errors import RuleBroken, require

# The letters that are written once what they tell of is kept; see letters.py.
LINK_ASKED, NEW_ADDRESS = "account.link_asked", "account.new_address"
PASSWORD_CHANGED, INVITED = "account.password_changed", "account.invited"
SECOND_STEP_GONE = "account.second_step_gone"
APPLIED, DECLINED = "application.received", "application.declined"


def invite(
    actor: Actor,
    email: str,
    language: str,
    *,
    roles: frozenset[str] = frozenset(),
    producer_id: int | None = None,
    voice: str | None = None,
) -> Invitation:
    """An invitation, and the letter that brings it."""
    require(rules.may_invite(actor, roles))
    if not roles and producer_id is None:
        raise RuleBroken("invitation.for_nothing", field="producer")
    if not roles <= set(rules.Role):
        raise RuleBroken("role.unknown", field="roles")
    invitation = Invitation(
        email=tidy_email(email),
        language=language,
        roles=sorted(roles),
        producer_id=producer_id,
        voice=voice,
        invited_by_id=actor.user_id,
        expires=now() + rules.INVITATION_LASTS,
    )
    db.session.add(invitation)
    audit.record(actor, "invite", invitation, email=invitation.email, roles=invitation.roles, voice=voice)
    outbox.announce(INVITED, invitation_id=invitation.id)
    return invitation


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
    """A new password ends every session and every link that was sent before; the person is told. `actor`:
    who gives it, where that is somebody else."""
    user.password = password_hash
    end_sessions(user)
    audit.record(actor or Actor(user.id, user.name), "new_password", user)
    tell_password_changed(user)


def tell_password_changed(user: User) -> None:
    """A letter, in case it was somebody else."""
    outbox.announce(PASSWORD_CHANGED, user_id=user.id)


def ask_link(email: str, purpose: str, language: str) -> None:
    """A letter with a link, if somebody has that address; the same is written down if nobody has, so that
    neither the answer nor the time that it takes tells."""
    user = queries.user_by_email(email)
    known = user.id if user is not None and user.active else 0
    outbox.announce_ahead(LINK_ASKED, user_id=known, purpose=purpose, language=language)


def ask_new_address(user: User, email: str, language: str) -> None:
    """A letter to another address that this person wants to sign in with."""
    outbox.announce_ahead(NEW_ADDRESS, user_id=user.id, email=email, language=language)


def sign_out_everywhere(actor: Actor, user: User) -> None:
    """End every session of this person, on all devices."""
    require(actor.user_id == user.id or rules.may_shut_out(actor, user.id, user.role_codes))
    end_sessions(user)
    audit.record(actor, "end_sessions", user)


def end_sessions(user: User) -> None:
    """No session and no link of this person counts any more."""
    user.fs_uniquifier = uuid.uuid4().hex
    db.session.flush()


def forget_second_step(actor: Actor, user: User) -> None:
    """For whoever has lost phone and recovery codes: every second step goes, and every session ends.

    Whoever must have a second step sets one up at the next signing in. The person is told.
    """
    require(rules.may_take_off_second_step(actor))
    user.tf_totp_secret = user.tf_primary_method = user.tf_last_counter = None
    user.mf_recovery_codes = None
    user.webauthn.clear()
    end_sessions(user)
    audit.record(actor, "second_step_gone", user)
    outbox.announce(SECOND_STEP_GONE, user_id=user.id)


def speak(user: User, language: str) -> None:
    """The language of the workshop, the office and all mail for this person."""
    user.language = language
    db.session.flush()


def apply(message: ApplicationMessage) -> Application:
    """Keep an application, once, and acknowledge it: sent again unchanged from the same form, it is the one
    that is there."""
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
    outbox.announce(APPLIED, application_id=application.id)
    return application


def accept_application(actor: Actor, application: Application, producer_id: int, voice: str) -> Invitation:
    """Let the producer in: an invitation to speak for a producer of the catalogue."""
    _decide(actor, application, ApplicationState.ACCEPTED)
    return invite(actor, application.email, application.language, producer_id=producer_id, voice=voice)


def decline_application(actor: Actor, application: Application, reason: str) -> None:
    """Say no, with a reason that the producer is told."""
    if not reason:
        raise RuleBroken("application.without_reason", field="reason")
    _decide(actor, application, ApplicationState.DECLINED, reason)
    outbox.announce(DECLINED, application_id=application.id)


def _decide(
    actor: Actor, application: Application, state: ApplicationState, reason: str | None = None
) -> None:
    lock(application)
    require(rules.may_decide_application(actor))
    if application.state != ApplicationState.NEW:
        raise RuleBroken("application.decided")
    application.state, application.reason = state.value, reason
    application.decided, application.decided_by_id = now(), actor.user_id
    audit.record(actor, state.value, application, reason=application.reason, producer=application.producer)
