"""The office's forms about people."""

from __future__ import annotations

from collections.abc import Mapping

from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import Field, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import ValidationError

from catalogue.accounts.rules import Role, tidy_email
from catalogue.kernel.language import Language
from catalogue.producers.models import Producer
from catalogue.producers.rules import Voice
from catalogue.web import labels
from catalogue.web.language import read

LANGUAGES = ((Language.VI.value, "Tiếng Việt"), (Language.EN.value, "English"))
MOST_REASON = 1000


class OfficeForm(FlaskForm):  # type: ignore[misc]  # the library has no type hints
    """A form with lists to choose from."""

    def options(self, field: Field) -> list[dict[str, object]]:
        """What a list offers, for the template."""
        return [
            {"value": value, "label": label, "selected": value == field.data}
            for value, label in field.choices
        ]


class InvitationForm(OfficeForm):
    """Whom to let in, for which producer or with which roles. A name in the list is chosen by its code."""

    email = StringField(filters=[lambda text: tidy_email(text or "")])
    producer = SelectField(validate_choice=False)
    voice = SelectField(validate_choice=False)
    roles = SelectMultipleField(validate_choice=False)
    language = SelectField(choices=LANGUAGES, validate_choice=False)

    def take_choices(self, known: Mapping[str, Producer], *, may_give_roles: bool) -> None:
        """What there is to choose from."""
        self.producer.choices = [("", "–"), *((code, read(each.name)) for code, each in known.items())]
        self.voice.choices = [(voice.value, str(labels.VOICES[voice])) for voice in Voice]
        self.roles.choices = (
            [(role.value, str(labels.ROLES[role])) for role in Role] if may_give_roles else []
        )

    def validate_email(self, field: Field) -> None:
        try:
            validate_email(
                field.data, check_deliverability=False, test_environment=current_app.config["SAMPLE_ACCOUNTS"]
            )
        except EmailNotValidError as error:
            raise ValidationError(gettext("Check the address: it looks like lan@example.com.")) from error

    def validate_producer(self, field: Field) -> None:
        if not field.data and not self.roles.data:
            raise ValidationError(gettext("Choose the maker that the person will speak for."))
        if field.data not in dict(self.producer.choices):
            raise ValidationError(gettext("Choose one of the list."))

    def validate_voice(self, field: Field) -> None:
        _one_of(self.voice)

    def validate_roles(self, field: Field) -> None:
        if not set(field.data or ()) <= set(dict(field.choices)):
            raise ValidationError(gettext("Only administrators give roles in the office."))

    def validate_language(self, field: Field) -> None:
        _one_of(self.language)


class AcceptForm(OfficeForm):
    """Which producer of the catalogue an applicant will speak for."""

    producer = SelectField(validate_choice=False)
    voice = SelectField(validate_choice=False)

    def take_choices(self, known: Mapping[str, Producer]) -> None:
        """What there is to choose from."""
        self.producer.choices = [("", "–"), *((code, read(each.name)) for code, each in known.items())]
        self.voice.choices = [(voice.value, str(labels.VOICES[voice])) for voice in Voice]

    def validate_producer(self, field: Field) -> None:
        _one_of(field)
        if not field.data:
            raise ValidationError(gettext("Choose the maker that the person will speak for."))

    def validate_voice(self, field: Field) -> None:
        _one_of(field)


class DeclineForm(FlaskForm):  # type: ignore[misc]
    """Why not."""

    reason = TextAreaField(filters=[lambda text: (text or "").replace("\0", "").strip()])

    def validate_reason(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(gettext("Say why, in a sentence: it is sent as it stands."))
        if len(field.data) > MOST_REASON:
            raise ValidationError(gettext("Keep it under %(num)s signs.", num=MOST_REASON))


def _one_of(field: Field) -> None:
    if field.data not in dict(field.choices):
        raise ValidationError(gettext("Choose one of the list."))
