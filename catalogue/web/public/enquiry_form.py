"""The form of an enquiry: what must be filled in, and what is said of what is not."""

from __future__ import annotations

import re
import secrets
from datetime import date
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, StringField, TextAreaField
from wtforms.validators import ValidationError

from catalogue.accounts.rules import tidy_email
from catalogue.enquiries.rules import MOST_SHORT_TEXT, MOST_TEXT, Question, clean
from catalogue.kernel.clock import today
from catalogue.kernel.language import Language
from catalogue.web import labels
from catalogue.web.enquiry_words import LANGUAGES
from catalogue.web.language import current
from catalogue.web.public.selection import Selection

# As browsers send a day, and as people here write one.
ISO_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
WRITTEN_DAY = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})")
MOST_EMAIL = 254


def _text(data: object) -> str:
    return clean(str(data or ""))


class EnquiryForm(FlaskForm):  # type: ignore[misc]  # the library has no type hints
    """Everything typed stays in its field, whatever is missing. `homepage` is a trap that nobody sees."""

    need = TextAreaField(filters=[_text])
    quantity = StringField(filters=[_text])
    needed_by = StringField(filters=[_text])
    market = StringField(filters=[_text])
    name = StringField(filters=[_text])
    email = StringField(filters=[lambda text: tidy_email(_text(text))])
    language = StringField(default=lambda: current().value)
    homepage = StringField()
    draft = HiddenField(default=lambda: secrets.token_urlsafe(12))

    def validate_need(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(lazy_gettext("Write what you would like to know or buy, in a sentence."))
        _at_most(field, MOST_TEXT)

    def validate_quantity(self, field: Field) -> None:
        _at_most(field, MOST_SHORT_TEXT)

    def validate_name(self, field: Field) -> None:
        _at_most(field, MOST_SHORT_TEXT)

    def validate_needed_by(self, field: Field) -> None:
        """A day of the calendar that is not over."""
        if not field.data:
            return
        day = read_day(field.data)
        if day is None:
            raise ValidationError(lazy_gettext("Write the day like 24/12/2026, or leave it empty."))
        if day < today():
            raise ValidationError(lazy_gettext("This day is over. Choose a later one, or leave it empty."))

    def validate_market(self, field: Field) -> None:
        if field.data and field.data not in labels.all_countries():
            raise ValidationError(lazy_gettext("Choose one of the list."))

    def validate_email(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(lazy_gettext("Give an e-mail address: the answer goes there."))
        _at_most(field, MOST_EMAIL)
        try:
            validate_email(
                field.data, check_deliverability=False, test_environment=current_app.config["SAMPLE_ACCOUNTS"]
            )
        except EmailNotValidError as error:
            raise ValidationError(
                lazy_gettext("Check the address: it looks like lan@example.com.")
            ) from error

    def validate_language(self, field: Field) -> None:
        if field.data not in set(Language):
            raise ValidationError(lazy_gettext("Choose one of the list."))

    def question(self, chosen: Selection) -> Question:
        """What was written, when the form is valid."""
        return Question(
            products=chosen.products,
            producers=chosen.producers,
            need=self.need.data,
            quantity=self.quantity.data or None,
            needed_by=read_day(self.needed_by.data),
            market=self.market.data or None,
            email=self.email.data,
            name=self.name.data or None,
            language=self.language.data,
            suspect=bool(self.homepage.data),
            draft=(self.draft.data or "")[:MOST_SHORT_TEXT],
        )

    def markets(self) -> list[dict[str, Any]]:
        """The countries to choose from, the home market first."""
        named = labels.all_countries()
        first = {"": gettext("Not said"), "VN": named["VN"]}
        return [
            {"value": code, "label": name, "selected": code == (self.market.data or "")}
            for code, name in (first | named).items()
        ]

    def languages(self) -> list[dict[str, Any]]:
        """In which language the answer may come."""
        return [
            {"value": code, "label": name, "checked": self.language.data == code}
            for code, name in LANGUAGES.items()
        ]


def read_day(text: str | None) -> date | None:
    """24/12/2026 or 2026-12-24; None for anything that is no day."""
    found = ISO_DAY.fullmatch(text or "") or WRITTEN_DAY.fullmatch(text or "")
    if found is None:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _at_most(field: Field, number: int) -> None:
    if len(field.data or "") > number:
        raise ValidationError(gettext("Keep it under %(num)s signs.", num=number))
