"""Every version of a listing: who wrote it, when readers saw it, what it said, and bringing it back."""

from __future__ import annotations

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from catalogue.database import transaction
from catalogue.editorial import actions, revisions
from catalogue.web import advice, versions
from catalogue.web.private import show as render
from catalogue.web.studio.rooms import PREFIX, desk

blueprint = Blueprint("history", __name__, url_prefix=f"{PREFIX}/history")


@blueprint.get("")
def index(room: str, code: str) -> ResponseReturnValue:
    """All versions, the newest first."""
    at = desk(room, code)
    return render(
        "studio/history.html",
        at=at,
        versions=[advice.version_line(one) for one in revisions.history(at.kind, at.code)],
    )


@blueprint.get("/<int:number>")
def show(room: str, code: str, number: int) -> ResponseReturnValue:
    """One version, field by field beside another."""
    at = desk(room, code)
    return render("studio/version.html", at=at, **versions.compared(at.listing, at.kind, at.code, number))


@blueprint.post("/<int:number>/restore")
def restore(room: str, code: str, number: int) -> ResponseReturnValue:
    """A new draft that says what this version said; readers see it once it is sent and approved."""
    at = desk(room, code)
    with transaction():
        actions.restore(at.actor, revisions.numbered(at.kind, at.code, number))
    flash(
        gettext(
            "There is a draft now that says what version %(number)s said. Check it and send it.",
            number=number,
        ),
        "success",
    )
    return redirect(at.address("editor.check"), 303)
