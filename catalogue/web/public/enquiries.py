"""A visitor asks makers: one form for all that was chosen, kept once, and acknowledged with a number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, current_app, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.exc import SQLAlchemyError

from catalogue.database import transaction
from catalogue.enquiries import actions, queries
from catalogue.kernel.errors import NotFound
from catalogue.producers.models import Producer
from catalogue.producers.queries import people_of
from catalogue.products.models import Product
from catalogue.web.language import address, page
from catalogue.web.limits import wait_before_enquiry
from catalogue.web.page import say
from catalogue.web.page import show as render
from catalogue.web.private import not_kept
from catalogue.web.public.enquiry_form import EnquiryForm
from catalogue.web.public.records import page_of
from catalogue.web.public.selection import Selection, asked, found

# The fields in the order of the page, for the list of what to fix.
FIELDS = ("need", "quantity", "needed_by", "market", "name", "email", "language")
# Where a group of choices is meant, the first of them takes the focus.
FIRST_OF = {"language": "language-vi"}
RETRY_AFTER_S = 60  # when the database fails

blueprint = Blueprint("enquiries", __name__)


@page(blueprint, vi="/hoi-mua", en="/enquire", methods=("GET", "POST"))
def write() -> ResponseReturnValue:
    """The form, and what becomes of it; whatever goes wrong, everything typed is shown again."""
    form, offered = EnquiryForm(), asked(request.args)
    if request.method != "POST":
        return _form(form, offered, offered)
    chosen = asked(request.form)
    offered |= chosen
    try:
        sound = form.validate()
        there, _, _ = found(chosen)
        if not sound or not there:
            return _form(form, offered, chosen, 422, _stale() if form.csrf_token.errors else None)
        if wait := wait_before_enquiry():
            return _form(form, offered, chosen, 429, _too_many(), wait)
        with transaction():
            enquiry = actions.ask(form.question(there))
    except SQLAlchemyError:
        current_app.logger.exception("an enquiry could not be kept")
        return _form(form, offered, chosen, 503, _broken(), RETRY_AFTER_S)
    return redirect(address("public.enquiries.received", token=_signer().dumps(enquiry.id)), 303)


@page(blueprint, vi="/hoi-mua/da-nhan/<token>", en="/enquire/received/<token>")
def received(token: str) -> ResponseReturnValue:
    """The number of an enquiry, and what happens next; only whoever sent it has this address."""
    try:
        enquiry = queries.enquiry(int(_signer().loads(token)))
    except (BadSignature, TypeError, ValueError) as error:
        raise NotFound("enquiry.unknown") from error
    return not_kept(
        render(
            "public/enquiries/received.html",
            translated=False,
            reference=enquiry.reference,
            direct=[say(part.producer_name) for part in enquiry.parts if not part.through_office],
            through_office=[say(part.producer_name) for part in enquiry.parts if part.through_office],
        ),
        hidden=True,
    )


def _form(
    form: EnquiryForm,
    offered: Selection,
    chosen: Selection,
    status: int = 200,
    note: dict[str, str] | None = None,
    wait: int = 0,
) -> Response:
    # Nothing can be looked up while the database fails: what was chosen goes along unseen.
    there, products, producers = (offered, [], []) if status == 503 else found(offered)
    errors = {name: str(form[name].errors[0]) for name in FIELDS if form[name].errors}
    if status == 422 and not found(chosen)[0]:
        errors = {"makers": gettext("Tick at least one product or maker to ask about.")} | errors
    answer = not_kept(
        render(
            "public/enquiries/write.html",
            form=form,
            action=there.href("public.enquiries.write"),
            makers=_makers(products, producers, chosen),
            unseen=chosen if status == 503 else None,
            errors=errors,
            summary=[(FIRST_OF.get(name, name), text) for name, text in errors.items()],
            note=note,
            shortlist=there.href("public.shortlist.show"),
        ),
        hidden=bool(request.args) or status != 200,
    )
    answer.status_code = status
    if wait:
        answer.headers["Retry-After"] = str(wait)
    return answer


def _makers(
    products: Sequence[Product], producers: Sequence[Producer], chosen: Selection
) -> list[dict[str, Any]]:
    """Each maker with what is asked of it, as chosen. `has_people`: whether somebody signs in for it."""
    makers = {product.producer.code: product.producer for product in products}
    makers |= {producer.code: producer for producer in producers}
    present = people_of(makers) if makers else {}
    return [
        {
            "name": say(maker.name),
            "href": page_of(maker),
            "code": code,
            "asked_itself": maker in producers,
            "checked": code in chosen.producers,
            "products": [
                {"code": one.code, "name": say(one.name), "checked": one.code in chosen.products}
                for one in products
                if one.producer_id == maker.id
            ],
            "has_people": code in present,
        }
        for code, maker in makers.items()
    ]


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="enquiry")


def _too_many() -> dict[str, str]:
    return {
        "title": gettext("Your enquiry was not sent: too much came from here within a minute"),
        "text": gettext("What you typed is kept below. Wait a minute, then send it again."),
    }


def _stale() -> dict[str, str]:
    return {
        "title": gettext("Your enquiry was not sent yet"),
        "text": gettext(
            "The form had been open in another window, or the browser keeps no cookie from this site."
            " What you typed is kept below. Please send it once more."
        ),
    }


def _broken() -> dict[str, str]:
    return {
        "title": gettext("Your enquiry was not sent: something broke on our side"),
        "text": gettext("What you typed is kept below. Please send it again in a few minutes."),
    }
