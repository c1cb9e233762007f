"""The year of flowers: which month is whose, as sources report it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext

from catalogue.flowers.models import FlowerVariety
from catalogue.web import labels, seasons
from catalogue.web.language import address, current
from catalogue.web.page import say

DYES = 8


def link_to(flower: FlowerVariety) -> dict[str, Any]:
    """A flower's name as a link."""
    return {"text": say(flower.name), "href": address("public.flowers.show", slug=flower.slug(current()))}


def calendar(flowers: Sequence[FlowerVariety], day: date) -> dict[str, Any]:
    """The arguments of `calendar` (components/calendar.html): short seasons first, in the order in which
    they begin, then what is there all year. A flower whose season nobody reports has no row."""
    known = [flower for flower in flowers if flower.season_months]
    return {
        "caption": gettext("Seasons of flowers by month"),
        "months": seasons.heads(day),
        "rows": [_row(flower, day) for flower in sorted(known, key=_beginning)],
    }


def without_season(flowers: Iterable[FlowerVariety]) -> list[dict[str, Any]]:
    """The flowers that no source gives a season for, as links."""
    return [link_to(flower) for flower in flowers if not flower.season_months]


def in_season(flowers: Iterable[FlowerVariety], day: date) -> dict[str, list[dict[str, Any]]]:
    """What is in season in the month of `day`, as links: `now` for a part of the year, `always` all year."""
    here = [flower for flower in flowers if day.month in (flower.season_months or ())]
    return {
        "now": [link_to(flower) for flower in here if not _all_year(flower)],
        "always": [link_to(flower) for flower in here if _all_year(flower)],
    }


def _row(flower: FlowerVariety, day: date) -> dict[str, Any]:
    months = flower.season_months or ()
    link = link_to(flower)
    return {
        "name": link["text"],
        "href": link["href"],
        "dye": list(labels.FLOWER_GROUPS).index(flower.trade_group) % DYES + 1,
        "squares": [
            {
                "state": "peak" if month in months else "",
                "words": gettext("in season") if month in months else "",
                "now": month == day.month,
            }
            for month in seasons.YEAR
        ],
    }


def _all_year(flower: FlowerVariety) -> bool:
    return set(flower.season_months or ()) == set(seasons.YEAR)


def _beginning(flower: FlowerVariety) -> tuple[bool, int]:
    return _all_year(flower), flower.season_months[0] if flower.season_months else 0
