"""Whether the register is whole: every entry as its history tells it, and none that breaks a rule."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import select

from catalogue.archive import archived_too
from catalogue.certification import cases, register
from catalogue.certification.cases import Grant
from catalogue.certification.lookup import tidy
from catalogue.certification.models import Certificate, CertificateEvent
from catalogue.certification.rules import Evidence
from catalogue.certification.scheme_rules import breaches
from catalogue.database import db
from catalogue.kernel.clock import today
from catalogue.records import in_parts


@dataclass(frozen=True)
class Fault:
    """Something that does not fit. `kind`: `changed` (not as its last act left it), `untold` (confirmed or
    ended, but no act says so), `code`, `paper`, or `rule` with the rule that it breaks."""

    certificate: str
    kind: str
    rule: str = ""


def faults(has_papers: Callable[[str], bool]) -> Iterator[Fault]:
    """Everything that does not fit, by certificate. `has_papers`: whether a folder of papers holds any."""
    with archived_too():
        last = {
            one.certificate_id: one
            for one in db.session.scalars(select(CertificateEvent).order_by(CertificateEvent.id))
        }
        keys = db.session.scalars(select(Certificate.id).order_by(Certificate.code)).all()
        for part in in_parts(keys):
            rows = select(Certificate).where(Certificate.id.in_(part)).options(*register.IN_FULL)
            found = db.session.scalars(rows.order_by(Certificate.code)).all()
            makes = cases.made_by({key for row in found if (key := row.producer_id)})
            for row in found:
                yield from _of(row, last.get(row.id), makes.get(row.producer_id or 0, ()), has_papers)


def _of(
    row: Certificate,
    newest: CertificateEvent | None,
    makes: Collection[int],
    has_papers: Callable[[str], bool],
) -> Iterator[Fault]:
    entry = register.entry_of(row)
    told = ("confirmed_on", "suspended_on", "withdrawn_on", "replaced_on", "rejected_on", "lookup_code")
    if newest is None and any(entry[name] for name in told):
        yield Fault(row.code, "untold")
    if newest is not None and newest.entry != entry:
        yield Fault(row.code, "changed")
    if row.confirmed_on and tidy(row.lookup_code or "") != row.lookup_code:
        yield Fault(row.code, "code")
    if row.confirmed_on and row.evidence == Evidence.DOCUMENT and not (row.papers and has_papers(row.papers)):
        yield Fault(row.code, "paper")
    if row.replaced_on or row.withdrawn_on or row.rejected_on:
        return
    holder, grant = cases.owner_of(row), Grant.of(entry)
    case = cases.case_of(
        row.scheme,
        holder,
        grant,
        [one.product for one in row.scope],
        makes=makes,
        confirmed=row.confirmed_on is not None,
    )
    for breach in breaches(cases.demands_of(row.scheme), case, today()):
        yield Fault(row.code, "rule", breach.rule)
