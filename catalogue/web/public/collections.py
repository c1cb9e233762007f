"""What staff feature: exporters and collections of the day with their reasons, the rule, and the archive."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, request
from flask_babel import gettext, ngettext

from catalogue.certification.models import Certificate
from catalogue.certification.queries import certificates_of_products
from catalogue.kernel.clock import today
from catalogue.products.models import Product
from catalogue.products.queries import products_of_producers
from catalogue.showcase import queries
from catalogue.showcase.models import Collection, Feature
from catalogue.showcase.rules import CollectionKind, Phase, phase_on
from catalogue.showcase.standing import certificates_in_force
from catalogue.web import dates, labels, showcase_words
from catalogue.web.language import address, current, page, read
from catalogue.web.page import say
from catalogue.web.page import show as render
from catalogue.web.public import specs
from catalogue.web.public.cards import product_cards
from catalogue.web.public.records import find_or_redirect, page_of, source_link

HERE = "public.collections.index"

blueprint = Blueprint("collections", __name__)


@page(blueprint, vi="/bo-suu-tap", en="/collections")
def index() -> str:
    """The featured exporters of today, narrowed by market and standard; other collections, rule, archive."""
    day = today()
    running = queries.running_collections(day)
    shown = queries.on_show(running, day)
    rows = exporter_rows([one for each in _exporters(running) for one in shown[each.id]], day)
    market, standard = (request.args.get(name, "") for name in ("market", "scheme"))
    chosen = [
        row
        for row in rows
        if market in ("", *row["countries"]) and standard in ("", *(one["code"] for one in row["held"]))
    ]
    return render(
        "public/collections/index.html",
        day=dates.day(day),
        rows=chosen,
        total=len(rows),
        markets=_options(Counter(code for row in rows for code in row["countries"]), market, labels.country),
        standards=_options(
            Counter(code for row in rows for code in {one["code"] for one in row["held"]}),
            standard,
            {one["code"]: one["scheme"] for row in rows for one in row["held"]}.__getitem__,
        ),
        running=[_entry(one, len(shown[one.id])) for one in running],
        archive=[_entry(one) for one in queries.past_collections(day)],
    )


@page(blueprint, vi="/bo-suu-tap/<slug>", en="/collections/<slug>")
def show(slug: str) -> str:
    """One collection: whom it shows today and why; one of before: whom it had, when and why."""
    day = today()
    collection = find_or_redirect(
        Collection, slug, lambda slug, language: queries.begun_collection(slug, language, day)
    )
    is_running = phase_on(collection.window, day) is Phase.RUNNING
    shown = queries.on_show(queries.running_collections(day), day).get(collection.id, [])
    is_of_makers = collection.kind == CollectionKind.EXPORTERS
    return render(
        "public/collections/show.html",
        record=collection,
        crumbs=[
            (gettext("Home"), address("public.home.show")),
            (gettext("Featured"), address(HERE)),
            (say(collection.name), None),
        ],
        name=say(collection.name),
        kind=str(showcase_words.KINDS[collection.kind]),
        introduction=say(collection.introduction),
        days=showcase_words.days(collection.window),
        day=dates.day(day),
        is_running=is_running,
        rows=exporter_rows(shown, day) if is_of_makers else [],
        cards=[] if is_of_makers else _cards(shown, day),
        earlier=[_told(one) for one in collection.features if _was_seen(one, day)],
        has_sheet=bool(shown),
        slug=slug,
    )


def exporter_rows(features: Sequence[Feature], day: date) -> list[dict[str, Any]]:
    """The rows of `exporter_table` (components/featured.html), in the order of the places."""
    ids = [one.producer_id for one in features if one.producer_id]
    held = certificates_in_force(ids, day)
    made: dict[int, list[Product]] = defaultdict(list)
    for product in products_of_producers(ids, current()) if ids else ():
        made[product.producer_id].append(product)
    return [
        _reasoned(feature)
        | {
            "name": say(maker.name),
            "href": page_of(maker),
            "weave": maker.code,
            "makes": say(maker.products_summary) or say(maker.summary),
            "countries": [market.country for market in maker.markets],
            "markets": ", ".join(labels.countries(market.country for market in maker.markets)),
            "held": _held(held.get(maker.id, ())),
            "monthly": [
                specs.in_units(one.monthly_capacity, one.unit) if len(made[maker.id]) == 1 else _named(one)
                for one in made[maker.id]
                if one.monthly_capacity
            ],
            "ready": _ready(made[maker.id]),
        }
        for feature in features
        if (maker := feature.producer)
    ]


def _named(product: Product) -> str:
    amount = specs.in_units(product.monthly_capacity, product.unit)
    return f"{read(product.name)}: {amount}"


def _ready(made: Iterable[Product]) -> str | None:
    """In how many days goods are ready, from the soonest to the latest; None: nobody has said."""
    days = sorted({one.lead_time_days for one in made if one.lead_time_days})
    return specs.days({"min": days[0], "max": days[-1]}) if days else None


def _held(certificates: Iterable[Certificate]) -> list[dict[str, Any]]:
    """The certificates by scheme and level, each with its number."""
    found: dict[str, dict[str, Any]] = {}
    for one in map(_certificate, certificates):
        found.setdefault(one["named"], one | {"numbers": []})["numbers"].append(
            {"text": one["number"], "href": one["href"]}
        )
    return list(found.values())


def _certificate(certificate: Certificate) -> dict[str, Any]:
    end = certificate.expires
    number = certificate.number or gettext("Paper seen, no number")
    until = gettext("until %(date)s", date=dates.partial(end)) if end else gettext("no end stated")
    level = labels.level(certificate.scheme.code, certificate.level)
    scheme = labels.short_scheme(read(certificate.scheme.name))
    return {
        "code": certificate.scheme.code,
        "scheme": scheme,
        "named": f"{scheme}, {level}" if level else scheme,
        "number": f"{number}, {until}",
        "href": address("public.certificates.show", code=certificate.code),
    }


def _cards(features: Sequence[Feature], day: date) -> list[dict[str, Any]]:
    products = [one.product for one in features if one.product]
    cards = product_cards(products, certificates_of_products([one.id for one in products]), day)
    return [{"card": card, "why": _reasoned(feature)} for feature, card in zip(features, cards, strict=True)]


def _reasoned(feature: Feature) -> dict[str, Any]:
    """Why somebody stands there."""
    return {
        "criterion": str(showcase_words.CRITERIA[feature.criterion]),
        "reason": say(feature.reason),
        "source": source_link(feature.source_url) if feature.source_url else None,
    }


def _told(feature: Feature) -> dict[str, Any]:
    """A place of before, for the archive; what has left the catalogue is not named."""
    subject = feature.subject
    return _reasoned(feature) | {
        "name": say(subject.name) if subject else gettext("No longer in the catalogue"),
        "href": page_of(subject) if subject else None,
        "days": showcase_words.days(feature.open_window),
    }


def _was_seen(feature: Feature, day: date) -> bool:
    """Whether it was on show on some day before, and is not any more."""
    window = feature.open_window
    return window is not None and window.is_over_on(day) and window.is_open_on(window.starts)


def _exporters(running: Iterable[Collection]) -> list[Collection]:
    return [one for one in running if one.kind == CollectionKind.EXPORTERS]


def _entry(collection: Collection, places: int | None = None) -> dict[str, Any]:
    return {
        "name": say(collection.name),
        "href": page_of(collection),
        "kind": str(showcase_words.KINDS[collection.kind]),
        "introduction": say(collection.introduction),
        "days": showcase_words.days(collection.window),
        "places": None if places is None else ngettext("%(num)s place", "%(num)s places", places),
    }


def _options(counted: Counter[str], chosen: str, word: Any) -> list[dict[str, Any]]:
    """What a filter offers, with how many it leads to."""
    return [
        {"value": value, "label": f"{word(value)} ({number})", "selected": value == chosen}
        for value, number in sorted(counted.items(), key=lambda one: (-one[1], str(word(one[0]))))
    ]
