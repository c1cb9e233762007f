"""A certificate as a line that says what is reported, by whom, and what nobody has confirmed."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext, ngettext

from catalogue.certification.models import Certificate
from catalogue.certification.rules import Status, usual_term_ends
from catalogue.kernel.partial_date import PartialDate
from catalogue.products.models import Product
from catalogue.web import dates, labels
from catalogue.web.language import address
from catalogue.web.page import say
from catalogue.web.public.records import page_of, source_link


def claim(certificate: Certificate, day: date, product: Product | None = None) -> dict[str, Any]:
    """The arguments of `claim_line` (components/claim.html).

    `product`: on a product's page the source is the one that names that product; needs `scope` loaded.
    """
    scheme, status = certificate.scheme, certificate.status_on(day)
    return {
        "kind": labels.STATUS_KIND[status],
        "scheme": say(scheme.name),
        "scheme_href": page_of(scheme),
        "level": labels.level(scheme.code, certificate.level),
        "words": _words(certificate, status),
        "year": dates.partial(certificate.issued) if certificate.issued else None,
        "href": address("public.certificates.show", code=certificate.code),
        "sources": [source_link(url) for url in [_source(certificate, product)] if url],
        "term": usual_term(certificate, day) if status is Status.UNCONFIRMED else None,
    }


def _words(certificate: Certificate, status: Status) -> str:
    """How it stands; of what has ended also when."""
    ended = {
        Status.EXPIRED: certificate.expires_date,
        Status.SUSPENDED: certificate.suspended_on,
        Status.WITHDRAWN: certificate.withdrawn_on,
        Status.REPLACED: certificate.replaced_on,
    }.get(status)
    words = str(labels.STATUS_WORDS[status])
    if ended is None:
        return words
    day = dates.partial(ended) if isinstance(ended, PartialDate) else dates.day(ended)
    return gettext("%(status)s: %(day)s", status=words, day=day)


def seal(certificate: Certificate) -> dict[str, Any]:
    """The arguments of `seal` (components/seal.html): only for what staff confirmed and is in force today."""
    end = certificate.expires
    return {
        "scheme": say(certificate.scheme.name),
        "words": str(labels.STATUS_WORDS[Status.VALID]),
        "number": certificate.number or gettext("Paper seen, no number"),
        "until": gettext("until %(date)s", date=dates.partial(end)) if end else gettext("no end stated"),
        "href": address("public.certificates.show", code=certificate.code),
    }


def usual_term(certificate: Certificate, day: date) -> str | None:
    """Whether the scheme's usual term, counted from the reported date, is over; None if nobody can tell."""
    issued, months = certificate.issued_date, certificate.scheme.validity_months
    end = usual_term_ends(issued, months)
    if issued is None or months is None or end is None:
        return None
    term = ngettext(
        "This scheme usually runs %(num)s month.", "This scheme usually runs %(num)s months.", months
    )
    words = {"issued": dates.partial(issued), "end": dates.month(end)}
    if end < day:
        counted = gettext("Counted from %(issued)s, that ended in %(end)s at the latest.", **words)
    else:
        counted = gettext("Counted from %(issued)s, that would end in %(end)s.", **words)
    return f"{term} {counted}"


def _source(certificate: Certificate, product: Product | None) -> str | None:
    if product is not None:
        for row in certificate.scope:
            if row.product_id == product.id:
                return row.source_url
    return certificate.source_url
