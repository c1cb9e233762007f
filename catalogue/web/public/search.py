"""Search over every kind of record, grouped by kind, with what was found marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Response, current_app, make_response, request
from flask_babel import format_decimal, gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from catalogue.adapters.search_index import SearchIndex, stem
from catalogue.certification.models import Certificate
from catalogue.certification.queries import certificates_of_products
from catalogue.database import Record
from catalogue.flowers.models import FlowerVariety
from catalogue.kernel.clock import today
from catalogue.kernel.language import Bilingual
from catalogue.places.models import CraftVillage, IndustrialZone, Place, PointOfInterest
from catalogue.producers.models import Producer
from catalogue.products.models import Category, Product
from catalogue.search import misses
from catalogue.search.asking import Terms
from catalogue.search.everything import (
    MOST_OF_A_KIND,
    PAGE_SIZE,
    Found,
    Group,
    near_names,
    nearest,
    search_everything,
    search_kind,
)
from catalogue.search.highlight import mark
from catalogue.search.pages import SitePage
from catalogue.search.request import read_request
from catalogue.web import labels, paging, prints
from catalogue.web.language import address, current, page, read
from catalogue.web.page import show as render
from catalogue.web.private import not_kept
from catalogue.web.public.facets import list_address
from catalogue.web.public.records import page_of
from catalogue.web.public.why import why

KINDS: dict[str, LazyString] = {
    "product": lazy_gettext("Products"),
    "producer": lazy_gettext("Makers"),
    "village": lazy_gettext("Craft villages"),
    "route": lazy_gettext("Routes"),
    "place": lazy_gettext("Places"),
    "sight": lazy_gettext("Sights"),
    "zone": lazy_gettext("Industrial zones"),
    "flower": lazy_gettext("Flowers"),
    "scheme": lazy_gettext("Certification schemes"),
    "about": lazy_gettext("About this site"),
    "page": lazy_gettext("Pages of this site"),
}
LISTS = {
    "product": "public.products",
    "producer": "public.producers",
    "village": "public.villages",
    "route": "public.routes",
    "place": "public.places",
    "sight": "public.sights",
    "zone": "public.zones",
    "flower": "public.flowers",
    "scheme": "public.schemes",
}

PAGES = {
    "about": "public.about.index",
    "home": "public.home.show",
    "translations": "public.translations.show",
    "accessibility": "public.about.accessibility",
    "brand": "public.brand.show",
    "corrections": "public.corrections.write",
    "exporters": "public.exporters.index",
    "collections": "public.collections.index",
    "flower-centre": "public.flower_centre.show",
    "help": "public.about.guide",
    "open-data": "open_data.show",
    "makers-guide": "public.about.producers",
    "privacy": "public.about.privacy",
    "resolution": "public.resolution.show",
    "sources": "public.sources.index",
}

Pieces = Sequence[tuple[str, bool]]

blueprint = Blueprint("search", __name__)


@page(blueprint, vi="/tim", en="/search")
def results() -> Response:
    """What one box finds; `?of=` shows one kind by itself, a page at a time.

    What finds nothing is noted for the office, so nobody keeps that page.
    """
    words = read_request(list(request.args.items(multi=True))).q
    only = request.args.get("of", "")
    if only not in KINDS:
        only = ""
    found = _find(words, only)
    body = render(
        "public/search/results.html",
        query=words,
        title=_title(found.total, words, only),
        groups=_groups(found, words, only),
        spelling=spelling(found.unspelled),
        meant=_meant(found, words),
        instead=_instead(words) if words and _is_poor(found) else [],
        everything=_address(words) if only else None,
        pager=paging.pager(paging.asked(), -(-found.total // PAGE_SIZE)) if only else None,
        ways=[(str(name), address(f"{LISTS[kind]}.index")) for kind, name in KINDS.items() if kind in LISTS],
    )
    if found.total or not words or only:
        return make_response(body)
    misses.note(current_app.extensions["misses"], words, current(), today())
    return not_kept(body, hidden=False)


def _find(words: str, only: str) -> Found:
    index: SearchIndex = current_app.extensions["search_index"]
    if not words:
        return Found()
    if only:
        return search_kind(index, words, only, paging.asked(), today())
    return search_everything(index, words, today())


def _meant(found: Found, words: str) -> dict[str, str] | None:
    """What the reader may have meant: a sentence, and the search for it."""
    if found.meant is None:
        return {"said": _guess(words), "text": "", "href": ""} if found.guessed else None
    text = gettext("Search for “%(words)s”", words=found.meant)
    said = _guess(words) if found.guessed else gettext("Did you mean something else?")
    return {"said": said, "text": text, "href": _address(found.meant)}


def _is_poor(found: Found) -> bool:
    """Whether the reader should be told what else there is."""
    return not found.total or (found.guessed and found.total < MOST_OF_A_KIND)


def _guess(words: str) -> str:
    return gettext("Nothing is written “%(words)s”. Shown is what looks or sounds like it.", words=words)


def _instead(words: str) -> list[tuple[str, str]]:
    """The nearest that there is: fewer of the words, and what begins as they do."""
    index: SearchIndex = current_app.extensions["search_index"]
    fewer = [
        (
            ngettext(
                "“%(words)s”: %(number)s result",
                "“%(words)s”: %(number)s results",
                total,
                words=less,
                number=format_decimal(total),
            ),
            _address(less),
        )
        for less, total in nearest(index, words).items()
    ]
    return fewer + [(read(record.name), _page_of(record)) for record in near_names(words)]


def spelling(unspelled: Sequence[str]) -> str | None:
    """Says that words typed with marks were found without them only; None where there are none."""
    if not unspelled:
        return None
    words = ", ".join(f"“{word}”" for word in unspelled)
    return gettext("Nothing is spelled exactly %(words)s; shown without marks.", words=words)


def _title(total: int, words: str, only: str) -> str:
    if not words:
        return gettext("Search the catalogue")
    number = format_decimal(total)
    if only:
        return gettext("%(kind)s for “%(words)s”: %(number)s", kind=KINDS[only], words=words, number=number)
    return ngettext(
        "%(number)s result for “%(words)s”",
        "%(number)s results for “%(words)s”",
        total,
        number=number,
        words=words,
    )


def _groups(found: Found, words: str, only: str) -> list[dict[str, Any]]:
    """The arguments of `result_group` (components/results.html) for each kind."""
    product_ids = [one.id for group in found.groups if group.kind == "product" for one in group.records]
    certificates, day = certificates_of_products(product_ids), today()
    return [
        {
            "title": str(KINDS[group.kind]),
            "count": format_decimal(group.total),
            "items": [
                _hit(record, found.terms, certificates, day)
                | {"pinned": read(found.pinned.get((group.kind, record.id)))}
                for record in group.records
            ],
            "href": _more(group, words) if not only and group.total > len(group.records) else None,
            "more": gettext("See all %(number)s", number=format_decimal(group.total)),
        }
        for group in found.groups
    ]


def _more(group: Group, words: str) -> str:
    return list_address([("q", words)]) if group.kind == "product" else _address(words, group.kind)


def _address(words: str, only: str = "") -> str:
    return address("public.search.results", query=[("q", words)] + ([("of", only)] if only else []))


def _hit(
    record: Record | SitePage, terms: Terms, certificates: Mapping[int, Sequence[Certificate]], day: date
) -> dict[str, Any]:
    hit: dict[str, Any] = {
        "href": _page_of(record),
        "name": _marked(record.name, terms),
        "text": _marked(getattr(record, "summary", None), terms),
        "why": why(record, terms),
    }
    if isinstance(record, Product):
        hit |= {
            "by": _marked(record.producer.name, terms),
            "weave": record.producer.code,
            "print": prints.print_of(record),
            "status": labels.card_status(certificates.get(record.id, ()), day),
        }
    elif isinstance(record, Producer | CraftVillage):
        hit |= {"weave": record.code, "by": _marked(record.place.name if record.place else None, terms)}
    elif isinstance(record, PointOfInterest | IndustrialZone):
        hit["by"] = _marked(record.place.name if record.place else None, terms)
    elif isinstance(record, Place):
        former = ", ".join(name.commune for name in record.names if name.commune)
        hit["by"] = str(labels.PLACE_KINDS[record.kind])
        hit["text"] = (
            mark(gettext("Before July 2025: %(names)s", names=former), terms, stem) if former else ""
        )
    elif isinstance(record, FlowerVariety):
        hit |= {"print": prints.print_of_flower(record), "by": str(labels.FLOWER_GROUPS[record.trade_group])}
    return hit


def _page_of(record: Record | SitePage) -> str:
    if isinstance(record, SitePage):
        return address(PAGES[record.code])
    if isinstance(record, Category):
        return list_address([("category", record.code)])
    return page_of(record)


def _marked(text: Bilingual | None, terms: Terms) -> Pieces:
    return mark(read(text), terms, stem)
