"""Photographs that are nearly the same: said to their maker; to staff where another maker has the other."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from catalogue.database import db
from catalogue.kernel.photo import Advice
from catalogue.kernel.photo_likeness import Print, alike
from catalogue.media.models import MediaAsset


@dataclass(frozen=True)
class PossibleCopy:
    """Two photographs of different makers that are nearly the same, by their codes; `bits` of 64 differ."""

    one: str
    other: str
    bits: int


def advise(code: str) -> None:
    """Tell the maker of a photograph that another one of the same maker is nearly the same."""
    asset = db.session.scalars(select(MediaAsset).where(MediaAsset.code == code)).one()
    known = _prints()
    own = known.get(code)
    near = own and alike(own, [each for each in known.values() if each.maker and each.maker == own.maker])
    advice = [each for each in asset.advice if each != Advice.NEAR_COPY]
    asset.advice = [*advice, Advice.NEAR_COPY] if near else advice
    db.session.flush()


def possible_copies() -> list[PossibleCopy]:
    """Every pair of photographs that different makers may have taken from each other; each pair once."""
    known = sorted(_prints().values(), key=lambda each: each.code)
    return [
        PossibleCopy(one.code, found.code, found.bits)
        for place, one in enumerate(known)
        for found in alike(one, known[place + 1 :])
        if found.of_another_maker
    ]


def makers_with_the_same(codes: Collection[str]) -> dict[str, list[str]]:
    """The makers (by their codes) who have a picture that is nearly the same as one of these of another's."""
    known = _prints()
    found: dict[str, set[str]] = {}
    for one in (known[code] for code in codes if code in known):
        for other in alike(one, known.values()):
            if other.of_another_maker and (maker := known[other.code].maker):
                found.setdefault(one.code, set()).add(maker)
    return {code: sorted(makers) for code, makers in found.items()}


def _prints() -> dict[str, Print]:
    """Every photograph that was looked at, with its maker; the office's have none."""
    rows = db.session.execute(select(MediaAsset.code, MediaAsset.fingerprint, MediaAsset.owner))
    return {code: Print(code, fingerprint, owner or None) for code, fingerprint, owner in rows if fingerprint}
