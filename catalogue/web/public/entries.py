"""Craft villages, sights and industrial zones in lists: each looks the same wherever it is listed."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext

from catalogue.places.models import CraftVillage, IndustrialZone, PointOfInterest
from catalogue.products.queries import CategoryTree
from catalogue.web import labels
from catalogue.web.page import say
from catalogue.web.public import whereabouts
from catalogue.web.public.cards import Say
from catalogue.web.public.records import page_of


def village_entry(village: CraftVillage, tree: CategoryTree, said: Say = say) -> dict[str, Any]:
    """The arguments of `village_card` (components/village.html); needs `place` loaded. `said` gives a text as
    HTML."""
    return {
        "name": said(village.name),
        "href": page_of(village),
        "weave": village.code,
        "craft": said(tree.by_code[village.craft_code].name),
        "place": whereabouts.short_place(village),
        "status": recognition(village),
    }


def recognition(village: CraftVillage) -> dict[str, str]:
    """A tag; the year stands with it where a source names one."""
    words = str(labels.RECOGNITION[village.recognition])
    if village.recognised_year:
        words = gettext("%(words)s, %(year)s", words=words, year=village.recognised_year)
    return {"kind": labels.RECOGNITION_KIND[village.recognition], "text": words}


def sight_entry(sight: PointOfInterest, note: str | None = None) -> dict[str, Any]:
    """The arguments of `entry` (components/entry.html); needs `place` loaded."""
    return {
        "name": say(sight.name),
        "href": page_of(sight),
        "about": whereabouts.line(labels.SIGHTS[sight.kind], whereabouts.short_place(sight)),
        "text": say(sight.summary),
        "note": note,
    }


def zone_entry(zone: IndustrialZone) -> dict[str, Any]:
    """The arguments of `entry`."""
    return {
        "name": say(zone.name),
        "href": page_of(zone),
        "about": whereabouts.line(labels.ZONE_KINDS[zone.kind], labels.ZONE_STATES[zone.status_code]),
        "text": say(zone.summary),
    }
