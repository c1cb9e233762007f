"""One certificate in plain words: what is known of it, who says so, and what nobody has confirmed."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint
from flask_babel import gettext, ngettext
from markupsafe import Markup, escape

from catalogue.certification.models import Certificate
from catalogue.certification.queries import certificate_by_code, certificates_of_products
from catalogue.certification.rules import Evidence, Status
from catalogue.kernel.clock import today
from catalogue.kernel.partial_date import PartialDate
from catalogue.places.queries import villages
from catalogue.producers.models import Producer
from catalogue.products.queries import products_by_id
from catalogue.routes.queries import routes
from catalogue.web import dates, labels, structured
from catalogue.web.language import address, current, page, read
from catalogue.web.page import is_translated, say
from catalogue.web.page import show as render
from catalogue.web.public import thread
from catalogue.web.public.cards import product_cards
from catalogue.web.public.claims import usual_term
from catalogue.web.public.records import in_order, source_link, source_links
from catalogue.web.public.whereabouts import link

blueprint = Blueprint("certificates", __name__)


@page(blueprint, vi="/giay-chung-nhan/<code>", en="/certificates/<code>")
def show(code: str) -> str:
    """What stands behind one line about a certificate."""
    certificate, day = certificate_by_code(code), today()
    scheme, status = certificate.scheme, certificate.status_on(day)
    maker = _maker(certificate)
    scheme_href = address("public.schemes.show", slug=scheme.slug(current()))
    covered = (
        [] if certificate.product else in_order(products_by_id(row.product_id for row in certificate.scope))
    )
    return render(
        "public/certificates/show.html",
        nav_current="schemes",
        translated=is_translated(scheme) and is_translated(certificate.product or maker),
        structured=structured.certification(certificate, _name(certificate), day),
        name=_name(certificate),
        holder=read((certificate.product or maker).name),
        held=_held(certificate),
        weave=maker.code,
        crumbs=[
            (gettext("Certification schemes"), address("public.schemes.index")),
            (say(scheme.name), scheme_href),
            (say((certificate.product or maker).name), None),
        ],
        status={"kind": labels.STATUS_KIND[status], "text": str(labels.STATUS_WORDS[status])},
        meaning=str(labels.STATUS_MEANING[status]),
        as_of=gettext("As of %(day)s", day=dates.day(day)),
        facts=_facts(certificate, day),
        scheme_href=scheme_href,
        issuer=say(scheme.issuer),
        official=source_link(scheme.url) if scheme.url else None,
        held_by_product=certificate.product is not None,
        covers=gettext("What it covers") if status is Status.VALID else gettext("What it is said to cover"),
        cards=product_cards(covered, certificates_of_products([one.id for one in covered]), day),
        thread=_thread(certificate),
        sources=_sources(certificate),
    )


def _maker(certificate: Certificate) -> Producer:
    maker = certificate.product.producer if certificate.product else certificate.producer
    assert maker is not None
    return maker


def _name(certificate: Certificate) -> str:
    """The scheme and its level, which is what people call a certificate."""
    name = read(certificate.scheme.name)
    level = labels.level(certificate.scheme.code, certificate.level)
    return gettext("%(scheme)s, %(level)s", scheme=name, level=level) if level else name


def _link(kind: str, record: Any) -> Markup:
    return link(say(record.name), address(f"public.{kind}.show", slug=record.slug(current())))


def _holder(certificate: Certificate) -> Markup:
    if certificate.product:
        return _link("products", certificate.product)
    return _link("producers", certificate.producer)


def _held(certificate: Certificate) -> Markup:
    """Whose certificate it is: “a product, by its maker”, or the maker."""
    if certificate.product is None:
        return _holder(certificate)
    words = escape(gettext("%(product)s, by %(maker)s"))
    return words % {"product": _holder(certificate), "maker": _link("producers", _maker(certificate))}


def _facts(certificate: Certificate, day: date) -> list[tuple[str, Any]]:
    """What is on record, and what is not: a reader must see that number and end are missing."""
    scheme, unknown = certificate.scheme, gettext("Not known")
    level = labels.level(scheme.code, certificate.level)
    rows: list[tuple[str, Any]] = [(gettext("Scheme"), _link("schemes", scheme))]
    if scheme.levels:
        rows.append((gettext("Level"), level or gettext("Not stated")))
    if certificate.product:
        rows.append((gettext("Product"), _holder(certificate)))
    rows += [
        (gettext("Maker"), _link("producers", _maker(certificate))),
        (gettext("Number"), certificate.number or unknown),
        (gettext("Granted or announced"), _partial(certificate.issued) or unknown),
        (gettext("Runs out"), _partial(certificate.expires) or unknown),
        (gettext("Usual term"), _term(certificate, day)),
        (gettext("Rests on"), str(labels.EVIDENCE[Evidence(certificate.evidence)])),
    ]
    happened = (
        (gettext("Checked by our staff"), certificate.confirmed_on),
        (gettext("Counts from"), certificate.valid_from),
        (gettext("Suspended on"), certificate.suspended_on),
        (gettext("Withdrawn on"), certificate.withdrawn_on),
        (gettext("Replaced on"), certificate.replaced_on),
    )
    rows += [(label, dates.day(when)) for label, when in happened if when]
    if certificate.lookup_code:
        rows.append((gettext("Code on the label"), certificate.lookup_code))
    return rows


def _partial(text: str | None) -> str | None:
    return dates.partial(PartialDate.parse(text)) if text else None


def _term(certificate: Certificate, day: date) -> str:
    """How long such a certificate usually runs, and whether that is over; never when this one ends."""
    months = certificate.scheme.validity_months
    if months is None:
        return str(gettext("The scheme states none"))
    counted = usual_term(certificate, day) if certificate.status_on(day) is Status.UNCONFIRMED else None
    return counted or str(ngettext("%(num)s month", "%(num)s months", months))


def _sources(certificate: Certificate) -> list[dict[str, Any]]:
    named = [{"url": url} for url in [certificate.source_url, *(row.source_url for row in certificate.scope)]]
    return source_links([*named, *certificate.sources])


def _thread(certificate: Certificate) -> thread.Thread:
    """Certificate, product, maker, village or place, and the routes that pass."""
    all_routes, all_villages = routes(current()), villages(current())
    here = {"label": gettext("Certificate"), "text": _name(certificate), "here": True}
    if certificate.product:
        onward = thread.of_product(certificate.product, all_routes, all_villages)
    else:
        onward = thread.of_producer(_maker(certificate), all_routes, all_villages)
    holder = {
        "label": onward.items[0]["label"],
        "text": onward.items[0]["text"],
        "href": address(
            "public.products.show" if certificate.product else "public.producers.show",
            slug=(certificate.product or _maker(certificate)).slug(current()),
        ),
    }
    return thread.Thread([here, holder, *onward.items[1:]], onward.near, onward.missing)
