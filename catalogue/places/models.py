"""Places with old and new names, craft villages, points of interest and industrial zones."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from catalogue.database import Indexed, Model, Record, Translated, bilingual
from catalogue.kernel.geo import Point
from catalogue.kernel.language import Bilingual


class Pointed:
    """A record that may have a point on the map; every point of the data is approximate."""

    lat: Mapped[float | None]
    lon: Mapped[float | None]
    coords_approximate: Mapped[bool | None]

    @property
    def point(self) -> Point | None:
        """Its own point, or None."""
        if self.lat is None or self.lon is None:
            return None
        return Point(self.lat, self.lon, bool(self.coords_approximate))


class Located(Pointed):
    """A record that stands in a place; the unit before July 2025 is kept beside today's."""

    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    former_commune: Mapped[str | None]
    former_district: Mapped[str | None]

    @declared_attr
    @classmethod
    def locality(cls) -> Mapped[Bilingual]:
        return bilingual("locality")

    @declared_attr
    @classmethod
    def place(cls) -> Mapped[Place | None]:
        return relationship("Place", lazy="raise_on_sql", foreign_keys=f"{cls.__name__}.place_id")


class Place(Pointed, Record, Model):
    """A ward or commune of today, or a city or district dissolved on 1 July 2025."""

    __tablename__ = "place"

    kind: Mapped[str]
    former_commune: Mapped[str | None]
    former_district: Mapped[str | None]
    note: Mapped[Bilingual] = bilingual("note")
    current: Mapped[list[Place]] = relationship(
        secondary="place_successor",
        primaryjoin="Place.id == PlaceSuccessor.place_id",
        secondaryjoin="Place.id == PlaceSuccessor.current_id",
        order_by="Place.sort_vi",
        lazy="raise_on_sql",
        viewonly=True,
    )
    names: Mapped[list[PlaceName]] = relationship(
        order_by="PlaceName.position", cascade="all, delete-orphan", lazy="raise_on_sql"
    )


class PlaceSuccessor(Model):
    """The units of today that lie on an old unit's territory; a unit of today succeeds itself."""

    __tablename__ = "place_successor"

    place_id: Mapped[int] = mapped_column(ForeignKey("place.id", ondelete="CASCADE"), primary_key=True)
    current_id: Mapped[int] = mapped_column(ForeignKey("place.id", ondelete="CASCADE"), primary_key=True)


class PlaceName(Indexed, Model):
    """A former commune, with its district, merged into a place of today: for matching old addresses."""

    __tablename__ = "place_name"
    __table_args__ = (UniqueConstraint("place_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id", ondelete="CASCADE"))
    position: Mapped[int]
    commune: Mapped[str | None]
    district: Mapped[str | None]

    def index_keys(self) -> list[tuple[str, int]]:
        """A place is found by its former names."""
        return [(Place.__tablename__, self.place_id)]


class CraftVillage(Located, Translated, Record, Model):
    """A craft village or craft area. `craft_code` names the category of its main craft."""

    __tablename__ = "craft_village"
    __table_args__ = (
        CheckConstraint("recognition IN ('recognised', 'listed', 'none-found')", name="recognition_known"),
    )

    craft_code: Mapped[str] = mapped_column(ForeignKey("category.code"), index=True)
    ethnic_group: Mapped[str | None]
    recognition: Mapped[str]
    recognised_year: Mapped[int | None]
    decision: Mapped[str | None]
    households: Mapped[int | None]
    summary: Mapped[Bilingual] = bilingual("summary")
    story: Mapped[Bilingual] = bilingual("story")
    visit_activities: Mapped[list[Any]] = mapped_column(JSON, default=list)
    visit_months: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    visit_notes: Mapped[Bilingual] = bilingual("visit_notes")


class PointOfInterest(Located, Translated, Record, Model):
    """A sight or a practical point that routes stop at."""

    __tablename__ = "point_of_interest"

    kind: Mapped[str]
    summary: Mapped[Bilingual] = bilingual("summary")


class IndustrialZone(Located, Record, Model):
    """An industrial park, industrial or textile cluster; `place_inferred`: deduced from a name."""

    __tablename__ = "industrial_zone"

    place_inferred: Mapped[bool]
    kind: Mapped[str]
    proposed_kind: Mapped[str | None]
    named_in_resolution: Mapped[str | None]
    status_code: Mapped[str]
    status: Mapped[Bilingual] = bilingual("status")
    area_ha: Mapped[float | None]
    areas: Mapped[list[Any]] = mapped_column(JSON, default=list)
    investor: Mapped[Bilingual] = bilingual("investor")
    sectors: Mapped[Bilingual] = bilingual("sectors")
    summary: Mapped[Bilingual] = bilingual("summary")
    other_enterprises: Mapped[list[Any]] = mapped_column(JSON, default=list)
    figures: Mapped[list[Any]] = mapped_column(JSON, default=list)
    units: Mapped[list[Place]] = relationship(
        secondary="zone_place", order_by="Place.sort_vi", lazy="raise_on_sql", viewonly=True
    )


class ZonePlace(Model):
    """The units of today that a zone is said to lie in; its `place_id` holds the only one, or an old unit."""

    __tablename__ = "zone_place"

    zone_id: Mapped[int] = mapped_column(
        ForeignKey("industrial_zone.id", ondelete="CASCADE"), primary_key=True
    )
    place_id: Mapped[int] = mapped_column(
        ForeignKey("place.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class ZoneSurvey(Model):
    """What was read of all industrial zones together.

    `details` keeps the data's remaining notes: who manages them, the province's figures, figures in conflict,
    history and gaps.
    """

    __tablename__ = "zone_survey"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    sources: Mapped[list[Any]] = mapped_column(JSON, default=list)
