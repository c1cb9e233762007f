"""One certificate in plain words: what is known of it, who says so, and what nobody has confirmed."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint
from flask_babel import gettext, ngettext
from markupsafe import Markup, escape

from catalogue.certification.models import Certificate
from catalogue.certification.queries import certificate_by_code, certificates_of_products
from catalogue.certification.rules import Evidence, Status, has_ended
from catalogue.database import Record
from catalogue.kernel.clock import today
from catalogue.kernel.language import Language
from catalogue.kernel.partial_date import PartialDate
from catalogue.places.queries import villages
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.products.queries import products_by_id
from catalogue.routes.queries import routes
from catalogue.web import dates, labels, structured
from catalogue.web.language import address, current, page, read
from catalogue.web.page import is_translated, quoting, say
from catalogue.web.page import show as render
from catalogue.web.public import thread
from catalogue.web.public.cards import product_cards
from catalogue.web.public.claims import usual_term
from catalogue.web.public.records import in_order, page_of, source_link, source_links
from catalogue.web.public.whereabouts import link

blueprint = Blueprint("certificates", __name__)


@page(blueprint, vi="/giay-chung-nhan/<code>", en="/certificates/<code>")
def show(code: str) -> str:
    """What stands behind one line about a certificate."""
    certificate, day = certificate_by_code(code), today()
    scheme, status = certificate.scheme, certificate.status_on(day)
    maker = _maker(certificate)
    holder = _holder(certificate)
    scheme_href = page_of(scheme)
    covered = (
        [] if certificate.product else in_order(products_by_id(row.product_id for row in certificate.scope))
    )
    return render(
        "public/certificates/show.html",
        nav_current="schemes",
        translated=is_translated(scheme) and is_translated(holder),
        structured=structured.certification(certificate, _name(certificate), day),
        name=_name(certificate),
        holder=read(holder.name),
        held=_held(certificate),
        weave=maker.code,
        corrects=f"certificate:{certificate.code}",
        crumbs=[
            (gettext("Certification schemes"), address("public.schemes.index")),
            (say(scheme.name), scheme_href),
            (say(holder.name), None),
        ],
        status={"kind": labels.STATUS_KIND[status], "text": str(labels.STATUS_WORDS[status])},
        meaning=labels.meaning(status, Evidence(certificate.evidence)),
        as_of=gettext("As of %(day)s", day=dates.day(day)),
        facts=_facts(certificate, day),
        scheme_href=scheme_href,
        issuer=say(scheme.issuer),
        issuer_ended=has_ended(scheme.issuer.text(Language.EN)),
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


def _link(record: Record) -> Markup:
    return link(say(record.name), page_of(record))


def _holder(certificate: Certificate) -> Product | Producer:
    return certificate.product or _maker(certificate)


def _held(certificate: Certificate) -> Markup:
    """Whose certificate it is: “a product, by its maker”, or the maker."""
    if certificate.product is None:
        return _link(_maker(certificate))
    words = escape(gettext("%(product)s, by %(maker)s"))
    return words % {"product": _link(certificate.product), "maker": _link(_maker(certificate))}


def _facts(certificate: Certificate, day: date) -> list[tuple[str, Any]]:
    """What is on record, and what is not: a reader must see that number and end are missing."""
    scheme, unknown = certificate.scheme, gettext("Not known")
    level = labels.level(scheme.code, certificate.level)
    rows: list[tuple[str, Any]] = [(gettext("Scheme"), _link(scheme))]
    if scheme.levels:
        rows.append((gettext("Level"), level or gettext("Not stated")))
    if certificate.product:
        rows.append((gettext("Product"), _link(certificate.product)))
    rows += [
        (gettext("Maker"), _link(_maker(certificate))),
        (gettext("Granted by"), certificate.issued_by),
        (gettext("Number"), certificate.number or unknown),
        (gettext("Granted or announced"), _partial(certificate.issued) or unknown),
        (gettext("Expires"), _partial(certificate.expires) or unknown),
        (gettext("Usual term"), _term(certificate, day)),
        (gettext("Based on"), str(labels.EVIDENCE[Evidence(certificate.evidence)])),
    ]
    happened = (
        (gettext("Checked by our staff"), certificate.confirmed_on),
        (gettext("Counts from"), certificate.valid_from),
        (gettext("Suspended on"), certificate.suspended_on),
        (gettext("Withdrawn on"), certificate.withdrawn_on),
        (gettext("Replaced on"), certificate.replaced_on),
    )
    rows += [(label, dates.day(when)) for label, when in happened if when]
    rows += [
        (gettext("Kinds of goods covered"), [say(one.category.name) for one in certificate.categories]),
        (gettext("Flowers covered"), [_link(one) for one in certificate.flowers]),
    ]
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
    urls = [certificate.source_url, *(row.source_url for row in certificate.scope)]
    return source_links([*({"url": url} for url in urls if url), *certificate.sources])


def _thread(certificate: Certificate) -> thread.Thread:
    """Certificate, product, maker, village or place, and the routes that pass."""
    all_routes, all_villages = routes(current()), villages(current())
    here = {"label": gettext("Certificate"), "text": quoting(_name(certificate)), "here": True}
    if certificate.product:
        onward = thread.of_product(certificate.product, all_routes, all_villages)
    else:
        onward = thread.of_producer(_maker(certificate), all_routes, all_villages)
    holder = {
        "label": onward.items[0]["label"],
        "text": onward.items[0]["text"],
        "href": page_of(_holder(certificate)),
    }
    return thread.Thread([here, holder, *onward.items[1:]], onward.near, onward.missing)
