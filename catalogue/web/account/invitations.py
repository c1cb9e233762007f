"""Taking up an invitation: a new account, or a new task for somebody who has one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf import FlaskForm

from catalogue.accounts import actions, queries, tokens
from catalogue.accounts.models import Invitation, User
from catalogue.accounts.passwords import hashed
from catalogue.archive import archived_too
from catalogue.database import db, transaction
from catalogue.producers.actions import join
from catalogue.producers.models import Producer
from catalogue.producers.rules import Voice
from catalogue.web.account.forms import WelcomeForm
from catalogue.web.identity import signed_in
from catalogue.web.language import read
from catalogue.web.private import refused
from catalogue.web.private import show as render

blueprint = Blueprint("invitations", __name__)


@blueprint.route("/invitation/<secret>", methods=["GET", "POST"])
def take_up(secret: str) -> ResponseReturnValue:
    """The letter's page. Whoever has an account already signs in to take the invitation up."""
    invitation = tokens.open_invitation(secret)
    known = queries.user_by_email(invitation.email)
    return _as_known(invitation, known) if known else _as_new(invitation)


def _as_known(invitation: Invitation, known: User) -> ResponseReturnValue:
    user = signed_in()
    if user is None:
        return redirect(url_for("security.login", next=request.path), 303)
    form = FlaskForm()
    is_other = user.id != known.id
    if request.method != "POST" or is_other or not form.validate():
        return render(
            "account/join.html",
            form=form,
            email=invitation.email,
            is_other=is_other,
            producer=_producer(invitation),
        )
    with transaction():
        _let_in(invitation, actions.accept(invitation, known.name, None))
    return redirect(url_for("account.home.enter"), 303)


def _as_new(invitation: Invitation) -> ResponseReturnValue:
    form = WelcomeForm()
    page: dict[str, Any] = {"form": form, "email": invitation.email, "producer": _producer(invitation)}
    if request.method != "POST":
        return render("account/welcome.html", **page)
    if not form.validate():
        return render("account/welcome.html", 422, **page, **refused(form, ("name", "password", "again")))
    with transaction():
        _let_in(invitation, actions.accept(invitation, form.name.data, hashed(form.password.data)))
    flash(gettext("Your account is ready. Sign in with the password that you have just chosen."), "success")
    way = url_for("staff.home.show") if invitation.roles else url_for("studio.home.show")
    return redirect(url_for("security.login", next=way), 303)


def _let_in(invitation: Invitation, user: User) -> None:
    if invitation.producer_id is not None and invitation.voice is not None:
        join(user.id, invitation.producer_id, Voice(invitation.voice))


def _producer(invitation: Invitation) -> str:
    with archived_too():  # a new maker's own page is not public yet
        producer = db.session.get(Producer, invitation.producer_id) if invitation.producer_id else None
    return read(producer.name) if producer else ""
