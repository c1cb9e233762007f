"""Producers who want to join: their words and papers, and the office's yes or no."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from catalogue.accounts import actions, queries, rules
from catalogue.accounts.models import Application
from catalogue.accounts.rules import ApplicationState
from catalogue.adapters.sheets.csv_tables import Cell
from catalogue.archive import archived_too
from catalogue.database import transaction
from catalogue.editorial.actions import begin_producer
from catalogue.kernel.clock import LOCAL
from catalogue.kernel.errors import require
from catalogue.kernel.language import Bilingual
from catalogue.places.queries import communes
from catalogue.producers.models import Producer
from catalogue.producers.queries import producer_names, producers_by_code
from catalogue.producers.rules import ProducerKind
from catalogue.web import enquiry_words, paging, papers
from catalogue.web.identity import current_actor
from catalogue.web.language import current
from catalogue.web.private import refused, tidy
from catalogue.web.private import show as render
from catalogue.web.staff import lists
from catalogue.web.staff.forms import AcceptForm, DeclineForm

ACCEPT_FIELDS = ("producer", "kind", "place", "voice")
ALL, MOST_WORDS = "all", 200
STATES: dict[str, LazyString] = {
    ApplicationState.NEW: lazy_gettext("Waits"),
    ApplicationState.ACCEPTED: lazy_gettext("Accepted"),
    ApplicationState.DECLINED: lazy_gettext("Declined"),
}

blueprint = Blueprint("applications", __name__, url_prefix="/applications")


@blueprint.before_request
def only_for_those_who_decide() -> None:
    """Applications hold papers of people who trust us with them."""
    require(rules.may_decide_application(current_actor()))


@blueprint.get("")
def index() -> ResponseReturnValue:
    """Those that wait, the oldest first, unless the address asks for others."""
    asked, number = _asked(), paging.asked()
    offered = {code: str(words) for code, words in STATES.items()} | {ALL: gettext("All")}
    found, total = queries.find_applications(
        **asked, start=(number - 1) * lists.PAGE_SIZE, size=lists.PAGE_SIZE
    )
    return render(
        "staff/applications.html",
        applications=[(one, enquiry_words.moment(one.received), str(STATES[one.state])) for one in found],
        filters=[lists.options("state", gettext("State"), offered, every=False)],
        words=asked["words"],
        columns=lists.columns(
            {"producer": gettext("Maker"), "received": gettext("Received"), "place": gettext("Place")}
            | {"state": gettext("State")},
            asked["sort"],
            descending=asked["descending"],
        ),
        total=total,
        sheets=lists.sheet_links(url_for("staff.applications.index") + "/applications"),
        pager=paging.pager(number, -(-total // lists.PAGE_SIZE)),
    )


@blueprint.get("/applications.<any('xlsx','csv'):ending>")
def sheet(ending: str) -> Response:
    """The same applications as a sheet, all of them."""
    heads = {
        "reference": gettext("Number"),
        "received": gettext("Received"),
        "state": gettext("State"),
        "producer": gettext("Maker"),
        "place": gettext("Place"),
        "craft": gettext("What it makes"),
        "person": gettext("Person"),
        "email": gettext("E-mail"),
        "telephone": gettext("Telephone"),
        "text": gettext("Words"),
        "decided": gettext("Decided"),
        "reason": gettext("Reason"),
    }
    found, _ = queries.find_applications(**_asked(), start=0, size=None)
    return lists.sheet(f"applications.{ending}", heads, map(_row, found))


@blueprint.get("/<int:application_id>")
def show(application_id: int) -> ResponseReturnValue:
    """One application, with the forms that decide it."""
    return _page(queries.application(application_id), AcceptForm(), DeclineForm())


@blueprint.post("/<int:application_id>/accept")
def accept(application_id: int) -> ResponseReturnValue:
    """Yes: an invitation goes out."""
    actor, application, form = current_actor(), queries.application(application_id), AcceptForm()
    form.offer(_makers(), communes(current()))
    if not form.validate():
        return _page(application, form, DeclineForm(formdata=None), 422, refused(form, ACCEPT_FIELDS))
    with transaction():
        producer = _new_maker(form, application) if form.is_new else _maker(form.producer.data)
        actions.accept_application(actor, application, producer.id, form.voice.data)
    flash(gettext("Accepted. An invitation is on its way to %(email)s.", email=application.email), "success")
    return redirect(url_for("staff.applications.index"), 303)


@blueprint.post("/<int:application_id>/decline")
def decline(application_id: int) -> ResponseReturnValue:
    """No: the reason goes out."""
    application, form = queries.application(application_id), DeclineForm()
    if not form.validate():
        return _page(application, AcceptForm(formdata=None), form, 422, refused(form, ("reason",)))
    with transaction():
        actions.decline_application(current_actor(), application, form.reason.data)
    flash(gettext("Declined. The reason is on its way to %(email)s.", email=application.email), "success")
    return redirect(url_for("staff.applications.index"), 303)


@blueprint.get("/<int:application_id>/papers/<int:number>")
def paper(application_id: int, number: int) -> Response:
    """One of the papers, from 1; for these eyes only."""
    return papers.answer(queries.application(application_id).draft, number, str(application_id))


def _asked() -> dict[str, Any]:
    """Which applications the address asks for."""
    state = request.args.get("state", ApplicationState.NEW.value)
    sort, descending = lists.order(queries.APPLICATION_SORTS, "received")
    return {
        "state": state if state in set(ApplicationState) else "",
        "words": tidy(request.args.get("q"))[:MOST_WORDS],
        "sort": sort,
        "descending": descending,
    }


def _row(one: Application) -> list[Cell]:
    local = one.received.astimezone(LOCAL)
    return [
        one.reference,
        local.isoformat(timespec="minutes"),
        str(STATES[one.state]),
        *(one.producer, one.place, one.craft, one.person, one.email, one.telephone, one.text),
        one.decided.astimezone(LOCAL).date().isoformat() if one.decided else None,
        one.reason,
    ]


def _page(
    application: Application,
    accepting: AcceptForm,
    declining: DeclineForm,
    status: int = 200,
    wrong: dict[str, object] | None = None,
) -> ResponseReturnValue:
    if not hasattr(accepting, "offered"):
        accepting.offer(_makers(), communes(current()))
    return render(
        "staff/application.html",
        status,
        application=application,
        is_open=application.state == ApplicationState.NEW,
        papers=papers.shown(application.draft, partial(_address, application.id)),
        accepting=accepting,
        declining=declining,
        **(wrong or {}),
    )


def _new_maker(form: AcceptForm, application: Application) -> Producer:
    places = {place.code: place.id for place in communes(current())}
    return begin_producer(
        current_actor(),
        application.producer,
        ProducerKind(form.kind.data),
        places.get(form.place.data or ""),
        application.person,
    )


def _makers() -> dict[str, Bilingual]:
    """The name of every maker by its code; those whose own page is not public yet as well."""
    with archived_too():
        return producer_names(current())


def _maker(code: str) -> Producer:
    with archived_too():
        [maker] = producers_by_code([code])
        return maker


def _address(application_id: int, number: int) -> str:
    return url_for("staff.applications.paper", application_id=application_id, number=number)
