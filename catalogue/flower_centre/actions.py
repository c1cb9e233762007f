"""Changes of the flower centre's milestones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from catalogue.accounts.rules import may_show_pages
from catalogue.archive import archived_too
from catalogue.database import db
from catalogue.flower_centre.listings import position_of, put_content
from catalogue.flower_centre.models import FlowerCentre, Milestone
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import NotFound, require


def apply_milestone(actor: Actor, code: str, content: Mapping[str, Any]) -> Milestone:
    """Let the catalogue show this content: a new milestone, or the one of that code as it now is."""
    require(may_show_pages(actor))
    position, centre_id = position_of(code), db.session.scalar(select(FlowerCentre.id))
    if position is None or centre_id is None:
        raise NotFound("listing.unknown")
    milestone = _at(position) or Milestone(centre_id=centre_id, position=position)
    put_content(milestone, content)
    db.session.add(milestone)
    db.session.flush()
    return milestone


def archive_milestone(code: str, moment: datetime | None) -> None:
    """Let a milestone leave the page, or come back (None)."""
    position = position_of(code)
    milestone = _at(position) if position is not None else None
    if milestone is not None:
        milestone.archived_at = moment
        db.session.flush()


def _at(position: int) -> Milestone | None:
    with archived_too():
        return db.session.scalar(select(Milestone).where(Milestone.position == position))
