"""Who may be given a place on a board, the best first, equals in turn."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from catalogue.kernel.clock import today
from catalogue.kernel.errors import require
from catalogue.showcase import board, queries, rules
from catalogue.showcase.rules import CollectionKind, Criterion
from catalogue.web import paging
from catalogue.web.identity import current_actor
from catalogue.web.private import show as render
from catalogue.web.staff import lists
from catalogue.web.staff import showcase_forms as forms
from catalogue.web.staff import showcase_rows as rows

blueprint = Blueprint("candidates", __name__, url_prefix="/showcase/<code>")


@blueprint.before_request
def only_who_may_see_the_board() -> None:
    """Everybody in the office sees who may be featured."""
    require(rules.may_see_board(current_actor()))


@blueprint.get("/candidates")
def index(code: str) -> ResponseReturnValue:
    """Who may stand there (`?criterion=`, `?q=`), the best first."""
    collection, day = queries.collection_by_code(code), today()
    words, rests_on = request.args.get("q", "").strip(), _rests_on()
    kind = CollectionKind(collection.kind)
    found = queries.candidates(kind, rests_on, words, day)
    shown, pager = paging.cut(found)
    named = {one.id: one for one in queries.subjects(kind, [one.id for one in shown])}
    on_board = {one.subject for one in board.active(collection, day)}
    return render(
        "staff/showcase/candidates.html",
        collection=rows.summary(collection, day),
        back=url_for("staff.showcase.show", code=code),
        words=words,
        criteria=forms.criteria(rests_on),
        total=len(found),
        columns=_columns(rests_on),
        sheets=lists.sheet_links(url_for("staff.candidates.index", code=code)),
        candidates=[
            rows.candidate_row(one, named[one.id], code, rests_on, named[one.id] in on_board)
            for one in shown
            if one.id in named
        ],
        pager=pager,
        may_compose=rules.may_compose(current_actor()) and not board.is_over(collection, day),
    )


@blueprint.get("/candidates.<any('xlsx','csv'):ending>")
def sheet(code: str, ending: str) -> Response:
    """The same people or products as a sheet, all of them."""
    kind = CollectionKind(queries.collection_by_code(code).kind)
    found = queries.candidates(kind, _rests_on(), request.args.get("q", "").strip(), today())
    named = {one.id: one for one in queries.subjects(kind, [one.id for one in found])}
    heads = {
        "code": gettext("Code"),
        "name_vi": gettext("Name in Vietnamese"),
        "name_en": gettext("Name in English"),
        "certificates": gettext("Confirmed certificates"),
        "markets": gettext("Markets"),
        "capacity": gettext("How much can be made"),
    }
    return lists.sheet(
        f"candidates.{ending}",
        heads,
        (
            [
                *(subject.code, subject.name.vi, subject.name.en),
                *(one.merit.certificates, one.merit.markets),
                gettext("Known") if one.merit.has_capacity else gettext("Not known"),
            ]
            for one in found
            if (subject := named.get(one.id))
        ),
    )


def _rests_on() -> Criterion:
    criterion = request.args.get("criterion", "")
    return Criterion(criterion) if criterion in set(Criterion) else Criterion.CERTIFICATES


def _columns(rests_on: Criterion) -> list[dict[str, Any]]:
    """Heads; whoever has most of what a column tells comes first, and equals in turn."""
    heads = {
        Criterion.CERTIFICATES: gettext("Confirmed certificates"),
        Criterion.MARKETS: gettext("Markets"),
        Criterion.CAPACITY: gettext("How much can be made"),
    }
    query = {name: text for name, text in request.args.items() if name not in {"page", "criterion"}}
    return [
        {"text": gettext("Name")},
        *(
            {
                "text": words,
                "href": f"{request.path}?{urlencode(query | {'criterion': criterion.value})}",
                "order": "descending" if criterion is rests_on else None,
            }
            for criterion, words in heads.items()
        ),
        {"text": gettext("Give a place"), "hidden": True},
    ]
