"""What the month of the reader's day is good for: what can be seen, picked and bought, as sources report it.

Every page that tells the season asks here, with the day on which it is read. Whatever nobody gives a season
for is in season in no month; it is never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from flask_babel import format_decimal, gettext, ngettext

from catalogue.flowers.models import FlowerVariety
from catalogue.places.models import CraftVillage
from catalogue.products.models import Product
from catalogue.products.queries import products_by_id
from catalogue.routes.models import TourRoute
from catalogue.search.catalogue import CatalogueRow
from catalogue.search.queries import month_of_products
from catalogue.web import seasons
from catalogue.web.language import address
from catalogue.web.page import say
from catalogue.web.public import flower_calendar, narrowing
from catalogue.web.public.records import in_order, page_of

T = TypeVar("T")
Link = dict[str, Any]

# Names that a part of the block shows; a link beneath leads to all of them.
MOST = 4
# Products below this category are harvested fresh; the others of the season are made from what is.
FRESH = "vegetables-fruit"


def title(day: date) -> str:
    """What November brings."""
    return gettext("What %(month)s brings", month=seasons.month_in_a_sentence(day.month))


def is_now(months: Sequence[int] | None, day: date) -> bool:
    """Whether a reported season holds the month of the day; one that nobody reports does not."""
    return day.month in (months or ())


def only(records: Iterable[T], months: Callable[[T], Sequence[int] | None], day: date) -> list[T]:
    """The records in season that month, those for a part of the year before those that are so all year."""
    here = [record for record in records if is_now(months(record), day)]
    return sorted(here, key=lambda record: len(months(record) or ()) == len(seasons.YEAR))


def months_facet(label: str, known: Sequence[Sequence[int] | None]) -> narrowing.Facet:
    """The months as values of a list; how many records no source gives months for stands under them."""
    unknown = sum(not months for months in known)
    return narrowing.Facet(
        "month",
        label,
        {str(month): seasons.month_name(month) for month in seasons.YEAR},
        more=gettext("For %(number)s no source names months.", number=unknown) if unknown else None,
    )


def narrowing_link(
    narrowed: narrowing.Narrowed[Any],
    list_address: Callable[[list[narrowing.Pair]], str],
    words: str,
    day: date,
) -> Link | None:
    """The same list with only what is in season now, and how much that is; None where a month is asked for.

    `words` names the month as %(month)s.
    """
    number = narrowed.counts.get("month", {}).get(str(day.month), 0)
    if "month" in narrowed.chosen or not number:
        return None
    month = words % {"month": seasons.month_in_a_sentence(day.month)}
    text = gettext("%(season)s: %(number)s", season=month, number=format_decimal(number))
    return {"text": text, "href": list_address([*narrowed.pairs, ("month", str(day.month))])}


def block(
    villages: Sequence[CraftVillage],
    routes: Sequence[TourRoute],
    flowers: Sequence[FlowerVariety],
    day: date,
) -> dict[str, Any]:
    """The arguments of `season_now` (public/_season.html)."""
    goods = month_of_products(day)
    picked, made = _products(goods.partly, day)
    parts = [_to_see(villages, routes, day), _to_pick(flowers, picked, day), _to_buy(made, goods.total, day)]
    return {"title": title(day), "parts": parts}


def _products(seasonal: Sequence[CatalogueRow], day: date) -> tuple[list[Product], list[Product]]:
    """Some products of the season: those picked fresh, and those made."""
    fresh = _some([row.product_id for row in seasonal if FRESH in row.values["category"]], day)
    others = _some([row.product_id for row in seasonal if FRESH not in row.values["category"]], day)
    found = in_order(products_by_id([*fresh, *others]))
    return [one for one in found if one.id in fresh], [one for one in found if one.id in others]


def _some(ids: Sequence[int], day: date) -> list[int]:
    """As many as are shown; others tomorrow, so that everybody has a turn."""
    start = day.toordinal() % len(ids) if ids else 0
    return [*ids[start:], *ids[:start]][:MOST]


def _to_see(villages: Sequence[CraftVillage], routes: Sequence[TourRoute], day: date) -> dict[str, Any]:
    visited = only(villages, lambda one: one.visit_months, day)
    suited = only(routes, lambda one: one.season_months, day)
    items = [_item(one, gettext("Craft village")) for one in visited]
    items += [_item(one, gettext("Route")) for one in suited]
    number = ngettext("%(num)s route for this month", "%(num)s routes for this month", len(suited))
    return {
        "title": gettext("To see"),
        "items": items[:MOST],
        "more": {"text": number, "href": address("public.routes.index", query=_query(day))}
        if suited
        else None,
    }


def _to_pick(flowers: Sequence[FlowerVariety], harvested: Sequence[Product], day: date) -> dict[str, Any]:
    season = flower_calendar.in_season(flowers, day)
    blooming = [{**link, "note": gettext("Flower")} for link in season["now"]]
    always = len(season["always"])
    year_round = ngettext("%(num)s flower picked all year", "%(num)s flowers picked all year", always)
    return {
        "title": gettext("To pick"),
        "items": [*blooming, *(_item(one, say(one.category.name)) for one in harvested)][:MOST],
        "more": {"text": year_round, "href": address("public.flowers.index") + "#year"} if always else None,
    }


def _to_buy(made: Sequence[Product], total: int, day: date) -> dict[str, Any]:
    number = format_decimal(total)
    text = ngettext("%(number)s product in season", "%(number)s products in season", total, number=number)
    return {
        "title": gettext("To buy"),
        "items": [_item(one, say(one.producer.name)) for one in made],
        "more": {"text": text, "href": address("public.products.index", query=_query(day))}
        if total
        else None,
    }


def _item(record: CraftVillage | TourRoute | Product, note: Any) -> Link:
    return {"text": say(record.name), "href": page_of(record), "note": note}


def _query(day: date) -> list[tuple[str, str]]:
    return [("month", str(day.month))]
