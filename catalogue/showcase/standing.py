"""What is on record of producers and products on a day: what featuring them may rest on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Select, Subquery, func, select, union_all
from sqlalchemy.orm import selectinload

from catalogue.certification import register
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


def certified(model: type[Producer | Product], day: date, ids: Ids | None = None) -> Counter[int]:
    """How many certificates that staff confirmed are in force, of each that has one: of these, or of all."""
    held = _in_force(model, day, ids)
    counted = select(held.c.holder, func.count()).group_by(held.c.holder)
    return Counter(dict(db.session.execute(counted).all()))


def certificates_in_force(producer_ids: Ids, day: date) -> dict[int, list[Certificate]]:
    """The certificates in force of these producers and of what they make, with scheme, by producer."""
    held = _in_force(Producer, day, producer_ids)
    rows = (
        select(held.c.holder, Certificate)
        .join(Certificate, Certificate.id == held.c.certificate)
        .options(selectinload(Certificate.scheme))
        .order_by(Certificate.code)
    )
    found: dict[int, list[Certificate]] = {}
    for holder, certificate in db.session.execute(rows):
        found.setdefault(holder, []).append(certificate)
    return found


def _in_force(model: type[Producer | Product], day: date, ids: Ids | None = None) -> Subquery:
    """Who holds which certificate: a producer its own and those of what it makes, a product those whose scope
    names it. For more holders than a statement takes, everybody's are read."""

    def of(holder: Any, *way: Any) -> Select[Any]:
        rows = select(holder.label("holder"), Certificate.id.label("certificate")).select_from(Certificate)
        for step in way:
            rows = rows.join(step)
        rows = rows.where(holder.is_not(None), register.stands(Status.VALID, day))
        return rows if ids is None or len(ids) > AT_ONCE else rows.where(holder.in_(ids))

    if model is Product:
        return of(CertificateScope.product_id, Certificate.scope).subquery()
    return union_all(of(Certificate.producer_id), of(Product.producer_id, Certificate.product)).subquery()


def _of_producers(ids: Ids, day: date) -> dict[int, Merit]:
    certificates = certified(Producer, day, ids)
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
    certificates = certified(Product, day, ids)
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
