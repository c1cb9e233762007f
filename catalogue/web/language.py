"""Two languages are one page with two addresses: which one is asked for, and how views get both."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Blueprint, Flask, g, request, url_for
from flask_babel import Babel, force_locale
from werkzeug.datastructures import LanguageAccept

from catalogue.kernel.language import Bilingual, Language

View = TypeVar("View", bound=Callable[..., Any])


def register(app: Flask) -> None:
    """Let the address decide the language of everything that is said."""
    Babel(app, locale_selector=lambda: current().value)

    @app.url_value_preprocessor
    def take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        named = values.pop("language", None) if values else None
        g.language = Language(named) if named else _guess()


def page(
    blueprint: Blueprint, *, vi: str, en: str, methods: tuple[str, ...] = ("GET",)
) -> Callable[[View], View]:
    """Register a view under both of its addresses; paths are what follows /vi and /en."""

    def decorate(view: View) -> View:
        for language, path in ((Language.VI, vi), (Language.EN, en)):
            blueprint.add_url_rule(
                f"/{language}{path}",
                view_func=view,
                methods=methods,
                defaults={"language": language.value},
            )
        return view

    return decorate


def current() -> Language:
    """The language of this request; Vietnamese where nobody asks."""
    language: Language = g.get("language", Language.VI)
    return language


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Say everything inside the block in that language, for documents that hold both."""
    before = current()
    g.language = language
    try:
        with force_locale(language.value):
            yield
    finally:
        g.language = before


def negotiate(accepted: LanguageAccept) -> Language:
    """The first of the two that a browser names; English for other languages, Vietnamese for none."""
    tags = [tag for tag, quality in accepted if quality > 0]
    for tag in tags:
        primary = re.split("[-_]", tag.lower(), maxsplit=1)[0]
        if primary in set(Language):
            return Language(primary)
    return Language.EN if any(tag != "*" for tag in tags) else Language.VI


def _guess() -> Language:
    """For an address that is no page: the language that it begins with, else the browser's."""
    first = request.path.split("/", 2)[1]
    return Language(first) if first in set(Language) else negotiate(request.accept_languages)


def address(
    endpoint: str, language: Language | None = None, query: list[tuple[str, str]] | None = None, **values: Any
) -> str:
    """The path of a page in a language (the reader's, unless given) with a query."""
    path = url_for(endpoint, language=(language or current()).value, **values)
    return f"{path}?{urlencode(query)}" if query else path


def url(endpoint: str, **values: Any) -> str:
    """`address` for templates: values that are no part of the path become the query."""
    return url_for(endpoint, language=current().value, **values)


def read(text: Bilingual | None) -> str:
    """A bilingual text in the reader's language, borrowed where it is missing."""
    return text.text(current()) if text else ""
