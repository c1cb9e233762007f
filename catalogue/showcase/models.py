"""Trade promotion: its body, points of sale, events and mark, and the collections that staff compose."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.database import Model, Record, UTCDateTime, bilingual
from catalogue.kernel.language import Bilingual
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.showcase.rules import CollectionKind, Criterion, Window


def _one_of(column: str, values: type[CollectionKind | Criterion]) -> str:
    return f"{column} IN ({', '.join(repr(str(value)) for value in values)})"


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


class Collection(Record, Model):
    """Places that staff compose. Without a first day it is a draft; after its last it stays as archive."""

    __tablename__ = "collection"
    __table_args__ = (
        CheckConstraint(_one_of("kind", CollectionKind), name="kind_known"),
        CheckConstraint("ends >= starts", name="ends_after_start"),
        CheckConstraint("ends IS NULL OR starts IS NOT NULL", name="end_has_start"),
    )

    kind: Mapped[str] = mapped_column(String(20))
    introduction: Mapped[Bilingual] = bilingual("introduction")
    starts: Mapped[date | None] = mapped_column(Date, index=True)
    ends: Mapped[date | None] = mapped_column(Date)
    features: Mapped[list[Feature]] = relationship(
        back_populates="collection",
        order_by="Feature.position",
        cascade="all, delete-orphan",
        lazy="raise_on_sql",
    )

    @property
    def window(self) -> Window | None:
        """Its days; None for a draft."""
        return Window(self.starts, self.ends) if self.starts else None


class Feature(Model):
    """A numbered place in a collection, from 1: a producer or a product, for some days and a reason.

    `taken_off`: on this day it was gone, though its days were not over. `source_url`: the page that says so,
    where the reason rests on what the catalogue does not count.
    """

    __tablename__ = "feature"
    __table_args__ = (
        CheckConstraint("(product_id IS NULL) <> (producer_id IS NULL)", name="one_subject"),
        CheckConstraint(_one_of("criterion", Criterion), name="criterion_known"),
        CheckConstraint("ends >= starts", name="ends_after_start"),
        CheckConstraint("coalesce(reason_en, '') <> ''", name="reason_in_english"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    collection_id: Mapped[int] = mapped_column(ForeignKey("collection.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    producer_id: Mapped[int | None] = mapped_column(ForeignKey("producer.id"), index=True)
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"), index=True)
    starts: Mapped[date] = mapped_column(Date)
    ends: Mapped[date | None] = mapped_column(Date)
    taken_off: Mapped[date | None] = mapped_column(Date)
    criterion: Mapped[str] = mapped_column(String(20))
    reason: Mapped[Bilingual] = bilingual("reason", required=True)
    source_url: Mapped[str | None]
    collection: Mapped[Collection] = relationship(back_populates="features", lazy="raise_on_sql")
    producer: Mapped[Producer | None] = relationship(lazy="raise_on_sql")
    product: Mapped[Product | None] = relationship(lazy="raise_on_sql")

    @property
    def subject(self) -> Producer | Product | None:
        """Who or what stands there; None once it has left the catalogue."""
        return self.producer or self.product

    @property
    def window(self) -> Window:
        """Its own days."""
        return Window(self.starts, self.ends, self.taken_off)

    @property
    def open_window(self) -> Window | None:
        """The days on which readers may see it: its own and its collection's; None in a draft."""
        whole = self.collection.window
        return self.window.within(whole) if whole else None


class BoardStep(Model):
    """How a collection stood before somebody changed it: what undoing brings back."""

    __tablename__ = "board_step"
    is_public = False

    id: Mapped[int] = mapped_column(primary_key=True)
    collection_id: Mapped[int] = mapped_column(ForeignKey("collection.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    actor: Mapped[str]
    verb: Mapped[str] = mapped_column(String(40))
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
