"""The promotion body, points of sale and trade events, and what was published about the province's mark."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from catalogue.database import Model, bilingual
from catalogue.kernel.language import Bilingual


class PromotionBody(Model):
    """The provincial promotion centre as last named. `details` keeps the document's dated notes and figures:
    names over time, portals, functions, partners, OCOP counts, gaps."""

    __tablename__ = "promotion_body"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[Bilingual] = bilingual("name", required=True)
    status_code: Mapped[str]
    status: Mapped[Bilingual] = bilingual("status")
    address: Mapped[Bilingual] = bilingual("address")
    phone: Mapped[str | None]
    email: Mapped[str | None]
    website: Mapped[str | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    sources: Mapped[list[Any]] = mapped_column(JSON, default=list)


class PointOfSale(Model):
    """Where goods under the mark or OCOP goods are said to be sold; `still_open` NULL: not confirmed."""

    __tablename__ = "point_of_sale"
    __table_args__ = (CheckConstraint("kind IN ('mark', 'ocop')", name="kind_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    kind: Mapped[str]
    name: Mapped[Bilingual] = bilingual("name", required=True)
    address: Mapped[Bilingual] = bilingual("address")
    current_unit: Mapped[str | None]
    former_commune: Mapped[str | None]
    former_district: Mapped[str | None]
    announced: Mapped[str | None]
    announced_by: Mapped[Bilingual] = bilingual("announced_by")
    as_of: Mapped[str | None]
    summary: Mapped[Bilingual] = bilingual("summary")
    still_open: Mapped[bool | None]
    phone: Mapped[str | None]
    sources: Mapped[list[Any]] = mapped_column(JSON, default=list)


class TradeEvent(Model):
    """A fair or festival that shows the province's goods; `date_conflicts`: what other pages say of it."""

    __tablename__ = "trade_event"
    __table_args__ = (CheckConstraint("status IN ('held', 'announced')", name="status_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    name: Mapped[Bilingual] = bilingual("name", required=True)
    date_from: Mapped[str]
    date_to: Mapped[str | None]
    date_conflicts: Mapped[list[Any]] = mapped_column(JSON, default=list)
    status: Mapped[str]
    place: Mapped[Bilingual] = bilingual("place")
    organiser: Mapped[Bilingual] = bilingual("organiser")
    centre_role: Mapped[str | None]
    summary: Mapped[Bilingual] = bilingual("summary")
    note: Mapped[Bilingual] = bilingual("note")
    sources: Mapped[list[Any]] = mapped_column(JSON, default=list)


class BrandMark(Model):
    """What was published about a mark beside its scheme: milestones, holders as each page counted them, gaps.

    Figures of different pages stand side by side in `holders` and are never merged.
    """

    __tablename__ = "brand_mark"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("certification_scheme.id"))
    milestones: Mapped[list[Any]] = mapped_column(JSON)
    holders: Mapped[list[Any]] = mapped_column(JSON)
    holders_note: Mapped[Bilingual] = bilingual("holders_note")
    gaps: Mapped[list[Any]] = mapped_column(JSON)
    sources: Mapped[list[Any]] = mapped_column(JSON, default=list)
