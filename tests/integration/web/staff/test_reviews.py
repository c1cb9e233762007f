"""The office decides: now, at a planned minute of its own clock, or not yet; never about its own words."""

from __future__ import annotations

import io

import pytest
import time_machine
from flask import Flask
from PIL import Image
from python_calamine import load_workbook

from catalogue.database import transaction
from catalogue.editorial import actions, claims, revisions
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import today
from catalogue.kernel.language import Bilingual
from catalogue.media.actions import accept_upload, describe
from catalogue.media.rules import NOBODY, Consent, Words
from tests.people import Browser, make_person, product_of, two_makers
from tests.pictures import encoded, scene

NEXT_YEAR = today().year + 1
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
    reviewer.send("moment", {"moment": f"{NEXT_YEAR}-06-20T08:00"}, follow=True)
    for words in (reviewer.words(), reviewer.get("/staff/reviews") and reviewer.words()):
        assert "08:00 (Vietnam time)" in words
    assert changed.test_client().get("/en/products/trial-tea").status_code == 404
    with time_machine.travel(f"{NEXT_YEAR}-06-20T01:00:00Z", tick=False):
        assert changed.test_client().get("/en/products/trial-tea").status_code == 200


@pytest.mark.parametrize("moment", ["2020-01-01T08:00", "9999-01-01T08:00", "mai sáng"])
def test_a_moment_that_is_past_or_too_far_or_unreadable_is_asked_for_again(
    changed: Flask, reviewer: Browser, moment: str
) -> None:
    reviewer.get(sent(changed))
    answer = reviewer.send("moment", {"moment": moment})
    assert answer.status_code == 422
    assert reviewer.page.xpath("//input[@name='moment']/@aria-invalid") == ["true"]
    assert changed.test_client().get("/en/products/trial-tea").status_code == 404


@pytest.mark.parametrize("deed", ["/approve", "/return"])
def test_what_was_changed_meanwhile_is_looked_at_again(changed: Flask, reviewer: Browser, deed: str) -> None:
    reviewer.get(sent(changed))
    [seen] = reviewer.form(deed).xpath(".//input[@name='version']/@value")
    answer = reviewer.send(deed, {"version": str(int(seen) - 1), "reasons": "words", "reason": "Ngắn quá."})
    assert answer.status_code == 409
    assert "Nothing was decided" in answer.text
    assert "Ngắn quá." in answer.text


def test_nobody_decides_about_their_own_words(changed: Flask, reviewer: Browser) -> None:
    reviewer.get("/account/")
    path = sent(changed, by=1)  # the reviewer's own number
    reviewer.get(path)
    assert not reviewer.page.xpath("//main//form[contains(@action, 'approve')]")
    assert "somebody else decides" in reviewer.words()
    token = reviewer.page.xpath("//input[@name='csrf_token']/@value")[0]
    for deed in ("approve", "return"):
        assert reviewer.post(f"{path}/{deed}", {"csrf_token": token}).status_code == 403


def test_the_next_file_is_taken_and_laid_back(changed: Flask, reviewer: Browser) -> None:
    path = sent(changed)
    reviewer.get("/staff/reviews")
    assert "in your hands" not in reviewer.words()
    assert reviewer.send("/next").location == path
    reviewer.get("/staff/reviews?show=mine")
    assert "Trial tea" in reviewer.words()
    reviewer.get(path)
    reviewer.send("/let-go", follow=True)
    assert "Trial tea" not in (reviewer.get("/staff/reviews?show=mine") and reviewer.words())


def test_a_file_in_a_colleagues_hands_is_taken_over_and_only_then_decided(
    changed: Flask, reviewer: Browser
) -> None:
    path = sent(changed)
    colleague = Browser(changed)
    colleague.sign_in(make_person(changed, "colleague@example.test", roles=frozenset({"reviewer"})))
    colleague.get(path)
    colleague.send("/take")
    reviewer.get(path)
    assert "with Lan" in reviewer.words()
    assert not reviewer.page.xpath("//main//form[contains(@action, '/approve')]")
    token = reviewer.page.xpath("//input[@name='csrf_token']/@value")[0]
    answer = reviewer.post(f"{path}/approve", {"csrf_token": token, "version": "1"})
    assert answer.status_code == 409
    assert "Lan has this file in hand" in answer.text
    reviewer.get(path)
    reviewer.send("/take")
    reviewer.get(path)
    reviewer.send("/approve", follow=True)
    assert "is public now" in reviewer.words()


def test_what_a_colleague_decided_a_moment_ago_is_told_and_not_decided_twice(
    changed: Flask, reviewer: Browser
) -> None:
    path = sent(changed)
    reviewer.get(path)
    reviewer.send("/return", {"reasons": "words"}, follow=True)
    reviewer.get(path)
    assert "Sent back with this reason" in reviewer.words()
    reviewer.send("/undo", follow=True)
    assert "the file waits again" in reviewer.words()
    assert reviewer.page.xpath("//main//form[contains(@action, '/approve')]")


def test_each_language_stands_beside_what_readers_see(changed: Flask, reviewer: Browser) -> None:
    maker = two_makers(changed)[0]
    code, owner = product_of(changed, maker), Actor(99, "Lan", speaks_for={maker: "owner"})
    with changed.app_context(), transaction():
        draft = actions.open_draft(owner, "product", code)
        summary = dict(draft.content["summary"]) | {"vi": draft.content["summary"]["vi"] + " Rất thơm."}
        actions.save_draft(owner, draft, {"summary": summary}, draft.version)
        actions.submit(owner, draft)
        path = f"/staff/reviews/{draft.id}"
    reviewer.get(path)
    [row] = reviewer.page.xpath("//table[contains(@class, 'diff')]/tbody/tr")
    assert "Vietnamese" in row.xpath("string(th)")
    assert "Rất thơm" in "".join(row.xpath(".//ins/text()"))
    assert row.xpath("td/@lang") == ["vi", "vi"]
    assert not row.xpath("td[1]//ins | td[2]//del")


def test_what_was_changed_on_the_page_meanwhile_is_no_change_of_the_draft(
    changed: Flask, reviewer: Browser
) -> None:
    maker = two_makers(changed)[0]
    code, owner = product_of(changed, maker), Actor(99, "Lan", speaks_for={maker: "owner"})
    with changed.app_context(), transaction():
        draft = actions.open_draft(owner, "product", code)
        actions.save_draft(owner, draft, {"material": {"vi": "Gỗ thông", "en": None}}, draft.version)
        actions.change_alone(owner, "product", code, {"stock": "sold_out"})
        actions.submit(owner, draft)
        path = f"/staff/reviews/{draft.id}"
    reviewer.get(path)
    told = reviewer.page.xpath("string(//table[contains(@class, 'diff')])")
    assert "Gỗ thông" in told
    assert "Is there some now?" not in told


def test_what_was_changed_in_the_draft_and_on_the_page_is_named(changed: Flask, reviewer: Browser) -> None:
    maker = two_makers(changed)[0]
    code, owner = product_of(changed, maker), Actor(99, "Lan", speaks_for={maker: "owner"})
    with changed.app_context(), transaction():
        draft = actions.open_draft(owner, "product", code)
        both = {"stock": "in_stock", "material": {"vi": "Gỗ thông", "en": None}}
        actions.save_draft(owner, draft, both, draft.version)
        actions.change_alone(owner, "product", code, {"stock": "sold_out"})
        actions.submit(owner, draft)
        path = f"/staff/reviews/{draft.id}"
    reviewer.get(path)
    assert "it stays as readers see it: Is there some now?" in reviewer.words()
    told = reviewer.page.xpath("string(//table[contains(@class, 'diff')])")
    assert "Gỗ thông" in told
    assert "Is there some now?" not in told


def test_the_missing_language_is_written_where_it_is_missed(changed: Flask, reviewer: Browser) -> None:
    path = sent(changed)
    reviewer.get(path)
    answer = reviewer.send("/translate", {"summary_en": " "})
    assert answer.status_code == 422
    assert reviewer.page.xpath("//textarea[@name='summary_en']/@aria-invalid") == ["true"]
    reviewer.send("/translate", {"summary_en": "Picked by hand."}, follow=True)
    assert "Picked by hand." in reviewer.words()
    assert "somebody else decides" in reviewer.words()
    assert not reviewer.page.xpath("//main//form[contains(@action, '/approve')]")


@pytest.mark.parametrize("day", ["2020-01-01", "9999-01-01", "mai", ""])
def test_a_day_that_cannot_be_promised_is_asked_for_again(
    changed: Flask, reviewer: Browser, day: str
) -> None:
    path = sent(changed)
    reviewer.get(path)
    assert reviewer.send("answer_by", {"answer_by": day}).status_code == 422
    assert reviewer.page.xpath("//input[@name='answer_by']/@aria-invalid") == ["true"]
    reviewer.get(path)
    reviewer.send("answer_by", {"answer_by": f"{NEXT_YEAR}-06-20"}, follow=True)
    assert f"answer by 20 Jun {NEXT_YEAR}" in reviewer.words()


@pytest.mark.parametrize(
    "query",
    [
        "show=mine",
        "show=nonsense",
        "kind=product&what=new&untranslated=1",
        "q=tr%C3%A0&sort=newest",
        "page=abc",
    ],
)
def test_the_address_holds_what_was_chosen(changed: Flask, reviewer: Browser, query: str) -> None:
    sent(changed)
    assert reviewer.get(f"/staff/reviews?{query}").status_code == 200
    assert ("Trial tea" in reviewer.words()) is ("mine" not in query)


def test_readers_of_the_office_look_on_and_translators_translate(changed: Flask) -> None:
    path = sent(changed)
    viewer, translator = Browser(changed), Browser(changed)
    viewer.sign_in(make_person(changed, "viewer@example.test", roles=frozenset({"viewer"})))
    translator.sign_in(make_person(changed, "translator@example.test", roles=frozenset({"translator"})))
    for browser in (viewer, translator):
        assert browser.get(path).status_code == 200
        assert not browser.page.xpath("//main//form[contains(@action, '/approve')]")
        token = browser.page.xpath("//input[@name='csrf_token']/@value")[0]
        for deed in ("approve", "return", "take", "let-go", "undo", "answer-by"):
            assert browser.post(f"{path}/{deed}", {"csrf_token": token}).status_code == 403, deed
        assert browser.get("/staff/people").status_code == browser.get("/staff/audit").status_code == 403
    viewer.get(path)
    token = viewer.page.xpath("//input[@name='csrf_token']/@value")[0]
    assert viewer.post(f"{path}/translate", {"csrf_token": token, "version": "1"}).status_code == 403
    code = product_of(changed, two_makers(changed)[0])
    assert viewer.get(f"/studio/listings/{code}").status_code == 403
    translator.get(path)
    translator.send("/translate", {"summary_en": "Picked by hand."}, follow=True)
    assert "Picked by hand." in translator.words()


def test_a_photograph_opens_as_large_as_it_is(changed: Flask, reviewer: Browser) -> None:
    maker = two_makers(changed)[0]
    owner = Actor(None, "Lan", speaks_for={maker: "owner"})
    with changed.app_context(), transaction():
        body = encoded(scene(1200, 900), "JPEG", quality=90)
        asset = accept_upload(changed.extensions["storage"], "Lan", maker, body, "khung-cui.jpg").asset
        words = Words(
            alt=Bilingual("Khung cửi", "Loom"),
            credit="Lan",
            licence="by permission",
            consent=Consent(None, None, NOBODY),
        )
        describe("Lan", asset, words)
        draft = actions.begin(owner, "product", maker, LISTING | {"photographs": [asset.code]})
        actions.submit(owner, draft)
        path = f"/staff/reviews/{draft.id}"
    reviewer.get(path)
    [link] = reviewer.page.xpath("//main//figure/a/@href")
    assert "size=full" in link
    assert "1200 × 900" in reviewer.words()
    full = Image.open(io.BytesIO(reviewer.get(link).data))
    assert full.size == (1200, 900)


def test_the_papers_stand_beside_the_claim_for_those_who_judge_them(
    changed: Flask, reviewer: Browser
) -> None:
    path, other = sent(changed), sent(changed)
    key = "a-form-of-a-maker"
    changed.extensions["papers"].keep(key, b"%PDF-1.7")
    maker = two_makers(changed)[0]
    with changed.app_context(), transaction():
        revision = revisions.revision(int(path.rpartition("/")[2]))
        said = claims.Claimed("ocop", "3", "12/QĐ-UBND", "2025-03", None)
        owner = Actor(None, "Lan", speaks_for={maker: "owner"})
        claims.claim(owner, "product", revision.code, maker, key, said, papers=1)
    reviewer.get(path)
    assert "12/QĐ-UBND" in reviewer.words()
    [paper] = reviewer.page.xpath("//main//*[@class='papers']//a/@href")
    assert reviewer.get(paper).data == b"%PDF-1.7"
    assert reviewer.get(paper.replace(path, other)).status_code == 404
    viewer = Browser(changed)
    viewer.sign_in(make_person(changed, "viewer@example.test", roles=frozenset({"viewer"})))
    viewer.get(path)
    assert "12/QĐ-UBND" in viewer.words()
    assert not viewer.page.xpath("//main//*[@class='papers']//a")
    assert viewer.get(paper).status_code == 403


def test_the_catalogues_own_pages_are_named_in_words(changed: Flask, reviewer: Browser) -> None:
    curator = Actor(5, "Mai", frozenset({"curator"}))
    with changed.app_context(), transaction():
        draft = actions.begin(curator, "notice", "", {"title": {"vi": "Sạt lở đèo", "en": "Landslide"}})
        content = {"first_day": "2126-12-10", "last_day": "2126-12-12", "everywhere": "on"}
        actions.save_draft(curator, draft, {**content, "sources": ["https://example.org/deo"]}, draft.version)
        actions.submit(curator, draft)
    reviewer.get("/staff/reviews")
    assert "Notices for travellers" in reviewer.words()


def test_the_desk_is_taken_along_as_a_sheet_with_its_filters(changed: Flask, reviewer: Browser) -> None:
    sent(changed)
    reviewer.get("/staff/reviews?kind=product&sort=newest")
    [path] = [href for href in reviewer.page.xpath("//main//a/@href") if "reviews.xlsx?" in href]
    book = load_workbook(io.BytesIO(reviewer.get(path).data))
    assert any("Trial tea" in row for row in book.get_sheet_by_index(0).to_python())
    body = reviewer.get("/staff/reviews/reviews.csv?kind=product").data
    assert body.startswith(b"\xef\xbb\xbf")
    assert "Trial tea" in body.decode()
    assert "Trial tea" not in reviewer.get("/staff/reviews/reviews.csv?show=returned").text
