"""What makers say of their own certificates, with a photograph of the paper: sent, then decided by staff."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from catalogue import audit, outbox
from catalogue.certification import rules
from catalogue.certification.cases import Grant, Owner, maker_of, owner_of
from catalogue.certification.models import Certificate, CertificateClaim, CertificationScheme
from catalogue.certification.rules import Holder
from catalogue.database import db, lock
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now
from catalogue.kernel.errors import NotFound, RuleBroken, require
from catalogue.products.models import Product

DECIDED = "claim.decided"
WITH_ALL = (
    joinedload(CertificateClaim.scheme).selectinload(CertificationScheme.levels),
    joinedload(CertificateClaim.producer),
    joinedload(CertificateClaim.product),
)


def send(
    actor: Actor, scheme: CertificationScheme, holder: Owner, grant: Grant, papers: str
) -> CertificateClaim:
    """Tell the office of a certificate. `papers`: the folder with a photograph of it. One claim of a holder
    and scheme waits at a time; RuleBroken `claim.waits`."""
    maker = maker_of(holder)
    require(rules.may_claim(actor, maker.code), "listing.of_another")
    is_product = isinstance(holder, Product)
    if (scheme.granted_to == Holder.PRODUCT) is not is_product:
        raise RuleBroken("claim.wrong_holder", field="scheme")
    if any(one.scheme_id == scheme.id for one in waiting_of(holder)):
        raise RuleBroken("claim.waits", field="scheme")
    if grant.level is not None and grant.level not in {one.level for one in scheme.levels}:
        raise RuleBroken("claim.level_unknown", field="level")
    claim = CertificateClaim(
        scheme_id=scheme.id,
        producer_id=maker.id,
        product_id=holder.id if is_product else None,
        level=grant.level,
        number=grant.number,
        issued=str(grant.issued) if grant.issued else None,
        expires=str(grant.expires) if grant.expires else None,
        papers=papers,
        person_id=actor.user_id,
        person=actor.name,
    )
    db.session.add(claim)
    db.session.flush()
    audit.record(actor, "send", claim, scheme=scheme.code, holder=holder.code)
    return claim


def accept(actor: Actor, claim: CertificateClaim, certificate_id: int) -> None:
    """Note what became of it, in the transaction that confirms the certificate."""
    _decide(actor, claim)
    claim.certificate_id = certificate_id
    audit.record(actor, "accept", claim, certificate=certificate_id)


def decline(actor: Actor, claim: CertificateClaim, reason: str) -> None:
    """Not confirmed, and why, as the maker will read it."""
    words = reason.strip()
    if not words:
        raise RuleBroken("certificate.without_reason", field="reason")
    _decide(actor, claim)
    claim.reason = words[:1000]
    audit.record(actor, "decline", claim, reason=claim.reason)


def _decide(actor: Actor, claim: CertificateClaim) -> None:
    require(rules.may_keep_register(actor))
    lock(claim)
    if claim.decided_at is not None:
        raise RuleBroken("claim.decided")
    claim.decided_at, claim.decided_by = now(), actor.name
    db.session.flush()
    outbox.announce(DECIDED, claim_id=claim.id)


def claim(claim_id: int) -> CertificateClaim:
    """One claim with scheme and holder; NotFound."""
    found = db.session.scalar(
        select(CertificateClaim).where(CertificateClaim.id == claim_id).options(*WITH_ALL)
    )
    if found is None:
        raise NotFound("claim.unknown")
    return found


def waiting() -> Sequence[CertificateClaim]:
    """What no one has decided yet, the oldest first."""
    return db.session.scalars(
        select(CertificateClaim)
        .where(CertificateClaim.decided_at.is_(None))
        .options(*WITH_ALL)
        .order_by(CertificateClaim.id)
    ).all()


def of_holder(holder: Owner) -> Sequence[CertificateClaim]:
    """All claims of a product, or of a maker for itself, the newest first."""
    own = (
        CertificateClaim.product_id == holder.id
        if isinstance(holder, Product)
        else (CertificateClaim.producer_id == holder.id) & CertificateClaim.product_id.is_(None)
    )
    return db.session.scalars(
        select(CertificateClaim).where(own).options(*WITH_ALL).order_by(CertificateClaim.id.desc())
    ).all()


def waiting_of(holder: Owner) -> list[CertificateClaim]:
    """Those of them that wait."""
    return [one for one in of_holder(holder) if one.decided_at is None]


def waiting_beside(row: Certificate) -> CertificateClaim | None:
    """What the holder of a certificate has sent about it and nobody has decided."""
    found = (one for one in waiting_of(owner_of(row)) if one.scheme_id == row.scheme_id)
    return next(found, None)
