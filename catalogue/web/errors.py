"""Every error becomes a page in the reader's language that says what happened and where to go on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, abort, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.exceptions import NotFound as PageNotFound

from catalogue.kernel import errors
from catalogue.web import problems
from catalogue.web.language import address

STATUS: dict[type[errors.CatalogueError], int] = {
    errors.NotFound: 404,
    errors.Gone: 410,
    errors.RuleBroken: 422,
    errors.Unreadable: 400,
    errors.OutsideFailure: 503,
}
RETRY_AFTER_S = 60


@dataclass(frozen=True)
class Words:
    """What an error page says. `nearest`: the list that comes closest to what was asked for."""

    title: LazyString
    text: LazyString
    nearest: str = "home"


# By status: what is said of every error that has no words of its own.
PAGES: dict[int, Words] = {
    400: Words(
        lazy_gettext("This request cannot be read"),
        lazy_gettext("Something in the address or the form is not as it should be. Go back and try again."),
    ),
    404: Words(
        lazy_gettext("There is no page here"),
        lazy_gettext("The address may be mistyped, or the page has moved. Search, or start from a list."),
    ),
    405: Words(
        lazy_gettext("This page cannot be used that way"),
        lazy_gettext("Open it by its address instead."),
    ),
    410: Words(
        lazy_gettext("This page was taken down"),
        lazy_gettext("What stood here was removed for good. Search, or start from a list."),
    ),
    413: Words(
        lazy_gettext("That is too much to send at once"),
        lazy_gettext("Send a smaller file or a shorter text."),
    ),
    429: Words(
        lazy_gettext("That was too much within a minute"),
        lazy_gettext("Wait a minute, then try again."),
    ),
    500: Words(
        lazy_gettext("Something broke on our side"),
        lazy_gettext("It was noted and will be looked at. Please try again in a few minutes."),
    ),
    503: Words(
        lazy_gettext("The site cannot answer just now"),
        lazy_gettext("Please try again in a few minutes."),
    ),
}
# By code: errors of our own that can say more.
CODES: dict[str, Words] = {
    "product.unknown": Words(
        lazy_gettext("No product has this address"),
        lazy_gettext("The address may be mistyped, or the product has left the catalogue."),
        "products",
    ),
    "source.unknown": Words(
        lazy_gettext("No fact here comes from this site"),
        lazy_gettext("The address may be mistyped. All sites that were read are in the list of sources."),
    ),
    "resolution.unknown": Words(
        lazy_gettext("The resolution is not loaded"),
        lazy_gettext("Please try again later. The lists still lead everywhere."),
    ),
    "message.too_many": PAGES[429],
    "correction.unknown": Words(
        lazy_gettext("No message has this address"),
        lazy_gettext(
            "The address may be cut short. Your number still counts: write again and name it, if you have it."
        ),
    ),
    "producer.unknown": Words(
        lazy_gettext("No maker has this address"),
        lazy_gettext("The address may be mistyped, or the maker has left the catalogue."),
        "producers",
    ),
    "village.unknown": Words(
        lazy_gettext("No craft village has this address"),
        lazy_gettext("The address may be mistyped. All craft villages are in the list."),
        "villages",
    ),
    "route.unknown": Words(
        lazy_gettext("No route has this address"),
        lazy_gettext("The address may be mistyped. All routes are in the list."),
        "routes",
    ),
    "flower.unknown": Words(
        lazy_gettext("No flower has this address"),
        lazy_gettext("The address may be mistyped. All flowers are in the list."),
        "flowers",
    ),
    "flower_centre.unknown": Words(
        lazy_gettext("Nothing is on record about the planned Flower Trading Centre yet"),
        lazy_gettext("Its page comes with the catalogue’s data. The flowers have a list of their own."),
        "flowers",
    ),
    "scheme.unknown": Words(
        lazy_gettext("No certification scheme has this address"),
        lazy_gettext("The address may be mistyped. All schemes are in the list."),
        "schemes",
    ),
    "certificate.unknown": Words(
        lazy_gettext("No certificate has this code"),
        lazy_gettext(
            "Compare the code character by character. If it is still not found, ask the maker to show the"
            " paper, and ask the issuer whether it counts."
        ),
        "schemes",
    ),
    "place.unknown": Words(
        lazy_gettext("No place has this address"),
        lazy_gettext("The address may be mistyped. All places, old and new, are in the list."),
        "places",
    ),
    "sight.unknown": Words(
        lazy_gettext("No sight has this address"),
        lazy_gettext("The address may be mistyped. All sights are in the list."),
        "sights",
    ),
    "zone.unknown": Words(
        lazy_gettext("No industrial zone has this address"),
        lazy_gettext("The address may be mistyped. All zones are in the list."),
        "zones",
    ),
    "record.unknown": Words(
        lazy_gettext("No record has this code"),
        lazy_gettext("Codes never change. The list of each kind names them all."),
    ),
    "photograph.refused": Words(
        lazy_gettext("This file was not taken as a photograph"),
        lazy_gettext("Go back: beside the file it says why, and what to do."),
    ),
    "photograph.incomplete": Words(
        lazy_gettext("This photograph cannot be shown yet"),
        lazy_gettext(
            "It still needs words for those who do not see it in both languages, who took it, its licence,"
            " or the consent of the people shown."
        ),
    ),
    "photograph.consent_ahead": Words(
        lazy_gettext("The people shown have not agreed yet"),
        lazy_gettext("The day of their consent lies ahead. Give the day on which they agreed."),
    ),
    "storage.unreachable": Words(
        lazy_gettext("The photographs cannot be reached just now"),
        lazy_gettext("Please try again in a few minutes. Nothing that was kept is lost."),
    ),
    "date.unreadable": Words(
        lazy_gettext("This is not a day of the calendar"),
        lazy_gettext("Write the day as year, month and day, such as 2026-12-05, between 2000 and 2099."),
        "routes",
    ),
    "search.unreadable": Words(
        lazy_gettext("Searching does not work just now"),
        lazy_gettext("Please try again in a few minutes. The lists still lead everywhere."),
    ),
}


def register(app: Flask) -> None:
    """Word every error."""
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(errors.CatalogueError, catalogue_error)
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
    allowed = error.valid_methods if isinstance(error, MethodNotAllowed) else None
    headers = {"Allow": ", ".join(allowed)} if allowed else {}
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
