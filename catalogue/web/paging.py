"""Long lists a page at a time: which page is asked for, and real links to the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import abort, request

PAGE_SIZE = 24
# Pages shown on both sides of the present one; further ones become a gap.
AROUND = 1

T = TypeVar("T")


def asked() -> int:
    """The page of `?page=`; what is no page number means the first."""
    text = request.args.get("page", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 and int(text) > 0 else 1


def cut(items: Sequence[T], size: int = PAGE_SIZE, part: str = "") -> tuple[Sequence[T], dict[str, Any]]:
    """The items of the asked page, and the arguments of `pager` (components/pager.html)."""
    number = asked()
    return items[(number - 1) * size : number * size], pager(number, -(-len(items) // size), part)


def pager(number: int, last: int, part: str = "") -> dict[str, Any]:
    """The arguments of `pager`; a page beyond the last one is not found. `last` is the number of pages.

    `part` is the id of the part of the page that holds the list, where it is not the whole.
    """
    if number > max(last, 1):
        abort(404)
    shown = {1, last, *range(number - AROUND, number + AROUND + 1)}
    pages: list[dict[str, Any] | None] = []
    for one in range(1, last + 1):
        if one in shown:
            pages.append({"number": one, "href": _href(one, part), "current": one == number})
        elif pages and pages[-1] is not None:
            pages.append(None)
    return {
        "pages": pages,
        "previous": _href(number - 1, part) if number > 1 else None,
        "next": _href(number + 1, part) if number < last else None,
    }


def _href(number: int, part: str) -> str:
    """The same list, with the same query, on another page."""
    query = [(name, value) for name, value in request.args.items(multi=True) if name != "page"]
    if number > 1:
        query.append(("page", str(number)))
    return request.path + (f"?{urlencode(query)}" if query else "") + (f"#{part}" if part else "")
