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
PLAIN = ("position", "producer_id", "product_id", "criterion", "source_url")


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


def bring_back(collection: Collection, kept: Sequence[dict[str, Any]], day: date) -> None:
    """Let the places stand again as they were kept; whoever was on show meanwhile stays on record."""
    known = {one.id: one for one in collection.features}
    wanted = {values["id"]: values for values in kept}
    for number in known.keys() - wanted.keys():
        take_away(collection, known[number], day)
    for number, values in wanted.items():
        feature = known.get(number) or _anew(collection, number)
        for name in PLAIN:
            setattr(feature, name, values[name])
        for name in DAYS:
            setattr(feature, name, read_day(values[name]))
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


def is_over(collection: Collection, day: date) -> bool:
    """Whether it is archive: its places stay as readers saw them."""
    return collection.window is not None and collection.window.is_over_on(day)


def active(collection: Collection, day: date) -> list[Feature]:
    """The places that are on the board: neither their days are over nor those of the collection."""
    if is_over(collection, day):
        return []
    return [one for one in collection.features if not one.window.is_over_on(day)]


def seen(collection: Collection, day: date) -> dict[int, tuple[date, date]]:
    """By place, from when to when it was on show before a day."""
    days = {one.id: window.before(day) for one in collection.features if (window := one.open_window)}
    return {number: first_and_last for number, first_and_last in days.items() if first_and_last}


def _anew(collection: Collection, number: int) -> Feature:
    """A place that was removed, with its number unless another place has got that meanwhile."""
    is_free = db.session.get(Feature, number) is None
    feature = Feature(id=number if is_free else None, collection_id=collection.id)
    collection.features.append(feature)
    return feature


def _feature(one: Feature) -> dict[str, Any]:
    return {
        "id": one.id,
        **{name: getattr(one, name) for name in PLAIN},
        **{name: _written(getattr(one, name)) for name in DAYS},
        "reason": one.reason.plain,
    }


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def read_day(text: str | None) -> date | None:
    """A day as it was kept."""
    return date.fromisoformat(text) if text else None
