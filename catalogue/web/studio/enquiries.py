"""The maker's inbox: what visitors ask, and answering it. Another maker's enquiries are not there at all."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, StringField, TextAreaField
from wtforms.validators import ValidationError

from catalogue.database import transaction
from catalogue.enquiries import actions, queries
from catalogue.enquiries.models import EnquiryPart
from catalogue.enquiries.rules import MOST_TEXT, PartState, clean
from catalogue.kernel.errors import RuleBroken
from catalogue.kernel.language import Language
from catalogue.web import enquiry_words, kept_forms, paging
from catalogue.web.identity import current_actor
from catalogue.web.page import say
from catalogue.web.private import refused
from catalogue.web.private import show as render
from catalogue.web.studio.answers import done

blueprint = Blueprint("enquiries", __name__, url_prefix="/enquiries")


class AnswerForm(FlaskForm):  # type: ignore[misc]  # the library has no type hints
    """An answer; `draft` names the form as it was opened, so that sending it twice sends one letter."""

    text = TextAreaField(filters=[lambda text: clean(str(text or ""))])
    language = StringField()
    draft = HiddenField(default=lambda: secrets.token_urlsafe(12))

    def validate_text(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(gettext("Write what the visitor should know."))
        if len(field.data) > MOST_TEXT:
            raise ValidationError(gettext("Keep it under %(num)s signs.", num=MOST_TEXT))

    def validate_language(self, field: Field) -> None:
        if field.data not in set(Language):
            raise ValidationError(gettext("Choose one of the list."))


@blueprint.get("")
def index() -> ResponseReturnValue:
    """What was asked of those one speaks for; what waits for an answer comes first."""
    size = paging.PAGE_SIZE
    parts, total = queries.inbox(current_actor().speaks_for, (paging.asked() - 1) * size, size)
    return render(
        "studio/enquiries.html",
        lines=[
            {
                "href": url_for("studio.enquiries.show", part_id=part.id),
                "title": part.enquiry.reference,
                "about": enquiry_words.products(part),
                "maker": say(part.producer_name),
                "state": str(enquiry_words.STATES[part.state]),
                "received": enquiry_words.moment(part.enquiry.received),
                "is_new": part.state == PartState.NEW,
            }
            for part in parts
        ],
        pager=paging.pager(paging.asked(), -(-total // size)),
    )


@blueprint.get("/<int:part_id>")
def show(part_id: int) -> ResponseReturnValue:
    """One enquiry with the answers so far; what was typed before an expired sign-in is there again."""
    part = queries.part_for(current_actor(), part_id)
    typed = kept_forms.found(current_actor())
    return _page(part, AnswerForm(formdata=typed, language=part.enquiry.language))


@blueprint.post("/<int:part_id>")
def answer(part_id: int) -> ResponseReturnValue:
    """Send an answer to the visitor."""
    actor = current_actor()
    part, form = queries.part_for(actor, part_id), AnswerForm()
    if not form.validate():
        return _page(part, form, 422, refused(form, ("text", "language")))
    try:
        with transaction():
            actions.answer(actor, part, form.text.data, form.language.data, _sending(form))
    except RuleBroken:
        closed = {
            "title": gettext("Your answer was not sent: the enquiry was closed meanwhile"),
            "text": gettext("What you typed is kept below. Open the enquiry again, then send it."),
        }
        return _page(queries.part_for(actor, part_id), form, 422, {"note": closed})
    flash(gettext("Your answer is on its way to the visitor."), "success")
    return done(url_for("studio.enquiries.show", part_id=part_id))


@blueprint.post("/<int:part_id>/read")
def note_read(part_id: int) -> ResponseReturnValue:
    """Say that it was read, before there is an answer."""
    return _change(part_id, actions.note_read)


@blueprint.post("/<int:part_id>/close")
def close(part_id: int) -> ResponseReturnValue:
    """Nothing more is to be done."""
    return _change(part_id, actions.close)


@blueprint.post("/<int:part_id>/reopen")
def reopen(part_id: int) -> ResponseReturnValue:
    """It was closed too early."""
    return _change(part_id, actions.reopen)


def _change(part_id: int, action: Any) -> ResponseReturnValue:
    actor = current_actor()
    part = queries.part_for(actor, part_id)
    with transaction():
        action(actor, part)
    return redirect(url_for("studio.enquiries.show", part_id=part_id), 303)


def _sending(form: AnswerForm) -> str:
    """Names this sending: the phone's own name for it, else that of the form."""
    return str(request.headers.get("Idempotency-Key") or form.draft.data)[:64]


def _page(
    part: EnquiryPart, form: AnswerForm, status: int = 200, wrong: dict[str, Any] | None = None
) -> ResponseReturnValue:
    is_own = part.producer_code in current_actor().speaks_for
    return render(
        "studio/enquiry.html",
        status,
        part_id=part.id,
        back=url_for("studio.enquiries.index")
        if is_own
        else url_for("staff.enquiries.show", enquiry_id=part.enquiry_id),
        title=part.enquiry.reference,
        maker=say(part.producer_name),
        about=enquiry_words.products(part),
        need=part.enquiry.need,
        facts=enquiry_words.facts(part.enquiry),
        state=str(enquiry_words.STATES[part.state]),
        is_new=part.state == PartState.NEW,
        is_closed=part.state == PartState.CLOSED,
        letters=[
            {
                "text": one.text,
                "language": one.language,
                "author": one.author,
                "of_office": one.of_office,
                "written": enquiry_words.moment(one.written),
            }
            for one in part.messages
        ],
        form=form,
        languages=[
            {"value": code, "label": name, "selected": form.language.data == code}
            for code, name in enquiry_words.LANGUAGES.items()
        ],
        seal=kept_forms.seal(current_actor()),
        **(wrong or {}),
    )
