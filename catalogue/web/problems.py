"""Errors as a program reads them: JSON after RFC 9457, in the language that the program asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Response, json, request
from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from catalogue.web.language import current

MEDIA_TYPE = "application/problem+json"
DOOR = "/api/"
SEARCH = ("/search", "/suggest")
# By status: what a program is told that differs from what a reader of pages is told.
WORDS: dict[int, tuple[LazyString, LazyString]] = {
    404: (
        lazy_gettext("There is no such record or address"),
        lazy_gettext("Codes come from the lists. /api/v1/openapi.json describes every address."),
    ),
    405: (
        lazy_gettext("The API only reads"),
        lazy_gettext("Ask with GET."),
    ),
    422: (
        lazy_gettext("A parameter is not as it should be"),
        lazy_gettext("Each one is named under “errors”. /api/v1/openapi.json describes them all."),
    ),
}
# By parameter: what it should have been.
RULES: dict[str, LazyString] = {
    "q": lazy_gettext("At most 200 signs."),
    "q of a search": lazy_gettext("Required; 1 to 200 signs."),
    "page": lazy_gettext("A whole number from 1."),
    "page_size": lazy_gettext("A whole number from 1 to 100."),
    "month": lazy_gettext("A whole number from 1 to 12."),
    "market": lazy_gettext("A country’s code of two capital letters, such as JP."),
    "category": lazy_gettext("The code of a record, as the API gives it; at most 30."),
    "scheme": lazy_gettext("The code of a record, as the API gives it; at most 30."),
    "level": lazy_gettext("A scheme’s code, a hyphen and one of its levels, such as ocop-4."),
    "village": lazy_gettext("The code of a record, as the API gives it; at most 30."),
    "place": lazy_gettext("The code of a record, as the API gives it; at most 30."),
    "near of a search": lazy_gettext("The code of one place, as /api/v1/places gives it."),
    "along of a search": lazy_gettext("The code of one route, as /api/v1/routes gives it."),
    "kind of a search": lazy_gettext("Kinds of records, such as product, producer or village."),
}


def is_wanted() -> bool:
    """Whether a program asks: the API never answers with a page."""
    return request.path.startswith(DOOR)


def answer(
    status: int,
    usual: tuple[LazyString, LazyString],
    headers: Mapping[str, str],
    data: Mapping[str, Any] | None = None,
) -> Response:
    """An error as JSON. `usual`: title and text of the page that people get.

    `data` is what the library found wrong, by location and parameter; `known` with it: which there are.
    """
    title, detail = map(str, WORDS.get(status, usual))
    problem: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    if wrong := sorted(_parameters(data or {})):
        known = (data or {}).get("known")
        problem["errors"] = [{"parameter": name, "detail": _rule(name, known)} for name in wrong]
    body = json.dumps(problem, ensure_ascii=False)
    response = Response(body, status, headers, mimetype=MEDIA_TYPE)
    response.headers["Content-Language"] = current().value
    return response


def _parameters(data: Mapping[str, Any]) -> Iterable[str]:
    """The names of the parameters that the library refused."""
    located = data.get("messages", {})
    return {name for messages in located.values() if isinstance(messages, Mapping) for name in messages}


def _rule(name: str, known: Sequence[str] | None) -> str:
    """What a parameter should have been; where it is none, `known` are those that the address takes."""
    if known is not None:
        if not known:
            return gettext("This address takes no parameters.")
        return gettext(
            "There is no such parameter here. This address takes: %(names)s.", names=", ".join(known)
        )
    if request.path.endswith(SEARCH):
        name = f"{name} of a search" if f"{name} of a search" in RULES else name
    return str(RULES.get(name) or gettext("One of the values that the API’s description names."))
