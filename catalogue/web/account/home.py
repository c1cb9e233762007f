"""One's own account: how one signs in, in which language, and where one may go."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext
from flask_security import logout_user

from catalogue.accounts import actions, rules
from catalogue.database import transaction
from catalogue.kernel.language import Language
from catalogue.producers.rules import may_enter_workshop
from catalogue.web.identity import check_form, current_actor, own_path, signed_in
from catalogue.web.private import show as render

blueprint = Blueprint("home", __name__)


@blueprint.before_request
def only_for_known_people() -> ResponseReturnValue | None:
    """Visitors sign in first, and come back."""
    if not current_actor().is_known:
        return redirect(url_for("security.login", next=url_for("account.home.show")), 303)
    check_form()
    return None


@blueprint.get("/")
def show() -> ResponseReturnValue:
    """What one has set up."""
    user = signed_in()
    assert user is not None
    return render(
        "account/home.html",
        user=user,
        has_codes=bool(user.tf_totp_secret),
        passkeys=len(user.webauthn),
        recovery_codes=len(user.mf_recovery_codes or ()),
        must_have_codes=user.check_tf_required_setup(),
        workshop=may_enter_workshop(current_actor()),
        office=rules.may_enter_office(current_actor()),
    )


@blueprint.get("/in")
def enter() -> ResponseReturnValue:
    """Where somebody goes who has just signed in and was on the way nowhere."""
    actor = current_actor()
    if rules.may_enter_office(actor):
        return redirect(url_for("staff.home.show"), 303)
    if may_enter_workshop(actor):
        return redirect(url_for("studio.home.show"), 303)
    return redirect(url_for("account.home.show"), 303)


@blueprint.post("/language")
def language() -> ResponseReturnValue:
    """The language of the workshop, the office and of mail."""
    user = signed_in()
    assert user is not None
    chosen = request.form.get("language", "")
    if chosen in set(Language):
        with transaction():
            actions.speak(user, chosen)
    return redirect(own_path(request.form.get("next", "")) or url_for("account.home.show"), 303)


@blueprint.post("/sign-out-everywhere")
def sign_out_everywhere() -> ResponseReturnValue:
    """End every session on every device, this one too."""
    user = signed_in()
    assert user is not None
    with transaction():
        actions.sign_out_everywhere(current_actor(), user)
    said = user.language
    logout_user()
    with force_locale(said):
        flash(gettext("You are signed out on all devices."), "success")
    return redirect(url_for("security.login", language=said), 303)
