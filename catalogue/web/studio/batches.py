"""Photographs of many listings in one ZIP: sent, and how far the worker is with them."""

from __future__ import annotations

from contextlib import closing

from flask import Blueprint, current_app, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from catalogue.adapters import archives
from catalogue.database import transaction
from catalogue.editorial import batches
from catalogue.editorial.batches import REFUSED, TAKEN, WAITING
from catalogue.kernel.errors import RuleBroken
from catalogue.kernel.photo import Refusal
from catalogue.media.words import REFUSALS
from catalogue.web.error_words import CODES
from catalogue.web.identity import current_actor
from catalogue.web.private import show as render

KIND = "product"
# An archive and what stands around it in the form.
LARGEST_BODY = archives.MOST_ARCHIVE + 100_000
AGAIN_S = "3"
STATES = {
    WAITING: lazy_gettext("Waits"),
    TAKEN: lazy_gettext("With the draft; say there what it shows"),
}
REASONS = {
    batches.NO_LISTING: lazy_gettext("No listing of yours has a code that the name begins with."),
    "archive.unreadable": lazy_gettext("It is damaged, locked or too large."),
    "photograph.too_many": CODES["photograph.too_many"].text,
    "revision.not_in_this_state": lazy_gettext("The listing is with the office. Take it back first."),
    "revision.nothing_public": lazy_gettext("The listing has left the catalogue."),
}

blueprint = Blueprint("batches", __name__, url_prefix="/sheets/photographs")


@blueprint.get("")
def index() -> ResponseReturnValue:
    """How the files have to be named, and where to send them."""
    return _front()


@blueprint.post("")
def upload() -> ResponseReturnValue:
    """Keep the ZIP; the worker takes the photographs in."""
    file = request.files.get("archive")
    if file is None or not file.filename:
        return _front(gettext("Choose a ZIP file first."), 422)
    with closing(file):
        body = file.stream.read(archives.MOST_ARCHIVE + 1)
    try:
        with transaction():
            store = current_app.extensions["storage"]
            key = batches.receive(current_actor(), KIND, store, file.filename, body).key
    except RuleBroken as broken:
        return _front(str(CODES[broken.code].text), 422)
    return redirect(url_for("studio.batches.show", key=key), 303)


@blueprint.get("/<key>")
def show(key: str) -> ResponseReturnValue:
    """What becomes of each photograph; the page asks again by itself until all is done."""
    batch = batches.found(current_actor(), key)
    waiting = sum(1 for one in batch.entries if one["state"] == WAITING)
    page = render(
        "studio/batch.html",
        name=batch.name,
        done=len(batch.entries) - waiting,
        total=len(batch.entries),
        waiting=waiting,
        files=[
            {
                "name": one["name"],
                "code": one["code"],
                "href": url_for("studio.photographs.show", room="listings", code=one["code"])
                if one["code"]
                else None,
                "state": _state(one),
            }
            for one in batch.entries
        ],
    )
    answer = make_response(page)
    if waiting:
        answer.headers["Refresh"] = AGAIN_S
    return answer


def _state(entry: dict[str, str]) -> str:
    if entry["state"] != REFUSED:
        return str(STATES[entry["state"]])
    reason = entry["reason"]
    if reason in set(Refusal):
        return str(REFUSALS[Refusal(reason)])
    return str(REASONS.get(reason) or gettext("It could not be taken. Send it with the listing itself."))


def _front(error: str = "", status: int = 200) -> ResponseReturnValue:
    errors = {"archive": error} if error else {}
    return render(
        "studio/batches.html", status, errors=errors, summary=list(errors.items()), most=archives.MOST_FILES
    )
