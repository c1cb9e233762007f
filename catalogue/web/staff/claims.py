"""Certificates that makers say they have: the papers, what was written, and the registrar's yes or no."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from catalogue.database import transaction
from catalogue.editorial import claims, rules
from catalogue.editorial.listings import LISTINGS
from catalogue.editorial.models import CertificateClaim
from catalogue.kernel.errors import RuleBroken, require
from catalogue.producers.queries import producers_by_code
from catalogue.web import claim_words, listing_words, papers
from catalogue.web.identity import current_actor
from catalogue.web.page import say
from catalogue.web.private import show as render

ROOMS = {"product": "listings", "producer": "producers"}

blueprint = Blueprint("claims", __name__, url_prefix="/claims")


@blueprint.before_request
def only_for_registrars() -> None:
    """Papers are shown to us in confidence."""
    require(rules.may_decide_claim(current_actor()))


@blueprint.get("")
def index() -> ResponseReturnValue:
    """What waits, the oldest first."""
    return _page()


@blueprint.post("/<int:claim_id>/accept")
def accept(claim_id: int) -> ResponseReturnValue:
    """It stands in the register."""
    with transaction():
        claims.accept(current_actor(), claims.claim_of(claim_id))
    flash(gettext("Noted, and the maker is told."), "success")
    return redirect(url_for("staff.claims.index"), 303)


@blueprint.post("/<int:claim_id>/decline")
def decline(claim_id: int) -> ResponseReturnValue:
    """It cannot be entered, and why."""
    try:
        with transaction():
            claims.decline(current_actor(), claims.claim_of(claim_id), request.form.get("reason", "").strip())
    except RuleBroken as broken:
        if broken.code != "claim.without_reason":
            raise
        return _page(claim_id, 422)
    flash(gettext("Noted, and the maker is told."), "success")
    return redirect(url_for("staff.claims.index"), 303)


@blueprint.get("/<int:claim_id>/papers/<int:number>")
def paper(claim_id: int, number: int) -> Response:
    """One of the papers; for these eyes only."""
    return papers.answer(claims.claim_of(claim_id).key, number, str(claim_id))


def _page(wrong: int | None = None, status: int = 200) -> ResponseReturnValue:
    found = claims.waiting()
    makers = {maker.code: maker for maker in producers_by_code({one.producer_code for one in found})}
    error = gettext("Say why, in a sentence: it is sent as it stands.") if wrong else ""
    return render(
        "staff/claims.html",
        status,
        claims=[
            claim_words.told(one, partial(_paper, one.id))
            | {
                "listing": _listing(one),
                "maker": say(makers[one.producer_code].name) if one.producer_code in makers else None,
                "href": url_for("studio.listings.show", room=ROOMS[one.kind], code=one.code),
                "error": error if one.id == wrong else "",
            }
            for one in found
        ],
        summary=[(f"reason-{wrong}", error)] if wrong else [],
    )


def _paper(claim_id: int, number: int) -> str:
    return url_for("staff.claims.paper", claim_id=claim_id, number=number)


def _listing(one: CertificateClaim) -> str:
    live = LISTINGS[one.kind].read(one.code)
    return listing_words.name_of(live.content) if live else one.code
