"""Producers, where they stand, what they grow and where they are known to export."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.accounts.models import User
from catalogue.database import Indexed, Model, Record, bilingual
from catalogue.flowers.models import FlowerVariety
from catalogue.kernel.language import Bilingual
from catalogue.places.models import CraftVillage, IndustrialZone, Located
from catalogue.producers.rules import Voice

VOICES = ", ".join(f"'{voice}'" for voice in Voice)


class Producer(Located, Record, Model):
    """A maker or grower. `visitable` is True where a source describes visits, else unknown, never False.

    `languages_spoken` are ISO 639-1 codes; `way` is how to get there; None everywhere: nobody has said.
    `stale_texts` as of a product.
    """

    __tablename__ = "producer"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('company', 'cooperative', 'household', 'artisan-group', 'farm')", name="kind_known"
        ),
    )

    kind: Mapped[str]
    village_id: Mapped[int | None] = mapped_column(ForeignKey("craft_village.id"), index=True)
    since: Mapped[int | None]
    website: Mapped[str | None]
    visitable: Mapped[bool | None]
    summary: Mapped[Bilingual] = bilingual("summary")
    story: Mapped[Bilingual] = bilingual("story")
    products_summary: Mapped[Bilingual] = bilingual("products_summary")
    opening_hours: Mapped[Bilingual] = bilingual("opening_hours")
    visiting: Mapped[Bilingual] = bilingual("visiting")
    way: Mapped[Bilingual] = bilingual("way")
    payment: Mapped[Bilingual] = bilingual("payment")
    languages_spoken: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    stale_texts: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    step_free: Mapped[bool | None]
    village: Mapped[CraftVillage | None] = relationship(lazy="raise_on_sql")
    markets: Mapped[list[ProducerMarket]] = relationship(
        order_by="ProducerMarket.country", cascade="all, delete-orphan", lazy="raise_on_sql"
    )
    flowers: Mapped[list[FlowerVariety]] = relationship(
        secondary="producer_flower", order_by=FlowerVariety.sort_vi, lazy="raise_on_sql"
    )
    zones: Mapped[list[IndustrialZone]] = relationship(secondary="producer_zone", lazy="raise_on_sql")


class ProducerMarket(Model):
    """A country a producer was reported to export to, at any time."""

    __tablename__ = "producer_market"

    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id", ondelete="CASCADE"), primary_key=True)
    country: Mapped[str] = mapped_column(String(2), primary_key=True)


class ProducerFlower(Indexed, Model):
    """A flower that a producer grows or propagates."""

    __tablename__ = "producer_flower"

    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id", ondelete="CASCADE"), primary_key=True)
    flower_id: Mapped[int] = mapped_column(
        ForeignKey("flower_variety.id", ondelete="CASCADE"), primary_key=True, index=True
    )

    def index_keys(self) -> list[tuple[str, int]]:
        """A producer is found by its flowers."""
        return [(Producer.__tablename__, self.producer_id)]


class ProducerZone(Model):
    """A producer that a source places in an industrial zone."""

    __tablename__ = "producer_zone"

    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id", ondelete="CASCADE"), primary_key=True)
    zone_id: Mapped[int] = mapped_column(
        ForeignKey("industrial_zone.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Membership(Model):
    """A person who speaks for a producer: one may speak for several, and one producer may have several."""

    __tablename__ = "membership"
    __table_args__ = (CheckConstraint(f"voice IN ({VOICES})", name="voice_known"),)
    is_public = False

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    producer_id: Mapped[int] = mapped_column(
        ForeignKey("producer.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    voice: Mapped[str] = mapped_column(String(20))
    user: Mapped[User] = relationship(lazy="raise_on_sql")
    producer: Mapped[Producer] = relationship(lazy="raise_on_sql")
