"""What a link in a mail proves: who it was sent to, what for, and that it is fresh and not used yet."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

from catalogue.accounts.models import User
from catalogue.accounts.queries import user_by_uniquifier


class Purpose(StrEnum):
    """What a link is good for."""

    SIGN_IN = "sign-in"
    PASSWORD = "password"  # noqa: S105  # a purpose, no secret


LASTS = {Purpose.SIGN_IN: timedelta(minutes=15), Purpose.PASSWORD: timedelta(hours=1)}


def make(user: User, purpose: Purpose) -> str:
    """The secret part of a link; a new password, signing out everywhere, or its use ends it."""
    return str(_signer(purpose).dumps([user.fs_uniquifier, user.links_used]))


def owner(token: str, purpose: Purpose) -> User | None:
    """Whom the link was sent to; None where it is made up, too old or used."""
    try:
        uniquifier, number = _signer(purpose).loads(token, max_age=int(LASTS[purpose].total_seconds()))
    except (BadSignature, TypeError, ValueError):
        return None
    user = user_by_uniquifier(str(uniquifier))
    return user if user and user.active and user.links_used == number else None


def _signer(purpose: Purpose) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt=f"link to {purpose}")
