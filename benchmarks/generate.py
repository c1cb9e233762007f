"""A catalogue of ten thousand products: the real one, and made-up products after its pattern.

Every made-up record says so: its code begins with `bench-`, its name ends with a number. The same seed makes
the same catalogue.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import insert, select

import config
from catalogue import create_app
from catalogue.certification.models import Certificate, CertificateScope
from catalogue.database import db, transaction
from catalogue.kernel.text import sort_key
from catalogue.producers.models import Producer
from catalogue.products.models import Product, ProductMarket

SEED = 2026
PRODUCTS = 10_000

Row = dict[str, Any]


def generate(instance: Path, total: int = PRODUCTS) -> Flask:
    """Fill an empty instance folder; gives the application over it, which keeps no finished pages."""
    app = create_app(config.Testing(instance))
    with app.app_context():
        upgrade()
    loaded = app.test_cli_runner().invoke(args=["seed", "load"])
    if loaded.exit_code:
        raise RuntimeError(loaded.output)
    with app.app_context(), transaction():
        _multiply(total, random.Random(SEED))  # noqa: S311  nothing secret
    return app


def _multiply(total: int, chance: random.Random) -> None:
    real = _rows(Product)
    makers = [row["id"] for row in _rows(Producer)]
    markets, certificates, scopes = _rows(ProductMarket), _rows(Certificate), _rows(CertificateScope)
    held = {row["product_id"]: row for row in certificates if row["product_id"]}
    covers = {row["certificate_id"]: row for row in scopes}
    first, first_certificate = 1 + max(row["id"] for row in real), 1 + max(row["id"] for row in certificates)
    made: dict[Any, list[Row]] = {Product: [], ProductMarket: [], Certificate: [], CertificateScope: []}
    for number in range(total - len(real)):
        pattern, key = chance.choice(real), first + number
        made[Product].append(_product(pattern, key, number, chance.choice(makers)))
        made[ProductMarket] += [
            row | {"product_id": key} for row in markets if row["product_id"] == pattern["id"]
        ]
        paper = held.get(pattern["id"])
        if paper and paper["id"] in covers:
            own = {"id": first_certificate + number, "code": f"bench-{number:05}", "product_id": key}
            made[Certificate].append(paper | own | {"lookup_code": None})
            made[CertificateScope].append(
                covers[paper["id"]] | {"certificate_id": own["id"], "product_id": key}
            )
    for model, rows in made.items():
        if rows:
            db.session.execute(insert(model.__table__), rows)


def _product(pattern: Row, key: int, number: int, maker: int) -> Row:
    name = {
        language: f"{pattern[f'name_{language}'] or pattern['name_vi']} {number:05}"
        for language in ("vi", "en")
    }
    return pattern | {
        "id": key,
        "code": f"bench-{number:05}",
        "producer_id": maker,
        "name_vi": name["vi"],
        "name_en": name["en"],
        "slug_vi": f"bench-{number:05}",
        "slug_en": f"bench-{number:05}",
        "sort_vi": sort_key(name["vi"]),
        "sort_en": sort_key(name["en"]),
    }


def _rows(model: Any) -> list[Row]:
    """The columns of every row of a table."""
    return [dict(row) for row in db.session.execute(select(model.__table__)).mappings()]
