"""Papers as forms take them, and as those see them who may: what is wrong with one in words, and its file."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from flask import Response, current_app, request, send_file
from flask_babel import gettext

from catalogue.adapters.papers import MOST_BYTES, MOST_PAPERS, Papers
from catalogue.kernel.errors import NotFound

# The largest form with papers.
LARGEST_BODY = MOST_PAPERS * MOST_BYTES + 1024 * 1024
# What a browser may show by itself; everything else is saved as a file.
SHOWN = {"image/jpeg", "image/png", "image/webp"}


def take(draft: str) -> str:
    """Keep what the form of this request brought along, once; what is wrong with the others, in words."""
    troubles = []
    for file in request.files.getlist("papers"):
        with closing(file):
            content = file.stream.read(MOST_BYTES + 1)
        if content and (wrong := kept().keep(draft, content)):
            troubles.append(_wrong_with(wrong, file.filename or ""))
    return " ".join(troubles)


def number(draft: str) -> int:
    """How many papers of a form are here."""
    return len(kept().of(draft))


def shown(draft: str, address: Callable[[int], str]) -> list[dict[str, object]]:
    """The papers of a form for `components/papers.html`; `address` gives each one's by its number, from 1."""
    return [
        {"href": address(place), "is_picture": paper.media_type in SHOWN}
        for place, paper in enumerate(kept().of(draft), start=1)
    ]


def answer(draft: str, number: int, name: str) -> Response:
    """One of the papers, from 1, as a file of that name; NotFound."""
    papers = kept().of(draft)
    if not 1 <= number <= len(papers):
        raise NotFound("paper.unknown")
    found = papers[number - 1]
    return send_file(
        found.path,
        mimetype=found.media_type,
        as_attachment=found.media_type not in SHOWN,
        download_name=f"{name}-{number}{found.path.suffix}",
        conditional=False,
        etag=False,
    )


def kept() -> Papers:
    """Where they lie."""
    found: Papers = current_app.extensions["papers"]
    return found


def _wrong_with(wrong: str, name: str) -> str:
    if wrong == "kind":
        return gettext(
            "“%(name)s” is neither a photograph nor a PDF. Send JPEG, PNG, HEIC or PDF.", name=name
        )
    if wrong == "size":
        return gettext("“%(name)s” is larger than 8 MB. Send a smaller photograph.", name=name)
    return gettext(
        "“%(name)s” is one too many: six papers are enough. Those that came before are kept.", name=name
    )
