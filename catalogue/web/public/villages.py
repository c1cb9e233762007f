"""Craft villages: what is made there and by whom, what can be seen, and how far a recognition is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, request
from flask_babel import gettext, ngettext

from catalogue.certification.queries import certificates_of_products
from catalogue.flowers.models import FlowerVariety
from catalogue.flowers.queries import flowers_of_village
from catalogue.kernel.clock import today
from catalogue.kernel.language import Bilingual
from catalogue.places.models import CraftVillage
from catalogue.places.queries import Gazetteer, gazetteer, position, village_by_slug, villages
from catalogue.places.rules import Recognition
from catalogue.producers.queries import producers_of_village
from catalogue.products.models import Category
from catalogue.products.queries import CategoryTree, category_tree, products_of_producers
from catalogue.routes.queries import routes
from catalogue.search.reasons import Where
from catalogue.web import geojson, labels, photographs, seasons, structured
from catalogue.web.language import address, current, page, read
from catalogue.web.page import is_stale, is_translated, say
from catalogue.web.page import show as render
from catalogue.web.prose import shown_notices
from catalogue.web.public import narrowing, season, thread, whereabouts
from catalogue.web.public.cards import maker_row, product_cards
from catalogue.web.public.entries import recognition, village_entry
from catalogue.web.public.finding import Sought, seek
from catalogue.web.public.records import borrowed, find_or_redirect, source_links

# A few products show what the village makes; the list of all is one link away.
# What a card of the list shows of a village.
ON_A_CARD = (Where.NAME,)
MOST_CARDS = 8

blueprint = Blueprint("villages", __name__)


@page(blueprint, vi="/lang-nghe", en="/villages")
def index() -> str:
    """All craft villages, narrowed by craft, place or what is known of their recognition."""
    tree, day = category_tree(), today()
    sought = seek("village", villages(current()))
    narrowed = _narrowed(tree, sought)

    def list_address(pairs: list[narrowing.Pair], words: list[narrowing.Pair] = sought.pairs) -> str:
        return address("public.villages.index", query=words + pairs)

    return render(
        "public/villages/index.html",
        words=sought.words,
        title=_title(len(narrowed.records), sought.words),
        submit=ngettext("Show %(num)s village", "Show %(num)s villages", len(narrowed.records)),
        groups=narrowed.groups,
        chips=sought.chips(list_address(narrowed.pairs, [])) + narrowed.chips(list_address),
        clear_href=address("public.villages.index"),
        ignored=narrowed.ignored,
        spelling=sought.spelling,
        season=season.narrowing_link(narrowed, list_address, gettext("Good to visit in %(month)s"), day),
        map_source=address("public.villages.index_map", query=sought.pairs + narrowed.pairs),
        villages=[
            village_entry(one, tree, sought.say) | {"why": sought.why(one, ON_A_CARD)}
            for one in narrowed.records
        ],
    )


@page(blueprint, vi="/lang-nghe.geojson", en="/villages.geojson")
def index_map() -> Response:
    """The points of the same list."""
    sought = seek("village", villages(current()))
    return geojson.answer(geojson.villages(_narrowed(category_tree(), sought).records))


@page(blueprint, vi="/lang-nghe/<slug>", en="/villages/<slug>")
def show(slug: str) -> str:
    """One craft village."""
    village, day = find_or_redirect(CraftVillage, slug, village_by_slug), today()
    makers = producers_of_village(village.id, current())
    products = products_of_producers([maker.id for maker in makers], current())
    certificates = certificates_of_products([product.id for product in products])
    craft = category_tree().by_code[village.craft_code]
    months = village.visit_months
    return render(
        "public/villages/show.html",
        record=village,
        photos=photographs.all_of(village),
        translated=is_translated(village),
        structured=[structured.village(village)],
        title=read(village.name),
        description=read(village.summary),
        village=village,
        recognition=recognition(village),
        borrowed=borrowed(village.story),
        stale=is_stale(village),
        notices=shown_notices(village=village.code),
        craft=say(craft.name),
        practical=_practical(village),
        facts=_facts(village, craft, flowers_of_village(village.id, current())),
        activities=[say(Bilingual(**one)) for one in village.visit_activities],
        months={"words": seasons.words(months), "squares": seasons.squares(months, day)} if months else None,
        map_source=_map_source(village),
        makers_title=_makers_title(len(makers)),
        makers=[maker_row(maker) for maker in makers],
        cards=product_cards(products, certificates, day)[:MOST_CARDS],
        products_more=ngettext("See %(num)s product", "See all %(num)s products", len(products)),
        products_href=address("public.products.index", query=[("village", village.code)]),
        craft_href=_craft_href(craft),
        thread=thread.of_village(village, makers, routes(current()), villages(current()), len(products)),
        sources=source_links(village.sources),
    )


@page(blueprint, vi="/lang-nghe/<slug>.geojson", en="/villages/<slug>.geojson")
def show_map(slug: str) -> Response:
    """A village and its makers."""
    village = village_by_slug(slug, current())
    makers = producers_of_village(village.id, current())
    return geojson.answer(geojson.together(geojson.villages([village]), geojson.producers(makers)))


def _title(number: int, words: str) -> str:
    if not words:
        return ngettext("%(num)s craft village", "%(num)s craft villages", number)
    return ngettext(
        "%(num)s craft village for “%(words)s”",
        "%(num)s craft villages for “%(words)s”",
        number,
        words=words,
    )


def _narrowed(tree: CategoryTree, sought: Sought[CraftVillage]) -> narrowing.Narrowed[CraftVillage]:
    land = gazetteer(current())
    facets = _facets(sought.everyone, land, tree)
    return narrowing.narrow(sought.records, facets, lambda one: _values(one, land), request.args)


def _map_source(village: CraftVillage) -> str | None:
    if position(village) is None:
        return None
    return address("public.villages.show_map", slug=village.slug(current()))


def _facets(everything: Sequence[CraftVillage], land: Gazetteer, tree: CategoryTree) -> list[narrowing.Facet]:
    practised = {one.craft_code for one in everything}
    crafts = {one.code: read(one.name) for one in tree.categories if one.code in practised}
    return [
        narrowing.Facet("category", gettext("Craft"), crafts, open=True),
        narrowing.Facet("recognition", gettext("Recognition"), labels.RECOGNITION, open=True),
        narrowing.Facet("place", gettext("Place"), {one.code: read(one.name) for one in land.places}),
        season.months_facet(gettext("Good months to visit"), [one.visit_months for one in everything]),
    ]


def _values(village: CraftVillage, land: Gazetteer) -> dict[str, list[str]]:
    return {
        "category": [village.craft_code],
        "recognition": [village.recognition],
        "place": land.codes_of(village),
        "month": [str(month) for month in village.visit_months or ()],
    }


def _practical(village: CraftVillage) -> list[tuple[str, Any]]:
    """The line under the head: place, people, households (components/facts.html, `meta`)."""
    items: list[tuple[str, Any]] = [("pin", whereabouts.short_place(village) or gettext("Place not known"))]
    if village.ethnic_group:
        items.append(("people", village.ethnic_group))
    if village.households:
        items.append(("home", _households(village.households)))
    return items


def _households(number: int) -> str:
    return ngettext(
        "%(num)s household in the craft, at the date of the source",
        "%(num)s households in the craft, at the date of the source",
        number,
    )


def _facts(village: CraftVillage, craft: Category, grown: Sequence[FlowerVariety]) -> whereabouts.Rows:
    households = _households(village.households) if village.households else gettext("Not known")
    rows: whereabouts.Rows = [
        (gettext("Craft"), whereabouts.link(say(craft.name), _craft_href(craft))),
        (gettext("People"), village.ethnic_group or ""),
        (gettext("Households"), households),
        (gettext("Flowers grown"), whereabouts.flower_links(grown)),
        (gettext("Recognition"), str(labels.RECOGNITION[village.recognition])),
    ]
    if village.recognition == Recognition.RECOGNISED or village.decision:
        rows += [
            (gettext("Year of recognition"), str(village.recognised_year or gettext("Not stated"))),
            (gettext("Number of the decision"), village.decision or gettext("Not known")),
        ]
    href = thread.place_link(village.place) if village.place else None
    return rows + whereabouts.place_rows(village, href)


def _makers_title(number: int) -> str:
    if not number:
        return gettext("No maker on record yet")
    return ngettext("%(num)s maker in the village", "%(num)s makers in the village", number)


def _craft_href(craft: Category) -> str:
    """All products of the craft, from any village."""
    return address("public.products.index", query=[("category", craft.code)])
