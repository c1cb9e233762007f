"""Reading the documents that the site answers with."""

from __future__ import annotations

from urllib.parse import urlsplit

from lxml.html import HtmlElement


def words(element: HtmlElement) -> str:
    """The text of an element, spaces made single."""
    return " ".join(element.text_content().split())


def main(document: HtmlElement) -> HtmlElement:
    """The page's own content."""
    return document.xpath("//main")[0]


def heading(document: HtmlElement) -> str:
    """The words of the first heading."""
    return words(document.xpath("//main//h1")[0])


def links(element: HtmlElement) -> list[str]:
    """Every address that an element leads to, in reading order."""
    return [str(href) for href in element.xpath(".//a/@href")]


def paths(element: HtmlElement, root: str) -> list[str]:
    """The pages right below a list's address that an element leads to, each once, in reading order."""
    found = [urlsplit(href).path for href in links(element)]
    return list(dict.fromkeys(path for path in found if path.startswith(f"{root}/")))
