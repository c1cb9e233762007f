"""The clock of Đà Lạt decides, wherever the server stands (cases field-s13, field-s16, field-s26)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
import vobject
from flask import Flask
from lxml.html import document_fromstring
from sqlalchemy import select

from catalogue.certification.models import Certificate
from catalogue.database import db, transaction
from catalogue.kernel.clock import LOCAL
from tests.documents import words

ZONES = ("UTC", "Asia/Ho_Chi_Minh", "America/Los_Angeles", "Asia/Tokyo")
LAST_SECOND = datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC)
NEW_YEAR = datetime(2026, 12, 31, 17, 0, 0, tzinfo=UTC)


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The zone that the server itself is set to."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def test_a_certificate_is_in_force_to_the_last_second_of_its_last_day(changed: Flask, zone: str) -> None:
    with changed.app_context(), transaction():
        held = select(Certificate).where(Certificate.product_id.is_not(None)).order_by(Certificate.code)
        certificate = db.session.scalars(held).first()
        certificate.number, certificate.evidence = "1/QĐ", "register"
        certificate.confirmed_on, certificate.expires = date(2026, 1, 1), "2026-12-31"
        code = certificate.code
    client = changed.test_client()
    for moment, status, listed in (
        (datetime(2026, 12, 30, 17, 30, tzinfo=UTC), "valid", True),
        (LAST_SECOND, "valid", True),
        (NEW_YEAR, "expired", False),
    ):
        with time_machine.travel(moment, tick=False):
            assert client.get(f"/api/v1/certificates/{code}").json["status"]["code"] == status, zone
            rows = client.get("/open-data/certificates.json").json["records"]
            assert [row["status"]["code"] for row in rows if row["code"] == code] == [status]
            assert bool(client.get("/api/v1/products?evidence=confirmed").json["total"]) is listed
            assert b"0 products" in client.get("/en/products?evidence=confirmed").data or listed


def test_the_day_that_pages_name_and_the_month_in_season_are_those_of_da_lat(client, zone: str) -> None:
    for moment, day, month in (
        (LAST_SECOND, "31 Dec 2026", "December"),
        (NEW_YEAR, "1 Jan 2027", "January"),
    ):
        with time_machine.travel(moment, tick=False):
            page = document_fromstring(client.get("/en/").data)
            assert month in words(page.xpath("//main")[0])
            assert client.get("/api/v1/routes").json["as_of"] == str(moment.astimezone(LOCAL).date()), zone
            assert day in words(document_fromstring(client.get("/en/open-data").data))


def test_a_calendar_s_eight_o_clock_is_eight_o_clock_in_viet_nam(client, zone: str) -> None:
    with time_machine.travel(LAST_SECOND, tick=False):
        for route in client.get("/api/v1/routes").json["items"]:
            answer = client.get(route["ics"]["en"].removeprefix("http://catalogue.test"))
            start = vobject.readOne(answer.get_data(as_text=True)).vevent_list[0].dtstart.value
            assert (start.hour, start.utcoffset().total_seconds()) == (8, 7 * 3600), zone
