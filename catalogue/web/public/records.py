"""What every page of a record needs: the record behind its address, and where its facts come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import abort, redirect, request

from catalogue.certification.models import CertificationScheme
from catalogue.database import Record
from catalogue.flowers.models import FlowerVariety
from catalogue.kernel.errors import NotFound
from catalogue.kernel.language import Bilingual, Language
from catalogue.pages.models import AboutPage
from catalogue.places.models import CraftVillage, IndustrialZone, Place, PointOfInterest
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.routes.models import TourRoute
from catalogue.showcase.models import Collection
from catalogue.slugs import find_by_retired_slug
from catalogue.web import dates
from catalogue.web.language import address, current

R = TypeVar("R", bound=Record)

# The room (a module beside this one) whose `show` is the page of a record.
ROOMS: dict[type[Record], str] = {
    AboutPage: "about",
    CertificationScheme: "schemes",
    Collection: "collections",
    CraftVillage: "villages",
    FlowerVariety: "flowers",
    IndustrialZone: "zones",
    Place: "places",
    PointOfInterest: "sights",
    Producer: "producers",
    Product: "products",
    TourRoute: "routes",
}


def page_of(record: Record) -> str:
    """The address of a record's page in the reader's language."""
    return address(f"public.{ROOMS[type(record)]}.show", slug=record.slug(current()))


def find_or_redirect(model: type[R], slug: str, loader: Callable[[str, Language], R]) -> R:
    """The record at this address; one that moved answers 301 to where it is now; else NotFound.

    `loader` is the subject's query, such as `product_by_slug`. The reader's query is kept.
    """
    try:
        return loader(slug, current())
    except NotFound:
        moved = find_by_retired_slug(model, current(), slug)
        if moved is None:
            raise
        query = list(request.args.items(multi=True))
        present = address(request.endpoint or "", query=query, slug=moved.slug(current()))
        abort(redirect(present, 301))


def borrowed(text: Bilingual | None) -> str | None:
    """The language that a long text is borrowed from, for `borrowed_note`; None where it is the reader's."""
    phrase = text.read(current()) if text else None
    return phrase.language.value if phrase and phrase.language is not current() else None


def in_order(records: Iterable[R]) -> list[R]:
    """Records by name, in the order of the reader's language."""
    vietnamese = current() is Language.VI
    return sorted(records, key=lambda record: record.sort_vi if vietnamese else record.sort_en)


def source_links(sources: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A record's sources as items for components/sources.html, each once, in the order of the data."""
    unique = {source["url"]: source for source in sources}
    return [
        {
            "href": url,
            "host": host(url),
            "published": dates.partial(source["published"]) if source.get("published") else None,
            "read": dates.when(source["read"]) if source.get("read") else None,
        }
        for url, source in unique.items()
    ]


def source_link(url: str) -> dict[str, str]:
    """One source as a link that says whose page it is."""
    return {"href": url, "host": host(url)}


def host(url: str) -> str:
    """The name of the site that an address belongs to, as people say it."""
    return (urlsplit(url).hostname or url).removeprefix("www.")
