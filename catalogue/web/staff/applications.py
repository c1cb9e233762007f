"""Producers who want to join: their words and papers, and the office's yes or no."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from catalogue.accounts import actions, queries, rules
from catalogue.accounts.models import Application
from catalogue.accounts.rules import ApplicationState
from catalogue.archive import archived_too
from catalogue.database import transaction
from catalogue.editorial.actions import begin_producer
from catalogue.kernel.errors import require
from catalogue.places.queries import communes
from catalogue.producers.models import Producer
from catalogue.producers.queries import producers
from catalogue.producers.rules import ProducerKind
from catalogue.web import papers
from catalogue.web.identity import current_actor
from catalogue.web.language import current
from catalogue.web.private import refused
from catalogue.web.private import show as render
from catalogue.web.staff.forms import AcceptForm, DeclineForm

ACCEPT_FIELDS = ("producer", "kind", "place", "voice")

blueprint = Blueprint("applications", __name__, url_prefix="/applications")


@blueprint.before_request
def only_for_those_who_decide() -> None:
    """Applications hold papers of people who trust us with them."""
    require(rules.may_decide_application(current_actor()))


@blueprint.get("")
def index() -> ResponseReturnValue:
    """Those that wait, the oldest first."""
    return render("staff/applications.html", applications=queries.waiting_applications())


@blueprint.get("/<int:application_id>")
def show(application_id: int) -> ResponseReturnValue:
    """One application, with the forms that decide it."""
    return _page(queries.application(application_id), AcceptForm(), DeclineForm())


@blueprint.post("/<int:application_id>/accept")
def accept(application_id: int) -> ResponseReturnValue:
    """Yes: an invitation goes out."""
    actor, application, form = current_actor(), queries.application(application_id), AcceptForm()
    known = _makers()
    form.offer(known, communes(current()))
    if not form.validate():
        return _page(application, form, DeclineForm(formdata=None), 422, refused(form, ACCEPT_FIELDS))
    with transaction():
        producer = _new_maker(form, application) if form.is_new else known[form.producer.data]
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


def _makers() -> dict[str, Producer]:
    """Every maker by its code; those whose own page is not public yet as well."""
    with archived_too():
        return {producer.code: producer for producer in producers(current())}


def _address(application_id: int, number: int) -> str:
    return url_for("staff.applications.paper", application_id=application_id, number=number)
