"""A listing's certificates: what is on record, and a photograph of the paper sent to the office."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, current_app, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from catalogue.adapters.papers import MOST_BYTES, Papers
from catalogue.certification import cases, claims
from catalogue.certification.cases import Grant, Owner
from catalogue.certification.models import Certificate, CertificateClaim, CertificationScheme
from catalogue.certification.queries import certificates_of_producer, certificates_of_product, schemes
from catalogue.certification.rules import Holder
from catalogue.database import transaction
from catalogue.editorial import cells
from catalogue.editorial.cells import Unread
from catalogue.kernel.clock import today
from catalogue.kernel.errors import RuleBroken
from catalogue.kernel.partial_date import PartialDate
from catalogue.producers.queries import producers_by_code
from catalogue.products.models import Product
from catalogue.products.queries import products_by_code
from catalogue.web import advice, certificate_words, dates, labels
from catalogue.web.error_words import CODES
from catalogue.web.language import address, read
from catalogue.web.page import say
from catalogue.web.private import show as render
from catalogue.web.private import tidy
from catalogue.web.studio.rooms import PREFIX, Desk, desk

# A paper and what stands around it in the form.
LARGEST_BODY = MOST_BYTES + 200_000
LONGEST = 300

blueprint = Blueprint("certificates", __name__)


@blueprint.get(f"{PREFIX}/certificates")
def show(room: str, code: str) -> ResponseReturnValue:
    """What is on record, what was sent, and the form."""
    return _page(desk(room, code))


@blueprint.post(f"{PREFIX}/certificates")
def send(room: str, code: str) -> ResponseReturnValue:
    """Send a paper to the office."""
    at = desk(room, code)
    holder = _holder(at)
    if holder is None:
        return _page(at)
    scheme_code, _, level = request.form.get("scheme", "").partition(":")
    errors: dict[str, str] = {}
    if scheme_code not in {one.code for one in _offered(holder)}:
        errors["scheme"] = gettext("Choose one of the list.")
    days: dict[str, PartialDate | None] = {}
    for name in ("issued", "expires"):
        try:
            days[name] = cells.partial_date(tidy(request.form.get(name)) or None)
        except Unread:
            errors[name] = gettext("Write a day, a month or a year, such as 02/01/2027, 01/2027 or 2027.")
    file = request.files.get("paper")
    body = file.stream.read(MOST_BYTES + 1) if file is not None and file.filename else b""
    folder = f"claim-{secrets.token_urlsafe(16)}"
    if not body:
        errors["paper"] = gettext("Add a photograph of the paper: without it nobody can confirm it.")
    elif not errors and (fault := _papers().keep(folder, body)):
        errors["paper"] = str(certificate_words.PAPERS[fault])
    if errors:
        return _page(at, 422, errors)
    grant = Grant(
        level=level or None,
        number=tidy(request.form.get("number"))[:LONGEST] or None,
        issued=days["issued"],
        expires=days["expires"],
    )
    try:
        with transaction():
            claims.send(at.actor, cases.scheme_in_full(scheme_code), holder, grant, folder)
    except RuleBroken as broken:
        return _page(at, 422, {"scheme": str(CODES[broken.code].text)})
    flash(gettext("Sent to the office. You get a letter when it is decided."), "success")
    return redirect(at.address("certificates.show"), 303)


def _page(at: Desk, status: int = 200, errors: dict[str, str] | None = None) -> ResponseReturnValue:
    holder = _holder(at)
    return render(
        "studio/certificates.html",
        status,
        at=at,
        is_public=holder is not None,
        held=[_told(one) for one in _held(holder)] if holder else [],
        sent=[_claim(one) for one in claims.of_holder(holder)] if holder else [],
        schemes=_options(holder) if holder else [],
        errors=errors or {},
        summary=list((errors or {}).items()),
    )


def _holder(at: Desk) -> Owner | None:
    """The product or maker itself; None until it is public."""
    found = products_by_code([at.code]) if at.kind == "product" else producers_by_code([at.code])
    return found[0] if found else None


def _held(holder: Owner) -> list[Certificate]:
    read_all = certificates_of_product if isinstance(holder, Product) else certificates_of_producer
    return list(read_all(holder.id))


def _offered(holder: Owner) -> list[CertificationScheme]:
    """The schemes that are granted to such a holder, and that may cover the product."""
    kind = Holder.PRODUCT if isinstance(holder, Product) else Holder.PRODUCER
    return [
        one
        for one in schemes()
        if one.granted_to == kind
        and (
            not isinstance(holder, Product)
            or holder.category_id in {reach.category_id for reach in one.categories}
        )
    ]


def _options(holder: Owner) -> list[dict[str, Any]]:
    chosen, found = request.form.get("scheme", ""), [("", gettext("Choose"))]
    for one in _offered(holder):
        name = read(one.name)
        if not one.levels:
            found.append((one.code, name))
        found += [
            (f"{one.code}:{level.level}", f"{name}: {labels.level(one.code, level.level)}")
            for level in one.levels
        ]
    return [{"value": value, "label": label, "selected": value == chosen} for value, label in found]


def _told(one: Certificate) -> dict[str, Any]:
    level = labels.level(one.scheme.code, one.level)
    return {
        "name": f"{read(one.scheme.name)}, {level}" if level else read(one.scheme.name),
        "standing": certificate_words.standing(one.status_on(today()), rejected=False),
        "expires": dates.partial(one.expires) if one.expires else None,
        "href": address("public.certificates.show", code=one.code),
    }


def _claim(one: CertificateClaim) -> dict[str, Any]:
    if one.decided_at is None:
        state = gettext("With the office")
    else:
        state = gettext("Confirmed") if one.certificate_id else gettext("Not confirmed")
    return {
        "name": say(one.scheme.name),
        "sent": advice.moment(one.sent_at),
        "state": state,
        "reason": one.reason,
    }


def _papers() -> Papers:
    found: Papers = current_app.extensions["papers"]
    return found
