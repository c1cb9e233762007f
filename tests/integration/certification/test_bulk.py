"""A sheet of the register: what a row does, and what it never does by itself."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine

from catalogue.certification import actions, bulk, register
from catalogue.certification.bulk import CONFIRMED, FIELDS, Row
from catalogue.certification.cases import Grant, owner_of
from catalogue.certification.models import Certificate
from catalogue.certification.rules import Evidence, Status, Step
from catalogue.database import transaction
from catalogue.kernel.clock import today
from tests.integration.certification.conftest import REGISTRAR, Register, date_of

WHY = "Sheet: tỉnh.xlsx"
BEFORE = "2025-06-01T05:00:00Z"


def exported(row: Certificate, **changed: Any) -> Row:
    """A row as the register gives it out, with some cells changed."""
    entry = register.entry_of(row)
    values = {name: entry[name] for name in FIELDS} | {CONFIRMED: row.confirmed_on is not None}
    return Row(2, row.code, row.scheme.code, owner_of(row).code, values | changed)


def looked_at(row: Row) -> tuple[Step | None, list[tuple[str, str]]]:
    """What it would do, and what is wrong in which column."""
    [one] = bulk.plan([row]).outcomes
    return one.step, [(fault.column, fault.code) for fault in one.faults]


def written(row: Row) -> None:
    with transaction():
        bulk.apply(REGISTRAR, bulk.plan([row]), WHY)


@pytest.mark.parametrize("names_it", [True, False], ids=["by its code", "by scheme and holder"])
def test_one_number_is_corrected_and_what_left_stays_covered(kept: Register, names_it: bool) -> None:
    row = kept.issue("mark", "lo-tra", products=("tra-lo-tra",))
    kept.leave("tra-lo-tra")
    sent = (
        exported(kept.fresh(row), number="99")
        if names_it
        else Row(2, None, "mark", "lo-tra", {"number": "99"})
    )
    assert looked_at(sent) == (Step.CORRECT, [])
    written(sent)
    entry = register.entry_of(kept.fresh(row))
    assert (entry["number"], entry["products"]) == ("99", ["tra-lo-tra"])


def test_what_left_with_its_holder_comes_back_unchanged_and_can_be_corrected(kept: Register) -> None:
    row = kept.issue("mark", "lo-tra", products=("tra-lo-tra",))
    kept.leave("lo-tra", "producer")
    assert looked_at(exported(kept.fresh(row))) == (None, [])
    written(exported(kept.fresh(row), number="99"))
    kept.come_back("lo-tra", "producer")
    assert register.entry_of(kept.fresh(row))["number"] == "99"


def test_a_later_end_is_a_new_term_that_the_office_vouches_for(kept: Register) -> None:
    with time_machine.travel(BEFORE, tick=False):
        row = kept.issue(issued=date_of("2023-06"), expires=date_of("2026-05"))
    assert kept.fresh(row).status_on(today()) is Status.EXPIRED
    sent = exported(kept.fresh(row), number="99", issued="2026-06", expires="2029-05")
    assert looked_at(sent) == (Step.RENEW, [])
    written(sent)
    row = kept.fresh(row)
    assert (row.status_on(today()), row.confirmed_on) == (Status.VALID, today())
    newest = register.history(row.id)[-1]
    assert (newest.step, newest.reason) == (Step.RENEW, WHY)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"expires": "2027-01"}, (Step.CORRECT, [])),
        ({"expires": None}, (Step.RENEW, [])),
        (
            {"expires": "2029-12", "valid_from": "2027-06-01"},
            (None, [("valid_from", "certificate.begins_later")]),
        ),
        ({"expires": "2029-12", "evidence": "document"}, (None, [("evidence", "certificate.without_paper")])),
    ],
    ids=["an earlier end", "no end any more", "a term that begins later", "on the paper of before"],
)
def test_what_is_no_new_term_or_breaks_its_rules(
    kept: Register, changed: dict[str, Any], told: tuple[Step | None, list[tuple[str, str]]]
) -> None:
    row = kept.claim()
    with transaction():
        grant = Grant("4", "12/QĐ", expires=date_of("2027-05"), evidence=Evidence.DOCUMENT)
        actions.confirm(REGISTRAR, row, 0, grant, "certificate-folder")
    assert looked_at(exported(kept.fresh(row), **({"evidence": "register"} | changed))) == told


def test_the_later_end_of_what_is_suspended_lifts_no_suspension(kept: Register) -> None:
    row = kept.issue(expires=date_of("2027-05"))
    with transaction():
        actions.suspend(REGISTRAR, row, kept.seen(row), today(), "Chờ kiểm tra lại")
    sent = exported(kept.fresh(row), expires="2028-05")
    assert looked_at(sent) == (Step.CORRECT, [])
    written(sent)
    assert kept.fresh(row).status_on(today()) is Status.SUSPENDED


def passed_over(row: Row) -> list[tuple[str, str]]:
    """The cells that change nothing, with why."""
    [one] = bulk.plan([row]).outcomes
    assert one.step is None
    return [(note.column, note.code) for note in one.notes]


def test_no_sheet_takes_a_confirmation_back(kept: Register) -> None:
    row = kept.fresh(kept.issue())
    assert looked_at(exported(row, confirmed=False)) == (None, [("confirmed", "stays_confirmed")])
    assert passed_over(exported(row, confirmed=None)) == [("confirmed", "stays_confirmed")]
    assert passed_over(exported(row)) == []


@pytest.mark.parametrize(
    ("said", "told"), [("valid", []), (None, []), ("withdrawn", [("status", "status_stays")])]
)
def test_no_sheet_changes_how_a_certificate_stands(kept: Register, said: str | None, told: list) -> None:
    assert passed_over(exported(kept.fresh(kept.issue()), status=said)) == told


def test_a_sheet_keeps_the_rules_of_goods_years_and_lengths(kept: Register) -> None:
    kept.weaver()
    sure = {CONFIRMED: True, "evidence": "register", "number": "1"}
    assert looked_at(Row(2, None, "mark", "lo-det", sure)) == (
        None,
        [("products", "certificate.breaks_rule")],
    )
    far = sure | {"expires": "9999", "level": "4"}
    assert looked_at(Row(2, None, "ocop", "tra-lo-tra", far)) == (
        None,
        [("expires", "certificate.breaks_rule")],
    )
    long = sure | {"number": "1" * 20_000, "level": "4"}
    assert looked_at(Row(2, None, "ocop", "tra-lo-tra", long)) == (None, [("number", "certificate.too_long")])
