"""The log on its page: found by what it says, by whom and when, taken along as a sheet, and whole or not."""

from __future__ import annotations

import ast
import io
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from python_calamine import load_workbook
from sqlalchemy import delete

from catalogue import audit
from catalogue.adapters.sheets import reading
from catalogue.audit import AuditEvent
from catalogue.database import db, transaction
from catalogue.editorial import translating
from catalogue.kernel.actor import Actor
from catalogue.web.audit_words import VERBS
from tests.people import Browser, make_person

CATALOGUE = Path(audit.__file__).parent
VILLAGE = "lang-hoa-thai-phien"
TRANSLATOR = Actor(93, "Thảo", frozenset({"translator"}))
HANH, SON = Actor(91, "Hạnh"), Actor(92, "Sơn")


@pytest.fixture
def log(changed: Flask) -> Browser:
    """An administrator before a log with three lines of the last days."""
    browser = Browser(changed)
    browser.sign_in(make_person(changed, "boss@example.test", roles=frozenset({"administrator"})))
    with changed.app_context(), transaction():
        with time_machine.travel("2026-10-01T16:59:00Z", tick=False):
            audit.record(
                HANH, "send_back", ("product", "tra-thu"), reason="=1+1 Thiếu ảnh", reasons=["words"]
            )
        with time_machine.travel("2026-10-01T17:00:00Z", tick=False):
            audit.record(SON, "approve", ("product", "tra-thu"), number=2)
        audit.record(SON, "approve", ("producer", "lo-tra"), number=1)
    return browser


def targets(browser: Browser, query: str = "") -> list[str]:
    assert browser.get(f"/staff/audit?{query}").status_code == 200
    return [" ".join(row.text_content().split()) for row in browser.page.xpath("//main//tbody/tr")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=tra-thu", 2),
        ("q=Thi%E1%BA%BFu", 1),
        ("q=100%25", 0),  # a sign of the database's own language
        ("who=92", 2),
        ("who=92&kind=producer", 1),
        ("verb=send_back", 1),
        ("until=2026-10-01", 1),
        ("since=2026-10-02&until=2026-10-02", 1),  # midnight in Đà Lạt
        ("kind=product&target=tra-thu", 2),
        ("who=abc&since=mai&verb=send_back", 1),
    ],
)
def test_lines_are_found(log: Browser, query: str, found: int) -> None:
    assert len(targets(log, query)) == found


def test_a_line_says_who_did_what_to_what_when_and_why(log: Browser) -> None:
    [line] = targets(log, "verb=send_back")
    for words in ("1 Oct 2026, 23:59", "Hạnh", "sent back", "tra-thu", "Thiếu ảnh", "not clear enough"):
        assert words in line


@pytest.mark.parametrize(
    ("detail", "told"),
    [
        ({"entry": {"number": "12/QĐ", "level": None, "products": ["tra", "mut"]}}, "12/QĐ"),
        ({"figure": {"value": 12.5, "source": {"vi": "Sở"}}}, "12.5"),
        ({"before": {"vi": "thổ cẩm", "note": None}}, "thổ cẩm"),
        ({"before": [{"vi": "rượu cần"}], "after": {}}, "rượu cần"),
    ],
)
def test_a_line_tells_values_that_have_parts(
    changed: Flask, log: Browser, detail: dict[str, object], told: str
) -> None:
    with changed.app_context(), transaction():
        audit.record(HANH, "correct", ("certificate", "tra-ocop"), **detail)
    [line] = targets(log, "verb=correct")
    assert told in line
    assert "None" not in line
    assert told in log.get("/staff/audit/audit.csv?verb=correct").text


def test_pages_of_the_catalogue_are_named_in_words(changed: Flask, log: Browser) -> None:
    with changed.app_context(), transaction():
        audit.record(HANH, "begin", ("notice", "deo-bao-loc"))
    [line] = targets(log, "kind=notice")
    assert "Notices for travellers" in line


def test_the_log_opens_with_lines_of_the_translation_desk(changed: Flask, log: Browser) -> None:
    with changed.app_context(), transaction():
        audit.record(HANH, "translate", ("revision", "tra-thu"))  # as it named a listing until now
        translating.translate(TRANSLATOR, "village", VILLAGE, {"en": {"name": "The weavers"}}, (), 0)
    [old, new] = targets(log, "verb=translate&sort=line")
    assert "Listing" in old
    assert "Craft village" in new
    assert log.page.xpath("//main//tbody//a/@href") == [f"/staff/pages/village/{VILLAGE}"]


def test_the_log_is_paged(changed: Flask, log: Browser) -> None:
    with changed.app_context(), transaction():
        for number in range(60):
            audit.record(HANH, "take", ("product", f"so-{number}"))
    assert len(targets(log, "verb=take")) == 50
    assert len(targets(log, "verb=take&page=2")) == 10
    assert log.get("/staff/audit?verb=take&page=3").status_code == 404


def test_the_sheets_hold_what_was_asked_for_and_open_right(log: Browser) -> None:
    book = load_workbook(io.BytesIO(log.get("/staff/audit/audit.xlsx?who=91").data))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0][:4] == ["Line", "When", "Who", "Did what"]
    assert [row[2] for row in rows[2:]] == ["Hạnh"]
    assert rows[2][6] == "=1+1 Thiếu ảnh"
    assert rows[2][1] == "2026-10-01T23:59:00+07:00"
    body = log.get("/staff/audit/audit.csv?who=92&separator=semicolon").data
    assert body.startswith(b"\xef\xbb\xbf")
    [table] = reading.read(body)
    assert [row[2] for row in table.rows[1:]] == ["Sơn", "Sơn"]
    assert "'=1+1" in log.get("/staff/audit/audit.csv?who=91").text  # a text, and no formula


def test_a_line_that_was_taken_out_is_found_from_the_page(changed: Flask, log: Browser) -> None:
    log.get("/staff/audit?check=1")
    assert "The log is whole" in log.words()
    with changed.app_context(), transaction():
        db.session.execute(delete(AuditEvent).where(AuditEvent.verb == "send_back"))
    log.get("/staff/audit?check=1")
    assert "is missing from the log" in log.words()


@pytest.mark.parametrize("role", ["viewer", "translator", "reviewer", "registrar", "curator"])
def test_only_administrators_read_it(changed: Flask, role: str) -> None:
    browser = Browser(changed)
    browser.sign_in(make_person(changed, "lan@example.test", roles=frozenset({role})))
    for path in ("/staff/audit", "/staff/audit/audit.xlsx", "/staff/audit/audit.csv"):
        assert browser.get(path).status_code == 403


def test_every_verb_that_is_recorded_has_words() -> None:
    recorded = {
        node.args[1].value
        for path in CATALOGUE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        if ast.unparse(node.func) in {"audit.record", "note", "keeping.note", "_note"}
        if len(node.args) > 1
        if isinstance(node.args[1], ast.Constant)
        if isinstance(node.args[1].value, str)
    }
    assert {"approve", "invite", "shut_out", "publish_photograph", "confirm translation"} <= recorded
    assert recorded <= set(VERBS)
