"""What the office reads of the register: an entry with all that it says, lists, and their history."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, literal, not_, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from catalogue.archive import archived_too
from catalogue.certification.cases import Owner
from catalogue.certification.lookup import tidy
from catalogue.certification.models import (
    Certificate,
    CertificateCategory,
    CertificateEvent,
    CertificateScope,
    CertificationScheme,
)
from catalogue.certification.rules import Evidence, Status
from catalogue.database import db
from catalogue.kernel.errors import NotFound
from catalogue.kernel.language import Bilingual, Language
from catalogue.kernel.text import slug
from catalogue.places.models import CraftVillage, Place
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.records import in_parts

# What the register can be asked for besides statuses.
REJECTED, LEFT = "rejected", "left"
SORTS = ("name", "scheme", "number", "issued", "expires", "products")
MAKER = joinedload(Certificate.product).joinedload(Product.producer)
IN_FULL = (
    joinedload(Certificate.scheme).options(
        selectinload(CertificationScheme.levels),
        selectinload(CertificationScheme.categories),
        selectinload(CertificationScheme.areas).selectinload(Place.current),
    ),
    MAKER.joinedload(Producer.village).joinedload(CraftVillage.place),
    MAKER.joinedload(Producer.place),
    joinedload(Certificate.producer).joinedload(Producer.village).joinedload(CraftVillage.place),
    joinedload(Certificate.producer).joinedload(Producer.place),
    selectinload(Certificate.scope).joinedload(CertificateScope.product),
    selectinload(Certificate.categories).joinedload(CertificateCategory.category),
    selectinload(Certificate.flowers),
)


@dataclass(frozen=True)
class Wanted:
    """Which certificates a list shows, and in which order. Empty: all.

    `status`: a `Status`, `REJECTED`, or `LEFT` for what left the catalogue with its holder, of which the
    others tell nothing; `ends`: those in force that end within so many days.
    """

    text: str = ""
    scheme: str = ""
    status: str = ""
    evidence: str = ""
    ends: int | None = None
    sort: str = "name"
    descending: bool = False


@dataclass(frozen=True)
class Line:
    """A certificate as a list tells of it; `products`: how many it covers."""

    certificate: Certificate
    holder: Bilingual
    maker: Bilingual
    products: int

    @property
    def is_of_maker(self) -> bool:
        return self.certificate.product_id is None


def certificate(certificate_id: int) -> Certificate:
    """One entry with scheme, holder, place and all that it covers, in the catalogue or not; NotFound."""
    with archived_too():
        found = db.session.scalar(
            select(Certificate).where(Certificate.id == certificate_id).options(*IN_FULL)
        )
    if found is None:
        raise NotFound("certificate.unknown")
    return found


def numbers(codes: Collection[str]) -> dict[str, int]:
    """The numbers of entries, by their codes."""
    with archived_too():
        rows = db.session.execute(select(Certificate.code, Certificate.id).where(Certificate.code.in_(codes)))
        return {row.code: row.id for row in rows}


def certificates(certificate_ids: Collection[int]) -> dict[int, Certificate]:
    """Entries with the same, as the database has them now, by number."""
    found: dict[int, Certificate] = {}
    with archived_too():
        for ids in in_parts(list(certificate_ids)):
            rows = select(Certificate).where(Certificate.id.in_(ids))
            for row in db.session.scalars(rows):
                db.session.expire(row)
            found |= {row.id: row for row in db.session.scalars(rows.options(*IN_FULL))}
    return found


def entry_of(row: Certificate) -> dict[str, Any]:
    """All that the register says of a certificate, as plain values; needs `IN_FULL`."""
    days = ("confirmed_on", "valid_from", "suspended_on", "withdrawn_on", "replaced_on", "rejected_on")
    told = ("level", "number", "issued", "expires", "issued_by", "evidence", "source_url", "lookup_code")
    return {
        **{name: getattr(row, name) for name in told},
        **{name: day.isoformat() if (day := getattr(row, name)) else None for name in days},
        "products": sorted(one.product.code for one in row.scope),
        "categories": sorted(one.category.code for one in row.categories),
        "flowers": sorted(one.code for one in row.flowers),
    }


def history(certificate_id: int) -> Sequence[CertificateEvent]:
    """Every act, the first one first."""
    return db.session.scalars(
        select(CertificateEvent)
        .where(CertificateEvent.certificate_id == certificate_id)
        .order_by(CertificateEvent.id)
    ).all()


def version(certificate_id: int) -> int:
    """The number of the last act; 0 where a claim was never touched."""
    return versions([certificate_id])[certificate_id]


def versions(certificate_ids: Collection[int]) -> dict[int, int]:
    """The number of the last act of each."""
    newest = select(CertificateEvent.certificate_id, func.max(CertificateEvent.id))
    found = dict.fromkeys(certificate_ids, 0)
    for ids in in_parts(list(found)):
        touched = newest.where(CertificateEvent.certificate_id.in_(ids))
        found |= dict(db.session.execute(touched.group_by(CertificateEvent.certificate_id)).all())
    return found


def standing(scheme: CertificationScheme, holder: Owner) -> Certificate | None:
    """What this holder has, or is said to have, under the scheme at present, in the catalogue or not."""
    own = Certificate.product_id if isinstance(holder, Product) else Certificate.producer_id
    with archived_too():
        return db.session.scalar(
            select(Certificate).where(
                own == holder.id,
                Certificate.scheme_id == scheme.id,
                Certificate.replaced_on.is_(None),
                Certificate.withdrawn_on.is_(None),
                Certificate.rejected_on.is_(None),
            )
        )


def of_same_holder(row: Certificate) -> Sequence[Certificate]:
    """The other entries of this holder under this scheme, the newest first."""
    own = (
        Certificate.product_id == row.product_id
        if row.product_id
        else Certificate.producer_id == row.producer_id
    )
    with archived_too():
        return db.session.scalars(
            select(Certificate)
            .where(
                Certificate.scheme_id == row.scheme_id,
                Certificate.id != row.id,
                own,
            )
            .order_by(Certificate.id.desc())
        ).all()


def to_be_replaced(row: Certificate, day: date) -> Certificate | None:
    """What this entry is to take the place of, on a day that has not come."""
    return next(
        (
            one
            for one in of_same_holder(row)
            if one.id < row.id and one.replaced_on and one.replaced_on > day and not one.withdrawn_on
        ),
        None,
    )


def lines(wanted: Wanted, language: Language, day: date, start: int, most: int) -> tuple[list[Line], int]:
    """A part of the list, and how many there are in all."""
    return list(_lines(wanted, language, day, start, most)), count(wanted, day)


def all_lines(wanted: Wanted, language: Language, day: date, *, in_full: bool = False) -> Iterator[Line]:
    """The whole list; `in_full`: with all that each covers."""
    return _lines(wanted, language, day, 0, None, in_full=in_full)


def count(wanted: Wanted, day: date) -> int:
    """How many there are; names are looked at only where they are asked for, since the list may be long."""
    counting = select(func.count(Certificate.id))
    if wanted.text or wanted.scheme:
        counting = _from(counting)
    counting = counting.where(*_conditions(wanted, day))
    with archived_too():
        return db.session.scalar(counting) or 0


def _lines(
    wanted: Wanted, language: Language, day: date, start: int, most: int | None, *, in_full: bool = False
) -> Iterator[Line]:
    scope = CertificateScope.certificate_id
    covers = select(func.count()).where(scope == Certificate.id).correlate(Certificate).scalar_subquery()
    listing = (
        _from(select(Certificate.id))
        .where(*_conditions(wanted, day))
        .order_by(*_order(wanted, language, covers))
        .offset(start)
        .limit(most)
    )
    short = (joinedload(Certificate.scheme), MAKER, joinedload(Certificate.producer))
    rows = select(Certificate).options(*(IN_FULL if in_full else short))
    found: dict[int, Certificate] = {}
    products: dict[int, int] = {}
    with archived_too():
        numbers = db.session.scalars(listing).all()
        for ids in in_parts(numbers):
            found |= {row.id: row for row in db.session.scalars(rows.where(Certificate.id.in_(ids)))}
            counted = select(scope, func.count()).where(scope.in_(ids)).group_by(scope)
            products |= dict(db.session.execute(counted).all())
    for key in numbers:
        row = found[key]
        maker = row.product.producer if row.product else row.producer
        assert maker is not None
        yield Line(row, (row.product or maker).name, maker.name, products.get(key, 0))


def stands(status: Status, day: date) -> ColumnElement[bool]:
    """That a certificate has a status on a day: `rules.status_on` in SQL, in its own order; a test holds the
    two together."""
    grounds = or_(
        func.trim(func.coalesce(Certificate.number, "")) != "", Certificate.evidence != Evidence.PRESS.value
    )
    confirmed = and_(Certificate.confirmed_on.is_not(None), Certificate.confirmed_on <= day, grounds)
    ladder: dict[Status, ColumnElement[bool]] = {
        Status.WITHDRAWN: and_(Certificate.withdrawn_on.is_not(None), Certificate.withdrawn_on <= day),
        Status.REPLACED: and_(Certificate.replaced_on.is_not(None), Certificate.replaced_on <= day),
        Status.EXPIRED: and_(Certificate.expires.is_not(None), _expired(day)),
        Status.SUSPENDED: and_(Certificate.suspended_on.is_not(None), Certificate.suspended_on <= day),
        Status.UNCONFIRMED: not_(confirmed),
        Status.PENDING: and_(Certificate.valid_from.is_not(None), Certificate.valid_from > day),
        Status.VALID: true(),
    }
    earlier = list(ladder).index(status)
    return and_(ladder[status], *(not_(one) for one in list(ladder.values())[:earlier]))


def folders_of_papers() -> set[str]:
    """Where the papers lie that entries rest on."""
    with archived_too():
        return set(db.session.scalars(select(Certificate.papers).where(Certificate.papers.is_not(None))))


def _from(statement: Any) -> Any:
    return (
        statement.select_from(Certificate)
        .join(CertificationScheme, CertificationScheme.id == Certificate.scheme_id)
        .outerjoin(Product, Product.id == Certificate.product_id)
        .join(Producer, Producer.id == func.coalesce(Certificate.producer_id, Product.producer_id))
    )


def _conditions(wanted: Wanted, day: date) -> Iterator[ColumnElement[bool]]:
    yield from _naming(wanted.text)
    if wanted.scheme:
        yield CertificationScheme.code == wanted.scheme
    if wanted.evidence:
        yield Certificate.evidence == wanted.evidence
    if wanted.status == REJECTED:
        yield Certificate.rejected_on.is_not(None)
    elif wanted.status == LEFT:
        yield and_(Certificate.archived_at.is_not(None), Certificate.rejected_on.is_(None))
    elif wanted.status:
        yield Certificate.archived_at.is_(None)  # what staff rejected is archived as well
        yield stands(Status(wanted.status), day)
    if wanted.ends is not None:
        yield Certificate.archived_at.is_(None)
        yield stands(Status.VALID, day)
        yield _expired(day + timedelta(days=wanted.ends + 1))


def _naming(text: str) -> Iterator[ColumnElement[bool]]:
    """A label's code, a number, or words of the names of product, maker and scheme, in whatever spelling."""
    if not text:
        return
    if code := tidy(text):
        yield Certificate.lookup_code == code
        return
    folded = [
        or_(*(column.contains(word) for column in (Certificate.code, Product.slug_vi, Producer.slug_vi)))
        for word in slug(text).split("-")
        if word
    ]
    named = and_(*folded) if folded else false()
    yield or_(Certificate.number.icontains(text, autoescape=True), named)


def _expired(day: date) -> ColumnElement[bool]:
    """Its last day lies before that day: a partial date is compared as far as it is known."""
    return Certificate.expires < func.substr(day.isoformat(), 1, func.length(Certificate.expires))


def _order(wanted: Wanted, language: Language, products: Any) -> list[Any]:
    suffix = language.value
    name = func.coalesce(getattr(Product, f"sort_{suffix}"), getattr(Producer, f"sort_{suffix}"))
    # Unknown dates come last; a partial date counts as its last day does.
    expires = func.coalesce(Certificate.expires, "9999") + literal("-99-99")
    issued = func.coalesce(Certificate.issued, "9999")
    keys: dict[str, list[Any]] = {
        "name": [name],
        "scheme": [CertificationScheme.position, name],
        "number": [func.coalesce(Certificate.number, "\uffff"), name],
        "issued": [issued, name],
        "expires": [expires, name],
        # Of as many products, what has waited longest comes first.
        "products": [products, issued],
    }
    first, *others = keys[wanted.sort]
    return [first.desc() if wanted.descending else first, *others, Certificate.id]
