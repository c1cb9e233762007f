"""Certificates that makers say they have: shown with a paper, decided by the registrar, not public."""

from __future__ import annotations

import io

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from catalogue.certification.models import Certificate
from catalogue.database import db, transaction
from catalogue.jobs.worker import drain
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from tests.people import Browser, Person, letters, make_person, product_of, two_makers

PAPER = b"%PDF-1.7 a paper"


@pytest.fixture
def listing(changed: Flask) -> str:
    return product_of(changed, two_makers(changed)[0])


@pytest.fixture
def person(changed: Flask) -> Person:
    return make_person(changed, speaks_for=two_makers(changed)[0])


@pytest.fixture
def maker(changed: Flask, person: Person) -> Browser:
    browser = Browser(changed)
    browser.sign_in(person)
    return browser


@pytest.fixture
def registrar(changed: Flask) -> Browser:
    browser = Browser(changed)
    browser.sign_in(make_person(changed, "registrar@example.test", roles=frozenset({"registrar"})))
    return browser


def show_paper(browser: Browser, listing: str, *, paper: bytes = PAPER, **typed: str):
    browser.get(f"/studio/listings/{listing}/certificates")
    chosen = browser.page.xpath("//select[@name='certificate']/option[starts-with(@value, 'ocop:')]/@value")
    values = {"certificate": chosen[0] if chosen else "", "issued": "03/2025", "number": "12/QĐ"} | typed
    files = {"papers": (io.BytesIO(paper), "paper.pdf")} if paper else {}
    return browser.send("certificate", values | files)


def test_a_maker_shows_a_paper_and_hears_what_became_of_it(
    changed: Flask, maker: Browser, registrar: Browser, listing: str
) -> None:
    assert show_paper(maker, listing).status_code == 303
    assert "March 2025" in maker.get(maker.answer.location).text
    own = maker.page.xpath("//*[@class='papers']//a/@href")[0]
    assert maker.get(own).data == PAPER

    assert "12/QĐ" in registrar.get("/staff/claims").text
    assert registrar.get(registrar.page.xpath("//*[@class='papers']//a/@href")[0]).data == PAPER
    registrar.get("/staff/claims")
    assert registrar.send("/decline", {"reason": " "}).status_code == 422
    assert registrar.send("/decline", {"reason": "The back is missing."}).status_code == 303
    assert "Nothing waits." in registrar.get("/staff/claims").text

    drain(changed, "tests", ["claim.decided"])
    [letter] = letters(changed)
    assert letter["To"] == "lan@example.test"
    assert "The back is missing." in letter.get_content()
    assert "The back is missing." in maker.get("/studio/").text
    assert show_paper(maker, listing, paper=PAPER + b"2").status_code == 303
    registrar.get("/staff/claims")
    [way] = registrar.page.xpath("//a[contains(@href, '/staff/certificates/claims/')]/@href")
    registrar.get(way, follow=True)
    typed = {"evidence": "document", "level": "3", "number": "12/QĐ", "issued": "03/2025"}
    assert registrar.send("evidence", typed).status_code == 303, registrar.words()
    assert "Stands in the register now" in maker.get(f"/studio/listings/{listing}/certificates").text


def test_readers_see_nothing_of_what_is_only_claimed(changed: Flask, maker: Browser, listing: str) -> None:
    with changed.app_context():
        before = set(db.session.scalars(select(Certificate.code)))
    show_paper(maker, listing)
    with changed.app_context():
        assert set(db.session.scalars(select(Certificate.code))) == before
    for reader in (Browser(changed), other_member(changed)):
        assert reader.get(f"/studio/listings/{listing}/certificates/1/papers/1").status_code in {303, 403}
    assert Browser(changed).get("/media/papers/1").status_code == 404


def other_member(changed: Flask) -> Browser:
    browser = Browser(changed)
    browser.sign_in(make_person(changed, "other@example.test", speaks_for=two_makers(changed)[1]))
    return browser


def test_a_claim_is_found_under_no_other_listing(changed: Flask, maker: Browser, listing: str) -> None:
    show_paper(maker, listing)
    own = two_makers(changed)[0]
    assert maker.get(f"/studio/producers/{own}/certificates/1/papers/1").status_code == 404


@pytest.mark.parametrize(
    ("typed", "paper", "told"),
    [
        ({}, b"", "Choose a photograph of the paper"),
        ({}, b"<svg>", "is neither a photograph nor a PDF"),
        ({"certificate": ""}, PAPER, "Choose one of the list"),
        ({"certificate": "nghe-nhan:uu-tu"}, PAPER, "Choose one of the list"),  # granted to a person
        ({"issued": "last spring"}, PAPER, "Write a day, a month or a year"),
        ({"expires": "31/02/2027"}, PAPER, "Write a day, a month or a year"),
        ({"number": "x" * 101}, PAPER, "Keep it under 100 signs"),
    ],
)
def test_what_is_wrong_is_told_and_everything_else_is_kept(
    changed: Flask, maker: Browser, listing: str, typed: dict[str, str], paper: bytes, told: str
) -> None:
    answer = show_paper(maker, listing, paper=paper, **({"number": "12/QĐ"} | typed))
    assert answer.status_code == 422
    assert told in maker.words()
    assert maker.page.xpath("string(//input[@name='number']/@value)") == typed.get("number", "12/QĐ")
    if paper == PAPER:
        assert "1 paper is kept already" in maker.words()
        mended = {"certificate": "ocop:4", "number": "1", "issued": "", "expires": "2027-05"}
        assert maker.send("certificate", mended).status_code == 303


def test_a_form_that_is_sent_twice_makes_one_claim(changed: Flask, maker: Browser, listing: str) -> None:
    maker.get(f"/studio/listings/{listing}/certificates")
    hidden = {node.get("name"): node.get("value") for node in maker.form("certificate").xpath(".//input")}
    typed = {"certificate": "ocop:4", "csrf_token": hidden["csrf_token"], "draft": hidden["draft"]}
    for _ in range(2):
        sent = typed | {"papers": (io.BytesIO(PAPER), "paper.pdf")}
        assert maker.post(f"/studio/listings/{listing}/certificates", sent).status_code == 303
    maker.get(f"/studio/listings/{listing}/certificates")
    assert len(maker.page.xpath("//article")) == 1


def test_an_expired_sign_in_loses_neither_words_nor_papers(
    changed: Flask, maker: Browser, listing: str
) -> None:
    maker.get(f"/studio/listings/{listing}/certificates")
    maker.reader.delete_cookie("form")
    page = f"/studio/listings/{listing}/certificates"
    sent = {node.get("name"): node.get("value") for node in maker.form("certificate").xpath(".//input")}
    sent = {name: value or "" for name, value in sent.items() if name not in {"papers", None}}
    typed = sent | {"certificate": "ocop:4", "number": "77", "papers": (io.BytesIO(PAPER), "p.pdf")}
    led = maker.post(page, typed)
    assert led.location.startswith("/account/sign-in")
    maker.get(led.location)
    maker.send("password", {"email": "lan@example.test", "password": "một câu dễ nhớ"})
    maker.get(maker.answer.location)
    assert "1 paper is kept already" in maker.words()
    assert maker.page.xpath("string(//input[@name='number']/@value)") == "77"
    assert maker.send("certificate", {"certificate": "ocop:4", "number": "77"}).status_code == 303


def test_the_workshop_names_certificates_that_end_within_ninety_days_or_ended_lately(
    changed: Flask, person: Person
) -> None:
    with changed.app_context(), transaction():
        product = db.session.scalars(select(Product).join(Producer).order_by(Producer.code)).first()
        held = db.session.scalars(select(Certificate).where(Certificate.product_id == product.id)).first()
        held = held or db.session.scalars(select(Certificate)).first()
        held.product_id, held.producer_id, held.expires = product.id, None, "2027-06-30"
        code = held.code
    for day, told in (
        ("2027-03-31", None),
        ("2027-04-02", "until 30 Jun 2027"),
        ("2027-06-30", "until 30 Jun 2027"),
        ("2027-07-02", "ended 30 Jun 2027"),
        ("2027-10-01", None),
    ):
        with time_machine.travel(f"{day}T05:00:00+00:00", tick=False):
            browser = Browser(changed)
            browser.sign_in(person)
            browser.get("/studio/")
        lines = browser.page.xpath(f"//li[a[contains(@href, '/certificates/{code}')]]")
        assert [told in line.text_content() for line in lines] == ([True] if told else []), day
