"""Certification schemes, what they may cover, and certificates with their scope."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    event,
    inspect,
    text,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from catalogue.certification.rules import Evidence, Facts, Status, Step, status_on
from catalogue.database import Archivable, Indexed, Model, Record, Translated, UTCDateTime, bilingual
from catalogue.flowers.models import FlowerVariety
from catalogue.kernel.clock import now
from catalogue.kernel.language import Bilingual
from catalogue.kernel.partial_date import PartialDate
from catalogue.places.models import Place
from catalogue.producers.models import Producer
from catalogue.products.models import Category, Product

STEPS = ", ".join(f"'{step}'" for step in Step)
# What ended for good makes room for another of the same holder and scheme.
STANDING = text("replaced_on IS NULL AND withdrawn_on IS NULL AND rejected_on IS NULL")


class CertificationScheme(Translated, Record, Model):
    """A mark, rating, standard or title. `granted_to` is a list of `rules.Holder` values; `criteria`: what it
    asks of who carries it."""

    __tablename__ = "certification_scheme"

    position: Mapped[int]
    issuer: Mapped[Bilingual] = bilingual("issuer")
    scope: Mapped[Bilingual] = bilingual("scope")
    summary: Mapped[Bilingual] = bilingual("summary")
    legal_basis: Mapped[Bilingual] = bilingual("legal_basis")
    criteria: Mapped[Bilingual] = bilingual("criteria")
    granted_to: Mapped[str]
    validity_months: Mapped[int | None]
    url: Mapped[str | None]
    levels: Mapped[list[SchemeLevel]] = relationship(
        order_by="SchemeLevel.position", cascade="all, delete-orphan", lazy="raise_on_sql"
    )
    categories: Mapped[list[SchemeCategory]] = relationship(cascade="all, delete-orphan", lazy="raise_on_sql")
    areas: Mapped[list[Place]] = relationship(
        secondary="scheme_area", order_by=Place.sort_vi, lazy="raise_on_sql"
    )


class SchemeLevel(Model):
    """A level that a scheme may grant, lowest first where levels are ranked."""

    __tablename__ = "scheme_level"

    scheme_id: Mapped[int] = mapped_column(
        ForeignKey("certification_scheme.id", ondelete="CASCADE"), primary_key=True
    )
    level: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]


class SchemeCategory(Model):
    """A category that a scheme may cover; a certificate's scope points here, so it cannot leave it.

    `listed` rows stand in the scheme's own text; the others are the categories below them.
    `agreed_only`: agreed by the province, registration not confirmed.
    """

    __tablename__ = "scheme_category"

    scheme_id: Mapped[int] = mapped_column(
        ForeignKey("certification_scheme.id", ondelete="CASCADE"), primary_key=True
    )
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"), primary_key=True, index=True)
    listed: Mapped[bool]
    agreed_only: Mapped[bool]


class SchemeArea(Model):
    """A place that a holder must be in; an old unit stands for all of its former territory."""

    __tablename__ = "scheme_area"

    scheme_id: Mapped[int] = mapped_column(
        ForeignKey("certification_scheme.id", ondelete="CASCADE"), primary_key=True
    )
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), primary_key=True)


class Certificate(Archivable, Indexed, Model):
    """What one holder has, or is said to have, under one scheme.

    `issued` and `expires` are partial dates such as `2022` or `2022-08`. `source_url` is the page that
    reports it, None where staff saw no page but the paper or the register. `issued_by`: who granted it, where
    the paper names a body. `papers` names the folder of its papers. `lookup_code` is given only when staff
    confirm it. `rejected_on`: staff found the claim false; such a row is archived as well.
    """

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("id", "scheme_id"),
        *(
            Index(
                f"uq_certificate_{holder}_standing",
                f"{holder}_id",
                "scheme_id",
                unique=True,
                sqlite_where=STANDING,
                postgresql_where=STANDING,
            )
            for holder in ("product", "producer")
        ),
        ForeignKeyConstraint(["scheme_id", "level"], ["scheme_level.scheme_id", "scheme_level.level"]),
        CheckConstraint("(product_id IS NULL) <> (producer_id IS NULL)", name="one_holder"),
        CheckConstraint("evidence IN ('register', 'document', 'press')", name="evidence_known"),
        CheckConstraint(
            "confirmed_on IS NULL OR trim(coalesce(number, '')) <> '' OR evidence <> 'press'",
            name="confirmed_on_grounds",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("certification_scheme.id"), index=True)
    level: Mapped[str | None]
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"))
    producer_id: Mapped[int | None] = mapped_column(ForeignKey("producer.id"))
    number: Mapped[str | None]
    issued: Mapped[str | None]
    expires: Mapped[str | None]
    issued_by: Mapped[str | None]
    evidence: Mapped[str]
    source_url: Mapped[str | None]
    papers: Mapped[str | None] = mapped_column(String(40))
    confirmed_on: Mapped[date | None] = mapped_column(Date)
    valid_from: Mapped[date | None] = mapped_column(Date)
    suspended_on: Mapped[date | None] = mapped_column(Date)
    withdrawn_on: Mapped[date | None] = mapped_column(Date)
    replaced_on: Mapped[date | None] = mapped_column(Date)
    rejected_on: Mapped[date | None] = mapped_column(Date)
    lookup_code: Mapped[str | None] = mapped_column(unique=True)
    sources: Mapped[list[Any]] = mapped_column(JSON, default=list)
    scheme: Mapped[CertificationScheme] = relationship(lazy="raise_on_sql", overlaps="scheme_level")
    product: Mapped[Product | None] = relationship(lazy="raise_on_sql")
    producer: Mapped[Producer | None] = relationship(lazy="raise_on_sql")
    scope: Mapped[list[CertificateScope]] = relationship(
        back_populates="certificate", cascade="all, delete-orphan", lazy="raise_on_sql"
    )
    categories: Mapped[list[CertificateCategory]] = relationship(
        cascade="all, delete-orphan", lazy="raise_on_sql"
    )
    flowers: Mapped[list[FlowerVariety]] = relationship(
        secondary="certificate_flower", order_by=FlowerVariety.sort_vi, lazy="raise_on_sql"
    )

    @property
    def has_left(self) -> bool:
        """It left the catalogue with its holder; what staff rejected did not."""
        return self.archived_at is not None and self.rejected_on is None

    @property
    def issued_date(self) -> PartialDate | None:
        return PartialDate.parse(self.issued) if self.issued else None

    @property
    def expires_date(self) -> PartialDate | None:
        return PartialDate.parse(self.expires) if self.expires else None

    @property
    def facts(self) -> Facts:
        """What `rules.status_on` needs."""
        return Facts(
            evidence=Evidence(self.evidence),
            number=self.number,
            confirmed_on=self.confirmed_on,
            valid_from=self.valid_from,
            expires=self.expires_date,
            suspended_on=self.suspended_on,
            withdrawn_on=self.withdrawn_on,
            replaced_on=self.replaced_on,
        )

    def status_on(self, day: date) -> Status:
        return status_on(self.facts, day)


class CertificateScope(Archivable, Indexed, Model):
    """A product that a certificate covers. Three foreign keys hold the rules of the domain:

    the scheme is the certificate's, the category is the product's, and the scheme may cover that category.
    """

    __tablename__ = "certificate_scope"
    __table_args__ = (
        ForeignKeyConstraint(
            ["certificate_id", "scheme_id"],
            ["certificate.id", "certificate.scheme_id"],
            ondelete="CASCADE",
            name="fk_certificate_scope_certificate",
        ),
        ForeignKeyConstraint(
            ["product_id", "category_id"],
            ["product.id", "product.category_id"],
            onupdate="CASCADE",
            name="fk_certificate_scope_product",
        ),
        ForeignKeyConstraint(
            ["scheme_id", "category_id"],
            ["scheme_category.scheme_id", "scheme_category.category_id"],
            name="fk_certificate_scope_scheme_category",
        ),
    )

    certificate_id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(primary_key=True, index=True)
    scheme_id: Mapped[int]
    category_id: Mapped[int]
    source_url: Mapped[str | None]
    certificate: Mapped[Certificate] = relationship(back_populates="scope", lazy="raise_on_sql")
    product: Mapped[Product] = relationship(
        primaryjoin="CertificateScope.product_id == Product.id",
        foreign_keys=product_id,
        lazy="raise_on_sql",
        viewonly=True,
    )

    def index_keys(self) -> list[tuple[str, int]]:
        """A product is found by the schemes that are said to cover it."""
        return [(Product.__tablename__, self.product_id)]


class CertificateCategory(Model):
    """A whole category that the paper names, such as cut flowers; the scheme must be able to cover it."""

    __tablename__ = "certificate_category"
    __table_args__ = (
        ForeignKeyConstraint(
            ["certificate_id", "scheme_id"],
            ["certificate.id", "certificate.scheme_id"],
            ondelete="CASCADE",
            name="fk_certificate_category_certificate",
        ),
        ForeignKeyConstraint(
            ["scheme_id", "category_id"],
            ["scheme_category.scheme_id", "scheme_category.category_id"],
            name="fk_certificate_category_scheme_category",
        ),
    )

    certificate_id: Mapped[int] = mapped_column(primary_key=True)
    category_id: Mapped[int] = mapped_column(primary_key=True)
    scheme_id: Mapped[int]
    category: Mapped[Category] = relationship(
        primaryjoin="CertificateCategory.category_id == Category.id",
        foreign_keys=category_id,
        lazy="raise_on_sql",
        viewonly=True,
    )


class CertificateFlower(Model):
    """A flower that the paper names."""

    __tablename__ = "certificate_flower"

    certificate_id: Mapped[int] = mapped_column(
        ForeignKey("certificate.id", ondelete="CASCADE"), primary_key=True
    )
    flower_id: Mapped[int] = mapped_column(ForeignKey("flower_variety.id"), primary_key=True)


class CertificateEvent(Model):
    """One act of the register, and the certificate as it stood after it; never changed, never deleted.

    `day`: from when it counts. `entry`: what `queries.entry_of` tells of the certificate.
    """

    __tablename__ = "certificate_event"
    __table_args__ = (CheckConstraint(f"step IN ({STEPS})", name="step_known"),)
    is_public = False

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    actor_id: Mapped[int | None]
    actor: Mapped[str]
    step: Mapped[str] = mapped_column(String(20))
    day: Mapped[date] = mapped_column(Date)
    reason: Mapped[str | None]
    entry: Mapped[dict[str, Any]]


class CertificateNotice(Model):
    """That the holder was told: this certificate ends on that date, so many days before."""

    __tablename__ = "certificate_notice"
    is_public = False

    certificate_id: Mapped[int] = mapped_column(
        ForeignKey("certificate.id", ondelete="CASCADE"), primary_key=True
    )
    expires: Mapped[str] = mapped_column(String(10), primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True)


@event.listens_for(Session, "before_flush")
def _keep_history(session: Session, _context: Any, _instances: Any) -> None:
    changed = [row for row in session.dirty if session.is_modified(row) and inspect(row).persistent]
    if any(isinstance(row, CertificateEvent) for row in (*session.deleted, *changed)):
        raise TypeError("the history of a certificate is never changed")
