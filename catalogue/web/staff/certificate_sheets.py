"""The register as a sheet: taken away as it is filtered, sent back, looked at before it changes anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from catalogue.adapters.sheets import reading, workbooks
from catalogue.adapters.sheets.csv_tables import Style, csv_table
from catalogue.adapters.sheets.workbooks import workbook
from catalogue.certification import bulk, register, rules
from catalogue.certification.bulk import CONFIRMED, LISTS, Fate, Fault, Outcome, Plan
from catalogue.certification.models import CertificationScheme
from catalogue.certification.queries import schemes_with_levels
from catalogue.certification.rules import Evidence
from catalogue.database import transaction
from catalogue.editorial import cells, rows, uploads
from catalogue.editorial.cells import Cell, Unread
from catalogue.editorial.models import SheetUpload
from catalogue.editorial.rows import Column, Head
from catalogue.kernel.clock import today
from catalogue.kernel.errors import Conflict, RuleBroken, require
from catalogue.kernel.language import Language
from catalogue.kernel.text import fold, slug
from catalogue.web import advice, certificate_words, labels, paging, sheet_words
from catalogue.web.error_words import CODES
from catalogue.web.identity import current_actor
from catalogue.web.language import current, read, speaking
from catalogue.web.private import show as render
from catalogue.web.staff.certificates import asked

KIND = "certificate"
# `name` and `status` are for people; a sheet that is sent back is not asked for them.
FOR_PEOPLE = ("name", "status")
COLUMNS = [
    Column(name)
    for name in (
        *("code", "name", "scheme", "holder", "level", "number", "issued", "expires", "valid_from"),
        *("issued_by", "evidence", CONFIRMED, "products", "categories", "flowers", "source_url", "status"),
    )
]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A sheet and what stands around it in the form.
LARGEST_BODY = reading.MOST_BYTES + 100_000
SEPARATOR = "; "
WIDE = {"name": 40, "products": 40, "source_url": 40, "issued_by": 30, "code": 30, "holder": 30}

blueprint = Blueprint("certificate_sheets", __name__, url_prefix="/certificates")


@blueprint.before_request
def only_who_may_read_the_register() -> None:
    """Whoever reads the register may take it away; whoever keeps it may send a sheet."""
    actor = current_actor()
    is_export = request.endpoint == "staff.certificate_sheets.export"
    require(rules.may_read_register(actor) if is_export else rules.may_keep_register(actor))


@blueprint.get("/<any('certificates.xlsx', 'certificates.csv'):name>")
def export(name: str) -> ResponseReturnValue:
    """The list as its address asks for it, as a sheet that changes nothing when it is sent back."""
    lines = [_cells(line) for line in register.all_lines(asked(), current(), today(), in_full=True)]
    file_name = slug(gettext("certificates"))
    if name.endswith(".xlsx"):
        return _file(workbook(gettext("certificates"), _sheet_columns(), lines), XLSX, f"{file_name}.xlsx")
    style = Style.SEMICOLON if request.args.get("separator") == "semicolon" else Style.COMMA
    body = csv_table([_title(one) for one in COLUMNS], [[one.code for one in COLUMNS], *lines], style)
    return _file(body, "text/csv; charset=utf-8", f"{file_name}.csv")


@blueprint.get("/sheets")
def index() -> ResponseReturnValue:
    """Where to send a sheet, and what was sent before."""
    return _front()


@blueprint.post("/sheets")
def upload() -> ResponseReturnValue:
    """Read a sheet and keep it; the next page tells what it would change."""
    try:
        name, table = _sent()
        with transaction():
            key = uploads.receive(current_actor(), KIND, name, table.rows).key
    except RuleBroken as broken:
        return _front({"file": str(CODES[broken.code].text)}, 422)
    return redirect(url_for("staff.certificate_sheets.show", key=key), 303)


@blueprint.get("/sheets/<key>")
def show(key: str) -> ResponseReturnValue:
    """What a sheet would change, every cell that is wrong, and the button that does it."""
    return _page(uploads.found(current_actor(), key))


@blueprint.post("/sheets/<key>/apply")
def apply(key: str) -> ResponseReturnValue:
    """Do all that the sheet says, as its sender saw it, or nothing."""
    actor = current_actor()
    kept = uploads.found(actor, key)
    try:
        with transaction():
            plan = _plan(kept)[0]
            number = sum(1 for one in plan.outcomes if one.step)
            with uploads.applying(kept, plan.digest, request.form.get("digest", ""), _counts(plan)):
                if not plan.can_be_applied:
                    raise RuleBroken("sheet.not_applicable")
                bulk.apply(actor, plan, gettext("Sheet: %(name)s", name=kept.name))
    except Conflict:
        note = gettext("Something was changed since you looked. Below is what the sheet would do now.")
        return _page(uploads.found(actor, key), note, 409)
    flash(
        ngettext(
            "%(num)s certificate was written into the register.",
            "%(num)s certificates were written into the register.",
            number,
        ),
        "success",
    )
    return redirect(url_for("staff.certificates.index"), 303)


def _counts(plan: Plan) -> tuple[int, int]:
    return len(plan.having(Fate.NEW)), len(plan.having(Fate.CHANGED))


def _sent() -> tuple[str, reading.Table]:
    """The name of the file that was sent, and the first of its sheets that has columns of ours."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise RuleBroken("sheet.empty", field="file")
    with closing(file):
        tables = reading.read(file.stream.read(reading.MOST_BYTES + 1))
    for table in tables:
        if rows.find_head(table.rows, COLUMNS, _headings()):
            return file.filename, table
    raise RuleBroken("sheet.without_head", field="file")


def _cells(line: register.Line) -> list[Any]:
    """A certificate as a row; dates as ISO writes them, so that every program reads the same day."""
    row = line.certificate
    entry = register.entry_of(row)
    rejected = row.rejected_on is not None
    words = {
        "code": row.code,
        "name": read(line.holder),
        "scheme": row.scheme.code,
        "holder": (row.product or row.producer).code,  # type: ignore[union-attr]
        CONFIRMED: gettext("Yes") if row.confirmed_on else None,
        "evidence": str(labels.EVIDENCE[Evidence(row.evidence)]),
        "status": certificate_words.standing(row.status_on(today()), rejected=rejected)["text"],
    }
    return [_cell(words.get(one.code, entry.get(one.code))) for one in COLUMNS]


def _cell(value: Any) -> Any:
    return (SEPARATOR.join(value) or None) if isinstance(value, list) else value


def _title(column: Column) -> str:
    return str(certificate_words.LABELS[column.code])


def _headings() -> dict[str, str]:
    """Folded words by the code of the column that they stand over, in both languages."""
    found: dict[str, str] = {}
    for language in Language:
        with speaking(language):
            found |= {_folded(_title(one)): one.code for one in COLUMNS}
    return found | {"ngay het han": "expires", "ngay cap": "issued", "so": "number"}


def _sheet_columns() -> list[workbooks.Column]:
    offered = {
        "scheme": tuple(one.code for one in schemes_with_levels()),
        "evidence": tuple(str(words) for words in labels.EVIDENCE.values()),
        CONFIRMED: (gettext("Yes"),),
    }
    hints = {
        "issued": gettext("A day, a month or a year: 02/01/2027, 01/2027, 2027."),
        "expires": gettext("A day, a month or a year: 02/01/2027, 01/2027, 2027."),
        "holder": gettext("The code of the product or the maker, as the catalogue has it."),
        "products": gettext("Codes of products, with a semicolon between them."),
        CONFIRMED: gettext("“Yes”: the office vouches for it."),
    }
    return [
        workbooks.Column(
            one.code,
            _title(one),
            hints.get(one.code, ""),
            offered.get(one.code, ()),
            width=WIDE.get(one.code, 18),
        )
        for one in COLUMNS
    ]


def _plan(kept: SheetUpload) -> tuple[Plan, Head, dict[int, Mapping[str, str]]]:
    """What a sheet would do now, its head, and by row where each column stands."""
    lines = uploads.rows_of(kept)
    head = rows.find_head(lines, COLUMNS, _headings())
    assert head is not None, "only sheets with a head are kept"
    found: list[bulk.Row] = []
    places: dict[int, Mapping[str, str]] = {}
    for number, line in enumerate(lines[head.first :], start=head.first):
        if any(cell not in (None, "") for cell in line):
            found.append(_read(number, line, head))
            places[number + 1] = {
                column.code: rows.place_of(number, place) for place, column in head.columns.items()
            }
    return bulk.plan(found), head, places


def _read(number: int, line: Sequence[Cell], head: Head) -> bulk.Row:
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for place, column in head.columns.items():
        cell = line[place] if place < len(line) else None
        if column.code in FOR_PEOPLE:
            continue
        try:
            values[column.code] = READ.get(column.code, cells.text)(cell)
        except Unread as unread:
            parameters = {"typed": cells.text(cell) or ""} | unread.parameters
            faults.append(Fault(column.code, unread.code, parameters))
    own = {name: values.pop(name, None) for name in ("code", "scheme", "holder")}
    if "evidence" in values and values["evidence"] is None:
        del values["evidence"]
    return bulk.Row(number + 1, own["code"], own["scheme"], own["holder"], values, tuple(faults))


def _date(cell: Cell) -> str | None:
    found = cells.partial_date(cell)
    return str(found) if found else None


def _day(cell: Cell) -> str | None:
    found = cells.day(cell)
    return found.isoformat() if found else None


def _list(cell: Cell) -> list[str]:
    words = (cells.text(cell) or "").replace(",", ";").split(";")
    return sorted({word.strip() for word in words if word.strip()})


def _evidence(cell: Cell) -> str | None:
    options = {one.value: one.value for one in Evidence}
    for language in Language:
        with speaking(language):
            options |= {_folded(str(words)): one.value for one, words in labels.EVIDENCE.items()}
    return cells.choice(cell, options)


READ: dict[str, Callable[[Cell], Any]] = {
    "issued": _date,
    "expires": _date,
    "valid_from": _day,
    "evidence": _evidence,
    CONFIRMED: cells.yes_or_no,
    **dict.fromkeys(LISTS, _list),
}


def _folded(words: str) -> str:
    return " ".join(fold(words).split())


def _file(body: bytes, media_type: str, name: str) -> Response:
    answer = Response(body, content_type=media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _front(errors: dict[str, str] | None = None, status: int = 200) -> ResponseReturnValue:
    return render(
        "staff/certificate_sheets.html",
        status,
        errors=errors or {},
        summary=list((errors or {}).items()),
        sent=[
            {
                "name": one.name,
                "href": url_for("staff.certificate_sheets.show", key=one.key),
                "when": advice.moment(one.received_at),
                "state": gettext("Done") if one.applied_at else gettext("Nothing was changed yet"),
            }
            for one in uploads.newest(current_actor(), KIND)
        ],
    )


def _page(kept: SheetUpload, note: str = "", status: int = 200) -> ResponseReturnValue:
    plan, head, places = _plan(kept)
    schemes = {one.code: one for one in schemes_with_levels()}
    shown, pages = paging.cut([one for one in plan.outcomes if one.step])
    return render(
        "staff/certificate_sheet.html",
        status,
        name=kept.name,
        note=note,
        is_applied=kept.applied_at is not None,
        counts=[
            {"number": sheet_words.count(len(plan.having(fate))), "text": words}
            for fate, words in (
                (Fate.NEW, gettext("new")),
                (Fate.CHANGED, gettext("changed")),
                (Fate.SAME, gettext("as they are")),
                (Fate.WRONG, gettext("to be mended")),
            )
        ],
        faults=list(_faults(plan.having(Fate.WRONG), places, schemes)),
        unknown=list(head.unknown.values()),
        outcomes=[_told(one) for one in shown],
        pages=pages,
        can_apply=plan.can_be_applied and kept.applied_at is None,
        digest=plan.digest,
        key=kept.key,
    )


def _faults(
    wrong: Iterable[Outcome],
    places: Mapping[int, Mapping[str, str]],
    schemes: Mapping[str, CertificationScheme],
) -> Iterable[tuple[str, str]]:
    for one in wrong:
        for fault in one.faults:
            cell = places[one.row].get(fault.column, f"A{one.row}")
            yield cell, certificate_words.fault(fault.code, fault.parameters, schemes)


def _told(one: Outcome) -> dict[str, Any]:
    assert one.step is not None
    return {
        "row": one.row,
        "name": one.name,
        "step": str(certificate_words.STEPS[one.step]),
        "changes": [
            (
                str(certificate_words.LABELS[name]),
                certificate_words.told(name, before),
                certificate_words.told(name, after),
            )
            for name, before, after in one.changes
        ],
    }
