"""The board of a collection as plain values: kept before every change, so that it can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from catalogue.database import db
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now
from catalogue.kernel.language import Bilingual
from catalogue.showcase.models import BoardStep, Collection, Feature

DAYS = ("starts", "ends", "taken_off")
PLAIN = ("id", "position", "producer_id", "product_id", "criterion", "source_url")


def keep(actor: Actor, collection: Collection, verb: str) -> None:
    """Note how a collection stands, in the transaction that is about to change it."""
    before = {
        "name": collection.name.plain,
        "introduction": collection.introduction.plain,
        "starts": _written(collection.starts),
        "ends": _written(collection.ends),
        "features": [_feature(one) for one in collection.features],
    }
    step = BoardStep(collection_id=collection.id, at=now(), actor=actor.name, verb=verb, before=before)
    db.session.add(step)


def bring_back(collection: Collection, before: dict[str, Any], day: date) -> None:
    """Let a collection stand again as it was kept; whoever was on show meanwhile stays on record."""
    collection.name = Bilingual.of(before["name"])
    collection.introduction = Bilingual.of(before["introduction"])
    collection.starts, collection.ends = _read(before["starts"]), _read(before["ends"])
    known = {one.id: one for one in collection.features}
    wanted = {values["id"]: values for values in before["features"]}
    for number in known.keys() - wanted.keys():
        take_away(collection, known[number], day)
    for number, values in wanted.items():
        feature = known.get(number)
        if feature is None:
            feature = Feature(collection_id=collection.id)
            collection.features.append(feature)
        for name in PLAIN:
            setattr(feature, name, values[name])
        for name in DAYS:
            setattr(feature, name, _read(values[name]))
        feature.reason = Bilingual.of(values["reason"])
    db.session.flush()


def take_away(collection: Collection, feature: Feature, day: date) -> None:
    """Off the board from that day on; one that readers saw before stays on record as taken off."""
    if feature.starts < day:
        feature.taken_off = min(feature.taken_off or day, day)
    else:
        collection.features.remove(feature)
    db.session.flush()


def number_anew(collection: Collection, day: date, order: Sequence[Feature] = ()) -> None:
    """The places from 1, in the given order, else as they stand; what is over goes behind."""
    places = order or active(collection, day)
    over = [one for one in collection.features if one not in places]
    for position, place in enumerate([*places, *over], start=1):
        place.position = position
    db.session.flush()


def active(collection: Collection, day: date) -> list[Feature]:
    """The places that are on the board: their days are not over."""
    return [one for one in collection.features if not one.window.is_over_on(day)]


def _feature(one: Feature) -> dict[str, Any]:
    return {
        **{name: getattr(one, name) for name in PLAIN},
        **{name: _written(getattr(one, name)) for name in DAYS},
        "reason": one.reason.plain,
    }


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _read(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
