"""The office's form for a certificate: what the paper says, as inputs and read back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext

from catalogue.certification import cases
from catalogue.certification.cases import Grant, Owner
from catalogue.certification.models import Certificate, CertificationScheme
from catalogue.certification.rules import Evidence, Holder
from catalogue.editorial import cells
from catalogue.editorial.cells import Unread
from catalogue.editorial.models import CertificateClaim
from catalogue.kernel.partial_date import PartialDate
from catalogue.products.models import Product
from catalogue.products.queries import category_tree, products_of_producers
from catalogue.web import certificate_words, labels
from catalogue.web.language import current, read
from catalogue.web.page import say
from catalogue.web.private import tidy

# Codes and what people call them.
Named = dict[str, str]


@dataclass(frozen=True)
class Typed:
    """What was sent: the grant, and what is wrong by field."""

    grant: Grant
    errors: dict[str, str]


def read_grant() -> Typed:
    """The form as it was sent. What cannot be read is left out and told."""
    form, errors = request.form, {}
    days: dict[str, PartialDate | None] = {}
    for name in ("issued", "expires"):
        try:
            days[name] = cells.partial_date(tidy(form.get(name)) or None)
        except Unread:
            days[name] = None
            errors[name] = gettext("Write a day, a month or a year, such as 02/01/2027, 01/2027 or 2027.")
    valid_from: date | None = None
    try:
        valid_from = cells.day(tidy(form.get("valid_from")) or None)
    except Unread:
        errors["valid_from"] = gettext("Write day, month and year, such as 02/01/2027.")
    url = tidy(form.get("source_url"))
    if url and not url.startswith(("https://", "http://")):
        errors["source_url"] = gettext("Give the whole address of the page, beginning with https://.")
    evidence = form.get("evidence", "")
    if evidence not in set(Evidence):
        errors["evidence"] = gettext("Choose what it rests on.")
    grant = Grant(
        level=_line("level"),
        number=_line("number"),
        issued=days["issued"],
        expires=days["expires"],
        valid_from=valid_from,
        issued_by=_line("issued_by"),
        evidence=Evidence(evidence) if evidence in set(Evidence) else Evidence.PRESS,
        source_url=url or None,
        products=tuple(form.getlist("products")),
        categories=tuple(form.getlist("categories")),
        flowers=tuple(form.getlist("flowers")),
    )
    return Typed(grant, errors)


def read_day(name: str) -> date | None:
    """A day of the form; None where none can be read."""
    try:
        return cells.day(tidy(request.form.get(name)) or None)
    except Unread:
        return None


def _line(name: str) -> str | None:
    return tidy(request.form.get(name)) or None


def inputs(
    scheme: CertificationScheme,
    holder: Owner,
    grant: Grant,
    products: Named,
    categories: Named,
    flowers: Named,
) -> dict[str, Any]:
    """The form's fields: as they were typed, else as `grant` has them; with all that it may cover."""
    sent = request.method == "POST"

    def value(name: str, known: str | None) -> str:
        return str(request.form.get(name, "")) if sent else known or ""

    def ticked(name: str, known: Sequence[str]) -> set[str]:
        return set(request.form.getlist(name)) if sent else set(known)

    level = value("level", grant.level)
    # A page proves nothing, so nobody is led to leave it at that.
    evidence = value("evidence", None if grant.evidence is Evidence.PRESS else grant.evidence.value)
    return {
        "values": {
            "number": value("number", grant.number),
            "issued": value("issued", _date(grant.issued)),
            "expires": value("expires", _date(grant.expires)),
            "valid_from": value("valid_from", _day(grant.valid_from)),
            "issued_by": value("issued_by", grant.issued_by),
            "source_url": value("source_url", grant.source_url),
        },
        "levels": [{"value": "", "label": gettext("Not stated"), "selected": not level}]
        + [
            {
                "value": one.level,
                "label": labels.level(scheme.code, one.level) or one.level,
                "selected": one.level == level,
            }
            for one in scheme.levels
        ],
        "evidence": [
            {"value": one.value, "label": str(labels.EVIDENCE[one]), "checked": one.value == evidence}
            for one in Evidence
        ],
        "products": _options(products, ticked("products", grant.products)),
        "categories": _options(categories, ticked("categories", grant.categories)),
        "flowers": _options(flowers, ticked("flowers", grant.flowers)),
        "of_maker": not isinstance(holder, Product),
    }


def _options(offered: Named, chosen: set[str]) -> list[dict[str, Any]]:
    return [{"value": code, "label": label, "checked": code in chosen} for code, label in offered.items()]


def _date(value: PartialDate | None) -> str:
    """As people type it here: 02/01/2027, 01/2027, 2027."""
    return "/".join(reversed(str(value).split("-"))) if value else ""


def _day(value: date | None) -> str:
    return value.strftime("%d/%m/%Y") if value else ""


def grant_inputs(
    scheme: CertificationScheme, holder: Owner, grant: Grant, row: Certificate | None = None
) -> dict[str, Any]:
    """The form for a certificate of this holder under this scheme. What its entry covers already is offered
    too, whatever became of it: nobody drops what he did not see."""
    if isinstance(holder, Product):
        return inputs(scheme, holder, grant, {}, {}, {})
    reach, tree = {one.category_id for one in scheme.categories}, category_tree().by_id
    goods = [one for one in products_of_producers([holder.id], current()) if one.category_id in reach]
    kinds = [one.category_id for one in scheme.categories if one.listed]
    flowers = [*cases.flowers_of(holder)]
    if row is not None:
        goods += [one.product for one in row.scope]
        kinds += [one.category_id for one in row.categories]
        flowers += row.flowers
    return inputs(
        scheme,
        holder,
        grant,
        {one.code: _called(one) for one in goods},
        {tree[key].code: read(tree[key].name) for key in kinds if key in tree},
        {one.code: read(one.name) for one in flowers},
    )


def _called(product: Product) -> str:
    name = read(product.name)
    return gettext("%(product)s (not in the catalogue now)", product=name) if product.archived_at else name


def with_claim(grant: Grant, claim: CertificateClaim | None) -> Grant:
    """What the maker read on its paper fills what nobody knows yet; the product that it was shown with is
    ticked."""
    if claim is None:
        return grant
    return Grant(
        level=grant.level or claim.level,
        number=grant.number or claim.number,
        issued=grant.issued or (PartialDate.parse(claim.issued) if claim.issued else None),
        expires=grant.expires or (PartialDate.parse(claim.expires) if claim.expires else None),
        valid_from=grant.valid_from,
        issued_by=grant.issued_by,
        evidence=Evidence.DOCUMENT,
        source_url=grant.source_url,
        products=(*grant.products, claim.code) if claim.kind == "product" else grant.products,
        categories=grant.categories,
        flowers=grant.flowers,
    )


def demands(scheme: CertificationScheme) -> list[tuple[str, Any]]:
    """The scheme's rules as its data has them, beside the form that has to keep them."""
    months = scheme.validity_months
    return [
        (gettext("Granted by"), say(scheme.issuer)),
        (gettext("Granted to"), str(certificate_words.HOLDERS[Holder(scheme.granted_to)])),
        (gettext("Covers"), say(scheme.scope)),
        (gettext("Where"), ", ".join(read(one.name) for one in scheme.areas)),
        (
            gettext("Levels"),
            ", ".join(labels.level(scheme.code, one.level) or one.level for one in scheme.levels),
        ),
        (gettext("Runs for"), gettext("%(num)s months", num=months) if months else gettext("Not stated")),
        (gettext("Legal basis"), say(scheme.legal_basis)),
    ]
