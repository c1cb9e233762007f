"""Villages and sights as listings: rows as plain values for the editor, and plain values put on rows."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

from catalogue.kernel.language import Bilingual
from catalogue.kernel.sources import cite, urls_of
from catalogue.places.models import CraftVillage, PointOfInterest

VILLAGE_TEXTS = ("name", "summary", "visit_notes")
VILLAGE_PLAIN = ("ethnic_group", "recognition", "recognised_year", "decision", "households")


def village_content(village: CraftVillage) -> dict[str, Any]:
    """What the editor shows of a village; its place must be loaded."""
    return {
        **{name: getattr(village, name).plain for name in VILLAGE_TEXTS},
        **{name: getattr(village, name) for name in VILLAGE_PLAIN},
        "text": village.story.plain,
        "craft": village.craft_code,
        "place": village.place.code if village.place else None,
        "activities": _lines(village.visit_activities),
        "months": village.visit_months,
        "sources": urls_of(village.sources),
    }


def put_village(village: CraftVillage, content: Mapping[str, Any], place_id: int | None) -> None:
    """Let a row say what the content says; what the editor does not ask for stays."""
    for name in VILLAGE_TEXTS:
        setattr(village, name, Bilingual.of(content.get(name)))
    for name in VILLAGE_PLAIN:
        setattr(village, name, content.get(name))
    village.story = Bilingual.of(content.get("text"))
    village.craft_code = content["craft"]
    village.place_id = place_id
    village.visit_activities = _pairs(content.get("activities"))
    village.visit_months = content.get("months")
    village.sources = cite(content.get("sources"), village.sources)


def sight_content(sight: PointOfInterest) -> dict[str, Any]:
    """What the editor shows of a sight; its place must be loaded."""
    return {
        "name": sight.name.plain,
        "sight_kind": sight.kind,
        "summary": sight.summary.plain,
        "place": sight.place.code if sight.place else None,
        "sources": urls_of(sight.sources),
    }


def put_sight(sight: PointOfInterest, content: Mapping[str, Any], place_id: int | None) -> None:
    """Let a row say what the content says; what the editor does not ask for stays."""
    sight.name, sight.summary = Bilingual.of(content.get("name")), Bilingual.of(content.get("summary"))
    sight.kind, sight.place_id = content["sight_kind"], place_id
    sight.sources = cite(content.get("sources"), sight.sources)


def _lines(activities: list[Any]) -> dict[str, str | None] | None:
    """What there is to do as one text of a line each, the same line in both languages."""
    texts = {one: "\n".join(each.get(one) or "" for each in activities).strip() for one in ("vi", "en")}
    return {one: text or None for one, text in texts.items()} if any(texts.values()) else None


def _pairs(lines: Mapping[str, str | None] | None) -> list[dict[str, str | None]]:
    texts = ((lines or {}).get(one) or "" for one in ("vi", "en"))
    pairs = zip_longest(*(text.splitlines() for text in texts), fillvalue="")
    return [
        {"vi": vi.strip() or None, "en": en.strip() or None} for vi, en in pairs if vi.strip() or en.strip()
    ]
