"""Exporters: the makers that a source names a foreign market of, and what a buyer abroad asks first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, request
from flask_babel import gettext, ngettext
from markupsafe import Markup

from catalogue.certification.models import Certificate
from catalogue.certification.queries import certificates_of_producers, certificates_of_products
from catalogue.kernel.clock import today
from catalogue.producers.models import Producer
from catalogue.producers.queries import exporters_by_id
from catalogue.products.models import Product
from catalogue.products.queries import products_of_producers
from catalogue.search.queries import choose_exporters
from catalogue.search.request import FACETS, read_request
from catalogue.web import labels, paging
from catalogue.web.language import address, current, page, read
from catalogue.web.page import quoting, say
from catalogue.web.page import show as render
from catalogue.web.public import facets, specs, whereabouts
from catalogue.web.public.records import page_of, source_link

HERE = "public.exporters.index"

blueprint = Blueprint("exporters", __name__)


@page(blueprint, vi="/xuat-khau", en="/exporters")
def index() -> str:
    """Exporters, narrowed by market, kind of product, certificate and the other facets of the products."""
    pairs = [(name, value) for name, value in request.args.items(multi=True) if name in FACETS]
    asked, day = read_request(pairs), today()
    found = choose_exporters(asked, current(), day)
    shown, pager = paging.cut(found.ids)
    named = facets.FacetWords(HERE, first="market")
    return render(
        "public/exporters/index.html",
        title=ngettext("%(num)s exporter", "%(num)s exporters", len(found.ids)),
        submit=ngettext("Show %(num)s exporter", "Show %(num)s exporters", len(found.ids)),
        groups=named.groups(asked, found.counts),
        chips=named.chips(asked),
        clear_href=address(HERE),
        ignored=[value for _, value in asked.ignored],
        exporters=_entries(exporters_by_id(shown), day),
        pager=pager,
    )


def _entries(makers: Sequence[Producer], day: date) -> list[dict[str, Any]]:
    """The arguments of `exporter` (components/exporter.html)."""
    products: dict[int, list[Product]] = defaultdict(list)
    for product in products_of_producers([maker.id for maker in makers], current()):
        products[product.producer_id].append(product)
    of_products = certificates_of_products([one.id for made in products.values() for one in made])
    of_makers = certificates_of_producers([maker.id for maker in makers])
    entries = []
    for maker in makers:
        made = products[maker.id]
        held = [*of_makers.get(maker.id, ()), *(one for each in made for one in of_products.get(each.id, ()))]
        entries.append(_entry(maker, made, held, day))
    return entries


def _entry(
    maker: Producer, made: Sequence[Product], held: Sequence[Certificate], day: date
) -> dict[str, Any]:
    href = page_of(maker)
    return {
        "name": say(maker.name),
        "href": href,
        "weave": maker.code,
        "about": whereabouts.line(labels.PRODUCER_KINDS[maker.kind], whereabouts.short_place(maker)),
        "makes": say(maker.products_summary),
        "facts": _facts(maker, made),
        "held": _held(held, day),
        "ways": _ways(href, len(made)),
    }


def _facts(maker: Producer, made: Sequence[Product]) -> list[tuple[str, Any]]:
    """What is known, then in one row what is not."""
    volumes, website = _volumes(made), _website(maker)
    unknown = [gettext("price, minimum order, delivery time")]
    unknown += [] if volumes else [gettext("volumes")]
    unknown += [] if website else [gettext("own website")]
    return [
        (gettext("Reported exports to"), ", ".join(labels.countries(one.country for one in maker.markets))),
        (gettext("Kinds of products"), _kinds(made)),
        (gettext("Volumes"), volumes),
        (gettext("Own website"), website),
        (gettext("Not known"), gettext("%(what)s: ask the maker", what=", ".join(unknown).capitalize())),
    ]


def _kinds(made: Iterable[Product]) -> Markup:
    """The categories of what it makes, each once, in the order of the language."""
    return Markup("; ").join(dict.fromkeys(say(product.category.name) for product in made))


def _volumes(made: Iterable[Product]) -> list[str]:
    return [
        gettext(
            "%(product)s: %(what)s %(amount)s", product=read(product.name), what=what.lower(), amount=amount
        )
        for product in made
        for what, amount in specs.volumes(product)
    ]


def _website(maker: Producer) -> Markup | None:
    if not maker.website:
        return None
    link = source_link(maker.website)
    return Markup('<a href="{href}" rel="noopener">{host}</a>').format(**link)


def _held(certificates: Iterable[Certificate], day: date) -> list[dict[str, Any]]:
    """What it and its products hold or are said to hold, as tags: one a standing, the best first."""
    names: dict[Any, dict[str, None]] = defaultdict(dict)
    for certificate in certificates:
        names[certificate.status_on(day)][_name(certificate)] = None
    return [
        {
            "kind": labels.STATUS_KIND[status],
            "text": quoting(
                gettext("%(standing)s: %(names)s", standing=words, names="; ".join(names[status]))
            ),
        }
        for status, words in labels.CARD_WORDS.items()
        if status in names
    ] or [{"kind": "none", "text": str(labels.NO_CERTIFICATE)}]


def _name(certificate: Certificate) -> str:
    """The scheme, with its level where it has one."""
    scheme = certificate.scheme
    if certificate.level is None:
        return read(scheme.name)
    return facets.level_words(read(scheme.name), scheme.code, certificate.level)


def _ways(href: str, products: int) -> list[tuple[str, str]]:
    """To its products and to its thread, on its own page."""
    ways = []
    if products:
        ways.append((ngettext("%(num)s product", "%(num)s products", products), f"{href}#products"))
    return [*ways, (gettext("Village, place and routes"), f"{href}#leads")]
