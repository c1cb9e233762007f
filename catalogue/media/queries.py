"""Which photographs stand on a record, and how far the files of all of them are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import selectinload

from catalogue import version
from catalogue.database import db
from catalogue.kernel.language import Bilingual
from catalogue.kernel.photo import RECIPE
from catalogue.media.models import MediaAsset, Placement, Rendition
from catalogue.media.rules import Focus, SubjectKind, turned


@dataclass(frozen=True)
class File:
    """One finished file; `path` is its address below `/media/`."""

    path: str
    format: str
    width: int
    height: int
    size: int


@dataclass(frozen=True)
class Picture:
    """All that a page needs to show a photograph.

    `views`: narrow to wide in each format; `width` and `height` are those of the widest. `card`: the file for
    shared pages, where the photograph is large enough. `alt`: None where it is decorative. `focus`: a point
    of the picture as it is shown. `placeholder`: a data URI.
    """

    code: str
    width: int
    height: int
    views: tuple[File, ...]
    card: File | None
    alt: Bilingual | None
    caption: Bilingual
    credit: str
    licence: str
    focus: Focus
    colour: str
    placeholder: str

    def views_as(self, kind: str) -> list[File]:
        """The views in one format, such as `avif` or `jpeg`, narrow to wide."""
        return [file for file in self.views if file.format == kind]


@dataclass(frozen=True)
class Progress:
    """How many photographs have the renditions of today's recipe, of how many."""

    made: int
    total: int


def shown_for(kind: SubjectKind, codes: Iterable[str]) -> dict[str, list[Picture]]:
    """The photographs that may be shown, by the code of the record on which they stand, in their order.

    A photograph without renditions, and a record without photographs, are absent. Two statements, and none
    for records without any.
    """
    codes = _pictured(kind).intersection(codes)
    if not codes:
        return {}
    rows = db.session.execute(
        select(Placement.subject_code, MediaAsset)
        .join(MediaAsset, MediaAsset.id == Placement.asset_id)
        .where(
            Placement.subject_kind == kind.value,
            Placement.subject_code.in_(codes),
            MediaAsset.published_at.is_not(None),
        )
        .order_by(Placement.position, Placement.id)
        .options(selectinload(MediaAsset.renditions))
    )
    found: dict[str, list[Picture]] = {}
    for code, asset in rows:
        if asset.renditions:
            found.setdefault(code, []).append(_picture(asset))
    return found


@version.kept
def _pictured(kind: SubjectKind) -> frozenset[str]:
    """The codes of all records of a kind on which a photograph may be shown."""
    rows = db.session.scalars(
        select(Placement.subject_code)
        .join(MediaAsset, MediaAsset.id == Placement.asset_id)
        .where(Placement.subject_kind == kind.value, MediaAsset.published_at.is_not(None))
    )
    return frozenset(rows)


def is_shown(code: str) -> bool:
    """Whether there is such a photograph, and readers may see it."""
    shown = exists().where(MediaAsset.code == code, MediaAsset.published_at.is_not(None))
    return db.session.scalar(select(shown)) is True


def _picture(asset: MediaAsset) -> Picture:
    files = {
        purpose: tuple(
            File(row.path, row.format, row.width, row.height, row.size)
            for row in asset.renditions
            if row.purpose == purpose
        )
        for purpose in ("view", "card")
    }
    widest = files["view"][-1]
    return Picture(
        code=asset.code,
        width=widest.width,
        height=widest.height,
        views=files["view"],
        card=next(iter(files["card"]), None),
        alt=None if asset.decorative else asset.alt,
        caption=asset.caption,
        credit=asset.credit or "",
        licence=asset.licence or "",
        focus=turned(asset.focus, asset.renditions[0].rotation),
        colour=asset.colour or "",
        placeholder=asset.placeholder or "",
    )


def asset_of(owner: str, received_sha256: str, code: str) -> MediaAsset | None:
    """The owner's photograph that came as this very file, or whose cleaned original has this code."""
    same = or_(MediaAsset.received_sha256 == received_sha256, MediaAsset.code == code)
    known = select(MediaAsset).where(MediaAsset.owner == owner, same)
    return db.session.scalars(known.order_by(MediaAsset.id).limit(1)).first()


def to_be_rendered() -> Sequence[int]:
    """The ids of the photographs without the renditions of today's recipe, rotation and focus."""
    lacking = or_(MediaAsset.recipe.is_(None), MediaAsset.recipe != RECIPE)
    return db.session.scalars(select(MediaAsset.id).where(lacking).order_by(MediaAsset.id)).all()


def progress() -> Progress:
    """How far the renditions are."""
    total = db.session.scalar(select(func.count()).select_from(MediaAsset)) or 0
    return Progress(total - len(to_be_rendered()), total)


def original_keys() -> set[str]:
    """Where the originals are kept."""
    return set(db.session.scalars(select(MediaAsset.original_key)))


def rendition_paths() -> dict[str, int]:
    """Where the renditions are kept, each with the id of its photograph."""
    return dict(db.session.execute(select(Rendition.path, Rendition.asset_id)).all())


def next_position(kind: SubjectKind, code: str) -> int:
    """The place behind the last photograph of a record."""
    last = select(func.max(Placement.position)).where(
        Placement.subject_kind == kind.value, Placement.subject_code == code
    )
    return (db.session.scalar(last) or 0) + 1


def placement_of(asset_id: int, kind: SubjectKind, code: str) -> Placement | None:
    """How a photograph stands on a record, if it does."""
    return db.session.scalar(
        select(Placement).where(
            Placement.asset_id == asset_id,
            Placement.subject_kind == kind.value,
            Placement.subject_code == code,
        )
    )
