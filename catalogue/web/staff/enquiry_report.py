"""Enquiries counted by country, product and maker, with how long the first answers took."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from catalogue.enquiries import pipeline, rules
from catalogue.enquiries.pipeline import NO_COUNTRY
from catalogue.kernel.errors import require
from catalogue.kernel.text import sort_key
from catalogue.web import enquiry_words, labels
from catalogue.web.identity import current_actor
from catalogue.web.page import say
from catalogue.web.private import show as render
from catalogue.web.staff import lists

MOST = 100  # lines of a table; the sheet has all

blueprint = Blueprint("enquiry_report", __name__, url_prefix="/enquiries/report")


@blueprint.before_request
def only_for_trade_promotion() -> None:
    """Who asks whom is a matter of trust."""
    require(rules.may_see_all(current_actor()))


@blueprint.get("")
def show() -> ResponseReturnValue:
    """Counted by country, product and maker, with how long answers took."""
    made, (sort, descending) = pipeline.report(), _order()
    return render(
        "staff/enquiry_report.html",
        columns=lists.columns(_heads(), sort, descending=descending, numbers=_heads().keys() - {"name"}),
        whole=_counted(made.whole, ""),
        tables=[
            {
                "title": gettext("By country"),
                "rows": [
                    _counted(row, _country(row.key), country=row.key) for row in _sorted(made.countries)
                ],
                "more": False,
            },
            {
                "title": gettext("By maker"),
                "rows": [
                    _counted(row, say(row.name), producer=row.key) for row in _sorted(made.makers)[:MOST]
                ],
                "more": len(made.makers) > MOST,
            },
            {
                "title": gettext("By product"),
                "rows": [
                    _counted(row, say(row.name), product=row.key) for row in _sorted(made.products)[:MOST]
                ],
                "more": len(made.products) > MOST,
            },
        ],
        most=MOST,
        sheets=lists.sheet_links(url_for("staff.enquiry_report.show") + "/enquiry-report"),
    )


@blueprint.get("/enquiry-report.<any('xlsx','csv'):ending>")
def sheet(ending: str) -> Response:
    """The three countings as one sheet."""
    made = pipeline.report()
    heads = {
        "by": gettext("Counted by"),
        "code": gettext("Code"),
        "name": gettext("Name"),
        "asked": gettext("Asked"),
        "answered": gettext("Answered"),
        "won": gettext("Became an order"),
        "lost": gettext("Came to nothing"),
        "answer_hours": gettext("Hours to the first answer (median)"),
    }
    counted = (
        (gettext("Country"), made.countries),
        (gettext("Maker"), made.makers),
        (gettext("Product"), made.products),
    )
    rows = [
        [
            by,
            row.key,
            str(say(row.name)) if row.name else _country(row.key),
            *(row.asked, row.answered, row.won, row.lost),
            None if row.answer_hours is None else round(row.answer_hours, 1),
        ]
        for by, table in counted
        for row in _sorted(table)
    ]
    return lists.sheet(f"enquiry-report.{ending}", heads, rows)


def _order() -> tuple[str, bool]:
    return lists.order(_heads(), "asked", descending=True)


def _heads() -> dict[str, str]:
    return {
        "name": gettext("Name"),
        "asked": gettext("Asked"),
        "answered": gettext("Answered"),
        "won": gettext("Became an order"),
        "lost": gettext("Came to nothing"),
        "answer_hours": gettext("First answer after (median)"),
    }


def _sorted(rows: Sequence[pipeline.Row]) -> list[pipeline.Row]:
    """In the order that is asked for; where nothing was answered, behind all that was."""
    sort, descending = _order()

    def value(row: pipeline.Row) -> Any:
        if sort == "name":
            return sort_key(str(say(row.name)) if row.name else _country(row.key))
        found = getattr(row, sort)
        return (-1 if descending else float("inf")) if found is None else found

    return sorted(rows, key=value, reverse=descending)


def _counted(row: pipeline.Row, name: object, **which: Any) -> dict[str, Any]:
    """A line of a table; `which`: what leads to the enquiries that it counts."""
    return {
        "name": name,
        "href": url_for("staff.enquiries.index", stage="all", **which) if which else None,
        "asked": row.asked,
        "answered": row.answered,
        "won": row.won,
        "lost": row.lost,
        "time": enquiry_words.hours(row.answer_hours),
    }


def _country(code: str) -> str:
    return gettext("Not said") if code == NO_COUNTRY else labels.country(code)
