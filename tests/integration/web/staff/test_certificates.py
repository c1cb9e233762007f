"""The register in the office: found, confirmed, refused with the rule, ended, and sent as a sheet."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlencode

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from catalogue.certification import register
from catalogue.certification.models import Certificate, CertificateScope, CertificationScheme
from catalogue.database import db, transaction
from catalogue.editorial.listings import LISTINGS
from catalogue.kernel.clock import now, today
from catalogue.producers.models import Producer
from catalogue.products.models import Category, Product
from tests.people import Browser, make_person

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
LIST = "/staff/certificates"


@pytest.fixture(autouse=True)
def on_this_day() -> Iterator[None]:
    """The certificates of these tests are in force then."""
    with time_machine.travel("2026-11-26T05:00:00Z"):
        yield


@pytest.fixture
def registrar(changed: Flask) -> Browser:
    browser = Browser(changed)
    browser.sign_in(make_person(changed, "registrar@example.test", roles=frozenset({"registrar"})))
    return browser


def a_claim(app: Flask, scheme: str = "ocop") -> tuple[int, str]:
    """The number and code of a claim under a scheme."""
    with app.app_context():
        row = db.session.scalars(
            select(Certificate).join(CertificationScheme).where(CertificationScheme.code == scheme)
        ).first()
        return row.id, row.code


def typed(**more: object) -> dict[str, object]:
    return {"evidence": "register", "level": "4", "number": "123/QĐ-UBND", "issued": "03/2025"} | more


def send(browser: Browser, entry: int, step: str, **fields: object):
    """Fill in the form of an entry, and press one of its buttons."""
    browser.get(f"{LIST}/{entry}")
    return press(browser, entry, step, **fields)


def press(browser: Browser, entry: int, step: str, **fields: object):
    """Send the form of an entry that is on the screen, such as one that came back."""
    form = browser.page.xpath(f"//form[.//button[contains(@formaction, '/{step}')]]")
    assert form, browser.words()
    hidden = {one.get("name"): one.get("value", "") for one in form[0].xpath(".//input[@type='hidden']")}
    return browser.post(f"{LIST}/{entry}/{step}", hidden | fields)


def seals(app: Flask, code: str) -> bool:
    """Whether the public page of a certificate says that it is in force."""
    return "Confirmed and in force" in app.test_client().get(f"/en/certificates/{code}").text


def test_the_claims_to_confirm_come_with_the_most_covered_first(registrar: Browser) -> None:
    registrar.get(LIST)
    [link] = registrar.page.xpath("//a[starts-with(normalize-space(), 'To be confirmed')]/@href")
    registrar.get(link)
    covered = [
        int(cell.text_content()) for cell in registrar.page.xpath("//tbody//td[@data-l='Products covered']")
    ]
    assert len(covered) == 50
    assert covered == sorted(covered, reverse=True)


def test_one_screen_confirms_a_claim_and_its_seal_appears(changed: Flask, registrar: Browser) -> None:
    number, code = a_claim(changed)
    assert not seals(changed, code)
    answer = send(registrar, number, "confirm", **typed())
    assert answer.status_code == 303
    assert seals(changed, code)
    registrar.get(f"{LIST}/{number}")
    assert "123/QĐ-UBND" in registrar.words()


def test_six_stars_are_refused_with_the_rule_and_what_was_typed_stays(
    changed: Flask, registrar: Browser
) -> None:
    number, code = a_claim(changed)
    answer = send(registrar, number, "confirm", **typed(level="6"))
    assert answer.status_code == 422
    assert "has the levels 3, 4, 5 and no other" in registrar.words()
    assert registrar.page.xpath("//input[@name='number']/@value") == ["123/QĐ-UBND"]
    assert not seals(changed, code)


def test_the_mark_of_dalat_never_stands_on_a_handicraft(changed: Flask, registrar: Browser) -> None:
    with changed.app_context():
        maker, product = db.session.execute(
            select(Producer.code, Product.code)
            .join(Product, Product.producer_id == Producer.id)
            .join(Category, Category.id == Product.category_id)
            .where(Category.code == "brocade")
        ).first()
    registrar.get(f"{LIST}/new?scheme=da-lat-ket-tinh&holder={maker}")
    answer = registrar.send("evidence", typed(level="", products=[product]))
    assert answer.status_code == 422
    assert "does not cover this" in registrar.words() or "for other places" in registrar.words()


def test_a_paper_is_kept_for_the_office_even_when_the_form_comes_back(
    changed: Flask, registrar: Browser
) -> None:
    number, code = a_claim(changed)
    paper = {"papers": (io.BytesIO(PNG), "giay.png")}
    answer = send(registrar, number, "confirm", **typed(evidence="document", issued="13/13/2025", **paper))
    assert answer.status_code == 422
    assert "Write a day, a month or a year" in registrar.words()
    assert "1 paper is kept already" in registrar.words()
    answer = press(registrar, number, "confirm", **typed(evidence="document"))
    assert answer.status_code == 303
    assert registrar.get(f"{LIST}/{number}/papers/1").data == PNG
    assert changed.test_client().get(f"{LIST}/{number}/papers/1").status_code == 303
    assert seals(changed, code)


def pdf(number: int) -> tuple[io.BytesIO, str]:
    return io.BytesIO(b"%PDF-1.7 " + str(number).encode()), f"{number}.pdf"


def kept_papers(browser: Browser, entry: int) -> list[bytes]:
    """All papers of an entry, as the office opens them."""
    browser.get(f"{LIST}/{entry}")
    ways = browser.page.xpath("//section[@aria-labelledby='papers']//a/@href")
    return [browser.get(way).data for way in ways]


@pytest.mark.parametrize("trouble", [{"expires": "01/2026"}, {"seen": "0"}], ids=["refused", "slower"])
def test_the_paper_of_a_refused_form_is_not_among_the_entrys(
    changed: Flask, registrar: Browser, trouble: dict[str, str]
) -> None:
    number, _ = a_claim(changed)
    first = typed(evidence="document", expires="12/2026", papers=pdf(1))
    assert send(registrar, number, "confirm", **first).status_code == 303
    longer = typed(evidence="document", expires="12/2027")
    answer = send(registrar, number, "renew", **longer | {"papers": pdf(2)} | trouble)
    assert answer.status_code == (409 if "seen" in trouble else 422)
    came_back = registrar.answer
    assert kept_papers(registrar, number) == [b"%PDF-1.7 1"]
    registrar.answer = came_back
    assert press(registrar, number, "renew", **longer).status_code == 303  # it is there still
    assert kept_papers(registrar, number) == [b"%PDF-1.7 1", b"%PDF-1.7 2"]


def test_a_renewal_brings_its_paper_however_many_there_are(changed: Flask, registrar: Browser) -> None:
    number, _ = a_claim(changed)
    six = [pdf(one) for one in range(6)]
    send(registrar, number, "confirm", **typed(evidence="document", expires="12/2026", papers=six))
    assert len(kept_papers(registrar, number)) == 6
    longer = typed(evidence="document", expires="12/2027")
    assert send(registrar, number, "renew", **longer).status_code == 422
    assert "Add a photograph or scan of the paper" in registrar.words()
    assert send(registrar, number, "renew", **longer, papers=pdf(6)).status_code == 303
    assert kept_papers(registrar, number)[6:] == [b"%PDF-1.7 6"]


def test_whoever_judges_nothing_opens_no_papers(changed: Flask, registrar: Browser) -> None:
    number, _ = a_claim(changed)
    send(registrar, number, "confirm", **typed(evidence="document", papers=pdf(1)))
    for role, status in (("viewer", 403), ("translator", 403), ("curator", 403), ("reviewer", 200)):
        reader = Browser(changed)
        reader.sign_in(make_person(changed, f"{role}@example.test", roles=frozenset({role})))
        reader.get(f"{LIST}/{number}")
        assert bool(reader.page.xpath("//section[@aria-labelledby='papers']")) == (status == 200), role
        assert reader.get(f"{LIST}/{number}/papers/1").status_code == status, role


def turn(app: Flask, code: str, moment: datetime | None) -> None:
    """A product leaves the catalogue, or comes back."""
    with app.app_context(), transaction():
        LISTINGS["product"].archive(code, moment)


def test_what_left_with_its_holder_is_withdrawn_and_no_seal_comes_back(
    changed: Flask, registrar: Browser
) -> None:
    number, code = a_claim(changed)
    send(registrar, number, "confirm", **typed())
    product = code.removesuffix("-ocop")
    turn(changed, product, now())
    registrar.get(f"{LIST}?status=left")
    assert registrar.page.xpath("//tbody//th//a/@href") == [f"{LIST}/{number}"]
    assert "Confirmed; left with its holder" in registrar.words()
    registrar.get(f"{LIST}/{number}")
    assert not registrar.page.xpath(f"//main//a[contains(@href, '/certificates/{code}')]")
    assert send(registrar, number, "withdraw", why="Cơ quan cấp thu hồi").status_code == 303
    assert changed.test_client().get(f"/en/certificates/{code}").status_code == 404
    turn(changed, product, None)
    assert "Withdrawn" in changed.test_client().get(f"/en/certificates/{code}").text
    assert not seals(changed, code)


def test_what_the_paper_covers_is_offered_also_where_it_left(changed: Flask, registrar: Browser) -> None:
    with changed.app_context():
        row = db.session.scalars(
            select(Certificate)
            .join(CertificationScheme)
            .where(CertificationScheme.code == "da-lat-ket-tinh", Certificate.scope.any())
            .options(selectinload(Certificate.scope).joinedload(CertificateScope.product))
        ).first()
        number, covered = row.id, sorted(one.product.code for one in row.scope)
    turn(changed, covered[0], now())
    registrar.get(f"{LIST}/{number}")
    ticked = registrar.page.xpath("//input[@name='products' and @checked]/@value")
    assert sorted(ticked) == covered
    assert "(not in the catalogue now)" in registrar.words()
    assert send(registrar, number, "confirm", **typed(level="", products=ticked)).status_code == 303
    with changed.app_context():
        assert register.entry_of(register.certificate(number))["products"] == covered


def test_what_is_withdrawn_says_why_and_its_seal_is_gone(changed: Flask, registrar: Browser) -> None:
    number, code = a_claim(changed)
    send(registrar, number, "confirm", **typed())
    assert send(registrar, number, "withdraw", why="").status_code == 422
    assert seals(changed, code)
    assert send(registrar, number, "withdraw", why="Cơ quan cấp thu hồi").status_code == 303
    assert not seals(changed, code)
    assert "Withdrawn" in changed.test_client().get(f"/en/certificates/{code}").text
    registrar.get(f"{LIST}/{number}")
    assert "Cơ quan cấp thu hồi" in registrar.words()


def test_who_was_slower_is_told_and_changes_nothing(changed: Flask, registrar: Browser) -> None:
    number, _ = a_claim(changed)
    registrar.get(f"{LIST}/{number}")
    token = registrar.page.xpath("//input[@name='csrf_token']/@value")[0]
    send(registrar, number, "confirm", **typed())
    answer = registrar.post(f"{LIST}/{number}/reject", {"csrf_token": token, "seen": "0", "why": "x"})
    assert answer.status_code == 409
    assert "Somebody was quicker" in registrar.words()


def test_a_certificate_that_nobody_reported_is_entered(changed: Flask, registrar: Browser) -> None:
    with changed.app_context():
        product = db.session.scalars(
            select(Product)
            .join(Category)
            .where(
                Category.code == "brocade",
                ~Product.id.in_(select(Certificate.product_id).where(Certificate.product_id.is_not(None))),
            )
        ).first()
        code, name = product.code, product.name.vi
    registrar.get(f"{LIST}/new?{urlencode({'scheme': 'ocop', 'q': name})}")
    [way] = registrar.page.xpath(f"//main//a[contains(@href, 'holder={code}')]/@href")
    registrar.get(way)
    answer = registrar.send("evidence", typed(level="3"))
    assert answer.status_code == 303
    assert seals(changed, f"{code}-ocop")


def test_whoever_only_reads_sees_no_forms_and_may_take_the_list_away(changed: Flask) -> None:
    reader = Browser(changed)
    reader.sign_in(make_person(changed, "viewer@example.test", roles=frozenset({"viewer"})))
    number, _ = a_claim(changed)
    reader.get(f"{LIST}/{number}")
    assert not reader.page.xpath("//main//form")
    token = {"csrf_token": "x"}
    assert reader.post(f"{LIST}/{number}/confirm", token).status_code in {400, 403}
    assert reader.get(f"{LIST}/certificates.csv").status_code == 200


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("status=valid", 0),
        ("status=unconfirmed", 87),
        ("scheme=ocop", 69),
        ("q=mứt dâu", None),
        ("page=2", None),
    ],
)
def test_a_list_is_what_its_address_asks_for(registrar: Browser, query: str, number: int | None) -> None:
    assert registrar.get(f"{LIST}?{query}").status_code == 200
    [said] = registrar.page.xpath("//p[@role='status']/text()")
    if number is not None:
        assert said == f"{number} certificates"


@pytest.mark.parametrize(
    "query", ["sort=x", "status=x", "ends=1", "evidence=%00", "scheme=%F0%9F%98%80", "q=%00"]
)
def test_what_an_address_cannot_mean_is_passed_over(registrar: Browser, query: str) -> None:
    assert registrar.get(f"{LIST}?{query}").status_code == 200


@pytest.mark.parametrize("sort", ["name", "-name", "scheme", "-number", "issued", "-expires", "-products"])
def test_every_column_sorts_both_ways(registrar: Browser, sort: str) -> None:
    assert registrar.get(f"{LIST}?sort={sort}").status_code == 200
    [order] = registrar.page.xpath("//th[@aria-sort]/@aria-sort")
    assert order == ("descending" if sort.startswith("-") else "ascending")


def upload(browser: Browser, body: bytes, name: str = "giay.csv") -> None:
    browser.get("/staff/sheets/certificates")
    browser.send("file", {"file": (io.BytesIO(body), name)}, follow=True)
    assert browser.answer.status_code == 200, browser.words()


@pytest.mark.parametrize(
    "name", ["certificates.xlsx", "certificates.csv", "certificates.csv?separator=semicolon"]
)
def test_the_register_that_is_sent_back_changes_nothing(
    registrar: Browser, changed: Flask, name: str
) -> None:
    number, _ = a_claim(changed)
    send(registrar, number, "confirm", **typed(number="000123", expires="31/12/2027"))
    upload(registrar, registrar.get(f"{LIST}/{name}").data, name.partition("?")[0])
    assert "The sheet says what the list says already" in registrar.words()


def test_a_list_of_the_issuer_is_looked_at_then_written_all_at_once(
    registrar: Browser, changed: Flask
) -> None:
    number, code = a_claim(changed)
    head = "Code;Level;Number;Granted;Expires;Based on;Confirmed"
    rows = f"{head}\n{code};4;000123;02/01/2025;15/01/2027;The issuer’s register;yes\n"
    upload(registrar, rows.encode())
    assert "15 January 2027" in registrar.words()
    assert not seals(changed, code)
    registrar.send("digest")
    assert registrar.answer.status_code == 303
    assert seals(changed, code)
    with changed.app_context():
        row = db.session.get(Certificate, number)
        assert (row.number, row.issued, row.expires) == ("000123", "2025-01-02", "2027-01-15")


def test_one_wrong_row_holds_the_whole_sheet_back(registrar: Browser, changed: Flask) -> None:
    _, code = a_claim(changed)
    rows = f"Code;Level;Number;Expires;Based on;Confirmed\n{code};6;1;01/13/2027;register;yes\n"
    upload(registrar, rows.encode())
    assert "“01/13/2027” is no date" in registrar.words()
    rows = f"Code;Level;Number;Based on;Confirmed\n{code};6;1;register;yes\nkhong-co;4;2;register;yes\n"
    upload(registrar, rows.encode())
    assert "has the levels 3, 4, 5 and no other" in registrar.words()
    assert "No certificate has the code “khong-co”" in registrar.words()
    assert not registrar.page.xpath("//form[.//*[@name='digest']]")
    assert not seals(changed, code)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_cells_that_no_sheet_reads_are_named(registrar: Browser, changed: Flask, language: str) -> None:
    number, code = a_claim(changed)
    send(registrar, number, "confirm", **typed())
    upload(registrar, f"Mã;Tình trạng\n{code};{'Đã thu hồi' if language == 'vi' else 'Withdrawn'}\n".encode())
    assert "B2: No sheet changes how a certificate stands" in registrar.words()
    upload(registrar, f"Mã;Đã xác nhận\n{code};Không\n".encode())
    assert "B2: It is confirmed, and no sheet takes that back" in registrar.words()


def test_a_far_year_and_a_paste_are_told_beside_their_fields(changed: Flask, registrar: Browser) -> None:
    number, _ = a_claim(changed)
    for field, value, words in (
        ("issued", "9999", f"it can be from 1975 to {today().year + 50}"),
        ("valid_from", "01/01/0205", f"it can be from 1975 to {today().year + 50}"),
        ("number", "1" * 5000, "Write at most 100 signs"),
    ):
        assert send(registrar, number, "confirm", **typed(**{field: value})).status_code == 422
        assert words in registrar.page.xpath(f"string(//*[@id='{field}-error'])"), field


def test_titles_of_villages_and_artisans_are_not_offered(registrar: Browser) -> None:
    registrar.get(f"{LIST}/new")
    offered = {*registrar.page.xpath("//select[@name='scheme']/option/@value")}
    assert {"ocop", "lang-nghe", "nghe-nhan"} & offered == {"ocop"}


def test_the_mark_of_dalat_is_for_no_maker_of_wine(registrar: Browser) -> None:
    registrar.get(f"{LIST}/new?scheme=da-lat-ket-tinh&holder=ladofoods")
    assert registrar.send("evidence", typed(level="")).status_code == 422
    assert "covers none of this maker's products" in registrar.words()


@pytest.mark.parametrize("path", [LIST, "/staff/applications", "/staff/reviews", "/staff/enquiries"])
def test_a_number_that_no_row_can_have_is_no_page(changed: Flask, path: str) -> None:
    browser = Browser(changed)
    browser.sign_in(make_person(changed, "all@example.test", roles=frozenset({"administrator"})))
    assert browser.get(f"{path}/99999999999999999999").status_code == 404
