"""Reads about flower varieties and the scales they are graded by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from catalogue.archive import archived_too
from catalogue.database import db
from catalogue.flowers.models import FlowerVariety, GradingStandard, GrowingArea
from catalogue.kernel.errors import NotFound
from catalogue.kernel.language import Language
from catalogue.slugs import find_by_slug
from catalogue.version import kept


def flowers(language: Language) -> Sequence[FlowerVariety]:
    """All flower varieties, in the order of the language."""
    order = FlowerVariety.sort_vi if language is Language.VI else FlowerVariety.sort_en
    return db.session.scalars(select(FlowerVariety).order_by(order)).all()


@kept
def flower_categories() -> dict[str, str]:
    """The code of each flower's category, by the flower's code, in the catalogue or not."""
    with archived_too():
        rows = db.session.execute(select(FlowerVariety.code, FlowerVariety.category_code))
        return {row.code: row.category_code for row in rows}


def flower_by_slug(slug: str, language: Language) -> FlowerVariety:
    """A flower variety with its growing areas; NotFound."""
    flower = find_by_slug(FlowerVariety, language, slug, selectinload(FlowerVariety.growing_areas))
    if flower is None:
        raise NotFound("flower.unknown")
    return flower


def flowers_of_village(village_id: int, language: Language) -> Sequence[FlowerVariety]:
    """The flowers that a source says are grown in a village, in the order of the language."""
    order = FlowerVariety.sort_vi if language is Language.VI else FlowerVariety.sort_en
    grown = FlowerVariety.growing_areas.any(GrowingArea.village_id == village_id)
    return db.session.scalars(select(FlowerVariety).where(grown).order_by(order)).all()


def flowers_of_place(
    place_id: int, village_ids: Iterable[int], language: Language
) -> Sequence[FlowerVariety]:
    """The flowers that a source says are grown in a place or in a village there, in the order of the
    language."""
    order = FlowerVariety.sort_vi if language is Language.VI else FlowerVariety.sort_en
    here = (GrowingArea.place_id == place_id) | GrowingArea.village_id.in_(list(village_ids))
    grown = FlowerVariety.growing_areas.any(here)
    return db.session.scalars(select(FlowerVariety).where(grown).order_by(order)).all()


def grading_standards() -> dict[str, GradingStandard]:
    """The published scales and code lists by their code: `stem-length-codes`, `quality-classes`,
    `kifa-grades`, `vbn-characteristics`, `hs-codes`."""
    return {standard.code: standard for standard in db.session.scalars(select(GradingStandard))}
