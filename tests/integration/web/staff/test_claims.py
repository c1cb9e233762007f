"""A maker sends a photograph of its paper; the office confirms it, and the seal appears, till withdrawn."""

from __future__ import annotations

import io
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import select

from catalogue import slugs
from catalogue.certification.models import Certificate, CertificationScheme
from catalogue.certification.queries import certificates_of_product
from catalogue.database import db, transaction
from catalogue.editorial.models import CertificateClaim
from catalogue.jobs.worker import drain
from catalogue.kernel.language import Bilingual
from catalogue.producers.models import Producer
from catalogue.products.models import Category, Product
from tests.people import Browser, letters, make_person

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


@pytest.fixture
def product(changed: Flask) -> tuple[str, str, str]:
    """Maker, code and English address of a shawl that nobody says is certified."""
    with changed.app_context():
        held = select(Certificate.product_id).where(Certificate.product_id.is_not(None))
        row = db.session.execute(
            select(Producer.code, Product.code, Product.slug_en)
            .join(Product, Product.producer_id == Producer.id)
            .join(Category, Category.id == Product.category_id)
            .where(Category.code == "brocade", ~Product.id.in_(held))
        ).first()
        return tuple(row)


@pytest.fixture
def maker(changed: Flask, product: tuple[str, str, str]) -> Browser:
    browser = Browser(changed)
    browser.sign_in(make_person(changed, "maker@example.test", speaks_for=product[0]))
    return browser


@pytest.fixture
def registrar(changed: Flask) -> Browser:
    browser = Browser(changed)
    browser.sign_in(make_person(changed, "registrar@example.test", roles=frozenset({"registrar"})))
    return browser


def send_paper(maker: Browser, code: str, **more: object) -> None:
    maker.get(f"/studio/listings/{code}/certificates")
    fields = {"certificate": "ocop:4", "number": "55/QĐ", "issued": "2025"}
    maker.send("papers", fields | {"papers": (io.BytesIO(PNG), "giay.png")} | more)


def test_claims_are_found_by_the_name_that_is_shown_the_maker_and_the_number(
    changed: Flask, product: tuple[str, str, str], maker: Browser, registrar: Browser
) -> None:
    code = product[1]
    send_paper(maker, code)
    with changed.app_context(), transaction():
        renamed = db.session.scalars(select(Product).where(Product.code == code)).one()
        renamed.name = Bilingual("Khăn choàng Cơ Tu", "Shawl of another name")
        slugs.address(renamed)
        named = db.session.scalars(select(Producer).where(Producer.code == product[0])).one().name.vi
    for words, number in (("khan CO tu", 1), (named, 1), ("55/QĐ", 1), ("another", 1), ("jambuxyz", 0)):
        registrar.get(f"/staff/claims?q={quote(words)}")
        assert len(registrar.page.xpath("//main//section[@class='part']")) == number, words
        assert registrar.page.xpath("//input[@name='q']/@value") == [words]
        sheet = registrar.page.xpath("//a[contains(@href, '.csv')]/@href")[0]
        assert len(registrar.get(sheet).text.splitlines()) == 1 + number


def shown(app: Flask, address: str) -> bool:
    return 'class="seal' in app.test_client().get(f"/en/products/{address}").text


def test_from_the_makers_paper_to_the_seal_and_back(
    changed: Flask, product: tuple[str, str, str], maker: Browser, registrar: Browser
) -> None:
    _, code, address = product
    send_paper(maker, code)
    assert maker.answer.status_code == 303
    assert not shown(changed, address)  # nothing is public before the office has said so
    registrar.get("/staff/claims")
    [way] = registrar.page.xpath("//a[contains(@href, '/staff/certificates/claims/')]/@href")
    registrar.get(way, follow=True)
    [paper] = registrar.page.xpath("//section[@aria-labelledby='sent']//img/@src")
    assert registrar.get(paper).data == PNG
    registrar.get(way, follow=True)
    assert registrar.page.xpath("//input[@name='number']/@value") == ["55/QĐ"]
    registrar.send("evidence", {"evidence": "document", "level": "4", "number": "55/QĐ", "issued": "2025"})
    assert registrar.answer.status_code == 303, registrar.words()
    entry = registrar.answer.location
    assert shown(changed, address)
    drain(changed, "test")
    assert letters(changed)[-1]["Subject"].startswith("About your certificate")
    maker.get(f"/studio/listings/{code}/certificates")
    assert "Stands in the register now" in maker.words()
    registrar.get(entry)
    form = registrar.page.xpath("//form[.//button[contains(@formaction, '/withdraw')]]")[0]
    hidden = {one.get("name"): one.get("value") for one in form.xpath(".//input[@type='hidden']")}
    registrar.post(f"{entry}/withdraw", hidden | {"why": "Thu hồi"})
    assert not shown(changed, address)


def test_all_that_the_maker_showed_stays_beside_what_the_office_adds(
    changed: Flask, product: tuple[str, str, str], maker: Browser, registrar: Browser
) -> None:
    shown_by_maker = [(io.BytesIO(b"%PDF-1.7 " + bytes([one])), f"{one}.pdf") for one in range(6)]
    send_paper(maker, product[1], papers=shown_by_maker)
    registrar.get("/staff/claims")
    [way] = registrar.page.xpath("//a[contains(@href, '/staff/certificates/claims/')]/@href")
    registrar.get(way, follow=True)
    typed = {"evidence": "document", "level": "4", "number": "55/QĐ", "issued": "2025"}
    registrar.send("evidence", typed | {"papers": (io.BytesIO(PNG), "mat-sau.png")})
    assert registrar.answer.status_code == 303, registrar.words()
    registrar.get(registrar.answer.location)
    ways = registrar.page.xpath("//section[@aria-labelledby='papers']//a/@href")
    assert len(ways) == 7
    assert registrar.get(ways[-1]).data == PNG


def test_a_paper_that_proves_nothing_is_declined_with_the_reason(
    changed: Flask, product: tuple[str, str, str], maker: Browser, registrar: Browser
) -> None:
    send_paper(maker, product[1])
    registrar.get("/staff/claims")
    [way] = registrar.page.xpath("//a[contains(@href, '/staff/certificates/claims/')]/@href")
    registrar.get(way, follow=True)
    registrar.send("/decline", {"reason": "Giấy của cơ sở khác"})
    assert registrar.answer.status_code == 303
    maker.get(f"/studio/listings/{product[1]}/certificates")
    assert "Giấy của cơ sở khác" in maker.words()
    drain(changed, "test")
    with changed.app_context():
        [row] = db.session.scalars(select(Product.id).where(Product.code == product[1]))
        assert certificates_of_product(row) == []
    assert "Giấy của cơ sở khác" in letters(changed)[-1].get_content()


@pytest.fixture
def grower(changed: Flask) -> tuple[str, str, str]:
    """A maker that nobody says has VietGAP, and two of its products that it could have it for."""
    with changed.app_context():
        held = select(Certificate.producer_id).join(Certificate.scheme)
        held = held.where(CertificationScheme.code == "vietgap", Certificate.producer_id.is_not(None))
        goods: dict[str, list[str]] = {}
        for maker, product in db.session.execute(
            select(Producer.code, Product.code)
            .join(Product, Product.producer_id == Producer.id)
            .join(Category, Category.id == Product.category_id)
            .where(Category.code.in_(["tea", "coffee"]), ~Producer.id.in_(held))
            .order_by(Producer.code, Product.code)
        ):
            goods.setdefault(maker, []).append(product)
        return next((maker, *codes[:2]) for maker, codes in goods.items() if len(codes) > 1)


@pytest.fixture
def ways(changed: Flask, grower: tuple[str, str, str], registrar: Browser) -> list[str]:
    """The ways into the register from two papers of the same maker and scheme, VG-77 and VG-99."""
    maker = Browser(changed)
    maker.sign_in(make_person(changed, "grower@example.test", speaks_for=grower[0]))
    for number, code in zip(("VG-77", "VG-99"), grower[1:], strict=True):
        paper = (io.BytesIO(b"%PDF-1.7 " + number.encode()), "giay.pdf")
        send_paper(maker, code, certificate="vietgap", number=number, papers=paper)
        assert maker.answer.status_code == 303, maker.words()
    registrar.get("/staff/claims")
    return registrar.page.xpath("//a[contains(@href, '/staff/certificates/claims/')]/@href")


def states(app: Flask) -> dict[str, str]:
    """How far each claim is, by the number on its paper."""
    with app.app_context():
        return dict(db.session.execute(select(CertificateClaim.number, CertificateClaim.state)).all())


def says(number: str, issued: str, expires: str, **more: object) -> dict[str, object]:
    return {"evidence": "document", "number": number, "issued": issued, "expires": expires} | more


def renew(browser: Browser, entry: str, **more: object) -> int:
    browser.get(entry)
    form = browser.form("evidence")
    hidden = {one.get("name"): one.get("value") for one in form.xpath(".//input[@type='hidden']")}
    return browser.post(f"{entry}/renew", hidden | says("VG-78", "12/2025", "11/2027", **more)).status_code


def kept_papers(browser: Browser, entry: str) -> list[bytes]:
    browser.get(entry)
    kept = browser.page.xpath("//section[@aria-labelledby='papers']//a/@href")
    return [browser.get(way).data for way in kept]


def test_each_of_two_papers_opens_with_its_own_number_its_product_and_its_no(
    changed: Flask, grower: tuple[str, str, str], ways: list[str], registrar: Browser
) -> None:
    for way, number, code in zip(ways, ("VG-77", "VG-99"), grower[1:], strict=True):
        registrar.get(way, follow=True)
        assert registrar.page.xpath("//input[@name='number']/@value") == [number]
        assert registrar.page.xpath("//input[@name='products' and @checked]/@value") == [code]
        assert registrar.page.xpath("//input[@name='claim']/@value") == [way.rpartition("/")[2]]
        # The other one is a step away.
        assert set(registrar.page.xpath("//section[@aria-labelledby='sent']//a/@href")) >= {*ways} - {way}
        [paper] = registrar.page.xpath("(//section[@aria-labelledby='sent']//*[@class='papers'])[1]//a/@href")
        assert registrar.get(paper).data == b"%PDF-1.7 " + number.encode()
    registrar.get(ways[1], follow=True)
    registrar.send("/decline", {"reason": "Giấy mờ"})
    assert states(changed) == {"VG-77": "new", "VG-99": "declined"}
    assert registrar.get(ways[1]).status_code == 422
    assert "This was decided already" in registrar.words()


def test_only_the_paper_that_was_chosen_is_a_ground_and_only_it_is_accepted(
    changed: Flask, grower: tuple[str, str, str], ways: list[str], registrar: Browser
) -> None:
    registrar.get(ways[0], follow=True)
    registrar.send("evidence", says("VG-77", "01/2025", "12/2026", products=grower[1]))
    assert registrar.answer.status_code == 303, registrar.words()
    entry = registrar.answer.location
    assert states(changed) == {"VG-77": "accepted", "VG-99": "new"}
    assert renew(registrar, entry) == 422
    assert "Add a photograph or scan of the paper" in registrar.words()
    assert states(changed)["VG-99"] == "new"
    registrar.get(entry)
    assert registrar.page.xpath("//input[@name='claim' and @checked]/@value") == [""]
    [other] = registrar.page.xpath("//input[@name='claim' and not(@checked)]/@value")
    assert renew(registrar, entry, claim=other) == 303
    assert states(changed) == {"VG-77": "accepted", "VG-99": "accepted"}
    assert kept_papers(registrar, entry) == [b"%PDF-1.7 VG-77", b"%PDF-1.7 VG-99"]


def test_a_form_rests_on_no_paper_of_others_and_on_none_that_waits_no_more(
    changed: Flask, product: tuple[str, str, str], maker: Browser, ways: list[str], registrar: Browser
) -> None:
    send_paper(maker, product[1])
    registrar.get("/staff/claims")
    links = registrar.page.xpath("//a[contains(@href, '/staff/certificates/claims/')]/@href")
    [stranger] = {*links} - {*ways}
    registrar.get(ways[0], follow=True)
    for wrong in (stranger.rpartition("/")[2], "999", "x"):
        answer = registrar.send("evidence", says("VG-77", "01/2025", "12/2026", claim=wrong))
        assert answer.status_code == 422
        assert "This paper does not wait here any more" in registrar.words()
    assert set(states(changed).values()) == {"new"}


def test_nothing_is_called_entered_that_does_not_stand_in_the_register(
    changed: Flask, product: tuple[str, str, str], maker: Browser, ways: list[str], registrar: Browser
) -> None:
    """The register has VietGAP of the maker, and no OCOP of the product."""
    registrar.get(ways[0], follow=True)
    registrar.send("evidence", says("VG-77", "01/2025", "12/2026"))
    entry = registrar.answer.location
    send_paper(maker, product[1])
    with changed.app_context():
        number = db.session.scalars(
            select(CertificateClaim.id).where(CertificateClaim.scheme == "ocop")
        ).one()
    drain(changed, "test")
    before = len(letters(changed))
    registrar.get("/staff/claims")
    accepts = registrar.page.xpath("//form[contains(@action, '/accept')]")
    assert [entry in form.xpath(".//a/@href") for form in accepts] == [True]  # that of VG-99
    token = registrar.page.xpath("//input[@name='csrf_token']/@value")[0]
    answer = registrar.post(f"/staff/claims/{number}/accept", {"csrf_token": token})
    assert answer.status_code == 422
    [told] = registrar.page.xpath(f"//section[@aria-labelledby='claim-{number}']//p[@id='accept-{number}']")
    assert "no confirmed certificate of this scheme" in told.text_content()
    drain(changed, "test")
    assert len(letters(changed)) == before
    assert states(changed) == {"VG-77": "accepted", "VG-99": "new", "55/QĐ": "new"}
    assert registrar.send("/accept").status_code == 303
    assert states(changed)["VG-99"] == "accepted"
