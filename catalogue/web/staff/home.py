"""The office's home: what waits, the most urgent first."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from catalogue.editorial import queue, rules
from catalogue.editorial.queue import Show, Wanted
from catalogue.web import listing_words
from catalogue.web.identity import current_actor
from catalogue.web.private import show as render
from catalogue.web.staff import rooms
from catalogue.web.staff.due import due

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def show() -> ResponseReturnValue:
    """The file to answer first, and the rooms that one may enter, with what waits there."""
    actor = current_actor()
    return render(
        "staff/home.html",
        first=_first() if rules.may_take_reviews(actor) else None,
        lines=[
            {"href": url_for(room.endpoint), "name": str(room.name), "waits": room.waits()}
            for room in rooms.open_to(actor)
        ],
    )


def _first() -> dict[str, str] | None:
    """Of what one has in hand, else of what nobody has, the file that is due first."""
    actor = current_actor()
    for part in (Show.MINE, Show.FREE):
        found, _ = queue.files(Wanted(part), actor.user_id, 0, 1)
        for one in found:
            name = listing_words.name_of(one.content)
            return {"href": url_for("staff.reviews.show", revision_id=one.id), "name": name, "due": due(one)}
    return None
