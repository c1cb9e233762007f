"""Who is asking, as an Actor; and the doors behind which somebody must be known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

from flask import (
    Blueprint,
    Flask,
    Request,
    Response,
    abort,
    g,
    redirect,
    request,
    session,
    url_for,
)
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask.typing import ResponseReturnValue
from flask_security import current_user
from flask_wtf.csrf import generate_csrf, validate_csrf
from wtforms.validators import ValidationError

from catalogue.accounts.models import User
from catalogue.kernel.actor import Actor, visitor
from catalogue.kernel.errors import require
from catalogue.kernel.language import Language
from catalogue.producers.queries import actor_of
from catalogue.producers.rules import may_enter_workshop
from catalogue.web.language import current, negotiate

# The doors whose pages belong to one person: nobody keeps them, and no search engine lists them.
PRIVATE = {"security", "account", "studio", "staff"}
SAFE = {"GET", "HEAD", "OPTIONS"}


class Sessions(SecureCookieSessionInterface):
    """The library looks into the session for every page. On public pages that leaves no trace: they are the
    same for everybody, whatever a session holds, and only what was put into one is sent."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if session.modified or is_private(request):
            super().save_session(app, session, response)


def register(app: Flask) -> None:
    """Let private pages speak the person's language, and keep them to the person."""
    app.session_interface = Sessions()
    app.before_request(_speak)
    app.after_request(_keep_private)
    app.jinja_env.globals["csrf_token"] = generate_csrf

    @app.context_processor
    def of_private_pages() -> dict[str, Any]:
        if not is_private(request):
            return {}
        actor = current_actor()
        return {
            "actor": actor,
            "may_enter_workshop": may_enter_workshop(actor),
            "other_language": _switch(),
            "canonical": None,
        }


def is_private(asked: Request) -> bool:
    """Whether the request is for one of the doors that know who is asking."""
    return (asked.blueprint or "").partition(".")[0] in PRIVATE


def current_actor() -> Actor:
    """Who is asking; read once a request."""
    if "actor" not in g:
        user = signed_in()
        g.actor = visitor() if user is None else actor_of(user)
    actor: Actor = g.actor
    return actor


def signed_in() -> User | None:
    """The account of whoever is asking."""
    user: User | None = current_user._get_current_object() if current_user.is_authenticated else None  # noqa: SLF001
    return user


def guard(
    blueprint: Blueprint,
    may_enter: Callable[[Actor], bool],
    code: str,
    rescue: Callable[[], str | None] = lambda: None,
) -> None:
    """One guard at a door, before every page behind it: deny, unless the rule says otherwise.

    Visitors are led to sign in and back; whoever writes must have been given the form by us. `rescue` keeps
    what was typed into a form that cannot be taken now, and says where its sender finds it again.
    """

    @blueprint.before_request
    def stand_at_the_door() -> ResponseReturnValue | None:
        actor = current_actor()
        if not actor.is_known and is_script():
            abort(Response(status=401))  # it keeps what it has until somebody signs in
        if not actor.is_known:
            back = _here() if request.method in SAFE else rescue() or url_for(f"{blueprint.name}.home.show")
            return redirect(url_for("security.login", next=back), 303)
        require(may_enter(actor), code)
        user = signed_in()
        if user and user.check_tf_required_setup() and not (user.tf_totp_secret or user.webauthn):
            return redirect(url_for("security.two_factor_setup"), 303)
        if not is_own_form() and not is_script() and (kept := rescue()):
            return redirect(kept, 303)
        check_form()
        return None


def check_form() -> None:
    """Whoever writes must have been given the form by us; else 400."""
    if not is_own_form():
        abort(400)


def is_own_form() -> bool:
    """Whether the request writes nothing, or was sent from a form that we gave to this very session."""
    if request.method in SAFE:
        return True
    try:
        validate_csrf(request.form.get("csrf_token") or request.headers.get("X-CSRFToken"))
    except ValidationError:
        return False
    # Flask-WTF's own forms need not ask again: they know the field only, and a script sends a header.
    g.csrf_valid = True
    return True


def is_script() -> bool:
    """Whether a script of ours asks, which needs an answer and no page."""
    return request.accept_mimetypes.best == "application/json"


def own_path(address: str) -> str | None:
    """A path of this site, taken from a parameter that anybody can write; None for everything else."""
    parts = urlsplit(address)
    elsewhere = parts.scheme or parts.netloc or not address.startswith("/") or "\\" in address
    return None if elsewhere or address.startswith("//") else address


def _speak() -> None:
    """The account's language; for visitors the one that they chose, else their browser's."""
    if not is_private(request):
        return
    user = signed_in()
    if user is not None:
        g.language = Language(user.language)
        return
    asked = request.args.get("language", "")
    if asked in set(Language):
        session["language"] = asked
    chosen = session.get("language")
    g.language = Language(chosen) if chosen in set(Language) else negotiate(request.accept_languages)


def _keep_private(response: Response) -> Response:
    if is_private(request):
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "same-origin"  # addresses of links that sign in go nowhere else
    return response


def _here() -> str:
    query = request.query_string.decode("ascii", "replace")
    return quote(request.path) + (f"?{query}" if query else "")


def _switch() -> str:
    """This page in the other language, for visitors; whoever is signed in changes the account's."""
    language = current().other.value
    if request.url_rule is None or "GET" not in (request.url_rule.methods or ()):
        return url_for("security.login", language=language)
    values = request.args.to_dict() | (request.view_args or {}) | {"language": language}
    return url_for(str(request.endpoint), **values)
