"""The product list with its facets, and the page of one product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, current_app, request
from flask_babel import format_decimal, gettext, lazy_gettext, ngettext

from catalogue.adapters.search_index import SearchIndex
from catalogue.certification.queries import (
    certificates_of_producer,
    certificates_of_product,
    certificates_of_products,
)
from catalogue.certification.rules import Status
from catalogue.kernel.clock import today
from catalogue.places.queries import villages
from catalogue.producers.models import Producer
from catalogue.products.models import Category, Product
from catalogue.products.queries import category_tree, product_by_slug, products_of_producers
from catalogue.routes.queries import routes
from catalogue.search.nearness import Way, nearness
from catalogue.search.queries import CatalogueResults, search_catalogue, ways_out
from catalogue.search.reasons import Where
from catalogue.search.request import FACETS, SearchRequest, Sort, read_request, way_of
from catalogue.web import paging, photographs, prints, seasons, structured
from catalogue.web.language import current, page, read
from catalogue.web.page import is_stale, is_translated, say
from catalogue.web.page import show as render
from catalogue.web.public import facets, specs, thread, ways
from catalogue.web.public.cards import keeping, product_cards
from catalogue.web.public.claims import claim, seal
from catalogue.web.public.finding import marked
from catalogue.web.public.records import borrowed, find_or_redirect, page_of, source_links
from catalogue.web.public.search import spelling
from catalogue.web.public.selection import Selection
from catalogue.web.public.whereabouts import flower_link, in_latin, place_rows
from catalogue.web.public.why import why

SORTS = {
    Sort.RELEVANCE: lazy_gettext("Best match"),
    Sort.NAME: lazy_gettext("Name, A to Z"),
    Sort.MAKER: lazy_gettext("Maker, A to Z"),
    Sort.WAY: lazy_gettext("Nearest first, or along the way"),
}
# What a card shows of a product.
ON_A_CARD = (Where.NAME, Where.MAKER)
# So many other products of the same maker stand on a product's page; the maker's own page has them all.
MOST_SIBLINGS = 8

blueprint = Blueprint("products", __name__)


@page(blueprint, vi="/san-pham", en="/products")
def index() -> str:
    """Products, found by words and narrowed by facets."""
    asked, day = read_request(list(request.args.items(multi=True))), today()
    found = search_catalogue(_search_index(), asked, current(), day)
    named, way = facets.FacetWords(), ways.chosen(asked.chosen)
    return render(
        "public/products/index.html",
        words=asked.q,
        title=_title(found.total, asked.q),
        groups=named.groups(asked, found.counts),
        chips=named.chips(asked),
        filters_on=sum(map(len, asked.chosen.values())),
        clear_href=facets.list_address(asked.address(clearing=FACETS)),
        submit=ngettext(
            "Show %(number)s product",
            "Show %(number)s products",
            found.total,
            number=format_decimal(found.total),
        ),
        sorts=[
            {"value": sort.value, "label": str(label), "selected": sort is asked.sort}
            for sort, label in SORTS.items()
            if (sort is not Sort.RELEVANCE or asked.q) and (sort is not Sort.WAY or way_of(asked.chosen))
        ],
        spelling=spelling(found.unspelled) if found.total else None,
        ignored=[value for _, value in asked.ignored],
        season=_season_link(asked, found.counts, day),
        order=ways.order([way]) if way and asked.sort is Sort.WAY and found.total else None,
        cards=_found_cards(found, way, day),
        pager=paging.pager(found.page, found.pages),
        ways=[] if found.total else _ways(asked, day),
    )


@page(blueprint, vi="/san-pham/<slug>", en="/products/<slug>")
def show(slug: str) -> str:
    """One product: its maker, what is on record about it, where its thread leads."""
    product, day, language = find_or_redirect(Product, slug, product_by_slug), today(), current()
    maker = product.producer
    siblings = [one for one in products_of_producers([product.producer_id], language) if one is not product]
    about, (price, *buyers) = _flower(product) + specs.about(product), specs.for_buyers(product)
    held = certificates_of_product(product.id)
    return render(
        "public/products/show.html",
        record=product,
        photos=photographs.all_of(product),
        translated=is_translated(product),
        stale=is_stale(product),
        structured=[structured.product(product, held, day)],
        product=product,
        title=read(product.name),
        summary=read(product.summary),
        crumbs=_crumbs(product),
        plates=[{"print": prints.print_of(product), "variant": variant} for variant in prints.VARIANTS],
        maker=_maker(maker),
        alcohol=specs.contains_alcohol(product),
        seals=[seal(one) for one in held if one.status_on(day) is Status.VALID],
        claims=[claim(one, day, product) for one in held if one.status_on(day) is not Status.VALID],
        maker_holds=any(one not in held for one in certificates_of_producer(product.producer_id)),
        origin=thread.of_product(product, routes(language), villages(language)),
        borrowed=borrowed(product.description),
        price=price,
        about=about,
        buyers=buyers,
        season=_season(product.season_months, day),
        keywords=(product.keywords or {}).get(language.value, []),
        place=place_rows(maker, thread.place_link(maker.place) if maker.place else None),
        place_known=maker.place is not None,
        sources=source_links(product.sources),
        siblings=_cards(siblings[:MOST_SIBLINGS], day),
        more_siblings=len(siblings) > MOST_SIBLINGS,
        enquire=Selection(products=(product.code,)).href("public.enquiries.write"),
        keeping=keeping(product),
        contact=current_app.config["TRADE_PROMOTION_EMAIL"],
    )


def _search_index() -> SearchIndex:
    index: SearchIndex = current_app.extensions["search_index"]
    return index


def _cards(products: Sequence[Product], day: date) -> list[dict[str, Any]]:
    return product_cards(products, certificates_of_products([one.id for one in products]), day)


def _found_cards(found: CatalogueResults, way: Way | None, day: date) -> list[dict[str, Any]]:
    """The cards of a list: with the words that were found marked, why each is there, and how far it is."""
    certificates = certificates_of_products([one.id for one in found.products])
    cards = product_cards(found.products, certificates, day, lambda text: marked(text, found.terms))
    spots = nearness().spots(way.facet, way.record.code) if way else {}
    return [
        card
        | {
            "away": ways.away([way], [spots[product.producer_id]]) if way else None,
            "why": why(product, found.terms, ON_A_CARD) if found.terms else None,
        }
        for product, card in zip(found.products, cards, strict=True)
    ]


def _title(total: int, words: str) -> str:
    number = format_decimal(total)
    if not words:
        return ngettext("%(number)s product", "%(number)s products", total, number=number)
    return ngettext(
        "%(number)s product for “%(words)s”",
        "%(number)s products for “%(words)s”",
        total,
        number=number,
        words=words,
    )


def _season_link(
    asked: SearchRequest, counts: Mapping[str, Mapping[str, int]], day: date
) -> dict[str, Any] | None:
    """The same list with only what is in season now, and how much; None where a month is asked for."""
    number = counts.get("month", {}).get(str(day.month), 0)
    if "month" in asked.chosen or not number:
        return None
    month = seasons.month_in_a_sentence(day.month)
    text = gettext("In season now, %(month)s: %(number)s", month=month, number=format_decimal(number))
    return {"text": text, "href": facets.list_address(asked.address(adding=("month", str(day.month))))}


def _ways(asked: SearchRequest, day: date) -> list[tuple[str, str]]:
    """Ways out of an empty list, each with how much it leads to."""
    onward = []
    for given_up, total in ways_out(_search_index(), asked, day).items():
        if given_up == "q":
            what, query = f"“{asked.q}”", asked.address(q="", sort=Sort.NAME)
        else:
            what, query = str(facets.LABELS[given_up]), asked.address(clearing=[given_up])
        text = ngettext(
            "Without “%(what)s”: %(number)s product",
            "Without “%(what)s”: %(number)s products",
            total,
            what=what.strip("“”"),
            number=format_decimal(total),
        )
        onward.append((text, facets.list_address(query)))
    return [*onward, (gettext("All products"), facets.list_address([]))]


def _maker(maker: Producer) -> dict[str, Any]:
    return {
        "name": say(maker.name),
        "code": maker.code,
        "href": page_of(maker),
        "website": maker.website,
    }


def _crumbs(product: Product) -> list[tuple[Any, str | None]]:
    line = reversed(category_tree().line(product.category))
    above = [(say(category.name), _of_category(category)) for category in line]
    return [(gettext("Products"), facets.list_address([])), *above, (say(product.name), None)]


def _of_category(category: Category) -> str:
    return facets.list_address([("category", category.code)])


def _flower(product: Product) -> list[specs.Row]:
    """The flower it is, with the name that botanists give it."""
    flower = product.flower
    if flower is None:
        return []
    rows: list[specs.Row] = [(gettext("Flower"), flower_link(flower))]
    return rows + [(gettext("Scientific name"), in_latin(name)) for name in [flower.scientific_name] if name]


def _season(months: Sequence[int] | None, day: date) -> dict[str, Any] | None:
    return {"words": seasons.words(months), "squares": seasons.squares(months, day)} if months else None
