"""All places together: what a name means, which old units a place of today took land from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from catalogue.database import db
from catalogue.kernel.geo import distance_km
from catalogue.kernel.language import Language
from catalogue.places.models import Place, PlaceName
from catalogue.places.rules import OLD_UNITS, NameKeys, names_part, search_words, without_kind


@dataclass(frozen=True)
class Meaning:
    """One thing that a name stands for: a place, or a unit that was merged into it (`former`)."""

    place: Place
    former: PlaceName | None = None

    @cached_property
    def names(self) -> list[str]:
        """Its name as people write it: in both languages, and without the city behind a dash."""
        names = [self.former.commune or ""] if self.former else self.place.name.texts()
        return names + [name.split(" – ")[0] for name in names if " – " in name]

    @property
    def bare(self) -> str:
        """Its Vietnamese name without the kind of unit."""
        return without_kind(self.names[0])

    @cached_property
    def keys(self) -> list[NameKeys]:
        """How it is compared: by its names, and by a former name with its district."""
        with_district = [f"{self.former.commune} {self.former.district}"] if self.former else []
        return [NameKeys.of(name) for name in self.names + with_district]

    def is_called(self, asked: NameKeys) -> bool:
        """Whether it has that name with just these marks, whatever its kind."""
        return any((key.core, key.marked) == (asked.core, asked.marked) for key in self.keys)


@dataclass(frozen=True)
class Meanings:
    """What a name means, and what else has its words in its name."""

    meant: Sequence[Meaning] = ()
    similar: Sequence[Meaning] = ()

    @property
    def places(self) -> list[Place]:
        """The places behind what is meant, each once."""
        return list({meaning.place.id: meaning.place for meaning in self.meant}.values())


@dataclass(frozen=True)
class Atlas:
    """All places with their former names, in the order of a language."""

    places: Sequence[Place]

    @cached_property
    def today(self) -> list[Place]:
        """The wards and communes of today."""
        return [place for place in self.places if place.kind not in OLD_UNITS]

    @cached_property
    def old(self) -> list[Place]:
        """The dissolved cities and districts."""
        return [place for place in self.places if place.kind in OLD_UNITS]

    def taken_from(self, place: Place) -> list[Place]:
        """The old cities and districts on whose territory a unit of today lies."""
        return [old for old in self.old if place.id in {unit.id for unit in old.current}]

    def with_old_unit(self, old: Place) -> list[Place]:
        """The units of today on an old unit's territory, in order."""
        ids = {unit.id for unit in old.current}
        return [place for place in self.today if place.id in ids]

    def without_old_unit(self) -> list[Place]:
        """The units of today outside every old unit on record."""
        covered = {unit.id for old in self.old for unit in old.current}
        return [place for place in self.today if place.id not in covered]

    def near(self, place: Place, within_km: float) -> list[tuple[float, Place]]:
        """Other units of today whose centre is within that distance, nearest first."""
        if place.point is None:
            return []
        measured = [
            (distance_km(place.point, other.point), other)
            for other in self.today
            if other.id != place.id and other.point is not None
        ]
        return sorted((pair for pair in measured if pair[0] <= within_km), key=lambda pair: pair[0])

    def lookup(self, text: str) -> Meanings:
        """What a name means: with its kind of unit exactly that, else every unit of that name.

        Marks that the reader types are meant; the rest of what is folded alike is only similar, as is every
        name with these words in it.
        """
        asked, every = NameKeys.of(text), list(self._meanings())
        if not asked.core:
            return Meanings()
        found = [one for one in every if any(key.whole == asked.whole for key in one.keys)] or [
            one for one in every if any(key.core == asked.core for key in one.keys)
        ]
        meant = [] if text.isascii() else [one for one in found if one.is_called(asked)]
        meant = meant or found
        part = search_words(text)
        similar = [
            one
            for one in every
            if one not in meant
            and (one in found or any(names_part(part, search_words(name)) for name in one.names))
        ]
        return Meanings(meant, similar)

    def namesakes(self, place: Place) -> Sequence[Meaning]:
        """What else a place's name means, without the kind of unit; nothing where it means one place only."""
        own = NameKeys.of(place.name.text(Language.VI))
        alike = [one for one in self._meanings() if one.is_called(own)]
        return alike if len({one.place.id for one in alike}) > 1 else ()

    def _meanings(self) -> Iterator[Meaning]:
        """Places first; a former unit that became a place of the same name is no second meaning."""
        yield from (Meaning(place) for place in self.places)
        for place in self.today:
            own = NameKeys.of(place.name.text(Language.VI)).whole
            for former in place.names:
                if former.commune and NameKeys.of(former.commune).whole != own:
                    yield Meaning(place, former)


def atlas(language: Language) -> Atlas:
    """All places with their former names and successors, in three statements."""
    order = Place.sort_vi if language is Language.VI else Place.sort_en
    loaded = select(Place).options(selectinload(Place.names), selectinload(Place.current)).order_by(order)
    return Atlas(db.session.scalars(loaded).all())
