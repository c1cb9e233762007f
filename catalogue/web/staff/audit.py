"""Who did what to what, when and why: searched, a page at a time, or as a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from catalogue import audit
from catalogue.accounts import queries as accounts
from catalogue.accounts.models import User
from catalogue.accounts.rules import may_see_audit
from catalogue.audit import Asked, AuditEvent
from catalogue.certification import register
from catalogue.enquiries import queries as enquiries
from catalogue.kernel.clock import LOCAL
from catalogue.kernel.errors import require
from catalogue.web import advice, audit_words, paging
from catalogue.web.identity import current_actor
from catalogue.web.private import show as render
from catalogue.web.staff import lists

blueprint = Blueprint("audit", __name__, url_prefix="/audit")


@blueprint.before_request
def only_for_administrators() -> None:
    """The log tells of colleagues."""
    require(may_see_audit(current_actor()))


@blueprint.get("")
def index() -> ResponseReturnValue:
    """The newest first; the address holds what was chosen. `?check=1` looks whether the log is whole."""
    asked, (sort, descending) = _asked(), _order()
    total = audit.number_of(asked)
    start = (paging.asked() - 1) * lists.PAGE_SIZE
    found = audit.lines(asked, start, lists.PAGE_SIZE, sort, descending=descending)
    numbers = _numbers(found)
    names = accounts.names(int(event.target) for event in found if event.kind == User.__tablename__)
    return render(
        "staff/audit.html",
        lines=[_line(event, names, numbers) for event in found],
        total=total,
        columns=[
            *lists.columns(
                {"line": gettext("When"), "actor": gettext("Who"), "verb": gettext("Did what")}
                | {"target": gettext("To what")},
                sort,
                descending=descending,
            ),
            {"text": gettext("Why, and details")},
        ],
        asked=request.args,
        filters=[
            lists.options(
                "who", gettext("Who"), {str(number): name for number, name in audit.actors().items()}
            ),
            lists.options(
                "verb", gettext("Did what"), {code: audit_words.verb(code) for code in audit.known("verb")}
            ),
            lists.options(
                "kind", gettext("Kind"), {code: audit_words.kind(code) for code in audit.known("kind")}
            ),
        ],
        sheets=lists.sheet_links(url_for("staff.audit.index") + "/audit"),
        check=_check() if request.args.get("check") == "1" else None,
        pager=paging.pager(paging.asked(), -(-total // lists.PAGE_SIZE)),
    )


@blueprint.get("/<any('audit.xlsx','audit.csv'):name>")
def sheet(name: str) -> Response:
    """The lines that are asked for, all of them (`?separator=semicolon` for computers set to write 1,5)."""
    header = {
        "line": gettext("Line"),
        "at": gettext("When"),
        "actor": gettext("Who"),
        "verb": gettext("Did what"),
        "kind": gettext("Kind"),
        "target": gettext("To what"),
        "reason": gettext("Why"),
        "detail": gettext("Details"),
        "seal": gettext("Seal"),
    }
    sort, descending = _order()
    return lists.sheet(name, header, map(_row, audit.lines(_asked(), 0, None, sort, descending=descending)))


def _order() -> tuple[str, bool]:
    return lists.order(audit.SORTS, "line", descending=True)


def _asked() -> Asked:
    """What the address asks for; what cannot be read is passed over."""
    asked = request.args
    since, until = _day(asked.get("since", "")), _day(asked.get("until", ""))
    return Asked(
        words=asked.get("q", "").replace("\0", "").strip(),
        actor_id=lists.chosen_number("who"),
        verb=asked.get("verb", "").replace("\0", ""),
        kind=asked.get("kind", "").replace("\0", ""),
        target=asked.get("target", "").replace("\0", ""),
        since=_begins(since) if since else None,
        until=_begins(until + timedelta(days=1)) if until else None,
    )


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if 1970 <= day.year < 9000 else None


def _begins(day: date) -> datetime:
    """The first moment of a day in Đà Lạt."""
    return datetime.combine(day, time(), LOCAL)


def _numbers(found: Iterable[AuditEvent]) -> audit_words.Numbers:
    """The numbers of certificates by their codes, and of enquiries by their parts."""
    certificates = register.numbers({event.target for event in found if event.kind == "certificate"})
    parts = enquiries.of_parts({int(event.target) for event in found if event.kind == "enquiry_part"})
    return {("certificate", code): number for code, number in certificates.items()} | {
        ("enquiry_part", str(part)): number for part, number in parts.items()
    }


def _line(event: AuditEvent, names: Mapping[int, str], numbers: audit_words.Numbers) -> dict[str, Any]:
    is_person = event.kind == User.__tablename__
    return {
        "number": event.id,
        "when": advice.moment(event.at),
        "who": audit_words.who(event),
        "what": audit_words.verb(event.verb),
        "kind": audit_words.kind(event.kind),
        "target": names.get(int(event.target), event.target) if is_person else event.target,
        "href": audit_words.href(event, numbers),
        "reason": event.reason or "",
        "details": audit_words.details(event),
    }


def _row(event: AuditEvent) -> list[Any]:
    return [
        event.id,
        event.at.astimezone(LOCAL).isoformat(timespec="seconds"),
        audit_words.who(event),
        audit_words.verb(event.verb),
        audit_words.kind(event.kind),
        event.target,
        event.reason,
        audit_words.details(event),
        event.seal,
    ]


def _check() -> dict[str, str]:
    """Whether the log is whole, in words; the kind of a note."""
    broken = audit.verify()
    if broken is None:
        return {"kind": "ok", "text": gettext("The log is whole: no line was changed, removed or cut off.")}
    words = {
        "changed": gettext("Line %(line)s of the log was changed by another hand.", line=broken.line),
        "removed": gettext("A line before line %(line)s is missing from the log.", line=broken.line),
        "cut": gettext("The newest lines of the log are missing."),
    }
    return {"kind": "err", "text": words[broken.fault]}
