"""The reviewers' desk: what makers sent, who has it in hand, and the office's yes, not yet, or later."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from catalogue.database import transaction
from catalogue.editorial import claims, deciding, desk, queue, revisions, rules
from catalogue.editorial.listings import LISTINGS
from catalogue.editorial.models import Revision
from catalogue.editorial.queue import Show, Sort, Wanted
from catalogue.editorial.rules import State
from catalogue.kernel.clock import LOCAL
from catalogue.kernel.errors import Conflict, NotFound, RuleBroken, require
from catalogue.media.standing import assets
from catalogue.web import advice, listing_words, paging, papers
from catalogue.web.error_words import CODES
from catalogue.web.identity import current_actor
from catalogue.web.pictures import private_picture
from catalogue.web.private import show as render
from catalogue.web.review_error_words import TOO_FAR
from catalogue.web.staff import file_page, lists, queue_page

# What is told beside a day or a moment.
DAYS_WRONG = {
    "review.day_is_past": lazy_gettext("This day has passed already."),
    "review.moment_is_past": lazy_gettext("This moment has passed already."),
    "review.day_too_far": TOO_FAR,
    "review.moment_too_far": TOO_FAR,
}

blueprint = Blueprint("reviews", __name__, url_prefix="/reviews")


@blueprint.before_request
def only_for_those_who_review() -> None:
    """Drafts are shown to makers, and to those in the office who work on them."""
    require(rules.may_see_reviews(current_actor()))


@blueprint.get("")
def index() -> ResponseReturnValue:
    """A part of the desk, by the day of the promised answer; the address holds what was chosen."""
    wanted, actor = _wanted(), current_actor()
    found, total = queue.files(
        wanted, actor.user_id, (paging.asked() - 1) * paging.PAGE_SIZE, paging.PAGE_SIZE
    )
    return render(
        "staff/reviews.html",
        **queue_page.context(wanted, found, total),
        may_take=rules.may_take_reviews(actor),
        sheets=lists.sheet_links(url_for("staff.reviews.index") + "/reviews"),
        pager=paging.pager(paging.asked(), -(-total // paging.PAGE_SIZE)),
    )


@blueprint.get("/reviews.<any('xlsx','csv'):ending>")
def sheet(ending: str) -> Response:
    """The same part of the desk as a sheet, all of it."""
    heads = {
        "name": gettext("File"),
        "maker": gettext("Maker"),
        "kind": gettext("Kind"),
        "what": gettext("What it is"),
        "sent": gettext("Sent"),
        "due": gettext("Answer"),
        "state": gettext("Stands"),
        "hand": gettext("In hand"),
    }
    found, _ = queue.files(_wanted(), current_actor().user_id, 0, None)
    return lists.sheet(f"reviews.{ending}", heads, queue_page.cells(found))


@blueprint.post("/next")
def take_next() -> ResponseReturnValue:
    """Take the most urgent file that nobody has."""
    with transaction():
        revision = desk.take_next(current_actor())
    if revision is None:
        flash(gettext("Nothing waits that nobody has in hand."), "success")
        return redirect(url_for("staff.reviews.index"), 303)
    return _to_file(revision)


@blueprint.get("/<int:revision_id>")
def show(revision_id: int) -> ResponseReturnValue:
    """Live and proposed side by side, field by field and in both languages, with all that proves it."""
    return _page(revisions.revision(revision_id))


@blueprint.get("/<int:revision_id>/photographs/<asset>")
def picture(revision_id: int, asset: str) -> Response:
    """A photograph of what waits, which readers do not see yet; `?size=full`: as large as it is."""
    found = assets([asset]) if asset in file_page.photographs_of(revisions.revision(revision_id)) else []
    if not found:
        raise NotFound("photograph.unknown")
    return private_picture(found[0], full=request.args.get("size") == "full")


@blueprint.get("/<int:revision_id>/papers/<int:claim_id>/<int:number>")
def paper(revision_id: int, claim_id: int, number: int) -> Response:
    """A paper that the maker showed with this listing."""
    require(rules.may_see_papers(current_actor()))
    revision, claim = revisions.revision(revision_id), claims.claim_of(claim_id)
    if (claim.kind, claim.code) != (revision.kind, revision.code):
        raise NotFound("paper.unknown")
    return papers.answer(claim.key, number, str(claim_id))


@blueprint.post("/<int:revision_id>/take")
def take(revision_id: int) -> ResponseReturnValue:
    """Take a file in hand; `over`: from the colleague who has it."""
    revision = revisions.revision(revision_id)
    try:
        with transaction():
            desk.take(current_actor(), revision, over=bool(request.form.get("over")))
    except Conflict as taken:
        return _page(revisions.revision(revision_id), 409, note=_note(taken))
    return _to_file(revision)


@blueprint.post("/<int:revision_id>/let-go")
def let_go(revision_id: int) -> ResponseReturnValue:
    """Lay a file back for the others."""
    revision = revisions.revision(revision_id)
    with transaction():
        desk.let_go(current_actor(), revision)
    flash(gettext("Laid back for the others."), "success")
    return redirect(url_for("staff.reviews.index"), 303)


@blueprint.post("/<int:revision_id>/answer-by")
def promise(revision_id: int) -> ResponseReturnValue:
    """Answer by another day."""
    require(rules.may_take_reviews(current_actor()))
    revision, day = revisions.revision(revision_id), _day(request.form.get("answer_by", ""))
    if day is None:
        return _page(revision, 422, {"answer_by": gettext("Write a day, such as 2026-12-20.")})
    try:
        with transaction():
            desk.promise(current_actor(), revision, day)
    except RuleBroken as broken:
        if broken.code not in DAYS_WRONG:
            raise
        wrong = {"answer_by": str(DAYS_WRONG[broken.code])}
        return _page(revisions.revision(revision_id), 422, wrong)
    return _to_file(revision)


@blueprint.post("/<int:revision_id>/translate")
def translate(revision_id: int) -> ResponseReturnValue:
    """Write what lacks one language, on the page where it was missed."""
    revision = revisions.revision(revision_id)
    texts = {
        (name, language): request.form.get(f"{name}_{language}", "")
        for name, language in rules.to_translate(revision.content, revision.known_marks)
    }
    try:
        with transaction():
            desk.translate(current_actor(), revision, texts, _seen())
    except Conflict as changed:
        return _page(revisions.revision(revision_id), 409, note=_note(changed))
    except RuleBroken as broken:
        if broken.code == "revision.nothing_changed":
            first = "_".join(next(iter(texts))) if texts else "changes"
            wrong = {first: gettext("Write the missing language of at least one text.")}
            return _page(revisions.revision(revision_id), 422, wrong)
        if broken.code != "revision.incomplete":
            raise
        faults: Any = broken.parameters["faults"]
        fields = LISTINGS[revision.kind].by_name
        wrong = {
            f"{name}_{language}": listing_words.fault(fault, fields[name], texts[name, language])
            for name, fault in faults.items()
            for language in rules.LANGUAGES
            if (name, language) in texts
        }
        return _page(revisions.revision(revision_id), 422, wrong)
    flash(gettext("Kept. The maker will be asked whether it is right; somebody else decides."), "success")
    return _to_file(revision)


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
    except Conflict as meanwhile:
        return _page(revisions.revision(revision_id), 409, note=_note(meanwhile))
    except RuleBroken as broken:
        if broken.code in DAYS_WRONG:
            return _page(revisions.revision(revision_id), 422, {"moment": str(DAYS_WRONG[broken.code])})
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
            reasons, words = request.form.getlist("reasons"), request.form.get("reason")
            deciding.send_back(actor, revision, _seen(), reasons, words)
    except Conflict as meanwhile:
        return _page(revisions.revision(revision_id), 409, note=_note(meanwhile))
    except RuleBroken as broken:
        if broken.code != "review.without_reason":
            raise
        wrong = {"reason": gettext("Choose a reason, or write one in a sentence: the maker reads it.")}
        return _page(revisions.revision(revision_id), 422, wrong)
    flash(gettext("Sent back with your reason."), "success")
    return redirect(url_for("staff.reviews.index"), 303)


@blueprint.post("/<int:revision_id>/undo")
def undo(revision_id: int) -> ResponseReturnValue:
    """Take a decision back that has had no effect yet."""
    revision = revisions.revision(revision_id)
    try:
        with transaction():
            deciding.undo(current_actor(), revision)
    except Conflict as taken:
        return _page(revisions.revision(revision_id), 409, note=_note(taken))
    flash(gettext("The decision is taken back; the file waits again."), "success")
    return _to_file(revision)


def _to_file(revision: Revision) -> ResponseReturnValue:
    return redirect(url_for("staff.reviews.show", revision_id=revision.id), 303)


def _page(
    revision: Revision,
    status: int = 200,
    errors: dict[str, str] | None = None,
    note: dict[str, str] | None = None,
) -> ResponseReturnValue:
    return render(
        "staff/review.html",
        status,
        **file_page.context(revision, errors or {}),
        queue=queue_page.beside(revision),
        errors=errors or {},
        summary=list((errors or {}).items()),
        note=note,
    )


def _wanted() -> Wanted:
    """What the address asks for; what it asks for and there is not means all."""
    asked = request.args
    show, (sort, descending) = asked.get("show", ""), lists.order(Sort, Sort.DEADLINE)
    kind = asked.get("kind", "")
    return Wanted(
        show=Show(show) if show in set(Show) else Show.WAITING,
        kind=kind if kind in queue.kinds() else "",
        is_new={"new": True, "known": False}.get(asked.get("what", "")),
        untranslated=asked.get("untranslated") == "1",
        words=asked.get("q", ""),
        sort=Sort(sort),
        descending=descending,
    )


def _moment(text: str) -> datetime | None:
    """A moment as the browser's field or a person writes it, on the wall in Đà Lạt."""
    try:
        return datetime.fromisoformat(text.replace(" ", "T", 1)).replace(tzinfo=LOCAL)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _seen() -> int:
    number = request.form.get("version", "")
    return int(number) if number.isdecimal() and len(number) < 10 else 0


def _note(conflict: Conflict) -> dict[str, str]:
    if conflict.code == "review.taken":
        words = CODES[conflict.code]
        name = str(conflict.parameters.get("name") or "")
        return {"title": str(words.title), "text": gettext("%(name)s has this file in hand.", name=name)}
    return {
        "title": gettext("Nothing was decided"),
        "text": gettext("The draft was changed after you opened it. Look at it again; this is the newest."),
    }


def _incomplete() -> dict[str, str]:
    return {
        "title": gettext("This cannot be published yet"),
        "text": gettext("Something that the page needs is missing; it is named below."),
    }
