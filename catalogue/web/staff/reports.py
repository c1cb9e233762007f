"""What visitors report: the list, one report with its photographs, and what is decided about it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from catalogue.database import transaction
from catalogue.enquiries import queries, reports, rules
from catalogue.enquiries.models import CorrectionRequest
from catalogue.enquiries.reports import SORTS, Wanted
from catalogue.enquiries.rules import CorrectionKind, CorrectionState, clean
from catalogue.kernel.clock import LOCAL
from catalogue.kernel.errors import RuleBroken, require
from catalogue.web import enquiry_words, paging, papers
from catalogue.web.enquiry_words import REPORT_STATES, WISHES
from catalogue.web.identity import current_actor
from catalogue.web.kinds import named
from catalogue.web.private import show as render
from catalogue.web.private import tidy
from catalogue.web.staff import lists

OPEN, ALL = "open", "all"

blueprint = Blueprint("reports", __name__, url_prefix="/reports")


@blueprint.before_request
def only_for_those_who_can_help() -> None:
    """Reports hold the addresses of people who trust us with them."""
    require(rules.may_see_reports(current_actor()))


@blueprint.get("")
def index() -> ResponseReturnValue:
    """As the address chooses them; at first what nobody has decided, the oldest first."""
    wanted, number = _asked(), paging.asked()
    found, total = reports.found(wanted, (number - 1) * lists.PAGE_SIZE, lists.PAGE_SIZE)
    counted = reports.numbers()
    states = {OPEN: gettext("Open")} | {code: str(words) for code, words in REPORT_STATES.items()}
    return render(
        "staff/reports.html",
        views=[
            {
                "text": f"{words} ({_number(counted, state)})",
                "href": url_for("staff.reports.index", state=state),
                "current": wanted.state == state,
            }
            for state, words in states.items()
        ],
        text=wanted.text,
        filters=[
            lists.options("state", gettext("State"), states | {ALL: gettext("All")}, every=False),
            lists.options(
                "kind", gettext("What about"), {code.value: str(words) for code, words in WISHES.items()}
            ),
            lists.options(
                "who",
                gettext("Looked after by"),
                {str(number): name for number, name in reports.takers().items()},
            ),
        ],
        columns=lists.columns(_sorts(), wanted.sort, descending=wanted.descending),
        lines=[_line(one) for one in found],
        total=total,
        sheets=lists.sheet_links(url_for("staff.reports.index") + "/reports"),
        pager=paging.pager(number, -(-total // lists.PAGE_SIZE)),
    )


@blueprint.get("/reports.<any('xlsx','csv'):ending>")
def sheet(ending: str) -> Response:
    """The same reports as a sheet, all of them."""
    found, _ = reports.found(_asked(), 0, None)
    heads = {
        "reference": gettext("Number"),
        "received": gettext("Received"),
        "kind": gettext("What about"),
        "state": gettext("State"),
        "record": gettext("Record"),
        "about": gettext("About"),
        "text": gettext("Message"),
        "contact": gettext("E-mail or telephone"),
        "name": gettext("Name"),
        "language": gettext("Language"),
        "taken_by": gettext("Looked after by"),
        "answer": gettext("What was decided"),
        "decided": gettext("Decided"),
    }
    return lists.sheet(f"reports.{ending}", heads, map(_row, found))


@blueprint.get("/<int:report_id>")
def show(report_id: int) -> ResponseReturnValue:
    """One report, with the forms that decide it."""
    return _page(queries.correction_request(report_id))


@blueprint.get("/<int:report_id>/photographs/<int:number>")
def photograph(report_id: int, number: int) -> Response:
    """One of the photographs, from 1; for these eyes only."""
    report = queries.correction_request(report_id)
    return papers.answer(report.draft or "", number, report.reference)


@blueprint.post("/<int:report_id>/take")
def take(report_id: int) -> ResponseReturnValue:
    """Look after it oneself."""
    with transaction():
        reports.take(current_actor(), queries.correction_request(report_id))
    flash(gettext("You look after it now."), "success")
    return redirect(url_for("staff.reports.show", report_id=report_id), 303)


@blueprint.post("/<int:report_id>/decide")
def decide(report_id: int) -> ResponseReturnValue:
    """Say what was done about it, or why nothing was; the writer is told."""
    report, words = queries.correction_request(report_id), clean(request.form.get("answer"))
    state = request.form.get("state", "")
    if state not in rules.DECIDED:
        return _page(report, 422, words, gettext("Choose one of the two: something was done, or not."))
    try:
        with transaction():
            reports.decide(current_actor(), report, words, done=state == CorrectionState.DONE)
    except RuleBroken as broken:
        if broken.field != "answer":
            raise
        wrong = gettext("Write what was decided, as whoever wrote to us will read it.")
        if words:
            wrong = gettext("Keep it under %(num)s signs.", num=rules.MOST_NOTE)
        return _page(queries.correction_request(report_id), 422, words, wrong)
    flash(gettext("Decided. Whoever left an e-mail address is told."), "success")
    return redirect(url_for("staff.reports.index"), 303)


@blueprint.post("/<int:report_id>/reopen")
def reopen(report_id: int) -> ResponseReturnValue:
    """It was decided too early."""
    with transaction():
        reports.reopen(current_actor(), queries.correction_request(report_id))
    return redirect(url_for("staff.reports.show", report_id=report_id), 303)


def _asked() -> Wanted:
    """Which reports the address asks for; what it cannot mean is passed over."""
    state = request.args.get("state", OPEN)
    sort, descending = lists.order(SORTS, "received")
    return Wanted(
        state="" if state == ALL else state if state in set(CorrectionState) else OPEN,
        kind=lists.chosen("kind", CorrectionKind),
        text=tidy(request.args.get("q"))[: rules.MOST_SHORT_TEXT],
        taken_by=lists.chosen_number("who"),
        sort=sort,
        descending=descending,
    )


def _number(counted: Mapping[str, int], state: str) -> int:
    return sum(counted.get(one, 0) for one in (reports.OPEN if state == OPEN else (state,)))


def _sorts() -> dict[str, str]:
    return {
        "received": gettext("Received"),
        "kind": gettext("What about"),
        "state": gettext("State"),
        "about": gettext("About"),
        "who": gettext("Looked after by"),
    }


def _line(report: CorrectionRequest) -> dict[str, Any]:
    about = named(report.record) if report.record else None
    return {
        "href": url_for("staff.reports.show", report_id=report.id),
        "reference": report.reference,
        "suspect": report.suspect,
        "received": enquiry_words.moment(report.received),
        "kind": str(WISHES[CorrectionKind(report.kind)]),
        "state": str(REPORT_STATES[report.state]),
        "about": about.name if about else report.about or report.record,
        "taken_by": report.taken_by or "",
    }


def _row(report: CorrectionRequest) -> list[str | None]:
    return [
        report.reference,
        report.received.astimezone(LOCAL).isoformat(timespec="minutes"),
        str(WISHES[CorrectionKind(report.kind)]),
        str(REPORT_STATES[report.state]),
        report.record,
        report.about,
        report.text,
        report.contact,
        report.name,
        report.language,
        report.taken_by,
        report.answer,
        report.decided.astimezone(LOCAL).isoformat(timespec="minutes") if report.decided else None,
    ]


def _page(
    report: CorrectionRequest, status: int = 200, typed: str = "", wrong: str = ""
) -> ResponseReturnValue:
    about = named(report.record) if report.record else None
    return render(
        "staff/report.html",
        status,
        report_id=report.id,
        title=report.reference,
        suspect=report.suspect,
        text=report.text,
        about=about,
        facts=[
            (gettext("What about"), str(WISHES[CorrectionKind(report.kind)])),
            (gettext("About"), about.name if about else report.about or report.record),
            (gettext("Received"), enquiry_words.moment(report.received)),
            (gettext("E-mail or telephone"), report.contact),
            (gettext("Name"), report.name),
            (gettext("Language"), enquiry_words.LANGUAGES[report.language]),
            (gettext("State"), str(REPORT_STATES[report.state])),
            (gettext("Looked after by"), report.taken_by),
            (gettext("Decided"), enquiry_words.moment(report.decided) if report.decided else None),
        ],
        answer=report.answer,
        is_open=report.state not in rules.DECIDED,
        is_mine=report.taken_by_id == current_actor().user_id,
        photographs=papers.shown(report.draft, partial(_address, report.id)) if report.draft else [],
        typed=typed,
        errors={"answer": wrong} if wrong else {},
        summary=[("answer", wrong)] if wrong else [],
    )


def _address(report_id: int, number: int) -> str:
    return url_for("staff.reports.photograph", report_id=report_id, number=number)
