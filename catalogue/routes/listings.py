"""A route with its stops as a listing: rows as plain values for the editor, and plain values put on rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from catalogue.kernel.language import Bilingual
from catalogue.kernel.sources import cite, urls_of
from catalogue.routes.models import Stop, TourRoute

TEXTS = ("name", "theme", "summary")
PLAIN = ("days", "mode", "distance_km")
# What may stand at a stop, as `<kind>:<code>`, and the column that names it.
TARGETS = {"village": "village_id", "producer": "producer_id", "sight": "poi_id"}


def content_of(route: TourRoute) -> dict[str, Any]:
    """What the editor shows of a route; its stops must be loaded, with what stands at them."""
    return {
        **{name: getattr(route, name).plain for name in TEXTS},
        **{name: getattr(route, name) for name in PLAIN},
        "text": route.story.plain,
        "months": route.season_months,
        "stops": [
            {"at": _target(stop), "minutes": stop.minutes, "note": stop.note.plain}
            for stop in route.stops
            if stop.archived_at is None
        ],
        "sources": urls_of(route.sources),
    }


def put_content(route: TourRoute, content: Mapping[str, Any]) -> None:
    """Let a row say what the content says; its stops are `routes.actions.apply_listing`'s."""
    for name in TEXTS:
        setattr(route, name, Bilingual.of(content.get(name)))
    for name in PLAIN:
        setattr(route, name, content.get(name))
    route.story = Bilingual.of(content.get("text"))
    route.season_months = content.get("months")
    route.sources = cite(content.get("sources"), route.sources)


def _target(stop: Stop) -> str:
    kind = next(kind for kind, column in TARGETS.items() if getattr(stop, column) is not None)
    return f"{kind}:{stop.target.code}"
