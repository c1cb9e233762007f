"""Many listings at once: a sheet to fill in, one's own listings as a sheet, and what a sheet would change."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from flask import Blueprint, flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from catalogue.adapters.sheets import reading
from catalogue.archive import archived_too
from catalogue.database import transaction
from catalogue.editorial import dry_run, overview, rows, rules, uploads
from catalogue.editorial.cells import Cell
from catalogue.editorial.dry_run import Outcome, Plan
from catalogue.editorial.listings import LISTINGS
from catalogue.editorial.models import SheetUpload
from catalogue.kernel.errors import Conflict, RuleBroken, require
from catalogue.kernel.sheet_plan import Fate
from catalogue.kernel.text import slug
from catalogue.producers.queries import producers_by_code
from catalogue.producers.rules import may_help
from catalogue.web import listing_forms, listing_words, sheet_files, sheet_words
from catalogue.web.error_words import CODES
from catalogue.web.identity import current_actor
from catalogue.web.language import read
from catalogue.web.paging import cut
from catalogue.web.private import show as render

KIND = "product"
FIELDS = LISTINGS[KIND].fields
COLUMNS = rows.columns(FIELDS)
MOST_FAULTS = 200
# So many rows are compared before anybody wonders whether something happens.
LONG = 500

blueprint = Blueprint("sheets", __name__, url_prefix="/sheets")


@blueprint.get("")
def index() -> ResponseReturnValue:
    """What to download, where to send it, and what was sent before."""
    return _front()


@blueprint.post("")
def upload() -> ResponseReturnValue:
    """Read a sheet and keep it; the next page tells what it would change."""
    try:
        name, table = sheet_files.sent(_head)
        with transaction():
            key = uploads.receive(current_actor(), KIND, name, table.rows).key
    except RuleBroken as broken:
        return _front({"file": str(CODES[broken.code].text)}, 422)
    return redirect(url_for("studio.sheets.show", key=key), 303)


@blueprint.get("/template.xlsx")
def template() -> ResponseReturnValue:
    """An empty sheet, with lists to choose from."""
    columns = sheet_words.sheet_columns(FIELDS, sorted(current_actor().speaks_for))
    return sheet_files.answer(f"{slug(gettext('products'))}.xlsx", columns, [], room=200)


@blueprint.get("/listings.<any('xlsx','csv'):ending>")
def export(ending: str) -> ResponseReturnValue:
    """One's own listings as a sheet (`?producer=`: of that maker), which changes nothing when sent back."""
    makers = _makers()
    found = overview.contents(KIND, makers)
    words, decimal = sheet_words.said(FIELDS), sheet_words.decimal()
    lines = [rows.row_of(content, code, maker, COLUMNS, words, decimal) for code, maker, content in found]
    columns = sheet_words.sheet_columns(FIELDS, sorted(makers))
    return sheet_files.answer(f"{slug(gettext('products'))}.{ending}", columns, lines, room=200)


@blueprint.get("/<key>")
def show(key: str) -> ResponseReturnValue:
    """What a sheet would change, every cell that is wrong, and the button that does it.

    Of a long one first how far it is.
    """
    kept = uploads.found(current_actor(), key)
    return _page(kept) if "checked" in request.args else _checking(kept)


@blueprint.post("/<key>/apply")
def apply(key: str) -> ResponseReturnValue:
    """Make drafts of the whole sheet, as its sender saw it."""
    actor = current_actor()
    try:
        with transaction():
            kept = uploads.found(actor, key)
            uploads.apply(actor, kept, _plan(kept)[0], request.form.get("digest", ""))
    except Conflict:
        note = gettext("Something was changed since you looked. Below is what the sheet would do now.")
        return _page(uploads.found(actor, key), note, 409)
    except RuleBroken as broken:
        if broken.code != "sheet.applied_already":  # a second tap: told what the first one did
            raise
    kept = uploads.found(actor, key)
    number = (kept.added or 0) + (kept.changed or 0)
    text = ngettext("%(num)s draft was made of the sheet.", "%(num)s drafts were made of the sheet.", number)
    flash(text + " " + gettext("Readers see nothing of it until you send them for review."), "success")
    return redirect(url_for("studio.home.show"), 303)


def _makers() -> Collection[str]:
    """Whose listings are asked for: of one maker, else of all that one speaks for, and for staff of all."""
    actor, asked = current_actor(), request.args.get("producer")
    if asked:
        require(rules.may_write(actor, asked), "listing.of_another")
        return {asked}
    if actor.speaks_for or not may_help(actor):
        return set(actor.speaks_for)
    return set(overview.owners(KIND).values())


def _front(errors: dict[str, str] | None = None, status: int = 200) -> ResponseReturnValue:
    actor, asked = current_actor(), request.args.get("producer", "")
    with archived_too():
        makers = producers_by_code({*actor.speaks_for, *([asked] if asked and may_help(actor) else [])})
    return render(
        "studio/sheets.html",
        status,
        errors=errors or {},
        summary=list((errors or {}).items()),
        makers=[{"code": maker.code, "name": read(maker.name)} for maker in makers],
        sent=sheet_files.sent_before(
            actor,
            KIND,
            lambda key: url_for("studio.sheets.show", key=key),
            gettext("Drafts were made of it"),
        ),
        most_rows=sheet_words.count(reading.MOST_ROWS - rows.HEAD_WITHIN),
    )


def _head(lines: Sequence[Sequence[Cell]]) -> rows.Head | None:
    """Where the columns are; None where a sheet has none of ours."""
    return rows.find_head(lines, COLUMNS, sheet_words.headings(FIELDS))


def _plan(kept: SheetUpload) -> tuple[Plan, rows.Head]:
    lines = uploads.rows_of(kept)
    head = _head(lines)
    assert head is not None, "only sheets with a head are kept"
    found = rows.read_rows(lines, head, sheet_words.choices(FIELDS))
    return dry_run.plan(current_actor(), kept.kind, found, emptying=_is_emptying()), head


def _is_emptying() -> bool:
    """Whether an empty cell is to take out what the listing says: only where somebody chose so."""
    return request.values.get("emptying") == "1"


def _page(kept: SheetUpload, note: str = "", status: int = 200) -> ResponseReturnValue:
    plan, head = _plan(kept)
    faults = [*rows.twice(head), *(fault for one in plan.outcomes for fault in one.faults)]
    told = [one for one in plan.outcomes if one.fate in {Fate.NEW, Fate.CHANGED}]
    shown, pages = cut(told)
    by_name = LISTINGS[kept.kind].by_name
    return render(
        "studio/sheet.html",
        status,
        name=kept.name,
        note=note,
        is_applied=kept.applied_at is not None,
        counts=sheet_files.counts(plan),
        faults=[(one.cell, sheet_words.trouble(one, by_name)) for one in faults[:MOST_FAULTS]],
        more_faults=max(0, len(faults) - MOST_FAULTS),
        blanks=sum(one.blanks for one in plan.outcomes),
        emptying=_is_emptying(),
        unknown=list(head.unknown.values()),
        outcomes=[_told(one, by_name) for one in shown],
        pages=pages,
        can_apply=plan.can_be_applied and not faults and kept.applied_at is None,
        digest=plan.digest,
        key=kept.key,
    )


def _checking(kept: SheetUpload) -> ResponseReturnValue:
    """Comparing thousands of rows takes seconds: until it is done, people see that it goes on."""
    number = len(uploads.rows_of(kept))
    if number < LONG:
        return _page(kept)
    way = url_for("studio.sheets.show", key=kept.key, checked=1, emptying=int(_is_emptying()) or None)
    answer = make_response(
        render("studio/checking.html", name=kept.name, rows=sheet_words.count(number), way=way)
    )
    answer.headers["Refresh"] = f"0; url={way}"
    return answer


def _told(one: Outcome, by_name: Any) -> dict[str, Any]:
    return {
        "row": one.row,
        "name": listing_words.name_of(dict(one.content)),
        "is_new": one.fate is Fate.NEW,
        "code": one.code,
        "notices": [f"{each.cell}: {sheet_words.trouble(each, by_name)}" for each in one.notices],
        "missing": [str(listing_words.LABELS[name]) for name in one.missing],
        "changes": listing_forms.compared(by_name.values(), one.changes),
    }
