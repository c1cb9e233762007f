"""Lists of people and applications: narrowed, sorted and taken away with what the address asks for."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from catalogue.accounts.models import Application, Invitation
from catalogue.adapters.sheets.reading import read
from catalogue.database import db, transaction
from catalogue.kernel.clock import now
from catalogue.producers.models import Producer
from tests.people import Browser, make_person

APPLICANTS = {"Tổ dệt Đạ Đờn": "new", "Hợp tác xã Ka Đô": "declined", "Lò rượu cần Bảo Lâm": "accepted"}


@pytest.fixture
def registrar(changed: Flask) -> Browser:
    with changed.app_context(), transaction():
        for number, (producer, state) in enumerate(APPLICANTS.items()):
            words = {"place": "Lâm Hà", "craft": "dệt", "person": "K’Brèm", "email": "a@example.test"}
            kept = {"draft": f"form-{number}", "language": "vi", "suspect": False, "fingerprint": str(number)}
            reason = "Chưa đủ giấy" if state == "declined" else None
            db.session.add(Application(producer=producer, state=state, reason=reason, **words, **kept))
    browser = Browser(changed)
    browser.sign_in(make_person(changed, "registrar@example.test", roles=frozenset({"registrar"})))
    return browser


def rows(browser: Browser, path: str) -> list[dict[str, str]]:
    answer = browser.get(path)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Tổ dệt Đạ Đờn"}),
        ("state=declined", {"Hợp tác xã Ka Đô"}),
        ("state=all&q=rượu", {"Lò rượu cần Bảo Lâm"}),
        ("state=all", set(APPLICANTS)),
        ("state=no-such-state&sort=nothing", set(APPLICANTS)),
    ],
)
def test_applications_are_found_and_their_sheet_holds_the_same(
    registrar: Browser, query: str, found: set[str]
) -> None:
    registrar.get(f"/staff/applications?{query}")
    assert set(registrar.page.xpath("//tbody/tr/th/a/text()")) == found
    assert {row["Maker"] for row in rows(registrar, f"/staff/applications/applications.csv?{query}")} == found


def test_applications_are_sorted_by_any_column(registrar: Browser) -> None:
    names = [
        row["Maker"] for row in rows(registrar, "/staff/applications/applications.csv?state=all&sort=-state")
    ]
    assert names == list(APPLICANTS)[:1] + list(APPLICANTS)[1:]
    registrar.get("/staff/applications?state=all&sort=-state")
    assert registrar.page.xpath("//th[@aria-sort='descending']/a/text()") == ["State"]


def test_the_sheet_of_people_holds_whom_the_address_asks_for(changed: Flask, registrar: Browser) -> None:
    make_person(changed, "one@example.test", roles=frozenset({"curator"}))
    make_person(changed, "two@example.test")
    assert {row["E-mail"] for row in rows(registrar, "/staff/people/people.csv?q=two")} == {
        "two@example.test"
    }
    [curator] = rows(registrar, "/staff/people/people.csv?role=curator")
    assert (curator["E-mail"], curator["Tasks"], curator["Last here"]) == (
        "one@example.test",
        "Curator",
        "",
    )
    [me] = rows(registrar, "/staff/people/people.csv?role=registrar")
    assert me["Last here"]


@pytest.fixture
def invited(changed: Flask) -> Flask:
    """Two who were invited and wait, one who came, one whose time is over, one who was taken back."""
    with changed.app_context(), transaction():
        maker = db.session.scalars(select(Producer).limit(1)).one()
        for number, (name, more) in enumerate(
            {
                "lan": {"roles": ["curator"]},
                "an": {"producer_id": maker.id, "voice": "owner"},
                "came": {"accepted": now()},
                "late": {"expires": now() - timedelta(days=1)},
                "gone": {"revoked": now()},
            }.items()
        ):
            sent = now() - timedelta(days=number)
            known = {"email": f"{name}@example.test", "language": "vi", "roles": [], "created": sent}
            db.session.add(Invitation(**known | {"expires": sent + timedelta(days=14)} | more))
    return changed


def test_invitations_are_found_sorted_and_taken_away(invited: Flask, registrar: Browser) -> None:
    registrar.get("/staff/people")
    assert "2 invitations" in registrar.words()
    for query, found in (
        ("", ["lan", "an"]),
        ("sort=email", ["an", "lan"]),
        ("q=LAN", ["lan"]),
        ("q=x@", []),
    ):
        emails = [f"{name}@example.test" for name in found]
        registrar.get(f"/staff/people/invitations?{query}")
        assert registrar.page.xpath("//tbody/tr/th/text()") == emails
        sheet = rows(registrar, f"/staff/people/invitations/invitations.csv?{query}")
        assert [row["E-mail"] for row in sheet] == emails
    [first, second] = rows(registrar, "/staff/people/invitations/invitations.csv")
    assert first["Tasks"] == "Curator"
    assert second["Tasks"].startswith("Owner: ")


def test_an_invitation_is_taken_back_by_whoever_may_send_it(invited: Flask, registrar: Browser) -> None:
    registrar.get("/staff/people/invitations")
    [action] = registrar.page.xpath("//tbody//form/@action")  # tasks in the office are an administrator's
    registrar.send(action, follow=True)
    assert "is taken back" in registrar.words()
    assert registrar.page.xpath("//tbody/tr/th/text()") == ["lan@example.test"]


def test_the_workbook_keeps_every_sign(registrar: Browser) -> None:
    answer = registrar.get("/staff/applications/applications.xlsx?state=all")
    [table, *_] = read(answer.data)
    assert set(APPLICANTS) <= {cell for row in table.rows for cell in row}
