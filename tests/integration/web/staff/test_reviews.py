"""The office decides: now, at a planned minute of its own clock, or not yet; never about its own words."""

from __future__ import annotations

import pytest
import time_machine
from flask import Flask

from catalogue.database import transaction
from catalogue.editorial import actions
from catalogue.kernel.actor import Actor
from tests.people import Browser, make_person, two_makers

LISTING = {
    "name": {"vi": "Trà thử", "en": "Trial tea"},
    "category": "tea",
    "summary": {"vi": "Hái tay.", "en": None},
}


@pytest.fixture
def reviewer(changed: Flask) -> Browser:
    browser = Browser(changed)
    browser.sign_in(make_person(changed, "officer@example.test", roles=frozenset({"reviewer"})))
    return browser


def sent(app: Flask, *, by: int | None = None) -> str:
    """A new listing that waits; the address of its review."""
    maker = two_makers(app)[0]
    owner = Actor(by, "Lan", speaks_for={maker: "owner"})
    with app.app_context(), transaction():
        draft = actions.begin(owner, "product", maker, LISTING)
        actions.submit(owner, draft)
        return f"/staff/reviews/{draft.id}"


def test_a_plan_is_made_and_told_in_vietnam_time(changed: Flask, reviewer: Browser) -> None:
    path = sent(changed)
    reviewer.get(path)
    reviewer.send("moment", {"moment": "2126-12-20T08:00"}, follow=True)
    for words in (reviewer.words(), reviewer.get("/staff/reviews") and reviewer.words()):
        assert "08:00 (Vietnam time)" in words
    assert changed.test_client().get("/en/products/trial-tea").status_code == 404
    with time_machine.travel("2126-12-20T01:00:00Z", tick=False):
        assert changed.test_client().get("/en/products/trial-tea").status_code == 200


@pytest.mark.parametrize("moment", ["2020-01-01T08:00", "mai sáng"])
def test_a_moment_that_is_past_or_unreadable_is_asked_for_again(
    changed: Flask, reviewer: Browser, moment: str
) -> None:
    reviewer.get(sent(changed))
    answer = reviewer.send("moment", {"moment": moment})
    assert answer.status_code == 422
    assert reviewer.page.xpath("//input[@name='moment']/@aria-invalid") == ["true"]
    assert changed.test_client().get("/en/products/trial-tea").status_code == 404


def test_what_was_changed_meanwhile_is_looked_at_again(changed: Flask, reviewer: Browser) -> None:
    path = sent(changed)
    reviewer.get(path)
    stale = reviewer.form("moment").xpath(".//input[@name='version']/@value")[0]
    token = reviewer.form("moment").xpath(".//input[@name='csrf_token']/@value")[0]
    answer = reviewer.post(f"{path}/approve", {"csrf_token": token, "version": str(int(stale) - 1)})
    assert answer.status_code == 409
    assert "Nothing was decided" in answer.text


def test_nobody_decides_about_their_own_words(changed: Flask, reviewer: Browser) -> None:
    reviewer.get("/account/")
    path = sent(changed, by=1)  # the reviewer's own number
    reviewer.get(path)
    assert not reviewer.page.xpath("//main//form[contains(@action, 'approve')]")
    assert "somebody else decides" in reviewer.words()
    token = reviewer.page.xpath("//input[@name='csrf_token']/@value")[0]
    for deed in ("approve", "return"):
        assert reviewer.post(f"{path}/{deed}", {"csrf_token": token}).status_code == 403
