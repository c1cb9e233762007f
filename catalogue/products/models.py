"""Products and categories."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.database import Model, Record, UTCDateTime, bilingual
from catalogue.flowers.models import FlowerVariety
from catalogue.kernel.clock import now
from catalogue.kernel.language import Bilingual
from catalogue.places.models import CraftVillage
from catalogue.producers.models import Producer


class Category(Record, Model):
    """A kind of product, in a tree of two levels.

    `hs_codes` are HS 2022 headings, `synonyms` are {"vi": […], "en": […]}.
    """

    __tablename__ = "category"

    position: Mapped[int]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"), index=True)
    summary: Mapped[Bilingual] = bilingual("summary")
    hs_codes: Mapped[list[Any]] = mapped_column(JSON, default=list)
    synonyms: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    parent: Mapped[Category | None] = relationship(remote_side="Category.id", lazy="raise_on_sql")


class Product(Record, Model):
    """A product of one producer. `specs` holds what sources say of it, keys as in the data README.

    `published_at` is the moment it entered the catalogue. `price` is in `currency`, for one unit of sale;
    `minimum_order` and `monthly_capacity` are in units of sale; None: nobody has said. `stale_texts` names
    translations that are older than what they were made from, as `description.en`.
    """

    __tablename__ = "product"
    # The pair lets a certificate's scope name product and category together (certification/models.py).
    __table_args__ = (
        UniqueConstraint("id", "category_id"),
        CheckConstraint("price > 0", name="price_positive"),
        CheckConstraint("(price IS NULL) = (currency IS NULL)", name="price_in_a_currency"),
        CheckConstraint("price IS NULL OR price_on_request IS NULL", name="price_or_on_request"),
        CheckConstraint("stock IN ('in_stock', 'to_order', 'sold_out')", name="stock_known"),
        CheckConstraint("minimum_order > 0", name="minimum_order_positive"),
        CheckConstraint("monthly_capacity > 0", name="monthly_capacity_positive"),
        CheckConstraint("lead_time_days > 0", name="lead_time_days_positive"),
        CheckConstraint("shelf_life_days > 0", name="shelf_life_days_positive"),
    )

    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"), index=True)
    village_id: Mapped[int | None] = mapped_column(ForeignKey("craft_village.id"), index=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"), index=True)
    flower_id: Mapped[int | None] = mapped_column(ForeignKey("flower_variety.id"), index=True)
    summary: Mapped[Bilingual] = bilingual("summary")
    description: Mapped[Bilingual] = bilingual("description")
    specs: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    unit: Mapped[str | None]
    hs_code: Mapped[str | None]
    season_months: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    keywords: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    price: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    currency: Mapped[str | None] = mapped_column(String(3))
    price_on_request: Mapped[bool | None]
    stock: Mapped[str | None] = mapped_column(String(20))
    minimum_order: Mapped[int | None]
    monthly_capacity: Mapped[int | None]
    lead_time_days: Mapped[int | None]
    shelf_life_days: Mapped[int | None]
    packaging: Mapped[Bilingual] = bilingual("packaging")
    visit: Mapped[Bilingual] = bilingual("visit")
    stale_texts: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    published_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now, index=True)
    producer: Mapped[Producer] = relationship(lazy="raise_on_sql")
    village: Mapped[CraftVillage | None] = relationship(lazy="raise_on_sql")
    category: Mapped[Category] = relationship(lazy="raise_on_sql")
    flower: Mapped[FlowerVariety | None] = relationship(lazy="raise_on_sql")
    markets: Mapped[list[ProductMarket]] = relationship(
        order_by="ProductMarket.country", cascade="all, delete-orphan", lazy="raise_on_sql"
    )


class ProductMarket(Model):
    """A country a product was reported to be exported to."""

    __tablename__ = "product_market"

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id", ondelete="CASCADE"), primary_key=True)
    country: Mapped[str] = mapped_column(String(2), primary_key=True)
