"""What is on record of producers and products on a day: what featuring them may rest on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from catalogue.certification.models import Certificate, CertificateScope
from catalogue.certification.rules import Status
from catalogue.database import db
from catalogue.producers.models import Producer, ProducerMarket
from catalogue.products.models import Product, ProductMarket
from catalogue.showcase.rules import CollectionKind, Merit

Ids = Collection[int]
AT_ONCE = 5000


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
    """A producer's are its own and those of what it makes; a product's are those whose scope names it.

    For more holders than a statement takes, everybody's are read.
    """
    few = ids is not None and len(ids) <= AT_ONCE
    if model is Producer:
        asked = select(Certificate, Certificate.producer_id, Product.producer_id).outerjoin(
            Certificate.product
        )
        if few:
            asked = asked.where(
                or_(Certificate.producer_id.in_(ids or ()), Product.producer_id.in_(ids or ()))
            )
    else:
        asked = select(Certificate, CertificateScope.product_id, CertificateScope.product_id).join(
            Certificate.scope
        )
        if few:
            asked = asked.where(CertificateScope.product_id.in_(ids or ()))
    asked = asked.where(Certificate.confirmed_on.is_not(None)).options(*options).order_by(Certificate.code)
    for certificate, own, of_product in db.session.execute(asked):
        key = own or of_product
        if key and certificate.status_on(day) is Status.VALID:
            yield key, certificate


def _of_producers(ids: Ids, day: date) -> dict[int, Merit]:
    certificates = Counter(key for key, _ in _in_force(Producer, day, ids))
    goods = select(Product.producer_id, Product.monthly_capacity, Product.specs)
    able = {
        row.producer_id
        for row in _rows(goods, Product.producer_id, ids)
        if _says_how_much(row.monthly_capacity, row.specs)
    }
    markets = _markets(ProducerMarket.producer_id, ProducerMarket.country, ids)
    makers = select(Producer.id, Producer.name, Producer.summary)
    return {
        row.id: _merit(row, certificates[row.id], len(markets[row.id]), row.id in able)
        for row in _rows(makers, Producer.id, ids)
    }


def _of_products(ids: Ids, day: date) -> dict[int, Merit]:
    certificates = Counter(key for key, _ in _in_force(Product, day, ids))
    asked = select(
        Product.id,
        Product.producer_id,
        Product.name,
        Product.summary,
        Product.monthly_capacity,
        Product.specs,
    )
    rows = list(_rows(asked, Product.id, ids))
    own = _markets(ProductMarket.product_id, ProductMarket.country, ids)
    makers = {row.producer_id for row in rows}
    reached = _markets(ProducerMarket.producer_id, ProducerMarket.country, makers)
    return {
        row.id: _merit(
            row,
            certificates[row.id],
            len(own[row.id] | reached[row.producer_id]),
            _says_how_much(row.monthly_capacity, row.specs),
        )
        for row in rows
    }


def _markets(key: Any, country: Any, ids: Ids) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for number, code in _rows(select(key, country), key, ids):
        found[number].add(code)
    return found


def _rows(asked: Any, key: Any, ids: Ids) -> Iterator[Any]:
    """The rows whose key is among these numbers: as many at once as a statement takes."""
    numbers = sorted(ids)
    for start in range(0, len(numbers), AT_ONCE):
        yield from db.session.execute(asked.where(key.in_(numbers[start : start + AT_ONCE])))


def _says_how_much(monthly: int | None, specs: dict[str, Any] | None) -> bool:
    return monthly is not None or bool((specs or {}).get("volumes"))


def _merit(row: Any, certificates: int, markets: int, has_capacity: bool) -> Merit:
    texts = (row.name, row.summary)
    return Merit(
        certificates,
        markets,
        has_capacity,
        in_vietnamese=all(text.vi for text in texts),
        in_english=all(text.en for text in texts),
    )
