"""Trade promotion follows enquiries: who looks after them, what became of them, how quickly makers answer."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from flask import Flask

from catalogue.database import db, transaction
from catalogue.enquiries.models import EnquiryPart
from catalogue.enquiries.queries import part
from catalogue.enquiries.rules import Stage
from tests.people import Browser, ask_for, make_person, product_of, two_makers


@pytest.fixture
def curator(changed: Flask) -> Browser:
    browser = Browser(changed)
    browser.sign_in(make_person(changed, "curator@example.test", roles=frozenset({"curator"})))
    return browser


def rows(browser: Browser, address: str) -> list[str]:
    """The numbers of the enquiries in a list."""
    browser.get(address)
    return browser.page.xpath("//tbody//th/a/text()")


def choose(browser: Browser, name: str, value: str) -> None:
    assert browser.send(name, {name: value}).status_code == 303


def test_an_enquiry_goes_from_new_to_a_colleague_to_an_order(changed: Flask, curator: Browser) -> None:
    ask_for(changed)
    assert len(rows(curator, "/staff/enquiries?stage=new")) == 1
    curator.get("/staff/enquiries/1")
    [person] = curator.page.xpath("//select[@name='person']/option[normalize-space() = 'Lan']/@value")
    choose(curator, "person", person)
    assert rows(curator, "/staff/enquiries?stage=new") == []
    assert len(rows(curator, f"/staff/enquiries?stage=assigned&who={person}")) == 1
    curator.get("/staff/enquiries/1")
    choose(curator, "outcome", "won")
    assert len(rows(curator, "/staff/enquiries?stage=won")) == 1
    assert rows(curator, "/staff/enquiries?stage=assigned") == []
    curator.get("/staff/enquiries/1")
    choose(curator, "outcome", "")
    assert len(rows(curator, "/staff/enquiries?stage=assigned")) == 1


def test_the_list_is_narrowed_by_country_product_and_maker_and_sorted(
    changed: Flask, curator: Browser
) -> None:
    first, second = two_makers(changed)
    product = product_of(changed, second)
    ask_for(changed, market="DE")
    ask_for(changed, market=None, draft="b", producers=(), products=(product,))
    every = "/staff/enquiries?stage=all"
    assert len(rows(curator, every)) == 2
    assert len(rows(curator, f"{every}&country=DE")) == 1
    assert len(rows(curator, f"{every}&country=none")) == 1
    assert len(rows(curator, f"{every}&product={product}")) == 1
    assert len(rows(curator, f"{every}&producer={first}")) == 1
    assert rows(curator, f"{every}&sort=received") == rows(curator, f"{every}&sort=-received")[::-1]
    assert rows(curator, f"{every}&product=%25") == []
    assert curator.get("/staff/enquiries?stage=x&who=x&sort=x&country=%00").status_code == 200


def test_the_report_counts_by_country_and_gives_the_median_time_of_first_answers(
    changed: Flask, curator: Browser
) -> None:
    for number, hours in enumerate((2, 4, 30)):
        ask_for(changed, draft=str(number), market="JP")
        with changed.app_context(), transaction():
            one = part(number + 1)
            one.state, one.answered = "answered", one.enquiry.received + timedelta(hours=hours)
    ask_for(changed, draft="robot", market="JP", suspect=True)
    curator.get("/staff/enquiries/report")
    assert "Asked: 3. Answered: 3." in curator.words()
    assert "4 hours" in curator.words()
    answer = curator.get("/staff/enquiries/report/enquiry-report.csv")
    header, *table = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    [japan] = [row for row in table if row[header.index("Code")] == "JP"]
    assert japan[header.index("Asked")] == "3"
    assert japan[header.index("Hours to the first answer (median)")] == "4.0"


def test_the_list_goes_out_as_the_sheet_that_was_asked_for(changed: Flask, curator: Browser) -> None:
    ask_for(changed, need="=cmd|' /C calc'!A0 Khăn thổ cẩm")
    answer = curator.get("/staff/enquiries/enquiries.csv?stage=all")
    header, row = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert row[header.index("What is asked")] == "'=cmd|' /C calc'!A0 Khăn thổ cẩm"
    assert curator.get("/staff/enquiries/enquiries.xlsx?stage=won").data.startswith(b"PK")


def test_a_filter_more_leaves_the_stage_that_is_shown(changed: Flask, curator: Browser) -> None:
    ask_for(changed, market="DE")
    for stage, shown in (("", "to_pass_on"), ("?stage=won", "won"), ("?stage=x", "all")):
        curator.get(f"/staff/enquiries{stage}")
        assert curator.page.xpath("//select[@name='stage']/option[@selected]/@value") == [shown]


def test_the_list_is_sorted_by_where_each_stands(changed: Flask, curator: Browser) -> None:
    changes = [
        {"outcome": "lost"},
        {"assigned_to_id": 1, "state": "read"},
        {"state": "answered"},
        {"outcome": "won", "state": "answered"},
        {"state": "closed"},
        {"state": "read"},
    ]
    for number, change in enumerate(changes):
        ask_for(changed, draft=str(number))
        with changed.app_context(), transaction():
            one = part(number + 1)
            for name, value in change.items():
                setattr(one, name, value)
    every = "/staff/enquiries?stage=all&sort="
    found = rows(curator, f"{every}stage")
    with changed.app_context():
        stages = {one.enquiry.reference: one.stage for one in map(part, range(1, 7))}
    assert [stages[reference] for reference in found] == list(Stage)
    assert rows(curator, f"{every}-stage") == found[::-1]


def test_every_list_holds_as_many_as_it_says(changed: Flask, curator: Browser) -> None:
    for number in range(3):
        ask_for(changed, draft=str(number), suspect=number > 0)
    curator.get("/staff/enquiries")
    views = curator.page.xpath("//main//ul[contains(@class, 'chips')][1]/li//a")
    said = {one.get("href"): one.text_content() for one in views}
    assert "Perhaps sent by a robot (2)" in " ".join(said.values())
    for href, words in said.items():
        if "(" in words:
            assert f"({len(rows(curator, href))})" in words
    assert len(rows(curator, "/staff/enquiries?stage=all")) == 1


def test_a_robot_s_enquiry_is_counted_nowhere(changed: Flask, curator: Browser) -> None:
    ask_for(changed, suspect=True)
    assert "New (0)" in curator.get("/staff/enquiries").text
    with changed.app_context():
        assert db.session.get(EnquiryPart, 1).stage == "new"
