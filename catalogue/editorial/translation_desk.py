"""The translation desk: what lacks a language or is stale, by how many pages show it; how much is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, case, cast, func, literal, null, or_, select, union_all
from sqlalchemy.orm import aliased

from catalogue.certification.models import Certificate, CertificateScope, CertificationScheme
from catalogue.database import db
from catalogue.flower_centre.listings import PREFIX
from catalogue.flower_centre.models import Milestone
from catalogue.flowers.models import FlowerVariety
from catalogue.kernel.language import Bilingual
from catalogue.pages.models import AboutPage, HomeSection, TravelNotice
from catalogue.places.models import CraftVillage, IndustrialZone, Place, PointOfInterest
from catalogue.producers.models import Producer
from catalogue.products.models import Category, Product
from catalogue.routes.models import Stop, TourRoute
from catalogue.version import kept

# By kind, where its texts lie. The last ones are counted but come with the data.
MODELS: dict[str, Any] = {
    "product": Product,
    "producer": Producer,
    "village": CraftVillage,
    "route": TourRoute,
    "sight": PointOfInterest,
    "scheme": CertificationScheme,
    "milestone": Milestone,
    "home": HomeSection,
    "about": AboutPage,
    "notice": TravelNotice,
}
COUNTED: dict[str, Any] = MODELS | {
    "flower": FlowerVariety,
    "category": Category,
    "place": Place,
    "zone": IndustrialZone,
}
# Names of places as old papers spell them are not translated.
NOT_TRANSLATED = {"slug", "sort", "locality"}
TITLES = ("name", "title", "event")
SORTS = ("name", "kind", "missing", "impact")


@dataclass(frozen=True)
class Task:
    """A listing that lacks something. `missing`: how many texts lack a language; `stale`: the texts whose
    source was changed since, as `summary.en`; `impact`: how many pages show it."""

    kind: str
    code: str
    title: Bilingual
    missing: Mapping[str, int]
    stale: Sequence[str]
    impact: int


@dataclass(frozen=True)
class Coverage:
    """Of how many texts of a kind both languages are there and agree."""

    kind: str
    both: int
    total: int

    @property
    def percent(self) -> int:
        """Whole per cent; a hundred only where nothing is missing, and nothing is whole of nothing."""
        return self.both * 100 // self.total if self.total else 100


def tasks(
    kinds: Sequence[str],
    lacking: str,
    start: int,
    size: int | None,
    sort: str = "impact",
    *,
    descending: bool = True,
) -> tuple[list[Task], int]:
    """What these kinds lack, `size` from the `start`-th or all from there; and how much there is in all.

    `lacking`: `en` or `vi` for a language that is missing, `stale`, or empty for all of it; `sort`: one of
    `SORTS`, what most pages show first unless something else is asked for.
    """
    every = union_all(*(_tasks_of(kind) for kind in kinds)).subquery()
    lacks = {
        "en": every.c.without_en > 0,
        "vi": every.c.without_vi > 0,
        "stale": every.c.stale.is_not(None),
    }
    wanted = lacks[lacking] if lacking in lacks else or_(*lacks.values())
    total = db.session.scalar(select(func.count()).select_from(every).where(wanted)) or 0
    orders = {
        "name": func.coalesce(every.c.title_vi, every.c.title_en),
        "kind": every.c.kind,
        "missing": every.c.without_vi + every.c.without_en,
        "impact": every.c.impact,
    }
    order = orders[sort].desc() if descending else orders[sort].asc()
    found = select(every).where(wanted).order_by(order, every.c.kind, every.c.code).offset(start)
    rows = db.session.execute(found if size is None else found.limit(size))
    return [
        Task(
            row.kind,
            row.code,
            Bilingual(row.title_vi, row.title_en),
            {"vi": row.without_vi, "en": row.without_en},
            row.stale or (),
            row.impact,
        )
        for row in rows
    ], total


@kept
def coverage() -> Sequence[Coverage]:
    """How much of each kind is there in both languages; one statement a kind."""
    return [_coverage_of(kind, model) for kind, model in COUNTED.items()]


def _coverage_of(kind: str, model: Any) -> Coverage:
    names = texts_of(model)
    there = sum((case((_there(model, name), 1), else_=0) for name in names), literal(0))
    both = sum((case((_both(model, name), 1), else_=0) for name in names), literal(0))
    row = db.session.execute(
        select(func.sum(there), func.sum(both)).select_from(model).where(_shown(model))
    ).one()
    total, complete = int(row[0] or 0), int(row[1] or 0)
    if kind == "route":
        notes = select(func.count(), func.sum(case((_both(Stop, "note"), 1), else_=0))).where(
            _there(Stop, "note")
        )
        row = db.session.execute(notes.where(Stop.archived_at.is_(None))).one()
        total, complete = total + int(row[0] or 0), complete + int(row[1] or 0)
    return Coverage(kind, complete - _stale_texts(model), total)


def _stale_texts(model: Any) -> int:
    if not hasattr(model, "stale_texts"):
        return 0
    marked = select(model.stale_texts).where(model.stale_texts.is_not(None), _shown(model))
    return sum(len(Counter(name.partition(".")[0] for name in names)) for names in db.session.scalars(marked))


@cache
def texts_of(model: Any) -> tuple[str, ...]:
    """The texts in two languages that a model's own row holds."""
    columns = [column.name for column in model.__table__.columns]
    names = [name.removesuffix("_vi") for name in columns if name.endswith("_vi")]
    return tuple(name for name in names if f"{name}_en" in columns and name not in NOT_TRANSLATED)


def _tasks_of(kind: str) -> Any:
    model = MODELS[kind]
    names = texts_of(model)
    title = next(name for name in TITLES if name in names)
    columns = model.__table__.columns
    without = {one: _lacking(model, names, one) for one in ("vi", "en")}
    if kind == "route":
        without = {one: without[one] + _notes_lacking(one) for one in without}
    code = literal(PREFIX) + cast(columns.position, db.Text) if kind == "milestone" else columns.code
    return select(
        literal(kind).label("kind"),
        code.label("code"),
        columns[f"{title}_vi"].label("title_vi"),
        columns[f"{title}_en"].label("title_en"),
        without["vi"].label("without_vi"),
        without["en"].label("without_en"),
        (columns.stale_texts if "stale_texts" in columns else null()).label("stale"),
        IMPACTS.get(kind, lambda: literal(1))().label("impact"),
    ).where(_shown(model))


def _lacking(model: Any, names: Sequence[str], language: str) -> Any:
    """How many of the texts are there in the other language only."""
    other = "en" if language == "vi" else "vi"
    return sum(
        (case((_filled(model, name, other) & ~_filled(model, name, language), 1), else_=0) for name in names),
        literal(0),
    )


def _notes_lacking(language: str) -> Any:
    stop = aliased(Stop)
    other = "en" if language == "vi" else "vi"
    lacks = _filled(stop, "note", other) & ~_filled(stop, "note", language)
    return (
        select(func.count())
        .select_from(stop)
        .where(stop.route_id == TourRoute.id, stop.archived_at.is_(None), lacks)
        .scalar_subquery()
    )


def _filled(model: Any, name: str, language: str) -> ColumnElement[bool]:
    return func.coalesce(getattr(model, f"{name}_{language}"), "") != ""


def _there(model: Any, name: str) -> ColumnElement[bool]:
    return _filled(model, name, "vi") | _filled(model, name, "en")


def _both(model: Any, name: str) -> ColumnElement[bool]:
    return _filled(model, name, "vi") & _filled(model, name, "en")


def _shown(model: Any) -> ColumnElement[bool]:
    return model.archived_at.is_(None) if hasattr(model, "archived_at") else literal(1) == 1


# ---------------------------------------------------------------- how many pages show a listing
def _number(model: Any, *where: ColumnElement[bool]) -> Any:
    return select(func.count()).select_from(model).where(*where).scalar_subquery()


def _of_producer() -> Any:
    """Its own page, its products', and the routes that stop there."""
    return (
        1
        + _number(Product, Product.producer_id == Producer.id)
        + _number(Stop, Stop.producer_id == Producer.id)
    )


def _of_village() -> Any:
    """Its own page, its makers' and their products', and the routes that stop there."""
    products = (
        select(func.count())
        .select_from(Product)
        .join(Producer, Product.producer_id == Producer.id)
        .where(Producer.village_id == CraftVillage.id)
        .scalar_subquery()
    )
    makers = _number(Producer, Producer.village_id == CraftVillage.id)
    return 1 + makers + products + _number(Stop, Stop.village_id == CraftVillage.id)


def _of_route() -> Any:
    """Its own page, and those of what it stops at."""
    return 1 + _number(Stop, Stop.route_id == TourRoute.id)


def _of_sight() -> Any:
    """Its own page, and the routes that stop there."""
    return 1 + _number(Stop, Stop.poi_id == PointOfInterest.id)


def _of_scheme() -> Any:
    """Its own page, and those of the products and certificates under it."""
    covered = _number(CertificateScope, CertificateScope.scheme_id == CertificationScheme.id)
    return 1 + covered + _number(Certificate, Certificate.scheme_id == CertificationScheme.id)


IMPACTS: dict[str, Any] = {
    "product": lambda: literal(2, Integer),  # its own page and its maker's
    "producer": _of_producer,
    "village": _of_village,
    "route": _of_route,
    "sight": _of_sight,
    "scheme": _of_scheme,
}
