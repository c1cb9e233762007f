"""The form of a correction request: what must be filled in, and what is said of what is not."""

from __future__ import annotations

import secrets
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, StringField, TextAreaField
from wtforms.validators import ValidationError

from catalogue.enquiries.rules import MOST_SHORT_TEXT, MOST_TEXT, CorrectionKind, CorrectionMessage, clean
from catalogue.web.language import current

TOO_LONG = lazy_gettext(
    "This is too long. Keep it under %(num)s signs, and send a second message for the rest."
)


def _text(data: object) -> str:
    return clean(str(data or ""))


def _needs(sentence: Any) -> Any:
    def check(_form: FlaskForm, field: Field) -> None:
        if not field.data:
            raise ValidationError(sentence)

    return check


def _at_most(number: int) -> Any:
    def check(_form: FlaskForm, field: Field) -> None:
        if len(field.data or "") > number:
            raise ValidationError(TOO_LONG % {"num": number})

    return check


class CorrectionForm(FlaskForm):  # type: ignore[misc]  # the library has no type hints
    """Everything typed stays in its field, whatever is missing. `homepage` is a trap that nobody sees."""

    kind = StringField()
    record = HiddenField(filters=[_text])
    about = StringField(filters=[_text], validators=[_at_most(MOST_SHORT_TEXT)])
    text = TextAreaField(
        filters=[_text],
        validators=[
            _needs(lazy_gettext("Write what is wrong and how it should be, in a sentence or two.")),
            _at_most(MOST_TEXT),
        ],
    )
    contact = StringField(
        filters=[_text],
        validators=[
            _needs(lazy_gettext("Give an e-mail address or a telephone number, so that we can answer.")),
            _at_most(MOST_SHORT_TEXT),
        ],
    )
    name = StringField(filters=[_text], validators=[_at_most(MOST_SHORT_TEXT)])
    homepage = StringField()
    draft = HiddenField(default=lambda: secrets.token_urlsafe(12))

    def validate_kind(self, field: Field) -> None:
        if field.data not in set(CorrectionKind):
            raise ValidationError(lazy_gettext("Choose what you want us to do."))

    def validate_about(self, field: Field) -> None:
        if not field.data and not self.record.data:
            raise ValidationError(lazy_gettext("Say which product, maker, village or page you mean."))

    def validate_contact(self, field: Field) -> None:
        """An e-mail address or a telephone number that could exist; nobody is called to find out."""
        if not _is_address(field.data) if "@" in field.data else not _is_number(field.data):
            raise ValidationError(
                lazy_gettext(
                    "Check this: an address such as lan@example.com, or a number such as 0912 345 678."
                )
            )

    def message(self) -> CorrectionMessage:
        """What was written, when the form is valid."""
        return CorrectionMessage(
            kind=CorrectionKind(self.kind.data),
            record=self.record.data or None,
            about=self.about.data or None,
            text=self.text.data,
            contact=self.contact.data,
            name=self.name.data or None,
            language=current().value,
            suspect=bool(self.homepage.data),
            draft=self.draft.data or "",
        )


def _is_address(text: str) -> bool:
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def _is_number(text: str) -> bool:
    """A Vietnamese number, or one of any country after a plus sign."""
    import phonenumbers  # 1 MB, for who leaves a number

    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(text, "VN"))
    except phonenumbers.NumberParseException:
        return False
