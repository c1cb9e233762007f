"""The office turns what was missed into words that mean the same, and puts pages first, with a reason."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest
import time_machine
from flask import Flask

from catalogue.database import db, transaction
from catalogue.kernel.clock import today
from catalogue.search import misses
from tests.people import Browser, make_person

REASON = {"reason_vi": "Đang mùa.", "reason_en": "In season."}


@pytest.fixture
def curator(changed: Flask) -> Browser:
    browser = Browser(changed)
    browser.sign_in(make_person(changed, "curator@example.test", roles=frozenset({"curator"})))
    return browser


def missed(app: Flask) -> dict[str, int]:
    """What stands in the table when the worker has read the files, each with its number."""
    with app.app_context():
        with transaction():
            misses.fold(app.extensions["misses"], today())
        return {one.words: one.id for one in misses.missed("", "", "number", 0, None, descending=True)[0]}


def total(app: Flask, words: str) -> int:
    return int(app.test_client().get(f"/api/v1/search?q={quote(words)}").json["total"])


def test_a_miss_becomes_a_synonym_with_one_press(changed: Flask, curator: Browser) -> None:
    changed.test_client().get("/vi/tim?q=jambuxyz")
    changed.test_client().get("/vi/tim?q=jambuxyz")
    number = missed(changed)["jambuxyz"]
    curator.get("/staff/search?q=Jámbux")
    assert curator.page.xpath("string(//tr[th='jambuxyz']/td[@data-l='How often'])") == "2"
    curator.send(f"/misses/{number}/synonym", {"means": "sầu riêng"}, follow=True)
    assert "now finds" in curator.words()
    assert 10 < total(changed, "jambuxyz") <= total(changed, "sầu riêng")
    assert "jambuxyz" not in missed(changed)


def test_a_miss_that_means_nothing_is_taken_off_the_list(changed: Flask, curator: Browser) -> None:
    changed.test_client().get("/en/search?q=jambuxyz")
    number = missed(changed)["jambuxyz"]
    curator.get("/staff/search?q=Jámbux")
    curator.send(f"/misses/{number}/dismiss")
    assert "jambuxyz" not in missed(changed)


@pytest.mark.parametrize("means", ["", "jambuxyz", "một hai ba bốn năm sáu"])
def test_a_meaning_that_cannot_be_taken_is_told_beside_it_and_kept(
    changed: Flask, curator: Browser, means: str
) -> None:
    changed.test_client().get("/en/search?q=jambuxyz")
    number = missed(changed)["jambuxyz"]
    curator.get("/staff/search?q=Jámbux")
    assert curator.send(f"/misses/{number}/synonym", {"means": means}).status_code == 422
    field = curator.page.get_element_by_id(f"means-{number}")
    told = curator.page.get_element_by_id(field.get("aria-describedby")).text_content()
    assert (field.get("value"), told[:5]) == (means, "Write")


def test_a_group_of_phrases_is_added_and_removed(changed: Flask, curator: Browser) -> None:
    assert total(changed, "jambuxyz") == 0
    curator.get("/staff/search/synonyms")
    curator.send("phrases", {"phrases": "jambuxyz\nsầu riêng"}, follow=True)
    assert total(changed, "jambuxyz") > 0
    curator.send("/remove")
    assert total(changed, "jambuxyz") == 0


def test_one_phrase_alone_is_asked_for_again_and_kept(curator: Browser) -> None:
    curator.get("/staff/search/synonyms")
    answer = curator.send("phrases", {"phrases": "jambuxyz"})
    assert answer.status_code == 422
    assert "jambuxyz" in curator.page.xpath("//textarea[@name='phrases']")[0].text


def test_a_page_stands_first_until_its_last_day_and_says_why(changed: Flask, curator: Browser) -> None:
    last = today() + timedelta(days=3)
    record = "product:sau-rieng-cap-dong-bao-phuc"
    curator.get("/staff/search/pins?words=sầu riêng")
    curator.send("record", {"record": record, **REASON, "until": last.isoformat()}, follow=True)
    reader = changed.test_client()
    found = reader.get("/api/v1/search?q=sau rieng").json["items"]
    assert f"{found[0]['kind']}:{found[0]['code']}" == record
    page = reader.get("/en/search?q=sau rieng").text
    assert "Placed first by trade promotion: In season." in page
    with time_machine.travel(last + timedelta(days=1, hours=1), tick=False):
        assert "Placed first" not in changed.test_client().get("/en/search?q=sau rieng").text


def test_a_pinned_page_is_counted_once(changed: Flask, curator: Browser) -> None:
    before = total(changed, "sầu riêng")
    curator.get("/staff/search/pins?words=sầu riêng")
    curator.send(
        "record",
        {"record": "product:sau-rieng-cap-dong-bao-phuc", **REASON, "until": today().isoformat()},
    )
    assert total(changed, "sầu riêng") == before


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("reason_en", "", "this language too"),
        ("until", "2020-01-01", "a year away at most"),
        ("until", "tomorrow", "Choose the last day"),
        ("until", "2999-01-01", "a year away at most"),
        ("record", "product:no-such", "Choose one of these pages"),
        ("words", "sầu riêng " * 30, "At most 200 signs"),
    ],
)
def test_what_is_wrong_with_a_pin_is_told_and_what_was_typed_is_kept(
    curator: Browser, name: str, value: str, says: str
) -> None:
    sent = {"record": "product:sau-rieng-tuoi-long-thuy", **REASON, "until": today().isoformat()}
    curator.get("/staff/search/pins?words=sầu riêng")
    answer = curator.send("record", sent | {name: value})
    assert answer.status_code == 422
    assert says in curator.words()
    assert curator.page.xpath("//input[@name='reason_vi']/@value") == ["Đang mùa."]


def test_others_in_the_office_read_and_change_nothing(changed: Flask) -> None:
    viewer = Browser(changed)
    viewer.sign_in(make_person(changed, "viewer@example.test", roles=frozenset({"viewer"})))
    for path in ("/staff/search", "/staff/search/synonyms", "/staff/search/pins?words=trà"):
        assert viewer.get(path).status_code == 200
        assert viewer.page.xpath("//main//form[@method='post']") == []


def test_every_act_is_in_the_log(changed: Flask, curator: Browser) -> None:
    curator.get("/staff/search/synonyms")
    curator.send("phrases", {"phrases": "jambuxyz\nsầu riêng"}, follow=True)
    with changed.app_context():
        told = db.session.execute(db.text("SELECT verb, kind FROM audit_event ORDER BY id DESC")).first()
    assert tuple(told) == ("add", "synonym_group")
