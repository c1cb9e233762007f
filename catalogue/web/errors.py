"""Every error becomes a page in the reader's language that says what happened and where to go on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, abort, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import HTTPException, MethodNotAllowed, TooManyRequests
from werkzeug.exceptions import NotFound as PageNotFound
from werkzeug.routing import IntegerConverter, Map

from catalogue.kernel import errors
from catalogue.web import problems
from catalogue.web.error_pages import PAGES, Words
from catalogue.web.error_words import CODES
from catalogue.web.language import address

STATUS: dict[type[errors.CatalogueError], int] = {
    errors.NotFound: 404,
    errors.Gone: 410,
    errors.NotAllowed: 403,
    errors.RuleBroken: 422,
    errors.Conflict: 409,
    errors.Unreadable: 400,
    errors.OutsideFailure: 503,
}
RETRY_AFTER_S = 60


class Number(IntegerConverter):
    """A number in an address, no greater than any row's: databases fail when they are asked for more."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=2**31 - 1)


def register(app: Flask) -> None:
    """Word every error."""
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(errors.CatalogueError, catalogue_error)
    app.url_map.converters["int"] = Number
    app.url_map.merge_slashes = False
    app.url_map.redirect_defaults = False

    @app.before_request
    def refuse_nul() -> None:
        """No address holds a NUL, and PostgreSQL fails when it is asked for one."""
        if "\0" in request.path:
            abort(404)


def http_error(error: HTTPException) -> ResponseReturnValue:
    """A page for an HTTP error; the details of the error itself stay in the log."""
    if error.response is not None:
        return error.response
    if isinstance(error, PageNotFound) and (bare := _without_slash()):
        return redirect(bare, 301)
    headers: dict[str, str] = {}
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        headers["Allow"] = ", ".join(error.valid_methods)
    if isinstance(error, TooManyRequests):
        headers["Retry-After"] = str(error.retry_after or RETRY_AFTER_S)
    return _answer(error.code or 500, None, headers, getattr(error, "data", None))


def catalogue_error(error: errors.CatalogueError) -> ResponseReturnValue:
    """A page for an error of our own."""
    return _answer(STATUS[type(error)], CODES.get(error.code), {})


def _answer(
    status: int, words: Words | None, headers: dict[str, str], data: Mapping[str, Any] | None = None
) -> ResponseReturnValue:
    words = words or PAGES.get(status) or PAGES[400 if status < 500 else 500]
    headers |= {"Cache-Control": "no-store", "Vary": "Accept-Language"}
    if status == 503:
        headers["Retry-After"] = str(RETRY_AFTER_S)
    if problems.is_wanted():
        return problems.answer(status, (words.title, words.text), headers, data)
    page = render_template(
        "errors/error.html", words=words, ways=_ways(words.nearest), guess=_guess() if status == 404 else ""
    )
    return page, status, headers


def _ways(nearest: str) -> list[tuple[str, str]]:
    """Ways on, the nearest list first. Nothing here asks the database: it may be what broke."""
    ways: dict[str, tuple[str, Any]] = {
        "home": (gettext("Home"), "public.home.show"),
        "products": (gettext("Products"), "public.products.index"),
        "producers": (gettext("Makers"), "public.producers.index"),
        "villages": (gettext("Craft villages"), "public.villages.index"),
        "routes": (gettext("Routes"), "public.routes.index"),
        "flowers": (gettext("Flowers"), "public.flowers.index"),
        "schemes": (gettext("Certificates"), "public.schemes.index"),
    }
    only_if_nearest: dict[str, tuple[str, Any]] = {
        "places": (gettext("Places"), "public.places.index"),
        "sights": (gettext("Sights"), "public.sights.index"),
        "zones": (gettext("Industrial zones"), "public.zones.index"),
        "collections": (gettext("Collections"), "public.collections.index"),
        "about": (gettext("About this site"), "public.about.index"),
    }
    first = ways.pop(nearest, None) or only_if_nearest[nearest]
    return [(text, address(endpoint)) for text, endpoint in (first, *ways.values())]


def _guess() -> str:
    """What the reader may have looked for: the words of the address's last part, for the search field."""
    last = request.path.rstrip("/").rsplit("/", 1)[-1]
    return " ".join(re.findall(r"[^\W_]+", last))[:60]


def _without_slash() -> str | None:
    """The same address without the slash at its end, where that is a page."""
    bare = "/" + request.path.strip("/")
    if bare in {request.path, "/"}:
        return None
    try:
        current_app.url_map.bind("").match(bare)
    except HTTPException:
        return None
    query = urlencode(list(request.args.items(multi=True)))
    return quote(bare) + (f"?{query}" if query else "")
