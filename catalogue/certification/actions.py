"""The acts of the register: each asks who may, asks the scheme's rules, and leaves an event behind."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm.attributes import set_committed_value

from catalogue import audit
from catalogue.accounts.rules import may_show_pages
from catalogue.archive import archived_too
from catalogue.certification import register, rules
from catalogue.certification.cases import Grant, Owner, covered_by, owner_of
from catalogue.certification.checking import by_now, check, check_term, said
from catalogue.certification.listings import put_content
from catalogue.certification.lookup import new_code
from catalogue.certification.models import (
    Certificate,
    CertificateCategory,
    CertificateEvent,
    CertificateScope,
    CertificationScheme,
)
from catalogue.certification.rules import Step
from catalogue.database import Archivable, db, lock_all, unless_taken
from catalogue.flowers.models import FlowerVariety
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now, today
from catalogue.kernel.errors import Conflict, NotFound, RuleBroken, require
from catalogue.products.models import Category, Product
from catalogue.products.queries import category_tree
from catalogue.records import by_code
from catalogue.rewriting import rewriting


@dataclass(frozen=True)
class Act:
    """What was done to an entry; `day`: from when it counts."""

    step: Step
    row: Certificate
    day: date
    reason: str | None = None


def issue(
    actor: Actor,
    scheme: CertificationScheme,
    holder: Owner,
    grant: Grant,
    papers: str | None = None,
    reason: str | None = None,
) -> Certificate:
    """Enter a certificate that nobody reported before. `scheme` and `holder` as `cases` loads them.

    RuleBroken `certificate.holder_has_one` where one stands already, or a rule of the scheme.
    """
    require(rules.may_keep_register(actor))
    with unless_taken(RuleBroken("certificate.holder_has_one", field="holder")):
        act = issued(scheme, holder, grant, papers, reason)
    record(actor, act)
    return register.certificates([act.row.id])[act.row.id]


def issued(
    scheme: CertificationScheme,
    holder: Owner,
    grant: Grant,
    papers: str | None = None,
    reason: str | None = None,
) -> Act:
    """A new row of the register, before it is recorded."""
    check(scheme, holder, grant, papers, confirmed=True)
    if (standing := register.standing(scheme, holder)) is not None:
        raise RuleBroken("certificate.holder_has_one", field="holder", standing=standing.code)
    is_product = isinstance(holder, Product)
    row = Certificate(
        code=_free_code(holder.code, scheme.code),
        scheme_id=scheme.id,
        product_id=holder.id if is_product else None,
        producer_id=None if is_product else holder.id,
        evidence=grant.evidence.value,
        sources=[],
        archived_at=holder.archived_at,
    )
    row.scope, row.categories, row.flowers = [], [], []
    db.session.add(row)
    _write(row, holder, grant, papers)
    _vouch(row)
    return Act(Step.ISSUE, row, today(), reason)


def confirm(actor: Actor, row: Certificate, seen: int, grant: Grant, papers: str | None = None) -> None:
    """Vouch for a claim, with what the paper or the issuer's register says. `seen`: the register's version of
    it (`register.version`) that the page showed; Conflict where somebody was quicker."""
    _begin(actor, Step.CONFIRM, row, seen)
    record(actor, confirmed(row, grant, papers))


def confirmed(row: Certificate, grant: Grant, papers: str | None = None) -> Act:
    """A held claim as it stands once staff vouch for it, before that is recorded."""
    check(row.scheme, owner_of(row), grant, papers or row.papers, confirmed=True)
    _write(row, owner_of(row), grant, papers)
    _vouch(row)
    return Act(Step.CONFIRM, row, today())


def correct(
    actor: Actor, row: Certificate, seen: int, grant: Grant, reason: str, papers: str | None = None
) -> None:
    """Put right what was written down wrongly; what was confirmed stays confirmed, and needs its grounds."""
    _begin(actor, Step.CORRECT, row, seen)
    record(actor, corrected(row, grant, reason, papers))


def corrected(row: Certificate, grant: Grant, reason: str, papers: str | None = None) -> Act:
    """A held entry with what was wrong put right, before that is recorded."""
    words = said(reason)
    check(row.scheme, owner_of(row), grant, papers or row.papers, confirmed=row.confirmed_on is not None)
    _write(row, owner_of(row), grant, papers)
    return Act(Step.CORRECT, row, today(), words)


def reject(actor: Actor, row: Certificate, seen: int, reason: str) -> None:
    """Take a claim out of the catalogue because it is not true. It stays in the register."""
    _begin(actor, Step.REJECT, row, seen)
    words = said(reason)
    row.rejected_on = today()
    _hide(row)
    record(actor, Act(Step.REJECT, row, today(), words))


def renew(actor: Actor, row: Certificate, seen: int, grant: Grant, papers: str | None = None) -> None:
    """Let the same certificate run on: usually with a new number, a new beginning and a later end. The paper
    of the term before does not prove the new one."""
    _begin(actor, Step.RENEW, row, seen)
    record(actor, renewed(row, grant, papers))


def renewed(row: Certificate, grant: Grant, papers: str | None = None, reason: str | None = None) -> Act:
    """A held entry with its new term, before that is recorded."""
    check_term(row, grant)
    check(row.scheme, owner_of(row), grant, papers, confirmed=True)
    _write(row, owner_of(row), grant, papers)
    _vouch(row)
    return Act(Step.RENEW, row, today(), reason)


def replace(
    actor: Actor, row: Certificate, seen: int, grant: Grant, papers: str | None = None
) -> Certificate:
    """Let a new certificate of the same holder take this one's place on the day from which it counts; gives
    the new one."""
    _begin(actor, Step.REPLACE, row, seen)
    scheme, holder = row.scheme, owner_of(row)
    check(scheme, holder, grant, papers, confirmed=True)
    row.replaced_on = max(today(), grant.valid_from or today())
    record(actor, Act(Step.REPLACE, row, today()))
    return issue(actor, scheme, holder, grant, papers)


def suspend(actor: Actor, row: Certificate, seen: int, day: date, reason: str) -> None:
    """Note that the issuer stopped it for the time being, from `day` on."""
    _begin(actor, Step.SUSPEND, row, seen)
    words = said(reason)
    row.suspended_on = by_now(row, day)
    record(actor, Act(Step.SUSPEND, row, day, words))


def withdraw(actor: Actor, row: Certificate, seen: int, day: date, reason: str) -> None:
    """Note that the issuer took it back, from `day` on. Where it was to take another's place and that day has
    not come, the other stands on, until what follows this one counts."""
    _begin(actor, Step.WITHDRAW, row, seen)
    words = said(reason)
    followed_on = row.replaced_on
    row.withdrawn_on, row.replaced_on = by_now(row, day), None
    record(actor, Act(Step.WITHDRAW, row, day, words))  # flushed, for two of a holder never stand at once
    if (before := register.to_be_replaced(row, today())) is not None:
        before = hold(actor, {before.id: register.version(before.id)})[before.id]
        before.replaced_on = followed_on
        record(actor, Act(Step.RESTORE, before, today(), words))


def restore(actor: Actor, row: Certificate, seen: int, reason: str) -> None:
    """Take an ending back: a suspension that is over, or what was noted by mistake."""
    _begin(actor, Step.RESTORE, row, seen)
    words = said(reason)
    if row.withdrawn_on or row.rejected_on:
        standing = register.standing(row.scheme, owner_of(row))
        if standing is not None:
            raise RuleBroken("certificate.holder_has_one", field="reason", standing=standing.code)
    with unless_taken(RuleBroken("certificate.holder_has_one", field="reason")):
        if row.rejected_on:
            row.rejected_on = None
            _show(row)
        elif row.withdrawn_on:
            row.withdrawn_on = None
        else:
            row.suspended_on = None
    record(actor, Act(Step.RESTORE, row, today(), words))


def _begin(actor: Actor, step: Step, row: Certificate, seen: int) -> None:
    hold(actor, {row.id: seen})
    if step not in rules.steps(row.facts, today(), rejected=row.rejected_on is not None):
        raise RuleBroken("certificate.not_in_this_state")


def hold(actor: Actor, seen: Mapping[int, int]) -> dict[int, Certificate]:
    """Let nobody else change these entries until the transaction ends, and read them as they are now.

    `seen`: by its number the version of each that the page showed; Conflict where somebody was quicker.
    """
    require(rules.may_keep_register(actor))
    lock_all(Certificate, seen)
    found = register.certificates(seen)
    if register.versions(seen) != dict(seen):
        raise Conflict("certificate.changed_meanwhile")
    return found


def _write(row: Certificate, holder: Owner, grant: Grant, papers: str | None) -> None:
    """Put into the row what the grant says; a product's own certificate covers that product."""
    row.level, row.number, row.issued_by = grant.level, grant.number, grant.issued_by
    row.issued = str(grant.issued) if grant.issued else None
    row.expires = str(grant.expires) if grant.expires else None
    row.valid_from, row.evidence, row.source_url = grant.valid_from, grant.evidence.value, grant.source_url
    row.papers = papers or row.papers
    covered = [holder] if isinstance(holder, Product) else covered_by(holder, grant)
    known = {one.product_id: one for one in row.scope}
    row.scope = [known.get(one.id) or _covering(row, one, grant) for one in covered]
    tree, named = category_tree().by_code, {one.category_id: one for one in row.categories}
    row.categories = [named.get(tree[code].id) or _naming(row, tree[code]) for code in grant.categories]
    flowers = select(FlowerVariety).where(FlowerVariety.code.in_(grant.flowers))
    row.flowers = list(db.session.scalars(flowers)) if grant.flowers else []


def _covering(row: Certificate, product: Product, grant: Grant) -> CertificateScope:
    made = CertificateScope(
        product_id=product.id,
        scheme_id=row.scheme_id,
        category_id=product.category_id,
        source_url=grant.source_url,
        archived_at=product.archived_at,
    )
    set_committed_value(made, "product", product)
    return made


def _naming(row: Certificate, category: Category) -> CertificateCategory:
    made = CertificateCategory(category_id=category.id, scheme_id=row.scheme_id)
    set_committed_value(made, "category", category)
    return made


def _vouch(row: Certificate) -> None:
    row.confirmed_on = today()
    row.lookup_code = row.lookup_code or new_code()


def _hide(row: Certificate) -> None:
    row.archived_at = now()
    for one in row.scope:
        one.archived_at = row.archived_at


def _show(row: Certificate) -> None:
    """As far as its holder and what it covers are in the catalogue; else it comes back with them."""
    row.archived_at = owner_of(row).archived_at
    for one in row.scope:
        one.archived_at = one.product.archived_at


def _free_code(holder: str, scheme: str) -> str:
    """The holder's first one under a scheme has the plain code; later ones are numbered."""
    plain = rules.certificate_code(holder, scheme)
    with archived_too():
        taken = set(db.session.scalars(select(Certificate.code).where(Certificate.code.startswith(plain))))
    number, code = 1, plain
    while code in taken:
        number += 1
        code = f"{plain}-{number}"
    return code


def record(actor: Actor, *acts: Act) -> None:
    """Leave an event of each act behind, and a line of the log."""
    db.session.flush()
    entries = [register.entry_of(act.row) for act in acts]
    db.session.add_all(
        CertificateEvent(
            certificate_id=act.row.id,
            actor_id=actor.user_id,
            actor=actor.name,
            step=act.step.value,
            day=act.day,
            reason=act.reason,
            entry=entry,
        )
        for act, entry in zip(acts, entries, strict=True)
    )
    lines = [
        audit.Act(act.step.value, act.row, act.reason, {"day": act.day, "entry": entry})
        for act, entry in zip(acts, entries, strict=True)
    ]
    audit.record_all(actor, lines)


def apply_scheme(actor: Actor, code: str, content: Mapping[str, Any]) -> CertificationScheme:
    """Let the catalogue show these words of a scheme; NotFound where there is none of that code."""
    require(may_show_pages(actor))
    if by_code(CertificationScheme, code) is None:
        raise NotFound("scheme.unknown")
    with rewriting(CertificationScheme, code) as scheme:
        put_content(scheme, content)
    return scheme


def archive_with(
    products: Collection[int],
    producers: Collection[int],
    since: datetime | None,
    moment: datetime | None,
) -> None:
    """Let what certificates say of these holders leave the catalogue with them, or come back.

    `since`, `moment`: as when products are archived.
    """
    held = or_(Certificate.product_id.in_(products), Certificate.producer_id.in_(producers))
    with archived_too():
        rows = [
            *db.session.scalars(select(Certificate).where(held, _stood(Certificate, since))),
            *db.session.scalars(
                select(CertificateScope).where(
                    CertificateScope.product_id.in_(products), _stood(CertificateScope, since)
                )
            ),
        ]
        for row in rows:
            row.archived_at = moment
        db.session.flush()


def _stood(model: type[Archivable], since: datetime | None) -> ColumnElement[bool]:
    return model.archived_at.is_(None) if since is None else model.archived_at == since
