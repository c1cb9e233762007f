"""What the sign-in library tells of people who come in, fail to, or change how: noted when the answer is on
its way, so that nobody can tell by the clock whether there is such an account."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Flask, Response, after_this_request, current_app, has_request_context, request
from flask_security.signals import (
    password_changed,
    tf_disabled,
    tf_profile_changed,
    user_authenticated,
    user_failed_authn,
    wan_deleted,
    wan_registered,
)

from catalogue.accounts import history
from catalogue.accounts.history import Event
from catalogue.accounts.models import User
from catalogue.database import transaction

# Where the library does not say by what somebody came in: the last step does.
SECOND_STEPS = {
    "security.two_factor_token_validation": "authenticator",
    "security.mf_recovery": "recovery_code",
}
CHANGES = (
    (tf_profile_changed, Event.CODES_CHANGED),
    (tf_disabled, Event.CODES_OFF),
    (wan_registered, Event.PASSKEY_ADDED),
    (wan_deleted, Event.PASSKEY_REMOVED),
    (password_changed, Event.PASSWORD_CHANGED),
)


def register(app: Flask) -> None:
    """Listen."""
    user_authenticated.connect(_came_in, app)
    user_failed_authn.connect(_failed, app)
    for signal, event in CHANGES:
        signal.connect(_changed(event), app, weak=False)


def _came_in(_app: Flask, user: User, authn_via: Sequence[str] | None = None, **_more: object) -> None:
    second = SECOND_STEPS.get(request.endpoint or "")
    _note(user, Event.SIGN_IN, authn_via or ([second] if second else ()))


def _failed(_app: Flask, user: User, auth_type: str = "", **_more: object) -> None:
    _note(user, Event.SIGN_IN_FAILED, [auth_type])


def _changed(event: Event) -> Callable[..., None]:
    def note(_app: Flask, user: User, **_more: object) -> None:
        _note(user, event)

    return note


def _note(user: User, event: Event, ways: Sequence[str] = ()) -> None:
    if not has_request_context():
        return
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    user_id, told = user.id, tuple(ways)

    def write() -> None:
        with app.app_context(), transaction():
            history.note(user_id, event, told)

    @after_this_request
    def later(response: Response) -> Response:
        response.call_on_close(write)
        return response
