"""Every version of one of the catalogue's own listings, and bringing one back."""

from __future__ import annotations

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from catalogue.database import transaction
from catalogue.editorial import actions, revisions
from catalogue.web import advice, versions
from catalogue.web.private import show as render
from catalogue.web.staff.page_desk import PREFIX, desk

blueprint = Blueprint("page_history", __name__, url_prefix=f"/pages{PREFIX}/history")


@blueprint.get("")
def index(kind: str, code: str) -> ResponseReturnValue:
    """All versions, the newest first."""
    at = desk(kind, code)
    versions = [advice.version_line(one) for one in revisions.history(kind, code)]
    return render("staff/pages/history.html", at=at, versions=versions)


@blueprint.get("/<int:number>")
def show(kind: str, code: str, number: int) -> ResponseReturnValue:
    """One version, field by field beside another."""
    at = desk(kind, code)
    return render(
        "staff/pages/version.html", at=at, **versions.compared(at.listing, at.kind, at.code, number)
    )


@blueprint.post("/<int:number>/restore")
def restore(kind: str, code: str, number: int) -> ResponseReturnValue:
    """A new draft that says what this version said; readers see it once it is sent and approved."""
    at = desk(kind, code, writing=True)
    with transaction():
        actions.restore(at.actor, revisions.numbered(kind, code, number))
    text = gettext(
        "There is a draft now that says what version %(number)s said. Check it and send it.", number=number
    )
    flash(text, "success")
    return redirect(at.address("pages.show"), 303)
