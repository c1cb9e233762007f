"""Tour routes and their stops."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.database import Archivable, Indexed, Model, Record, Translated, bilingual
from catalogue.kernel.language import Bilingual
from catalogue.places.models import CraftVillage, PointOfInterest
from catalogue.producers.models import Producer


class TourRoute(Translated, Record, Model):
    """A route; `distance_km` counts there and back for a loop, None where no figure can be defended."""

    __tablename__ = "tour_route"

    days: Mapped[int]
    mode: Mapped[str]
    distance_km: Mapped[float | None]
    season_months: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    theme: Mapped[Bilingual] = bilingual("theme")
    summary: Mapped[Bilingual] = bilingual("summary")
    story: Mapped[Bilingual] = bilingual("story")
    stops: Mapped[list[Stop]] = relationship(
        order_by="Stop.position", back_populates="route", cascade="all, delete-orphan", lazy="raise_on_sql"
    )


class Stop(Archivable, Indexed, Model):
    """One stop of a route, at a village, a producer or a sight; `minutes` on site, without driving."""

    __tablename__ = "stop"
    __table_args__ = (
        UniqueConstraint("route_id", "position"),
        CheckConstraint(
            "CASE WHEN village_id IS NULL THEN 0 ELSE 1 END + CASE WHEN producer_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN poi_id IS NULL THEN 0 ELSE 1 END = 1",
            name="one_target",
        ),
        CheckConstraint("position >= 1", name="position_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    route_id: Mapped[int] = mapped_column(ForeignKey("tour_route.id", ondelete="CASCADE"))
    position: Mapped[int]
    village_id: Mapped[int | None] = mapped_column(ForeignKey("craft_village.id"), index=True)
    producer_id: Mapped[int | None] = mapped_column(ForeignKey("producer.id"), index=True)
    poi_id: Mapped[int | None] = mapped_column(ForeignKey("point_of_interest.id"), index=True)
    minutes: Mapped[int | None]
    note: Mapped[Bilingual] = bilingual("note")
    route: Mapped[TourRoute] = relationship(back_populates="stops", lazy="raise_on_sql")
    village: Mapped[CraftVillage | None] = relationship(lazy="raise_on_sql")
    producer: Mapped[Producer | None] = relationship(lazy="raise_on_sql")
    poi: Mapped[PointOfInterest | None] = relationship(lazy="raise_on_sql")

    def index_keys(self) -> list[tuple[str, int]]:
        """A route is found by its stops."""
        return [(TourRoute.__tablename__, self.route_id)]

    @property
    def target(self) -> CraftVillage | Producer | PointOfInterest:
        """What stands at this stop."""
        target = self.village or self.producer or self.poi
        assert target is not None
        return target
