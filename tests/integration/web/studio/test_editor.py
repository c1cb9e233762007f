"""A maker writes a listing through the forms as a browser without scripts does; nothing typed is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import unquote

import pytest
import time_machine
from flask import Flask
from lxml.html import document_fromstring
from sqlalchemy import select

from catalogue.database import db, transaction
from catalogue.editorial import fields, revisions
from catalogue.editorial.models import Revision
from catalogue.jobs.worker import drain
from catalogue.kernel.clock import now
from catalogue.producers.models import Membership, Producer
from catalogue.products.models import Category, Product
from catalogue.search.actions import refresh
from catalogue.web import listing_words
from tests.people import Browser, letters, make_person, product_of, two_makers

TYPED = {
    "name_vi": "Khăn dệt tay thử",
    "name_en": "Trial shawl",
    "category": "brocade",
    "summary_vi": "Bảy ngày.",
}
PATH = "/studio/listings/khan-det-tay-thu"


@pytest.fixture
def maker(changed: Flask) -> Browser:
    browser = Browser(changed)
    browser.sign_in(make_person(changed, speaks_for=two_makers(changed)[0]))
    return browser


@pytest.fixture
def reviewer(changed: Flask) -> Browser:
    browser = Browser(changed)
    browser.sign_in(make_person(changed, "officer@example.test", roles=frozenset({"reviewer"})))
    return browser


def begin(browser: Browser) -> None:
    browser.get("/studio/listings/new")
    browser.send("name_vi", TYPED, follow=True)
    assert browser.answer.request.path == f"{PATH}/story"


def test_from_three_lines_to_the_public_page_and_the_search(
    changed: Flask, maker: Browser, reviewer: Browser
) -> None:
    begin(maker)
    maker.send("description_vi", TYPED | {"description_vi": "Mẹ dạy dệt."}, follow=True)
    assert maker.answer.request.path == f"{PATH}/facts"
    maker.send("material_vi", {"material_vi": "bông", "length_cm": "120–150"}, follow=True)
    maker.send("price", {"price": "680.000", "currency": "VND", "unit": "piece"}, follow=True)
    assert maker.answer.request.path == f"{PATH}/check"
    sent = maker.send("submit", follow=True)
    assert "With the office for review" in sent.text
    assert reviewer.reader.get("/vi/san-pham/khan-det-tay-thu").status_code == 404
    reviewer.get("/staff/reviews")
    (href,) = reviewer.page.xpath("//main//a[contains(., 'shawl')]/@href")
    reviewer.get(href)
    reviewer.send("moment", follow=True)
    assert "is public now" in reviewer.answer.text
    with changed.app_context():
        refresh(changed.extensions["search_index"])
        db.session.commit()
    page = changed.test_client().get("/vi/san-pham/khan-det-tay-thu").text
    for words in ("Khăn dệt tay thử", "Mẹ dạy dệt.", "680.000"):
        assert words in page
    assert "khan-det-tay-thu" in changed.test_client().get("/vi/tim?q=khan det tay thu").text


@pytest.mark.parametrize("words", ["mat ong", "natural honey"])
def test_an_hs_code_is_found_by_words_of_either_language_without_a_script(maker: Browser, words: str) -> None:
    begin(maker)
    maker.get(f"{PATH}/trade")
    maker.send("price", {"hs_code": words}, follow=True)
    assert "These codes fit" in maker.words()
    chosen = maker.page.xpath("//main//button[@name='hs_heading']/@value")
    assert chosen[0] == "0409.00"
    maker.send("price", {"hs_code": words, "hs_heading": chosen[0]}, follow=True)
    assert maker.answer.request.path == f"{PATH}/check"
    maker.get(f"{PATH}/trade")
    assert maker.page.xpath("string(//input[@name='hs_code']/@value)") == "0409.00"
    assert maker.page.xpath("//button[@name='hs_heading']") == []


def test_an_editor_writes_and_only_an_owner_takes_out_of_the_catalogue(changed: Flask) -> None:
    producer = two_makers(changed)[0]
    code = product_of(changed, producer)
    helper = make_person(changed, "helper@example.test", speaks_for=producer)
    with changed.app_context(), transaction():
        db.session.query(Membership).filter_by(user_id=helper.id).one().voice = "editor"
    owner = make_person(changed, "owner@example.test", speaks_for=producer)
    for person, status in ((helper, 403), (owner, 303)):
        browser = Browser(changed)
        browser.sign_in(person)
        browser.get(f"/studio/listings/{code}")
        token = browser.page.xpath("string(//main//input[@name='csrf_token']/@value)")
        offered = browser.page.xpath("//main//form[contains(@action, '/archive')]")
        assert bool(offered) is (status == 303)
        assert browser.post(f"/studio/listings/{code}/archive", {"csrf_token": token}).status_code == status


def test_what_came_back_says_why_on_the_home_and_in_the_editor(maker: Browser, reviewer: Browser) -> None:
    begin(maker)
    maker.get(f"{PATH}/check")
    maker.send("submit")
    reviewer.get("/staff/reviews")
    reviewer.get(reviewer.page.xpath("//main//a[contains(., 'shawl')]/@href")[0])
    refused = reviewer.send("reasons", {})
    assert refused.status_code == 422
    reviewer.send("reasons", {"reasons": ["photograph"], "reason": "By a window, please."}, follow=True)
    assert maker.get("/studio/").text.count("By a window, please.") == 1
    assert "A better photograph is needed" in maker.get(f"{PATH}/story").text


def test_the_second_of_two_people_sees_both_versions_and_chooses(changed: Flask, maker: Browser) -> None:
    begin(maker)
    other = Browser(changed)
    other.sign_in(make_person(changed, "minh@example.test", speaks_for=two_makers(changed)[0]))
    for browser in (maker, other):
        browser.get(f"{PATH}/facts")
    maker.send("material_vi", {"material_vi": "bông", "technique_vi": "khung lưng"})
    answer = other.send("material_vi", {"material_vi": "lanh", "technique_vi": "khung đạp"})
    assert answer.status_code == 409
    assert all(words in answer.text for words in ("bông", "lanh", "khung lưng", "khung đạp"))
    assert not other.page.xpath("//main//input[@checked]")
    half = other.send("take_material.vi", {"take_material.vi": "theirs"})
    assert half.status_code == 409
    assert other.words().count("Choose one of the two.") == 1
    assert other.page.xpath("//main//input[@checked]/@name") == ["take_material.vi"]
    other.send("take_material.vi", {"take_material.vi": "theirs", "take_technique.vi": "mine"})
    with changed.app_context():
        content = revisions.open_revision("product", "khan-det-tay-thu").content
    assert (content["material"]["vi"], content["technique"]["vi"]) == ("bông", "khung đạp")


def test_what_the_second_did_not_touch_stays_as_the_first_left_it(changed: Flask, maker: Browser) -> None:
    begin(maker)
    other = other_phone(changed, f"{PATH}/facts")
    maker.get(f"{PATH}/facts")
    maker.send("material_vi", {"material_vi": "Hoa cúc", "weight_g": "50"})
    assert (
        other.send("material_vi", {"packaging_vi": "Hộp giấy", "material_en": "Daisies"}).status_code == 303
    )
    with changed.app_context():
        content = revisions.open_revision("product", "khan-det-tay-thu").content
    assert content["material"] == {"vi": "Hoa cúc", "en": "Daisies"}
    assert (content["weight_g"], content["packaging"]["vi"]) == ({"min": 50, "max": 50}, "Hộp giấy")


def test_of_two_versions_only_what_both_changed_is_asked_about(changed: Flask, maker: Browser) -> None:
    begin(maker)
    other = other_phone(changed, f"{PATH}/facts")
    maker.get(f"{PATH}/facts")
    maker.send("material_vi", {"material_vi": "Hoa cúc", "weight_g": "50"})
    other.send("material_vi", {"material_vi": "Hoa hồng", "packaging_vi": "Hộp giấy"})
    assert set(other.page.xpath("//main//input[@type='radio']/@name")) == {"take_material.vi"}
    other.send("take_material.vi", {"take_material.vi": "mine"})
    with changed.app_context():
        content = revisions.open_revision("product", "khan-det-tay-thu").content
    assert (content["material"]["vi"], content["weight_g"]["min"]) == ("Hoa hồng", 50)
    assert content["packaging"]["vi"] == "Hộp giấy"


def test_what_was_changed_again_while_somebody_chose_is_asked_about_again(
    changed: Flask, maker: Browser
) -> None:
    begin(maker)
    other = other_phone(changed, f"{PATH}/facts")
    maker.get(f"{PATH}/facts")
    maker.send("material_vi", {"material_vi": "Hoa cúc"})
    other.send("material_vi", {"material_vi": "Hoa hồng"})
    maker.get(f"{PATH}/facts")
    maker.send("material_vi", {"material_vi": "Hoa sen"})
    again = other.send("take_material.vi", {"take_material.vi": "mine"})
    assert again.status_code == 409
    assert "Hoa sen" in other.words()
    assert not other.page.xpath("//main//input[@checked]")
    other.send("take_material.vi", {"take_material.vi": "mine"})
    with changed.app_context():
        content = revisions.open_revision("product", "khan-det-tay-thu").content
    assert content["material"]["vi"] == "Hoa hồng"


def test_a_draft_keeps_what_cannot_be_read_and_names_it(maker: Browser) -> None:
    begin(maker)
    maker.get(f"{PATH}/facts")
    maker.send("length_cm", {"length_cm": "khoảng một sải", "material_vi": "bông"}, follow=True)
    assert maker.page.xpath("//input[@name='length_cm']/@value") == ["khoảng một sải"]
    assert "Write a number" in maker.words()
    assert maker.page.xpath("//input[@name='material_vi']/@value") == ["bông"]


@pytest.mark.parametrize("away", ["an hour later", "signed out and in again", "in another session"])
def test_a_form_that_cannot_be_taken_keeps_every_word(changed: Flask, maker: Browser, away: str) -> None:
    begin(maker)
    person = make_person(changed, "tuan@example.test", speaks_for=two_makers(changed)[0])
    browser = Browser(changed)
    browser.sign_in(person)
    browser.get(f"{PATH}/story")
    long = "Chiếc khăn. " * 170
    form = browser.form("description_vi")
    hidden = {node.get("name"): node.get("value", "") for node in form.xpath(".//input[@type='hidden']")}
    typed = hidden | TYPED | {"description_vi": long}
    moment = now()
    if away == "an hour later":
        moment += timedelta(minutes=61)
    else:
        browser.get("/account/")
        browser.send("sign-out")
        if away == "signed out and in again":
            browser.sign_in(person)
    with time_machine.travel(moment, tick=True):
        answer = browser.post(f"{PATH}/story", typed)
        assert answer.status_code == 303
        if "sign-in" in answer.location:
            browser.get(answer.location)
            browser.send("password", {"email": person.email, "password": person.password})
        if f"{PATH}/story?kept=" in browser.answer.location:
            browser.get(browser.answer.location)
            assert "press save once more" in browser.words()
            assert browser.page.xpath("//textarea[@name='description_vi']")[0].text.strip() == long.strip()
            browser.send("description_vi", TYPED | {"description_vi": long})
    with changed.app_context():
        stored = revisions.open_revision("product", "khan-det-tay-thu").content["description"]["vi"]
    assert stored == long.strip()


def test_a_kept_form_is_shown_to_nobody_else(changed: Flask, maker: Browser) -> None:
    begin(maker)
    seal = maker.page.xpath("//input[@name='seal']/@value")[0]
    path = Browser(changed).post(f"{PATH}/story", {"seal": seal, "name_vi": "Bí mật"}).location
    kept = path.partition("kept%3D")[2]
    other = Browser(changed)
    other.sign_in(make_person(changed, "x@example.test", speaks_for=two_makers(changed)[0]))
    assert "Bí mật" not in other.get(f"{PATH}/story?kept={kept}").text
    assert "Bí mật" in maker.get(f"{PATH}/story?kept={kept}").text


def test_the_same_form_sent_twice_makes_one_listing(changed: Flask, maker: Browser) -> None:
    maker.get("/studio/listings/new")
    form = maker.form("name_vi")
    hidden = {node.get("name"): node.get("value", "") for node in form.xpath(".//input[@type='hidden']")}
    first = maker.post("/studio/listings/new", hidden | TYPED)
    again = maker.post("/studio/listings/new", hidden | TYPED)
    assert (first.status_code, first.location) == (again.status_code, again.location)
    other = maker.post("/studio/listings/new", hidden | TYPED | {"name_vi": "Khác hẳn"})
    assert other.status_code == 409
    with changed.app_context():
        assert db.session.scalar(db.select(db.func.count()).select_from(Revision)) == 1


def test_another_makers_listing_is_refused(changed: Flask, maker: Browser) -> None:
    begin(maker)
    other = Browser(changed)
    other.sign_in(make_person(changed, "y@example.test", speaks_for=two_makers(changed)[1]))
    for path in ("", "/story", "/check", "/history", "/history/1"):
        assert other.get(PATH + path).status_code == 403, path
    other.get("/studio/")
    token = other.page.xpath("//input[@name='csrf_token']/@value")[0]
    for path in ("/story", "/submit", "/archive", "/quick", "/set-aside", "/take-back", "/history/1/restore"):
        assert other.post(PATH + path, {"csrf_token": token}).status_code == 403, path


def test_a_public_listing_is_edited_changed_at_once_archived_and_brought_back(
    changed: Flask, maker: Browser
) -> None:
    maker.get("/studio/")
    hrefs = maker.page.xpath("//main//a[starts-with(@href,'/studio/listings/')]/@href")
    code = next(href for href in hrefs if href.count("/") == 3 and "/new" not in href)
    page = maker.get(code)
    (public,) = maker.page.xpath("//main//a[starts-with(@href,'/en/products/')]/@href")
    assert page.status_code == 200
    maker.send("stock", {"stock": "to_order", "price": "12,5", "currency": "USD"}, follow=True)
    assert "Readers see it now" in maker.answer.text
    wrong = maker.get(code) and maker.send("stock", {"price": "12", "currency": ""})
    assert wrong.status_code == 422
    maker.get(code)
    maker.send("archive", follow=True)
    assert changed.test_client().get(public).status_code == 404
    maker.get(f"{code}/history/1")
    maker.send("restore", follow=True)
    assert maker.answer.request.path == f"{code}/check"


def test_what_is_changed_at_once_is_kept_while_somebody_signs_in(changed: Flask, maker: Browser) -> None:
    code = product_of(changed, two_makers(changed)[0])
    address = f"/studio/listings/{code}"
    maker.get(address)
    form = maker.form("stock")
    hidden = {node.get("name"): node.get("value", "") for node in form.xpath(".//input[@type='hidden']")}
    cookies = dict(maker.reader._cookies)
    maker.reader._cookies.clear()
    answer = maker.post(f"{address}/quick", hidden | {"price": "12,5", "currency": "USD"})
    maker.reader._cookies.update(cookies)
    maker.get(unquote(answer.location).partition("next=")[2])
    assert maker.page.xpath("//input[@name='price']/@value") == ["12.5"]
    maker.send("stock", {"price": "12,5", "currency": "USD"}, follow=True)
    assert "Readers see it now" in maker.answer.text
    maker.get(f"{address}/quick")  # where a change of language leads from a form that was refused
    assert maker.answer.location == address


def other_phone(changed: Flask, address: str) -> Browser:
    """Another person of the same maker, with the listing open."""
    browser = Browser(changed)
    browser.sign_in(make_person(changed, "mai@example.test", speaks_for=two_makers(changed)[0]))
    browser.get(address)
    return browser


def live_price_and_stock(changed: Flask, code: str) -> tuple[object, object]:
    with changed.app_context():
        shown = db.session.scalars(select(Product).where(Product.code == code)).one()
        return shown.price and int(shown.price), shown.stock


def test_two_people_change_different_things_at_once_and_both_stay(changed: Flask, maker: Browser) -> None:
    code = product_of(changed, two_makers(changed)[0])
    maker.get(f"/studio/listings/{code}")
    mai = other_phone(changed, f"/studio/listings/{code}")
    maker.send("stock", {"price": "500000", "currency": "VND", "stock": ""}, follow=True)
    mai.send("stock", {"price": "", "currency": "", "stock": "sold_out"}, follow=True)
    assert "Readers see it now" in mai.answer.text
    assert live_price_and_stock(changed, code) == (500000, "sold_out")


@pytest.mark.parametrize(("taken", "price"), [("theirs", 500000), ("mine", 700000)])
def test_two_people_change_the_same_at_once_and_the_second_chooses(
    changed: Flask, maker: Browser, taken: str, price: int
) -> None:
    code = product_of(changed, two_makers(changed)[0])
    maker.get(f"/studio/listings/{code}")
    mai = other_phone(changed, f"/studio/listings/{code}")
    maker.send("stock", {"price": "500000", "currency": "VND", "stock": ""}, follow=True)
    refused = mai.send("stock", {"price": "700000", "currency": "VND", "stock": "to_order"})
    assert refused.status_code == 409
    assert live_price_and_stock(changed, code)[0] == 500000
    assert "500,000" in mai.words()
    assert "700,000" in mai.words()
    assert set(mai.page.xpath("//main//input[@type='radio']/@name")) == {"take_price"}
    mai.send("take_price", {"take_price": taken}, follow=True)
    assert "Readers see it now" in mai.answer.text
    assert live_price_and_stock(changed, code) == (price, "to_order")


@pytest.mark.parametrize(("taken", "price"), [("theirs", None), ("mine", 33000)])
def test_a_price_and_on_request_are_one_choice(
    changed: Flask, maker: Browser, taken: str, price: int | None
) -> None:
    code = product_of(changed, two_makers(changed)[0])
    maker.get(f"/studio/listings/{code}")
    mai = other_phone(changed, f"/studio/listings/{code}")
    maker.send("stock", {"price_on_request": "on"}, follow=True)
    refused = mai.send("stock", {"price": "33.000", "currency": "VND"})
    assert refused.status_code == 409
    assert "Price on request: Yes" in mai.words()
    mai.send("take_price", {"take_price": taken}, follow=True)
    assert "Readers see it now" in mai.answer.text or taken == "theirs"
    assert live_price_and_stock(changed, code)[0] == price


def test_the_opening_hours_of_two_languages_both_stay(changed: Flask, maker: Browser) -> None:
    code = two_makers(changed)[0]
    maker.get(f"/studio/producers/{code}")
    mai = other_phone(changed, f"/studio/producers/{code}")
    maker.send("opening_hours_vi", {"opening_hours_vi": "8–17 giờ"}, follow=True)
    mai.send("opening_hours_vi", {"opening_hours_en": "8 to 5"}, follow=True)
    assert "Readers see it now" in mai.answer.text
    assert "8–17 giờ" in mai.get(f"/studio/producers/{code}").text


@pytest.mark.parametrize(
    "seen", ['{"season_months":5}', '{"price":{"vi":1,"en":2}}', '{"stock":{}}', "[" * 9999, '"no"', "NaN"]
)
def test_nothing_that_a_form_claims_to_have_seen_breaks_it(changed: Flask, maker: Browser, seen: str) -> None:
    code = product_of(changed, two_makers(changed)[0])
    maker.get(f"/studio/listings/{code}")
    answer = maker.send("stock", {"stock": "to_order", "season_months": ["3"], "seen": seen})
    assert answer.status_code in {303, 409}
    if answer.status_code == 409:
        parts = maker.page.xpath("string(//main//input[@name='asked']/@value)").split()
        taken = {f"take_{part}": which for part, which in zip(parts, ["theirs", "mine"] * 9, strict=False)}
        assert maker.send("asked", taken | {"theirs": seen}).status_code in {303, 409}


def test_a_script_that_changes_at_once_is_told_and_the_message_waits_for_a_page(
    changed: Flask, maker: Browser
) -> None:
    code = product_of(changed, two_makers(changed)[0])
    maker.get(f"/studio/listings/{code}")
    sent = maker.send("stock", {"stock": "to_order"}, headers={"Accept": "application/json"})
    assert (sent.status_code, sent.data) == (204, b"")
    assert "Readers see it now" in maker.get(f"/studio/listings/{code}").text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_years_have_no_thousands_and_decimals_stay_decimals(changed: Flask, language: str) -> None:
    maker_code = two_makers(changed)[0]
    browser = Browser(changed, language)
    browser.sign_in(make_person(changed, speaks_for=maker_code, language=language))
    browser.get(f"/studio/producers/{maker_code}/facts")
    browser.send("since", {"since": "1994"})
    browser.get(f"/studio/producers/{maker_code}/facts")
    assert browser.page.xpath("//input[@name='since']/@value") == ["1994"]
    with changed.test_request_context(f"/{language}/"):
        for kept in (12.125, 0.125, 1250, 1234.5, 0.0625):
            assert fields.number(listing_words.typed(kept)) == kept


def test_the_makers_own_page_has_the_same_editor(maker: Browser) -> None:
    maker.get("/studio/")
    own = maker.page.xpath("//main//a[contains(@href,'/studio/producers/')]/@href")[0]
    for step in ("story", "facts", "trade"):
        assert maker.get(f"{own}/{step}").status_code == 200
    maker.send("opening_hours_vi", {"opening_hours_vi": "8–17 giờ", "way_vi": "Từ chợ đi 6 km."}, follow=True)
    assert maker.answer.request.path == f"{own}/check"
    assert "8–17 giờ" in maker.words()


def price_brocade(changed: Flask, number: int) -> None:
    with changed.app_context():
        brocade = db.select(Product).join(Category).where(Category.code == "brocade").limit(number)
        with transaction():
            for product in db.session.scalars(brocade):
                product.price, product.currency, product.unit = 700000, "VND", "piece"


def test_a_far_price_is_asked_about_once_before_it_is_on_show(changed: Flask) -> None:
    price_brocade(changed, 4)
    with changed.app_context():
        priced = db.select(Product.code, Producer.code).join(Product.producer).where(Product.price == 700000)
        code, owner = db.session.execute(priced.limit(1)).one()
    maker = Browser(changed)
    maker.sign_in(make_person(changed, "det@example.test", speaks_for=owner))
    maker.get(f"/studio/listings/{code}")
    asked = maker.send("stock", {"price": "68.000", "currency": "VND", "stock": "to_order"})
    assert asked.status_code == 422
    assert "Is a 0 missing" in maker.words()
    assert maker.page.xpath("//input[@name='price']/@value") == ["68,000"]
    assert live_price_and_stock(changed, code)[0] == 700000
    again = maker.send("stock", {"price": "6.800", "currency": "VND"})
    assert again.status_code == 422
    maker.send("stock", {"price": "6.800", "currency": "VND"}, follow=True)
    assert "Readers see it now" in maker.answer.text
    assert live_price_and_stock(changed, code)[0] == 6800
    maker.send("stock", {"price": "6.800", "currency": "VND", "stock": "sold_out"}, follow=True)
    assert live_price_and_stock(changed, code) == (6800, "sold_out")


def test_a_far_price_is_asked_about_and_never_refused(changed: Flask, maker: Browser) -> None:
    price_brocade(changed, 3)
    begin(maker)
    maker.get(f"{PATH}/trade")
    answer = maker.send("price", {"price": "68.000", "currency": "VND", "unit": "piece"})
    assert answer.status_code == 303
    assert "Is a 0 missing" in maker.get(f"{PATH}/trade").text


def test_the_same_form_sent_at_the_same_moment_makes_one_listing(changed: Flask, maker: Browser) -> None:
    maker.get("/studio/listings/new")
    form = maker.form("name_vi")
    hidden = {node.get("name"): node.get("value", "") for node in form.xpath(".//input[@type='hidden']")}
    cookies = "; ".join(f"{one.key}={one.value}" for one in maker.reader._cookies.values())

    def send(_number: int) -> tuple[int, str | None]:
        reader = changed.test_client(use_cookies=False)
        answer = reader.post("/studio/listings/new", data=hidden | TYPED, headers={"Cookie": cookies})
        return answer.status_code, answer.location

    with ThreadPoolExecutor(4) as senders:
        answers = set(senders.map(send, range(4)))
    assert answers == {(303, f"{PATH}/story")}
    with changed.app_context():
        assert db.session.scalar(db.select(db.func.count()).select_from(Revision)) == 1


def test_letters_tell_the_reviewers_and_then_the_author(
    changed: Flask, maker: Browser, reviewer: Browser
) -> None:
    begin(maker)
    maker.get(f"{PATH}/check")
    maker.send("submit")
    drain(changed, "test")
    (to_review,) = letters(changed)
    assert (to_review["to"], to_review["subject"]) == ("officer@example.test", "To review: Trial shawl")
    assert "/staff/reviews/1" in to_review.get_content()
    reviewer.get("/staff/reviews/1")
    reviewer.send("reasons", {"reasons": ["words"], "reason": "Shorter, please."})
    drain(changed, "test")
    assert "Shorter, please." in letters(changed)[-1].get_content()
    maker.get(f"{PATH}/check")
    maker.send("submit")
    reviewer.get("/staff/reviews/1")
    reviewer.send("moment")
    drain(changed, "test")
    assert letters(changed)[-1]["subject"] == "Public now: Trial shawl"
    assert "khan-det-tay-thu" in changed.test_client().get("/vi/tim?q=khan det tay thu").text


def test_readers_are_told_of_a_translation_that_is_older_than_its_source(
    changed: Flask, maker: Browser, reviewer: Browser
) -> None:
    for number, told in (("Bảy ngày.", False), ("Mười ngày.", True)):
        if told:
            maker.get(f"{PATH}/story")
        else:
            begin(maker)
        maker.send("description_vi", TYPED | {"summary_vi": number, "summary_en": "Seven days."})
        maker.get(f"{PATH}/check")
        maker.send("submit")
        reviewer.get("/staff/reviews")
        reviewer.get(reviewer.page.xpath("//main//a[contains(., 'shawl')]/@href")[0])
        reviewer.send("moment")
        english = changed.test_client().get("/en/products/trial-shawl").text
        assert ("older than the text it was made from" in english) is told
    assert "cũ hơn" not in changed.test_client().get("/vi/san-pham/khan-det-tay-thu").text


def test_every_step_leads_to_its_part_of_the_guide(maker: Browser, loaded: Flask) -> None:
    begin(maker)
    parts = set(document_fromstring(loaded.test_client().get("/en/help/producers").data).xpath("//h2/@id"))
    for step in ("photographs", "story", "facts", "trade", "check"):
        maker.get(f"{PATH}/{step}")
        assert maker.page.xpath("//main//a[contains(@href, '/help/producers#')]/@href") == [
            f"/en/help/producers#{step}"
        ]
        assert step in parts
    maker.get("/studio/")
    assert maker.page.xpath("//main//a[@href='/en/help/producers']")
