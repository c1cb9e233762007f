"""Certificates that makers say they have: the papers, what was written, and the registrar's yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from catalogue.certification.models import Certificate
from catalogue.database import transaction
from catalogue.editorial import claims, rules
from catalogue.editorial.models import CertificateClaim
from catalogue.editorial.rules import ClaimState
from catalogue.kernel.clock import LOCAL, today
from catalogue.kernel.errors import RuleBroken, require
from catalogue.producers.queries import producers_by_code
from catalogue.web import certificate_words, claim_words, paging, papers
from catalogue.web.claim_error_words import CLAIMS
from catalogue.web.identity import current_actor
from catalogue.web.page import say
from catalogue.web.private import show as render
from catalogue.web.staff import lists

ROOMS = {"product": "listings", "producer": "producers"}
ALL, PAGE_SIZE = "all", 20

blueprint = Blueprint("claims", __name__, url_prefix="/claims")


@blueprint.before_request
def only_for_registrars() -> None:
    """Papers are shown in confidence to those who keep the register."""
    require(rules.may_decide_claim(current_actor()))


@blueprint.get("")
def index() -> ResponseReturnValue:
    """What waits, the oldest first, unless the address asks for others."""
    return _page()


@blueprint.get("/claims.<any('xlsx','csv'):ending>")
def sheet(ending: str) -> Response:
    """The same as a sheet, all of it; papers stay here."""
    heads = {
        "listing_kind": gettext("Kind"),
        "listing": gettext("Code"),
        "maker": gettext("Code of the maker"),
        "scheme": gettext("Scheme"),
        "level": gettext("Level"),
        "number": gettext("Number"),
        "issued": gettext("Issued"),
        "expires": gettext("Good until"),
        "sent_by": gettext("Sent by"),
        "sent": gettext("Sent"),
        "state": gettext("State"),
        "decided_by": gettext("Decided by"),
        "reason": gettext("Reason"),
    }
    found, _ = _found(0, None)
    return lists.sheet(f"claims.{ending}", heads, map(_row, found))


def _row(one: CertificateClaim) -> list[str | None]:
    return [
        *(one.kind, one.code, one.producer_code, one.scheme, one.level, one.number),
        *(one.issued, one.expires, one.author),
        one.made_at.astimezone(LOCAL).isoformat(timespec="minutes"),
        str(claim_words.STATES[one.state]),
        *(one.decided_by, one.reason),
    ]


def _found(start: int, size: int | None) -> tuple[Sequence[CertificateClaim], int]:
    state, (sort, descending) = request.args.get("state", ClaimState.NEW), _order()
    state = "" if state == ALL else state if state in set(ClaimState) else ClaimState.NEW
    return claims.found(state, start, size, sort, words=lists.sought(), descending=descending)


def _order() -> tuple[str, bool]:
    return lists.order(claims.SORTS, "sent")


@blueprint.post("/<int:claim_id>/accept")
def accept(claim_id: int) -> ResponseReturnValue:
    """It stands in the register."""
    try:
        with transaction():
            claims.accept(current_actor(), claims.claim_of(claim_id))
    except RuleBroken as broken:
        if broken.code != "claim.not_entered":
            raise
        return _page({f"accept-{claim_id}": str(CLAIMS[broken.code].text)})
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
        return _page({f"reason-{claim_id}": gettext("Say why, in a sentence: it is sent as it stands.")})
    flash(gettext("Noted, and the maker is told."), "success")
    return redirect(url_for("staff.claims.index"), 303)


@blueprint.get("/<int:claim_id>/papers/<int:number>")
def paper(claim_id: int, number: int) -> Response:
    """One of the papers; for these eyes only."""
    return papers.answer(claims.claim_of(claim_id).key, number, str(claim_id))


def _page(errors: dict[str, str] | None = None) -> ResponseReturnValue:
    found, total = _found((paging.asked() - 1) * PAGE_SIZE, PAGE_SIZE)
    entries = claims.entered(found)
    sort, descending = _order()
    states = {code: str(words) for code, words in claim_words.STATES.items()} | {ALL: gettext("All")}
    makers = {maker.code: maker for maker in producers_by_code({one.producer_code for one in found})}
    return render(
        "staff/claims.html",
        422 if errors else 200,
        words=lists.sought(),
        filters=[lists.options("state", gettext("State"), states, every=False)],
        columns=lists.columns(
            {"sent": gettext("Sent"), "scheme": gettext("Scheme"), "listing": gettext("Listing")}
            | {"maker": gettext("Maker")},
            sort,
            descending=descending,
        ),
        total=total,
        sheets=lists.sheet_links(url_for("staff.claims.index") + "/claims"),
        pager=paging.pager(paging.asked(), -(-total // PAGE_SIZE)),
        claims=[
            claim_words.told(one, partial(_paper, one.id))
            | {
                "listing": claim_words.listing(one),
                "maker": say(makers[one.producer_code].name) if one.producer_code in makers else None,
                "href": url_for("studio.listings.show", room=ROOMS[one.kind], code=one.code),
                "entry": _entry(entries.get(one.id)),
            }
            for one in found
        ],
        errors=errors or {},
        summary=list((errors or {}).items()),
    )


def _paper(claim_id: int, number: int) -> str:
    return url_for("staff.claims.paper", claim_id=claim_id, number=number)


def _entry(row: Certificate | None) -> dict[str, Any] | None:
    """What stands in the register, so that it may be called entered."""
    if row is None:
        return None
    return {
        "href": url_for("staff.certificate.show", certificate_id=row.id),
        "text": row.number or row.code,
        "standing": certificate_words.standing(row, today()),
    }
