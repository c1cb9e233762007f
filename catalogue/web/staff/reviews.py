"""What makers sent: the change beside what is public, and the office's yes, not yet, or later."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from catalogue.database import transaction
from catalogue.editorial import copies, deciding, revisions, rules
from catalogue.editorial.completeness import completeness
from catalogue.editorial.listings import LISTINGS, faults_of
from catalogue.editorial.models import Revision
from catalogue.editorial.rules import State
from catalogue.kernel.clock import LOCAL
from catalogue.kernel.errors import Conflict, NotFound, RuleBroken, require
from catalogue.media.standing import assets
from catalogue.media.words import POSSIBLE_COPY
from catalogue.producers.queries import producers_by_code
from catalogue.web import advice, listing_forms, listing_words
from catalogue.web.identity import current_actor
from catalogue.web.language import current, read
from catalogue.web.pictures import private_picture
from catalogue.web.private import show as render

# The part of the workshop where each kind of listing is worked on.
ROOMS = {"product": "listings", "producer": "producers"}

blueprint = Blueprint("reviews", __name__, url_prefix="/reviews")


@blueprint.before_request
def only_for_those_who_review() -> None:
    """Drafts are shown to makers and reviewers only."""
    require(rules.may_see_reviews(current_actor()))


@blueprint.get("")
def index() -> ResponseReturnValue:
    """What waits, the longest first; then what is planned."""
    waiting = revisions.at_the_office()
    names = {one.code: read(one.name) for one in producers_by_code({each.producer_code for each in waiting})}
    lines = [
        {
            "href": url_for("staff.reviews.show", revision_id=one.id),
            "name": listing_words.name_of(one.content),
            "maker": names.get(one.producer_code, one.producer_code),
            "sent": advice.moment(one.submitted_at) if one.submitted_at else "",
            "planned": advice.moment(one.publish_at) if one.publish_at else "",
            "is_planned": one.state == State.APPROVED,
        }
        for one in waiting
    ]
    return render(
        "staff/reviews.html",
        waiting=[line for line in lines if not line["is_planned"]],
        planned=[line for line in lines if line["is_planned"]],
    )


@blueprint.get("/<int:revision_id>")
def show(revision_id: int) -> ResponseReturnValue:
    """Live and proposed side by side, field by field and in both languages."""
    return _page(revisions.revision(revision_id))


@blueprint.get("/<int:revision_id>/photographs/<asset>")
def picture(revision_id: int, asset: str) -> Response:
    """A photograph of what waits, which readers do not see yet."""
    found = assets([asset]) if asset in _photographs(revisions.revision(revision_id)) else []
    if not found:
        raise NotFound("photograph.unknown")
    return private_picture(found[0])


@blueprint.post("/<int:revision_id>/approve")
def approve(revision_id: int) -> ResponseReturnValue:
    """Yes: public now, or from the planned moment on."""
    actor, revision = current_actor(), revisions.revision(revision_id)
    when = request.form.get("moment", "").strip()
    planned = _moment(when) if when else None
    if when and planned is None:
        return _page(revision, 422, {"moment": gettext("Write day and hour, such as 2026-12-20 08:00.")})
    try:
        with transaction():
            if revision.state == State.SUBMITTED:
                deciding.approve(actor, revision, _seen())
            if planned is not None:
                deciding.schedule(actor, revision, planned)
            else:
                deciding.publish(actor, revision)
    except Conflict:
        return _page(revisions.revision(revision_id), 409, note=_changed_meanwhile())
    except RuleBroken as broken:
        if broken.code == "review.moment_is_past":
            return _page(
                revisions.revision(revision_id), 422, {"moment": gettext("This moment has passed already.")}
            )
        if broken.code != "revision.incomplete":
            raise
        return _page(revisions.revision(revision_id), 422, note=_incomplete())
    name = listing_words.name_of(revision.content)
    if planned is not None:
        flash(
            gettext("%(name)s will be public from %(moment)s on.", name=name, moment=advice.moment(planned)),
            "success",
        )
    else:
        flash(gettext("%(name)s is public now.", name=name), "success")
    return redirect(url_for("staff.reviews.index"), 303)


@blueprint.post("/<int:revision_id>/return")
def send_back(revision_id: int) -> ResponseReturnValue:
    """Not yet, and why."""
    actor, revision = current_actor(), revisions.revision(revision_id)
    try:
        with transaction():
            deciding.send_back(actor, revision, request.form.getlist("reasons"), request.form.get("reason"))
    except RuleBroken as broken:
        if broken.code != "review.without_reason":
            raise
        wrong = {"reason": gettext("Choose a reason, or write one in a sentence: the maker reads it.")}
        return _page(revisions.revision(revision_id), 422, wrong)
    flash(gettext("Sent back with your reason."), "success")
    return redirect(url_for("staff.reviews.index"), 303)


def _page(
    revision: Revision,
    status: int = 200,
    errors: dict[str, str] | None = None,
    note: dict[str, str] | None = None,
) -> ResponseReturnValue:
    actor, listing = current_actor(), LISTINGS[revision.kind]
    shown = listing.read(revision.code)
    live = listing.tidy(shown.content) if shown and shown.archived_at is None else None
    fields = listing.fields
    return render(
        "staff/review.html",
        status,
        revision=revision,
        name=listing_words.name_of(revision.content),
        workshop=url_for("studio.listings.show", room=ROOMS[revision.kind], code=revision.code),
        changes=listing_forms.compared(fields, rules.diff(live or {}, revision.content)),
        is_new=live is None,
        told=listing_forms.told(fields, revision.content),
        photographs=_drawn(revision),
        sent=advice.moment(revision.submitted_at) if revision.submitted_at else "",
        planned=advice.moment(revision.publish_at) if revision.publish_at else "",
        score=completeness(revision.kind, revision.content).percent,
        faults=[
            (str(listing_words.LABELS[name]), listing_words.fault(fault))
            for name, fault in faults_of(
                revision.kind, revision.code, revision.content, publishing=True
            ).items()
        ],
        stale=[
            str(listing_words.LABELS[field])
            for field, _language in rules.stale(revision.content, revision.known_marks)
        ],
        waits=revision.state in rules.AT_THE_OFFICE,
        state=str(listing_words.STATES[revision.state]),
        may_decide=rules.may_review(actor, revision.writers),
        own=actor.user_id in revision.writers,
        reasons=_reasons(),
        errors=errors or {},
        summary=list((errors or {}).items()),
        note=note,
    )


def _drawn(revision: Revision) -> list[dict[str, str]]:
    """The photographs, and for each the makers who have nearly the same one."""
    codes = _photographs(revision)
    others = copies.makers_with_the_same(codes)
    makers = producers_by_code({maker for found in others.values() for maker in found})
    names = {maker.code: read(maker.name) for maker in makers}
    return [
        {
            "src": url_for("staff.reviews.picture", revision_id=revision.id, asset=one.code),
            "alt": one.alt.text(current()),
            "credit": one.credit or "",
            "agreed": one.consent_by or "",
            "possible_copy": str(POSSIBLE_COPY) if one.code in others else "",
            "makers": ", ".join(names.get(maker, maker) for maker in others.get(one.code, ())),
        }
        for one in assets(codes)
    ]


def _photographs(revision: Revision) -> list[str]:
    return list(revision.content.get("photographs") or ())


def _reasons() -> list[dict[str, Any]]:
    chosen = request.form.getlist("reasons")
    return [
        {"value": reason.value, "label": str(listing_words.REASONS[reason]), "checked": reason in chosen}
        for reason in rules.CHOSEN_REASONS
    ]


def _moment(text: str) -> datetime | None:
    """A moment as the browser's field or a person writes it, on the wall in Đà Lạt."""
    try:
        return datetime.fromisoformat(text.replace(" ", "T", 1)).replace(tzinfo=LOCAL)
    except ValueError:
        return None


def _seen() -> int:
    number = request.form.get("version", "")
    return int(number) if number.isdecimal() and len(number) < 10 else 0


def _changed_meanwhile() -> dict[str, str]:
    return {
        "title": gettext("Nothing was decided"),
        "text": gettext("The draft was changed after you opened it. Look at it again; this is the newest."),
    }


def _incomplete() -> dict[str, str]:
    return {
        "title": gettext("This cannot be published yet"),
        "text": gettext("Something that the page needs is missing; it is named below."),
    }
