"""Reads about the planned Flower Trading Centre."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from catalogue.database import db
from catalogue.flower_centre.models import FlowerCentre
from catalogue.kernel.errors import NotFound


def flower_centre() -> FlowerCentre | None:
    """The centre as planned, without its milestones and functions; None before the data is loaded."""
    return db.session.scalar(select(FlowerCentre))


def flower_centre_in_full() -> FlowerCentre:
    """The centre as planned, with milestones and planned functions; NotFound before the data is loaded."""
    centre = db.session.scalar(
        select(FlowerCentre).options(
            selectinload(FlowerCentre.milestones), selectinload(FlowerCentre.functions)
        )
    )
    if centre is None:
        raise NotFound("flower_centre.unknown")
    return centre
