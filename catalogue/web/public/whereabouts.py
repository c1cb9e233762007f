"""Where a record stands, as rows of facts: the unit of today and the one before July 2025, the point."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext
from markupsafe import Markup, escape

from catalogue.flowers.models import FlowerVariety
from catalogue.kernel.geo import Point
from catalogue.places.models import Located, Place
from catalogue.places.rules import PlaceKind
from catalogue.web.language import address, current
from catalogue.web.page import say

OLD_UNITS = (PlaceKind.OLD_CITY, PlaceKind.OLD_DISTRICT)

Rows = list[tuple[str, Any]]


def place_rows(record: Located, href: str | None = None) -> Rows:
    """Rows for components/facts.html; needs `place` loaded. `href`: where the place's name leads."""
    rows: Rows = [(gettext("Place"), _place(record.place, href))]
    if record.place and record.place.kind in OLD_UNITS:
        rows.append((gettext("Ward or commune today"), gettext("Not known")))
    if before := former_units(record):
        rows.append((gettext("Before July 2025"), before))
    if record.locality:
        rows.append((gettext("Locality"), say(record.locality)))
    if point := record.point:
        where = degrees(point)
        if point.approximate:
            where = gettext("%(where)s, approximate: do not navigate to it", where=where)
        rows.append((gettext("Latitude, longitude"), where))
    return rows


def short_place(record: Located) -> str | Markup:
    """Where a record stands, for cards: its place, else the old district, else nothing."""
    if record.place:
        return say(record.place.name)
    return local(record.former_district) if record.former_district else ""


def former_units(record: Located) -> str | Markup:
    """The commune and district before July 2025; several are joined by semicolons in the data."""
    commune, district = record.former_commune, record.former_district
    if commune and district:
        return local(f"{commune} ({district})" if ";" in commune + district else f"{commune}, {district}")
    name = commune or district
    return local(name) if name else ""


def local(name: str) -> Markup:
    """A name that is kept in Vietnamese in both languages, marked so that a voice reads it as such."""
    return Markup('<span lang="vi">{}</span>').format(name)


def degrees(point: Point) -> str:
    """Latitude and longitude in decimal degrees, as the data has them."""
    return f"{point.lat}, {point.lon}"


def line(*parts: Any) -> Markup:
    """One line of short facts; what is empty is left out."""
    return Markup(" · ").join(escape(part) for part in parts if part)


def link(text: str | Markup, href: str) -> Markup:
    """A text that leads somewhere, for a row of facts."""
    return Markup('<a href="{}">{}</a>').format(href, escape(text))


def flower_link(flower: FlowerVariety) -> Markup:
    """A flower's name, leading to its page."""
    return link(say(flower.name), address("public.flowers.show", slug=flower.slug(current())))


def flower_links(flowers: Iterable[FlowerVariety]) -> Markup:
    """Several flowers in one line; empty for none."""
    return Markup(", ").join(flower_link(flower) for flower in flowers)


def in_latin(name: str) -> Markup:
    """A scientific name, which no voice should read as Vietnamese or English."""
    return Markup('<span lang="la">{}</span>').format(name)


def _place(place: Place | None, href: str | None) -> str | Markup:
    if place is None:
        return gettext("Not known")
    return link(say(place.name), href) if href else say(place.name)
