"""The front page: what is here, who made it, what is on record, where the thread leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import Any, TypeVar

from flask import Blueprint
from flask_babel import format_decimal, gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from catalogue.certification.models import Certificate
from catalogue.certification.queries import (
    certificates_of_products,
    latest_dated_certificates,
    schemes_with_levels,
)
from catalogue.certification.rules import Status
from catalogue.flower_centre.queries import flower_centre
from catalogue.flowers.queries import flowers
from catalogue.kernel.clock import today
from catalogue.kernel.language import Bilingual
from catalogue.pages.listings import built_in_sections
from catalogue.pages.models import HomeSection
from catalogue.pages.queries import home_sections
from catalogue.places.queries import villages
from catalogue.producers.queries import producer_ids, producers_by_id
from catalogue.products.models import Product
from catalogue.products.queries import category_tree, products_by_id
from catalogue.routes.models import TourRoute
from catalogue.routes.queries import routes_in_brief
from catalogue.search.queries import category_counts, evidence_counts
from catalogue.showcase.queries import featured_exporters
from catalogue.web import dates, labels, prints, structured
from catalogue.web.language import current, page, read
from catalogue.web.page import say
from catalogue.web.page import show as render
from catalogue.web.prose import prose, shown_notices
from catalogue.web.public import season
from catalogue.web.public.cards import maker_row, product_cards
from catalogue.web.public.collections import exporter_rows
from catalogue.web.public.facets import list_address
from catalogue.web.public.records import page_of

# The patches of the cloth of goods, in the order in which they lie: two big ones and sixteen small ones fill
# it on a desk and on a phone. A second word is the print where the category's own lies beside it already.
TILES: tuple[tuple[str, str | None], ...] = (
    ("brocade", None),
    ("tea", None),
    ("coffee", None),
    ("dried-persimmon", None),
    ("silk-textile", None),
    ("pottery", None),
    ("flowers", None),
    ("silver", None),
    ("vegetables-fruit", "strawberry"),
    ("bamboo-rattan", None),
    ("nuts", None),
    ("jar-wine", None),
    ("artichoke", None),
    ("honey", None),
    ("embroidery", None),
    ("wine-spirits", None),
    ("herbs-mushrooms", None),
    ("dairy", None),
)
BIG_TILES = ("brocade", "flowers")
MAKERS, ROUTES, REPORTED, FEATURED = 6, 4, 4, 4
# Among so many certificates those to be told are looked for: enough for several makers and plates.
LATEST = 100
EVIDENCE: dict[str, tuple[str, LazyString]] = {
    "confirmed": ("confirmed", lazy_gettext("confirmed and in force")),
    "reported": ("claim", lazy_gettext("reported by a source, not confirmed by the issuer")),
    "none": ("none", lazy_gettext("no certificate in force or reported")),
}

T = TypeVar("T")

blueprint = Blueprint("home", __name__)


@page(blueprint, vi="/", en="/")
def show() -> str:
    """What the site is, in one walk from the goods to the road."""
    day = today()
    evidence, makers, routes = evidence_counts(day), producer_ids(), routes_in_brief()
    crafts, sections = villages(current()), _own_sections()
    return render(
        "public/home/show.html",
        structured=[structured.site()],
        products=format_decimal(sum(evidence.values())),
        promise=_promise(evidence),
        gifts=list_address([("category", "handicraft"), ("category", "silk-textile")]),
        tiles=_tiles(day),
        makers=[maker_row(producer) for producer in producers_by_id(_makers_of_the_day(makers, day))],
        makers_total=len(makers),
        villages_total=len(crafts),
        season=season.block(crafts, routes, flowers(current()), day),
        stats=[
            {
                "number": format_decimal(evidence[value]),
                "text": str(words),
                "kind": kind,
                "href": list_address([("evidence", value)]),
            }
            for value, (kind, words) in EVIDENCE.items()
        ],
        none_confirmed=not evidence["confirmed"],
        reported=_lately_reported(day),
        routes=[_route(route) for route in _turn(routes, ROUTES, day)],
        routes_total=len(routes),
        featured=exporter_rows(featured_exporters(day)[:FEATURED], day),
        centre=flower_centre(),
        schemes_total=len(schemes_with_levels()),
        words={code: _words(section) for code, section in sections.items()},
        more_sections=[
            {"id": f"words-{one.code}"} | _words(one) for one in home_sections() if one.code not in sections
        ],
        notices=shown_notices(),
    )


def _own_sections() -> dict[str, HomeSection]:
    """The sections that the page has of itself: as staff wrote them, else as the site came with them."""
    written = {one.code: one for one in home_sections()}
    return {
        code: written.get(code)
        or HomeSection(code=code, title=Bilingual.of(content["title"]), text=Bilingual.of(content["text"]))
        for code, content in built_in_sections().items()
    }


def _words(section: HomeSection) -> dict[str, Any]:
    return {"title": say(section.title), "text": prose(section.text)}


def _promise(evidence: Mapping[str, int]) -> str:
    """How many products there are, and how their certificates stand; confirmed ones if there are any."""
    everything = sum(evidence.values())
    numbers = {value: format_decimal(number) for value, number in evidence.items()}
    if evidence["confirmed"]:
        return ngettext(
            "%(number)s product: %(confirmed)s with a confirmed certificate, %(reported)s with one that a"
            " source reports.",
            "%(number)s products: %(confirmed)s with a confirmed certificate, %(reported)s with one that a"
            " source reports.",
            everything,
            number=format_decimal(everything),
            confirmed=numbers["confirmed"],
            reported=numbers["reported"],
        )
    return ngettext(
        "%(number)s product, %(reported)s with a certificate that a source reports.",
        "%(number)s products, %(reported)s with a certificate that a source reports.",
        everything,
        number=format_decimal(everything),
        reported=numbers["reported"],
    )


def _turn(items: Sequence[T], most: int, day: date) -> list[T]:
    """Some of many, spread over the whole list; others tomorrow, so that everybody has a turn."""
    if not items:
        return []
    step = max(len(items) // most, 1)
    return [items[(day.toordinal() + place * step) % len(items)] for place in range(min(most, len(items)))]


def _makers_of_the_day(makers: Sequence[tuple[int, int | None]], day: date) -> list[int]:
    """As many from craft villages as from elsewhere, by turns."""
    in_villages = _turn([key for key, village in makers if village], MAKERS // 2, day)
    elsewhere = _turn([key for key, village in makers if not village], MAKERS // 2, day)
    return [key for pair in zip_longest(in_villages, elsewhere) for key in pair if key]


def _tiles(day: date) -> list[dict[str, Any]]:
    tree, counts = category_tree(), category_counts(day)
    return [
        {
            "name": say(tree.by_code[code].name),
            "href": list_address([("category", code)]),
            "print": own or prints.print_for(code),
            "count": format_decimal(counts.get(code, 0)),
            "big": code in BIG_TILES,
        }
        for code, own in TILES
        if code in tree.by_code
    ]


def _lately_reported(day: date) -> list[dict[str, Any]]:
    """Cards of products whose certificate was reported with a date, the latest first."""
    told: dict[int, Certificate] = {}
    for certificate in latest_dated_certificates(LATEST):
        for row in certificate.scope if certificate.status_on(day) is Status.UNCONFIRMED else ():
            told.setdefault(row.product_id, certificate)
    chosen = _various(products_by_id(told))[:REPORTED]
    cards = product_cards(chosen, certificates_of_products([one.id for one in chosen]), day)
    return [card | {"note": _told(told[one.id])} for one, card in zip(chosen, cards, strict=True)]


def _various(products: Sequence[Product]) -> list[Product]:
    """The same products, those first that show another maker and another plate than those before them."""
    first: list[Product] = []
    makers: set[int] = set()
    plates: set[str] = set()
    for product in products:
        if product.producer_id not in makers and prints.print_of(product) not in plates:
            first.append(product)
            makers.add(product.producer_id)
            plates.add(prints.print_of(product))
    return first + [product for product in products if product not in first]


def _told(certificate: Certificate) -> str:
    """OCOP, 4 stars, March 2025."""
    scheme = labels.short_scheme(read(certificate.scheme.name))
    level = labels.level(certificate.scheme.code, certificate.level)
    return ", ".join(part for part in (scheme, level, dates.partial(certificate.issued or "")) if part)


def _route(route: TourRoute) -> dict[str, Any]:
    """An item of `thread` (components/thread.html)."""
    distance = labels.distance(route.distance_km) if route.distance_km else None
    facts = [
        ngettext("%(num)s day", "%(num)s days", route.days),
        gettext("about %(distance)s", distance=distance) if distance else gettext("Distance not known"),
        ngettext("%(num)s stop", "%(num)s stops", len(route.stops)),
    ]
    return {
        "text": say(route.name),
        "href": page_of(route),
        "note": " · ".join(facts),
    }
