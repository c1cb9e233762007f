"""Enquiries as trade promotion follows them: found by where they stand, and counted."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, or_, select
from sqlalchemy.orm import joinedload

from catalogue.database import db
from catalogue.enquiries.models import Enquiry, EnquiryPart
from catalogue.enquiries.queries import TO_PASS_ON
from catalogue.enquiries.rules import Outcome, PartState, Stage
from catalogue.kernel.language import Bilingual

TO_BE_PASSED_ON = "to_pass_on"  # asked for like a stage, and lying across them
FROM_ROBOTS = "robots"  # asked for like a stage; nothing else holds what robots seem to have sent
BY_PEOPLE = Enquiry.suspect.is_(False)
WAITING = EnquiryPart.state.in_([PartState.NEW.value, PartState.READ.value])
NO_OUTCOME = EnquiryPart.outcome.is_(None)
AT_STAGE: dict[Stage, ColumnElement[bool]] = {
    Stage.NEW: and_(NO_OUTCOME, WAITING, EnquiryPart.assigned_to_id.is_(None)),
    Stage.ASSIGNED: and_(NO_OUTCOME, WAITING, EnquiryPart.assigned_to_id.is_not(None)),
    Stage.ANSWERED: and_(NO_OUTCOME, EnquiryPart.state == PartState.ANSWERED.value),
    Stage.WON: EnquiryPart.outcome == Outcome.WON.value,
    Stage.LOST: EnquiryPart.outcome == Outcome.LOST.value,
    Stage.CLOSED: and_(NO_OUTCOME, EnquiryPart.state == PartState.CLOSED.value),
}
STAGES: dict[str, ColumnElement[bool]] = {
    **{stage.value: and_(BY_PEOPLE, stands) for stage, stands in AT_STAGE.items()},
    TO_BE_PASSED_ON: and_(BY_PEOPLE, *TO_PASS_ON),
    FROM_ROBOTS: Enquiry.suspect.is_(True),
}
SORTS: dict[str, Any] = {
    "received": Enquiry.received,
    "maker": EnquiryPart.producer_name_vi,  # type: ignore[attr-defined]  # made by `bilingual`
    "country": Enquiry.market,
    "stage": case(*((stands, place) for place, stands in enumerate(AT_STAGE.values()))),
    "needed_by": Enquiry.needed_by,
}
NO_COUNTRY = "none"


@dataclass(frozen=True)
class Wanted:
    """Which parts of enquiries: empty texts and None ask for nothing. `product` and `producer` are codes.

    Without a stage all of them but what robots seem to have sent.
    """

    stage: str = ""
    country: str = ""
    product: str = ""
    producer: str = ""
    assigned_to: int | None = None
    sort: str = "received"
    descending: bool = True


@dataclass(frozen=True)
class Row:
    """What was asked by, or of, one. `answer_hours`: the median of those answered, None where none was."""

    key: str
    name: Bilingual | None
    asked: int
    answered: int
    won: int
    lost: int
    answer_hours: float | None


@dataclass(frozen=True)
class Report:
    """Enquiries counted three ways, the most asked first; what robots seem to have sent is left out."""

    whole: Row
    countries: Sequence[Row]
    makers: Sequence[Row]
    products: Sequence[Row]


def found(wanted: Wanted, start: int, size: int | None) -> tuple[Sequence[EnquiryPart], int]:
    """`size` parts from the `start`-th with their enquiries, all from there where it is None; how many."""
    chosen = select(EnquiryPart.id).join(Enquiry).where(*_conditions(wanted))
    total = db.session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    column = SORTS[wanted.sort]
    order = (column.desc() if wanted.descending else column.asc()).nulls_last()
    rows = (
        select(EnquiryPart)
        .join(EnquiryPart.enquiry)
        .where(*_conditions(wanted))
        .options(joinedload(EnquiryPart.enquiry))
        .order_by(order, EnquiryPart.id.desc() if wanted.descending else EnquiryPart.id)
        .offset(start)
    )
    return db.session.scalars(rows if size is None else rows.limit(size)).all(), total


def stage_numbers() -> Mapping[str, int]:
    """How many parts the list holds for each stage."""
    counts = [func.count(case((condition, 1))).label(stage) for stage, condition in STAGES.items()]
    row = db.session.execute(select(*counts).select_from(EnquiryPart).join(Enquiry)).one()
    return dict(zip(STAGES, row, strict=True))


def countries() -> Sequence[str]:
    """For which countries anything was asked."""
    known = select(Enquiry.market).where(Enquiry.market.is_not(None)).distinct()
    return [code for code in db.session.scalars(known) if code]


def asked_by_country() -> Mapping[str, int]:
    """How many parts were asked for which country, `none` where nobody said; without what robots sent."""
    asked = select(Enquiry.market, func.count(EnquiryPart.id)).join(EnquiryPart.enquiry)
    rows = db.session.execute(asked.where(Enquiry.suspect.is_(False)).group_by(Enquiry.market))
    return {row[0] or NO_COUNTRY: row[1] for row in rows}


def assignees() -> Mapping[int, str]:
    """Who looks after anything, by number."""
    named = select(EnquiryPart.assigned_to_id, EnquiryPart.assigned_to).where(
        EnquiryPart.assigned_to_id.is_not(None)
    )
    return {number: name or "" for number, name in db.session.execute(named.distinct()) if number}


def most_asked(most: int) -> tuple[dict[str, Bilingual], dict[str, Bilingual]]:
    """The makers and the products that were asked of most often, each by its code with its name of then."""
    makers: Counter[str] = Counter()
    products: Counter[str] = Counter()
    names: dict[str, Bilingual] = {}
    for part in db.session.execute(_parts()):
        makers[part.producer_code] += 1
        names[part.producer_code] = Bilingual(part.producer_name_vi, part.producer_name_en)
        for product in part.products:
            products[product["code"]] += 1
            names[product["code"]] = Bilingual.of(product)
    first, second = ({code: names[code] for code, _ in of.most_common(most)} for of in (makers, products))
    return first, second


def report(since: datetime | None = None) -> Report:
    """What was asked since, all of it where nothing is said."""
    parts = _parts() if since is None else _parts().where(Enquiry.received >= since)
    rows = db.session.execute(parts).all()
    by_country: dict[str, list[Any]] = defaultdict(list)
    by_maker: dict[str, list[Any]] = defaultdict(list)
    by_product: dict[str, list[Any]] = defaultdict(list)
    names: dict[str, Bilingual] = {}
    for part in rows:
        by_country[part.market or NO_COUNTRY].append(part)
        by_maker[part.producer_code].append(part)
        names[part.producer_code] = Bilingual(part.producer_name_vi, part.producer_name_en)
        for product in part.products:
            by_product[product["code"]].append(part)
            names[product["code"]] = Bilingual.of(product)
    return Report(_row("", None, rows), *(_rows(each, names) for each in (by_country, by_maker, by_product)))


def _parts() -> Select[Any]:
    """What is counted of each part, in the order in which they came; without what robots sent."""
    columns = EnquiryPart.__table__.columns
    names = ("producer_code", "producer_name_vi", "producer_name_en", "products", "answered", "outcome")
    counted = select(*(columns[name] for name in names), Enquiry.market, Enquiry.received)
    return counted.join(Enquiry, Enquiry.id == columns["enquiry_id"]).where(Enquiry.suspect.is_(False))


def _rows(parts: Mapping[str, Sequence[Any]], names: Mapping[str, Bilingual]) -> list[Row]:
    rows = [_row(key, names.get(key), of_it) for key, of_it in parts.items()]
    return sorted(rows, key=lambda row: (-row.asked, row.key))


def _row(key: str, name: Bilingual | None, parts: Sequence[Any]) -> Row:
    return Row(
        key,
        name,
        asked=len(parts),
        answered=sum(part.answered is not None for part in parts),
        won=sum(part.outcome == Outcome.WON for part in parts),
        lost=sum(part.outcome == Outcome.LOST for part in parts),
        answer_hours=_median_hours(
            part.answered - part.received for part in parts if part.answered is not None
        ),
    )


def _median_hours(times: Iterable[timedelta]) -> float | None:
    hours = [time.total_seconds() / 3600 for time in times]
    return statistics.median(hours) if hours else None


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    asked = [STAGES[wanted.stage] if wanted.stage else BY_PEOPLE]
    if wanted.country:
        none = wanted.country == NO_COUNTRY
        asked.append(Enquiry.market.is_(None) if none else Enquiry.market == wanted.country)
    if wanted.producer:
        asked.append(EnquiryPart.producer_code == wanted.producer)
    if wanted.product:
        # A code holds no sign that JSON writes otherwise.
        kept = cast(EnquiryPart.products, String)
        written = (f'"code":{gap}"{wanted.product}"' for gap in ("", " "))
        asked.append(or_(*(kept.contains(words, autoescape=True) for words in written)))
    if wanted.assigned_to is not None:
        asked.append(EnquiryPart.assigned_to_id == wanted.assigned_to)
    return asked
