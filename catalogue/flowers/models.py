"""Flower varieties, where they grow, and grading standards."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.database import Indexed, Model, Record, bilingual
from catalogue.kernel.language import Bilingual


class FlowerVariety(Record, Model):
    """A kind of flower or foliage as the trade names it."""

    __tablename__ = "flower_variety"

    scientific_name: Mapped[str | None]
    category_code: Mapped[str] = mapped_column(ForeignKey("category.code"), index=True)
    trade_group: Mapped[str]
    form: Mapped[str]
    hs_code: Mapped[str]
    grading: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    season_months: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    vase_life_days: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    hoa_da_lat_mark: Mapped[bool]
    summary: Mapped[Bilingual] = bilingual("summary")
    description: Mapped[Bilingual] = bilingual("description")
    keywords: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    growing_areas: Mapped[list[GrowingArea]] = relationship(
        order_by="GrowingArea.position", cascade="all, delete-orphan", lazy="raise_on_sql"
    )


class GrowingArea(Indexed, Model):
    """Where a flower is grown, as its source names the area."""

    __tablename__ = "growing_area"
    __table_args__ = (UniqueConstraint("flower_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    flower_id: Mapped[int] = mapped_column(ForeignKey("flower_variety.id", ondelete="CASCADE"))
    position: Mapped[int]
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    village_id: Mapped[int | None] = mapped_column(ForeignKey("craft_village.id"))
    label: Mapped[Bilingual] = bilingual("label", required=True)

    def index_keys(self) -> list[tuple[str, int]]:
        """A flower is found by where it grows."""
        return [(FlowerVariety.__tablename__, self.flower_id)]


class GradingStandard(Model):
    """A published grading scale or code list; `body` keeps the shape of its section in the data."""

    __tablename__ = "grading_standard"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    sources: Mapped[list[Any]] = mapped_column(JSON, default=list)
