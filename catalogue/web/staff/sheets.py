"""Sheets of the office's lists that come back: sent, looked at, and written all at once or not at all."""

from __future__ import annotations

from typing import Protocol

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_babel.speaklater import LazyString

from catalogue.database import transaction
from catalogue.editorial import uploads
from catalogue.editorial.models import SheetUpload
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import Conflict, NotFound, RuleBroken, require
from catalogue.web import paging, sheet_files
from catalogue.web.error_words import CODES
from catalogue.web.identity import current_actor
from catalogue.web.private import show as render
from catalogue.web.staff.certificate_sheets import REGISTER
from catalogue.web.staff.figure_sheets import FIGURES
from catalogue.web.staff.page_sheets import PAGES
from catalogue.web.staff.search_sheets import PINS, SYNONYMS
from catalogue.web.staff.showcase_sheets import COLLECTIONS
from catalogue.web.staff.table_sheets import Lines, Shown
from catalogue.web.staff.term_sheets import TERMS
from catalogue.web.staff.translation_sheets import TRANSLATIONS


class Sheet(Protocol):
    """A list whose sheet comes back. `name`: of the list; `list_href` and `file_href`: where the list and the
    whole of it as a workbook are."""

    @property
    def kind(self) -> str: ...

    @property
    def name(self) -> LazyString: ...

    @property
    def list_href(self) -> str: ...

    @property
    def file_href(self) -> str: ...

    def may_write(self, actor: Actor) -> bool:
        """Whether this person may change the list."""

    def advice(self) -> list[str]:
        """What to know before one changes a cell."""

    def head(self, lines: Lines) -> object:
        """Where the columns are; None where a sheet has none of ours."""

    def look(self, actor: Actor, kept: SheetUpload) -> Shown:
        """What the sheet would change now."""

    def apply(self, actor: Actor, kept: SheetUpload, seen: str) -> None:
        """Do it, as its sender saw it."""


EVERY: tuple[Sheet, ...] = (REGISTER, COLLECTIONS, TRANSLATIONS, TERMS, SYNONYMS, PINS, FIGURES, *PAGES)
SHEETS = {one.kind: one for one in EVERY}
KIND = f"/<any({', '.join(SHEETS)}):kind>"
MOST_FAULTS = 200

blueprint = Blueprint("sheets", __name__, url_prefix="/sheets")


@blueprint.before_request
def only_who_may_change_the_list() -> None:
    """Who may change a list by hand may change it by a sheet."""
    sheet = SHEETS.get((request.view_args or {}).get("kind", ""))
    if sheet is not None:
        require(sheet.may_write(current_actor()))


@blueprint.get(KIND)
def index(kind: str) -> ResponseReturnValue:
    """Where to fetch and send a sheet, and what was sent before."""
    return _front(SHEETS[kind])


@blueprint.post(KIND)
def upload(kind: str) -> ResponseReturnValue:
    """Read a sheet and keep it; the next page tells what it would change."""
    sheet = SHEETS[kind]
    try:
        name, table = sheet_files.sent(sheet.head)
        with transaction():
            key = uploads.receive(current_actor(), kind, name, table.rows).key
    except RuleBroken as broken:
        return _front(sheet, {"file": str(CODES[broken.code].text)}, 422)
    return redirect(url_for("staff.sheets.show", kind=kind, key=key), 303)


@blueprint.get(f"{KIND}/<key>")
def show(kind: str, key: str) -> ResponseReturnValue:
    """What a sheet would change, every cell that is wrong, and the button that does it."""
    return _page(SHEETS[kind], key)


@blueprint.post(f"{KIND}/<key>/apply")
def apply(kind: str, key: str) -> ResponseReturnValue:
    """Do all that the sheet says, as its sender saw it, or nothing."""
    sheet = SHEETS[kind]
    kept = _found(sheet, key)
    try:
        with transaction():
            sheet.apply(current_actor(), kept, request.form.get("digest", ""))
    except (Conflict, RuleBroken) as broken:
        if broken.code != "sheet.applied_already":  # a second tap is told what the first one did
            note = gettext("Something was changed since you looked. Below is what the sheet would do now.")
            return _page(sheet, key, note, 409)
    kept = _found(sheet, key)
    number = (kept.added or 0) + (kept.changed or 0)
    flash(ngettext("%(num)s row was written.", "%(num)s rows were written.", number), "success")
    return redirect(sheet.list_href, 303)


def _found(sheet: Sheet, key: str) -> SheetUpload:
    kept = uploads.found(current_actor(), key)
    if kept.kind != sheet.kind:
        raise NotFound("sheet.unknown")
    return kept


def _front(sheet: Sheet, errors: dict[str, str] | None = None, status: int = 200) -> ResponseReturnValue:
    return render(
        "staff/sheets.html",
        status,
        list_name=str(sheet.name),
        list_href=sheet.list_href,
        file_href=sheet.file_href,
        advice=sheet.advice(),
        hint=gettext("XLSX, XLS, ODS or CSV."),
        action=url_for("staff.sheets.upload", kind=sheet.kind),
        errors=errors or {},
        summary=list((errors or {}).items()),
        sent=sheet_files.sent_before(
            current_actor(),
            sheet.kind,
            lambda key: url_for("staff.sheets.show", kind=sheet.kind, key=key),
            gettext("Done"),
        ),
    )


def _page(sheet: Sheet, key: str, note: str = "", status: int = 200) -> ResponseReturnValue:
    kept = _found(sheet, key)
    name, is_applied = kept.name, kept.applied_at is not None
    found = sheet.look(current_actor(), kept)
    shown, pages = paging.cut(found.outcomes)
    return render(
        "staff/sheet.html",
        status,
        list_name=str(sheet.name),
        back=url_for("staff.sheets.index", kind=sheet.kind),
        action=url_for("staff.sheets.apply", kind=sheet.kind, key=key),
        name=name,
        note=note,
        is_applied=is_applied,
        counts=found.counts,
        faults=found.faults[:MOST_FAULTS],
        more_faults=max(0, len(found.faults) - MOST_FAULTS),
        unknown=found.unknown,
        notes=found.notes[:MOST_FAULTS],
        more_notes=max(0, len(found.notes) - MOST_FAULTS),
        outcomes=shown,
        pages=pages,
        can_apply=found.can_be_applied and not is_applied,
        digest=found.digest,
    )
