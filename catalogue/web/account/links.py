"""A link by e-mail: it signs in once, or leads to a new password. Nobody learns whether an account exists."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import login_user
from flask_wtf import FlaskForm

from catalogue.accounts import actions, queries, tokens
from catalogue.accounts.passwords import hashed
from catalogue.accounts.tokens import Purpose
from catalogue.database import transaction
from catalogue.kernel.errors import NotFound
from catalogue.web.account.forms import AddressForm, NewPasswordForm
from catalogue.web.identity import own_path, signed_in
from catalogue.web.language import current
from catalogue.web.limits import may_be_written_to
from catalogue.web.private import refused
from catalogue.web.private import show as render

blueprint = Blueprint("links", __name__)


@blueprint.route("/link", methods=["GET", "POST"])
def ask() -> ResponseReturnValue:
    """Ask for a link that signs in."""
    return _ask(Purpose.SIGN_IN)


@blueprint.route("/forgotten", methods=["GET", "POST"])
def forgot() -> ResponseReturnValue:
    """Ask for a link to a new password."""
    return _ask(Purpose.PASSWORD)


@blueprint.route("/link/<token>", methods=["GET", "POST"])
def open_link(token: str) -> ResponseReturnValue:
    """A button, so that a program that looks at mail uses nothing up; then in, or to the second step."""
    user = tokens.owner(token, Purpose.SIGN_IN)
    if user is None:
        raise NotFound("link.unknown")
    form = FlaskForm()
    if request.method != "POST" or not form.validate():
        return render("account/open_link.html", form=form, name=user.name)
    if signed_in() is not None:
        return redirect(url_for("account.home.enter"), 303)
    with transaction():
        user.links_used += 1
    factors = current_app.extensions["security"].two_factor_plugins
    second_step = factors.tf_enter(user, False, "email", next_loc=None)
    if second_step is not None:
        return second_step  # type: ignore[no-any-return]
    login_user(user, authn_via=["email"])
    return redirect(url_for("account.home.enter"), 303)


@blueprint.get("/passkey-lost")
def passkey_lost() -> ResponseReturnValue:
    """From the passkey that a password led to, on to the recovery codes."""
    user = queries.user_by_uniquifier(session.get("tf_user_id", ""))
    if user is None:
        return redirect(url_for("security.login"), 303)
    session["tf_state"] = "ready"  # what the library calls a first step that was taken
    return redirect(url_for("security.mf_recovery"), 303)


@blueprint.route("/new-password/<token>", methods=["GET", "POST"])
def new_password(token: str) -> ResponseReturnValue:
    """Choose a password; every session ends, and one signs in with it."""
    user = tokens.owner(token, Purpose.PASSWORD)
    if user is None:
        raise NotFound("link.unknown")
    form = NewPasswordForm()
    if request.method != "POST":
        return render("account/new_password.html", form=form, user=user)
    if not form.validate():
        return render(
            "account/new_password.html", 422, form=form, user=user, **refused(form, ("password", "again"))
        )
    with transaction():
        actions.set_password(user, hashed(form.password.data))
    flash(gettext("Your new password counts from now on. Sign in with it."), "success")
    return redirect(url_for("security.login"), 303)


def _ask(purpose: Purpose) -> ResponseReturnValue:
    form = AddressForm()
    page: dict[str, Any] = {
        "form": form,
        "to_password": purpose is Purpose.PASSWORD,
        "next": own_path(request.args.get("next", "")),
    }
    if request.method != "POST":
        return render("account/ask_link.html", **page)
    if not form.validate():
        return render("account/ask_link.html", 422, **page, **refused(form, ("email",)))
    if may_be_written_to(form.email.data):
        with transaction():
            actions.ask_link(form.email.data, purpose.value, current().value)
    return render("account/link_sent.html", email=form.email.data)
