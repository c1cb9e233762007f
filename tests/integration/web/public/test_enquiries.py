"""A visitor asks makers: nothing typed is lost, each maker gets its own part, and everybody is told."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask import Flask
from lxml.html import document_fromstring
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import selectinload

from catalogue.archive import archived_too
from catalogue.database import db, transaction
from catalogue.enquiries import actions
from catalogue.enquiries.models import Enquiry, EnquiryPart
from catalogue.jobs.worker import drain
from catalogue.kernel.clock import now
from catalogue.producers.models import Producer
from tests.people import Browser, letters, make_person, product_of, two_makers

FORMS = {"vi": "/vi/hoi-mua", "en": "/en/enquire"}
TYPED = {
    "need": "Hai trăm khăn cho Tết.\r\nCó màu chàm không?",
    "quantity": "200 chiếc",
    "needed_by": "24/12/2099",
    "market": "DE",
    "name": "Anna Đỗ",
    "email": "Anna@Example.test",
    "language": "en",
}


def kept(app: Flask) -> list[Enquiry]:
    with app.app_context():
        whole = selectinload(Enquiry.parts).selectinload(EnquiryPart.messages)
        return list(db.session.scalars(select(Enquiry).options(whole).order_by(Enquiry.id)))


def chosen(app: Flask) -> dict[str, list[str]]:
    """One product of each of two makers."""
    return {"products": [product_of(app, maker) for maker in two_makers(app)]}


def ask(browser: Browser, page: str = "en", **typed: object):
    what = chosen(browser.app)
    browser.get(f"{FORMS[page]}?products={','.join(what['products'])}")
    return browser.send("need", TYPED | what | typed)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_one_form_asks_several_makers_and_gives_a_number(changed: Flask, language: str) -> None:
    browser = Browser(changed)
    answer = ask(browser, language)
    assert (answer.status_code, answer.location.startswith(FORMS[language] + "/")) == (303, True)
    [enquiry] = kept(changed)
    assert enquiry.need == "Hai trăm khăn cho Tết.\nCó màu chàm không?"
    assert (enquiry.quantity, enquiry.needed_by, enquiry.market) == ("200 chiếc", date(2099, 12, 24), "DE")
    assert (enquiry.email, enquiry.name, enquiry.language) == ("anna@example.test", "Anna Đỗ", "en")
    assert tuple(part.producer_code for part in enquiry.parts) == two_makers(changed)
    assert [[one["code"] for one in part.products] for part in enquiry.parts] == [
        [code] for code in chosen(changed)["products"]
    ]
    page = Browser(changed).get(answer.location)
    assert (page.headers["Cache-Control"], "Set-Cookie" in page.headers) == ("no-store", False)
    shown = document_fromstring(page.data).xpath("string(//main)")
    assert re.search(rf"HM-\d{{4}}-{enquiry.id:04d}", shown)
    assert enquiry.reference in shown
    assert enquiry.email not in page.text


def test_the_form_says_who_passes_it_on_where_a_maker_has_nobody(changed: Flask) -> None:
    first, second = two_makers(changed)
    make_person(changed, speaks_for=first)
    page = Browser(changed).get(f"/en/enquire?producers={first},{second}").text
    assert page.count("Reaches the maker’s own inbox") == page.count("Nobody signs in here for this") == 1
    browser = Browser(changed)
    answer = ask(browser)
    [enquiry] = kept(changed)
    assert [part.through_office for part in enquiry.parts] == [False, True]
    said = browser.get(answer.location).text
    assert "It lies in the inbox of:" in said
    assert "Trade promotion passes it on to:" in said


def test_visitor_maker_and_trade_promotion_are_told_and_no_address_goes_astray(changed: Flask) -> None:
    make_person(changed, "lan@example.test", speaks_for=two_makers(changed)[0], language="vi")
    make_person(changed, "registrar@example.test", roles=frozenset({"registrar"}))
    make_person(changed, "reviewer@example.test", roles=frozenset({"reviewer"}))
    ask(Browser(changed))
    drain(changed, "test")
    [enquiry] = kept(changed)
    told = {letter["To"]: letter for letter in letters(changed)}
    assert set(told) == {"anna@example.test", "lan@example.test", "registrar@example.test"}
    assert all(enquiry.reference in letter["Subject"] for letter in told.values())
    # Anybody can type anybody's address: nobody gets a stranger's words under our name.
    assert "Hai trăm khăn" not in told["anna@example.test"].get_content()
    for reader in ("lan@example.test", "registrar@example.test"):
        assert "Hai trăm khăn" in told[reader].get_content()
        assert "anna@example.test" not in told[reader].get_content()
    assert f"/studio/enquiries/{enquiry.parts[0].id}" in told["lan@example.test"].get_content()
    assert f"/staff/enquiries/{enquiry.id}" in told["registrar@example.test"].get_content()
    assert "to be passed on" in told["registrar@example.test"].get_content()


def test_trade_promotion_s_own_address_gets_the_copy_where_it_is_set(changed: Flask) -> None:
    changed.config["TRADE_PROMOTION_EMAIL"] = "xuctien@example.test"
    make_person(changed, "registrar@example.test", roles=frozenset({"registrar"}))
    ask(Browser(changed))
    drain(changed, "test")
    assert {letter["To"] for letter in letters(changed)} == {"anna@example.test", "xuctien@example.test"}


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"need": " "}, "need"),
        ({"need": "x" * 4001}, "need"),
        ({"quantity": "x" * 201}, "quantity"),
        ({"email": ""}, "email"),
        ({"email": "anna"}, "email"),
        ({"needed_by": "31/02/2099"}, "needed_by"),
        ({"needed_by": "soon"}, "needed_by"),
        ({"needed_by": "01/01/2020"}, "needed_by"),
        ({"market": "XX"}, "market"),
        ({"language": "fr"}, "language-vi"),
        ({"products": []}, "makers"),
        ({"products": ["no-such-product"]}, "makers"),
    ],
)
def test_what_is_wrong_is_named_and_what_was_typed_stays(
    changed: Flask, typed: dict[str, object], wrong: str
) -> None:
    browser = Browser(changed)
    answer = ask(browser, **typed)
    assert answer.status_code == 422
    assert kept(changed) == []
    assert browser.page.xpath("//div[@class='errors']//a/@href") == [f"#{wrong}"]
    assert browser.page.xpath(f"//*[@id='{wrong}']")
    expected = TYPED | {"email": "anna@example.test", "need": TYPED["need"].replace("\r", "")} | typed
    for name in ("quantity", "needed_by", "name", "email"):
        assert browser.page.xpath(f"string(//*[@id='{name}']/@value)") == expected[name]
    if wrong != "need":
        assert browser.page.xpath("//*[@id='need']")[0].text.lstrip("\n") == expected["need"]
    if wrong != "market":
        assert browser.page.xpath("string(//option[@selected]/@value)") == "DE"
    offered = browser.page.xpath("//input[@name='products']/@value")
    assert offered == chosen(changed)["products"]


def test_what_was_ticked_off_stays_off(changed: Flask) -> None:
    first, second = chosen(changed)["products"]
    browser = Browser(changed)
    ask(browser, products=[second], email="")
    ticked = browser.page.xpath("//input[@name='products'][@checked]/@value")
    assert ticked == [second]
    browser.send("need", TYPED | {"products": [second]})
    assert [part.producer_code for part in kept(changed)[0].parts] == [two_makers(changed)[1]]
    assert first


def test_a_form_sent_twice_is_one_enquiry_and_tells_everybody_once(changed: Flask) -> None:
    browser = Browser(changed)
    what = chosen(changed)
    browser.get(f"/en/enquire?products={','.join(what['products'])}")
    page = browser.answer
    first = browser.send("need", TYPED | what)
    browser.answer = page
    second = browser.send("need", TYPED | what)
    assert first.location == second.location
    assert len(kept(changed)) == 1
    drain(changed, "test")
    assert [letter["To"] for letter in letters(changed)].count("anna@example.test") == 1


def test_a_form_from_another_site_is_not_taken_and_what_was_typed_stays(changed: Flask) -> None:
    browser = Browser(changed)
    answer = browser.post("/en/enquire", TYPED | chosen(changed) | {"csrf_token": "forged"})
    assert answer.status_code == 422
    assert kept(changed) == []
    assert "was not sent yet" in answer.text
    assert browser.send("need", TYPED | chosen(changed)).status_code == 303


def test_a_robot_s_enquiry_is_kept_for_the_office_and_nobody_is_written_to(changed: Flask) -> None:
    make_person(changed, "lan@example.test", speaks_for=two_makers(changed)[0])
    assert ask(Browser(changed), homepage="http://spam.example").status_code == 303
    assert kept(changed)[0].suspect
    drain(changed, "test")
    assert letters(changed) == []


def test_too_many_are_refused_with_the_text_kept(changed: Flask) -> None:
    browser = Browser(changed)
    for number in range(10):
        assert ask(browser, need=f"Number {number}").status_code == 303
    answer = ask(browser, need="The eleventh")
    assert (answer.status_code, 0 < int(answer.headers["Retry-After"]) <= 60) == (429, True)
    assert "The eleventh" in answer.text
    assert len(kept(changed)) == 10


def test_a_broken_database_loses_neither_words_nor_choice(
    changed: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Browser(changed)

    def fail(*_arguments: object) -> None:
        raise OperationalError("INSERT", {}, Exception("disk full"))

    with monkeypatch.context() as broken:
        broken.setattr(actions, "ask", fail)
        answer = ask(browser)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "Có màu chàm không?" in answer.text
    hidden = browser.page.xpath("//input[@type='hidden'][@name='products']/@value")
    assert hidden == chosen(changed)["products"]
    browser.get(browser.form("need").get("action"))
    assert browser.send("need", TYPED | {"products": hidden}).status_code == 303


def test_what_left_the_catalogue_is_not_asked_about_but_stays_readable_where_it_was(changed: Flask) -> None:
    ask(Browser(changed))
    first, second = two_makers(changed)
    with changed.app_context(), archived_too(), transaction():
        gone = db.session.scalars(select(Producer).where(Producer.code == first)).one()
        gone.archived_at = now()
    [enquiry] = kept(changed)
    assert enquiry.parts[0].producer_name.vi
    page = Browser(changed).get(f"/en/enquire?producers={first},{second}")
    assert document_fromstring(page.data).xpath("//input[@name='producers']/@value") == [second]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_without_a_choice_the_page_says_where_to_begin(client, language: str) -> None:
    answer = client.get(FORMS[language])
    page = document_fromstring(answer.data)
    assert answer.status_code == 200
    assert page.xpath("//main//form") == []
    roots = {"vi": "/vi/san-pham", "en": "/en/products"}
    assert roots[language] in page.xpath("//main//a/@href")


def test_only_the_form_sets_a_cookie_and_nobody_keeps_it(changed: Flask) -> None:
    code = chosen(changed)["products"][0]
    answer = Browser(changed).get(f"/vi/hoi-mua?products={code}")
    assert "Set-Cookie" in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_a_made_up_acknowledgement_is_not_there(changed: Flask) -> None:
    assert Browser(changed).get("/en/enquire/received/MQ.forged").status_code == 404
