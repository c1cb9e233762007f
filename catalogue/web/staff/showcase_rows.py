"""Collections, places and candidates as the board shows them."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext

from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.showcase import queries
from catalogue.showcase.models import Collection, Feature
from catalogue.showcase.queries import Candidate, Standing
from catalogue.showcase.rules import Criterion, Lack, phase_on
from catalogue.web import dates, showcase_words
from catalogue.web.page import say


def summary(collection: Collection, day: date) -> dict[str, Any]:
    phase = phase_on(collection.window, day)
    return {
        "name": say(collection.name),
        "kind": str(showcase_words.KINDS[collection.kind]),
        "days": showcase_words.days(collection.window),
        "phase": {"kind": showcase_words.PHASE_KIND[phase], "text": str(showcase_words.PHASES[phase])},
    }


def named(place: Feature) -> dict[str, Any]:
    subject = place.subject
    return {
        "id": place.id,
        "name": say(subject.name) if subject else str(showcase_words.LACKS[Lack.GONE]),
        "weave": _weave(subject),
        "days": showcase_words.days(place.window),
        "criterion": str(showcase_words.CRITERIA[place.criterion]),
        "reason": say(place.reason),
    }


def on_board(place: Feature, standing: Standing, number: int, last: int, day: date) -> dict[str, Any]:
    return named(place) | {
        "number": number,
        "up": number - 1 if number > 1 else None,
        "down": number + 1 if number < last else None,
        "standing": _standing(place, standing, day),
    }


def _standing(place: Feature, standing: Standing, day: date) -> dict[str, str]:
    if standing.lacks:
        missing = showcase_words.missing(standing.lacks)
        return {"kind": "wrong", "text": gettext("Not shown: %(what)s", what=missing)}
    if standing.is_open:
        return {"kind": "fact", "text": gettext("On show today")}
    if place.starts > day:
        return {"kind": "wait", "text": gettext("From %(day)s on", day=dates.day(place.starts))}
    return {"kind": "none", "text": gettext("Not shown: the collection is not on show today")}


def _weave(subject: Producer | Product | None) -> str:
    if isinstance(subject, Product):
        return subject.producer.code
    return subject.code if subject else "da-lat"


def preview_of(collection: Collection, day: date) -> dict[str, Any]:
    """What readers see on a day: the order of that day, and who is left out and why."""
    shown = queries.on_show(queries.running_collections(day), day).get(collection.id, [])
    left_out = [
        one
        for one in queries.standings([collection], day).values()
        if one.feature not in shown and one.is_open
    ]
    return {
        "day": dates.day(day),
        "shown": [named(one) for one in shown],
        "left_out": [
            {
                "name": named(one.feature)["name"],
                "why": showcase_words.missing(one.lacks) or gettext("its maker has two places already"),
            }
            for one in left_out
        ],
    }


def candidate_row(
    one: Candidate, subject: Producer | Product, code: str, criterion: Criterion, is_there: bool
) -> dict[str, Any]:
    return {
        "name": say(subject.name),
        "weave": _weave(subject),
        "certificates": one.merit.certificates,
        "markets": one.merit.markets,
        "has_capacity": one.merit.has_capacity,
        "is_there": is_there,
        "href": url_for("staff.showcase.give", code=code, who=subject.code, criterion=criterion.value),
    }


def sheet_query(places: list[Feature]) -> dict[str, str]:
    """What the shortlist's own line sheets take: the goods of the board, before readers see it."""
    products = ",".join(one.product.code for one in places if one.product)
    producers = ",".join(one.producer.code for one in places if one.producer)
    return {name: codes for name, codes in (("products", products), ("producers", producers)) if codes}
