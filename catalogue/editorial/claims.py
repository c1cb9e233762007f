"""Certificates that makers say they have: kept with their papers until a registrar has looked at them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from catalogue import audit, outbox
from catalogue.archive import archived_too
from catalogue.certification.models import Certificate, CertificationScheme
from catalogue.certification.queries import schemes
from catalogue.certification.rules import Holder
from catalogue.database import db, lock
from catalogue.editorial import rules
from catalogue.editorial.models import CertificateClaim
from catalogue.editorial.rules import ClaimState
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now
from catalogue.kernel.errors import NotFound, RuleBroken, require
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.products.queries import category_tree
from catalogue.records import with_words

CLAIM_DECIDED = "claim.decided"
MOST_REASON = 1000
# To whom a scheme is granted that can be claimed with a listing of that kind.
HOLDERS = {"product": {Holder.PRODUCT, Holder.PRODUCER}, "producer": {Holder.PRODUCER}}
SORTS: dict[str, Any] = {
    "sent": CertificateClaim.made_at,
    "scheme": CertificateClaim.scheme,
    "listing": CertificateClaim.code,
    "maker": CertificateClaim.producer_code,
}


@dataclass(frozen=True)
class Claimed:
    """What a maker says of its certificate; dates as the register has them, None for what it does not say."""

    scheme: str
    level: str | None
    number: str | None
    issued: str | None
    expires: str | None


def schemes_for(kind: str, category: str | None) -> list[CertificationScheme]:
    """The schemes that a listing of that kind and category can have, in the order of the register."""
    known = category_tree().by_code.get(category or "")
    return [
        scheme
        for scheme in schemes()
        if scheme.granted_to in HOLDERS[kind]
        and (known is None or any(one.category_id == known.id for one in scheme.categories))
    ]


def claim(
    actor: Actor, kind: str, code: str, producer_code: str, key: str, said: Claimed, *, papers: int
) -> CertificateClaim:
    """Keep what a maker says, once for each form. RuleBroken without a paper that shows it."""
    require(rules.may_write(actor, producer_code))
    known = db.session.scalar(select(CertificateClaim).where(CertificateClaim.key == key))
    if known is not None and (known.kind, known.code) == (kind, code):
        return known
    if known is not None or not said.scheme:
        raise RuleBroken("claim.unclear")
    if papers < 1:
        raise RuleBroken("claim.without_paper", field="papers")
    made = CertificateClaim(
        key=key,
        kind=kind,
        code=code,
        producer_code=producer_code,
        author_id=actor.user_id,
        author=actor.name,
        **asdict(said),
    )
    db.session.add(made)
    db.session.flush()
    audit.record(actor, "claim certificate", (kind, code), scheme=said.scheme, claim=made.id)
    return made


def take_back(actor: Actor, made: CertificateClaim) -> None:
    """The maker does not claim it any more, as long as nobody has decided."""
    lock(made)
    require(rules.may_write(actor, made.producer_code))
    _end(made, ClaimState.TAKEN_BACK, None)
    audit.record(actor, "take back claim", (made.kind, made.code), claim=made.id)


def accept(actor: Actor, made: CertificateClaim) -> None:
    """It stands in the register now; the maker is told. RuleBroken where nothing stands there."""
    if not entered([made]):
        raise RuleBroken("claim.not_entered")
    _decide(actor, made, ClaimState.ACCEPTED, None)


def decline(actor: Actor, made: CertificateClaim, reason: str) -> None:
    """It cannot be entered, and why; the maker is told."""
    if not reason:
        raise RuleBroken("claim.without_reason", field="reason")
    _decide(actor, made, ClaimState.DECLINED, reason[:MOST_REASON])


def _decide(actor: Actor, made: CertificateClaim, state: ClaimState, reason: str | None) -> None:
    lock(made)
    require(rules.may_decide_claim(actor))
    _end(made, state, reason)
    made.decided_at, made.decided_by_id, made.decided_by = now(), actor.user_id, actor.name
    db.session.flush()
    audit.record(actor, f"{state.value} claim", (made.kind, made.code), reason=reason, claim=made.id)
    outbox.announce(CLAIM_DECIDED, claim_id=made.id)


def _end(made: CertificateClaim, state: ClaimState, reason: str | None) -> None:
    if made.state != ClaimState.NEW:
        raise RuleBroken("claim.decided", field="claim")
    made.state, made.reason = state.value, reason
    db.session.flush()


def claim_of(claim_id: int) -> CertificateClaim:
    """One claim; NotFound."""
    found = db.session.get(CertificateClaim, claim_id)
    if found is None:
        raise NotFound("claim.unknown")
    return found


def entered(made: Sequence[CertificateClaim]) -> dict[int, Certificate]:
    """By claim, what the office confirmed under its scheme for the maker, or for the product it was shown
    with, and stands in the register, in the catalogue or not."""
    asked = {
        one.id: [(one.scheme, "producer", one.producer_code), (one.scheme, one.kind, one.code)]
        for one in made
    }
    codes = {code for keys in asked.values() for _, _, code in keys}
    standing = (
        select(Certificate)
        .where(
            or_(
                Certificate.producer.has(Producer.code.in_(codes)),
                Certificate.product.has(Product.code.in_(codes)),
            ),
            Certificate.confirmed_on.is_not(None),
            Certificate.replaced_on.is_(None),
            Certificate.withdrawn_on.is_(None),
            Certificate.rejected_on.is_(None),
        )
        .options(
            *(joinedload(one) for one in (Certificate.scheme, Certificate.producer, Certificate.product))
        )
    )
    with archived_too():
        known = {_named_so(row): row for row in db.session.scalars(standing)}
    found = {
        number: next((known[key] for key in keys if key in known), None) for number, keys in asked.items()
    }
    return {number: row for number, row in found.items() if row is not None}


def _named_so(row: Certificate) -> tuple[str, str, str]:
    """Scheme, kind of holder and holder's code."""
    if row.product is not None:
        return row.scheme.code, "product", row.product.code
    assert row.producer is not None, "the database asks for a holder"
    return row.scheme.code, "producer", row.producer.code


def waiting(scheme: str, maker: str, product: str | None = None) -> Sequence[CertificateClaim]:
    """What waits for a registrar under that scheme, the oldest first: all that the maker showed, or what it
    showed with that product."""
    chosen = select(CertificateClaim).where(
        CertificateClaim.state == ClaimState.NEW,
        CertificateClaim.scheme == scheme,
        CertificateClaim.producer_code == maker,
    )
    if product is not None:
        chosen = chosen.where(CertificateClaim.kind == "product", CertificateClaim.code == product)
    return db.session.scalars(chosen.order_by(CertificateClaim.made_at, CertificateClaim.id)).all()


def of_listing(kind: str, code: str) -> Sequence[CertificateClaim]:
    """What was claimed for a listing and not taken back, the newest first."""
    return db.session.scalars(
        select(CertificateClaim)
        .where(
            CertificateClaim.kind == kind,
            CertificateClaim.code == code,
            CertificateClaim.state != ClaimState.TAKEN_BACK,
        )
        .order_by(CertificateClaim.made_at.desc())
    ).all()


def declined_of(producers: Collection[str]) -> Sequence[CertificateClaim]:
    """What the office could not enter for these producers and they have not taken up again."""
    return db.session.scalars(
        select(CertificateClaim)
        .where(CertificateClaim.producer_code.in_(producers), CertificateClaim.state == ClaimState.DECLINED)
        .order_by(CertificateClaim.decided_at.desc())
    ).all()


def keys_with_papers(decided_after: datetime) -> set[str]:
    """The names of the forms whose papers still prove something: of claims that wait, were accepted, or were
    declined since."""
    declined = (CertificateClaim.state == ClaimState.DECLINED) & (
        CertificateClaim.decided_at >= decided_after
    )
    kept = CertificateClaim.state.in_([ClaimState.NEW, ClaimState.ACCEPTED])
    return set(db.session.scalars(select(CertificateClaim.key).where(kept | declined)))


def found(
    state: str, start: int, size: int | None, sort: str = "sent", *, words: str = "", descending: bool = False
) -> tuple[Sequence[CertificateClaim], int]:
    """Claims in a state (empty: all), `size` from the `start`-th or all from there, in an order of `SORTS`;
    and how many there are. `words`: of the listing's or maker's name, or of the number on the paper."""
    chosen = select(CertificateClaim)
    if state:
        chosen = chosen.where(CertificateClaim.state == state)
    ordered = _texts(chosen).order_by(_order(sort, descending=descending), CertificateClaim.id)
    return with_words(CertificateClaim, ordered, words, start, size)


def _order(sort: str, *, descending: bool) -> Any:
    return SORTS[sort].desc() if descending else SORTS[sort].asc()


def _texts(chosen: Select[CertificateClaim]) -> Select[Any]:
    """The numbers of claims with what the listing and its maker are called, and what stands on the paper."""
    of_product = and_(CertificateClaim.kind == "product", Product.code == CertificateClaim.code)
    named = chosen.outerjoin(Product, of_product).outerjoin(
        Producer, Producer.code == CertificateClaim.producer_code
    )
    texts: list[Any] = [CertificateClaim.code, CertificateClaim.producer_code, CertificateClaim.number]
    texts += [Product.slug_vi, Product.slug_en, Producer.slug_vi, Producer.slug_en]
    return named.with_only_columns(CertificateClaim.id, *texts)


def waiting_number() -> int:
    """How many claims wait for a registrar."""
    counted = select(func.count()).select_from(CertificateClaim)
    return db.session.scalar(counted.where(CertificateClaim.state == ClaimState.NEW)) or 0
