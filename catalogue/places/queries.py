"""Reads about places, craft villages and sights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from catalogue.database import db
from catalogue.kernel.errors import NotFound
from catalogue.kernel.geo import Point
from catalogue.kernel.language import Language
from catalogue.places.models import CraftVillage, Located, Place, PointOfInterest
from catalogue.places.rules import PlaceKind
from catalogue.slugs import find_by_slug


def village_by_slug(slug: str, language: Language) -> CraftVillage:
    """A craft village with its place; NotFound."""
    village = find_by_slug(CraftVillage, language, slug, joinedload(CraftVillage.place))
    if village is None:
        raise NotFound("village.unknown")
    return village


def villages(language: Language) -> Sequence[CraftVillage]:
    """All craft villages with their places, in the order of the language."""
    order = CraftVillage.sort_vi if language is Language.VI else CraftVillage.sort_en
    return db.session.scalars(
        select(CraftVillage).options(joinedload(CraftVillage.place)).order_by(order)
    ).all()


def villages_by_id(ids: Iterable[int]) -> dict[int, CraftVillage]:
    """Craft villages with their places, by id."""
    rows = db.session.scalars(
        select(CraftVillage).where(CraftVillage.id.in_(set(ids))).options(joinedload(CraftVillage.place))
    )
    return {village.id: village for village in rows}


def places() -> Sequence[Place]:
    """All places with their former names and the units of today on their territory."""
    return db.session.scalars(
        select(Place).options(selectinload(Place.names), selectinload(Place.current)).order_by(Place.sort_vi)
    ).all()


@dataclass(frozen=True)
class Gazetteer:
    """All places, and which of them a record belongs to."""

    places: Sequence[Place]

    @cached_property
    def _old_units(self) -> dict[str, str]:
        kinds = (PlaceKind.OLD_CITY, PlaceKind.OLD_DISTRICT)
        return {
            place.former_district: place.code
            for place in self.places
            if place.kind in kinds and place.former_district
        }

    @cached_property
    def _codes(self) -> dict[int, str]:
        return {place.id: place.code for place in self.places}

    def codes_of(self, record: Located) -> list[str]:
        """The unit a record stands in, then the old units that it belonged to before July 2025."""
        own = [self._codes[record.place_id]] if record.place_id else []
        districts = (record.former_district or "").split("; ")
        old = [self._old_units[name] for name in districts if name in self._old_units]
        return list(dict.fromkeys(own + old))


def gazetteer(language: Language) -> Gazetteer:
    """All places in the order of the language, in one statement."""
    order = Place.sort_vi if language is Language.VI else Place.sort_en
    return Gazetteer(db.session.scalars(select(Place).order_by(order)).all())


def sights() -> Sequence[PointOfInterest]:
    """All points of interest with their places."""
    return db.session.scalars(
        select(PointOfInterest).options(joinedload(PointOfInterest.place)).order_by(PointOfInterest.sort_vi)
    ).all()


def where_is(record: Located, village: CraftVillage | None = None) -> Point | None:
    """A record's own point, else its village's, else the centre of its place: good for “near” only."""
    for candidate in (record, village, record.place, village.place if village else None):
        if candidate is not None and candidate.point is not None:
            return candidate.point
    return None
