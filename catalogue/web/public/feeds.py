"""What is new, as Atom in both languages: products, and certificates that staff confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from flask import Blueprint, Response, current_app, request
from flask_babel import gettext

from catalogue.certification.models import Certificate
from catalogue.certification.queries import newly_confirmed_certificates
from catalogue.kernel.clock import LOCAL, today
from catalogue.kernel.language import Bilingual
from catalogue.products.models import Product
from catalogue.products.queries import first_published, newest_products
from catalogue.web import dates, labels
from catalogue.web.language import address, current, read
from catalogue.web.markup import add, answer

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
MOST_ENTRIES = 50
# The year in which these ids were first given out; part of them for ever (RFC 4151).
IDS_SINCE = "2026"
# A feed must say when it changed last; one that never had an entry says the beginning of all clocks.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)

blueprint = Blueprint("feeds", __name__)


@dataclass(frozen=True)
class Entry:
    """One piece of news; `key` names it for ever, `path` is where it stands today."""

    key: str
    title: str
    summary: Bilingual | str
    path: str
    since: datetime


@blueprint.get("/feeds/<any(vi, en):language>/products.atom")
def products() -> Response:
    """The products that entered the catalogue last."""
    entries = [_product(one) for one in newest_products(MOST_ENTRIES)]
    return _feed("products", gettext("New products"), address("public.products.index"), entries)


@blueprint.get("/feeds/<any(vi, en):language>/certificates.atom")
def certificates() -> Response:
    """The certificates in force that staff confirmed last; claims are no news here."""
    entries = [_certificate(one) for one in newly_confirmed_certificates(today(), MOST_ENTRIES)]
    title = gettext("Newly confirmed certificates")
    return _feed("certificates", title, address("public.schemes.index"), entries)


def _product(product: Product) -> Entry:
    return Entry(
        key=f"products/{product.code}",
        title=read(product.name),
        summary=product.summary,
        path=address("public.products.show", slug=product.slug(current())),
        since=product.published_at,
    )


def _certificate(certificate: Certificate) -> Entry:
    holder = certificate.product or certificate.producer
    confirmed = certificate.confirmed_on
    assert holder is not None
    assert confirmed is not None
    scheme, level = certificate.scheme, labels.level(certificate.scheme.code, certificate.level)
    name = ", ".join(filter(None, (read(scheme.name), level)))
    return Entry(
        key=f"certificates/{certificate.code}/{confirmed}",
        title=f"{name}: {read(holder.name)}",
        summary=gettext("Checked by our staff on %(day)s.", day=dates.day(confirmed)),
        path=address("public.certificates.show", code=certificate.code),
        since=_morning(confirmed),
    )


def _morning(day: date) -> datetime:
    """The beginning of a day in Đà Lạt, where only the day is on record."""
    return datetime.combine(day, time(), LOCAL)


def _feed(name: str, title: str, path: str, entries: Sequence[Entry]) -> Response:
    site, language = current_app.config["SITE_URL"], current().value
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": language})
    add(root, "id", _id(name))
    add(root, "title", f"{title} · Đà Lạt")
    changed = max((entry.since for entry in entries), default=None) or first_published() or NEVER
    add(root, "updated", _moment(changed))
    add(root, "link", rel="self", type=MEDIA_TYPE, href=site + request.path)
    add(root, "link", rel="alternate", type="text/html", hreflang=language, href=site + path)
    add(add(root, "author"), "name", "Đà Lạt")
    for entry in entries:
        _write(root, entry, site)
    return answer(root, MEDIA_TYPE)


def _write(root: ET.Element, entry: Entry, site: str) -> None:
    element = add(root, "entry")
    add(element, "id", _id(entry.key))
    add(element, "title", entry.title)
    add(element, "published", _moment(entry.since))
    add(element, "updated", _moment(entry.since))
    add(element, "link", rel="alternate", type="text/html", href=site + entry.path)
    if isinstance(entry.summary, str):
        add(element, "summary", entry.summary)
    elif phrase := entry.summary.read(current()):
        add(element, "summary", phrase.text, xml_lang=phrase.language.value)


def _id(key: str) -> str:
    """A name that outlives every address; the two languages are two documents."""
    host = urlsplit(current_app.config["SITE_URL"]).hostname
    return f"tag:{host},{IDS_SINCE}:{current().value}/{key}"


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
