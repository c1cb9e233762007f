"""The planned Flower Trading Centre with its milestones and planned functions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.database import Archivable, Indexed, Model, Translated, bilingual
from catalogue.kernel.language import Bilingual


class FlowerCentre(Model):
    """The centre as planned. `locations`, `area`, `capacity` and `investor` keep the data's shape,
    because figures of different years must stand side by side and never be merged."""

    __tablename__ = "flower_centre"
    __table_args__ = (
        CheckConstraint("name_vi <> '' AND disclaimer_vi <> ''", name="says_that_it_is_planned"),
        CheckConstraint("status_code <> 'planned' OR opened IS NULL", name="planned_is_not_open"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[Bilingual] = bilingual("name", required=True)
    purpose: Mapped[Bilingual] = bilingual("purpose")
    history: Mapped[Bilingual] = bilingual("history")
    status_code: Mapped[str]
    status: Mapped[Bilingual] = bilingual("status")
    disclaimer: Mapped[Bilingual] = bilingual("disclaimer", required=True)
    opened: Mapped[str | None]
    website: Mapped[str | None]
    locations: Mapped[list[Any]] = mapped_column(JSON)
    area: Mapped[dict[str, Any]] = mapped_column(JSON)
    capacity: Mapped[dict[str, Any]] = mapped_column(JSON)
    investor: Mapped[dict[str, Any]] = mapped_column(JSON)
    sources: Mapped[list[Any]] = mapped_column(JSON, default=list)
    milestones: Mapped[list[Milestone]] = relationship(
        order_by="(Milestone.date, Milestone.position)", cascade="all, delete-orphan", lazy="raise_on_sql"
    )
    functions: Mapped[list[PlannedFunction]] = relationship(
        order_by="PlannedFunction.position", cascade="all, delete-orphan", lazy="raise_on_sql"
    )


class Milestone(Translated, Archivable, Indexed, Model):
    """A dated step of the plan, with its sources. `position` is its number and never changes; its place among
    the others is that of its date."""

    __tablename__ = "milestone"
    __table_args__ = (UniqueConstraint("centre_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("flower_centre.id", ondelete="CASCADE"))
    position: Mapped[int]
    date: Mapped[str]
    event: Mapped[Bilingual] = bilingual("event", required=True)
    sources: Mapped[list[Any]] = mapped_column(JSON, default=list)


class PlannedFunction(Model):
    """Something the centre is planned to do."""

    __tablename__ = "planned_function"
    __table_args__ = (UniqueConstraint("centre_id", "position"), UniqueConstraint("centre_id", "code"))

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("flower_centre.id", ondelete="CASCADE"))
    position: Mapped[int]
    code: Mapped[str]
    name: Mapped[Bilingual] = bilingual("name", required=True)
    sources: Mapped[list[Any]] = mapped_column(JSON, default=list)
