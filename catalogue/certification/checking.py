"""What the register asks of a grant, a day and a reason before it writes them down."""

from __future__ import annotations

from datetime import date

from catalogue.certification.cases import Grant, Owner, case_of, covered_by, demands_of, made_by
from catalogue.certification.models import Certificate, CertificationScheme
from catalogue.certification.rules import Evidence, Status
from catalogue.certification.scheme_rules import EARLIEST, breaches
from catalogue.kernel.clock import today
from catalogue.kernel.errors import RuleBroken
from catalogue.products.models import Product

MOST_REASON = 1000
# No paper has longer ones; more is a paste that went wrong.
MOST = {"number": 100, "issued_by": 200, "source_url": 2000}


def check(
    scheme: CertificationScheme, holder: Owner, grant: Grant, papers: str | None, *, confirmed: bool
) -> None:
    """RuleBroken where a grant cannot stand as it is: by a rule, a slip, or for want of grounds."""
    check_lengths(grant)
    makes = () if isinstance(holder, Product) else made_by([holder.id]).get(holder.id, ())
    case = case_of(scheme, holder, grant, covered_by(holder, grant), makes=makes, confirmed=confirmed)
    for breach in breaches(demands_of(scheme), case, today()):
        raise RuleBroken("certificate.breaks_rule", field=breach.field, rule=breach.rule, goods=breach.goods)
    if confirmed:
        check_grounds(grant, papers)


def check_grounds(grant: Grant, papers: str | None) -> None:
    """Staff vouch for what they saw: the issuer's register, a paper kept here, or at least a number."""
    if grant.evidence is Evidence.DOCUMENT and not papers:
        raise RuleBroken("certificate.without_paper", field="papers")
    if grant.evidence is Evidence.PRESS and not grant.number:
        raise RuleBroken("certificate.without_grounds", field="number")


def check_lengths(grant: Grant) -> None:
    """RuleBroken `certificate.too_long` where somebody pasted more than such a field ever holds."""
    for field, most in MOST.items():
        if len(getattr(grant, field) or "") > most:
            raise RuleBroken("certificate.too_long", field=field, most=most)


def check_term(row: Certificate, grant: Grant) -> None:
    """A new term ends later. RuleBroken `certificate.begins_later` where the certificate would count for
    nothing until it begins."""
    day = today()
    if grant.valid_from and grant.valid_from > day and row.status_on(day) is Status.VALID:
        raise RuleBroken("certificate.begins_later", field="valid_from")
    if grant.expires is not None and row.expires_date and grant.expires.last_day <= row.expires_date.last_day:
        raise RuleBroken("certificate.not_later", field="expires")


def by_now(row: Certificate, day: date) -> date:
    """An ending is noted when it has happened, and none lies before the certificate."""
    begun = row.issued_date
    if not (begun.first_day if begun else EARLIEST) <= day <= today():
        raise RuleBroken("certificate.day_wrong", field="day")
    return day


def said(reason: str) -> str:
    """The reason that an act gives; RuleBroken without one."""
    words = reason.strip()
    if not words:
        raise RuleBroken("certificate.without_reason", field="reason")
    return words[:MOST_REASON]
