"""The real data as it would be with certificates that staff confirmed, and a collection composed of it."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select

from catalogue.certification.models import Certificate
from catalogue.database import db, transaction
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import today
from catalogue.kernel.language import Bilingual
from catalogue.showcase import actions, queries
from catalogue.showcase.actions import Frame, Terms
from catalogue.showcase.rules import CollectionKind, Criterion

CURATOR = Actor(5, "Tú", frozenset({"curator"}))
REASON = Bilingual("Có giấy còn hiệu lực", "Holds a certificate in force")
NAMES = {
    CollectionKind.EXPORTERS: Bilingual("Nhà xuất khẩu mùa đông", "Exporters of the winter"),
    CollectionKind.GIFTS: Bilingual("Quà Tết từ cao nguyên", "Tết gifts from the highlands"),
    CollectionKind.FAIR: Bilingual("Gian hàng hội chợ", "A pavilion at the fair"),
}


def confirm_everything(app: Flask) -> None:
    """As if staff had confirmed every claim by its number."""
    with app.app_context(), transaction():
        for one in db.session.scalars(select(Certificate)):
            one.evidence, one.number, one.confirmed_on = "register", f"LĐ-{one.id:04d}", date(2020, 1, 1)


def begin(
    app: Flask,
    kind: CollectionKind = CollectionKind.EXPORTERS,
    *,
    starts: int = 0,
    ends: int | None = None,
) -> str:
    """A collection; its code."""
    first = today() + timedelta(days=starts)
    last = None if ends is None else today() + timedelta(days=ends)
    with app.app_context(), transaction():
        return actions.begin(CURATOR, kind, Frame(NAMES[kind], Bilingual(None, None), first, last)).code


def give(app: Flask, collection: str, who: str, *, starts: int = 0, ends: int | None = None) -> int:
    """A place; its number."""
    first = today() + timedelta(days=starts)
    last = None if ends is None else today() + timedelta(days=ends)
    with app.app_context(), transaction():
        found = queries.collection_by_code(collection)
        return actions.feature(CURATOR, found, who, Terms(first, last, Criterion.CERTIFICATES, REASON)).id


def fit(app: Flask, kind: CollectionKind = CollectionKind.EXPORTERS, most: int = 4) -> list[str]:
    """The codes of some who may be featured today, of as many makers."""
    with app.app_context():
        found = queries.candidates(kind, Criterion.CERTIFICATES, "", today())
        rows = queries.subjects(kind, [one.id for one in found])
        makers = {getattr(one, "producer_id", one.id): one.code for one in rows}
        return list(makers.values())[:most]
