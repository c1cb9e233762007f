"""A catalogue of ten thousand products: the real one, and made-up makers and products after its pattern.

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
from catalogue.producers.models import Producer, ProducerMarket
from catalogue.products.models import Product, ProductMarket
from catalogue.search.actions import rebuild

SEED = 2026
PRODUCTS = 10_000

Row = dict[str, Any]


def generate(instance: Path, total: int = PRODUCTS, makers: int = 0) -> Flask:
    """Fill an empty instance folder; gives the application over it, which keeps no finished pages.

    `total` products and at least `makers` makers; the real ones are among them.
    """
    app = create_app(config.Testing(instance))
    with app.app_context():
        upgrade()
    loaded = app.test_cli_runner().invoke(args=["seed", "load"])
    if loaded.exit_code:
        raise RuntimeError(loaded.output)
    with app.app_context(), transaction():
        chance = random.Random(SEED)  # noqa: S311  nothing secret
        _more_makers(makers, chance)
        _multiply(total, chance)
    return app


def index(app: Flask) -> None:
    """Make the search index, which a worker would begin to make while something is measured."""
    with app.app_context():
        rebuild(app.extensions["search_index"])
        db.session.remove()


def _more_makers(total: int, chance: random.Random) -> None:
    real, markets = _rows(Producer), _rows(ProducerMarket)
    first = 1 + max(row["id"] for row in real)
    made: dict[Any, list[Row]] = {Producer: [], ProducerMarket: []}
    for number in range(total - len(real)):
        pattern, key = chance.choice(real), first + number
        made[Producer].append(pattern | _own(pattern, key, number, "bench-maker"))
        made[ProducerMarket] += [
            row | {"producer_id": key} for row in markets if row["producer_id"] == pattern["id"]
        ]
    _insert(made)


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
    _insert(made)


def _product(pattern: Row, key: int, number: int, maker: int) -> Row:
    return pattern | _own(pattern, key, number, "bench") | {"producer_id": maker}


def _own(pattern: Row, key: int, number: int, prefix: str) -> Row:
    """What a made-up record does not have of its pattern."""
    code = f"{prefix}-{number:05}"
    own: Row = {"id": key}
    for language in ("vi", "en"):
        name = f"{pattern[f'name_{language}'] or pattern['name_vi']} {number:05}"
        own |= {f"name_{language}": name, f"slug_{language}": code, f"sort_{language}": sort_key(name)}
    return own | {"code": code}


def _insert(made: dict[Any, list[Row]]) -> None:
    for model, rows in made.items():
        if rows:
            db.session.execute(insert(model.__table__), rows)


def _rows(model: Any) -> list[Row]:
    """The columns of every row of a table."""
    return [dict(row) for row in db.session.execute(select(model.__table__)).mappings()]
