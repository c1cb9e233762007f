"""The page of one certificate: honest about what nobody has confirmed."""

from __future__ import annotations

import re
from datetime import date

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from catalogue.certification.models import Certificate, CertificateScope
from catalogue.database import db, transaction
from catalogue.kernel.language import Language
from catalogue.producers.models import Producer
from catalogue.products.models import Product

ROOTS = {Language.VI: "/vi/giay-chung-nhan", Language.EN: "/en/certificates"}
GOODS = {Language.VI: "/vi/san-pham", Language.EN: "/en/products"}
MAKERS = {Language.VI: "/vi/nha-san-xuat", Language.EN: "/en/producers"}
SCHEMES = {Language.VI: "/vi/chung-nhan", Language.EN: "/en/schemes"}
VILLAGES = {Language.VI: "/vi/lang-nghe", Language.EN: "/en/villages"}
# What only a confirmed certificate may say, and the words that deny it in the same sentence.
BOAST = re.compile(r"(?i)\b(in force|valid (until|to|through)|is valid|certified|confirmed)\b")
DENIAL = re.compile(r"(?i)\b(not|no|nobody|only)\b")
SENTENCE = re.compile(r"(?<=[.!?;])\s|\n")


def words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def main(document: HtmlElement) -> HtmlElement:
    return document.xpath("//main")[0]


def links(element: HtmlElement) -> set[str]:
    return set(element.xpath(".//a/@href"))


def facts(document: HtmlElement) -> dict[str, str]:
    rows = document.xpath("//main//dl[contains(@class, 'facts')]/div")
    return {words(row.xpath("dt")[0]): words(row.xpath("dd")[0]) for row in rows}


@pytest.fixture(scope="module")
def certificates(loaded: Flask) -> list[Certificate]:
    maker = joinedload(Certificate.product).joinedload(Product.producer)
    with loaded.app_context():
        rows = select(Certificate).options(
            joinedload(Certificate.scheme),
            maker.joinedload(Producer.village),
            joinedload(Certificate.producer).joinedload(Producer.village),
            selectinload(Certificate.scope).joinedload(CertificateScope.product),
        )
        return list(db.session.scalars(rows.order_by(Certificate.code)))


@pytest.fixture(scope="module")
def pages(loaded: Flask, certificates: list[Certificate]) -> dict[tuple[Language, str], HtmlElement]:
    """The page of every certificate in both languages, read once."""
    client = loaded.test_client()
    return {
        (language, one.code): document_fromstring(client.get(f"{ROOTS[language]}/{one.code}").data)
        for language in Language
        for one in certificates
    }


@pytest.mark.parametrize("language", Language)
def test_every_certificate_leads_to_scheme_holder_village_goods_and_sources(
    pages, certificates, language: Language
) -> None:
    for certificate in certificates:
        maker = certificate.product.producer if certificate.product else certificate.producer
        expected = {
            f"{SCHEMES[language]}/{certificate.scheme.slug(language)}",
            f"{MAKERS[language]}/{maker.slug(language)}",
            certificate.source_url,
        }
        expected |= {f"{VILLAGES[language]}/{maker.village.slug(language)}"} if maker.village else set()
        expected |= {f"{GOODS[language]}/{row.product.slug(language)}" for row in certificate.scope}
        expected |= {row.source_url for row in certificate.scope}
        assert expected - links(main(pages[language, certificate.code])) == set(), certificate.code


def test_what_is_only_reported_never_reads_as_a_certificate(pages, certificates) -> None:
    for certificate in certificates:
        page = main(pages[Language.EN, certificate.code])
        text = page.text_content()
        scheme = certificate.scheme
        for own in (scheme.name.en, scheme.issuer.en, *(row.product.name.en for row in certificate.scope)):
            text = text.replace(own, "")
        boasts = [line for line in SENTENCE.split(text) if BOAST.search(line) and not DENIAL.search(line)]
        assert boasts == [], certificate.code
        assert page.xpath(".//*[contains(concat(' ', @class, ' '), ' seal ')]") == []
        assert page.xpath(".//*[contains(concat(' ', @class, ' '), ' confirmed ')]") == []
        assert "Reported by a source, not confirmed by the issuer" in words(page)


def test_missing_number_and_end_are_said_to_be_missing(pages, certificates) -> None:
    for certificate in certificates:
        told = facts(pages[Language.EN, certificate.code])
        assert (told["Number"], told["Expires"]) == ("Not known", "Not known")
        assert told["Based on"] == "A public page, nothing else"
        assert (told["Granted or announced"] == "Not known") is (certificate.issued is None)


def test_the_issuer_to_ask_is_named(pages, certificates) -> None:
    for certificate in certificates:
        assert certificate.scheme.issuer.en in words(main(pages[Language.EN, certificate.code]))


@pytest.mark.parametrize(
    ("issued", "day", "said"),
    [
        ("2022-08", "2026-11-26", "Counted from August 2022, that ended in August 2025 at the latest."),
        ("2022-08", "2025-08-31", "Counted from August 2022, that would end in August 2025."),
        ("2022-08", "2025-09-01", "Counted from August 2022, that ended in August 2025 at the latest."),
        ("2025-03-13", "2026-11-26", "Counted from 13 Mar 2025, that would end in March 2028."),
        ("2020", "2023-12-31", "Counted from 2020, that would end in December 2023."),
        ("2020", "2024-01-01", "Counted from 2020, that ended in December 2023 at the latest."),
    ],
)
def test_the_usual_term_is_told_by_the_day(changed: Flask, issued: str, day: str, said: str) -> None:
    code = change_one(changed, issued=issued)
    with time_machine.travel(f"{day}T05:00:00Z", tick=False):
        page = document_fromstring(changed.test_client().get(f"/en/certificates/{code}").data)
    assert facts(page)["Usual term"] == f"This scheme usually runs 36 months. {said}"


@pytest.mark.parametrize(
    ("facts_on_record", "kind", "status"),
    [
        ({}, "confirmed", "Confirmed and in force"),
        ({"expires": "2026-11"}, "confirmed", "Confirmed and in force"),
        ({"expires": "2026-10"}, "past", "Expired"),
        ({"suspended_on": date(2026, 11, 1)}, "past", "Suspended"),
        ({"withdrawn_on": date(2026, 11, 1)}, "wrong", "Withdrawn"),
        ({"replaced_on": date(2026, 11, 1)}, "past", "Replaced by a newer one"),
        ({"valid_from": date(2026, 12, 1)}, "wait", "Granted, not yet in force"),
    ],
)
def test_a_confirmed_certificate_shows_its_standing_and_every_fact(
    changed: Flask, facts_on_record: dict[str, object], kind: str, status: str
) -> None:
    code = change_one(
        changed, number="KQ-17/2025", evidence="register", confirmed_on=date(2026, 1, 2), **facts_on_record
    )
    with time_machine.travel("2026-11-26T05:00:00Z", tick=False):
        page = document_fromstring(changed.test_client().get(f"/en/certificates/{code}").data)
    verdict = page.xpath("//main//div[contains(@class, 'verdict')]")[0]
    assert kind in verdict.get("class").split()
    assert status in words(verdict)
    told = facts(page)
    assert told["Number"] == "KQ-17/2025"
    assert told["Checked by our staff"] == "2 Jan 2026"
    for label, name in (("Suspended on", "suspended_on"), ("Withdrawn on", "withdrawn_on")):
        assert (label in told) is (name in facts_on_record)
    assert told["Expires"] == {"2026-11": "November 2026", "2026-10": "October 2026"}.get(
        str(facts_on_record.get("expires")), "Not known"
    )


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        ("register", "We checked it against the issuer’s register."),
        ("document", "We saw the paper itself."),
        ("press", "We saw neither the paper nor the issuer’s register."),
    ],
)
def test_confirmed_says_no_more_than_what_it_is_based_on(changed: Flask, evidence: str, said: str) -> None:
    code = change_one(changed, number="KQ-17/2025", evidence=evidence, confirmed_on=date(2026, 1, 2))
    page = document_fromstring(changed.test_client().get(f"/en/certificates/{code}").data)
    verdict = words(page.xpath("//main//div[contains(@class, 'verdict')]")[0])
    assert "Confirmed and in force" in verdict
    assert said in verdict
    assert ("register." in verdict) is (evidence != "document")


def test_an_issuer_that_ended_in_2025_is_said_to_be_gone(pages, certificates) -> None:
    gone = {True: 0, False: 0}
    for one in certificates:
        issuer = one.scheme.issuer.en
        ended = issuer.startswith("Former ") or "(until 30 June 2025)" in issuer
        told = "This body no longer exists" in words(main(pages[Language.EN, one.code]))
        assert told is ended, one.code
        gone[ended] += 1
    assert all(gone.values())


@pytest.mark.parametrize("language", Language)
def test_an_unknown_code_is_a_page_that_says_what_to_do(client: FlaskClient, language: Language) -> None:
    response = client.get(f"{ROOTS[language]}/khong-co-giay-nay")
    page = document_fromstring(response.data)
    assert (response.status_code, page.get("lang")) == (404, language.value)
    assert SCHEMES[language] in links(main(page))
    if language is Language.EN:
        assert "ask the issuer" in words(main(page))


def test_the_number_of_statements_does_not_grow_with_the_goods(client, certificates, statements) -> None:
    held_by_makers = [one for one in certificates if one.producer and one.scope]
    few, many = (sorted(held_by_makers, key=lambda one: len(one.scope))[place] for place in (0, -1))
    counts = []
    client.get(f"/vi/giay-chung-nhan/{few.code}")  # what is kept for each version is read once
    for certificate in (few, many):
        with statements() as run:
            client.get(f"/vi/giay-chung-nhan/{certificate.code}")
        counts.append(len(run))
    assert len(few.scope) < len(many.scope)
    assert counts[0] == counts[1]


def change_one(app: Flask, **values: object) -> str:
    """Set facts of one OCOP certificate; gives its code."""
    with app.app_context(), transaction():
        one = db.session.scalar(
            select(Certificate).where(Certificate.code.like("%-ocop")).order_by(Certificate.code).limit(1)
        )
        for name, value in values.items():
            setattr(one, name, value)
        return one.code
