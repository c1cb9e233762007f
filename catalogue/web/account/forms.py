"""The account's own forms: an address, and a new password."""

from __future__ import annotations

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, StringField
from wtforms.validators import ValidationError

from catalogue.accounts.rules import LEAST_PASSWORD, MOST_PASSWORD, letters_of, tidy_password
from catalogue.web.account.library import address
from catalogue.web.account.words import MESSAGES
from catalogue.web.private import tidy

MOST_NAME = 100


class AddressForm(FlaskForm):  # type: ignore[misc]  # the library has no type hints
    """Where to send a link."""

    email = StringField()

    def validate_email(self, field: Field) -> None:
        try:
            field.data = address(field.data or "")
        except ValueError as error:
            raise ValidationError(gettext(MESSAGES["INVALID_EMAIL_ADDRESS"][0])) from error


class NewPasswordForm(FlaskForm):  # type: ignore[misc]
    """A password, twice."""

    password = PasswordField()
    again = PasswordField()

    def validate_password(self, field: Field) -> None:
        if not LEAST_PASSWORD <= letters_of(field.data or "") <= MOST_PASSWORD:
            raise ValidationError(gettext(MESSAGES["PASSWORD_INVALID_LENGTH"][0], length=LEAST_PASSWORD))

    def validate_again(self, field: Field) -> None:
        if tidy_password(field.data or "") != tidy_password(self.password.data or ""):
            raise ValidationError(gettext(MESSAGES["RETYPE_PASSWORD_MISMATCH"][0]))


class WelcomeForm(NewPasswordForm):
    """How somebody who was invited wants to be called, and a password."""

    name = StringField(filters=[tidy])

    def validate_name(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(gettext("Write your name, as colleagues call you."))
        if len(field.data) > MOST_NAME:
            raise ValidationError(gettext("Keep it under %(num)s signs.", num=MOST_NAME))
