"""Passwords as they are kept: argon2id over one Unicode form, whoever sets them and by whatever way."""

from __future__ import annotations

from flask_security import hash_password

from catalogue.accounts.rules import tidy_password


def hashed(password: str) -> str:
    """The hash of a password; inside an application only, for the settings are the sign-in library's."""
    return str(hash_password(tidy_password(password)))
