"""The register as a sheet: taken away as it is filtered, sent back, looked at before it changes anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from catalogue.adapters.sheets import workbooks
from catalogue.certification import bulk, register, rules
from catalogue.certification.bulk import CONFIRMED, LISTS, STATUS, Fault, Outcome, Plan
from catalogue.certification.models import CertificationScheme
from catalogue.certification.queries import schemes_with_levels
from catalogue.certification.rules import IN_REGISTER, Evidence
from catalogue.editorial import cells, rows, uploads
from catalogue.editorial.cells import Cell, Unread
from catalogue.editorial.models import SheetUpload
from catalogue.editorial.rows import Column, Head
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import today
from catalogue.kernel.errors import RuleBroken, require
from catalogue.kernel.language import Language
from catalogue.kernel.sheet_plan import Fate
from catalogue.web import certificate_words, labels, sheet_files, sheet_words
from catalogue.web.identity import current_actor
from catalogue.web.language import current, read, speaking
from catalogue.web.staff.certificates import asked
from catalogue.web.staff.table_sheets import Lines, Shown

# For people; a sheet that is sent back is not asked for it.
FOR_PEOPLE = ("name",)
COLUMNS = [
    Column(name)
    for name in (
        *("code", "name", "scheme", "holder", "level", "number", "issued", "expires", "valid_from"),
        *("issued_by", "evidence", CONFIRMED, "products", "categories", "flowers", "source_url", STATUS),
    )
]
SEPARATOR = "; "
WIDE = {"name": 40, "products": 40, "source_url": 40, "issued_by": 30, "code": 30, "holder": 30}

blueprint = Blueprint("certificate_sheets", __name__, url_prefix="/certificates")


@blueprint.before_request
def only_who_may_read_the_register() -> None:
    """Whoever reads the register may take it away."""
    require(rules.may_read_register(current_actor()))


@blueprint.get("/certificates.<any('xlsx','csv'):ending>")
def export(ending: str) -> ResponseReturnValue:
    """The list as its address asks for it, as a sheet that changes nothing when it is sent back."""
    lines = [_line(line) for line in register.all_lines(asked(), current(), today(), in_full=True)]
    return sheet_files.answer(f"certificates.{ending}", _sheet_columns(), lines, room=200)


class _Register:
    """The register as a sheet that comes back; its rules lie in `certification.bulk`."""

    kind = "certificates"
    name = lazy_gettext("Register of certificates")

    @property
    def list_href(self) -> str:
        return url_for("staff.certificates.index")

    @property
    def file_href(self) -> str:
        return url_for("staff.certificate_sheets.export", ending="xlsx")

    def may_write(self, actor: Actor) -> bool:
        """Whoever keeps the register."""
        return rules.may_keep_register(actor)

    def advice(self) -> list[str]:
        """What to know before one changes a cell."""
        return [
            gettext("Empty code: a new certificate. A row that you leave out stays as it is."),
            gettext("“Yes” under “Confirmed”: the office vouches for it."),
            gettext(
                "“Status” only tells you how it stands. What ends is ended on the certificate’s own page."
            ),
        ]

    def head(self, lines: Lines) -> Head | None:
        """Where the columns are; None where a sheet has none of ours."""
        return rows.find_head(lines, COLUMNS, _headings())

    def look(self, _actor: Actor, kept: SheetUpload) -> Shown:
        """What the sheet would change now."""
        plan, head, places = _plan(kept)
        schemes = {one.code: one for one in schemes_with_levels()}
        faults = [(one.cell, sheet_words.trouble(one, {})) for one in rows.twice(head)]
        faults += _cells(plan, places, schemes, lambda one: one.faults)
        return Shown(
            sheet_files.counts(plan),
            faults,
            list(head.unknown.values()),
            [_told(one) for one in plan.outcomes if one.step],
            plan.digest,
            plan.can_be_applied and not faults,
            list(_cells(plan, places, schemes, lambda one: one.notes)),
        )

    def apply(self, actor: Actor, kept: SheetUpload, seen: str) -> None:
        """Write it into the register, as its sender saw it."""
        plan, _, _ = _plan(kept)
        written = uploads.Written(
            len(plan.having(Fate.NEW)), [read(one.name) for one in plan.having(Fate.CHANGED)]
        )
        with uploads.applying(actor, kept, plan.digest, seen, written):
            if not plan.can_be_applied:
                raise RuleBroken("sheet.not_applicable")
            bulk.apply(actor, plan, gettext("Sheet: %(name)s", name=kept.name))


REGISTER = _Register()


def _line(line: register.Line) -> list[Any]:
    """A certificate as a row; dates as ISO writes them, so that every program reads the same day."""
    row = line.certificate
    entry = register.entry_of(row)
    words = {
        "code": row.code,
        "name": read(line.holder),
        "scheme": row.scheme.code,
        "holder": (row.product or row.producer).code,  # type: ignore[union-attr]
        CONFIRMED: gettext("Yes") if row.confirmed_on else None,
        "evidence": str(labels.EVIDENCE[Evidence(row.evidence)]),
        STATUS: certificate_words.standing(row, today())["text"],
    }
    return [_cell(words.get(one.code, entry.get(one.code))) for one in COLUMNS]


def _cell(value: Any) -> Any:
    return (SEPARATOR.join(value) or None) if isinstance(value, list) else value


def _title(column: Column) -> str:
    return str(certificate_words.LABELS[column.code])


def _headings() -> dict[str, str]:
    found = sheet_files.headings(lambda: [(one.code, _title(one)) for one in COLUMNS])
    return found | {"ngay het han": "expires", "ngay cap": "issued", "so": "number"}


def _sheet_columns() -> list[workbooks.Column]:
    offered = {
        "scheme": tuple(one.code for one in schemes_with_levels() if one.granted_to in IN_REGISTER),
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
    return cells.choice(cell, sheet_words.in_both(lambda: labels.EVIDENCE))


def _status(cell: Cell) -> str | None:
    """The standing that a cell names in either language, else what it says."""
    said = cells.text(cell)
    for language in Language:
        with speaking(language):
            known = certificate_words.standings().get(cells.folded(said or ""))
        if known is not None:
            return known
    return said


def _url(cell: Cell) -> str | None:
    found = cells.text(cell)
    if found and not found.startswith(("https://", "http://")):
        raise Unread("not_an_address")
    return found


READ: dict[str, Callable[[Cell], Any]] = {
    "issued": _date,
    "expires": _date,
    "valid_from": _day,
    "evidence": _evidence,
    CONFIRMED: cells.yes_or_no,
    STATUS: _status,
    "source_url": _url,
    **dict.fromkeys(LISTS, _list),
}


def _cells(
    plan: Plan,
    places: Mapping[int, Mapping[str, str]],
    schemes: Mapping[str, CertificationScheme],
    told: Callable[[Outcome], Iterable[Fault]],
) -> Iterable[tuple[str, str]]:
    for one in plan.outcomes:
        for fault in told(one):
            cell = places[one.row].get(fault.column, f"A{one.row}")
            yield cell, certificate_words.fault(fault.code, fault.parameters, schemes)


def _told(one: Outcome) -> dict[str, Any]:
    assert one.step is not None
    return {
        "row": one.row,
        "name": read(one.name),
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
