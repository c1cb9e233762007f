"""A maker reads and answers what visitors ask; the office passes on what nobody else reads."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from catalogue.accounts.queries import user_by_email
from catalogue.database import db
from catalogue.enquiries.models import EnquiryMessage, EnquiryPart
from catalogue.jobs.worker import drain
from tests.people import Browser, Person, ask_for, letters, make_person, two_makers

ANSWER = {"text": "Dạ còn. Màu chàm có 120 chiếc.", "language": "vi"}


@pytest.fixture
def maker(changed: Flask) -> Browser:
    browser = Browser(changed)
    browser.sign_in(make_person(changed, "lan@example.test", speaks_for=two_makers(changed)[0]))
    return browser


@pytest.fixture
def registrar(changed: Flask) -> Browser:
    browser = Browser(changed)
    browser.sign_in(make_person(changed, "registrar@example.test", roles=frozenset({"registrar"})))
    return browser


def state(app: Flask, part_id: int = 1) -> str:
    with app.app_context():
        return db.session.get(EnquiryPart, part_id).state


def sent_to(app: Flask, address: str) -> list:
    drain(app, "test")
    return [letter for letter in letters(app) if letter["To"] == address]


def test_a_maker_finds_an_enquiry_reads_it_and_answers(changed: Flask, maker: Browser) -> None:
    ask_for(changed)
    assert "1 not read yet" in maker.get("/studio/").text
    maker.get("/studio/enquiries")
    [href] = maker.page.xpath("//main//ul[contains(@class, 'lines')]//a/@href")
    maker.get(href)
    assert "Hai trăm chiếc cho Tết" in maker.words()
    assert "anna@example.test" in maker.words()
    assert state(changed) == "new"  # a GET changes nothing
    maker.send("read", follow=True)
    assert state(changed) == "read"
    answer = maker.send("text", ANSWER, follow=True)
    assert "on its way to the visitor" in answer.text
    assert ANSWER["text"] in maker.words()
    assert state(changed) == "answered"
    acknowledgement, letter = sent_to(changed, "anna@example.test")
    assert "is kept" in acknowledgement["Subject"]
    assert ANSWER["text"] in letter.get_content()
    assert "lan@example.test" not in letter.as_string()
    assert f"/en/enquire?producers={two_makers(changed)[0]}" in letter.get_content()


@pytest.mark.parametrize(("language", "form"), [("vi", "/vi/hoi-mua?"), ("en", "/en/enquire?")])
def test_the_letter_around_an_answer_is_in_the_visitor_s_language(
    changed: Flask, maker: Browser, language: str, form: str
) -> None:
    ask_for(changed, language=language)
    maker.get("/studio/enquiries/1")
    assert maker.page.xpath("string(//select[@name='language']/option[@selected]/@value)") == language
    maker.send("text", ANSWER | {"language": "en" if language == "vi" else "vi"})
    assert form in sent_to(changed, "anna@example.test")[-1].get_content()


def test_an_answer_that_a_phone_sends_twice_is_one_letter(changed: Flask, maker: Browser) -> None:
    ask_for(changed)
    sending = {"Accept": "application/json", "Idempotency-Key": "0c7e6a3e-6a0b-4a57-9f0e-1c4a4f2f6a11"}
    for _ in range(2):
        token = maker.get("/studio/uploads").json["token"]
        said = maker.post("/studio/enquiries/1", ANSWER, headers=sending | {"X-CSRFToken": token})
        assert said.status_code == 204
    assert "on its way to the visitor" in maker.get("/studio/enquiries/1").text
    assert len(maker.page.xpath("//div[@class='letter']")) == 1


def test_another_maker_s_enquiry_is_not_there(changed: Flask, maker: Browser) -> None:
    ask_for(changed, producers=two_makers(changed)[1:])
    maker.get("/studio/enquiries")
    assert maker.page.xpath("//main//ul[contains(@class, 'lines')]//a") == []
    assert maker.get("/studio/enquiries/1").status_code == 404
    token = maker.get("/studio/").text.partition('name="csrf_token" value="')[2].partition('"')[0]
    for way in ("", "/read", "/close", "/reopen"):
        answer = maker.post(f"/studio/enquiries/1{way}", ANSWER | {"csrf_token": token})
        assert answer.status_code == 404
    assert maker.get("/staff/enquiries/1").status_code == 403
    assert state(changed) == "new"
    assert len(sent_to(changed, "anna@example.test")) == 1


def test_one_maker_does_not_see_what_the_other_was_asked(changed: Flask, maker: Browser) -> None:
    ask_for(changed, producers=two_makers(changed))
    maker.get("/studio/enquiries")
    assert len(maker.page.xpath("//main//ul[contains(@class, 'lines')]//a")) == 1
    assert maker.get("/studio/enquiries/1").status_code == 200
    assert maker.get("/studio/enquiries/2").status_code == 404


def test_an_answer_sent_twice_goes_out_once(changed: Flask, maker: Browser) -> None:
    ask_for(changed)
    page = maker.get("/studio/enquiries/1")
    maker.send("text", ANSWER)
    maker.answer = page
    assert maker.send("text", ANSWER).status_code == 303
    with changed.app_context():
        assert len(db.session.scalars(select(EnquiryMessage)).all()) == 1
    assert len(sent_to(changed, "anna@example.test")) == 2  # the acknowledgement and the answer


@pytest.mark.parametrize("text", ["", " \n", "x" * 4001])
def test_an_answer_that_cannot_go_is_shown_again(changed: Flask, maker: Browser, text: str) -> None:
    ask_for(changed)
    maker.get("/studio/enquiries/1")
    answer = maker.send("text", {"text": text, "language": "en"})
    assert answer.status_code == 422
    assert (maker.page.xpath("//*[@id='text']")[0].text or "").strip() == text.strip()
    assert maker.page.xpath("string(//select[@name='language']/option[@selected]/@value)") == "en"
    assert state(changed) == "new"


def test_what_was_closed_meanwhile_keeps_the_words_and_can_be_opened_again(
    changed: Flask, maker: Browser
) -> None:
    ask_for(changed)
    page = maker.get("/studio/enquiries/1")
    maker.send("close", follow=True)
    assert state(changed) == "closed"
    maker.answer = page
    answer = maker.send("text", ANSWER)
    assert (answer.status_code, ANSWER["text"] in answer.text) == (422, True)
    maker.get("/studio/enquiries/1")
    maker.send("reopen", follow=True)
    assert state(changed) == "read"
    assert maker.send("text", ANSWER).status_code == 303


def test_an_expired_sign_in_loses_no_answer(changed: Flask, maker: Browser) -> None:
    ask_for(changed)
    maker.get("/studio/enquiries/1")
    form = maker.answer
    maker.reader.delete_cookie("form")
    maker.answer = form
    lost = maker.send("text", ANSWER)
    assert lost.status_code == 303
    back = unquote(parse_qs(urlsplit(lost.location).query)["next"][0])
    assert back.startswith("/studio/enquiries/1?kept=")
    with changed.app_context():
        known = user_by_email("lan@example.test").id
    maker.sign_in(Person(known, "lan@example.test"), "/studio/")
    maker.get(back)
    assert maker.page.xpath("//*[@id='text']")[0].text.strip() == ANSWER["text"]
    assert maker.send("text", ANSWER).status_code == 303


def test_a_robot_s_enquiry_reaches_the_office_only(
    changed: Flask, maker: Browser, registrar: Browser
) -> None:
    ask_for(changed, suspect=True)
    assert "0 not read yet" in maker.get("/studio/").text
    maker.get("/studio/enquiries")
    assert maker.page.xpath("//main//ul[contains(@class, 'lines')]//a") == []
    assert "perhaps sent by a robot" in registrar.get("/staff/enquiries?stage=robots").text
    assert registrar.get("/staff/enquiries").text.count("HM-") == 0


def test_the_office_passes_on_what_nobody_of_a_maker_reads(changed: Flask, registrar: Browser) -> None:
    make_person(changed, "lan@example.test", speaks_for=two_makers(changed)[0])
    ask_for(changed, producers=two_makers(changed))
    assert "1 to pass on" in registrar.get("/staff/").text
    registrar.get("/staff/enquiries")
    [href] = registrar.page.xpath("//main//tbody//th/a/@href")
    registrar.get(href)
    assert "To be passed on" in registrar.words()
    registrar.send("passed-on", follow=True)
    assert "Passed on, not answered" in registrar.words()
    assert state(changed, 2) == "read"
    assert "0 to pass on" in registrar.get("/staff/").text
    assert "Nothing waits." in registrar.get("/staff/enquiries").text


def test_the_office_answers_for_a_maker_and_the_letter_says_so(changed: Flask, registrar: Browser) -> None:
    ask_for(changed)
    registrar.get("/studio/enquiries/1")
    registrar.send("text", ANSWER | {"language": "en"}, follow=True)
    assert "trade promotion" in registrar.words()
    letter = sent_to(changed, "anna@example.test")[-1]
    assert "The trade promotion office answers for" in letter.get_content()
    assert "registrar@example.test" not in letter.as_string()
