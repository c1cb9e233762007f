"""Pages of certification schemes on the real data."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import cycle

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from catalogue.certification.models import Certificate, CertificationScheme, SchemeCategory
from catalogue.certification.queries import standings
from catalogue.certification.rules import Status
from catalogue.database import db, transaction
from catalogue.kernel.language import Language
from catalogue.products.models import Category, Product

ROOTS = {Language.VI: "/vi/chung-nhan", Language.EN: "/en/schemes"}


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def main(document: HtmlElement) -> HtmlElement:
    return document.xpath("//main")[0]


def links(element: HtmlElement) -> list[str]:
    return element.xpath(".//a/@href")


def address(scheme: CertificationScheme, language: Language) -> str:
    return f"{ROOTS[language]}/{scheme.slug(language)}"


@pytest.fixture(scope="module")
def schemes(loaded: Flask) -> list[CertificationScheme]:
    everything = (
        selectinload(CertificationScheme.levels),
        selectinload(CertificationScheme.categories),
        selectinload(CertificationScheme.areas),
    )
    with loaded.app_context():
        return list(db.session.scalars(select(CertificationScheme).options(*everything)))


@pytest.fixture(scope="module")
def categories(loaded: Flask) -> dict[int, Category]:
    with loaded.app_context():
        return {category.id: category for category in db.session.scalars(select(Category))}


def by_code(schemes: list[CertificationScheme], code: str) -> CertificationScheme:
    return next(scheme for scheme in schemes if scheme.code == code)


@pytest.mark.parametrize("language", Language)
def test_the_list_leads_to_every_scheme_and_says_how_many(read, schemes, language: Language) -> None:
    page = read(ROOTS[language])
    assert words(page.xpath("//h1")[0]).startswith(f"{len(schemes)} ")
    assert {address(scheme, language) for scheme in schemes} <= set(links(main(page)))


@pytest.mark.parametrize("language", Language)
def test_a_scheme_shows_everything_known_of_it(read, schemes, categories, language: Language) -> None:
    for scheme in schemes:
        page = read(address(scheme, language))
        text = words(main(page))
        assert words(page.xpath("//h1")[0]) == scheme.name.text(language)
        known = (scheme.summary, scheme.issuer, scheme.scope, scheme.legal_basis)
        told = [value.text(language) for value in known if value]
        told += [categories[row.category_id].name.text(language) for row in scheme.categories if row.listed]
        told += [place.name.text(language) for place in scheme.areas]
        told += [str(scheme.validity_months)] if scheme.validity_months else []
        assert [value for value in told if value not in text] == [], scheme.code
        assert {source["url"] for source in scheme.sources} <= set(links(main(page)))
        assert scheme.url is None or scheme.url in links(main(page))


def test_levels_are_read_in_words(read, schemes) -> None:
    assert "3 stars, 4 stars, 5 stars" in words(main(read(address(by_code(schemes, "ocop"), Language.EN))))
    titles = words(main(read(address(by_code(schemes, "nghe-nhan"), Language.EN))))
    assert "Meritorious Artisan, People’s Artisan" in titles


def test_what_was_only_agreed_stands_apart(read, schemes, categories) -> None:
    mark = by_code(schemes, "da-lat-ket-tinh")
    page = read(address(mark, Language.EN))
    heading = page.xpath("//h3[contains(., 'registration not confirmed')]")[0]
    apart = set(heading.getnext().xpath(".//a/text()"))
    rows: dict[bool, set[str]] = {True: set(), False: set()}
    for row in mark.categories:
        if row.listed:
            rows[row.agreed_only].add(categories[row.category_id].name.text(Language.EN))
    assert apart == rows[True]
    assert apart.isdisjoint(rows[False])


def test_a_scheme_without_an_agreed_part_has_no_such_heading(read, schemes) -> None:
    assert "registration not confirmed" not in words(
        main(read(address(by_code(schemes, "ocop"), Language.EN)))
    )


@pytest.mark.parametrize("language", Language)
def test_a_long_list_of_holders_comes_in_pages_and_is_whole(
    client: FlaskClient, read, schemes, loaded: Flask, language: Language
) -> None:
    ocop = by_code(schemes, "ocop")
    start, found, rows = address(ocop, language), set(), 0
    for number in (1, 2, 3):
        page = read(f"{start}?page={number}")
        shown = page.xpath("//main//table/tbody/tr")
        rows += len(shown)
        assert len(shown) <= 24
        found |= set(links(main(page)))
    assert client.get(f"{start}?page=4").status_code == 404
    with loaded.app_context():
        holders = (
            select(Certificate)
            .where(Certificate.scheme_id == ocop.id)
            .options(joinedload(Certificate.product))
        )
        certificates = db.session.scalars(holders).all()
        papers = "/vi/giay-chung-nhan/" if language is Language.VI else "/en/certificates/"
        goods = "/vi/san-pham/" if language is Language.VI else "/en/products/"
        assert rows == len(certificates) == 69
        assert {papers + one.code for one in certificates} <= found
        assert {goods + one.product.slug(language) for one in certificates if one.product} <= found


def test_what_a_maker_s_certificate_covers_is_linked_or_called_unknown(read, schemes) -> None:
    page = main(read(address(by_code(schemes, "da-lat-ket-tinh"), Language.EN)))
    covered = page.xpath(".//tbody/tr/td[@data-l='Said to cover']")
    assert len(covered) == 3
    assert {bool(links(cell)) or words(cell) == "Not stated" for cell in covered} == {True}
    assert any(words(cell) == "Not stated" for cell in covered)


def test_confirmed_and_reported_are_counted_apart(changed: Flask, schemes) -> None:
    ocop = address(by_code(schemes, "ocop"), Language.EN)

    def amounts() -> list[str]:
        page = document_fromstring(changed.test_client().get(ocop).data)
        return [words(number) for number in page.xpath("//main//dl[@class='stats']//dd")]

    assert amounts() == ["0", "69"]
    with changed.app_context(), transaction():
        one = db.session.scalar(select(Certificate).where(Certificate.code.like("%-ocop")).limit(1))
        one.number, one.evidence, one.confirmed_on = "OCOP-001", "register", date(2026, 1, 2)
    assert amounts() == ["1", "68"]


@pytest.mark.parametrize(
    "facts", [{"expires": "2020"}, {"valid_from": date(2090, 1, 1)}, {"withdrawn_on": date(2026, 1, 3)}]
)
def test_what_is_not_in_force_counts_neither_as_confirmed_nor_as_reported(
    changed: Flask, schemes, facts: dict[str, object]
) -> None:
    with changed.app_context(), transaction():
        one = db.session.scalar(select(Certificate).where(Certificate.code.like("%-ocop")).limit(1))
        one.number, one.evidence, one.confirmed_on = "OCOP-001", "register", date(2026, 1, 2)
        for name, value in facts.items():
            setattr(one, name, value)
        product = db.session.get(Product, one.product_id)
        slug = product.slug_en
    client = changed.test_client()
    page = document_fromstring(client.get(address(by_code(schemes, "ocop"), Language.EN)).data)
    counted = [words(one) for one in page.xpath("//main//dl[@class='stats']/div")]
    assert counted == [
        "confirmed and in force 0",
        "reported, not confirmed 68",
        "no longer or not yet in force 1",
    ]
    without = document_fromstring(client.get("/en/products?evidence=none").data)
    with_it = document_fromstring(client.get("/en/products?evidence=reported").data)
    assert [words(one.xpath("//main//h1")[0]) for one in (without, with_it)] == [
        "247 products",
        "88 products",
    ]
    told = document_fromstring(client.get(f"/en/products/{slug}").data)
    [line] = told.xpath("//main//div[starts-with(@class, 'claim-line')]")
    kinds = {"expires": "past", "valid_from": "wait", "withdrawn_on": "wrong"}
    assert line.get("class") == f"claim-line {kinds[next(iter(facts))]}"


def test_a_scheme_whose_issuer_ended_says_so(read, schemes) -> None:
    for code, ended in (("da-lat-ket-tinh", True), ("cm-ca-phe-di-linh", True), ("ocop", False)):
        page = main(read(address(by_code(schemes, code), Language.EN)))
        assert ("This body no longer exists" in words(page)) is ended


def test_a_scheme_that_nothing_carries_says_so(read, schemes) -> None:
    assert "No source that we have read names a holder" in words(
        main(read(address(by_code(schemes, "vietgap"), Language.EN)))
    )


def test_the_number_of_statements_does_not_grow_with_the_holders(client, schemes, statements) -> None:
    counts = []
    for code in ("haccp", "organic"):
        with statements() as run:
            client.get(address(by_code(schemes, code), Language.EN))
        counts.append(len(run))
    assert counts[0] == counts[1]


def test_the_list_takes_the_same_statements_with_more_certificates(changed: Flask, statements) -> None:
    client, counts = changed.test_client(), []
    with statements() as run:
        client.get(ROOTS[Language.VI])
    counts.append(len(run))
    with changed.app_context(), transaction():
        vietgap = db.session.scalar(select(CertificationScheme).where(CertificationScheme.code == "vietgap"))
        covered = select(SchemeCategory.category_id).where(SchemeCategory.scheme_id == vietgap.id)
        for product in db.session.scalars(select(Product).where(Product.category_id.in_(covered))):
            already = select(Certificate.id).filter_by(scheme_id=vietgap.id, producer_id=product.producer_id)
            if db.session.scalar(already) is None:
                db.session.add(
                    Certificate(
                        code=f"{product.code}-vietgap",
                        scheme_id=vietgap.id,
                        producer_id=product.producer_id,
                        evidence="press",
                        source_url="https://example.org/",
                    )
                )
                db.session.flush()
    with statements() as run:
        client.get(ROOTS[Language.VI])
    assert len(run) == counts[0]


def test_an_old_address_leads_to_the_present_one(changed: Flask) -> None:
    with changed.app_context(), transaction():
        scheme = db.session.scalar(select(CertificationScheme).where(CertificationScheme.code == "haccp"))
        scheme.slug_en = "hazard-control"
    response = changed.test_client().get("/en/schemes/haccp?page=1")
    assert (response.status_code, response.location) == (301, "/en/schemes/hazard-control?page=1")


CONFIRMED = {"confirmed_on": date(2026, 1, 1), "number": "1/QĐ"}
STANDINGS = [
    *(CONFIRMED, {"confirmed_on": date(2026, 1, 1), "number": None, "evidence": "document"}),
    *(CONFIRMED | {"expires": "2026-10"}, CONFIRMED | {"valid_from": date(2026, 12, 1)}),
    *(CONFIRMED | {"expires": "2026-11-26"}, {"suspended_on": date(2026, 2, 1)}, {"number": " "}),
    *({"withdrawn_on": date(2027, 1, 1)}, {"withdrawn_on": date(2026, 2, 1)}),
    *({"replaced_on": date(2026, 2, 1)}, {"expires": "2026"}),
]


@pytest.mark.parametrize("day", [date(2026, 11, 26), date(2026, 11, 27), date(2027, 6, 1)])
def test_certificates_are_counted_as_each_one_s_own_status_says(changed: Flask, day: date) -> None:
    with changed.app_context():
        rows = db.session.scalars(select(Certificate).order_by(Certificate.code)).all()
        for row, facts in zip(rows, cycle(STANDINGS), strict=False):
            for name, value in facts.items():
                setattr(row, name, value)
        db.session.flush()
        one_by_one: dict[int, Counter[Status]] = {}
        for row in rows:
            one_by_one.setdefault(row.scheme_id, Counter())[row.status_on(day)] += 1
        assert len({status for amounts in one_by_one.values() for status in amounts}) > 5
        assert standings(day) == one_by_one
        db.session.rollback()
