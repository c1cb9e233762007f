"""What every page carries: both addresses, what search engines are told, and helpers for templates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Self
from urllib.parse import urlencode

from flask import Flask, current_app, g, render_template, request, url_for
from markupsafe import Markup, escape

from catalogue.database import Record
from catalogue.kernel.clock import today
from catalogue.kernel.language import Bilingual, Language, Phrase
from catalogue.web import dates, paging, structured
from catalogue.web import language as languages

# With the group, so that splitting keeps what is quoted.
QUOTED = re.compile("(“[^“”]*”)")


def register(app: Flask) -> None:
    """Give templates their vocabulary."""
    app.jinja_env.globals |= {"url": languages.url, "say": say, "source_name": source_name, "g": g}
    app.jinja_env.filters |= {"whole": whole, "quoting": quoting}
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.policies["ext.i18n.trimmed"] = True

    @app.context_processor
    def of_every_page() -> dict[str, Any]:
        return {
            "language": languages.current().value,
            "site_url": app.config["SITE_URL"],
            "switch": home_switch(),
            "alternates": (),
            "nav_current": "",
            "page_record": None,
            "structured": [],
        }


def show(template: str, *, record: Record | None = None, translated: bool = True, **context: Any) -> str:
    """Render a page with its two addresses.

    `record`: whose page it is, for the slug in each language. `translated`: False where the page really
    exists in one language only; then no hreflang is told. `pager`: what `paging` gives for a list that has
    pages; any other page is the same whatever `?page=` says.
    """
    here = {language: _path(language, record) for language in Language}
    query = urlencode([(k, v) for k, v in request.args.items(multi=True)])
    number = paging.asked() if context.get("pager") else 1
    tail = f"?page={number}" if number > 1 else ""
    site = current_app.config["SITE_URL"]
    context["canonical"] = site + here[languages.current()] + tail
    context["switch"] = {lang.value: path + (f"?{query}" if query else "") for lang, path in here.items()}
    if translated:
        context["alternates"] = _alternates({lang: site + path + tail for lang, path in here.items()})
    context["page_record"] = record
    context["as_of"] = dates.day(today())
    context["structured"] = [*context.get("structured", ()), *structured.trail(context.get("crumbs", ()))]
    context.setdefault("nav_current", (request.endpoint or "").split(".")[1])
    return render_template(template, **context)


def whole(text: str | Markup) -> str | Markup:
    """A title that breaks only before a capital: a Vietnamese word has several syllables, and a name begins
    each of its words with a capital. Marked-up text stays as it is."""
    if isinstance(text, Markup):
        return text
    first, *rest = text.split(" ")
    return first + "".join(("\u00a0" if word[:1].islower() else " ") + word for word in rest)


def is_translated(record: Record) -> bool:
    """Whether a record's page is really there in both languages."""
    texts = [record.name, getattr(record, "summary", None), getattr(record, "text", None)]
    return all(text.vi and text.en for text in texts if text)


def is_stale(record: Any) -> bool:
    """Whether a text of this record in the reader's language is older than what it was translated from."""
    ending = f".{languages.current()}"
    return any(name.endswith(ending) for name in record.stale_texts or ())


def home_switch() -> dict[str, str]:
    """Both home pages, for pages that have no other address."""
    return {language.value: url_for("public.home.show", language=language.value) for language in Language}


class Marked(Markup):
    """Words of which some are marked as the other language; `plain` are the words alone."""

    plain: str

    def __new__(cls, marked: Markup, plain: str) -> Self:
        said = super().__new__(cls, marked)
        said.plain = plain
        return said


def say(text: Bilingual | None) -> str | Markup:
    """A bilingual text for the reader; borrowed words carry their own `lang` and a visible note, and what an
    English text quotes in Vietnamese its `lang`."""
    phrase = text.read(languages.current()) if text else None
    if phrase is None:
        return ""
    if phrase.language is languages.current():
        return quoting(phrase.text)
    return borrowing(escape(phrase.text), phrase)


def borrowing(said: Markup, phrase: Phrase) -> Marked:
    """Words of the other language with their `lang` and the visible note; `said` is the phrase as HTML."""
    mark = current_app.jinja_env.get_template("components/language.html").module.borrowed_mark(  # type: ignore[attr-defined]
        phrase.language.value
    )
    return Marked(
        Markup('<span lang="{}">{}</span> {}').format(phrase.language.value, said, mark), phrase.text
    )


def source_name(source: Mapping[str, Any]) -> str:
    """The words of a link to a source (`href`, `host`): its site, with a number where the page before has led
    to another page of that site, so that links that differ also read differently. `host`, `host (2)`."""
    named: dict[str, list[str]] = g.setdefault("sources_named", {})
    pages = named.setdefault(source["host"], [])
    if source["href"] not in pages:
        pages.append(source["href"])
    number = pages.index(source["href"]) + 1
    return source["host"] if number == 1 else f"{source['host']} ({number})"


def quoting(text: str) -> str | Markup:
    """An English text with the Vietnamese phrases in its quotation marks marked, so that a voice reads them
    as such. Names are names in every language: a phrase has a word in small letters."""
    if languages.current() is Language.VI or not any(map(_is_vietnamese, QUOTED.findall(text))):
        return text
    pieces = QUOTED.split(text)
    said = (
        Markup('“<span lang="vi">{}</span>”').format(piece[1:-1]) if _is_vietnamese(piece) else escape(piece)
        for piece in pieces
    )
    return Marked(Markup("").join(said), text)


def _is_vietnamese(phrase: str) -> bool:
    """Whether a phrase in quotation marks has a Vietnamese word in small letters."""
    quoted = phrase.startswith("“")
    return quoted and any(word.islower() and not word.isascii() for word in phrase[1:-1].split())


def _path(language: Language, record: Record | None) -> str:
    values = dict(request.view_args or {})
    if record is not None:
        values["slug"] = record.slug(language)
    return url_for(request.endpoint or "", language=language.value, **values)


def _alternates(addresses: Mapping[Language, str]) -> list[tuple[str, str]]:
    return [(lang.value, href) for lang, href in addresses.items()] + [("x-default", addresses[Language.VI])]
