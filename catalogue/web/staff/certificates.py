"""The register of certificates as a list: found, filtered, sorted, and what waits to be confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from catalogue.certification import register, rules
from catalogue.certification.queries import schemes_with_levels
from catalogue.certification.register import LEFT, REJECTED, SORTS, Line, Wanted
from catalogue.certification.rules import Evidence, Status
from catalogue.editorial import claims
from catalogue.kernel.clock import today
from catalogue.kernel.errors import require
from catalogue.web import certificate_words, dates, labels, paging
from catalogue.web.identity import current_actor
from catalogue.web.language import current, read
from catalogue.web.page import say
from catalogue.web.private import show as render
from catalogue.web.private import tidy
from catalogue.web.staff import lists

PAGE_SIZE = 50

blueprint = Blueprint("certificates", __name__, url_prefix="/certificates")


@blueprint.before_request
def only_who_may_read_the_register() -> None:
    """The whole office reads the register; the acts ask again who may write."""
    require(rules.may_read_register(current_actor()))


@blueprint.get("")
def index() -> ResponseReturnValue:
    """The list, as its address asks for it."""
    wanted, day, number = asked(), today(), paging.asked()
    lines, total = register.lines(wanted, current(), day, (number - 1) * PAGE_SIZE, PAGE_SIZE)
    keeps = rules.may_keep_register(current_actor())
    return render(
        "staff/certificates.html",
        lines=[_line(one) for one in lines],
        total=total,
        may_keep=keeps,
        views=_views(),
        claims=claims.waiting_number() if keeps else 0,
        text=wanted.text,
        filters=_filters(wanted),
        columns=[
            *lists.columns(
                {name: str(certificate_words.SORTS[name]) for name in SORTS},
                wanted.sort,
                descending=wanted.descending,
            ),
            {"text": gettext("Status")},
        ],
        sheets=lists.sheet_links(url_for("staff.certificates.index") + "/certificates"),
        pager=paging.pager(number, -(-total // PAGE_SIZE)),
    )


def asked() -> Wanted:
    """Which certificates an address asks for; what it cannot mean is passed over."""
    status, evidence = request.args.get("status", ""), request.args.get("evidence", "")
    ends, sort = request.args.get("ends", ""), request.args.get("sort", "")
    descending = sort.startswith("-")
    sort = sort.removeprefix("-")
    return Wanted(
        text=tidy(request.args.get("q")),
        scheme=tidy(request.args.get("scheme")),
        status=status if status in {*Status, REJECTED, LEFT} else "",
        evidence=evidence if evidence in set(Evidence) else "",
        ends=int(ends) if ends in {str(days) for days in rules.WATCH_DAYS} else None,
        sort=sort if sort in SORTS else "name",
        descending=descending and sort in SORTS,
    )


def _line(one: Line) -> dict[str, Any]:
    row = one.certificate
    ends = row.expires_date
    return {
        "href": url_for("staff.certificate.show", certificate_id=row.id),
        "holder": say(one.holder),
        "maker": None if one.is_of_maker else say(one.maker),
        "scheme": say(row.scheme.name),
        "level": labels.level(row.scheme.code, row.level),
        "number": row.number,
        "issued": dates.partial(row.issued) if row.issued else None,
        "expires": dates.partial(ends) if ends else None,
        "products": one.products,
        "standing": certificate_words.standing(row, today()),
    }


def _views() -> list[dict[str, Any]]:
    """The lists that people come for, with how many stand in each."""
    day = today()
    known: list[tuple[str, dict[str, str], Wanted]] = [
        (gettext("All"), {}, Wanted()),
        (
            gettext("To be confirmed"),
            # The most work that one confirmation does comes first.
            {"status": Status.UNCONFIRMED.value, "sort": "-products"},
            Wanted(status=Status.UNCONFIRMED),
        ),
        *(
            (
                gettext("Ends within %(num)s days", num=days),
                {"ends": str(days), "sort": "expires"},
                Wanted(ends=days),
            )
            for days in rules.WATCH_DAYS
        ),
    ]
    here = request.args.to_dict()
    here.pop("page", None)
    return [
        {
            "text": f"{text} ({register.count(what, day)})",
            "href": _list(query),
            "current": here == query,
        }
        for text, query, what in known
    ]


def _filters(wanted: Wanted) -> list[dict[str, Any]]:
    schemes = {one.code: read(one.name) for one in schemes_with_levels()}
    evidence = {one.value: str(labels.EVIDENCE[one]) for one in Evidence}
    ends = {str(days): gettext("within %(num)s days", num=days) for days in rules.WATCH_DAYS}
    sorts = {name: str(certificate_words.SORTS[name]) for name in SORTS}
    sort = wanted.sort
    if wanted.descending:
        sort = f"-{wanted.sort}"
        sorts[sort] = gettext("%(column)s, the other way round", column=sorts[wanted.sort])
    return [
        lists.options("scheme", gettext("Scheme"), schemes, value=wanted.scheme),
        lists.options("status", gettext("Status"), certificate_words.statuses(), value=wanted.status),
        lists.options("evidence", gettext("Based on"), evidence, value=wanted.evidence),
        lists.options("ends", gettext("Ends"), ends, value=str(wanted.ends or "")),
        lists.options("sort", gettext("Sort by"), sorts, every=False, value=sort),
    ]


def _list(query: Mapping[str, str]) -> str:
    path = url_for("staff.certificates.index")
    return f"{path}?{urlencode(query)}" if query else path
