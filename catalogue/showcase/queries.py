"""Reads about trade promotion: its body, sales and events, and the collections on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from catalogue.certification.models import CertificationScheme
from catalogue.database import db
from catalogue.kernel.errors import NotFound
from catalogue.kernel.language import Language
from catalogue.kernel.text import slug
from catalogue.producers.models import Producer
from catalogue.producers.queries import WITH_PLACE
from catalogue.products.models import Product
from catalogue.products.queries import WITH_MAKER
from catalogue.records import by_code, in_order_of
from catalogue.showcase import rules
from catalogue.showcase.models import (
    BoardStep,
    BrandMark,
    Collection,
    Feature,
    PointOfSale,
    PromotionBody,
    TradeEvent,
)
from catalogue.showcase.rules import CollectionKind, Criterion, Lack, Merit, Window
from catalogue.showcase.standing import certified, merits, subject_model
from catalogue.slugs import find_by_slug
from catalogue.version import kept

WITH_FEATURES = (
    selectinload(Collection.features)
    .joinedload(Feature.producer)
    .options(*WITH_PLACE, selectinload(Producer.markets)),
    selectinload(Collection.features).joinedload(Feature.product).options(*WITH_MAKER),
)


@dataclass(frozen=True)
class Standing:
    """A place on a day: whether its days are open, and what keeps it from being shown."""

    feature: Feature
    is_open: bool
    lacks: tuple[Lack, ...]

    @property
    def is_shown(self) -> bool:
        return self.is_open and not self.lacks


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be featured, by number, what is on record, and the names as addresses write them."""

    id: int
    merit: Merit
    slugs: str


def promotion_body() -> PromotionBody | None:
    """The promotion centre; None before the data is loaded."""
    return db.session.scalar(select(PromotionBody))


def points_of_sale() -> Sequence[PointOfSale]:
    """Every point of sale, those of the mark first."""
    return db.session.scalars(select(PointOfSale).order_by(PointOfSale.position)).all()


def trade_events() -> Sequence[TradeEvent]:
    """Fairs and festivals, the latest first."""
    return db.session.scalars(select(TradeEvent).order_by(TradeEvent.date_from.desc(), TradeEvent.code)).all()


def scheme_of_mark(code: str) -> CertificationScheme:
    """The scheme of a mark with its categories and areas; NotFound."""
    scheme = by_code(
        CertificationScheme,
        code,
        selectinload(CertificationScheme.categories),
        selectinload(CertificationScheme.areas),
    )
    if scheme is None:
        raise NotFound("scheme.unknown")
    return scheme


def brand_mark(scheme_code: str) -> BrandMark | None:
    """What was published about a mark; None where nothing is kept."""
    return db.session.scalar(select(BrandMark).where(BrandMark.code == scheme_code))


# ---------------------------------------------------------------- collections
def all_collections(*, with_subjects: bool = False) -> Sequence[Collection]:
    """Every collection with its places, those that begin last first; drafts before them.

    `with_subjects`: and with who or what stands there.
    """
    loads = WITH_FEATURES if with_subjects else (selectinload(Collection.features),)
    rows = select(Collection).options(*loads)
    found = db.session.scalars(rows.order_by(Collection.id.desc())).all()
    return sorted(found, key=lambda one: one.starts or date.max, reverse=True)


def running_collections(day: date) -> Sequence[Collection]:
    """Those on show that day, with their places and who stands there, the newest first."""
    rows = select(Collection).where(
        Collection.starts <= day, or_(Collection.ends.is_(None), Collection.ends >= day)
    )
    newest = (Collection.starts.desc(), Collection.id.desc())
    return db.session.scalars(rows.options(*WITH_FEATURES).order_by(*newest)).all()


def past_collections(day: date) -> Sequence[Collection]:
    """The archive, the last one first."""
    return db.session.scalars(
        select(Collection).where(Collection.ends < day).order_by(Collection.ends.desc(), Collection.id.desc())
    ).all()


def begun_collection(slug: str, language: Language, day: date) -> Collection:
    """One that readers may open; NotFound for any other."""
    found = find_by_slug(Collection, language, slug, *WITH_FEATURES)
    if found is None or found.starts is None or found.starts > day:
        raise NotFound("collection.unknown")
    return found


def collection_by_code(code: str) -> Collection:
    """Any collection, with its places; NotFound."""
    found = by_code(Collection, code, *WITH_FEATURES)
    if found is None:
        raise NotFound("collection.unknown")
    return found


def read_anew(collection: Collection) -> None:
    """Its places as they are now, for whoever has just locked it."""
    rows = select(Collection).where(Collection.id == collection.id).options(*WITH_FEATURES)
    db.session.scalars(rows.execution_options(populate_existing=True)).one()


def feature_in(collection: Collection, feature_id: int) -> Feature:
    """One of its places; NotFound."""
    for feature in collection.features:
        if feature.id == feature_id:
            return feature
    raise NotFound("feature.unknown")


def standings(collections: Iterable[Collection], day: date) -> dict[int, Standing]:
    """How every place of these collections stands on a day, by its number: asked anew at every reading."""
    features = [feature for one in collections for feature in one.features]
    of_producers = merits(Producer, {one.producer_id for one in features if one.producer_id}, day)
    of_products = merits(Product, {one.product_id for one in features if one.product_id}, day)
    return {
        one.id: Standing(
            one,
            (window := one.open_window) is not None and window.is_open_on(day),
            rules.lacks(
                CollectionKind(one.collection.kind),
                Criterion(one.criterion),
                of_producers.get(one.producer_id or 0) or of_products.get(one.product_id or 0),
            ),
        )
        for one in features
    }


def on_show(collections: Sequence[Collection], day: date) -> dict[int, list[Feature]]:
    """By collection, whom readers see on a day, in the order of that day.

    Left out is whoever may not stand there that day, and the third place of a producer in all of them.
    """
    known = standings(collections, day)
    shown = [feature for one in collections for feature in one.features if known[feature.id].is_shown]
    kept = rules.no_more_than_two(shown, maker_of)
    return {
        one.id: rules.in_turn([feature for feature in kept if feature.collection_id == one.id], _equals, day)
        for one in collections
    }


def featured_exporters(day: date) -> list[Feature]:
    """The exporters that are featured on a day, in its order."""
    running = running_collections(day)
    shown = on_show(running, day)
    exporters = [one for one in running if one.kind == CollectionKind.EXPORTERS]
    return [feature for one in exporters for feature in shown[one.id]]


def candidates(kind: CollectionKind, criterion: Criterion, words: str, day: date) -> list[Candidate]:
    """Who may be featured for a reason on a day, the best first; equals take turns here too.

    `words`: only those whose name has them, with marks or without.
    """
    wanted = slug(words)
    found = [
        one
        for one in _certified(kind, day)
        if not rules.lacks(kind, criterion, one.merit) and wanted in one.slugs
    ]

    def amount(one: Candidate) -> int:
        return rules.measure(criterion, one.merit)

    return rules.in_turn(sorted(found, key=lambda one: -amount(one)), amount, day)


def subjects(kind: CollectionKind, ids: Sequence[int]) -> list[Producer] | list[Product]:
    """The makers or products with these numbers, in their order."""
    if kind is CollectionKind.EXPORTERS:
        return in_order_of(Producer, ids)
    return in_order_of(Product, ids, joinedload(Product.producer))


@kept
def _certified(kind: CollectionKind, day: date) -> tuple[Candidate, ...]:
    """Everybody with a certificate in force, by name; kept, for many may have one."""
    model = subject_model(kind)
    known = merits(model, set(certified(model, day)), day)
    names = db.session.execute(select(model.id, model.slug_vi, model.slug_en).order_by(model.sort_vi))
    return tuple(
        Candidate(row.id, known[row.id], f"{row.slug_vi}\n{row.slug_en}") for row in names if row.id in known
    )


def maker_of(feature: Feature) -> int | None:
    """The producer that a place is counted for."""
    return feature.product.producer_id if feature.product else feature.producer_id


def places_of(producer_id: int, besides: int | None) -> list[Window]:
    """The days of every place that a producer holds in any collection, but for one."""
    rows = (
        select(Feature)
        .outerjoin(Feature.product)
        .where(or_(Feature.producer_id == producer_id, Product.producer_id == producer_id))
        .options(joinedload(Feature.collection))
    )
    places = [one for one in db.session.scalars(rows) if one.id != besides]
    return [one.open_window or one.window for one in places]


def last_step(collection: Collection) -> BoardStep | None:
    """What was done last, and can be undone."""
    steps = select(BoardStep).where(BoardStep.collection_id == collection.id)
    return db.session.scalar(steps.order_by(BoardStep.id.desc()).limit(1))


def _equals(feature: Feature) -> str:
    """Who stands for the same reason is equal."""
    return feature.criterion
