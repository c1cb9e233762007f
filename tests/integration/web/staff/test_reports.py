"""What visitors report becomes work of the office: found, taken, decided, and whoever wrote is told."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select
from werkzeug.test import TestResponse

from catalogue import audit
from catalogue.audit import AuditEvent
from catalogue.database import db
from catalogue.enquiries.models import CorrectionRequest
from catalogue.jobs.worker import drain
from tests.people import Browser, letters, make_person

SAID = {
    "kind": "closed",
    "about": "Cửa hàng ở chợ Đà Lạt",
    "text": "Đóng cửa từ tháng 3, bảng hiệu đã gỡ.",
    "contact": "anna@example.com",
}


@pytest.fixture
def reviewer(changed: Flask) -> Browser:
    browser = Browser(changed)
    browser.sign_in(make_person(changed, "reviewer@example.test", roles=frozenset({"reviewer"})))
    return browser


def report(app: Flask, **changed: object) -> TestResponse:
    """As a visitor sends it."""
    visitor = Browser(app)
    visitor.get("/en/corrections")
    return visitor.send("contact", SAID | changed, content_type="multipart/form-data")


def kept(app: Flask) -> CorrectionRequest:
    with app.app_context():
        found = db.session.scalars(select(CorrectionRequest)).one()
        db.session.expunge(found)
        return found


def photograph() -> tuple[io.BytesIO, str]:
    body = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(body, "JPEG")
    body.seek(0)
    return body, "cửa đóng.jpg"


def test_a_report_brings_its_photographs_to_the_office_alone(changed: Flask, reviewer: Browser) -> None:
    report(changed, papers=[photograph()])
    reviewer.get("/staff/reports/1")
    assert "Đóng cửa từ tháng 3" in reviewer.words()
    [picture] = reviewer.page.xpath("//ul[@class='papers']//img/@src")
    assert reviewer.get(picture).mimetype == "image/jpeg"
    assert changed.test_client().get(picture).status_code == 303


def test_what_is_no_photograph_is_refused_in_words_and_nothing_typed_is_lost(changed: Flask) -> None:
    answer = report(changed, papers=[(io.BytesIO(b"MZ not a picture"), "a.exe")])
    assert answer.status_code == 422
    assert "neither a photograph nor a PDF" in answer.text
    assert SAID["text"] in answer.text


def test_a_report_is_taken_decided_in_words_and_the_writer_is_told(changed: Flask, reviewer: Browser) -> None:
    report(changed)
    assert "1 waits" in reviewer.get("/staff/").text
    reviewer.get("/staff/reports/1")
    take = reviewer.page.xpath("string(//form[contains(@action, '/take')]/@action)")
    token = reviewer.page.xpath("string(//input[@name='csrf_token']/@value)")
    reviewer.post(take, {"csrf_token": token})
    assert (kept(changed).state, kept(changed).taken_by) == ("taken", "Lan")
    reviewer.get("/staff/reports/1")
    reviewer.send("answer", {"answer": "We took the shop off the page.", "state": "done"})
    assert (kept(changed).state, kept(changed).answer) == ("done", "We took the shop off the page.")
    drain(changed, "test")
    [letter] = [one for one in letters(changed) if one["To"] == "anna@example.com"]
    assert "We took the shop off the page." in letter.get_content()
    assert kept(changed).reference in letter["Subject"]
    with changed.app_context():
        assert db.session.scalars(
            select(AuditEvent.verb).where(AuditEvent.kind == "correction_request")
        ).all() == [
            "take",
            "decide",
        ]
        assert audit.verify() is None


def test_the_writer_is_not_told_of_a_decision_that_was_taken_back(changed: Flask, reviewer: Browser) -> None:
    report(changed)
    reviewer.get("/staff/reports/1")
    reviewer.send("answer", {"answer": "We took the shop off the page.", "state": "done"})
    reviewer.get("/staff/reports/1")
    reviewer.send("/reopen")
    assert kept(changed).state == "taken"
    drain(changed, "test")
    assert [one["To"] for one in letters(changed) if one["To"] == "anna@example.com"] == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"answer": " ", "state": "done"}, "Write what was decided"),
        ({"answer": "Có", "state": ""}, "Choose one"),
    ],
)
def test_a_decision_without_words_or_without_a_choice_is_refused(
    changed: Flask, reviewer: Browser, typed: dict[str, str], told: str
) -> None:
    report(changed)
    reviewer.get("/staff/reports/1")
    answer = reviewer.send("answer", typed)
    assert answer.status_code == 422
    assert told in answer.text
    assert kept(changed).state == "new"


def test_nobody_is_written_to_who_left_a_telephone_number_or_seems_to_be_a_robot(
    changed: Flask, reviewer: Browser
) -> None:
    report(changed, contact="0912 345 678")
    report(changed, homepage="http://spam.example", text="Buy")
    for number in (1, 2):
        reviewer.get(f"/staff/reports/{number}")
        reviewer.send("answer", {"answer": "Done.", "state": "done"})
    drain(changed, "test")
    assert [one["To"] for one in letters(changed) if "Done." in one.get_content()] == []


def test_the_list_holds_its_state_in_the_address_and_goes_out_as_a_sheet(
    changed: Flask, reviewer: Browser
) -> None:
    report(changed)
    report(changed, kind="label", text="Khoai tây ghi nhãn Đà Lạt")
    reviewer.get("/staff/reports?kind=label&sort=-received")
    assert len(reviewer.page.xpath("//tbody/tr")) == 1
    [href] = [link for link in reviewer.page.xpath("//ul[@class='chips']//a/@href") if ".csv" in link][:1]
    answer = reviewer.get(href)
    assert answer.data.startswith(b"\xef\xbb\xbf")
    header, row = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert row[header.index("Message")] == "Khoai tây ghi nhãn Đà Lạt"
    assert reviewer.get("/staff/reports?state=done").text.count("DC-") == 0
    assert reviewer.get("/staff/reports?state=x&kind=%00&sort=y&who=z").status_code == 200
