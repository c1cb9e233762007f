"""The board as a curator uses it: begin, give places, move, preview, take back; and as others see it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from catalogue.adapters.sheets import reading
from catalogue.certification.models import Certificate
from catalogue.database import db, transaction
from catalogue.kernel.clock import now, today
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.showcase import actions, queries
from catalogue.showcase.models import Collection
from catalogue.showcase.rules import CollectionKind
from tests.featured import CURATOR, begin, confirm_everything, fit, give
from tests.people import Browser, make_person

BOARD = "/staff/showcase"
FRAME = {"kind": "exporters", "name_vi": "Nhà xuất khẩu", "name_en": "Exporters", "ends": ""}
WHY = {"criterion": "certificates", "reason_vi": "Giấy còn hiệu lực", "reason_en": "A paper in force"}


@pytest.fixture
def site(changed: Flask) -> Flask:
    confirm_everything(changed)
    return changed


def signed_in(site: Flask, *roles: str) -> Browser:
    browser = Browser(site)
    browser.sign_in(make_person(site, f"{roles[0]}@example.test", roles=frozenset(roles)))
    return browser


@pytest.fixture
def curator(site: Flask) -> Browser:
    return signed_in(site, "curator")


def names(browser: Browser) -> list[str]:
    """Who stands on the board, in order."""
    return [
        " ".join(one.text_content().split()).partition(". ")[2]
        for one in browser.page.xpath("//ol[@data-board]//h3")
    ]


def test_a_curator_composes_and_readers_see_it(site: Flask, curator: Browser) -> None:
    curator.get("/staff/")
    curator.get(curator.page.xpath("//a[contains(@href, '/staff/showcase')]/@href")[0])
    curator.get(f"{BOARD}/new")
    curator.send("name_vi", FRAME | {"starts": today().isoformat()}, follow=True)
    board = curator.answer.request.path
    curator.get(f"{board}/candidates")
    offered = curator.page.xpath("//main//table//tbody//a/@href")
    assert offered
    curator.get(offered[0])
    assert curator.page.xpath("//input[@name='who']/@value")[0]
    typed = WHY | {
        name: curator.page.xpath(f"//input[@name='{name}']/@value")[0] for name in ("who", "starts")
    }
    curator.send("who", typed, follow=True)
    assert len(names(curator)) == 1
    assert "On show today" in curator.words()
    for path in ("/en/collections", "/en/"):
        assert "A paper in force" in site.test_client().get(path).text


def test_buttons_move_places_and_the_last_deed_is_taken_back(site: Flask, curator: Browser) -> None:
    code = begin(site)
    for maker in fit(site, most=3):
        give(site, code, maker)
    curator.get(f"{BOARD}/{code}")
    first, second, third = names(curator)
    form = curator.page.xpath("//ol[@data-board]/li[3]//form[@data-move]")[0]
    assert form.xpath(".//button/@value") == ["2"]  # nothing below the last
    hidden = {node.get("name"): node.get("value") for node in form.xpath(".//input")}
    answer = curator.post(form.get("action"), hidden | {"to": "1"})
    assert answer.status_code == 303
    assert "#place-" in answer.location
    curator.get(f"{BOARD}/{code}")
    assert names(curator) == [third, first, second]
    curator.send("step", follow=True)
    assert names(curator) == [first, second, third]
    assert "Taken back." in curator.words()


def test_what_somebody_else_did_meanwhile_is_not_taken_back(site: Flask, curator: Browser) -> None:
    code, [first, second] = begin(site), fit(site, most=2)
    give(site, code, first)
    curator.get(f"{BOARD}/{code}")
    give(site, code, second)
    answer = curator.send("step")
    assert answer.status_code == 409
    assert "Nothing was taken back" in curator.words()
    assert len(names(curator)) == 2


def test_a_board_that_is_over_has_nothing_to_press_and_says_why(site: Flask) -> None:
    code, [maker] = begin(site, ends=1), fit(site, most=1)
    number = give(site, code, maker)
    with time_machine.travel(now() + timedelta(days=2), tick=False):
        curator = signed_in(site, "curator")
        curator.get(f"{BOARD}/{code}")
        assert not curator.page.xpath("//main//form[@method='post']")
        assert len(curator.page.xpath("//*[@aria-labelledby='over']/li")) == 1
        assert b"places/new" not in curator.get(f"{BOARD}/{code}/candidates").data
        curator.get(f"{BOARD}/{code}/places/{number}")
        assert curator.send("reason_vi", WHY | {"starts": today().isoformat()}).status_code == 422
        assert "This collection is archive now" in curator.words()


def test_what_would_change_days_that_readers_saw_is_not_taken_back(site: Flask) -> None:
    code, [maker] = begin(site), fit(site, most=1)
    number = give(site, code, maker)
    with site.app_context(), transaction():
        actions.take_off(CURATOR, queries.collection_by_code(code), number)
    with time_machine.travel(now() + timedelta(days=2), tick=False):
        curator = signed_in(site, "curator")
        curator.get(f"{BOARD}/{code}")
        assert curator.send("step").status_code == 422
        assert "Readers have seen it meanwhile" in curator.words()


def test_the_preview_shows_any_day_with_who_is_left_out_and_why(site: Flask, curator: Browser) -> None:
    code, [lasting, ending] = begin(site), fit(site, most=2)
    give(site, code, lasting)
    give(site, code, ending)
    with site.app_context(), transaction():
        producer = db.session.scalars(select(Producer).where(Producer.code == ending)).one()
        held = (Certificate.producer_id == producer.id) | (Product.producer_id == producer.id)
        for one in db.session.scalars(select(Certificate).outerjoin(Certificate.product).where(held)):
            one.expires = (today() + timedelta(days=3)).isoformat()
    for days, shown in ((3, 2), (4, 1)):
        curator.get(f"{BOARD}/{code}?on={(today() + timedelta(days=days)).isoformat()}")
        assert len(curator.page.xpath("//ol[@class='seen']/li[not(@class)]")) == shown
    assert "no certificate that staff confirmed is in force" in curator.words()
    with time_machine.travel(now() + timedelta(days=4), tick=False):
        assert site.test_client().get("/en/collections").text.count('data-l="A month"') == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"starts": "2020-01-01"}, "starts"),
        ({"starts": "mai"}, "starts"),
        ({"ends": "2020-01-01"}, "ends"),
        ({"criterion": "beauty"}, "criterion"),
        ({"criterion": "years"}, "source_url"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"reason_en": ""}, "reason_en"),
        ({"reason_vi": "x" * 301}, "reason_vi"),
        ({"who": "nobody"}, "who"),
        ({"who": "\0"}, "who"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    site: Flask, curator: Browser, typed: dict[str, str], field: str
) -> None:
    code, [maker] = begin(site), fit(site, most=1)
    curator.get(f"{BOARD}/{code}/places/new?who={maker}")
    values = WHY | {"who": maker, "starts": today().isoformat()} | typed
    answer = curator.send("who", values)
    assert answer.status_code == 422
    assert curator.page.xpath(f"//*[@id='{field}-error']")
    if field != "reason_vi":
        assert curator.page.xpath("//textarea[@name='reason_vi']")[0].text.strip() == WHY["reason_vi"]


def test_who_lacks_something_is_told_what(site: Flask, curator: Browser) -> None:
    code, [maker] = begin(site), fit(site, most=1)
    with site.app_context(), transaction():
        for one in db.session.scalars(select(Certificate)):
            one.confirmed_on = None
    curator.get(f"{BOARD}/{code}/places/new?who={maker}")
    curator.send("who", WHY | {"who": maker, "starts": today().isoformat()})
    assert "It cannot be featured: no certificate that staff confirmed is in force." in curator.words()


def test_words_and_days_are_changed_and_wrong_days_are_told(site: Flask, curator: Browser) -> None:
    code = begin(site, starts=2)
    curator.get(f"{BOARD}/{code}/edit")
    wrong = {"name_vi": "Tên", "name_en": "", "starts": "2030-02-30", "ends": "2030-01-01"}
    assert curator.send("name_vi", wrong).status_code == 422
    assert curator.page.xpath("//*[@id='starts-error']")
    assert curator.send("name_vi", wrong | {"starts": "2030-02-01"}).status_code == 422
    right = wrong | {"name_en": "Name", "starts": "2030-02-01", "ends": ""}
    curator.send("name_vi", right, follow=True)
    with site.app_context():
        found = db.session.scalars(select(Collection)).one()
        assert (found.name.en, found.starts, found.slug_en) == ("Name", date(2030, 2, 1), "name")


@pytest.mark.parametrize("role", ["viewer", "registrar", "administrator"])
def test_others_in_the_office_read_the_board_and_find_nothing_to_press(site: Flask, role: str) -> None:
    code = begin(site)
    give(site, code, fit(site, most=1)[0])
    reader = signed_in(site, role)
    for path in (BOARD, f"{BOARD}/{code}", f"{BOARD}/{code}/candidates"):
        assert reader.get(path).status_code == 200
        assert not reader.page.xpath("//main//form[@method='post']")
    assert reader.get(f"{BOARD}/{code}/edit").status_code == 403


def test_the_list_is_filtered_sorted_and_paged_by_its_address(site: Flask, curator: Browser) -> None:
    begin(site, CollectionKind.GIFTS, starts=5)
    begin(site, CollectionKind.FAIR)
    curator.get(f"{BOARD}?state=planned")
    assert len(curator.page.xpath("//main//tbody/tr")) == 1
    curator.get(f"{BOARD}?sort=name&state=")
    rows = [one.text for one in curator.page.xpath("//main//tbody/tr/th/a")]
    assert rows == ["A pavilion at the fair", "Tết gifts from the highlands"]
    for wild in ("state=x", "sort=x", "page=0", "page=１", "page=99999999999999999999"):
        assert curator.get(f"{BOARD}?{wild}").status_code == 200
    assert curator.get(f"{BOARD}?page=2").status_code == 404


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_places_are_a_sheet_that_holds_what_the_list_shows(
    site: Flask, curator: Browser, ending: str
) -> None:
    code, [maker] = begin(site), fit(site, most=1)
    give(site, code, maker)
    later = begin(site, CollectionKind.GIFTS, starts=9)
    give(site, later, fit(site, CollectionKind.GIFTS, most=1)[0], starts=9)
    for state, found in (("", {code, later}), ("running", {code}), ("past", set())):
        curator.get(f"{BOARD}?state={state}")
        link = curator.page.xpath(f"string(//a[contains(@href, '.{ending}')]/@href)")
        [table] = reading.read(curator.get(link).data)
        lines = [line for line in table.rows if line[1] in {code, later}]
        assert {line[1] for line in lines} == found
        if code in found:
            assert any("Có giấy còn hiệu lực" in line and maker in line for line in lines)


def test_the_goods_of_a_board_become_a_line_sheet_before_readers_see_it(
    site: Flask, curator: Browser
) -> None:
    code = begin(site, CollectionKind.GIFTS, starts=5)
    product = fit(site, CollectionKind.GIFTS, most=1)[0]
    give(site, code, product, starts=5)
    curator.get(f"{BOARD}/{code}")
    [sheet] = curator.page.xpath("//a[contains(@href, '.xlsx')]/@href")
    assert product in sheet
    assert curator.get(sheet).status_code == 200
