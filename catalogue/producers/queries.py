"""Reads about producers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from catalogue.database import db
from catalogue.flowers.models import FlowerVariety
from catalogue.kernel.errors import NotFound
from catalogue.kernel.language import Language
from catalogue.places.models import CraftVillage
from catalogue.producers.models import Producer
from catalogue.slugs import find_by_slug

WITH_PLACE = (
    joinedload(Producer.place),
    joinedload(Producer.village).joinedload(CraftVillage.place),
)


def producer_by_slug(slug: str, language: Language) -> Producer:
    """A producer with place, village, markets, flowers and zones; NotFound."""
    producer = find_by_slug(
        Producer,
        language,
        slug,
        *WITH_PLACE,
        selectinload(Producer.markets),
        selectinload(Producer.flowers),
        selectinload(Producer.zones),
    )
    if producer is None:
        raise NotFound("producer.unknown")
    return producer


def producers(language: Language) -> Sequence[Producer]:
    """All producers with place, village and markets, in the order of the language."""
    order = Producer.sort_vi if language is Language.VI else Producer.sort_en
    return db.session.scalars(
        select(Producer).options(*WITH_PLACE, selectinload(Producer.markets)).order_by(order)
    ).all()


def producer_ids(language: Language) -> Sequence[tuple[int, int | None]]:
    """The id of every producer with its village's, in the order of the language."""
    order = Producer.sort_vi if language is Language.VI else Producer.sort_en
    return db.session.execute(select(Producer.id, Producer.village_id).order_by(order)).all()


def growers(language: Language) -> Sequence[Producer]:
    """The producers that are known to grow a flower, with place, village and flowers, in order."""
    order = Producer.sort_vi if language is Language.VI else Producer.sort_en
    return db.session.scalars(
        select(Producer)
        .where(Producer.flowers.any())
        .options(*WITH_PLACE, selectinload(Producer.flowers))
        .order_by(order)
    ).all()


def growers_of(flower_id: int, language: Language) -> Sequence[Producer]:
    """The producers that are known to grow this flower, with place and village, in order."""
    order = Producer.sort_vi if language is Language.VI else Producer.sort_en
    return db.session.scalars(
        select(Producer)
        .where(Producer.flowers.any(FlowerVariety.id == flower_id))
        .options(*WITH_PLACE)
        .order_by(order)
    ).all()


def producers_by_id(ids: Iterable[int]) -> list[Producer]:
    """Producers with place and village, in the order of the ids."""
    wanted = list(ids)
    rows = db.session.scalars(select(Producer).where(Producer.id.in_(wanted)).options(*WITH_PLACE))
    found = {producer.id: producer for producer in rows}
    return [found[key] for key in wanted if key in found]


def producers_of_village(village_id: int, language: Language) -> Sequence[Producer]:
    """The makers of a craft village, in the order of the language."""
    order = Producer.sort_vi if language is Language.VI else Producer.sort_en
    return db.session.scalars(
        select(Producer).where(Producer.village_id == village_id).options(*WITH_PLACE).order_by(order)
    ).all()
