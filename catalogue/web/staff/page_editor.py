"""Writing one of the catalogue's own listings: all its fields on one page, and nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from catalogue.database import transaction
from catalogue.editorial import actions, forms, rules
from catalogue.editorial.listings import LISTINGS, faults_of
from catalogue.editorial.models import Revision
from catalogue.kernel.errors import Conflict, NotFound, require
from catalogue.web import advice, kept_forms, listing_forms, listing_words, two_versions
from catalogue.web.identity import current_actor
from catalogue.web.private import show as render
from catalogue.web.staff.page_desk import KIND, PREFIX, PageDesk, desk

blueprint = Blueprint("page_editor", __name__, url_prefix="/pages")


@blueprint.route(f"{KIND}/new", methods=["GET", "POST"])
def new(kind: str) -> ResponseReturnValue:
    """Its name, and there is a draft."""
    actor, listing = current_actor(), LISTINGS[kind]
    require(rules.may_write(actor, rules.OFFICE))
    if not listing.grows:
        raise NotFound("listing.unknown")
    first = [listing.by_name[listing.title]]
    typed = request.form if request.method == "POST" else kept_forms.found(actor) or request.form
    content = listing.tidy(listing_forms.sent(first, typed))
    faults = {}
    if request.method == "POST":
        if content[listing.title]:
            with transaction():
                draft = actions.begin(actor, kind, rules.OFFICE, content)
            return redirect(url_for("staff.page_editor.edit", kind=kind, code=draft.code), 303)
        faults = {listing.title: "needed"}
    drawn = listing_forms.inputs(first, content, faults)
    return render(
        "staff/pages/new.html",
        422 if faults else 200,
        kind=kind,
        label=str(listing_words.KINDS[kind]),
        inputs=drawn,
        summary=listing_forms.summary(drawn),
        seal=kept_forms.seal(actor),
    )


@blueprint.get(f"{PREFIX}/edit")
def edit(kind: str, code: str) -> ResponseReturnValue:
    """Every field with what is there; after a failed sending with what had been typed."""
    at = desk(kind, code, writing=True)
    if not at.can_edit:
        return redirect(at.address("pages.show"), 303)
    typed = kept_forms.found(at.actor)
    if typed is not None:
        content = at.listing.tidy({**at.content, **listing_forms.sent(at.listing.fields, typed)})
        note = {
            "title": gettext("This was not saved yet"),
            "text": gettext(
                "You had been signed out, or the page had been open for long. What you typed is below:"
                " press save once more."
            ),
        }
        return _page(at, content, typed.get("version", "0"), typed.get("draft", ""), note, form=typed)
    version, draft = (str(at.open.version), str(at.open.number)) if at.open else ("0", "")
    return _page(at, at.content, version, draft)


@blueprint.post(f"{PREFIX}/edit")
def save(kind: str, code: str) -> ResponseReturnValue:
    """Keep what was typed, whatever is wrong with it; nobody else's words are overwritten."""
    at = desk(kind, code, writing=True)
    if not at.can_edit:
        note = {
            "title": gettext("This was not saved"),
            "text": gettext(
                "The listing is with the office. Take it back first, then save what you typed; it is below."
            ),
        }
        typed = listing_forms.sent(at.listing.fields, request.form)
        content = at.listing.tidy({**at.content, **typed})
        return _page(at, content, "0", "", note, status=409, form=request.form)
    try:
        with transaction():
            draft = actions.open_draft(at.actor, kind, code)
            typed, seen = two_versions.settled(at.listing.fields, request.form, draft.content)
            actions.save_draft(at.actor, draft, typed, _seen_version(at, draft), seen)
    except Conflict:
        return _conflict(desk(kind, code))
    at = desk(kind, code)
    wrong = [fault for fault in faults_of(kind, code, at.content).values() if fault != "needed"]
    if wrong:
        return redirect(at.address("page_editor.edit", check=1), 303)
    return redirect(at.address("pages.show"), 303)


def _page(
    at: PageDesk,
    content: Mapping[str, Any],
    version: str,
    draft: str,
    note: dict[str, str] | None = None,
    status: int = 200,
    form: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    faults = faults_of(at.kind, at.code, content) if "check" in request.args else {}
    groups: list[dict[str, Any]] = []
    for step in forms.OFFICE_STEPS:
        fields = [field for field in at.listing.fields if field.step == step]
        if fields:
            inputs = listing_forms.inputs(fields, content, faults)
            groups.append({"code": step, "title": str(listing_words.OFFICE_STEPS[step]), "inputs": inputs})
    return render(
        "staff/pages/edit.html",
        status,
        at=at,
        groups=groups,
        summary=listing_forms.summary([one for group in groups for one in group["inputs"]]),
        version=version,
        draft=draft,
        seen=form.get("seen", "") if form is not None else two_versions.seen(at.listing.fields, content),
        seal=kept_forms.seal(at.actor),
        reasons=advice.reasons(at.open),
        note=note,
    )


def _conflict(at: PageDesk) -> ResponseReturnValue:
    asked = two_versions.asked_about(at.listing.fields, request.form, at.content, at.actor, at.open)
    return render("staff/pages/conflict.html", 409, at=at, **asked)


def _seen_version(at: PageDesk, draft: Revision) -> int:
    """Upon which version of this draft the form was filled in, as in the workshop's editor."""
    version, number = _number("version"), _number("draft")
    if at.open is None and version == 0:
        return draft.version
    return -1 if number and number != draft.number else version


def _number(name: str) -> int:
    text = request.form.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0
