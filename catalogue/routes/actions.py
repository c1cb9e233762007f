"""Changes of routes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from catalogue.archive import archived_too
from catalogue.database import db
from catalogue.routes.models import Stop


def archive_stops_at(producer_id: int, moment: datetime | None) -> None:
    """Let the stops at a producer leave their routes with it, or come back (None)."""
    with archived_too():
        for stop in db.session.scalars(select(Stop).where(Stop.producer_id == producer_id)):
            stop.archived_at = moment
        db.session.flush()
