"""Which photographs stand on a record, and whether readers see them: as the record's listing says."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from catalogue.database import db
from catalogue.kernel.clock import now
from catalogue.media.models import MediaAsset, Placement
from catalogue.media.rules import SubjectKind, missing


def assets(codes: Collection[str]) -> list[MediaAsset]:
    """Photographs with their renditions, in the order of their codes; unknown ones are passed over."""
    rows = db.session.scalars(
        select(MediaAsset).where(MediaAsset.code.in_(codes)).options(selectinload(MediaAsset.renditions))
    )
    found = {asset.code: asset for asset in rows}
    return [found[code] for code in codes if code in found]


def placed_on(kind: SubjectKind, codes: Collection[str]) -> dict[str, list[str]]:
    """The photographs that stand on each of these records, shown or not, by code and in their order."""
    rows = db.session.execute(
        select(Placement.subject_code, MediaAsset.code)
        .join(MediaAsset, MediaAsset.id == Placement.asset_id)
        .where(Placement.subject_kind == kind.value, Placement.subject_code.in_(codes))
        .order_by(Placement.position, Placement.id)
    )
    found: dict[str, list[str]] = {}
    for code, asset in rows:
        found.setdefault(code, []).append(asset)
    return found


def incomplete(codes: Collection[str]) -> list[str]:
    """Those of these photographs that lack words or rights, and those that nobody has."""
    known = {asset.code: asset for asset in assets(codes)}
    return [code for code in codes if code not in known or missing(known[code].words)]


def show_exactly(actor: str, kind: SubjectKind, code: str, codes: Sequence[str]) -> None:
    """Let these photographs stand on a record in this order, and no others."""
    here = {placement.asset.code: placement for placement in _placements(kind, [code])}
    for gone in here.keys() - set(codes):
        db.session.delete(here[gone])
    for position, asset in enumerate(assets(codes), start=1):
        placement = here.get(asset.code)
        if placement is None:
            db.session.add(
                Placement(
                    asset=asset,
                    subject_kind=kind.value,
                    subject_code=code,
                    position=position,
                    placed_by=actor,
                )
            )
        elif placement.position != position:
            placement.position = position
        if asset.published_at is None:
            asset.published_at, asset.published_by = now(), actor
    db.session.flush()
    _hide_homeless([here[gone].asset for gone in here.keys() - set(codes)], away=())


def take_down(kind: SubjectKind, codes: Collection[str]) -> None:
    """Hide the photographs of records that leave the catalogue, unless they stand elsewhere too."""
    rows = _placements(kind, codes)
    _hide_homeless([row.asset for row in rows], away=[row.id for row in rows])


def put_back(actor: str, kind: SubjectKind, codes: Collection[str]) -> None:
    """Show the photographs of records that come back."""
    for row in _placements(kind, codes):
        if row.asset.published_at is None and not missing(row.asset.words):
            row.asset.published_at, row.asset.published_by = now(), actor
    db.session.flush()


def _placements(kind: SubjectKind, codes: Collection[str]) -> Sequence[Placement]:
    return db.session.scalars(
        select(Placement).where(Placement.subject_kind == kind.value, Placement.subject_code.in_(codes))
    ).all()


def _hide_homeless(hidden: Collection[MediaAsset], away: Collection[int]) -> None:
    for asset in hidden:
        elsewhere = select(Placement.id).where(Placement.asset_id == asset.id, Placement.id.not_in(away))
        if db.session.execute(elsewhere.limit(1)).first() is None:
            asset.published_at = asset.published_by = None
    db.session.flush()
