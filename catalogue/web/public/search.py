"""Search over every kind of record, grouped by kind, with what was found marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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
from catalogue.web.public import ways
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


@dataclass(frozen=True)
class Asked:
    """What the address asks for: words, one kind alone, a place or a route."""

    words: str
    only: str
    where: ways.Asked

    def address(self, **changes: Any) -> str:
        """This search, changed so."""
        other = replace(self, **changes)
        only = [("of", other.only)] if other.only else []
        return address("public.search.results", query=[("q", other.words), *only, *other.where.pairs])


@page(blueprint, vi="/tim", en="/search")
def results() -> Response:
    """What one box finds; `?of=` shows one kind by itself, a page at a time; near a place or along a route.

    What finds nothing anywhere is noted for the office, so nobody keeps that page.
    """
    only = request.args.get("of", "")
    words = read_request(list(request.args.items(multi=True))).q
    asked = Asked(words, only if only in KINDS else "", ways.asked(request.args))
    found = _find(asked)
    body = render(
        "public/search/results.html",
        query=words,
        title=_title(found.total, words, asked.only),
        where=_where(asked, found) if words and (found.total or asked.where.typed) else None,
        groups=_groups(found, asked),
        spelling=spelling(found.unspelled),
        meant=_meant(found, asked),
        instead=_instead(asked) if words and _is_poor(found) else [],
        everything=asked.address(only="") if asked.only else None,
        pager=paging.pager(paging.asked(), -(-found.total // PAGE_SIZE)) if asked.only else None,
        ways=[(str(name), address(f"{LISTS[kind]}.index")) for kind, name in KINDS.items() if kind in LISTS],
    )
    if found.total or not words or asked.only or asked.where.ways:
        return make_response(body)
    misses.note(current_app.extensions["misses"], words, current(), today())
    return not_kept(body, hidden=False)


def _find(asked: Asked) -> Found:
    index: SearchIndex = current_app.extensions["search_index"]
    if not asked.words:
        return Found()
    if asked.only:
        return search_kind(index, asked.words, asked.only, paging.asked(), today(), asked.where.ways)
    return search_everything(index, asked.words, today(), asked.where.ways)


def _where(asked: Asked, found: Found) -> dict[str, Any]:
    """The form for a place and a route, what is chosen, and the order that follows from it."""
    chosen = asked.where.ways
    return {
        "form": ways.form(asked.where)
        | {"keep": [("q", asked.words), *([("of", asked.only)] if asked.only else [])]},
        "chips": [
            {"text": ways.name(way), "href": asked.address(where=asked.where.without(way))} for way in chosen
        ],
        "clear_href": asked.address(where=ways.ANYWHERE),
        "order": ways.order(chosen) if chosen and found.total else None,
        "last": ways.last(found.unplaced),
    }


def _meant(found: Found, asked: Asked) -> dict[str, str] | None:
    """What the reader may have meant: a sentence, and the search for it."""
    if found.meant is None:
        return {"said": _guess(asked.words), "text": "", "href": ""} if found.guessed else None
    text = gettext("Search for “%(words)s”", words=found.meant)
    said = _guess(asked.words) if found.guessed else gettext("Did you mean something else?")
    return {"said": said, "text": text, "href": asked.address(words=found.meant, only="")}


def _is_poor(found: Found) -> bool:
    """Whether the reader should be told what else there is."""
    return not found.total or (found.guessed and found.total < MOST_OF_A_KIND)


def _guess(words: str) -> str:
    return gettext("Nothing is written “%(words)s”. Shown is what looks or sounds like it.", words=words)


def _instead(asked: Asked) -> list[tuple[str, str]]:
    """The nearest that there is: the words anywhere, fewer of them, and what begins as they do."""
    index: SearchIndex = current_app.extensions["search_index"]
    anywhere = replace(asked, only="", where=ways.ANYWHERE)
    if asked.where.ways and (total := _find(anywhere).total):
        text = ngettext(
            "Anywhere: %(number)s result", "Anywhere: %(number)s results", total, number=format_decimal(total)
        )
        return [(text, anywhere.address())]
    fewer = [
        (
            ngettext(
                "“%(words)s”: %(number)s result",
                "“%(words)s”: %(number)s results",
                total,
                words=less,
                number=format_decimal(total),
            ),
            replace(anywhere, words=less).address(),
        )
        for less, total in nearest(index, asked.words).items()
    ]
    return fewer + [(read(record.name), _page_of(record)) for record in near_names(asked.words)]


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


def _groups(found: Found, asked: Asked) -> list[dict[str, Any]]:
    """The arguments of `result_group` (components/results.html) for each kind."""
    product_ids = [one.id for group in found.groups if group.kind == "product" for one in group.records]
    certificates, day = certificates_of_products(product_ids), today()
    return [
        {
            "title": str(KINDS[group.kind]),
            "count": format_decimal(group.total),
            "items": [
                _hit(record, found.terms, certificates, day)
                | {
                    "pinned": read(found.pinned.get((group.kind, record.id))),
                    "away": _away(found, asked, group.kind, record),
                }
                for record in group.records
            ],
            "href": _more(group, asked) if not asked.only and group.total > len(group.records) else None,
            "more": gettext("See all %(number)s", number=format_decimal(group.total)),
        }
        for group in found.groups
    ]


def _away(found: Found, asked: Asked, kind: str, record: Record | SitePage) -> str | None:
    if not asked.where.ways:
        return None
    return ways.away(asked.where.ways, found.spots[kind, record.id], is_route=kind == "route")


def _more(group: Group, asked: Asked) -> str:
    """All of a kind: products in their own list, but for those on a way, of which that list knows fewer."""
    if group.kind == "product" and not asked.where.ways:
        return list_address([("q", asked.words)])
    return asked.address(only=group.kind)


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
