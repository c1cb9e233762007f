"""Something wrong? A message about a record: kept, and acknowledged with a number."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, Response, current_app, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.exc import SQLAlchemyError

from catalogue.adapters.papers import DRAFT
from catalogue.database import transaction
from catalogue.enquiries.actions import receive
from catalogue.enquiries.queries import correction_request, request_with_fingerprint
from catalogue.enquiries.rules import CorrectionKind
from catalogue.kernel.clock import LOCAL
from catalogue.kernel.errors import NotFound
from catalogue.web import dates, papers
from catalogue.web.enquiry_words import WISHES
from catalogue.web.kinds import Named, named
from catalogue.web.language import address, page
from catalogue.web.limits import wait_before_message
from catalogue.web.page import show as render
from catalogue.web.private import not_kept
from catalogue.web.public.correction_form import CorrectionForm

# The fields in the order of the page, for the list of what to fix.
FIELDS = ("kind", "about", "text", "contact", "name")
RETRY_AFTER_S = 60  # when the database fails

blueprint = Blueprint("corrections", __name__)


@page(blueprint, vi="/dinh-chinh", en="/corrections", methods=("GET", "POST"))
def write() -> ResponseReturnValue:
    """The form, and what becomes of it; whatever goes wrong, everything typed is shown again."""
    request.max_content_length = papers.LARGEST_BODY
    form = CorrectionForm()
    if not DRAFT.fullmatch(form.draft.data or ""):
        form.draft.data = secrets.token_urlsafe(12)
    if request.method != "POST":
        form.record.data = request.args.get("record", "")
        return _form(form, _about(form))
    try:
        about = _about(form)
        sound = form.validate()
        # Photographs of a form that is not ours are not taken: nobody fills the disk from another site.
        trouble = "" if form.csrf_token.errors else papers.take(form.draft.data)
        if not sound or trouble:
            stale = _stale() if form.csrf_token.errors else None
            return _form(form, about, 422, note=stale, papers_error=trouble)
        message = form.message()
        # The same message sent again is the one that is there: it need not wait.
        if request_with_fingerprint(message.fingerprint) is None and (wait := wait_before_message()):
            answer = _form(form, about, 429, note=_too_many())
            answer.headers["Retry-After"] = str(wait)
            return answer
        with transaction():
            received = receive(message)
    except SQLAlchemyError:
        current_app.logger.exception("a correction request could not be kept")
        answer = _form(form, None, 503, note=_not_kept())
        answer.headers["Retry-After"] = str(RETRY_AFTER_S)
        return answer
    return redirect(address("public.corrections.received", token=_signer().dumps(received.id)), 303)


@page(blueprint, vi="/dinh-chinh/da-nhan/<token>", en="/corrections/received/<token>")
def received(token: str) -> ResponseReturnValue:
    """The number of a message that was kept; only whoever sent it has this address."""
    try:
        message = correction_request(int(_signer().loads(token)))
    except (BadSignature, TypeError, ValueError) as error:
        raise NotFound("correction.unknown") from error
    about = named(message.record) if message.record else None
    local = message.received.astimezone(LOCAL)
    return not_kept(
        render(
            "public/corrections/received.html",
            translated=False,
            reference=message.reference,
            facts=[
                (gettext("What you want"), str(WISHES[CorrectionKind(message.kind)])),
                (gettext("About"), about.name if about else message.about or ""),
                (
                    gettext("Received"),
                    gettext("%(day)s, %(time)s", day=dates.day(local.date()), time=local.strftime("%H:%M")),
                ),
            ],
            about=about,
            photographs=papers.number(message.draft) if message.draft else 0,
        ),
        hidden=True,
    )


def _about(form: CorrectionForm) -> Named | None:
    """The record that the form is about; one that is unknown is asked for in words instead."""
    about = named(form.record.data or "")
    form.record.data = about.key if about else ""
    return about


def _form(
    form: CorrectionForm,
    about: Named | None,
    status: int = 200,
    note: dict[str, Any] | None = None,
    papers_error: str = "",
) -> Response:
    errors = {name: str(form[name].errors[0]) for name in FIELDS if form[name].errors}
    if papers_error:
        errors["papers"] = papers_error
    answer = not_kept(
        render(
            "public/corrections/write.html",
            form=form,
            about=about,
            wishes=[
                {"value": kind.value, "label": str(words), "checked": form.kind.data == kind}
                for kind, words in WISHES.items()
            ],
            errors=errors,
            summary=[
                (f"kind-{next(iter(WISHES))}" if name == "kind" else name, text)
                for name, text in errors.items()
            ],
            note=note,
            kept=papers.number(form.draft.data),
        ),
        hidden=bool(request.args) or status != 200,
    )
    answer.status_code = status
    return answer


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(_secret(), salt="correction request")


def _secret() -> str:
    return str(current_app.secret_key)


def _too_many() -> dict[str, str]:
    return {
        "title": gettext("Your message was not sent: too many came from here within a minute"),
        "text": gettext("Your text is kept below. Wait a minute, then send it again."),
    }


def _stale() -> dict[str, str]:
    return {
        "title": gettext("Your message was not sent yet"),
        "text": gettext(
            "The form had been open in another window, or the browser keeps no cookie from this site."
            " Your text is kept below. Please send it once more."
        ),
    }


def _not_kept() -> dict[str, str]:
    return {
        "title": gettext("Your message was not sent: something broke on our side"),
        "text": gettext("Your text is kept below. Please send it again in a few minutes."),
    }
