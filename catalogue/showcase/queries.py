"""Reads about trade promotion."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from catalogue.certification.models import CertificationScheme
from catalogue.database import db
from catalogue.kernel.errors import NotFound
from catalogue.records import by_code
from catalogue.showcase.models import BrandMark, PointOfSale, PromotionBody, TradeEvent


def promotion_body() -> PromotionBody | None:
    """The promotion centre; None before the data is loaded."""
    return db.session.scalar(select(PromotionBody))


def points_of_sale() -> Sequence[PointOfSale]:
    """Every point of sale, those of the mark first."""
    return db.session.scalars(select(PointOfSale).order_by(PointOfSale.position)).all()


def trade_events() -> Sequence[TradeEvent]:
    """Fairs and festivals, the latest first."""
    return db.session.scalars(select(TradeEvent).order_by(TradeEvent.date_from.desc(), TradeEvent.code)).all()


def scheme_of_mark(code: str) -> CertificationScheme:
    """The scheme of a mark with its categories and areas; NotFound."""
    scheme = by_code(
        CertificationScheme,
        code,
        selectinload(CertificationScheme.categories),
        selectinload(CertificationScheme.areas),
    )
    if scheme is None:
        raise NotFound("scheme.unknown")
    return scheme


def brand_mark(scheme_code: str) -> BrandMark | None:
    """What was published about a mark; None where nothing is kept."""
    return db.session.scalar(select(BrandMark).where(BrandMark.code == scheme_code))
