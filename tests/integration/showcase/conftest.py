"""Three makers with goods and confirmed certificates, and a curator who composes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from catalogue import slugs
from catalogue.certification.models import (
    Certificate,
    CertificateScope,
    CertificationScheme,
    SchemeCategory,
)
from catalogue.database import Record, db, transaction
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import today
from catalogue.kernel.language import Bilingual
from catalogue.producers.models import Producer, ProducerMarket
from catalogue.products.models import Category, Product
from catalogue.showcase import actions
from catalogue.showcase.actions import Frame, Terms
from catalogue.showcase.models import Collection
from catalogue.showcase.rules import CollectionKind, Criterion

CURATOR = Actor(5, "Tú", frozenset({"curator"}))
MAKERS = ("tra-cau-dat", "lua-nam-ban", "mac-ca-lam-ha")
REASON = Bilingual("Ba năm liền có đơn hàng", "Orders three years in a row")


def fill() -> None:
    """Makers of tea, silk and nuts, each with three products and a certificate in force, but no markets."""
    with transaction():
        category = _record(Category(code="tea", position=1, name=Bilingual("Trà", "Tea")))
        scheme = _record(
            CertificationScheme(
                code="vietgap", position=1, granted_to="producer", name=Bilingual("VietGAP", "VietGAP")
            )
        )
        db.session.flush()
        db.session.add(
            SchemeCategory(scheme_id=scheme.id, category_id=category.id, listed=True, agreed_only=False)
        )
        for code in MAKERS:
            name, summary = Bilingual(code.title(), code.title()), Bilingual("Làm tay", "Hand-made")
            maker = _record(Producer(code=code, kind="cooperative", name=name, summary=summary))
            maker.markets = [ProducerMarket(country="JP")]
            made = [
                _record(Product(code=f"{code}-{number}", producer=maker, category=category, name=name,
                                summary=summary, monthly_capacity=900))
                for number in (1, 2, 3)
            ]  # fmt: skip
            db.session.flush()
            db.session.add(_certificate(scheme, maker, made))


def _certificate(scheme: CertificationScheme, maker: Producer, made: list[Product]) -> Certificate:
    return Certificate(
        code=f"{maker.code}-vietgap",
        scheme=scheme,
        producer_id=maker.id,
        number="VG-1",
        evidence="register",
        source_url="https://example.test/vietgap",
        confirmed_on=today() - timedelta(days=900),
        scope=[
            CertificateScope(
                product_id=one.id,
                scheme_id=scheme.id,
                category_id=one.category_id,
                source_url="https://example.test/vietgap",
            )
            for one in made
        ],
    )


def _record(record: Record) -> Record:
    record.sources = []
    slugs.address(record)
    db.session.add(record)
    return record


@pytest.fixture
def office(app: Flask) -> Iterator[Flask]:
    """Inside an application over the three makers."""
    with app.app_context():
        fill()
        yield app


def days_on(number: int) -> date:
    return today() + timedelta(days=number)


def frame(starts: date | None = None, ends: date | None = None, name: str = "Nhà xuất khẩu") -> Frame:
    return Frame(Bilingual(name, f"{name} in English"), Bilingual(None, None), starts, ends)


def begin(
    kind: CollectionKind = CollectionKind.EXPORTERS, starts: int = 0, ends: int | None = None
) -> Collection:
    with transaction():
        return actions.begin(
            CURATOR, kind, frame(days_on(starts), None if ends is None else days_on(ends), name=kind.value)
        )


def terms(
    starts: int = 0, ends: int | None = None, criterion: Criterion = Criterion.CERTIFICATES, **more: str
) -> Terms:
    return Terms(days_on(starts), None if ends is None else days_on(ends), criterion, REASON, **more)


def certificate_of(maker: str) -> Certificate:
    return db.session.scalars(select(Certificate).where(Certificate.code == f"{maker}-vietgap")).one()
