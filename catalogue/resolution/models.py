"""The resolution: its targets, tasks, solutions and published outcomes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.database import Model, UTCDateTime, bilingual
from catalogue.kernel.language import Bilingual
from catalogue.resolution.rules import Nature, Period, Scope


def _one_of(column: str, values: type[Period | Scope | Nature]) -> CheckConstraint:
    known = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({known})", name=f"{column}_known")


class Resolution(Model):
    """The resolution itself. `details` keeps the data's remaining notes (number, territory, gaps …)."""

    __tablename__ = "resolution"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[Bilingual] = bilingual("title", required=True)
    issuer: Mapped[Bilingual] = bilingual("issuer")
    number: Mapped[str | None]
    focus: Mapped[Bilingual] = bilingual("focus")
    orientation_2030: Mapped[Bilingual] = bilingual("orientation_2030")
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    sources: Mapped[list[Any]] = mapped_column(JSON, default=list)
    targets: Mapped[list[Target]] = relationship(
        order_by="Target.position", cascade="all, delete-orphan", lazy="raise_on_sql"
    )
    tasks: Mapped[list[Task]] = relationship(
        order_by="Task.position", cascade="all, delete-orphan", lazy="raise_on_sql"
    )
    solutions: Mapped[list[Solution]] = relationship(
        order_by="Solution.position", cascade="all, delete-orphan", lazy="raise_on_sql"
    )
    outcomes: Mapped[list[Outcome]] = relationship(
        order_by="Outcome.position", cascade="all, delete-orphan", lazy="raise_on_sql"
    )


class _Part:
    """A numbered part of the resolution."""

    id: Mapped[int] = mapped_column(primary_key=True)
    resolution_id: Mapped[int] = mapped_column(ForeignKey("resolution.id", ondelete="CASCADE"))
    position: Mapped[int]


class Target(_Part, Model):
    """A figure the resolution aims at, as a range."""

    __tablename__ = "target"
    __table_args__ = (
        UniqueConstraint("resolution_id", "position"),
        CheckConstraint("min IS NULL OR max IS NULL OR min <= max", name="range_in_order"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    indicator: Mapped[Bilingual] = bilingual("indicator", required=True)
    unit: Mapped[Bilingual] = bilingual("unit")
    note: Mapped[Bilingual] = bilingual("note")
    period_from: Mapped[int | None]
    period_to: Mapped[int | None]
    baseline: Mapped[float | None]
    min: Mapped[float | None]
    max: Mapped[float | None]
    sources: Mapped[list[Any]] = mapped_column(JSON, default=list)


class Task(_Part, Model):
    """A task the resolution sets, and what of it this catalogue can show."""

    __tablename__ = "task"
    __table_args__ = (UniqueConstraint("resolution_id", "position"),)

    text: Mapped[Bilingual] = bilingual("text", required=True)
    catalogue_link: Mapped[Bilingual] = bilingual("catalogue_link")


class Solution(_Part, Model):
    """A named solution; `related` joins to a file and key of the data."""

    __tablename__ = "solution"
    __table_args__ = (UniqueConstraint("resolution_id", "position"),)

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[Bilingual] = bilingual("name", required=True)
    what: Mapped[Bilingual] = bilingual("what")
    catalogue_part: Mapped[Bilingual] = bilingual("catalogue_part")
    later: Mapped[Bilingual] = bilingual("later")
    related: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    sources: Mapped[list[Any]] = mapped_column(JSON, default=list)


class Outcome(_Part, Model):
    """A published figure beside a target; `details` keeps bound, nature, scope and note of the data."""

    __tablename__ = "outcome"
    __table_args__ = (UniqueConstraint("resolution_id", "position"),)

    code: Mapped[str] = mapped_column(unique=True)
    indicator: Mapped[Bilingual] = bilingual("indicator", required=True)
    year: Mapped[int | None]
    value: Mapped[float | None]
    unit: Mapped[Bilingual] = bilingual("unit")
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    sources: Mapped[list[Any]] = mapped_column(JSON, default=list)


class PublishedFigure(Model):
    """A figure that staff read somewhere and noted beside a target; its fields as of `rules.Figure`.

    `target` is the target's code and no foreign key: loading the data again makes the targets anew.
    """

    __tablename__ = "published_figure"
    __table_args__ = (
        UniqueConstraint(
            "target", "year", "period", "scope", "value", "url", name="uq_published_figure_noted_once"
        ),
        _one_of("period", Period),
        _one_of("scope", Scope),
        _one_of("nature", Nature),
        CheckConstraint(
            "same_measure OR (coalesce(indicator_vi, '') <> '' AND coalesce(unit_vi, '') <> '')",
            name="measure_said",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    target: Mapped[str] = mapped_column(index=True)
    year: Mapped[int]
    period: Mapped[str] = mapped_column(String(20))
    scope: Mapped[str] = mapped_column(String(40))
    nature: Mapped[str] = mapped_column(String(20))
    value: Mapped[float]
    same_measure: Mapped[bool]
    indicator: Mapped[Bilingual] = bilingual("indicator")
    unit: Mapped[Bilingual] = bilingual("unit")
    url: Mapped[str]
    published: Mapped[date] = mapped_column(Date)
    entered_by_id: Mapped[int | None]
    entered_by: Mapped[str]
    entered_at: Mapped[datetime] = mapped_column(UTCDateTime)
