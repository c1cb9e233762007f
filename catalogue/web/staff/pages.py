"""The catalogue's own pages and words: all of a kind, and each with its state and what can be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from catalogue.database import transaction
from catalogue.editorial import actions, keeping, overview, revisions, rules
from catalogue.editorial.completeness import completeness
from catalogue.editorial.fields import Shape
from catalogue.editorial.listings import LISTINGS, faults_of
from catalogue.editorial.models import Revision
from catalogue.editorial.rules import State
from catalogue.kernel.errors import RuleBroken
from catalogue.kernel.language import Bilingual
from catalogue.kernel.text import fold, sort_key
from catalogue.web import advice, listing_forms, listing_words, paging
from catalogue.web.identity import current_actor
from catalogue.web.private import show as render
from catalogue.web.prose import prose
from catalogue.web.staff import lists
from catalogue.web.staff.page_desk import KINDS, PREFIX, PageDesk, desk, open_of, public_address
from catalogue.web.staff.page_sheets import PAGES, rows_of

STATES: dict[str, LazyString] = {
    State.DRAFT: lazy_gettext("Draft"),
    State.SUBMITTED: lazy_gettext("With the reviewers"),
    State.RETURNED: lazy_gettext("Came back"),
    State.APPROVED: lazy_gettext("Planned for a day"),
    State.PUBLISHED: lazy_gettext("Public"),
    State.ARCHIVED: lazy_gettext("Not shown"),
}
SORTS: dict[str, LazyString] = {
    "name": lazy_gettext("Name"),
    "state": lazy_gettext("State"),
    "complete": lazy_gettext("Both languages"),
    "changed": lazy_gettext("Last changed"),
}

blueprint = Blueprint("pages", __name__, url_prefix="/pages")


@dataclass(frozen=True)
class Line:
    """One listing in the list of its kind."""

    code: str
    name: str
    state: str
    percent: int
    changed: str
    moment: float


@blueprint.get("")
def index() -> ResponseReturnValue:
    """All of a kind (`?kind=`), by name, state and order; every page has its own address."""
    kind, (sort, descending) = _kind(), lists.order(SORTS, "name")
    found = _found(kind)
    shown, pager = paging.cut(found)
    return render(
        "staff/pages/index.html",
        kind=kind,
        kinds=[
            (str(listing_words.KINDS[one]), url_for("staff.pages.index", kind=one), one == kind)
            for one in KINDS
        ],
        lines=shown,
        total=len(found),
        pager=pager,
        q=request.args.get("q", "").strip(),
        states=_choices({"": gettext("All"), **STATES}, request.args.get("state", "")),
        state_words={code: str(text) for code, text in STATES.items()},
        sorts=_choices(SORTS, sort),
        columns=lists.columns(
            {name: str(words) for name, words in SORTS.items()}, sort, descending=descending
        ),
        sheets=lists.sheet_links(url_for("staff.pages.index") + "/pages"),
        may_write=rules.may_write(current_actor(), rules.OFFICE),
        can_begin=rules.may_write(current_actor(), rules.OFFICE) and LISTINGS[kind].grows,
    )


@blueprint.get("/pages.<any('xlsx','csv'):ending>")
def sheet(ending: str) -> Response:
    """The same listings with all their words, as a sheet that comes back as drafts."""
    kind = _kind()
    found = {one.code: one for one in _found(kind)}
    cells = rows_of(kind, found.keys())
    told = {code: {"state": str(STATES[one.state]), "changed_at": one.changed} for code, one in found.items()}
    lines = [(code, {**cells[code], **told[code]}) for code in found]
    return next(one for one in PAGES if one.kind == kind).answer(ending, lines)


def _kind() -> str:
    kind = request.args.get("kind", "")
    return kind if kind in KINDS else KINDS[0]


def _found(kind: str) -> list[Line]:
    """The listings that the address asks for, in its order."""
    words, state = fold(request.args.get("q", "").strip()), request.args.get("state", "")
    sort, descending = lists.order(SORTS, "name")
    found = [one for one in _lines(kind) if (not state or one.state == state) and words in fold(one.name)]
    keys: Mapping[str, Any] = {
        "name": lambda one: sort_key(one.name),
        "state": lambda one: one.state,
        "complete": lambda one: one.percent,
        "changed": lambda one: -one.moment,
    }
    return sorted(found, key=keys[sort], reverse=descending)


@blueprint.get(PREFIX)
def show(kind: str, code: str) -> ResponseReturnValue:
    """A listing as it stands, what the draft changes, and what can be done with it."""
    return _page(desk(kind, code))


@blueprint.post(f"{PREFIX}/submit")
def submit(kind: str, code: str) -> ResponseReturnValue:
    """Send the draft to the reviewers."""
    at = desk(kind, code, writing=True)
    try:
        with transaction():
            actions.submit(at.actor, open_of(at))
    except RuleBroken as broken:
        if broken.code == "revision.nothing_changed":
            flash(gettext("Nothing was changed, so there is nothing to send."))
        elif broken.code != "revision.incomplete":
            raise
        return redirect(at.address("pages.show"), 303)
    flash(gettext("Sent. Somebody else reads it before it is public."), "success")
    return redirect(at.address("pages.show"), 303)


@blueprint.post(f"{PREFIX}/take-back")
def take_back(kind: str, code: str) -> ResponseReturnValue:
    """Out of the review again, to go on writing."""
    at = desk(kind, code, writing=True)
    with transaction():
        actions.take_back(at.actor, open_of(at))
    flash(gettext("It is a draft again. Nobody reviews it until it is sent."), "success")
    return redirect(at.address("pages.show"), 303)


@blueprint.post(f"{PREFIX}/set-aside")
def set_aside(kind: str, code: str) -> ResponseReturnValue:
    """Close the draft; the history keeps it."""
    at = desk(kind, code, writing=True)
    with transaction():
        actions.set_aside(at.actor, open_of(at))
    flash(gettext("The draft is set aside. You find it under earlier versions."), "success")
    return redirect(at.address("pages.show"), 303)


@blueprint.post(f"{PREFIX}/archive")
def archive(kind: str, code: str) -> ResponseReturnValue:
    """Take it out of the catalogue; words that the site came with come back."""
    at = desk(kind, code, writing=True)
    with transaction():
        actions.archive(at.actor, at.kind, at.code)
    flash(gettext("Readers do not see it any more. Every version is kept."), "success")
    return redirect(at.address("pages.show"), 303)


def _page(at: PageDesk, status: int = 200) -> ResponseReturnValue:
    draft = at.open
    fields = at.listing.fields
    return render(
        "staff/pages/show.html",
        status,
        at=at,
        kind=str(listing_words.KINDS[at.kind]),
        state=str(STATES[draft.state if draft else State.PUBLISHED if at.live else State.ARCHIVED]),
        author=draft.author if draft else "",
        reasons=advice.reasons(draft),
        planned=advice.moment(draft.publish_at) if draft and draft.publish_at else None,
        percent=completeness(at.kind, at.content).percent,
        changes=listing_forms.compared(fields, keeping.changes(draft, at.live)) if draft else [],
        is_new=at.live is None,
        told=listing_forms.told(fields, at.content),
        preview=[
            {"label": str(listing_words.LABELS[field.name]), "text": prose(Bilingual.of(text))}
            for field in fields
            if field.shape is Shape.MARKDOWN and (text := at.content.get(field.name))
        ],
        faults=[
            (
                str(listing_words.LABELS[name]),
                listing_words.fault(fault, at.listing.by_name[name], at.content.get(name)),
                name,
            )
            for name, fault in faults_of(at.kind, at.code, at.content, publishing=True).items()
        ]
        if draft
        else [],
        can_send=draft is not None and at.can_edit,
        can_take_back=at.may_write
        and draft is not None
        and rules.can(rules.Step.TAKE_BACK, State(draft.state)),
        can_archive=at.may_write and bool(at.live) and at.listing.grows and not (draft or at.built_in),
        public_href=public_address(at.kind, at.code) if at.live is not None else None,
        versions=revisions.last_number(at.kind, at.code),
    )


def _lines(kind: str) -> list[Line]:
    """Every listing of a kind that there is or was."""
    codes = sorted(overview.owners(kind))
    newest = {one.code: one for one in revisions.newest(kind)}
    return [
        _line(kind, code, standing.content, standing.open, newest.get(code))
        for code, standing in overview.standings(kind, codes).items()
    ]


def _line(
    kind: str, code: str, content: dict[str, Any] | None, draft: Revision | None, newest: Revision | None
) -> Line:
    state = State(draft.state) if draft else State.PUBLISHED if content is not None else State.ARCHIVED
    told = content if content is not None else newest.content if newest else {}
    return Line(
        code,
        listing_words.name_of(told),
        state.value,
        completeness(kind, told).percent,
        advice.moment(newest.saved_at) if newest and newest.author else "",
        newest.saved_at.timestamp() if newest and newest.author else 0.0,
    )


def _choices(words: Mapping[str, Any], chosen: str) -> list[dict[str, Any]]:
    return [
        {"value": value, "label": str(label), "selected": value == chosen} for value, label in words.items()
    ]
