"""The editor: a listing in short steps, saved at every one, and nothing typed is ever lost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from catalogue.database import transaction
from catalogue.editorial import actions, forms, keeping, rules
from catalogue.editorial.fields import Field
from catalogue.editorial.listings import faults_of
from catalogue.editorial.models import Revision
from catalogue.kernel.errors import Conflict
from catalogue.products.queries import neighbour_prices
from catalogue.products.rules import is_far
from catalogue.web import advice, headings, kept_forms, listing_forms, listing_words, two_versions
from catalogue.web.language import current
from catalogue.web.private import show as render
from catalogue.web.studio.rooms import PREFIX, Desk, desk

Typed = MultiDict[str, str]
WRITING = ", ".join(forms.WRITING_STEPS)

blueprint = Blueprint("editor", __name__, url_prefix=PREFIX)


@blueprint.get(f"/<any({WRITING}):step>")
def show(room: str, code: str, step: str) -> ResponseReturnValue:
    """One step, with what is there; after a failed sending with what had been typed."""
    at = desk(room, code)
    if not at.can_edit:
        return redirect(at.address("listings.show"), 303)
    typed = kept_forms.found(at.actor)
    if typed is not None:
        content = at.listing.tidy({**at.content, **listing_forms.sent(fields_of(at, step), typed)})
        return _page(at, step, content, typed.get("version", "0"), kept_note(), form=typed)
    return _page(at, step, at.content, version=str(at.open.version if at.open else 0))


@blueprint.post(f"/<any({WRITING}):step>")
def save(room: str, code: str, step: str) -> ResponseReturnValue:
    """Keep what was typed, whatever is wrong with it, and go on; nobody else's words are overwritten."""
    at = desk(room, code)
    fields = fields_of(at, step)
    if not at.can_edit:
        content = at.listing.tidy({**at.content, **listing_forms.sent(fields, request.form)})
        return _page(at, step, content, "0", _not_now(), status=409, form=request.form)
    try:
        with transaction():
            draft = actions.open_draft(at.actor, at.kind, at.code)
            typed, seen = two_versions.settled(fields, request.form, draft.content)
            actions.save_draft(at.actor, draft, typed, seen_version(at, draft), seen)
    except Conflict:
        return _conflict(desk(room, code), step)
    at = desk(room, code)
    if any(name in at.listing.by_name and at.listing.by_name[name].step == step for name in _wrong(at)):
        return redirect(at.address("editor.show", step=step, check=1), 303)
    return redirect(_onward(at, step), 303)


@blueprint.get("/check")
def check(room: str, code: str) -> ResponseReturnValue:
    """Everything once more, what is missing, what was changed, and the button that sends it."""
    at = desk(room, code)
    if at.open is None or not at.can_edit:
        return redirect(at.address("listings.show"), 303)
    faults = faults_of(at.kind, at.code, at.open.content)
    changes = keeping.changes(at.open, at.live) if at.live is not None else []
    return render(
        "studio/check.html",
        at=at,
        steps=steps_of(at, "check"),
        faults=[
            (
                str(listing_words.LABELS[name]),
                listing_words.fault(fault, at.listing.by_name[name], at.open.content.get(name)),
                step_address(at, at.listing.by_name[name].step, check="1") + f"#{name}",
            )
            for name, fault in faults.items()
        ],
        told=listing_forms.told(at.listing.fields, at.open.content),
        changes=listing_forms.compared(at.listing.fields, changes),
        kept=[two_versions.label(part) for part in keeping.changed_alone(at.open, at.live or {})],
        is_new=at.live is None,
        alone=rules.may_publish_alone(
            at.kind, [change.field for change in changes], is_live=at.live is not None
        ),
        english_missing=_missing_english(at),
        question=price_question(at, at.open.content),
        stale=[
            str(listing_words.LABELS[field])
            for field, _language in rules.stale(at.open.content, at.open.known_marks)
        ],
    )


def fields_of(at: Desk, step: str) -> list[Field]:
    """What one step asks for."""
    return [field for field in at.listing.fields if field.step == step]


def seen_version(at: Desk, draft: Revision) -> int:
    """Upon which version of this draft the form of this request was filled in.

    0 where there was none yet, and -1 where it was another one: then whatever differs is a conflict.
    """
    version, number = _number("version"), _number("draft")
    if at.open is None and version == 0:
        return draft.version
    return -1 if number and number != draft.number else version


def _number(name: str) -> int:
    text = request.form.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _wrong(at: Desk) -> dict[str, str]:
    """What cannot be as it is; what is only missing can wait for the last step."""
    found = faults_of(at.kind, at.code, at.content)
    return {name: fault for name, fault in found.items() if fault != "needed"}


def _onward(at: Desk, step: str) -> str:
    following = forms.STEPS[forms.STEPS.index(step) + 1]
    if request.form.get("then") == "stay":
        return at.address("listings.show")
    return step_address(at, following)


def _page(
    at: Desk,
    step: str,
    content: Mapping[str, Any],
    version: str,
    note: dict[str, str] | None = None,
    status: int = 200,
    form: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    """`form`: what had been sent, which is shown again with what it had seen."""
    fields = fields_of(at, step)
    faults = faults_of(at.kind, at.code, content) if "check" in request.args else {}
    drawn = listing_forms.inputs(fields, content, faults)
    return render(
        "studio/edit.html",
        status,
        at=at,
        step=step,
        title=str(listing_words.STEPS[step]),
        steps=steps_of(at, step),
        inputs=drawn,
        summary=listing_forms.summary(drawn),
        version=version,
        draft=form.get("draft", "") if form is not None else at.open.number if at.open else "",
        seen=form.get("seen", "") if form is not None else two_versions.seen(fields, content),
        onward=_onward(at, step),
        seal=kept_forms.seal(at.actor),
        note=note,
        question=price_question(at, content) if step == "trade" else None,
        headings=headings.all_headings() if step == "trade" and at.kind == "product" else [],
        found=_headings(content) if step == "trade" else [],
        reasons=advice.reasons(at.open),
    )


def _conflict(at: Desk, step: str) -> ResponseReturnValue:
    """Both versions side by side; nothing is overwritten until somebody chose."""
    asked = two_versions.asked_about(fields_of(at, step), request.form, at.content, at.actor, at.open)
    return render("studio/conflict.html", 409, at=at, action=at.address("editor.save", step=step), **asked)


def step_address(at: Desk, step: str, **values: str) -> str:
    """Where a step is."""
    if step in forms.WRITING_STEPS:
        return at.address("editor.show", step=step, **values)
    return at.address("editor.check" if step == "check" else "photographs.show")


def steps_of(at: Desk, now: str) -> list[dict[str, Any]]:
    return [
        {
            "label": str(listing_words.STEPS[step]),
            "href": step_address(at, step),
            "is_current": step == now,
            "is_done": forms.STEPS.index(step) < forms.STEPS.index(now),
        }
        for step in forms.STEPS
    ]


def price_question(at: Desk, content: Mapping[str, Any]) -> str | None:
    """Whether a 0 is missing, or one too many; None where the price is like its neighbours'."""
    price, currency = content.get("price"), content.get("currency")
    if not isinstance(price, int | float) or not currency or not content.get("category"):
        return None
    others = neighbour_prices(content["category"], currency, content.get("unit"), at.code)
    if not is_far(price, others):
        return None
    return listing_words.price_question(others[0], others[-1], currency)


def _headings(content: Mapping[str, Any]) -> list[dict[str, str]]:
    """The HS codes that words find which somebody typed instead of one."""
    typed = str(content.get("hs_code") or "")
    if re.fullmatch(forms.HS_CODE, typed):
        return []
    return [{"code": one["code"], "words": one[current().value]} for one in headings.found(typed)]


def _missing_english(at: Desk) -> bool:
    name = at.content.get("name") or {}
    return not name.get("en")


def kept_note() -> dict[str, str]:
    """What stands over a form that is shown again."""
    return {
        "title": gettext("This was not saved yet"),
        "text": gettext(
            "You had been signed out, or the page had been open for long. What you typed is below:"
            " press save once more."
        ),
    }


def _not_now() -> dict[str, str]:
    return {
        "title": gettext("This was not saved"),
        "text": gettext(
            "The listing is with the office. Take it back first, then save what you typed; it is below."
        ),
    }
