"""Markdown as the office writes it, as HTML that is safe to show. The only module that knows its libraries.

HTML in a text is shown as it was typed, pictures are left out (photographs have rights and words of their
own), and an address leads to the web, to a letter or to a page of this site.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING

# The libraries take 3 MB: they are imported where a text is first read.
if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

TAGS = {
    *("a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "s"),
    *("span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
ATTRIBUTES = {"a": {"href", "rel", "title"}, "ol": {"start"}, "span": {"lang"}, "th": {"scope"}}
SCHEMES = {"http", "https", "mailto", "tel"}
LOWEST_HEADING = 6

Words = Callable[[str], str]


@lru_cache(maxsize=512)
def render(text: str, level: int = 2, words: Words = escape) -> str:
    """A text as HTML; its highest heading becomes one of that level, `words` gives plain words as HTML."""
    import nh3

    parser = _parser()
    tokens = parser.parse(text)
    _set_headings(tokens, level)
    for token in tokens:
        _dress(token)
    html = parser.renderer.render(_worded(tokens, words), parser.options, {})
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes={"ul": {"rules"}},
        url_schemes=SCHEMES,
        link_rel=None,
    )


def plain(text: str) -> str:
    """The words of a text alone, as somebody reads them out."""
    words = (
        part.content
        for token in _parser().parse(text)
        for part in (token.children or [token])
        if part.type in {"text", "code_inline", "code_block", "fence"}
    )
    return " ".join(" ".join(words).split())


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("js-default").disable(["image", "linkify", "smartquotes", "replacements"])


def _set_headings(tokens: Sequence[Token], level: int) -> None:
    used = [int(token.tag[1:]) for token in tokens if token.type == "heading_open"]
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1:]) - min(used) + level, LOWEST_HEADING)}"


def _dress(token: Token) -> None:
    """Lists as the house draws them, columns that say so, and what leads away marked as somebody's word."""
    if token.type == "bullet_list_open":
        token.attrSet("class", "rules")
    elif token.type == "th_open":
        token.attrs = {"scope": "col"}
    elif token.type == "td_open":
        token.attrs = {}
    for part in token.children or ():
        if part.type == "link_open" and _leads_away(str(part.attrGet("href") or "")):
            part.attrSet("rel", "nofollow noopener ugc")


def _leads_away(href: str) -> bool:
    return not href.startswith(("/", "#")) or href.startswith("//")


def _worded(tokens: Sequence[Token], words: Words) -> Sequence[Token]:
    for token in tokens:
        for part in token.children or ():
            if part.type == "text":
                part.type, part.content = "html_inline", words(part.content)
    return tokens
