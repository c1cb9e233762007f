"""Signing in and looking after one's own account: the library's screens in our look, and a few of our own."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, Flask, abort, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_login import user_logged_in
from flask_security import Security, SQLAlchemyUserDatastore
from flask_security.signals import password_changed
from werkzeug.exceptions import TooManyRequests

from catalogue.accounts import actions, queries
from catalogue.accounts.models import Passkey, Role, User
from catalogue.database import db
from catalogue.web.account import history, home, invitations, keys, links
from catalogue.web.account.library import Mail, PasskeyOptions, Passwords
from catalogue.web.account.settings import settings
from catalogue.web.identity import is_private, own_path
from catalogue.web.limits import wait_before_code, wait_before_sign_in

# Whoever posts to these tries to prove who he is; asking for mail counts as well.
TRIES = {
    "security.login",
    "security.verify",
    "security.two_factor_token_validation",
    "security.two_factor_setup_validate",
    "security.mf_recovery",
    "security.wan_signin",
    "security.wan_signin_response",
    "security.wan_verify_response",
    "security.change_password",
    "security.change_email",
    "account.links.ask",
    "account.links.forgot",
    "account.links.open_link",
    "account.links.new_password",
    "account.invitations.take_up",
}
CODES = {"security.two_factor_token_validation", "security.mf_recovery"}

# A passkey is both steps at once, also for whoever began with a password.
PASSKEY = {"security.wan_signin", "security.wan_signin_response"}
# Ways of the library that are not offered: asking the office by mail for a code, and choosing a second step.
CLOSED = {"security.two_factor_rescue", "security.tf_select"}

blueprint = Blueprint("account", __name__, url_prefix="/account")
for room in (home, links, invitations):
    blueprint.register_blueprint(room.blueprint)


def register(app: Flask) -> None:
    """Set the library up and put the account's pages on the application."""
    app.config.update(settings(app.config))
    security = Security(
        app,
        SQLAlchemyUserDatastore(db, User, Role, Passkey),
        mail_util_cls=Mail,
        password_util_cls=Passwords,
        webauthn_util_cls=PasskeyOptions,
        totp_cls=cast(Any, keys.totp),
        mf_recovery_codes_util_cls=cast(Any, keys.recovery_codes),
    )
    keys.sign_on_use(security)
    # The library would load whoever is signed in for every page and file, to ask for permissions that are not
    # decided there; ours are asked of the rules, behind the doors.
    security.principal.identity_loaders.clear()
    app.register_blueprint(blueprint)
    app.before_request(_stand_watch)
    password_changed.connect(_tell, app)
    user_logged_in.connect(_forget_language, app)
    history.register(app)


def _stand_watch() -> ResponseReturnValue | None:
    """Ten tries a minute from one address, and ten codes for one person: then 429, whether or not there is
    such an account."""
    if request.endpoint in CLOSED:
        abort(404)
    if session.get("tf_state") == "ready" and not _fits_its_step(request.endpoint):
        session.pop("tf_state")
    if is_private(request) and any(way and not own_path(way) for way in request.values.getlist("next")):
        return redirect(request.path, 303)  # a way on that leads away from here is forgotten
    if request.method != "POST" or request.endpoint not in TRIES:
        return None
    wait = wait_before_sign_in()
    if not wait and request.endpoint in CODES and (user := session.get("tf_user_id")):
        wait = wait_before_code(str(user))
    if wait:
        raise TooManyRequests(retry_after=wait)
    return None


def _fits_its_step(endpoint: str | None) -> bool:
    """Whether the first step that was taken leads here. The library would take a passkey for a second step,
    and ask for a code of whoever has none."""
    if endpoint == "security.two_factor_token_validation":
        user = queries.user_by_uniquifier(session.get("tf_user_id", ""))
        return user is not None and bool(user.tf_totp_secret)
    return endpoint not in PASSKEY


def _tell(_app: Flask, user: User, **_more: object) -> None:
    actions.tell_password_changed(user)


def _forget_language(_app: Flask, **_more: object) -> None:
    """From now on the account's own language counts."""
    session.pop("language", None)
