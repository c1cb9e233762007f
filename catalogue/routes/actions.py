"""Changes of routes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from catalogue.accounts.rules import may_show_pages
from catalogue.archive import archived_too
from catalogue.database import db
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import NotFound, require
from catalogue.kernel.language import Bilingual
from catalogue.places.models import CraftVillage, PointOfInterest
from catalogue.producers.models import Producer
from catalogue.rewriting import rewriting
from catalogue.routes.listings import TARGETS, put_content
from catalogue.routes.models import Stop, TourRoute

MODELS = {"village": CraftVillage, "producer": Producer, "sight": PointOfInterest}


def apply_listing(actor: Actor, code: str, content: Mapping[str, Any]) -> TourRoute:
    """Let the catalogue show this content: a new route, or the one of that code as it now is.

    Stops at makers who have left the catalogue stay behind the others: they come back with their maker.
    """
    require(may_show_pages(actor))
    with rewriting(TourRoute, code) as route:
        put_content(route, content)
    with archived_too():
        _put_stops(route.id, content.get("stops") or ())
    return route


def targets(names: Collection[str]) -> dict[str, int]:
    """By `<kind>:<code>`, the number of what stands there; what the catalogue does not know is absent."""
    found: dict[str, int] = {}
    for kind, model in MODELS.items():
        codes = [name.partition(":")[2] for name in names if name.startswith(f"{kind}:")]
        rows = db.session.execute(select(model.code, model.id).where(model.code.in_(codes)))  # type: ignore[attr-defined]
        found |= {f"{kind}:{row.code}": row.id for row in rows}
    return found


def _put_stops(route_id: int, stops: Collection[Mapping[str, Any]]) -> None:
    """The stops in this order. A stop that stays keeps its row; places are first moved out of each other's
    way, for no two may stand at one."""
    known = {_key(stop): stop for stop in db.session.scalars(select(Stop).where(Stop.route_id == route_id))}
    numbers = targets([stop["at"] for stop in stops])
    beyond = len(stops) + max((stop.position for stop in known.values()), default=0)
    for offset, stop in enumerate(known.values(), start=1):
        stop.position = beyond + offset
    db.session.flush()
    for position, wanted in enumerate(stops, start=1):
        if wanted["at"] not in numbers:
            raise NotFound("listing.unknown")
        column = TARGETS[wanted["at"].partition(":")[0]]
        key = column, numbers[wanted["at"]]
        stop = known.pop(key) if key in known else Stop(route_id=route_id, **{column: key[1]})
        stop.position, stop.minutes = position, wanted.get("minutes")
        stop.note, stop.archived_at = Bilingual.of(wanted.get("note")), None
        db.session.add(stop)
    for stop in known.values():
        if stop.archived_at is None:
            db.session.delete(stop)
    db.session.flush()


def _key(stop: Stop) -> tuple[str, int]:
    return next(
        (column, number) for column in TARGETS.values() if (number := getattr(stop, column)) is not None
    )


def archive_stops_at(kind: str, target_id: int, moment: datetime | None) -> None:
    """Let the stops at a village, producer or sight leave their routes with it, or come back (None)."""
    there = getattr(Stop, TARGETS[kind]) == target_id
    with archived_too():
        for stop in db.session.scalars(select(Stop).where(there)):
            stop.archived_at = moment
        db.session.flush()
