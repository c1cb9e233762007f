"""The front door without a language, and what machines ask about the site's health."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from catalogue.database import db
from catalogue.search.queries import is_ready
from catalogue.web import language

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def front() -> ResponseReturnValue:
    """To the home page in the reader's language, without remembering anything."""
    chosen = language.negotiate(request.accept_languages)
    response = redirect(url_for("public.home.show", language=chosen.value), 302)
    response.vary.add("Accept-Language")
    return response


@blueprint.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return _plain("ok", 200)


@blueprint.get("/readyz")
def ready() -> Response:
    """Database and search index answer; 503 says which does not."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError as trouble:
        return _plain(f"database: {type(trouble).__name__}", 503)
    return (
        _plain("ok", 200)
        if is_ready(current_app.extensions["search_index"])
        else _plain("search index: missing", 503)
    )


def _plain(body: str, status: int) -> Response:
    return Response(body + "\n", status, mimetype="text/plain", headers={"Cache-Control": "no-store"})
