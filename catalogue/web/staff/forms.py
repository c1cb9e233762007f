"""The office's forms about people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import Field, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import ValidationError

from catalogue.accounts.rules import Role, tidy_email
from catalogue.kernel.language import Bilingual, Language
from catalogue.places.models import Place
from catalogue.producers.rules import Voice
from catalogue.web import labels
from catalogue.web.language import read

LANGUAGES = {Language.VI.value: "Tiếng Việt", Language.EN.value: "English"}
NOBODY = {"": "–"}
NEW_MAKER = "+"  # no code: those hold letters, digits and hyphens
MOST_REASON = 1000


class ChoosingForm(FlaskForm):  # type: ignore[misc]  # the library has no type hints
    """A form with lists to choose from. `offered`: by field, the values and their words."""

    offered: Mapping[str, Mapping[str, str]]

    def options(self, field: Field) -> list[dict[str, object]]:
        """What a list offers, for the template."""
        return [
            {"value": value, "label": label, "selected": value == field.data}
            for value, label in self.offered[field.name].items()
        ]

    def must_be_offered(self, field: Field) -> None:
        """Nothing but what stands in the list."""
        if (field.data or "") not in self.offered[field.name]:
            raise ValidationError(gettext("Choose one of the list."))


class InvitationForm(ChoosingForm):
    """Whom to let in, for which producer or with which roles."""

    email = StringField(filters=[lambda text: tidy_email(text or "")])
    producer = StringField()
    voice = StringField()
    roles = SelectMultipleField(choices=[], validate_choice=False)
    language = StringField()

    def offer(self, known: Mapping[str, Bilingual], *, may_give_roles: bool) -> None:
        """What there is to choose from."""
        roles = {role.value: str(labels.ROLES[role]) for role in Role}
        self.offered = _makers(known) | {"roles": roles if may_give_roles else {}, "language": LANGUAGES}

    def validate_email(self, field: Field) -> None:
        try:
            validate_email(
                field.data, check_deliverability=False, test_environment=current_app.config["SAMPLE_ACCOUNTS"]
            )
        except EmailNotValidError as error:
            raise ValidationError(gettext("Check the address: it looks like lan@example.com.")) from error

    def validate_producer(self, field: Field) -> None:
        self.must_be_offered(field)
        if not field.data and not self.roles.data:
            raise ValidationError(gettext("Choose the maker that the person will speak for."))

    def validate_voice(self, field: Field) -> None:
        self.must_be_offered(field)

    def validate_roles(self, field: Field) -> None:
        if not set(field.data or ()) <= set(self.offered["roles"]):
            raise ValidationError(gettext("Only administrators give roles in the office."))

    def validate_language(self, field: Field) -> None:
        self.must_be_offered(field)


class AcceptForm(ChoosingForm):
    """Which producer an applicant will speak for: one that is there, or a new one with its kind and place."""

    producer = StringField()
    voice = StringField()
    kind = StringField()
    place = StringField()

    def offer(self, known: Mapping[str, Bilingual], places: Sequence[Place]) -> None:
        """What there is to choose from."""
        makers = _makers(known)
        new = {"": "–", NEW_MAKER: gettext("A new maker, named as in the application")}
        self.offered = makers | {
            "producer": {**new, **makers["producer"]},
            "kind": NOBODY | {code: str(words) for code, words in labels.PRODUCER_KINDS.items()},
            "place": NOBODY | {place.code: read(place.name) for place in places},
        }

    @property
    def is_new(self) -> bool:
        """Whether the producer is not in the catalogue yet."""
        return bool(self.producer.data == NEW_MAKER)

    def validate_kind(self, field: Field) -> None:
        self.must_be_offered(field)
        if self.is_new and not field.data:
            raise ValidationError(gettext("Say what kind of maker the new one is."))

    def validate_place(self, field: Field) -> None:
        self.must_be_offered(field)

    def validate_producer(self, field: Field) -> None:
        self.must_be_offered(field)
        if not field.data:
            raise ValidationError(gettext("Choose the maker that the person will speak for."))

    def validate_voice(self, field: Field) -> None:
        self.must_be_offered(field)


class DeclineForm(FlaskForm):  # type: ignore[misc]
    """Why not."""

    reason = TextAreaField(filters=[lambda text: (text or "").replace("\0", "").strip()])

    def validate_reason(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(gettext("Say why, in a sentence: it is sent as it stands."))
        if len(field.data) > MOST_REASON:
            raise ValidationError(gettext("Keep it under %(num)s signs.", num=MOST_REASON))


def _makers(known: Mapping[str, Bilingual]) -> dict[str, Mapping[str, str]]:
    return {
        "producer": NOBODY | {code: read(name) for code, name in known.items()},
        "voice": {voice.value: str(labels.VOICES[voice]) for voice in Voice},
    }
