"""The places of all collections as a sheet: who was featured where, when and why."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from flask_babel import gettext

from catalogue.adapters.sheets.csv_tables import Style, csv_table
from catalogue.adapters.sheets.workbooks import Column, workbook
from catalogue.kernel.clock import today
from catalogue.kernel.errors import require
from catalogue.kernel.text import slug
from catalogue.showcase import queries, rules
from catalogue.showcase.models import Feature
from catalogue.showcase.rules import Phase, phase_on
from catalogue.web.identity import current_actor
from catalogue.web.showcase_words import iso

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

blueprint = Blueprint("showcase_sheets", __name__, url_prefix="/showcase")


@blueprint.get("/<any('places.xlsx', 'places.csv'):name>")
def export(name: str) -> Response:
    """Every place of the collections in a state (`?state=`), those that begin last first."""
    require(rules.may_see_board(current_actor()))
    day, state = today(), request.args.get("state", "")
    lines = [
        _line(place)
        for one in queries.all_collections(with_subjects=True)
        if state not in set(Phase) or phase_on(one.window, day) == state
        for place in one.features
    ]
    headings = _headings()
    title = gettext("Featured exporters and collections")
    if name.endswith(".xlsx"):
        columns = [Column(code, heading, width=24) for code, heading in headings.items()]
        return _file(workbook(gettext("Places on the board"), columns, lines, room=0), XLSX, title, "xlsx")
    style = Style.SEMICOLON if request.args.get("separator") == "semicolon" else Style.COMMA
    return _file(csv_table(list(headings.values()), lines, style), "text/csv; charset=utf-8", title, "csv")


def _headings() -> dict[str, str]:
    return {
        "collection": gettext("Collection"),
        "kind": gettext("Kind"),
        "collection_starts": gettext("First day of the collection"),
        "collection_ends": gettext("Last day of the collection"),
        "place": gettext("Place in order"),
        "code": gettext("Code"),
        "name": gettext("Name"),
        "starts": gettext("First day"),
        "ends": gettext("Last day"),
        "taken_off": gettext("Taken off on"),
        "criterion": gettext("What the place rests on"),
        "reason_vi": gettext("Reason in Vietnamese"),
        "reason_en": gettext("Reason in English"),
        "source": gettext("Page that says so"),
    }


def _line(place: Feature) -> list[Any]:
    collection, subject = place.collection, place.subject
    return [
        collection.code,
        collection.kind,
        iso(collection.starts),
        iso(collection.ends),
        place.position,
        subject.code if subject else None,
        subject.name.vi if subject else None,
        iso(place.starts),
        iso(place.ends),
        iso(place.taken_off),
        place.criterion,
        place.reason.vi,
        place.reason.en,
        place.source_url,
    ]


def _file(body: bytes, media_type: str, title: str, ending: str) -> Response:
    answer = Response(body, content_type=media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{slug(title)}.{ending}")
    return answer
