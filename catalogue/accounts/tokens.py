"""What a link in a mail proves: who it was sent to, what for, and that it is fresh and not used yet.

No link is kept anywhere: the worker makes it when it writes the letter.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from flask import current_app
from flask_security.utils import hash_data
from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer

from catalogue.accounts import queries
from catalogue.accounts.models import Invitation, User
from catalogue.kernel.clock import now
from catalogue.kernel.errors import NotFound


class Purpose(StrEnum):
    """What a link is good for."""

    SIGN_IN = "sign-in"
    PASSWORD = "password"  # noqa: S105  # a purpose, no secret


LASTS = {Purpose.SIGN_IN: timedelta(minutes=15), Purpose.PASSWORD: timedelta(hours=1)}


def make(user: User, purpose: Purpose) -> str:
    """The secret part of a link. Its use ends it and all of its kind that were sent before; a new password
    and signing out everywhere end those of both kinds."""
    return str(_signer(purpose).dumps([user.fs_uniquifier, _used(user, purpose)]))


def owner(token: str, purpose: Purpose) -> User | None:
    """Whom the link was sent to; None where it is made up, too old or used."""
    try:
        uniquifier, number = _signer(purpose).loads(token, max_age=int(LASTS[purpose].total_seconds()))
    except (BadSignature, TypeError, ValueError):
        return None
    user = queries.user_by_uniquifier(str(uniquifier))
    return user if user and user.active and _used(user, purpose) == number else None


def _used(user: User, purpose: Purpose) -> int:
    """How many links of that kind were used. One to a new password is used by giving one, which changes what
    names the person in every link: nothing has to be counted."""
    return user.links_used if purpose is Purpose.SIGN_IN else 0


def for_new_address(user: User, email: str) -> str:
    """The secret part of the link that gives an account another address, as the sign-in library reads it."""
    serializer = current_app.extensions["security"].change_email_serializer
    return str(serializer.dumps([user.fs_uniquifier, hash_data(user.email), email]))


def for_invitation(invitation: Invitation) -> str:
    """The secret part of an invitation's link."""
    return str(_invitation_signer().dumps([invitation.id, invitation.email]))


def open_invitation(token: str) -> Invitation:
    """The invitation that a link belongs to, while it can be taken up; NotFound."""
    try:
        number, email = _invitation_signer().loads(token)
    except (BadSignature, TypeError, ValueError):
        raise NotFound("invitation.unknown") from None
    found = queries.invitation(int(number))
    if found.email != email or not found.is_open(now()):
        raise NotFound("invitation.unknown")
    return found


def _invitation_signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="invitation")


def _signer(purpose: Purpose) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt=f"link to {purpose}")
