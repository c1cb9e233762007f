"""Reads about the resolution, and what the catalogue counts beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from catalogue.database import db
from catalogue.kernel.errors import NotFound
from catalogue.places.models import CraftVillage, IndustrialZone
from catalogue.places.rules import Recognition
from catalogue.producers.models import Producer, ProducerFlower, ProducerMarket
from catalogue.resolution.models import PublishedFigure, Resolution, Solution
from catalogue.routes.models import Stop


def resolution() -> Resolution | None:
    """The resolution with targets, tasks, solutions and outcomes; None before the data is loaded."""
    return db.session.scalar(
        select(Resolution).options(
            selectinload(Resolution.targets),
            selectinload(Resolution.tasks),
            selectinload(Resolution.solutions),
            selectinload(Resolution.outcomes),
        )
    )


def published_figures() -> Sequence[PublishedFigure]:
    """What staff noted beside the targets, in the order of the years."""
    order = (PublishedFigure.year, PublishedFigure.period, PublishedFigure.published, PublishedFigure.id)
    return db.session.scalars(select(PublishedFigure).order_by(*order)).all()


def published_figure(figure_id: int) -> PublishedFigure:
    """One of them; NotFound where there is none."""
    row = db.session.get(PublishedFigure, figure_id)
    if row is None:
        raise NotFound("figure.unknown")
    return row


def solutions_naming(code: str) -> list[Solution]:
    """The solutions that are about a record of that code (an industrial zone, the flower centre), in the
    order of the resolution."""
    every = db.session.scalars(select(Solution).order_by(Solution.position))
    return [one for one in every if code in related_codes(one)]


def related_codes(solution: Solution) -> list[str]:
    """The codes of what a solution is about; one alone or several."""
    related = solution.related or {}
    return [*related.get("slugs", ()), *([related["slug"]] if "slug" in related else ())]


@dataclass(frozen=True)
class Counted:
    """What this catalogue holds that a task or solution of the resolution speaks of, as whole numbers.

    `exporters`: producers with an export market that a source reported at some time. `growers`: producers
    that grow or propagate a flower of the list. `recognised`: villages whose recognition a source reports.
    `village_routes`: routes with a stop at a craft village. `zones`: planned and proposed ones included.
    """

    exporters: int
    growers: int
    villages: int
    recognised: int
    village_routes: int
    zones: int


def counted() -> Counted:
    """Everything counted, in one statement."""

    def of(what: Any, *where: Any) -> Any:
        return select(func.count(what.distinct())).where(*where).scalar_subquery()

    recognised = CraftVillage.recognition == Recognition.RECOGNISED
    row = db.session.execute(
        select(
            of(ProducerMarket.producer_id, ProducerMarket.producer_id == Producer.id),
            of(ProducerFlower.producer_id, ProducerFlower.producer_id == Producer.id),
            of(CraftVillage.id),
            of(CraftVillage.id, recognised),
            of(Stop.route_id, Stop.village_id.is_not(None)),
            of(IndustrialZone.id),
        )
    ).one()
    return Counted(*row)
