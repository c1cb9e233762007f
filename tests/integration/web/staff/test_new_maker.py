"""A maker that the catalogue does not know yet: from its application to its public page."""

from __future__ import annotations

import pytest
from flask import Flask

from catalogue.accounts import queries
from catalogue.accounts.actions import apply
from catalogue.accounts.rules import ApplicationMessage
from catalogue.database import transaction
from catalogue.producers.queries import voices_of
from tests.people import PASSWORD, Browser, Person, letters, link_in, make_person, two_makers

CODE = "to-det-thu-nghiem"


@pytest.fixture
def registrar(changed: Flask) -> Browser:
    browser = Browser(changed)
    roles = frozenset({"registrar", "reviewer"})
    browser.sign_in(make_person(changed, "registrar@example.test", roles=roles))
    return browser


def applied(app: Flask) -> int:
    message = ApplicationMessage(
        producer="Tổ dệt thử nghiệm",
        place="xã Lát",
        craft="dệt",
        person="Ka Lan",
        email="kalan@example.test",
        telephone=None,
        text=None,
        language="en",
        suspect=False,
        draft="a-form-of-this-test",
    )
    with app.app_context(), transaction():
        return apply(message).id


def accept(browser: Browser, number: int, **typed: str):
    browser.get(f"/staff/applications/{number}")
    return browser.send("/accept", {"producer": "+", "voice": "owner", "kind": "artisan-group"} | typed)


@pytest.fixture
def maker(changed: Flask, registrar: Browser) -> Browser:
    """Whoever was accepted as a new maker, signed in with the account that the letter gave."""
    assert accept(registrar, applied(changed)).status_code == 303
    guest = Browser(changed)
    guest.get(link_in(letters(changed)[-1]))
    assert "Tổ dệt thử nghiệm" in guest.words()
    guest.send("again", {"name": "Ka Lan", "password": PASSWORD, "again": PASSWORD})
    guest.sign_in(Person(0, "kalan@example.test"))
    return guest


def send_and_publish(maker: Browser, registrar: Browser, page: str, name: str) -> None:
    maker.get(f"{page}/check")
    maker.send("/submit")
    registrar.get("/staff/reviews")
    registrar.get(
        registrar.page.xpath("//main//a[contains(@href, '/reviews/')][contains(., $name)]/@href", name=name)[
            0
        ]
    )
    registrar.send("moment")


def test_a_new_maker_writes_its_own_page_and_is_in_the_catalogue_once_it_was_looked_at(
    changed: Flask, maker: Browser, registrar: Browser
) -> None:
    with changed.app_context():
        assert voices_of(queries.user_by_email("kalan@example.test").id) == {CODE: "owner"}
    maker.get("/studio/")
    assert "Tổ dệt thử nghiệm" in maker.words()
    assert Browser(changed).get(f"/vi/nha-san-xuat/{CODE}").status_code == 404
    assert "Tổ dệt thử nghiệm" not in Browser(changed).get("/vi/nha-san-xuat").text
    assert registrar.get("/staff/people").status_code == 200

    page = f"/studio/producers/{CODE}"
    maker.get(f"{page}/story")
    maker.send("summary_vi", {"name_vi": "Tổ dệt thử nghiệm", "kind": "artisan-group", "summary_vi": "Dệt."})
    send_and_publish(maker, registrar, page, "Tổ dệt thử nghiệm")
    assert Browser(changed).get(f"/vi/nha-san-xuat/{CODE}").status_code == 200

    maker.get("/studio/listings/new")
    maker.send("name_vi", {"name_vi": "Khăn mới thử", "category": "brocade", "summary_vi": "Bảy ngày."})
    send_and_publish(maker, registrar, "/studio/listings/khan-moi-thu", "Khăn mới thử")
    assert "Tổ dệt thử nghiệm" in Browser(changed).get("/vi/san-pham/khan-moi-thu").text


def test_no_product_is_public_before_its_maker(changed: Flask, maker: Browser, registrar: Browser) -> None:
    maker.get("/studio/listings/new")
    maker.send("name_vi", {"name_vi": "Khăn mới thử", "category": "brocade", "summary_vi": "Bảy ngày."})
    assert "publishes your own page first" in maker.get("/studio/listings/khan-moi-thu/check").text
    maker.send("/submit", follow=True)
    assert "It publishes your own page first." in maker.words()
    way = "//main//a[contains(., 'Khăn mới thử')]/@href"
    assert "Tổ dệt thử nghiệm" in registrar.get("/staff/reviews").text
    registrar.get(registrar.page.xpath(way)[0])
    assert "Tổ dệt thử nghiệm" in registrar.words()
    assert "Publish the maker’s own page first" in registrar.words()
    assert not registrar.page.xpath("//form[contains(@action, '/approve')]")
    assert "With the office for review" in maker.get("/studio/listings/khan-moi-thu").text
    assert Browser(changed).get("/vi/san-pham/khan-moi-thu").status_code == 404


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"kind": ""}, "Say what kind of maker the new one is"),
        ({"kind": "king"}, "Choose one of the list"),
        ({"place": "nowhere"}, "Choose one of the list"),
    ],
)
def test_what_is_missing_of_a_new_maker_is_told_and_nothing_is_made(
    changed: Flask, registrar: Browser, typed: dict[str, str], told: str
) -> None:
    assert accept(registrar, applied(changed), **typed).status_code == 422
    assert told in registrar.words()
    assert "Tổ dệt thử nghiệm" not in Browser(changed).get("/vi/nha-san-xuat").text


def test_whoever_takes_the_own_page_out_of_the_catalogue_still_gets_into_the_workshop(
    changed: Flask, registrar: Browser
) -> None:
    producer = two_makers(changed)[0]
    owner = Browser(changed)
    owner.sign_in(make_person(changed, speaks_for=producer))
    owner.get(f"/studio/producers/{producer}")
    assert owner.send("/archive").status_code == 303
    assert owner.get("/studio/").status_code == 200
    assert owner.get(f"/studio/producers/{producer}/history").status_code == 200
    assert registrar.get("/staff/people").status_code == 200
    owner.get(f"/studio/producers/{producer}/history/1")
    assert owner.send("/restore").status_code == 303
    send_and_publish(owner, registrar, f"/studio/producers/{producer}", "")
    assert owner.get("/studio/").status_code == 200
