"""Changes of products."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from catalogue import slugs
from catalogue.archive import archived_too
from catalogue.database import db
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import NotFound, RuleBroken, require
from catalogue.producers.models import Producer
from catalogue.producers.rules import may_edit
from catalogue.products.listings import put_content
from catalogue.products.models import Category, Product
from catalogue.records import by_code


def apply_listing(
    actor: Actor, code: str, producer_code: str, content: Mapping[str, Any], moment: datetime
) -> Product:
    """Let the catalogue show this content: a new product, or the one of that code as it now is.

    `moment`: since when a new product is in the catalogue.
    """
    require(may_edit(actor, producer_code))
    category_id = db.session.scalar(select(Category.id).where(Category.code == content["category"]))
    producer = by_code(Producer, producer_code)
    if category_id is None:
        raise NotFound("listing.unknown")
    if producer is None:
        raise RuleBroken("listing.of_no_public_maker")
    with archived_too():
        product = by_code(Product, code)
        if product is None:
            product = Product(code=code, producer_id=producer.id, village_id=producer.village_id, sources=[])
            product.published_at = moment
        before = product.name
        put_content(product, content, category_id)
        if product.name != before:
            slugs.address(product)
        db.session.add(product)
        db.session.flush()
    return product


def archive_products(ids: Collection[int], since: datetime | None, moment: datetime | None) -> None:
    """Let products leave the catalogue (`since` None) or let those that left at `since` come back."""
    left = Product.archived_at.is_(None) if since is None else Product.archived_at == since
    with archived_too():
        for product in db.session.scalars(select(Product).where(Product.id.in_(ids), left)):
            product.archived_at = moment
        db.session.flush()
