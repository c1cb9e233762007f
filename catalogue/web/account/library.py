"""Where the sign-in library is told to do as we do: mail, passwords, codes and passkeys."""

from __future__ import annotations

from typing import Any

import email_validator
from flask import current_app
from flask_security import MailUtil, PasswordUtil, WebauthnUtil
from flask_security import Totp as LibraryTotp
from flask_security.mail_util import EmailValidateException
from flask_security.utils import get_message, url_for_security
from flask_security.webauthn import WebAuthnTfPlugin, has_webauthn
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from werkzeug.utils import redirect

from catalogue.accounts import actions
from catalogue.accounts.rules import LEAST_PASSWORD, MOST_PASSWORD, letters_of, tidy_email, tidy_password
from catalogue.database import transaction
from catalogue.web.language import current


class Mail(MailUtil):
    """The one letter that the library writes is written by the worker, which makes the link anew."""

    def send_mail(
        self, template: str, subject: str, recipient: Any, sender: Any, body: Any, html: Any, **context: Any
    ) -> None:
        """The letter to a new address; the library sends no other in this site."""
        with transaction():
            actions.ask_new_address(context["user"], str(recipient), current().value)

    def normalize(self, email: str) -> str:
        """An address as accounts keep it."""
        try:
            return address(email)
        except ValueError:
            raise EmailValidateException(get_message("INVALID_EMAIL_ADDRESS")[0]) from None

    validate = normalize


def address(text: str) -> str:
    """An e-mail address as accounts keep it; ValueError where it is none. Nobody asks whether it exists."""
    checked = email_validator.validate_email(
        tidy_email(text),
        check_deliverability=False,
        test_environment=current_app.config["SAMPLE_ACCOUNTS"],  # sample people live at example.test
    )
    return tidy_email(checked.normalized)


class Passwords(PasswordUtil):
    """One Unicode form everywhere, and a length that is counted as people count."""

    def normalize(self, password: str) -> str:
        return tidy_password(password)

    def validate(self, password: str, is_register: bool, **_more: Any) -> tuple[list[str] | None, str]:
        """What is wrong with a new password, and the password in the form that is kept."""
        if not LEAST_PASSWORD <= letters_of(password) <= MOST_PASSWORD:
            return [get_message("PASSWORD_INVALID_LENGTH", length=LEAST_PASSWORD)[0]], password
        return None, tidy_password(password)


class Totp(LibraryTotp):
    """A code counts once."""

    def get_last_counter(self, user: Any) -> int | None:
        last: int | None = user.tf_last_counter
        return last

    def set_last_counter(self, user: Any, tmatch: Any) -> None:
        user.tf_last_counter = tmatch.counter


class PasskeyOptions(WebauthnUtil):
    """Passkeys of any kind, the phone's own included, that ask for a finger, a face or a PIN.

    So a passkey is two factors at once, and is found without typing an address.
    """

    def authenticator_selection(self, user: Any, usage: str) -> AuthenticatorSelectionCriteria:
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            require_resident_key=True,
            user_verification=UserVerificationRequirement.REQUIRED,
        )

    def user_verification(self, user: Any, usage: list[str]) -> UserVerificationRequirement:
        return UserVerificationRequirement.REQUIRED

    def origin(self) -> str:
        return str(current_app.config["SITE_URL"])


class PasskeyFactor(WebAuthnTfPlugin):
    """For staff who have a passkey and no codes, a password alone leads to the passkey, which signs in."""

    def get_setup_methods(self, user: Any) -> list[tuple[str, str]]:
        has_key = has_webauthn(user, "first") and not user.tf_totp_secret
        return [("webauthn", "webauthn")] if has_key else []

    def tf_login(self, user: Any, json_payload: dict[str, Any], next_loc: str | None) -> Any:
        return redirect(url_for_security("wan_signin", **({"next": next_loc} if next_loc else {})), 303)
