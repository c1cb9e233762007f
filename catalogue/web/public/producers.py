"""Makers and growers: who they are, where they stand, what they make and what is on record about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Response, request
from flask_babel import gettext, lazy_gettext, ngettext
from markupsafe import Markup

from catalogue.certification.models import Certificate
from catalogue.certification.queries import certificates_of_producer, certificates_of_products
from catalogue.kernel.clock import today
from catalogue.kernel.language import Bilingual
from catalogue.places.models import IndustrialZone
from catalogue.places.queries import Gazetteer, gazetteer, position, villages
from catalogue.places.rules import OLD_UNITS
from catalogue.producers.models import Producer
from catalogue.producers.queries import producer_by_slug, producers
from catalogue.products.models import Product
from catalogue.products.queries import (
    CategoryTree,
    category_ids_by_producer,
    category_tree,
    product_counts_by_producer,
    products_of_producers,
)
from catalogue.routes.queries import routes
from catalogue.search.nearness import Spots, Way, nearness
from catalogue.search.reasons import Where
from catalogue.web import geojson, labels, paging, photographs, prints, structured
from catalogue.web.language import address, current, page, read
from catalogue.web.page import is_stale, is_translated, say
from catalogue.web.page import show as render
from catalogue.web.public import facets, narrowing, thread, ways, whereabouts
from catalogue.web.public.cards import keeping, maker_row, product_cards
from catalogue.web.public.claims import claim
from catalogue.web.public.finding import Sought, seek
from catalogue.web.public.records import (
    borrowed,
    find_or_redirect,
    in_order,
    page_of,
    source_link,
    source_links,
)
from catalogue.web.public.selection import Selection

# What a row of the list shows of a maker.
ON_A_ROW = (Where.NAME, Where.MAKES)
SORTS = {"name": lazy_gettext("Name, A to Z"), "products": lazy_gettext("Most products")}
# A maker's first products are cards; the others follow as a list, so that the page stays light.
MOST_CARDS = 12

blueprint = Blueprint("producers", __name__)


@page(blueprint, vi="/nha-san-xuat", en="/producers")
def index() -> str:
    """All makers, or those that have the words, narrowed by what they make, their kind, place, village,
    visits or markets, near a place or along a route."""
    sought = seek("producer", producers(current()))
    narrowed = _narrowed(sought)
    way = ways.chosen(narrowed.chosen)
    sorts = _sorts(sought.words, way)
    sort = next((one for one in sorts if one == request.args.get("sort")), next(iter(sorts)))
    spots = nearness().spots(way.facet, way.record.code) if way else {}
    shown, pager = paging.cut(_in_order_of(sort, narrowed.records, sought.everyone, spots))

    def list_address(pairs: list[narrowing.Pair], words: list[narrowing.Pair] = sought.pairs) -> str:
        order: list[narrowing.Pair] = [("sort", sort)] if sort != next(iter(sorts)) else []
        return address("public.producers.index", query=words + pairs + order)

    return render(
        "public/producers/index.html",
        words=sought.words,
        title=_title(len(narrowed.records), sought.words),
        submit=ngettext("Show %(num)s maker", "Show %(num)s makers", len(narrowed.records)),
        groups=narrowed.groups,
        sorts=[{"value": value, "label": words, "selected": value == sort} for value, words in sorts.items()],
        chips=sought.chips(list_address(narrowed.pairs, [])) + narrowed.chips(list_address),
        clear_href=address("public.producers.index"),
        ignored=narrowed.ignored,
        spelling=sought.spelling,
        order=ways.order([way]) if way and sort == "way" and narrowed.records else None,
        map_source=address("public.producers.index_map", query=sought.pairs + narrowed.pairs),
        makers=[
            maker_row(one, sought.say)
            | {
                "why": sought.why(one, ON_A_ROW),
                "away": ways.away([way], [spots[one.id]]) if way else None,
            }
            for one in shown
        ],
        pager=pager,
    )


@page(blueprint, vi="/nha-san-xuat.geojson", en="/producers.geojson")
def index_map() -> Response:
    """The points of the same list, of all its pages."""
    return geojson.answer(geojson.producers(_narrowed(seek("producer", producers(current()))).records))


@page(blueprint, vi="/nha-san-xuat/<slug>", en="/producers/<slug>")
def show(slug: str) -> str:
    """One maker."""
    producer, day = find_or_redirect(Producer, slug, producer_by_slug), today()
    products = products_of_producers([producer.id], current())
    certificates = certificates_of_products([product.id for product in products])
    cards = product_cards(products, certificates, day)
    own = certificates_of_producer(producer.id)
    return render(
        "public/producers/show.html",
        record=producer,
        photos=photographs.all_of(producer),
        translated=is_translated(producer),
        stale=is_stale(producer),
        structured=[structured.producer(producer, own, day)],
        title=read(producer.name),
        shares_its_name=read(producer.name) in _names_beside(products),
        description=read(producer.summary),
        crumbs=_crumbs(producer),
        producer=producer,
        tags=_tags(producer, products, certificates, day),
        borrowed=borrowed(producer.story),
        website=source_link(producer.website) if producer.website else None,
        print=_plate(products),
        enquire=Selection(producers=(producer.code,)).href("public.enquiries.write"),
        keeping=keeping(producer),
        visiting=_visiting(producer),
        facts=_facts(producer),
        map_source=_map_source(producer),
        products_title=ngettext("%(num)s product", "%(num)s products", len(products)),
        cards=cards[:MOST_CARDS],
        more_products=cards[MOST_CARDS:],
        own_claims=[_own_claim(one, day) for one in own],
        product_claims=_product_claims(products, certificates, day),
        thread=thread.of_producer(producer, routes(current()), villages(current()), len(products)),
        sources=source_links(producer.sources),
    )


@page(blueprint, vi="/nha-san-xuat/<slug>.geojson", en="/producers/<slug>.geojson")
def show_map(slug: str) -> Response:
    """One maker, at its own point, its village or its commune."""
    return geojson.answer(geojson.producers([producer_by_slug(slug, current())]))


def _names_beside(products: Sequence[Product]) -> set[str]:
    """What pages may be called that are found beside a maker's: those of its products and of villages."""
    return {read(one.name) for one in products} | {read(one.name) for one in villages(current())}


def _title(number: int, words: str) -> str:
    if not words:
        return ngettext("%(num)s maker", "%(num)s makers", number)
    return ngettext("%(num)s maker for “%(words)s”", "%(num)s makers for “%(words)s”", number, words=words)


def _sorts(words: str, way: Way | None) -> dict[str, str]:
    """The orders that make sense, the usual one first."""
    best = {"relevance": gettext("Best match")} if words else {}
    on_the_way = {"way": gettext("Nearest first, or along the way")} if way else {}
    return best | {value: str(label) for value, label in SORTS.items()} | on_the_way


def _in_order_of(
    sort: str, makers: list[Producer], by_name: Sequence[Producer], spots: Spots
) -> list[Producer]:
    """Makers come the best match first, and without words by name."""
    if sort == "way":
        return sorted(makers, key=lambda one: spots[one.id])
    if sort == "products":
        counts = product_counts_by_producer()
        return sorted(makers, key=lambda one: -counts.get(one.id, 0))
    if sort == "name":
        left = {one.id for one in makers}
        return [one for one in by_name if one.id in left]
    return makers


def _narrowed(sought: Sought[Producer]) -> narrowing.Narrowed[Producer]:
    land, tree = gazetteer(current()), category_tree()
    made, reach = category_ids_by_producer(), nearness().reach

    def values(producer: Producer) -> dict[str, list[str]]:
        kinds = [tree.line(tree.by_id[key]) for key in made.get(producer.id, ())]
        return (
            _values(producer, land)
            | {"category": list({one.code: one for line in kinds for one in line})}
            | reach.get(producer.id, {})
        )

    return narrowing.narrow(sought.records, _facets(sought.everyone, land, tree), values, request.args)


def _map_source(producer: Producer) -> str | None:
    if position(producer, producer.village) is None:
        return None
    return address("public.producers.show_map", slug=producer.slug(current()))


def _facets(everyone: Sequence[Producer], land: Gazetteer, tree: CategoryTree) -> list[narrowing.Facet]:
    known = {one.village.code: one.village for one in everyone if one.village}
    in_villages = {one.code: read(one.name) for one in in_order(known.values())}
    visits = {"yes": gettext("A source describes visits")}
    made = {one.code: read(one.name) for one in tree.categories}
    codes = {labels.country(market.country): market.country for one in everyone for market in one.markets}
    markets = {codes[name]: name for name in labels.countries(codes.values())}
    places = {one.code: read(one.name) for one in land.places}
    towns = {one.code for one in land.places if one.kind in OLD_UNITS}
    passing = {one.code: read(one.name) for one in routes(current())}
    return [
        narrowing.Facet("category", gettext("Kind of product"), made),
        narrowing.Facet("kind", gettext("Kind of maker"), labels.PRODUCER_KINDS, open=True),
        narrowing.Facet("visitable", gettext("Visits"), visits, open=True),
        narrowing.Facet("place", gettext("Place"), places),
        narrowing.Facet("village", gettext("Craft village"), in_villages),
        narrowing.Facet("market", gettext("Reported exports to"), markets),
        narrowing.Facet("near", str(facets.LABELS["near"]), places, offered=towns, said=facets.near),
        narrowing.Facet("along", str(facets.LABELS["along"]), passing),
    ]


def _values(producer: Producer, land: Gazetteer) -> dict[str, list[str]]:
    village = producer.village
    return {
        "kind": [producer.kind],
        "place": land.codes_of(producer) or (land.codes_of(village) if village else []),
        "village": [village.code] if village else [],
        "visitable": ["yes"] if producer.visitable else [],
        "market": [market.country for market in producer.markets],
    }


def _crumbs(producer: Producer) -> list[tuple[Any, str | None]]:
    crumbs: list[tuple[Any, str | None]] = [(gettext("Makers"), address("public.producers.index"))]
    if village := producer.village:
        crumbs.append((say(village.name), page_of(village)))
    return [*crumbs, (say(producer.name), None)]


def _tags(
    producer: Producer,
    products: Sequence[Product],
    certificates: Mapping[int, Sequence[Certificate]],
    day: date,
) -> list[dict[str, str]]:
    """What a reader sees first: the kind of maker, visits, and how its products stand."""
    tags = [{"kind": "fact", "text": str(labels.PRODUCER_KINDS[producer.kind])}]
    if producer.visitable:
        tags.append({"kind": "fact", "text": gettext("Visits reported")})
    statuses = [labels.card_status(certificates.get(product.id, ()), day) for product in products]
    for kind, text in dict.fromkeys((status["kind"], status["text"]) for status in statuses):
        number = statuses.count({"kind": kind, "text": text})
        words = ngettext("%(num)s product: %(status)s", "%(num)s products: %(status)s", number, status=text)
        tags.append({"kind": kind, "text": words})
    return tags


def _plate(products: Sequence[Product]) -> str:
    """The print of most of its products."""
    counted = Counter(prints.print_of(product) for product in products)
    return counted.most_common(1)[0][0] if counted else prints.HARVEST


def _visiting(producer: Producer) -> whereabouts.Rows:
    """What a visitor asks first."""
    visits = (
        gettext("A source describes visits. Tell them before you come.")
        if producer.visitable
        else gettext("Not known: ask before you go")
    )
    rows: whereabouts.Rows = [
        (gettext("Visits"), visits),
        (gettext("Opening hours"), say(producer.opening_hours))
        if producer.opening_hours
        else (gettext("Opening hours, telephone"), gettext("Not known")),
        *((label, say(text)) for label, text in _told_to_visitors(producer) if text),
    ]
    if producer.languages_spoken:
        spoken = [str(labels.SPOKEN.get(code, code)) for code in producer.languages_spoken]
        rows.append((gettext("Languages spoken"), ", ".join(spoken)))
    if producer.step_free is not None:
        can = gettext("Yes, without steps") if producer.step_free else gettext("No, there are steps")
        rows.append((gettext("Step-free"), can))
    if producer.village:
        village = whereabouts.link(say(producer.village.name), page_of(producer.village))
        rows.append((gettext("Craft village"), village))
    href = thread.place_link(producer.place) if producer.place else None
    return rows + whereabouts.place_rows(producer, href)


def _told_to_visitors(producer: Producer) -> list[tuple[str, Bilingual]]:
    """What makers themselves say to whoever comes."""
    return [
        (gettext("Good to know"), producer.visiting),
        (gettext("How to get there"), producer.way),
        (gettext("Payment"), producer.payment),
    ]


def _facts(producer: Producer) -> list[tuple[str, Any]]:
    """What a buyer asks first, and the rest of what is on record."""
    return [
        (gettext("Makes or grows"), say(producer.products_summary)),
        (gettext("Flowers grown"), whereabouts.flower_links(in_order(producer.flowers))),
        (gettext("Prices, minimum order"), gettext("Not known: ask the maker")),
        (gettext("Export markets"), _markets(producer)),
        (gettext("Industrial zone"), [_zone(zone) for zone in in_order(producer.zones)]),
        (gettext("Kind of maker"), str(labels.PRODUCER_KINDS[producer.kind])),
        (gettext("Founded or began"), str(producer.since or gettext("Not known"))),
    ]


def _zone(zone: IndustrialZone) -> Markup:
    return whereabouts.link(say(zone.name), page_of(zone))


def _markets(producer: Producer) -> str | Markup:
    """Each country leads to the exporters that a source names it for."""
    if not producer.markets:
        return gettext("None on record")
    named = {labels.country(market.country): market.country for market in producer.markets}
    links = [
        whereabouts.link(name, address("public.exporters.index", query=[("market", named[name])]))
        for name in labels.countries(named.values())
    ]
    told = Markup(gettext("%(countries)s (reported at some time, not necessarily today)"))  # noqa: S704
    return told % {"countries": Markup(", ").join(links)}


def _own_claim(certificate: Certificate, day: date) -> dict[str, Any]:
    """The arguments of `claim_line`, and the products that the source says it covers."""
    covered = in_order(row.product for row in certificate.scope)
    return {
        "line": claim(certificate, day),
        "covers": [whereabouts.link(say(one.name), page_of(one)) for one in covered],
    }


def _product_claims(
    products: Sequence[Product], certificates: Mapping[int, Sequence[Certificate]], day: date
) -> list[dict[str, Any]]:
    """What single products hold or are said to hold; each product's own page tells it in full."""
    return [
        {
            "product": whereabouts.link(say(one.name), page_of(one)),
            "line": claim(certificate, day),
            "status": labels.card_status([certificate], day),
        }
        for one in products
        for certificate in certificates.get(one.id, ())
        if certificate.product_id == one.id
    ]
