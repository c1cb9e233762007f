"""Changes of villages and sights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from catalogue.accounts.rules import may_show_pages
from catalogue.database import db
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import require
from catalogue.places.listings import put_sight, put_village
from catalogue.places.models import CraftVillage, Place, PointOfInterest
from catalogue.rewriting import rewriting


def apply_village(actor: Actor, code: str, content: Mapping[str, Any]) -> CraftVillage:
    """Let the catalogue show this content: a new village, or the one of that code as it now is."""
    require(may_show_pages(actor))
    with rewriting(CraftVillage, code) as village:
        put_village(village, content, _place(content.get("place")))
    return village


def apply_sight(actor: Actor, code: str, content: Mapping[str, Any]) -> PointOfInterest:
    """Let the catalogue show this content: a new sight, or the one of that code as it now is."""
    require(may_show_pages(actor))
    with rewriting(PointOfInterest, code) as sight:
        put_sight(sight, content, _place(content.get("place")))
    return sight


def _place(code: str | None) -> int | None:
    return db.session.scalar(select(Place.id).where(Place.code == code)) if code else None
