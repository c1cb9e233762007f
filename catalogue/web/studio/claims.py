"""Certificates of a listing: what is on record, and showing the office a paper for one more."""

from __future__ import annotations

import secrets
from functools import partial
from typing import Any

from flask import Blueprint, Response, flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, StringField
from wtforms.validators import ValidationError

from catalogue.adapters.papers import DRAFT
from catalogue.certification.models import Certificate
from catalogue.certification.queries import certificates_of_producer, certificates_of_product
from catalogue.database import transaction
from catalogue.editorial import claims
from catalogue.editorial.claims import Claimed
from catalogue.editorial.models import CertificateClaim
from catalogue.kernel.clock import today
from catalogue.kernel.errors import NotFound
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.records import by_code
from catalogue.web import claim_words, dates, kept_forms, labels, papers
from catalogue.web.language import address, read
from catalogue.web.private import refused, tidy
from catalogue.web.private import show as render
from catalogue.web.studio.rooms import PREFIX, Desk, desk

FIELDS = ("certificate", "number", "issued", "expires")
MOST_NUMBER = 100

blueprint = Blueprint("claims", __name__, url_prefix=f"{PREFIX}/certificates")


class ClaimForm(FlaskForm):  # type: ignore[misc]  # the library has no type hints
    """A certificate that the maker has; `draft` names the form as it was opened, and its papers."""

    certificate = StringField()
    number = StringField(filters=[tidy])
    issued = StringField(filters=[tidy])
    expires = StringField(filters=[tidy])
    draft = HiddenField(default=lambda: secrets.token_urlsafe(12))

    offered: dict[str, str]

    def options(self) -> list[dict[str, Any]]:
        """What the list offers, for the template."""
        return [
            {"value": value, "label": label, "selected": value == (self.certificate.data or "")}
            for value, label in ({"": "–"} | self.offered).items()
        ]

    def validate_certificate(self, field: Field) -> None:
        if field.data not in self.offered:
            raise ValidationError(gettext("Choose one of the list."))

    def validate_number(self, field: Field) -> None:
        if len(field.data) > MOST_NUMBER:
            raise ValidationError(gettext("Keep it under %(num)s signs.", num=MOST_NUMBER))

    def validate_issued(self, field: Field) -> None:
        _check_date(field)

    def validate_expires(self, field: Field) -> None:
        _check_date(field)

    def claimed(self) -> Claimed:
        """What was written, when the form is valid."""
        scheme, _, level = self.certificate.data.partition(":")
        return Claimed(
            scheme,
            level or None,
            self.number.data or None,
            claim_words.read_date(self.issued.data),
            claim_words.read_date(self.expires.data),
        )


@blueprint.get("")
def show(room: str, code: str) -> ResponseReturnValue:
    """What the register says, what the office has to look at, and the form for one more."""
    at = desk(room, code)
    return _page(at, _form(at, ClaimForm(formdata=kept_forms.found(at.actor))))


@blueprint.post("")
def add(room: str, code: str) -> ResponseReturnValue:
    """Show the office a certificate with its paper; whatever is wrong, what was typed and sent is kept."""
    at = desk(room, code)
    form = _form(at, ClaimForm())
    sound = form.validate()
    wrong = papers.take(form.draft.data)
    number = papers.number(form.draft.data)
    if not wrong and not number:
        wrong = gettext("Choose a photograph of the paper: the office compares it with what you wrote.")
    if not sound or wrong:
        return _page(at, form, 422, wrong)
    with transaction():
        claims.claim(
            at.actor, at.kind, at.code, at.producer_code, form.draft.data, form.claimed(), papers=number
        )
    flash(gettext("Sent. The office compares it with the register and you hear from it."), "success")
    return redirect(at.address("claims.show"), 303)


@blueprint.post("/<int:number>/take-back")
def take_back(room: str, code: str, number: int) -> ResponseReturnValue:
    """It was sent by mistake."""
    at = desk(room, code)
    with transaction():
        claims.take_back(at.actor, _of(at, number))
    return redirect(at.address("claims.show"), 303)


@blueprint.get("/<int:number>/papers/<int:paper>")
def paper(room: str, code: str, number: int, paper: int) -> Response:
    """One of one's own papers."""
    return papers.answer(_of(desk(room, code), number).key, paper, code)


def _form(at: Desk, form: ClaimForm) -> ClaimForm:
    if not DRAFT.fullmatch(form.draft.data or ""):
        form.draft.data = secrets.token_urlsafe(12)
    form.offered = claim_words.certificates(claims.schemes_for(at.kind, at.content.get("category")))
    return form


def _of(at: Desk, number: int) -> CertificateClaim:
    """A claim of this listing; NotFound for any other."""
    found = claims.claim_of(number)
    if (found.kind, found.code) != (at.kind, at.code):
        raise NotFound("claim.unknown")
    return found


def _page(at: Desk, form: ClaimForm, status: int = 200, paper: str = "") -> ResponseReturnValue:
    wrong = refused(form, FIELDS) if status != 200 else {}
    if paper:
        wrong["errors"]["papers"] = paper
        wrong["summary"].append(("papers", paper))
    return render(
        "studio/certificates.html",
        status,
        at=at,
        form=form,
        kept=papers.number(form.draft.data),
        seal=kept_forms.seal(at.actor),
        known=[_line(one) for one in _known(at)],
        claims=[
            claim_words.told(one, partial(_paper, at, one.id)) for one in claims.of_listing(at.kind, at.code)
        ],
        **wrong,
    )


def _paper(at: Desk, number: int, paper: int) -> str:
    return at.address("claims.paper", number=number, paper=paper)


def _known(at: Desk) -> list[Certificate]:
    if at.kind == "product":
        product = by_code(Product, at.code)
        return list(certificates_of_product(product.id)) if product else []
    producer = by_code(Producer, at.code)
    return list(certificates_of_producer(producer.id)) if producer else []


def _line(one: Certificate) -> dict[str, str]:
    status = one.status_on(today())
    return {
        "name": read(one.scheme.name),
        "href": address("public.certificates.show", code=one.code),
        "state": str(labels.STATUS_WORDS[status]),
        "until": gettext("until %(date)s", date=dates.partial(one.expires)) if one.expires else "",
    }


def _check_date(field: Field) -> None:
    try:
        claim_words.read_date(field.data)
    except ValueError:
        raise ValidationError(
            gettext("Write a day, a month or a year: 13/03/2025, 03/2025 or 2025.")
        ) from None
