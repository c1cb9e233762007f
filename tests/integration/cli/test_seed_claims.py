"""Claims of the press arrive as certificates that nobody has confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from catalogue.certification import verifying
from catalogue.certification.models import Certificate, CertificateScope, CertificationScheme, SchemeCategory
from catalogue.certification.rules import Status
from catalogue.database import db
from catalogue.products.models import Category, Product

SOURCE_OF_A_CLAIM = "https://nhabaovanviet.blogspot.com/2020/01/bao-xuan-am-lich-kham-pha-rau-globalgap.html"


@pytest.fixture
def certificates(loaded: Flask) -> Iterator[dict[str, Certificate]]:
    """Every certificate by its code."""
    wanted = select(Certificate).options(
        joinedload(Certificate.scheme),
        joinedload(Certificate.product),
        joinedload(Certificate.producer),
        selectinload(Certificate.scope).joinedload(CertificateScope.product),
    )
    with loaded.app_context():
        yield {certificate.code: certificate for certificate in db.session.scalars(wanted)}


def test_110_claims_are_87_certificates(certificates: dict[str, Certificate]) -> None:
    assert len(certificates) == 87
    assert sum(certificate.product_id is not None for certificate in certificates.values()) == 77


def test_the_scheme_says_who_holds_it(certificates: dict[str, Certificate]) -> None:
    for certificate in certificates.values():
        holder = "product" if certificate.product else "producer"
        assert certificate.scheme.granted_to == holder, certificate.code
        assert certificate.code.endswith(f"-{certificate.scheme.code}")


def test_none_is_confirmed_and_each_names_its_source(certificates: dict[str, Certificate]) -> None:
    for certificate in certificates.values():
        assert certificate.status_on(date(2026, 11, 26)) is Status.UNCONFIRMED, certificate.code
        assert (certificate.evidence, certificate.number, certificate.lookup_code) == ("press", None, None)
        assert certificate.source_url.startswith("http")
        assert certificate.source_url in [source["url"] for source in certificate.sources]


def test_none_breaks_a_rule_of_its_scheme(certificates: dict[str, Certificate]) -> None:
    assert list(verifying.faults(lambda _folder: True)) == []


def test_a_product_covers_itself(certificates: dict[str, Certificate]) -> None:
    for certificate in certificates.values():
        if certificate.product:
            assert [covered.product.code for covered in certificate.scope] == [certificate.product.code]


def test_a_producers_certificate_covers_its_products_that_repeat_the_claim(
    certificates: dict[str, Certificate],
) -> None:
    [gap] = [c for c in certificates.values() if c.scheme.code == "globalgap"]
    assert gap.producer is not None
    assert {covered.product.producer_id for covered in gap.scope} == {gap.producer_id}
    assert len(gap.scope) == 2
    assert SOURCE_OF_A_CLAIM in {covered.source_url for covered in gap.scope}


def test_where_no_product_repeats_a_claim_the_goods_are_not_stated(
    certificates: dict[str, Certificate],
) -> None:
    without_goods = [certificate for certificate in certificates.values() if not certificate.scope]
    assert [certificate.producer.code for certificate in without_goods if certificate.producer] == [
        "htx-song-vu"
    ]


def test_dates_keep_the_precision_of_their_source(certificates: dict[str, Certificate]) -> None:
    precisions = {len(certificate.issued) for certificate in certificates.values() if certificate.issued}
    assert precisions <= {4, 7, 10}
    assert sum(certificate.issued is not None for certificate in certificates.values()) > 20


def test_a_proposed_rating_stays_a_reported_fact(loaded: Flask, certificates: dict[str, Certificate]) -> None:
    with loaded.app_context():
        proposed = [
            p for p in db.session.scalars(select(Product)) if p.specs.get("ocop_status") == "proposed-5"
        ]
    assert proposed
    for product in proposed:
        certificate = certificates.get(f"{product.code}-ocop")
        assert certificate is None or certificate.level != "5"


def test_a_scheme_reaches_the_listed_categories_and_all_below_them(loaded: Flask) -> None:
    with loaded.app_context():
        rows = db.session.execute(
            select(CertificationScheme.code, Category.code, SchemeCategory.listed, SchemeCategory.agreed_only)  # type: ignore[attr-defined]
            .join(SchemeCategory, SchemeCategory.scheme_id == CertificationScheme.id)
            .join(Category, Category.id == SchemeCategory.category_id)
        ).all()
    reach = {(scheme, category): (listed, agreed) for scheme, category, listed, agreed in rows}
    assert reach["vietgap", "tea"] == (True, False)
    assert reach["vietgap", "tea-oolong"] == (False, False)
    assert reach["da-lat-ket-tinh", "tea-oolong"] == (True, True)
    assert reach["da-lat-ket-tinh", "coffee-arabica"] == (True, False)


def test_the_mark_never_reaches_handicraft(loaded: Flask) -> None:
    with loaded.app_context():
        top = select(Category.id).where(Category.code.in_(["handicraft", "silk-textile", "wine-spirits"]))
        reached = db.session.scalars(
            select(Category.code)
            .join(SchemeCategory, SchemeCategory.category_id == Category.id)
            .join(CertificationScheme, CertificationScheme.id == SchemeCategory.scheme_id)
            .where(CertificationScheme.code == "da-lat-ket-tinh")
            .where(Category.id.in_(top) | Category.parent_id.in_(top))
        ).all()
    assert reached == []
