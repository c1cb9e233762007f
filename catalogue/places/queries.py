"""Reads about places, craft villages, sights and industrial zones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import ColumnElement, literal, select
from sqlalchemy.orm import joinedload, selectinload

from catalogue.database import db
from catalogue.kernel.errors import NotFound
from catalogue.kernel.geo import Point
from catalogue.kernel.language import Language
from catalogue.places.models import (
    CraftVillage,
    IndustrialZone,
    Located,
    Place,
    PointOfInterest,
    ZoneSurvey,
)
from catalogue.places.rules import OLD_UNITS, Basis
from catalogue.slugs import find_by_slug
from catalogue.version import kept

WITH_UNITS = (joinedload(IndustrialZone.place), selectinload(IndustrialZone.units))


def village_by_slug(slug: str, language: Language) -> CraftVillage:
    """A craft village with its place; NotFound."""
    village = find_by_slug(CraftVillage, language, slug, joinedload(CraftVillage.place))
    if village is None:
        raise NotFound("village.unknown")
    return village


@kept
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


@dataclass(frozen=True)
class Gazetteer:
    """All places, and which of them a record belongs to."""

    places: Sequence[Place]

    @cached_property
    def _old_units(self) -> dict[str, str]:
        return {
            place.former_district: place.code
            for place in self.places
            if place.kind in OLD_UNITS and place.former_district
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


@kept
def gazetteer(language: Language) -> Gazetteer:
    """All places in the order of the language, in one statement."""
    order = Place.sort_vi if language is Language.VI else Place.sort_en
    return Gazetteer(db.session.scalars(select(Place).order_by(order)).all())


def communes(language: Language) -> list[Place]:
    """The wards, communes and other units of today, in the order of the language."""
    return [place for place in gazetteer(language).places if place.kind not in OLD_UNITS]


def place_by_slug(slug: str, language: Language) -> Place:
    """A place with its former names and the units of today on its territory; NotFound."""
    place = find_by_slug(Place, language, slug, selectinload(Place.names), selectinload(Place.current))
    if place is None:
        raise NotFound("place.unknown")
    return place


def stands_in(model: type[Located], place: Place) -> ColumnElement[bool]:
    """Whether a record stands in a place; in an old unit also what is known to have belonged to it."""
    inside = model.place_id == place.id
    if place.kind in OLD_UNITS and place.former_district:
        districts = literal("; ") + model.former_district + "; "  # several are joined in the data
        inside |= districts.contains(f"; {place.former_district}; ", autoescape=True)
    return inside


def villages_in(place: Place, language: Language) -> Sequence[CraftVillage]:
    """The craft villages of a place, in the order of the language."""
    order = CraftVillage.sort_vi if language is Language.VI else CraftVillage.sort_en
    return db.session.scalars(
        select(CraftVillage)
        .where(stands_in(CraftVillage, place))
        .options(joinedload(CraftVillage.place))
        .order_by(order)
    ).all()


def sights_in(place: Place, language: Language) -> Sequence[PointOfInterest]:
    """The points of interest of a place, in the order of the language."""
    order = PointOfInterest.sort_vi if language is Language.VI else PointOfInterest.sort_en
    return db.session.scalars(
        select(PointOfInterest)
        .where(stands_in(PointOfInterest, place))
        .options(joinedload(PointOfInterest.place))
        .order_by(order)
    ).all()


def sights(language: Language) -> Sequence[PointOfInterest]:
    """All points of interest with their places, in the order of the language."""
    order = PointOfInterest.sort_vi if language is Language.VI else PointOfInterest.sort_en
    return db.session.scalars(
        select(PointOfInterest).options(joinedload(PointOfInterest.place)).order_by(order)
    ).all()


def sight_by_slug(slug: str, language: Language) -> PointOfInterest:
    """A point of interest with its place; NotFound."""
    sight = find_by_slug(PointOfInterest, language, slug, joinedload(PointOfInterest.place))
    if sight is None:
        raise NotFound("sight.unknown")
    return sight


def zones(language: Language) -> Sequence[IndustrialZone]:
    """All industrial zones with their places, in the order of the language."""
    order = IndustrialZone.sort_vi if language is Language.VI else IndustrialZone.sort_en
    return db.session.scalars(select(IndustrialZone).options(*WITH_UNITS).order_by(order)).all()


def zones_in(place: Place, language: Language) -> Sequence[IndustrialZone]:
    """The industrial zones of a place, in the order of the language."""
    order = IndustrialZone.sort_vi if language is Language.VI else IndustrialZone.sort_en
    inside = stands_in(IndustrialZone, place) | IndustrialZone.units.any(Place.id == place.id)
    return db.session.scalars(select(IndustrialZone).where(inside).options(*WITH_UNITS).order_by(order)).all()


def zone_by_slug(slug: str, language: Language) -> IndustrialZone:
    """An industrial zone with its places; NotFound."""
    zone = find_by_slug(IndustrialZone, language, slug, *WITH_UNITS)
    if zone is None:
        raise NotFound("zone.unknown")
    return zone


def zone_survey() -> ZoneSurvey | None:
    """What was read of all zones together; None before the data is loaded."""
    return db.session.scalar(select(ZoneSurvey))


def where_is(record: Located, village: CraftVillage | None = None) -> Point | None:
    """A record's own point, else its village's, else the centre of its place: good for “near” only."""
    found = position(record, village)
    return found[0] if found else None


def position(record: Located, village: CraftVillage | None = None) -> tuple[Point, Basis] | None:
    """Like `where_is`, with what the position rests on; needs `place` loaded."""
    for candidate, basis in ((record, Basis.OWN), (village, Basis.VILLAGE)):
        if candidate is not None and candidate.point is not None:
            return candidate.point, basis
    for place in (record.place, village.place if village else None):
        if place is not None and place.point is not None:
            return place.point, Basis.DISTRICT if place.kind in OLD_UNITS else Basis.COMMUNE
    return None
