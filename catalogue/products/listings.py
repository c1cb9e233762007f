"""A product as a listing: its row as plain values for the editor, and plain values put on a row."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from catalogue.kernel.language import Bilingual
from catalogue.products.models import Product

TEXTS = ("name", "summary", "description", "packaging", "visit")
# Kept among the details that sources tell, under the keys of the data.
DETAILS = ("material", "technique", "length_cm", "width_cm", "height_cm", "weight_g")
PLAIN = (
    *("unit", "currency", "price_on_request", "stock", "minimum_order", "monthly_capacity"),
    *("lead_time_days", "shelf_life_days", "hs_code", "season_months"),
)


def content_of(product: Product) -> dict[str, Any]:
    """What the editor shows of a product; its category must be loaded."""
    texts = {name: getattr(product, name).plain for name in TEXTS}
    details = {name: product.specs.get(name) for name in DETAILS}
    keywords = {one: list((product.keywords or {}).get(one, [])) for one in ("vi", "en")}
    return {
        **texts,
        **details,
        **{name: getattr(product, name) for name in PLAIN},
        "category": product.category.code,
        "price": _number(product.price),
        "keywords": keywords if any(keywords.values()) else None,
    }


def put_content(product: Product, content: Mapping[str, Any], category_id: int) -> None:
    """Let a row say what the content says; what the editor does not ask for stays."""
    for name in TEXTS:
        setattr(product, name, Bilingual.of(content.get(name)))
    for name in PLAIN:
        setattr(product, name, content.get(name))
    price = content.get("price")
    product.price = None if price is None else Decimal(str(price))
    kept = {key: value for key, value in (product.specs or {}).items() if key not in DETAILS}
    told = {name: content[name] for name in DETAILS if content.get(name) is not None}
    product.specs = kept | told
    product.keywords = content.get("keywords") or {}
    product.category_id = category_id


def _number(amount: Decimal | None) -> int | float | None:
    """An amount as JSON knows it."""
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)
