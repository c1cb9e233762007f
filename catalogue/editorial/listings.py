"""The kinds of listings: makers' own here, the catalogue's own in `office.py`.

A further kind is a row in `LISTINGS` and its fields in `forms.py`; everything else is the same for all.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from catalogue.archive import archived_too
from catalogue.certification.actions import archive_with
from catalogue.certification.models import CertificateScope
from catalogue.database import db
from catalogue.editorial import fields, forms, office
from catalogue.editorial.listing import Listing, Live
from catalogue.editorial.rules import Content, is_something
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import today
from catalogue.media import standing
from catalogue.media.rules import SubjectKind
from catalogue.producers import actions as producer_actions
from catalogue.producers.listings import content_of as producer_content
from catalogue.producers.models import Producer
from catalogue.producers.rules import ProducerKind
from catalogue.products import actions as product_actions
from catalogue.products.listings import content_of as product_content
from catalogue.products.models import Product
from catalogue.products.queries import category_tree
from catalogue.records import by_code
from catalogue.routes.actions import archive_stops_at
from catalogue.version import kept


def faults_of(kind: str, code: str, content: Content, *, publishing: bool = False) -> dict[str, str]:
    """What is wrong, as a code by field. To be published, what is needed must be there in Vietnamese."""
    listing = LISTINGS[kind]
    found = {
        field.name: fault
        for field in listing.fields
        if (fault := fields.fault(field, content.get(field.name)))
    }
    if publishing:
        found |= {
            field.name: "vietnamese_missing"
            for field in listing.fields
            if field.needed and field.shape in fields.TEXTS and field.name not in found
            if not (content.get(field.name) or {}).get("vi")
        }
    pictures = content.get("photographs")
    if pictures and "photographs" not in found and standing.incomplete(pictures):
        found["photographs"] = "photograph_incomplete"
    return listing.faults(code, content) | found


def _read_products(codes: Collection[str]) -> dict[str, Live]:
    loads = (joinedload(Product.producer), joinedload(Product.category))
    with archived_too():
        pictures = standing.placed_on(SubjectKind.PRODUCT, codes)
        return {
            product.code: Live(
                product.producer.code,
                product_content(product) | {"photographs": pictures.get(product.code)},
                product.published_at,
                product.archived_at,
            )
            for product in db.session.scalars(select(Product).where(Product.code.in_(codes)).options(*loads))
        }


def _product_owners() -> dict[str, str]:
    with archived_too():
        owned = select(Product.code, Producer.code.label("maker")).join(Product.producer)
        return {row.code: row.maker for row in db.session.execute(owned)}


def _product_faults(code: str, content: Content) -> dict[str, str]:
    found = {}
    category = category_tree().by_code.get(content.get("category") or "")
    if is_something(content.get("category")) and category is None:
        found["category"] = "unknown_choice"
    if category is not None and _is_certified_elsewhere(code, category.id):
        found["category"] = "certified"
    if is_something(content.get("price")):
        if content.get("price_on_request"):
            found["price"] = "or_on_request"
        elif not content.get("currency"):
            found["currency"] = "needed"
    elif content.get("currency"):
        found["price"] = "needed"
    return found | {
        name: "not_whole"
        for name in ("minimum_order", "monthly_capacity", "lead_time_days", "shelf_life_days")
        if isinstance(content.get(name), float)
    }


def _is_certified_elsewhere(code: str, category_id: int) -> bool:
    """A certificate covers the product as what it is: the office changes both together."""
    return bool(_certified().get(code, set()) - {category_id})


@kept
def _certified() -> dict[str, set[int]]:
    """By the code of every product in a certificate's scope, as which categories it is covered."""
    covered = select(Product.code, CertificateScope.category_id).join(
        Product, Product.id == CertificateScope.product_id
    )
    found: dict[str, set[int]] = {}
    with archived_too():
        for code, category_id in db.session.execute(covered):
            found.setdefault(code, set()).add(category_id)
    return found


def _apply_product(
    actor: Actor, code: str, producer_code: str, content: Content, stale: list[str], moment: datetime
) -> None:
    product = product_actions.apply_listing(actor, code, producer_code, content, moment)
    product.stale_texts = stale or None
    standing.show_exactly(actor.name, SubjectKind.PRODUCT, code, content.get("photographs") or ())


def _apply_producer(
    actor: Actor, code: str, _producer_code: str, content: Content, stale: list[str], _moment: datetime
) -> None:
    producer_actions.apply_listing(actor, code, content).stale_texts = stale or None
    standing.show_exactly(actor.name, SubjectKind.PRODUCER, code, content.get("photographs") or ())


def _archive_product(code: str, moment: datetime | None) -> None:
    with archived_too():
        product = by_code(Product, code)
        if product is not None:
            _archive_all([product.id], [], product.archived_at, moment)
            _hide_or_show(SubjectKind.PRODUCT, [code], moment)


def _read_producers(codes: Collection[str]) -> dict[str, Live]:
    with archived_too():
        pictures = standing.placed_on(SubjectKind.PRODUCER, codes)
        return {
            producer.code: Live(
                producer.code,
                producer_content(producer) | {"photographs": pictures.get(producer.code)},
                None,
                producer.archived_at,
            )
            for producer in db.session.scalars(select(Producer).where(Producer.code.in_(codes)))
        }


def _producer_owners() -> dict[str, str]:
    with archived_too():
        return {code: code for code in db.session.scalars(select(Producer.code))}


def _producer_faults(_code: str, content: Content) -> dict[str, str]:
    found = {}
    if content.get("kind") not in set(ProducerKind):
        found["kind"] = "needed"
    since = content.get("since")
    if isinstance(since, int | float) and not (isinstance(since, int) and 1000 <= since <= today().year):
        found["since"] = "not_a_year"
    return found


def _archive_producer(code: str, moment: datetime | None) -> None:
    """With its products, its stops on routes and its certificates; what had left before stays away."""
    with archived_too():
        producer = by_code(Producer, code)
        if producer is None:
            return
        since = producer.archived_at
        left = Product.archived_at.is_(None) if since is None else Product.archived_at == since
        products = db.session.execute(
            select(Product.id, Product.code).where(Product.producer_id == producer.id, left)
        ).all()
        _archive_all([row.id for row in products], [producer.id], since, moment)
        _hide_or_show(SubjectKind.PRODUCT, [row.code for row in products], moment)
        _hide_or_show(SubjectKind.PRODUCER, [code], moment)
        archive_stops_at("producer", producer.id, moment)
        producer_actions.archive_producer(code, moment)


def _archive_all(
    products: list[int], producers: list[int], since: datetime | None, moment: datetime | None
) -> None:
    archive_with(products, producers, since, moment)
    product_actions.archive_products(products, since, moment)


def _hide_or_show(kind: SubjectKind, codes: list[str], moment: datetime | None) -> None:
    if moment is None:
        standing.put_back("", kind, codes)
    else:
        standing.take_down(kind, codes)


LISTINGS: dict[str, Listing] = {
    "product": Listing(
        forms.PRODUCT,
        _product_owners,
        _read_products,
        _product_faults,
        _apply_product,
        _archive_product,
    ),
    "producer": Listing(
        forms.PRODUCER,
        _producer_owners,
        _read_producers,
        _producer_faults,
        _apply_producer,
        _archive_producer,
    ),
    **office.LISTINGS,
}
