"""Every page that search engines should know, by kind, in both languages, with the picture of its card."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from flask import Blueprint, Response, abort, current_app, url_for
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.interfaces import ORMOption

from catalogue import records
from catalogue.certification.models import Certificate, CertificationScheme
from catalogue.database import Record
from catalogue.flowers.models import FlowerVariety
from catalogue.kernel.clock import today
from catalogue.kernel.language import Language
from catalogue.pages.listings import built_in_pages
from catalogue.pages.models import AboutPage
from catalogue.places.models import IndustrialZone, Place, PointOfInterest
from catalogue.products.models import Product
from catalogue.showcase.queries import past_collections, running_collections
from catalogue.web import photographs, social
from catalogue.web.language import address, speaking
from catalogue.web.markup import add, answer
from catalogue.web.page import is_translated
from catalogue.web.public.sources import sites_cited

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
XHTML = "http://www.w3.org/1999/xhtml"
XML = "application/xml"

# Kinds of records and what their entries need; each is told as soon as `public.<kind>.show` is a page.
RECORDS: dict[str, tuple[type[Any], tuple[ORMOption, ...]]] = {
    **{name: (kind.model, kind.options) for name, kind in social.KINDS.items()},
    "schemes": (CertificationScheme, ()),
    "certificates": (
        Certificate,
        (
            joinedload(Certificate.scheme),
            joinedload(Certificate.product).joinedload(Product.producer),
            joinedload(Certificate.producer),
        ),
    ),
    "flowers": (FlowerVariety, ()),
    "places": (Place, ()),
    "sights": (PointOfInterest, ()),
    "zones": (IndustrialZone, ()),
    "about": (AboutPage, ()),
}
PAGES, SOURCES, COLLECTIONS = "pages", "sources", "collections"
# Pages that are not there to be found.
LEFT_OUT = {"public.search.results", "public.shortlist.show", "public.enquiries.write"}

blueprint = Blueprint("sitemaps", __name__)


@dataclass(frozen=True)
class Entry:
    """A page: its path in each language that it really exists in; `pictured` is a record with a card."""

    paths: dict[Language, str]
    pictured: Record | None = None


@blueprint.get("/sitemap.xml")
def index() -> Response:
    """The list of sitemaps."""
    root = ET.Element("sitemapindex", {"xmlns": SITEMAP})
    for kind in filter(_has_pages, _sheets()):
        address = _site() + url_for("public.sitemaps.show", kind=kind)
        add(add(root, "sitemap"), "loc", address)
    return answer(root, XML)


@blueprint.get("/sitemaps/<kind>.xml")
def show(kind: str) -> Response:
    """The pages of one kind."""
    if kind not in _sheets():
        abort(404)
    entries = list(_entries(kind))
    if not entries:
        abort(404)
    root = ET.Element("urlset", {"xmlns": SITEMAP, "xmlns:xhtml": XHTML, "xmlns:image": IMAGE})
    for language in Language:
        with speaking(language):
            for entry in entries:
                if language in entry.paths:
                    _write(root, entry, language)
    return answer(root, XML)


def _has_pages(kind: str) -> bool:
    """A sitemap names at least one page, and there need not be a record of every kind."""
    model = RECORDS[kind][0] if kind in RECORDS else None
    # Counting spares reading every record of the large kinds.
    return any(_entries(kind)) if model in {None, AboutPage} else records.count(model) > 0


def _write(root: ET.Element, entry: Entry, language: Language) -> None:
    url = add(root, "url")
    add(url, "loc", _site() + entry.paths[language])
    if len(entry.paths) > 1:
        others = [(str(name), path) for name, path in entry.paths.items()]
        for name, path in [*others, ("x-default", entry.paths[Language.VI])]:
            add(url, "xhtml:link", rel="alternate", hreflang=name, href=_site() + path)
    if entry.pictured is not None:
        for href in _pictures(entry.pictured):
            add(add(url, "image:image"), "image:loc", href)


def _pictures(record: Record) -> list[str]:
    """The photographs of a record, else the card drawn of it."""
    pictures = photographs.pictures_of([record]).get(record.code, [])
    shown = [photographs.absolute(photographs.largest(picture)) for picture in pictures]
    return shown or [social.social_card(record)["href"]]


def _entries(kind: str) -> Iterable[Entry]:
    if kind == PAGES:
        return _pages()
    if kind == COLLECTIONS:
        return _collections()
    return _sites_of_sources() if kind == SOURCES else _records(kind)


def _pages() -> Iterator[Entry]:
    """Every page that needs nothing but its language."""
    for rule in current_app.url_map.iter_rules():
        told = (rule.defaults or {}).get("language") == Language.VI and rule.arguments == {"language"}
        readable = "GET" in (rule.methods or ()) and "." not in rule.rule.rpartition("/")[2]
        if told and readable and rule.endpoint not in LEFT_OUT:
            yield Entry({one: address(rule.endpoint, one) for one in Language})


def _sites_of_sources() -> Iterator[Entry]:
    """The pages that say what rests on one site of the web."""
    for host in sites_cited():
        yield Entry({one: address("public.sources.show", one, host=host) for one in Language})


def _collections() -> Iterator[Entry]:
    """What staff compose, from its first day on."""
    day = today()
    for one in (*running_collections(day), *past_collections(day)):
        yield Entry(
            {
                language: address("public.collections.show", language, slug=one.slug(language))
                for language in Language
            }
        )


def _records(kind: str) -> Iterable[Entry]:
    model, options = RECORDS[kind]
    for record in records.all_by_code(model, *options):
        if model is AboutPage and record.code in built_in_pages():
            continue  # told among the pages, where it has an address of its own
        # A record's Vietnamese is always there.
        languages = tuple(Language) if _exists_in_both(record) else (Language.VI,)
        paths = {one: address(f"public.{kind}.show", one, **_key(record, one)) for one in languages}
        yield Entry(paths, record if kind in social.KINDS else None)


def _key(record: Any, language: Language) -> dict[str, Any]:
    return {"slug": record.slug(language)} if isinstance(record, Record) else {"code": record.code}


def _exists_in_both(record: Any) -> bool:
    if isinstance(record, Certificate):
        holder = record.product or record.producer
        return holder is not None and is_translated(record.scheme) and is_translated(holder)
    return is_translated(record)


def _sheets() -> list[str]:
    """The names of the sitemaps."""
    return [PAGES, SOURCES, COLLECTIONS] + [
        kind for kind in RECORDS if f"public.{kind}.show" in current_app.view_functions
    ]


def _site() -> str:
    return str(current_app.config["SITE_URL"])
