"""Sights and practical points: what each is, where it lies, the routes that stop there and who works near."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, request
from flask_babel import gettext, ngettext

from catalogue.kernel.text import sort_key
from catalogue.places.models import PointOfInterest
from catalogue.places.queries import Gazetteer, gazetteer, position, sight_by_slug, sights, villages
from catalogue.places.rules import Basis
from catalogue.producers.queries import producers
from catalogue.routes.models import Stop
from catalogue.routes.queries import routes, routes_in_brief, stops_at
from catalogue.web import geojson, labels
from catalogue.web.language import address, current, page, read
from catalogue.web.page import is_stale, is_translated, say
from catalogue.web.page import show as render
from catalogue.web.public import narrowing, thread, whereabouts
from catalogue.web.public.entries import sight_entry
from catalogue.web.public.records import find_or_redirect, page_of, source_links

MOST_NEAR = 6

blueprint = Blueprint("sights", __name__)


@page(blueprint, vi="/diem-tham-quan", en="/sights")
def index() -> str:
    """All sights, narrowed by kind or place."""
    passing = Counter(stop.poi_id for route in routes_in_brief() for stop in route.stops)
    narrowed = _narrowed()

    def list_address(pairs: list[narrowing.Pair]) -> str:
        return address("public.sights.index", query=pairs)

    return render(
        "public/sights/index.html",
        title=ngettext("%(num)s sight", "%(num)s sights", len(narrowed.records)),
        submit=ngettext("Show %(num)s sight", "Show %(num)s sights", len(narrowed.records)),
        groups=narrowed.groups,
        chips=narrowed.chips(list_address),
        clear_href=list_address([]),
        ignored=narrowed.ignored,
        map_source=address("public.sights.index_map", query=narrowed.pairs),
        sights=[sight_entry(one, _on_routes(passing[one.id])) for one in narrowed.records],
    )


@page(blueprint, vi="/diem-tham-quan.geojson", en="/sights.geojson")
def index_map() -> Response:
    """The points of the same list."""
    return geojson.answer(geojson.sights(_narrowed().records))


@page(blueprint, vi="/diem-tham-quan/<slug>", en="/sights/<slug>")
def show(slug: str) -> str:
    """One sight."""
    sight = find_or_redirect(PointOfInterest, slug, sight_by_slug)
    every, around = routes(current()), villages(current())
    return render(
        "public/sights/show.html",
        record=sight,
        translated=is_translated(sight),
        stale=is_stale(sight),
        title=read(sight.name),
        description=read(sight.summary),
        crumbs=[(gettext("Sights"), address("public.sights.index")), (say(sight.name), None)],
        sight=sight,
        kind=whereabouts.link(
            str(labels.SIGHTS[sight.kind]), address("public.sights.index", query=[("kind", sight.kind)])
        ),
        map_source=_map_source(sight),
        facts=whereabouts.place_rows(sight, thread.place_link(sight.place) if sight.place else None),
        has_point=sight.point is not None,
        stops=[_stop(stop) for stop in stops_at(every, sight_ids=[sight.id])],
        thread=thread.of_sight(sight, every, around),
        near=_near(sight),
        sources=source_links(sight.sources),
    )


@page(blueprint, vi="/diem-tham-quan/<slug>.geojson", en="/sights/<slug>.geojson")
def show_map(slug: str) -> Response:
    """One sight."""
    return geojson.answer(geojson.sights([sight_by_slug(slug, current())]))


def _narrowed() -> narrowing.Narrowed[PointOfInterest]:
    everything, land = sights(current()), gazetteer(current())
    facets = _facets(everything, land)
    return narrowing.narrow(everything, facets, lambda one: _values(one, land), request.args)


def _map_source(sight: PointOfInterest) -> str | None:
    return address("public.sights.show_map", slug=sight.slug(current())) if position(sight) else None


def _facets(everything: Sequence[PointOfInterest], land: Gazetteer) -> list[narrowing.Facet]:
    present = {one.kind for one in everything}
    kinds = {kind: words for kind, words in labels.SIGHTS.items() if kind in present}
    in_order = dict(sorted(kinds.items(), key=lambda item: sort_key(str(item[1]))))
    return [
        narrowing.Facet("kind", gettext("Kind of sight"), in_order, open=True),
        narrowing.Facet("place", gettext("Place"), {one.code: read(one.name) for one in land.places}),
    ]


def _values(sight: PointOfInterest, land: Gazetteer) -> dict[str, list[str]]:
    return {"kind": [sight.kind], "place": land.codes_of(sight)}


def _on_routes(number: int) -> str | None:
    return ngettext("A stop on %(num)s route", "A stop on %(num)s routes", number) if number else None


def _stop(stop: Stop) -> dict[str, Any]:
    """A route that stops here: what it says of this stop, and how long it stays."""
    time = labels.duration(stop.minutes) if stop.minutes is not None else None
    return {
        "text": say(stop.route.name),
        "href": page_of(stop.route),
        "about": whereabouts.line(
            gettext("Stop %(position)s of %(total)s", position=stop.position, total=len(stop.route.stops)),
            gettext("about %(time)s here", time=time) if time else gettext("Time on site not known"),
        ),
        "note": say(stop.note),
    }


def _near(sight: PointOfInterest) -> list[dict[str, Any]]:
    """Makers, villages and other sights within reach; none where only the old district is known."""
    where = position(sight)
    if where is None or where[1] is Basis.DISTRICT:
        return []
    point = where[0]
    others = [other for other in sights(current()) if other.id != sight.id]
    lists = [
        (
            gettext("Craft villages near"),
            thread.nearest(villages(current()), point, "public.villages.show"),
        ),
        (
            gettext("Makers near"),
            thread.nearest(producers(current()), point, "public.producers.show", MOST_NEAR),
        ),
        (
            gettext("Other sights near"),
            thread.nearest(others, point, "public.sights.show", MOST_NEAR),
        ),
    ]
    return [{"title": title, "items": items} for title, items in lists if items]
