"""A producer applies; the office sees the papers, and says yes or no."""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask
from lxml.html import document_fromstring
from PIL import Image
from sqlalchemy import select

from catalogue.accounts import queries
from catalogue.accounts.models import Application
from catalogue.database import db
from tests.people import Browser, letters, link_in, make_person, two_makers

TYPED = {
    "producer": "Tổ dệt B'Nơr C",
    "place": "xã Lát",
    "craft": "dệt thổ cẩm",
    "person": "K'Glong",
    "email": "klong@example.test",
    "telephone": "0912 345 678",
    "text": "Dệt từ năm 1998.",
}
FORMS = {"vi": "/vi/tham-gia", "en": "/en/join"}


def photograph(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return out.getvalue()


def paper(content: bytes, name: str = "giay.jpg"):
    return io.BytesIO(content), name


def apply(browser: Browser, language: str = "en", papers: list | None = None, **typed: str):
    browser.get(FORMS[language])
    values = TYPED | typed | ({"papers": papers} if papers else {})
    return browser.send("producer", values, content_type="multipart/form-data")


def kept(app: Flask) -> list[Application]:
    with app.app_context():
        return list(db.session.scalars(select(Application).order_by(Application.id)))


@pytest.fixture
def registrar(changed: Flask) -> Browser:
    browser = Browser(changed)
    browser.sign_in(make_person(changed, "registrar@example.test", roles=frozenset({"registrar"})))
    return browser


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_application_is_kept_with_its_papers_and_gets_a_number(changed: Flask, language: str) -> None:
    browser = Browser(changed, language)
    answer = apply(browser, language, [paper(photograph()), paper(b"%PDF-1.7 ...", "giay.pdf")])
    assert answer.status_code == 303
    [application] = kept(changed)
    assert (application.producer, application.place, application.state) == (
        TYPED["producer"],
        "xã Lát",
        "new",
    )
    assert (application.language, application.suspect) == (language, False)
    page = browser.get(answer.location)
    assert application.reference in browser.words()
    assert (page.headers["Cache-Control"], page.headers["X-Robots-Tag"]) == ("no-store", "noindex")
    [letter] = letters(changed)
    assert letter["To"] == TYPED["email"]
    assert application.reference in letter["Subject"]


def test_the_office_sees_the_papers_and_nobody_else_does(changed: Flask, registrar: Browser) -> None:
    first = photograph()
    apply(Browser(changed), papers=[paper(first), paper(b"%PDF-1.7 ...", "giay.pdf")])
    [application] = kept(changed)
    registrar.get("/staff/applications", follow=True)
    assert TYPED["producer"] in registrar.words()
    registrar.get(f"/staff/applications/{application.id}")
    shown = registrar.page.xpath("//ul[@class='papers']//a/@href")
    assert len(shown) == 2
    answer = registrar.get(shown[0])
    assert (answer.data, answer.mimetype, answer.headers["Cache-Control"]) == (
        first,
        "image/jpeg",
        "no-store",
    )
    assert "attachment" in registrar.get(shown[1]).headers["Content-Disposition"]
    assert registrar.get(f"/staff/applications/{application.id}/papers/3").status_code == 404
    assert Browser(changed).get(shown[0]).status_code == 303
    maker = Browser(changed)
    maker.sign_in(make_person(changed, speaks_for=two_makers(changed)[0]))
    assert maker.get(shown[0]).status_code == 403
    reviewer = Browser(changed)
    reviewer.sign_in(make_person(changed, "reviewer@example.test", roles=frozenset({"reviewer"})))
    assert reviewer.get(shown[0]).status_code == 403


def test_a_yes_invites_and_an_application_is_decided_once(changed: Flask, registrar: Browser) -> None:
    apply(Browser(changed), "vi")
    [application] = kept(changed)
    registrar.get(f"/staff/applications/{application.id}")
    assert registrar.send("/accept", {"producer": "", "voice": "owner"}).status_code == 422
    assert (
        registrar.send("/accept", {"producer": two_makers(changed)[0], "voice": "owner"}).status_code == 303
    )
    assert kept(changed)[0].state == "accepted"
    letter = letters(changed)[-1]
    assert letter["To"] == TYPED["email"]
    assert Browser(changed).get(link_in(letter)).status_code == 200
    token = {
        "csrf_token": registrar.get("/staff/people")
        and registrar.page.xpath("string(//input[@name='csrf_token']/@value)")
    }
    again = registrar.post(
        f"/staff/applications/{application.id}/accept",
        token | {"producer": two_makers(changed)[0], "voice": "owner"},
    )
    assert again.status_code == 422
    assert len(letters(changed)) == 2
    assert application.producer not in registrar.get("/staff/applications").text


def test_a_no_needs_a_reason_and_sends_it(changed: Flask, registrar: Browser) -> None:
    apply(Browser(changed))
    [application] = kept(changed)
    registrar.get(f"/staff/applications/{application.id}")
    assert registrar.send("/decline", {"reason": " "}).status_code == 422
    assert registrar.send("/decline", {"reason": "The papers cannot be read."}).status_code == 303
    assert (kept(changed)[0].state, kept(changed)[0].reason) == ("declined", "The papers cannot be read.")
    assert "The papers cannot be read." in letters(changed)[-1].get_content()


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("producer", "", "Write the name of the business"),
        ("place", " ", "Write the commune"),
        ("craft", "", "Write what you make"),
        ("person", "", "Write the name of the person"),
        ("email", "", "Give an e-mail address"),
        ("email", "klong@", "Check the address"),
        ("telephone", "9" * 201, "under 200 signs"),
        ("text", "a" * 4001, "under 4000 signs"),
    ],
)
def test_bad_input_is_told_next_to_its_field_and_all_is_kept(
    changed: Flask, field: str, value: str, told: str
) -> None:
    browser = Browser(changed)
    answer = apply(browser, papers=[paper(photograph())], **{field: value})
    assert answer.status_code == 422
    assert kept(changed) == []
    assert told in browser.page.xpath(f"string(//*[@id='{field}-error'])")
    for name, typed in (TYPED | {field: value.strip()}).items():
        shown = browser.page.xpath(f"//*[@id='{name}']")[0]
        assert (shown.text or "").strip() == typed if shown.tag == "textarea" else shown.get("value") == typed
    assert "1 paper is kept already" in browser.words()
    # The photograph need not be chosen again, and sending it again keeps it once.
    assert (
        browser.send(
            "producer", TYPED | {"papers": [paper(photograph())]}, content_type="multipart/form-data"
        ).status_code
        == 303
    )
    browser.get(browser.answer.location)
    assert "1 paper came with it" in browser.words()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<script>alert(1)</script>", "neither a photograph nor a PDF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "neither a photograph nor a PDF"),
        (b"\xff\xd8\xff" + b"0" * (8 * 1024 * 1024), "larger than 8 MB"),
    ],
)
def test_what_is_no_paper_is_refused(changed: Flask, content: bytes, told: str) -> None:
    browser = Browser(changed)
    assert apply(browser, papers=[paper(content, "x.jpg")]).status_code == 422
    assert told in browser.page.xpath("string(//*[@id='papers-error'])")


def test_every_paper_that_can_be_kept_is_and_each_other_is_named(changed: Flask) -> None:
    browser = Browser(changed)
    papers = [paper(photograph("red"), "a.jpg"), paper(b"<svg>", "b.jpg"), paper(photograph("blue"), "c.jpg")]
    assert apply(browser, papers=[*papers, paper(b"no", "d.pdf")]).status_code == 422
    error = browser.page.xpath("string(//*[@id='papers-error'])")
    assert "“b.jpg” is neither" in error
    assert "“d.pdf” is neither" in error
    assert "2 papers are kept already" in browser.words()


def test_a_form_without_its_token_keeps_what_was_typed_and_no_papers(changed: Flask) -> None:
    browser = Browser(changed)
    answer = browser.post(
        FORMS["en"], TYPED | {"papers": [paper(photograph())]}, content_type="multipart/form-data"
    )
    assert answer.status_code == 422
    assert "Please send it once more" in browser.words()
    assert "is kept already" not in browser.words()
    assert browser.page.xpath("string(//*[@id='producer']/@value)") == TYPED["producer"]
    assert kept(changed) == []


@pytest.mark.parametrize("draft", ["../../etc", "a/b/c/d/e/f/g", "", "x" * 41])
def test_nobody_names_a_folder_of_ours(changed: Flask, draft: str) -> None:
    browser = Browser(changed)
    apply(browser, draft=draft, papers=[paper(photograph())])
    assert re.fullmatch(r"[\w-]{10,40}", kept(changed)[0].draft)


def test_what_a_robot_fills_in_is_kept_and_marked(changed: Flask, registrar: Browser) -> None:
    assert apply(Browser(changed), homepage="http://spam.example").status_code == 303
    assert kept(changed)[0].suspect
    assert "perhaps sent by a robot" in registrar.get("/staff/applications").text


def test_the_same_application_sent_twice_is_one(changed: Flask) -> None:
    browser = Browser(changed)
    browser.get(FORMS["en"])
    form = {
        node.get("name"): node.get("value", "")
        for node in browser.page.xpath("//main//input[@type='hidden']")
    }
    first, second = (browser.post(FORMS["en"], form | TYPED) for _ in range(2))
    assert first.location == second.location
    assert len(kept(changed)) == 1


def test_the_eleventh_application_of_a_minute_waits_and_keeps_its_text(changed: Flask) -> None:
    answers = [apply(Browser(changed), text=f"Number {number}") for number in range(11)]
    assert [answer.status_code for answer in answers] == [303] * 10 + [429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert document_fromstring(answers[-1].data).xpath("string(//*[@id='text'])").strip() == "Number 10"


def test_nobody_reads_another_one_s_number(changed: Flask) -> None:
    assert Browser(changed).get("/en/join/received/MQ.forged").status_code == 404


def test_an_application_counts_no_version_of_the_catalogue(changed: Flask) -> None:
    from catalogue import version

    with changed.app_context():
        before = version.current()
    apply(Browser(changed))
    with changed.app_context():
        assert version.current() == before
        assert queries.waiting_application_number()
