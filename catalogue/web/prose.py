"""Texts that the office writes in Markdown, for the reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from markupsafe import Markup, escape

from catalogue.adapters import markdown
from catalogue.kernel.clock import today
from catalogue.kernel.language import Bilingual, Language
from catalogue.pages.queries import notices
from catalogue.web import dates
from catalogue.web.language import current
from catalogue.web.page import quoting, say


def register(app: Flask) -> None:
    """Give templates the way from Markdown to a page."""
    app.jinja_env.globals["prose"] = prose


def prose(text: Bilingual | None, level: int = 3) -> Markup:
    """A text as HTML, its highest heading of that level; in a borrowed language it says which."""
    phrase = text.read(current()) if text else None
    if phrase is None:
        return Markup()
    if phrase.language is current():
        words = _quoting if current() is Language.EN else _plain
        return Markup(markdown.render(phrase.text, level, words))  # noqa: S704  the adapter makes it safe
    html = Markup(markdown.render(phrase.text, level, _plain))  # noqa: S704
    return Markup('<div lang="{}">{}</div>').format(phrase.language.value, html)


def shown_notices(*, village: str = "", route: str = "") -> Sequence[dict[str, Any]]:
    """What travellers must know today: of a village or route, or of everywhere
    (`components/notices.html`)."""
    return [
        {
            "title": say(one.title),
            "text": prose(one.text, 3),
            "first": dates.day(one.first_day),
            "last": dates.day(one.last_day),
            "sources": [{"href": source["url"], "host": _host(source["url"])} for source in one.sources],
        }
        for one in notices(today())
        if one.everywhere or village in one.villages or route in one.routes
    ]


def _host(url: str) -> str:
    return (urlsplit(url).hostname or url).removeprefix("www.")


def _plain(words: str) -> str:
    return str(escape(words))


def _quoting(words: str) -> str:
    return str(escape(quoting(words)))
