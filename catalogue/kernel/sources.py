"""The pages that a record rests on, as it keeps them and as a list of addresses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from catalogue.kernel.clock import today


def urls_of(sources: Iterable[dict[str, Any]] | None) -> list[str] | None:
    """The addresses alone, each once, in their order; None for none."""
    return list(dict.fromkeys(source["url"] for source in sources or ())) or None


def cite(urls: Iterable[str] | None, known: Iterable[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """The sources as a record keeps them: known ones as they are, a new one as read today."""
    before: dict[str, list[dict[str, Any]]] = {}
    for source in known or ():
        before.setdefault(source["url"], []).append(source)
    fresh = {"published": None, "read": today().isoformat()}
    return [source for url in urls or () for source in before.get(url) or [{"url": url, **fresh}]]
