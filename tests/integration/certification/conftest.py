"""A small catalogue with two schemes, and who keeps its register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import time_machine
from flask import Flask

from catalogue import slugs
from catalogue.certification import actions, cases, register
from catalogue.certification.cases import Grant
from catalogue.certification.models import (
    Certificate,
    CertificateScope,
    CertificationScheme,
    SchemeCategory,
    SchemeLevel,
)
from catalogue.certification.rules import Evidence
from catalogue.database import db, transaction
from catalogue.editorial.listings import LISTINGS
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now
from catalogue.kernel.language import Bilingual
from catalogue.kernel.partial_date import PartialDate
from catalogue.places.models import Place
from catalogue.producers.models import Producer
from catalogue.products.models import Category, Product
from catalogue.records import by_code

NOW = "2026-11-26T05:00:00Z"
REGISTRAR = Actor(7, "Hạnh", frozenset({"registrar"}))
READER = Actor(8, "Sơn", frozenset({"viewer"}))
IN_REGISTER = Grant(number="12/QĐ", level="4", evidence=Evidence.REGISTER)


def _named(record, vi: str) -> None:
    record.name, record.sources = Bilingual(vi, None), []
    slugs.address(record)
    db.session.add(record)
    db.session.flush()


def fill() -> None:
    """Tea and brocade of two makers; stars for both, and a mark for tea from Đà Lạt alone."""
    tea, brocade = (Category(code=code, position=place) for place, code in enumerate(("tea", "brocade")))
    _named(tea, "Trà")
    _named(brocade, "Thổ cẩm")
    city, far = (Place(code=code, kind="commune") for code in ("da-lat", "xa-xa"))
    _named(city, "Đà Lạt")
    _named(far, "Xã xa")
    for code, place in (("lo-tra", city), ("to-det", far)):
        maker = Producer(code=code, kind="household", place_id=place.id)
        _named(maker, code)
        for good, category in (("tra", tea), ("khan", brocade)):
            _named(
                Product(code=f"{good}-{code}", producer_id=maker.id, category_id=category.id),
                f"{good} {code}",
            )
    for position, (code, to, reach, months) in enumerate(
        (("ocop", "product", (tea, brocade), 36), ("mark", "producer", (tea,), None))
    ):
        scheme = CertificationScheme(
            code=code, position=position, granted_to=to, validity_months=months, scope=Bilingual(code, code)
        )
        _named(scheme, code.upper())
        for one in reach:
            db.session.add(
                SchemeCategory(scheme_id=scheme.id, category_id=one.id, listed=True, agreed_only=False)
            )
        for place, level in enumerate(("3", "4", "5") if code == "ocop" else ()):
            db.session.add(SchemeLevel(scheme_id=scheme.id, level=level, position=place))
        if code == "mark":
            with_areas = cases.scheme_in_full("mark")
            with_areas.areas.append(city)


@dataclass
class Register:
    """The register, and short ways to what tests ask of it."""

    app: Flask

    def issue(self, scheme: str = "ocop", holder: str = "tra-lo-tra", **given) -> Certificate:
        grant = Grant(**({"level": "4" if scheme == "ocop" else None, "number": "12/QĐ"} | given))
        grant = grant if "evidence" in given else Grant(**(vars(grant) | {"evidence": Evidence.REGISTER}))
        with transaction():
            full = cases.scheme_in_full(scheme)
            row = actions.issue(REGISTRAR, full, cases.owner(full, holder), grant)
            return register.certificate(row.id)

    def claim(self, holder: str = "tra-lo-tra", **given) -> Certificate:
        """What a page reports of a product's stars."""
        with transaction():
            scheme = cases.scheme_in_full("ocop")
            product = cases.owner(scheme, holder)
            row = Certificate(
                code=f"{holder}-ocop",
                scheme_id=scheme.id,
                product_id=product.id,
                evidence="press",
                source_url="https://example.vn/a",
                **given,
            )
            db.session.add(row)
            db.session.flush()
            db.session.add(
                CertificateScope(
                    certificate_id=row.id,
                    product_id=product.id,
                    scheme_id=scheme.id,
                    category_id=product.category_id,
                    source_url="https://example.vn/a",
                )
            )
        return register.certificate(row.id)

    def fresh(self, row: Certificate) -> Certificate:
        """The entry as the database has it now."""
        db.session.expire_all()
        return register.certificate(row.id)

    def weaver(self) -> None:
        """A maker in the city that has only brocade."""
        with transaction():
            maker = Producer(code="lo-det", kind="household", place_id=by_code(Place, "da-lat").id)
            _named(maker, "Lò dệt")
            brocade = by_code(Category, "brocade")
            _named(Product(code="khan-lo-det", producer_id=maker.id, category_id=brocade.id), "Khăn lò dệt")

    def leave(self, code: str, kind: str = "product") -> None:
        """A listing leaves the catalogue."""
        with transaction():
            LISTINGS[kind].archive(code, now())

    def come_back(self, code: str, kind: str = "product") -> None:
        with transaction():
            LISTINGS[kind].archive(code, None)

    def seen(self, row: Certificate) -> int:
        return register.version(row.id)


def date_of(text: str) -> PartialDate:
    return PartialDate.parse(text)


@pytest.fixture
def kept(app: Flask) -> Iterator[Register]:
    """Inside an application with that catalogue."""
    with app.app_context(), time_machine.travel(NOW, tick=False):
        with transaction():
            fill()
        yield Register(app)
