"""Reads about the planned Flower Trading Centre."""

from __future__ import annotations

from sqlalchemy import select

from catalogue.database import db
from catalogue.flower_centre.models import FlowerCentre


def flower_centre() -> FlowerCentre | None:
    """The centre as planned, without its milestones and functions; None before the data is loaded."""
    return db.session.scalar(select(FlowerCentre))
