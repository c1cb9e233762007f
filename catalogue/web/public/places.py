"""Places: wards and communes of today, the units before July 2025, what a name means and what is there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from markupsafe import Markup

from catalogue.certification.models import CertificationScheme
from catalogue.certification.queries import certificates_of_products, schemes_of_areas
from catalogue.flowers.models import FlowerVariety
from catalogue.flowers.queries import flowers_of_place
from catalogue.kernel.clock import today
from catalogue.kernel.errors import NotFound
from catalogue.kernel.text import one_line
from catalogue.places.atlas import Atlas, Meaning, Meanings, atlas
from catalogue.places.models import IndustrialZone, Place, PlaceName
from catalogue.places.queries import place_by_slug, sights_in, villages, villages_in, zones_in
from catalogue.places.rules import OLD_UNITS, unit_kind
from catalogue.producers.models import Producer
from catalogue.producers.queries import producers_in
from catalogue.products.queries import category_tree, product_ids_by_producer, products_by_id
from catalogue.routes.queries import NEAR_KM, routes
from catalogue.web import geojson, labels
from catalogue.web.language import address, current, page, read
from catalogue.web.page import is_translated, say
from catalogue.web.page import show as render
from catalogue.web.public import thread, whereabouts
from catalogue.web.public.cards import maker_row, product_cards
from catalogue.web.public.entries import sight_entry, village_entry, zone_entry
from catalogue.web.public.records import find_or_redirect, page_of, source_links
from catalogue.web.public.thread import place_link
from catalogue.web.public.whereabouts import local

MOST_CARDS, MOST_MAKERS, MOST_NEAR = 8, 12, 4
MOST_ACROSS = 6  # knots of a thread beside each other; more hang below one another
LONGEST_NAME = 100  # signs; no place's name comes near

blueprint = Blueprint("places", __name__)


@page(blueprint, vi="/dia-danh", en="/places")
def index() -> str:
    """All places by the old city or district they lie in; `?q=` says what a name means."""
    land, asked = atlas(current()), one_line(request.args.get("q", "")[:LONGEST_NAME])
    if asked:
        return _lookup(land.lookup(asked), asked)
    counts = {"today": len(land.today), "old": len(land.old)}
    return render(
        "public/places/index.html",
        title=ngettext("%(num)s place", "%(num)s places", len(land.places)),
        today_words=ngettext("%(num)s ward or commune", "%(num)s wards and communes", counts["today"]),
        old_words=ngettext("%(num)s city or district", "%(num)s cities and districts", counts["old"]),
        groups=[_group(old, land) for old in land.old],
        others=[_unit(place) for place in land.without_old_unit()],
    )


@page(blueprint, vi="/dia-danh/<slug>", en="/places/<slug>")
def show(slug: str) -> ResponseReturnValue:
    """One place; the name of a unit that is gone leads to the place of today, or to all that it means."""
    try:
        place = find_or_redirect(Place, slug, place_by_slug)
    except NotFound:
        return _by_old_name(slug)
    day, land = today(), atlas(current())
    makers, here = producers_in(place, current()), villages_in(place, current())
    sights, zones = sights_in(place, current()), zones_in(place, current())
    made = product_ids_by_producer([maker.id for maker in makers], current())
    total = sum(len(ids) for ids in made.values())
    products = products_by_id(_from_every_maker(makers, made)[:MOST_CARDS])
    certificates = certificates_of_products([product.id for product in products])
    tree, old_units = category_tree(), land.taken_from(place)
    knots = thread.of_place(place, makers, here, sights, routes(current()), villages(current()), total)
    return render(
        "public/places/show.html",
        record=place,
        translated=is_translated(place),
        title=read(place.name),
        description=_description(place, makers, total),
        crumbs=[(gettext("Places"), address("public.places.index")), (say(place.name), None)],
        place=place,
        kind=str(labels.PLACE_KINDS[place.kind]),
        facts=_facts(place, land, flowers_of_place(place.id, [one.id for one in here], current())),
        former=_former_units(place),
        units=[_unit(unit) for unit in land.with_old_unit(place)] if place.kind in OLD_UNITS else [],
        namesakes=_namesakes(place, land),
        old_units=[whereabouts.link(say(old.name), place_link(old)) for old in old_units],
        thread=knots,
        across=len(knots.items) <= MOST_ACROSS,
        map_source=address("public.places.show_map", slug=place.slug(current()))
        if makers or here or sights
        else None,
        cards=product_cards(products, certificates, day),
        products_title=ngettext("%(num)s product", "%(num)s products", total),
        products_href=_filtered("products", place),
        makers_title=ngettext("%(num)s maker", "%(num)s makers", len(makers)),
        makers=[maker_row(maker) for maker in makers[:MOST_MAKERS]],
        makers_href=_filtered("producers", place) if len(makers) > MOST_MAKERS else None,
        villages_title=ngettext("%(num)s craft village", "%(num)s craft villages", len(here)),
        villages=[village_entry(village, tree) for village in here],
        villages_href=_filtered("villages", place),
        sights_title=ngettext("%(num)s sight", "%(num)s sights", len(sights)),
        sights=[sight_entry(sight) for sight in sights],
        zones_title=_zones_title(zones),
        zones=[zone_entry(zone) for zone in zones],
        schemes=[_scheme(one) for one in schemes_of_areas(unit.id for unit in [place, *old_units])],
        near=_near(place, land),
        sources=source_links(place.sources),
    )


@page(blueprint, vi="/dia-danh/<slug>.geojson", en="/places/<slug>.geojson")
def show_map(slug: str) -> Response:
    """The villages, makers and sights of a place."""
    place = place_by_slug(slug, current())
    here = geojson.together(
        geojson.villages(villages_in(place, current())),
        geojson.producers(producers_in(place, current())),
        geojson.sights(sights_in(place, current())),
    )
    return geojson.answer(here)


# ---------------------------------------------------------------- what a name means
def _by_old_name(slug: str) -> ResponseReturnValue:
    """A name as an address: 301 where it means one place, all of them where it means several."""
    meanings = atlas(current()).lookup(slug.replace("-", " "))
    if not meanings.meant:
        raise NotFound("place.unknown")
    if len(meanings.places) == 1:
        return redirect(place_link(meanings.places[0]), 301)
    return _lookup(Meanings(meanings.meant), ", ".join(dict.fromkeys(one.bare for one in meanings.meant)))


def _lookup(meanings: Meanings, words: str) -> str:
    if meanings.meant:
        title = ngettext(
            "“%(words)s” is the name of %(num)s place",
            "“%(words)s” is the name of %(num)s places",
            len(meanings.meant),
            words=words,
        )
    elif meanings.similar:
        title = ngettext(
            "%(num)s place with “%(words)s” in its name",
            "%(num)s places with “%(words)s” in their names",
            len(meanings.similar),
            words=words,
        )
    else:
        title = gettext("No place in this list is called “%(words)s”", words=words)
    return render(
        "public/places/lookup.html",
        title=title,
        words=words,
        query="",
        meant=[_meaning(one) for one in meanings.meant],
        similar=[_meaning(one) for one in meanings.similar],
        search_href=address("public.search.results", query=[("q", words)]),
    )


def _meaning(meaning: Meaning) -> dict[str, Any]:
    """The arguments of `entry` (components/entry.html)."""
    place, former = meaning.place, meaning.former
    if former:
        return {
            "name": local(former.commune or ""),
            "href": place_link(place),
            "about": _until_june(former),
            "text": gettext("Now part of %(place)s", place=read(place.name)),
        }
    if place.kind in OLD_UNITS:
        text = gettext("On its territory today: %(names)s", names=", ".join(map(_name, place.current)))
    else:
        text = gettext("Was: %(names)s", names=_former_names(place))
    return {
        "name": say(place.name),
        "href": place_link(place),
        "about": str(labels.PLACE_KINDS[place.kind]),
        "text": text,
    }


def _until_june(former: PlaceName) -> str:
    if not former.district:
        return gettext("Until 30 June 2025")
    return gettext("Part of %(district)s until 30 June 2025", district=former.district)


def _namesakes(place: Place, land: Atlas) -> dict[str, str] | None:
    """Where all meanings of a place's name stand, if it has several."""
    alike = land.namesakes(place)
    if not alike:
        return None
    bare = Meaning(place).bare
    return {"name": bare, "href": address("public.places.index", query=[("q", bare)])}


# ---------------------------------------------------------------- the parts of the pages
def _group(old: Place, land: Atlas) -> dict[str, Any]:
    units = land.with_old_unit(old)
    return {
        "name": say(old.name),
        "href": place_link(old),
        "count": ngettext("%(num)s unit today", "%(num)s units today", len(units)),
        "units": [_unit(place) for place in units],
    }


def _unit(place: Place) -> dict[str, Any]:
    return {"name": say(place.name), "href": place_link(place), "former": local(_former_names(place))}


def _name(place: Place) -> str:
    return read(place.name)


def _former_names(place: Place) -> str:
    return ", ".join(name.commune for name in place.names if name.commune)


def _former_units(place: Place) -> list[Markup]:
    """The units merged into a place of today, each with its district; English says what kind each was."""
    return [
        Markup("{}, {}").format(
            local(name.commune), labels.former_unit(unit_kind(name.commune), local(name.district or ""))
        )
        for name in place.names
        if name.commune
    ]


def _facts(place: Place, land: Atlas, grown: Sequence[FlowerVariety]) -> whereabouts.Rows:
    rows: whereabouts.Rows = [(gettext("Kind"), str(labels.PLACE_KINDS[place.kind]))]
    old = [whereabouts.link(say(unit.name), place_link(unit)) for unit in land.taken_from(place)]
    if place.kind not in OLD_UNITS:
        districts = list(dict.fromkeys(name.district for name in place.names if name.district))
        rows.append((gettext("City or district before July 2025"), old or [local(one) for one in districts]))
    rows.append((gettext("Flowers grown"), whereabouts.flower_links(grown)))
    if point := place.point:
        where = gettext("%(where)s, the middle of the unit", where=whereabouts.degrees(point))
        rows.append((gettext("Latitude, longitude"), where))
    return rows


def _description(place: Place, makers: Sequence[Producer], products: int) -> str:
    """One true sentence for search engines."""
    return gettext(
        "%(place)s, Lâm Đồng: %(makers)s and %(products)s in this catalogue; its names before July 2025.",
        place=read(place.name),
        makers=ngettext("%(num)s maker", "%(num)s makers", len(makers)),
        products=ngettext("%(num)s product", "%(num)s products", products),
    )


def _from_every_maker(makers: Sequence[Producer], made: dict[int, list[int]]) -> list[int]:
    """Products in turn: one of the first maker, one of the second, and again."""
    rounds = zip_longest(*(made.get(maker.id, []) for maker in makers))
    return [product_id for one in rounds for product_id in one if product_id is not None]


def _scheme(scheme: CertificationScheme) -> dict[str, Any]:
    """The arguments of `entry`."""
    return {
        "name": say(scheme.name),
        "href": page_of(scheme),
        "text": say(scheme.summary),
    }


def _zones_title(zones: Sequence[IndustrialZone]) -> str:
    return ngettext("%(num)s industrial zone", "%(num)s industrial zones", len(zones))


def _filtered(room: str, place: Place) -> str:
    """A list narrowed to a place."""
    return address(f"public.{room}.index", query=[("place", place.code)])


def _near(place: Place, land: Atlas) -> list[thread.Item]:
    """The units of today around it; an old unit's own units stand above."""
    if place.kind in OLD_UNITS:
        return []
    return [
        {"text": say(other.name), "href": place_link(other), "distance": labels.near(km)}
        for km, other in land.near(place, NEAR_KM)[:MOST_NEAR]
    ]
