"""A maker's listings as a sheet: fetched, filled in, looked at, and made into drafts."""

from __future__ import annotations

import io
import os

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from catalogue.adapters.sheets import reading
from catalogue.adapters.sheets.workbooks import Column, workbook
from catalogue.database import db, transaction
from catalogue.editorial import actions, cells, forms, revisions, rows
from catalogue.editorial.listings import LISTINGS
from catalogue.editorial.models import Revision
from catalogue.kernel.actor import Actor
from catalogue.kernel.language import Language
from catalogue.web import sheet_words
from catalogue.web.language import speaking
from tests.people import Browser, make_person, product_of, two_makers

NEW = """name_vi;category;price;currency;weight_g
Cà phê hạt;coffee;185.000;VND;0,5 kg
Trà xanh;tea;95.000;VND;250
"""


@pytest.fixture
def makers(changed: Flask) -> tuple[str, str]:
    return two_makers(changed)


@pytest.fixture
def maker(changed: Flask, makers: tuple[str, str]) -> Browser:
    browser = Browser(changed)
    browser.sign_in(make_person(changed, speaks_for=makers[0]))
    return browser


def upload(browser: Browser, body: bytes, name: str = "sheet.csv") -> TestResponse:
    browser.get("/studio/sheets")
    answer = browser.send("file", {"file": (io.BytesIO(body), name)})
    answer.request.environ["wsgi.input"].close()  # the client's own file, which it forgets
    return answer


def look_at(browser: Browser, body: bytes | str, name: str = "sheet.csv") -> str:
    """Send a sheet and open what it would change; gives the words of that page."""
    upload(browser, body.encode() if isinstance(body, str) else body, name)
    assert browser.answer.status_code == 303, browser.words()
    browser.get(browser.answer.location)
    if "Refresh" in browser.answer.headers:
        browser.get(browser.answer.headers["Refresh"].partition("; url=")[2])
    return browser.words()


def drafts(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Revision).where(Revision.state == "draft"))


def as_maker(app: Flask, producer: str) -> Actor:
    return Actor(1, "Lan", speaks_for={producer: "owner"})


def test_a_filled_sheet_becomes_drafts_once_it_was_looked_at(changed: Flask, maker: Browser) -> None:
    words = look_at(maker, NEW)
    assert "new 2" in words
    assert "Cà phê hạt" in words
    assert drafts(changed) == 0
    maker.send("digest", follow=True)
    assert "2 drafts were made of the sheet" in maker.words()
    assert drafts(changed) == 2
    with changed.app_context():
        coffee = db.session.scalars(select(Revision).where(Revision.code == "ca-phe-hat")).one()
        assert coffee.content["price"] == 185000
        assert coffee.content["weight_g"] == {"min": 500, "max": 500}
        assert coffee.author == "Lan"


def test_while_a_long_sheet_is_compared_the_page_says_so_and_goes_on_by_itself(
    changed: Flask, maker: Browser
) -> None:
    rows = "".join(f"Trà {number};tea\n" for number in range(600))
    upload(maker, ("name_vi;category\n" + rows).encode())
    maker.get(maker.answer.location)
    assert "601 rows were read." in maker.words()
    seconds, _, way = maker.answer.headers["Refresh"].partition("; url=")
    assert seconds == "0"
    assert maker.page.xpath("//main//a[@href=$way]", way=way), "the same way by hand"
    maker.get(way)
    assert "new 600" in maker.words()
    assert "Refresh" not in maker.answer.headers
    second = maker.page.xpath("//nav//a[contains(@href, 'page=2')]/@href")[0]
    assert "Trà" in maker.get(second).text


def test_a_short_sheet_is_there_at_once(maker: Browser) -> None:
    upload(maker, NEW.encode())
    maker.get(maker.answer.location)
    assert "new 2" in maker.words()
    assert "Refresh" not in maker.answer.headers


def test_the_same_sheet_again_changes_nothing(changed: Flask, maker: Browser) -> None:
    look_at(maker, NEW)
    page = maker.answer.request.path
    maker.send("digest")
    assert "Nothing to change" in look_at(maker, NEW)
    assert "Drafts were made of this sheet" in maker.get(page).text
    assert not maker.page.xpath("//input[@name='digest']")


def test_a_double_press_makes_the_drafts_once(changed: Flask, maker: Browser) -> None:
    look_at(maker, NEW)
    form = maker.form("digest")
    typed = {node.get("name"): node.get("value") for node in form.xpath(".//input")}
    assert maker.post(form.get("action"), typed).status_code == 303
    first = maker.answer.location
    assert maker.post(form.get("action"), typed).status_code == 303
    assert maker.answer.location == first  # what the first press did
    assert drafts(changed) == 2


@pytest.mark.parametrize("name", ["listings.xlsx", "listings.csv", "listings.csv?separator=semicolon"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_ones_own_listings_sent_back_change_nothing(
    changed: Flask, makers: tuple[str, str], name: str, language: str
) -> None:
    reader = Browser(changed, language)
    reader.sign_in(make_person(changed, speaks_for=makers[0], language=language))
    shawl = {
        "name": {"vi": '=HYPERLINK("http://evil.example";"x")', "en": "'@SUM(A1:A9)"},
        "description": {"vi": "-5 °C\n+84 263 000 0000", "en": None},
        "hs_code": "0902.10",
        "length_cm": {"min": 120.125, "max": None},
        "season_months": [1, 11, 12],
        "price": "khoảng 5",  # as it was typed
    }
    with changed.app_context(), transaction():
        actions.begin(as_maker(changed, makers[0]), "product", makers[0], shawl)
    body = reader.get(f"/studio/sheets/{name}").data
    look_at(reader, body, name)
    assert not reader.page.xpath("//input[@name='digest']")
    [[new, altered, same, wrong]] = [[node.text for node in reader.page.xpath("//dl[@class='stats']//dd")]]
    assert (new, altered, wrong) == ("0", "0", "0")
    assert int(same) >= 2


def test_listings_of_a_long_sheet_stand_on_pages_of_the_workshop(maker: Browser) -> None:
    lines = "".join(f"Sản phẩm {number}\n" for number in range(120))
    look_at(maker, f"name_vi;summary_vi\n{lines}")
    maker.send("digest", follow=True)
    found = "//ul[@class='lines']//a[contains(@href, '/studio/listings/')]/@href"
    first = maker.page.xpath(found)
    maker.get("/studio/?page=2")
    second = maker.page.xpath(found)
    assert len(first) == 99  # and the maker's own page
    assert len(second) >= 21
    assert not set(first) & set(second)


def test_the_empty_sheet_has_headings_codes_and_lists(maker: Browser) -> None:
    [table] = reading.read(maker.get("/studio/sheets/template.xlsx").data)
    assert table.rows[1][:3] == ("code", "producer", "name_vi")
    assert table.rows[0][2] == "Name (Vietnamese)"
    assert len(table.rows) == 2


@pytest.mark.parametrize("language", Language)
def test_whatever_the_lists_of_the_sheet_offer_is_understood_when_it_comes_back(
    loaded: Flask, language: Language
) -> None:
    fields = [field for field in forms.PRODUCT if field.shape != "pictures"]
    with loaded.test_request_context("/"), speaking(language):
        offered = {one.code: one.choices for one in sheet_words.sheet_columns(fields, ())}
        headings, words = sheet_words.headings(fields), sheet_words.choices(fields)
    assert len(offered["season_months"]) > 12
    for code, choices in offered.items():
        lines = [["name_vi", code], *(["Trà", choice] for choice in choices)]
        head = rows.find_head(lines, rows.columns(fields), headings)
        if choices:
            assert [one.troubles for one in rows.read_rows(lines, head, words)] == [()] * len(choices), code


@pytest.mark.parametrize("kind", LISTINGS)
@pytest.mark.parametrize("language", Language)
def test_every_choice_is_read_back_as_itself(loaded: Flask, language: Language, kind: str) -> None:
    fields = LISTINGS[kind].fields
    with loaded.test_request_context("/"):
        known = sheet_words.choices(fields)
        with speaking(language):
            written = sheet_words.said(fields)
        for name, options in known.items():
            words = written[name]
            assert [cells.choice(word, options) for word in words.values()] == list(words), name
            assert [cells.choice(code, options) for code in words] == list(words), name


def test_a_sheet_that_comes_back_unchanged_changes_nothing(
    changed: Flask, maker: Browser, makers: tuple[str, str]
) -> None:
    code = product_of(changed, makers[0])
    with changed.app_context(), transaction():
        actor = as_maker(changed, makers[0])
        draft = actions.open_draft(actor, "product", code)
        typed = {"unit": "bunch", "weight_g": "-5", "monthly_capacity": "-5"}
        actions.save_draft(actor, draft, typed, draft.version)
    sheet = maker.get("/studio/sheets/listings.csv").get_data()
    words = look_at(maker, sheet)
    assert "new 0" in words, words


def test_what_is_changed_is_told_field_by_field_and_only_that(
    changed: Flask, maker: Browser, makers: tuple[str, str]
) -> None:
    code = product_of(changed, makers[0])
    words = look_at(maker, f"code,price,currency\n{code},1250000,VND\n")
    assert "changed 1" in words
    assert "1,250,000" in words
    labels = [node.text for node in maker.page.xpath("//div[@class='beside']//h3")]
    assert labels == ["Price of one", "Currency"]
    maker.send("digest")
    with changed.app_context():
        draft = revisions.open_revision("product", code)
        assert draft is not None
        live = revisions.live_revision("product", code)
        assert live is not None
        assert draft.base_number == live.number
        assert draft.content == live.content | {"price": 1_250_000, "currency": "VND"}


def test_an_empty_cell_takes_out_what_stands_there_only_where_that_was_chosen(
    changed: Flask, maker: Browser, makers: tuple[str, str]
) -> None:
    code = product_of(changed, makers[0])
    words = look_at(maker, f"code,name_vi,summary_vi,summary_en\n{code},Tên mới,,\n")
    assert "2 cells are empty where the listings say something: that stays" in words
    assert [node.text for node in maker.page.xpath("//div[@class='beside']//h3")] == ["Name"]
    maker.get(maker.page.xpath("//a[contains(@href, 'emptying')]/@href")[0])
    assert [node.text for node in maker.page.xpath("//div[@class='beside']//h3")] == ["Name", "In one line"]
    maker.send("digest")
    with changed.app_context():
        content = revisions.open_revision("product", code).content
        assert content["name"]["vi"] == "Tên mới"
        assert content["summary"] is None


def test_every_wrong_cell_is_named_and_nothing_is_done(changed: Flask, maker: Browser) -> None:
    words = look_at(
        maker,
        "name_vi;category;price;currency;weight_g;season_months;price_on_request;stock\n"
        "Trà;tea;95.000;VND;1.250;5;;\n"
        "Mứt;tee;nhiều;VND;5;xuân;có thể;còn\n"
        ";tea;1;VND;;;;\n"
        "Chè;tea;-5;VND;;;;\n"
        "Trà;tea;5;VND;;;;\n",
    )
    for told in (
        "E2: Does “1.250” mean 1250 or 1.25?",
        "B3: “tee” is not on the list",
        "C3: “nhiều” is no number",
        "F3: “xuân” names no months",
        "G3: “có thể” is neither yes nor no",
        "H3: “còn” is not on the list",
        "A4: A new product needs a name",
        "C5: Price of one: This number cannot be right",
        "A6: Row 2 is about the same listing",
    ):
        assert told in words, told
    assert not maker.page.xpath("//input[@name='digest']")
    assert drafts(changed) == 0


def test_in_vietnamese_the_cells_are_told_in_vietnamese(changed: Flask, makers: tuple[str, str]) -> None:
    reader = Browser(changed, "vi")
    reader.sign_in(make_person(changed, speaks_for=makers[0], language="vi"))
    words = look_at(
        reader, "tên,khối lượng (kg)\nTrà,1.250\n".replace(",khối", ";khối").replace("Trà,", "Trà;")
    )
    assert "B2" in words
    assert "1,25" in words  # as Vietnamese writes it


def test_codes_that_a_program_took_for_numbers_are_matched_with_a_remark(
    changed: Flask, maker: Browser, makers: tuple[str, str]
) -> None:
    """field-s11."""
    with changed.app_context(), transaction():
        draft = actions.begin(as_maker(changed, makers[0]), "product", makers[0], {"name": {"vi": "Trà"}})
        draft.code = "0017"
    body = workbook("S", [Column("code", "Code"), Column("name_vi", "Name")], [[17, "Trà mới"], [18, "Mứt"]])
    words = look_at(maker, body, "sheet.xlsx")
    assert "“17” is taken for the listing 0017" in words
    assert "No listing of yours has the code “18”" in words
    maker.send("digest")
    with changed.app_context():
        assert revisions.open_revision("product", "0017").content["name"]["vi"] == "Trà mới"
        assert revisions.open_revision("product", f"{makers[0]}-18") is not None


def test_nobody_changes_what_is_another_s(changed: Flask, maker: Browser, makers: tuple[str, str]) -> None:
    other = product_of(changed, makers[1])
    words = look_at(maker, f"code,producer,name_vi\n{other},,Của tôi\n,{makers[1]},Mới\n")
    assert f"A2: The listing “{other}” belongs to another maker" in words
    assert f"B3: You do not speak for the maker “{makers[1]}”" in words
    assert maker.get(f"/studio/sheets/listings.csv?producer={makers[1]}").status_code == 403
    assert other not in maker.get("/studio/sheets/listings.csv").text


def test_a_sheet_is_only_for_who_sent_it(changed: Flask, maker: Browser, makers: tuple[str, str]) -> None:
    look_at(maker, NEW)
    address = maker.answer.request.path
    second = Browser(changed)
    second.sign_in(make_person(changed, "minh@example.test", speaks_for=makers[0]))
    assert second.get(address).status_code == 404


def test_staff_help_any_maker_and_name_it(changed: Flask, makers: tuple[str, str]) -> None:
    officer = Browser(changed)
    officer.sign_in(make_person(changed, "officer@example.test", roles=frozenset({"curator"})))
    assert "B2: Say which maker" in look_at(officer, "name_vi,producer\nTrà,\n")
    assert "new 1" in look_at(officer, f"name_vi,producer\nTrà,{makers[1]}\n")
    officer.send("digest")
    with changed.app_context():
        assert db.session.scalars(select(Revision).where(Revision.code == "tra")).one().assisted


def test_what_was_saved_since_is_not_overwritten(
    changed: Flask, maker: Browser, makers: tuple[str, str]
) -> None:
    code, actor = product_of(changed, makers[0]), as_maker(changed, makers[0])
    look_at(maker, f"code,price,currency\n{code},1250000,VND\n")
    with changed.app_context(), transaction():
        draft = actions.open_draft(actor, "product", code)
        actions.save_draft(actor, draft, {"price": 700_000, "currency": "VND"}, draft.version)
    maker.send("digest")
    assert maker.answer.status_code == 409
    assert "700,000" in maker.words()
    with changed.app_context():
        assert revisions.open_revision("product", code).content["price"] == 700_000
    maker.send("digest")
    with changed.app_context():
        assert revisions.open_revision("product", code).content["price"] == 1_250_000


def test_a_second_tap_tells_what_the_first_one_did(changed: Flask, maker: Browser) -> None:
    look_at(maker, NEW)
    action = maker.form("digest").get("action")
    sent = {name: maker.form("digest").fields[name] for name in ("csrf_token", "digest")}
    for _ in range(2):
        maker.post(action, sent, follow=True)
        assert "2 drafts were made of the sheet" in maker.words()
    assert drafts(changed) == 2


def test_what_is_at_the_office_is_left_there(changed: Flask, maker: Browser, makers: tuple[str, str]) -> None:
    code, actor = product_of(changed, makers[0]), as_maker(changed, makers[0])
    with changed.app_context(), transaction():
        draft = actions.open_draft(actor, "product", code)
        actions.save_draft(actor, draft, {"packaging": {"vi": "Túi giấy mới"}}, draft.version)
        actions.submit(actor, draft)
    assert "A2: This listing is with the office" in look_at(maker, f"code,price\n{code},5\n")
    assert "to be mended 0" in look_at(maker, f"code,packaging_vi\n{code},Túi giấy mới\n")
    assert "as they are 1" in maker.words()


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "Choose the file"),
        (b"a,b\n1,2\n", "No columns were found"),
        (b"PK\x03\x04nothing", "cannot be read"),
        (b"x" * (reading.MOST_BYTES + 1), "too large"),
    ],
)
def test_what_is_no_sheet_is_refused_in_words(maker: Browser, body: bytes, told: str) -> None:
    assert upload(maker, body).status_code == 422
    assert told in maker.words()
    assert maker.page.xpath("//input[@name='file' and @aria-invalid='true']")


@pytest.mark.slow
def test_five_thousand_rows_are_checked_in_less_than_ten_seconds(maker: Browser) -> None:
    columns = ("name_vi", "name_en", "category", "summary_vi", "price", "currency", "unit", "season_months")
    body = workbook(
        "S",
        [Column(name, name) for name in columns],
        [
            [f"Khăn {n}", f"Shawl {n}", "brocade", "Dệt tay", 5000 + n, "VND", "piece", "1–3"]
            for n in range(5000)
        ],
    )
    began = sum(os.times()[:4])  # of this process and those it started; what others do does not count
    words = look_at(maker, body, "sheet.xlsx")
    assert sum(os.times()[:4]) - began < 10
    assert "new 5,000" in words
