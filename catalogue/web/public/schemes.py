"""Certification schemes: who vouches for what, and what is said to carry each one here."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from flask import Blueprint
from flask_babel import gettext, ngettext

from catalogue.certification.models import Certificate, CertificationScheme
from catalogue.certification.queries import (
    certificates_of_scheme,
    scheme_by_slug,
    schemes,
    standings,
)
from catalogue.certification.rules import Holder, Status, has_ended
from catalogue.database import Record
from catalogue.kernel.clock import today
from catalogue.kernel.language import Language
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.products.queries import category_tree
from catalogue.showcase.rules import MARK
from catalogue.web import dates, labels, paging
from catalogue.web.language import address, current, page, read
from catalogue.web.page import is_stale, is_translated, say
from catalogue.web.page import show as render
from catalogue.web.prose import prose
from catalogue.web.public.records import (
    borrowed,
    find_or_redirect,
    in_order,
    page_of,
    source_link,
    source_links,
)
from catalogue.web.public.thread import place_link

# How a certificate counts: what has ended or has not begun is neither, and stands last.
STANDING = {Status.VALID: "confirmed", Status.UNCONFIRMED: "reported"}
ORDER = ("confirmed", "reported", "none")

blueprint = Blueprint("schemes", __name__)


@page(blueprint, vi="/chung-nhan", en="/schemes")
def index() -> str:
    """Every scheme: first those that something here is said to carry."""
    found = standings(today())
    rows = [_row(scheme, _count(found[scheme.id])) for scheme in in_order(schemes())]
    return render(
        "public/schemes/index.html",
        title=ngettext("%(num)s certification scheme", "%(num)s certification schemes", len(rows)),
        any_confirmed=any(row["confirmed"] for row in rows),
        carried=[row for row in rows if row["confirmed"] or row["reported"]],
        others=[row for row in rows if not (row["confirmed"] or row["reported"])],
    )


@page(blueprint, vi="/chung-nhan/<slug>", en="/schemes/<slug>")
def show(slug: str) -> str:
    """A scheme: who certifies, what it asks, what it may cover and what carries it here."""
    scheme, day = find_or_redirect(CertificationScheme, slug, scheme_by_slug), today()
    certificates = sorted(certificates_of_scheme(scheme.id), key=lambda one: _place_in_list(one, day))
    shown, pager = paging.cut(certificates)
    standing = [one for one in certificates if _standing(one, day) != "none"]
    covered = len({row.product_id for one in standing for row in one.scope})
    listed, agreed = categories_of(scheme)
    return render(
        "public/schemes/show.html",
        record=scheme,
        translated=is_translated(scheme),
        title=read(scheme.name),
        description=read(scheme.summary),
        crumbs=[
            (gettext("Certification schemes"), address("public.schemes.index")),
            (say(scheme.name), None),
        ],
        name=say(scheme.name),
        summary=say(scheme.summary),
        borrowed=borrowed(scheme.summary),
        stale=is_stale(scheme),
        criteria=prose(scheme.criteria),
        facts=_facts(scheme),
        issuer_ended=has_ended(scheme.issuer.text(Language.EN)),
        official=source_link(scheme.url) if scheme.url else None,
        about_mark=address("public.brand.show") if scheme.code == MARK else None,
        listed=listed,
        agreed=agreed,
        areas=[{"text": say(place.name), "href": place_link(place)} for place in scheme.areas],
        holders=_holders(scheme),
        held_by_maker=scheme.granted_to == Holder.PRODUCER,
        has_levels=bool(scheme.levels),
        stats=_stats(_count(Counter(one.status_on(day) for one in certificates))),
        records=[_record(certificate, day) for certificate in shown],
        pager=pager,
        covered=_covering(covered),
        products_href=address("public.products.index", query=[("scheme", scheme.code)]),
        sources=source_links(scheme.sources),
    )


def _standing(certificate: Certificate, day: date) -> str:
    return STANDING.get(certificate.status_on(day), "none")


def _count(statuses: Counter[Status]) -> Counter[str]:
    amounts: Counter[str] = Counter()
    for status, number in statuses.items():
        amounts[STANDING.get(status, "none")] += number
    return amounts


def _stats(amounts: Counter[str]) -> list[dict[str, Any]]:
    """Confirmed and reported, told apart, and what is neither where there is any (components/stats.html)."""
    counted = [
        {"number": amounts["confirmed"], "text": gettext("confirmed and in force"), "kind": "confirmed"},
        {"number": amounts["reported"], "text": gettext("reported, not confirmed"), "kind": "claim"},
        {"number": amounts["none"], "text": gettext("no longer or not yet in force"), "kind": "none"},
    ]
    return counted if amounts["none"] else counted[:2]


def _holders(scheme: CertificationScheme) -> str:
    return str(gettext("Product") if scheme.granted_to == Holder.PRODUCT else gettext("Maker"))


def _covering(number: int) -> str:
    """Words for the way to the products; none where no product is said to be covered."""
    return (
        ngettext("See %(num)s product in the catalogue", "See %(num)s products in the catalogue", number)
        if number
        else ""
    )


def _place_in_list(certificate: Certificate, day: date) -> tuple[int, str]:
    """Confirmed ones first, then by the holder's name."""
    holder = _holder(certificate)
    return ORDER.index(_standing(certificate, day)), getattr(holder, f"sort_{current()}")


def _holder(certificate: Certificate) -> Product | Producer:
    holder = certificate.product or certificate.producer
    assert holder is not None
    return holder


def _row(scheme: CertificationScheme, amounts: Counter[str]) -> dict[str, Any]:
    """A scheme in the list of all."""
    return _to(scheme) | {
        "issuer": say(scheme.issuer),
        "holder": str(labels.HOLDERS[scheme.granted_to]),
        "confirmed": _held(scheme, amounts["confirmed"]),
        "reported": _held(scheme, amounts["reported"]),
    }


def _held(scheme: CertificationScheme, number: int) -> str | None:
    if not number:
        return None
    if scheme.granted_to == Holder.PRODUCT:
        return str(ngettext("%(num)s product", "%(num)s products", number))
    return str(ngettext("%(num)s maker", "%(num)s makers", number))


def _facts(scheme: CertificationScheme) -> list[tuple[str, Any]]:
    months = scheme.validity_months
    term = ngettext("%(num)s month", "%(num)s months", months) if months else gettext("Not stated")
    return [
        (gettext("Who certifies"), say(scheme.issuer) or gettext("Not known")),
        (gettext("Granted to"), str(labels.HOLDERS[scheme.granted_to])),
        (gettext("Levels"), ", ".join(str(labels.level(scheme.code, row.level)) for row in scheme.levels)),
        (gettext("What it is for"), say(scheme.scope)),
        (gettext("Usual term"), term),
        (gettext("Legal basis"), say(scheme.legal_basis) or gettext("Not known")),
    ]


def categories_of(scheme: CertificationScheme) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What the scheme's own text lists, and what was only agreed, as links to the products of that kind."""
    tree = category_tree()
    agreed_only = {row.category_id: row.agreed_only for row in scheme.categories if row.listed}
    links: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
    for category in tree.categories:
        if category.id in agreed_only:
            href = address("public.products.index", query=[("category", category.code)])
            links[agreed_only[category.id]].append({"text": say(category.name), "href": href})
    return links[False], links[True]


def _record(certificate: Certificate, day: date) -> dict[str, Any]:
    """One certificate in a scheme's list: holder, level, date and standing."""
    status, product = certificate.status_on(day), certificate.product
    return {
        "holder": _to(_holder(certificate)),
        "by": _to(product.producer) if product else None,
        "covers": [_to(one) for one in in_order(row.product for row in certificate.scope)],
        "level": labels.level(certificate.scheme.code, certificate.level),
        "date": dates.partial(certificate.issued) if certificate.issued else None,
        "status": {"kind": labels.STATUS_KIND[status], "text": str(labels.CARD_WORDS[status])},
        "href": address("public.certificates.show", code=certificate.code),
    }


def _to(record: Record) -> dict[str, Any]:
    return {"name": say(record.name), "href": page_of(record)}
