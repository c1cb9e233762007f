"""What is on record of producers and products on a day: what featuring them may rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from catalogue.certification.models import Certificate, CertificateScope
from catalogue.certification.rules import Status
from catalogue.database import db
from catalogue.producers.models import Producer, ProducerMarket
from catalogue.products.models import Product
from catalogue.showcase.rules import CollectionKind, Merit

Ids = Collection[int]


def subject_model(kind: CollectionKind) -> type[Producer | Product]:
    """What stands on the places of such a collection."""
    return Producer if kind is CollectionKind.EXPORTERS else Product


def merits(model: type[Producer | Product], ids: Ids, day: date) -> dict[int, Merit]:
    """By number, what is on record of those that are in the catalogue."""
    if not ids:
        return {}
    return _of_producers(ids, day) if model is Producer else _of_products(ids, day)


def certified(model: type[Producer | Product], day: date) -> Counter[int]:
    """Of everybody who has one, how many certificates that staff confirmed are in force."""
    return Counter(key for key, _ in _in_force(model, day))


def certificates_in_force(producer_ids: Ids, day: date) -> dict[int, list[Certificate]]:
    """The certificates in force of these producers and of what they make, with scheme, by producer."""
    found: dict[int, list[Certificate]] = {}
    for key, certificate in _in_force(Producer, day, producer_ids, selectinload(Certificate.scheme)):
        found.setdefault(key, []).append(certificate)
    return found


def _in_force(
    model: type[Producer | Product], day: date, ids: Ids | None = None, *options: Any
) -> Iterator[tuple[int, Certificate]]:
    """A producer's are its own and those of what it makes; a product's are those whose scope names it."""
    if model is Producer:
        asked = select(Certificate, Certificate.producer_id, Product.producer_id).outerjoin(
            Certificate.product
        )
        if ids is not None:
            asked = asked.where(or_(Certificate.producer_id.in_(ids), Product.producer_id.in_(ids)))
    else:
        asked = select(Certificate, CertificateScope.product_id, CertificateScope.product_id).join(
            Certificate.scope
        )
        if ids is not None:
            asked = asked.where(CertificateScope.product_id.in_(ids))
    asked = asked.where(Certificate.confirmed_on.is_not(None)).options(*options).order_by(Certificate.code)
    for certificate, own, of_product in db.session.execute(asked):
        key = own or of_product
        if key and certificate.status_on(day) is Status.VALID:
            yield key, certificate


def _of_producers(ids: Ids, day: date) -> dict[int, Merit]:
    certificates = Counter(key for key, _ in _in_force(Producer, day, ids))
    able = {
        producer_id
        for producer_id, monthly, specs in db.session.execute(
            select(Product.producer_id, Product.monthly_capacity, Product.specs).where(
                Product.producer_id.in_(ids)
            )
        )
        if _says_how_much(monthly, specs)
    }
    rows = select(Producer).where(Producer.id.in_(ids)).options(selectinload(Producer.markets))
    return {
        one.id: _merit(one, certificates[one.id], len(one.markets), one.id in able)
        for one in db.session.scalars(rows)
    }


def _of_products(ids: Ids, day: date) -> dict[int, Merit]:
    certificates = Counter(key for key, _ in _in_force(Product, day, ids))
    rows = select(Product).where(Product.id.in_(ids)).options(selectinload(Product.markets))
    products = db.session.scalars(rows).all()
    makers = select(ProducerMarket).where(
        ProducerMarket.producer_id.in_({one.producer_id for one in products})
    )
    reached: dict[int, set[str]] = {}
    for market in db.session.scalars(makers):
        reached.setdefault(market.producer_id, set()).add(market.country)
    return {
        one.id: _merit(
            one,
            certificates[one.id],
            len({market.country for market in one.markets} | reached.get(one.producer_id, set())),
            _says_how_much(one.monthly_capacity, one.specs),
        )
        for one in products
    }


def _says_how_much(monthly: int | None, specs: dict[str, Any] | None) -> bool:
    return monthly is not None or bool((specs or {}).get("volumes"))


def _merit(record: Producer | Product, certificates: int, markets: int, has_capacity: bool) -> Merit:
    texts = (record.name, record.summary)
    return Merit(
        certificates,
        markets,
        has_capacity,
        in_vietnamese=all(text.vi for text in texts),
        in_english=all(text.en for text in texts),
    )
