"""Many certificates at once, from an issuer's list: what each row would do, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from catalogue.archive import archived_too
from catalogue.certification import actions, cases, checking, register
from catalogue.certification.cases import Grant, Owner
from catalogue.certification.models import Certificate, CertificationScheme
from catalogue.certification.rules import Evidence, Step, steps
from catalogue.certification.scheme_rules import breaches
from catalogue.database import db, unless_taken
from catalogue.flowers.models import FlowerVariety
from catalogue.kernel import sheet_plan
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import today
from catalogue.kernel.errors import Conflict, RuleBroken
from catalogue.kernel.language import Bilingual, Language
from catalogue.kernel.partial_date import PartialDate
from catalogue.kernel.sheet_plan import Fate, digest_of
from catalogue.places.models import CraftVillage
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.records import in_parts

# What a row can say of a certificate besides whose it is; `confirmed`: that staff vouch for it.
FIELDS = (
    *("level", "number", "issued", "expires", "valid_from", "issued_by", "evidence", "source_url"),
    *("products", "categories", "flowers"),
)
LISTS = frozenset({"products", "categories", "flowers"})
CONFIRMED, STATUS = "confirmed", "status"


@dataclass(frozen=True)
class Fault:
    """What is wrong, and in which column: a code of `web/certificate_words.py` with what its words need."""

    column: str
    code: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """A row as it was read. `values`: only the columns that the sheet has, as an entry of the register has
    them, `confirmed`, and `status` where somebody wrote one; `faults`: cells that cannot be read."""

    number: int
    code: str | None
    scheme: str | None
    holder: str | None
    values: Mapping[str, Any]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What a row would do. `step`: None where nothing; `seen`: the version it was compared with; `changes`:
    field, before and after; `notes`: cells that say what no sheet does, and change nothing."""

    row: int
    fate: Fate
    name: Bilingual
    step: Step | None = None
    certificate_id: int | None = None
    seen: int = 0
    scheme: str = ""
    holder: str = ""
    entry: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[tuple[str, Any, Any], ...] = ()
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()


Plan = sheet_plan.Plan[Outcome]
EMPTY: dict[str, Any] = {name: [] if name in LISTS else None for name in FIELDS} | {
    "evidence": Evidence.PRESS.value
}


def plan(rows: Sequence[Row]) -> Plan:
    """Compare every row with the register; nothing is written."""
    book = _Book(rows)
    outcomes, seen = [], set()
    for row in rows:
        outcome = _outcome(row, book)
        key = outcome.certificate_id or (outcome.scheme, outcome.holder)
        if outcome.fate is not Fate.WRONG and key in seen:
            outcome = _wrong(row, outcome.name, Fault("code", "twice"))
        seen.add(key)
        outcomes.append(outcome)
    said = [[one.row, one.fate, one.step, one.certificate_id, one.seen, dict(one.entry)] for one in outcomes]
    return Plan(tuple(outcomes), digest_of(said))


def apply(actor: Actor, wanted: Plan, reason: str) -> None:
    """Do all that a plan says, many rows at a time, with the register's own acts; whoever calls undoes all at
    once.

    `reason`: kept with every correction and renewal.
    """
    schemes = {
        code: cases.scheme_in_full(code) for code in {one.scheme for one in wanted.outcomes if one.step}
    }
    for part in in_parts([one for one in wanted.outcomes if one.step]):
        seen = {one.certificate_id: one.seen for one in part if one.certificate_id is not None}
        held = actions.hold(actor, seen)
        with unless_taken(Conflict("sheet.changed_meanwhile")), db.session.no_autoflush:
            acts = [_act(one, schemes[one.scheme], held, reason) for one in part]
        actions.record(actor, *acts)


def _act(
    one: Outcome, scheme: CertificationScheme, held: Mapping[int, Certificate], reason: str
) -> actions.Act:
    grant = Grant.of(one.entry)
    if one.certificate_id is None:
        return actions.issued(scheme, cases.owner(scheme, one.holder), grant, reason=reason)
    row = held[one.certificate_id]
    if one.step is Step.CONFIRM:
        return actions.confirmed(row, grant)
    if one.step is Step.RENEW:
        return actions.renewed(row, grant, reason=reason)
    return actions.corrected(row, grant, reason)


class _Book:
    """All that the rows of a sheet speak of, in a few statements."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.day = today()
        self.schemes = {code: cases.scheme_in_full(code) for code in _known_schemes()}
        self.certificates: dict[str, Certificate] = {}
        for part in in_parts([code for row in rows if (code := row.code)]):
            self._keep(Certificate.code.in_(part))
        self.owners: dict[str, Owner] = {}
        named = list(dict.fromkeys(code for row in rows if (code := row.holder)))
        village = joinedload(Producer.village).joinedload(CraftVillage.place)
        maker = joinedload(Product.producer)
        for part in in_parts(named):
            makers = select(Producer).where(Producer.code.in_(part))
            goods = select(Product).where(Product.code.in_(part))
            options = (joinedload(Producer.place), village)
            self.owners |= {one.code: one for one in db.session.scalars(makers.options(*options))}
            self.owners |= {
                one.code: one for one in db.session.scalars(goods.options(maker.options(*options)))
            }
        self._by_holder()
        self.products: dict[str, Product] = {}
        covered = [code for row in rows for code in row.values.get("products", ())]
        covered += [one.product.code for row in self.certificates.values() for one in row.scope]
        for part in in_parts(list(dict.fromkeys(covered))):
            with archived_too():
                found = db.session.scalars(select(Product).where(Product.code.in_(part))).all()
            self.products |= {one.code: one for one in found}
        holding = {one.id for one in self.owners.values() if isinstance(one, Producer)}
        holding |= {key for one in self.certificates.values() if (key := one.producer_id)}
        self.makes: dict[int, Collection[int]] = {}
        for some in in_parts(list(holding)):
            self.makes |= cases.made_by(some)
        self.flowers = set(db.session.scalars(select(FlowerVariety.code)))
        self.versions = register.versions([one.id for one in self.certificates.values()])

    def _keep(self, which: Any) -> None:
        with archived_too():
            found = db.session.scalars(select(Certificate).where(which).options(*register.IN_FULL)).all()
        self.certificates |= {one.code: one for one in found}

    def _by_holder(self) -> None:
        """What stands already of the holders that are named without a code."""
        ids = {Product: [], Producer: []}  # type: dict[Any, list[int]]
        for one in self.owners.values():
            ids[type(one)].append(one.id)
        for model, column in ((Product, Certificate.product_id), (Producer, Certificate.producer_id)):
            for part in in_parts(ids[model]):
                self._keep(column.in_(part))
        self.standing = {
            (one.scheme_id, one.product_id, one.producer_id): one
            for one in self.certificates.values()
            if not (one.replaced_on or one.withdrawn_on or one.rejected_on)
        }


def _known_schemes() -> Iterable[str]:
    return db.session.scalars(select(CertificationScheme.code)).all()


def _outcome(row: Row, book: _Book) -> Outcome:
    said = row.code or f"{row.holder or '?'} · {row.scheme or '?'}"
    name = Bilingual(said, said)
    if row.faults:
        return _wrong(row, name, *row.faults)
    found = book.certificates.get(row.code or "")
    if row.code and found is None:
        return _wrong(row, name, Fault("code", "unknown_certificate", {"typed": row.code}))
    scheme = found.scheme if found else book.schemes.get(row.scheme or "")
    if scheme is None:
        return _wrong(row, name, Fault("scheme", "scheme_missing"))
    scheme = book.schemes[scheme.code]
    holder = cases.owner_of(found) if found else book.owners.get(row.holder or "")
    if holder is None:
        return _wrong(row, name, Fault("holder", "unknown_holder", {"typed": row.holder or ""}))
    if found is None:
        is_product = isinstance(holder, Product)
        key = (scheme.id, holder.id if is_product else None, None if is_product else holder.id)
        found = book.standing.get(key)
    for given, known, column in ((row.scheme, scheme.code, "scheme"), (row.holder, holder.code, "holder")):
        if given and given != known:
            return _wrong(row, name, Fault(column, "other_certificate", {"known": known}))
    return _compared(row, scheme, holder, found, book)


def _compared(
    row: Row, scheme: CertificationScheme, holder: Owner, found: Certificate | None, book: _Book
) -> Outcome:
    before = register.entry_of(found) if found else dict(EMPTY)
    after = {name: row.values.get(name, before[name]) for name in FIELDS}
    if isinstance(holder, Product):
        after["products"] = row.values.get("products") or [holder.code]
    changes = tuple(
        (name, before[name], after[name])
        for name in FIELDS
        if (before[name] or None) != (after[name] or None)
    )
    was_confirmed = found is not None and found.confirmed_on is not None
    confirming = bool(row.values.get(CONFIRMED)) and not was_confirmed
    if found is None:
        step: Step | None = Step.ISSUE
    elif confirming:
        step = Step.CONFIRM
    elif changes:
        step = Step.RENEW if _runs_on(found, after["expires"], book) else Step.CORRECT
    else:
        step = None
    fate = Fate.NEW if found is None else Fate.CHANGED if step else Fate.SAME
    name = Bilingual(*(f"{holder.name.text(one)} · {scheme.name.text(one)}" for one in Language))
    faults = tuple(_faults(scheme, holder, found, after, step, book)) if step else ()
    if step is Step.ISSUE and not confirming:
        faults = (Fault(CONFIRMED, "not_confirmed"), *faults)
    if was_confirmed and row.values.get(CONFIRMED) is False:
        faults = (Fault(CONFIRMED, "stays_confirmed"), *faults)
    if faults:
        return _wrong(row, name, *faults)
    return Outcome(
        row.number,
        fate,
        name,
        step,
        found.id if found else None,
        book.versions.get(found.id, 0) if found else 0,
        scheme.code,
        holder.code,
        after if step else {},
        changes if step else (),
        notes=tuple(_passed_over(row, found, book)),
    )


def _passed_over(row: Row, found: Certificate | None, book: _Book) -> Iterable[Fault]:
    """Cells that read as if a sheet could take a confirmation back, or end something."""
    if found is not None and found.confirmed_on and row.values.get(CONFIRMED, True) is None:
        yield Fault(CONFIRMED, "stays_confirmed")
    if (said := row.values.get(STATUS)) and said != _standing(found, book):
        yield Fault(STATUS, "status_stays")


def _standing(found: Certificate | None, book: _Book) -> str | None:
    if found is None:
        return None
    return register.REJECTED if found.rejected_on else found.status_on(book.day).value


def _runs_on(found: Certificate, expires: str | None, book: _Book) -> bool:
    """Whether it is to end later than the register has it, or at no time, so that it needs grounds anew."""
    before = found.expires_date
    if before is None or Step.RENEW not in steps(
        found.facts, book.day, rejected=found.rejected_on is not None
    ):
        return False
    return expires is None or PartialDate.parse(expires).last_day > before.last_day


def _faults(
    scheme: CertificationScheme,
    holder: Owner,
    found: Certificate | None,
    after: Mapping[str, Any],
    step: Step,
    book: _Book,
) -> Iterable[Fault]:
    if found is not None and step not in steps(found.facts, book.day, rejected=found.rejected_on is not None):
        yield Fault("code", "not_in_this_state")
        return
    if missing := [code for code in after["products"] if code not in book.products and code != holder.code]:
        yield Fault("products", "unknown_product", {"typed": missing[0]})
        return
    if missing := [code for code in after["flowers"] if code not in book.flowers]:
        yield Fault("flowers", "unknown_flower", {"typed": missing[0]})
        return
    grant = Grant.of(after)
    covered = [book.products.get(code) or holder for code in grant.products]
    confirmed = step is not Step.CORRECT or (found is not None and found.confirmed_on is not None)
    makes = book.makes.get(holder.id, ()) if isinstance(holder, Producer) else ()
    try:
        checking.check_lengths(grant)
        case = cases.case_of(scheme, holder, grant, covered, makes=makes, confirmed=confirmed)  # type: ignore[arg-type]
        if found is not None and step is Step.RENEW:
            checking.check_term(found, grant)
            checking.check_grounds(grant, None)
        elif confirmed:
            checking.check_grounds(grant, found.papers if found else None)
    except RuleBroken as broken:
        column = "evidence" if broken.field == "papers" else broken.field
        yield Fault(column or "code", broken.code, broken.parameters)
        return
    for breach in breaches(cases.demands_of(scheme), case, book.day):
        yield Fault(
            breach.field,
            "certificate.breaks_rule",
            {"rule": breach.rule, "goods": breach.goods, "scheme": scheme.code},
        )


def _wrong(row: Row, name: Bilingual, *faults: Fault) -> Outcome:
    return Outcome(row.number, Fate.WRONG, name, faults=faults)
