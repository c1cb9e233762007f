"""Reads about schemes and certificates."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from catalogue.certification.models import (
    Certificate,
    CertificateCategory,
    CertificateScope,
    CertificationScheme,
)
from catalogue.certification.rules import Evidence, Facts, Status, status_on
from catalogue.database import db
from catalogue.kernel.errors import NotFound
from catalogue.kernel.language import Language
from catalogue.kernel.partial_date import PartialDate
from catalogue.places.models import CraftVillage, Place
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.slugs import find_by_slug
from catalogue.version import kept

WITH_HOLDER = (
    joinedload(Certificate.scheme),
    joinedload(Certificate.product).joinedload(Product.producer),
    joinedload(Certificate.producer),
)

WITH_SCOPE = (*WITH_HOLDER, selectinload(Certificate.scope).joinedload(CertificateScope.product))


def certificates_of_products(product_ids: Iterable[int]) -> dict[int, list[Certificate]]:
    """For each product the certificates whose scope names it; a maker's own claim does not count for it."""
    rows = db.session.scalars(
        select(CertificateScope)
        .where(CertificateScope.product_id.in_(set(product_ids)))
        .options(joinedload(CertificateScope.certificate).options(*WITH_HOLDER))
        .order_by(CertificateScope.certificate_id)
    )
    found: dict[int, list[Certificate]] = defaultdict(list)
    for row in rows:
        found[row.product_id].append(row.certificate)
    return found


def certificates_of_producers(producer_ids: Iterable[int]) -> dict[int, list[Certificate]]:
    """For each producer what it holds or is said to hold itself."""
    rows = db.session.scalars(
        select(Certificate)
        .where(Certificate.producer_id.in_(set(producer_ids)))
        .options(joinedload(Certificate.scheme))
        .order_by(Certificate.code)
    )
    found: dict[int, list[Certificate]] = defaultdict(list)
    for certificate in rows:
        if certificate.producer_id:
            found[certificate.producer_id].append(certificate)
    return found


def certificates_of_product(product_id: int) -> Sequence[Certificate]:
    """The certificates whose scope names a product, with all that they cover."""
    return db.session.scalars(
        select(Certificate)
        .where(Certificate.scope.any(CertificateScope.product_id == product_id))
        .options(*WITH_HOLDER, selectinload(Certificate.scope))
        .order_by(Certificate.code)
    ).all()


def certificates_of_producer(producer_id: int) -> Sequence[Certificate]:
    """What the producer itself holds or is said to hold, with the products covered."""
    return db.session.scalars(
        select(Certificate)
        .where(Certificate.producer_id == producer_id)
        .options(*WITH_SCOPE)
        .order_by(Certificate.code)
    ).all()


def ending_certificates(producer_codes: Iterable[str], day: date, within: timedelta) -> list[Certificate]:
    """What these producers hold, themselves or for a product, and ends by then or ended as long ago: with
    scheme and holder, what ends first coming first."""
    codes = set(producer_codes)
    own = Certificate.producer.has(Producer.code.in_(codes))
    of_product = Certificate.product.has(Product.producer.has(Producer.code.in_(codes)))
    rows = db.session.scalars(
        select(Certificate)
        .where(Certificate.expires.is_not(None), own | of_product)
        .options(*WITH_HOLDER)
        .order_by(Certificate.code)
    )
    ends = {one: PartialDate.parse(one.expires).last_day for one in rows if one.expires}
    near = [one for one, end in ends.items() if abs(end - day) <= within and _counts_still(one, day)]
    return sorted(near, key=lambda one: ends[one])


def _counts_still(one: Certificate, day: date) -> bool:
    """Nothing else has put an end to it."""
    return one.status_on(day) not in {Status.WITHDRAWN, Status.REPLACED}


def certificates_of_scheme(scheme_id: int) -> Sequence[Certificate]:
    """Every certificate under a scheme, with its holder and the products covered."""
    return db.session.scalars(
        select(Certificate)
        .where(Certificate.scheme_id == scheme_id)
        .options(*WITH_SCOPE)
        .order_by(Certificate.code)
    ).all()


def certificate_by_code(code: str) -> Certificate:
    """A certificate with scheme, holder, the holder's maker and place, and all that it names; NotFound."""
    maker = joinedload(Certificate.product).joinedload(Product.producer)
    certificate = db.session.scalar(
        select(Certificate)
        .where(Certificate.code == code)
        .options(
            joinedload(Certificate.scheme).selectinload(CertificationScheme.levels),
            maker.joinedload(Producer.place),
            maker.joinedload(Producer.village).joinedload(CraftVillage.place),
            joinedload(Certificate.producer).joinedload(Producer.place),
            joinedload(Certificate.producer).joinedload(Producer.village).joinedload(CraftVillage.place),
            selectinload(Certificate.scope).joinedload(CertificateScope.product).joinedload(Product.producer),
            selectinload(Certificate.categories).joinedload(CertificateCategory.category),
            selectinload(Certificate.flowers),
        )
    )
    if certificate is None:
        raise NotFound("certificate.unknown")
    return certificate


def schemes() -> Sequence[CertificationScheme]:
    """All schemes with levels, in the order of the data."""
    return db.session.scalars(
        select(CertificationScheme)
        .options(selectinload(CertificationScheme.levels), selectinload(CertificationScheme.categories))
        .order_by(CertificationScheme.position)
    ).all()


@kept
def schemes_with_levels() -> Sequence[CertificationScheme]:
    """All schemes with their levels alone, in the order of the data: for naming them."""
    return db.session.scalars(
        select(CertificationScheme)
        .options(selectinload(CertificationScheme.levels))
        .order_by(CertificationScheme.position)
    ).all()


def scheme_by_slug(slug: str, language: Language) -> CertificationScheme:
    """A scheme with levels, categories and areas; NotFound."""
    scheme = find_by_slug(
        CertificationScheme,
        language,
        slug,
        selectinload(CertificationScheme.levels),
        selectinload(CertificationScheme.categories),
        selectinload(CertificationScheme.areas),
    )
    if scheme is None:
        raise NotFound("scheme.unknown")
    return scheme


def schemes_of_areas(place_ids: Iterable[int]) -> Sequence[CertificationScheme]:
    """The schemes whose holders must be in one of these places, in the order of the data."""
    return db.session.scalars(
        select(CertificationScheme)
        .where(CertificationScheme.areas.any(Place.id.in_(set(place_ids))))
        .order_by(CertificationScheme.position)
    ).all()


def all_certificates() -> Sequence[Certificate]:
    """Every certificate with its scheme and the ids it covers: for counts and facets, on any day."""
    return db.session.scalars(
        select(Certificate)
        .options(joinedload(Certificate.scheme), selectinload(Certificate.scope))
        .order_by(Certificate.code)
    ).all()


@dataclass(frozen=True)
class Alike:
    """`number` certificates that are the same in all of this; `issued` is a partial date, None: unknown."""

    scheme_id: int
    evidence: Evidence
    issued: str | None
    status: Status
    number: int


def alike(day: date) -> Iterator[Alike]:
    """All certificates by what counts them: the database counts, the rule judges."""
    numbered = func.trim(func.coalesce(Certificate.number, "")) != ""
    columns = (
        Certificate.scheme_id,
        Certificate.evidence,
        Certificate.issued,
        numbered,
        Certificate.confirmed_on,
        Certificate.valid_from,
        Certificate.expires,
        Certificate.suspended_on,
        Certificate.withdrawn_on,
        Certificate.replaced_on,
    )
    rows = db.session.execute(select(func.count(), *columns).group_by(*columns))
    for amount, scheme_id, evidence, issued, has_number, confirmed_on, valid_from, expires, *endings in rows:
        facts = Facts(
            Evidence(evidence),
            "known" if has_number else None,
            confirmed_on,
            valid_from,
            PartialDate.parse(expires) if expires else None,
            *endings,
        )
        yield Alike(scheme_id, facts.evidence, issued, status_on(facts, day), amount)


def standings(day: date) -> dict[int, Counter[Status]]:
    """For each scheme how many certificates have which status."""
    found: dict[int, Counter[Status]] = defaultdict(Counter)
    for some in alike(day):
        found[some.scheme_id][some.status] += some.number
    return found


def newly_confirmed_certificates(day: date, most: int) -> list[Certificate]:
    """The certificates in force that staff confirmed last, with scheme and holder."""
    rows = db.session.scalars(
        select(Certificate)
        .where(Certificate.confirmed_on.is_not(None))
        .options(*WITH_HOLDER)
        .order_by(Certificate.confirmed_on.desc(), Certificate.code)
    )
    return [one for one in rows if one.status_on(day) is Status.VALID][:most]


def latest_dated_certificates(most: int) -> Sequence[Certificate]:
    """Those issued last, as far as a date is known, with scheme and the ids they cover; in two statements."""
    return db.session.scalars(
        select(Certificate)
        .where(Certificate.issued.is_not(None))
        .options(joinedload(Certificate.scheme), selectinload(Certificate.scope))
        .order_by(Certificate.issued.desc(), Certificate.code.desc())
        .limit(most)
    ).all()
