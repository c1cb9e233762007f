"""What kinds of places there are, and when two ways to write a place's name mean the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from catalogue.kernel.text import canonical, fold, iy, words


class PlaceKind(StrEnum):
    """Wards and communes exist since 1 July 2025; the old cities and districts ended that day."""

    WARD = "ward"
    COMMUNE = "commune"
    OLD_CITY = "old-city"
    OLD_DISTRICT = "old-district"


OLD_UNITS = (PlaceKind.OLD_CITY, PlaceKind.OLD_DISTRICT)


# What a point of interest may be.
SIGHT_KINDS = (
    *("airport", "archaeology", "cable-car", "church", "farm", "garden", "junction", "lake", "landmark"),
    *("market", "mountain", "national-park", "palace", "park", "pass", "showroom", "station", "temple"),
    *("town", "viewpoint", "waterfall"),
)


class Recognition(StrEnum):
    """What a source says of a craft village's standing (data README, `recognition_status`)."""

    RECOGNISED = "recognised"
    LISTED = "listed"
    NONE_FOUND = "none-found"


class Basis(StrEnum):
    """What a record's position rests on, the surest first."""

    OWN = "own"
    VILLAGE = "village"
    COMMUNE = "commune"
    DISTRICT = "district"


# How far off a position may be, in kilometres: own points are hamlets and commune centres, "usually 1–3 km
# off" (data README); the others say no more than the unit that the record lies in.
WITHIN_KM = {Basis.OWN: 2, Basis.VILLAGE: 2, Basis.COMMUNE: 5, Basis.DISTRICT: 15}


# ---------------------------------------------------------------- names of zones and places
OWN_NAME = re.compile(r"(.+?) Industrial (?:Park|Cluster)\b")


def own_names(zone: str) -> list[str]:
    """What a zone is called, from its English name; none where it only stands for its place.

    `Lộc Châu – Đại Lào Industrial Park (proposed)` → Lộc Châu, Đại Lào; `Industrial park in Đạ Tẻh` → none.
    """
    called = OWN_NAME.match(zone)
    return called[1].split(" – ") if called else []


# The kinds of units, folded: Vietnamese ones and their short forms stand first, English ones anywhere.
KINDS_BEFORE = ("thi tran", "thanh pho", "phuong", "huyen", "xa", "tp", "tt")
FORMER_KINDS = {"thi tran": "town", "phuong": "ward", "xa": "commune"}
KINDS_WITHIN = {"commune", "ward", "town", "city", "district"}


@dataclass(frozen=True)
class NameKeys:
    """How a name is compared, unspaced: folded with its kind of unit and without, then marked without.

    `Xã Lạc Dương` → `xalacduong`, `lacduong`, `lạcdương`.
    """

    whole: str
    core: str
    marked: str

    @classmethod
    def of(cls, name: str) -> NameKeys:
        """The keys of a name however it is typed: with marks or not, in either language, as an address."""
        spelled = [word.text for word in words(name)]
        folded = search_words(name)
        kept = _without_kind(folded)
        return cls(
            whole="".join(folded),
            core="".join(folded[place] for place in kept),
            marked="".join(canonical(spelled[place]) for place in kept),
        )


def without_kind(name: str) -> str:
    """A name as people say it, without its kind of unit: `Thị trấn Lạc Dương` → `Lạc Dương`."""
    spelled = words(name)
    kept = _without_kind(search_words(name))
    return name[spelled[kept[0]].start : spelled[kept[-1]].end] if kept else name


def unit_kind(name: str) -> str | None:
    """What a former unit was, by its Vietnamese name: a town, ward or commune."""
    folded = search_words(name)
    return next((word for kind, word in FORMER_KINDS.items() if _begins(folded, kind)), None)


def search_words(name: str) -> list[str]:
    """A name's words, folded, for finding it by a part."""
    return [iy(fold(word.text)) for word in words(name)]


def names_part(asked: Sequence[str], name: Sequence[str]) -> bool:
    """Whether the asked words stand in the name one after another; the last one may be cut short."""
    if not asked:
        return False
    *first, last = asked
    return any(
        list(name[start : start + len(first)]) == first and name[start + len(first)].startswith(last)
        for start in range(len(name) - len(first))
    )


def _without_kind(folded: Sequence[str]) -> list[int]:
    """Which words are left without the kind of unit; a number alone is no name, so it keeps its kind."""
    sizes = [kind.count(" ") + 1 for kind in KINDS_BEFORE if _begins(folded, kind)]
    rest = [place for place, word in enumerate(folded) if word not in KINDS_WITHIN][max(sizes, default=0) :]
    return rest if rest and not folded[rest[0]].isdecimal() else list(range(len(folded)))


def _begins(folded: Sequence[str], kind: str) -> bool:
    return list(folded[: kind.count(" ") + 1]) == kind.split()
