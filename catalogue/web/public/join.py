"""A producer asks to join: its name, place and craft, whom to answer, and photographs of papers."""

from __future__ import annotations

import secrets
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask import Blueprint, Response, current_app, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.exc import SQLAlchemyError
from wtforms import Field, HiddenField, StringField, TextAreaField
from wtforms.validators import ValidationError

from catalogue.accounts import actions, queries
from catalogue.accounts.rules import ApplicationMessage, tidy_email
from catalogue.adapters.papers import DRAFT
from catalogue.database import transaction
from catalogue.kernel.errors import NotFound
from catalogue.web import papers
from catalogue.web.language import address, current, page
from catalogue.web.limits import wait_before_application
from catalogue.web.page import show as render
from catalogue.web.private import not_kept, tidy

FIELDS = ("producer", "place", "craft", "person", "email", "telephone", "text")
MOST_LINE, MOST_TEXT = 200, 4000
NEEDED = {
    "producer": lazy_gettext("Write the name of the business, cooperative or household."),
    "place": lazy_gettext("Write the commune, ward or village."),
    "craft": lazy_gettext("Write what you make or grow."),
    "person": lazy_gettext("Write the name of the person whom we answer."),
    "email": lazy_gettext("Give an e-mail address: the invitation goes there."),
}

blueprint = Blueprint("join", __name__)


class JoinForm(FlaskForm):  # type: ignore[misc]  # the library has no type hints
    """Everything typed stays in its field, whatever is missing. `homepage` is a trap that nobody sees."""

    producer = StringField(filters=[tidy])
    place = StringField(filters=[tidy])
    craft = StringField(filters=[tidy])
    person = StringField(filters=[tidy])
    email = StringField(filters=[lambda text: tidy_email(text or "")])
    telephone = StringField(filters=[tidy])
    text = TextAreaField(filters=[lambda text: (text or "").replace("\0", "").strip()])
    homepage = StringField()
    draft = HiddenField(default=lambda: secrets.token_urlsafe(12))

    def validate(self, **more: Any) -> bool:
        """What is needed is there and not too long."""
        sound = bool(super().validate(**more))
        for name, sentence in NEEDED.items():
            if not self[name].data:
                self[name].errors = [str(sentence)]
                sound = False
        for name in FIELDS:
            most = MOST_TEXT if name == "text" else MOST_LINE
            if len(self[name].data or "") > most:
                self[name].errors = [gettext("Keep it under %(num)s signs.", num=most)]
                sound = False
        return sound

    def validate_email(self, field: Field) -> None:
        if not field.data:
            return
        try:
            validate_email(
                field.data, check_deliverability=False, test_environment=current_app.config["SAMPLE_ACCOUNTS"]
            )
        except EmailNotValidError as error:
            raise ValidationError(gettext("Check the address: it looks like lan@example.com.")) from error

    def message(self) -> ApplicationMessage:
        """What was written, when the form is valid."""
        return ApplicationMessage(
            producer=self.producer.data,
            place=self.place.data,
            craft=self.craft.data,
            person=self.person.data,
            email=self.email.data,
            telephone=self.telephone.data or None,
            text=self.text.data or None,
            language=current().value,
            suspect=bool(self.homepage.data),
            draft=self.draft.data,
        )


@page(blueprint, vi="/tham-gia", en="/join", methods=("GET", "POST"))
def write() -> ResponseReturnValue:
    """The form, and what becomes of it; whatever goes wrong, what was typed and sent is kept."""
    request.max_content_length = papers.LARGEST_BODY
    form = JoinForm()
    if not DRAFT.fullmatch(form.draft.data or ""):
        form.draft.data = secrets.token_urlsafe(12)
    if request.method != "POST":
        return _form(form)
    try:
        if wait := wait_before_application():
            return _form(form, 429, _too_many(), wait)
        sound = form.validate()
        # Papers of a form that is not ours are not taken: nobody fills the disk from another site.
        trouble = "" if form.csrf_token.errors else papers.take(form.draft.data)
        if not sound or trouble:
            return _form(form, 422, _stale() if form.csrf_token.errors else None, papers_error=trouble)
        with transaction():
            application = actions.apply(form.message())
    except SQLAlchemyError:
        current_app.logger.exception("an application could not be kept")
        return _form(form, 503, _not_kept(), 60)
    return redirect(address("public.join.received", token=_signer().dumps(application.id)), 303)


@page(blueprint, vi="/tham-gia/da-nhan/<token>", en="/join/received/<token>")
def received(token: str) -> ResponseReturnValue:
    """The number of an application that was kept; only whoever sent it has this address."""
    try:
        application = queries.application(int(_signer().loads(token)))
    except (BadSignature, TypeError, ValueError) as error:
        raise NotFound("application.unknown") from error
    return not_kept(
        render(
            "public/join/received.html",
            translated=False,
            reference=application.reference,
            papers=papers.number(application.draft),
        ),
        hidden=True,
    )


def _form(
    form: JoinForm,
    status: int = 200,
    note: dict[str, str] | None = None,
    wait: int = 0,
    papers_error: str = "",
) -> Response:
    errors = {name: str(form[name].errors[0]) for name in FIELDS if form[name].errors}
    if papers_error:
        errors["papers"] = papers_error
    answer = not_kept(
        render(
            "public/join/write.html",
            form=form,
            errors=errors,
            summary=list(errors.items()),
            note=note,
            kept=papers.number(form.draft.data),
        ),
        hidden=status != 200,
    )
    answer.status_code = status
    if wait:
        answer.headers["Retry-After"] = str(wait)
    return answer


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="application")


def _too_many() -> dict[str, str]:
    return {
        "title": gettext("Your application was not sent: too much came from here within a minute"),
        "text": gettext("What you typed is kept below. Wait a minute, then send it again."),
    }


def _stale() -> dict[str, str]:
    return {
        "title": gettext("Your application was not sent yet"),
        "text": gettext(
            "The form had been open in another window, or the browser keeps no cookie from this site."
            " What you typed is kept below. Please send it once more."
        ),
    }


def _not_kept() -> dict[str, str]:
    return {
        "title": gettext("Your application was not sent: something broke on our side"),
        "text": gettext("What you typed is kept below. Please send it again in a few minutes."),
    }
