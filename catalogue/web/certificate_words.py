"""The register in words: its acts, its fields, and the rule that somebody would break."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from catalogue.certification.models import Certificate, CertificationScheme
from catalogue.certification.register import LEFT, REJECTED
from catalogue.certification.rules import Evidence, Holder, Status, Step
from catalogue.certification.scheme_rules import EARLIEST, YEARS_AHEAD, Rule
from catalogue.editorial.cells import folded
from catalogue.kernel.clock import today
from catalogue.kernel.errors import CatalogueError
from catalogue.kernel.partial_date import PartialDate
from catalogue.web import dates, labels
from catalogue.web.error_words import CODES
from catalogue.web.language import read

STEPS: dict[Step, LazyString] = {
    Step.ISSUE: lazy_gettext("Entered"),
    Step.CONFIRM: lazy_gettext("Confirmed"),
    Step.CORRECT: lazy_gettext("Corrected"),
    Step.REJECT: lazy_gettext("Rejected"),
    Step.RENEW: lazy_gettext("Renewed"),
    Step.REPLACE: lazy_gettext("Replaced"),
    Step.SUSPEND: lazy_gettext("Suspended"),
    Step.WITHDRAW: lazy_gettext("Withdrawn"),
    Step.RESTORE: lazy_gettext("Ending taken back"),
}
ACTS: dict[Step, LazyString] = {
    Step.CONFIRM: lazy_gettext("Confirm"),
    Step.CORRECT: lazy_gettext("Correct"),
    Step.REJECT: lazy_gettext("Reject"),
    Step.RENEW: lazy_gettext("Renew"),
    Step.REPLACE: lazy_gettext("Replace with a new one"),
    Step.SUSPEND: lazy_gettext("Suspend"),
    Step.WITHDRAW: lazy_gettext("Withdraw"),
    Step.RESTORE: lazy_gettext("Take the ending back"),
}
DONE: dict[Step, LazyString] = {
    Step.ISSUE: lazy_gettext("The certificate is in the register."),
    Step.CONFIRM: lazy_gettext("Confirmed. Readers see it as confirmed from now on."),
    Step.CORRECT: lazy_gettext("Corrected. What it said before stays in its history."),
    Step.REJECT: lazy_gettext("Rejected. Readers no longer see the claim."),
    Step.RENEW: lazy_gettext("Renewed."),
    Step.REPLACE: lazy_gettext("The new certificate took the old one's place."),
    Step.SUSPEND: lazy_gettext("Suspended. Its seal is gone from every page."),
    Step.WITHDRAW: lazy_gettext("Withdrawn. Its seal is gone from every page."),
    Step.RESTORE: lazy_gettext("The ending was taken back."),
}
LABELS: dict[str, LazyString] = {
    "code": lazy_gettext("Code"),
    "scheme": lazy_gettext("Scheme"),
    "holder": lazy_gettext("Holder"),
    "level": lazy_gettext("Level"),
    "number": lazy_gettext("Number"),
    "issued": lazy_gettext("Granted"),
    "expires": lazy_gettext("Expires"),
    "valid_from": lazy_gettext("Counts from"),
    "issued_by": lazy_gettext("Granted by"),
    "evidence": lazy_gettext("Based on"),
    "source_url": lazy_gettext("Page that reports it"),
    "products": lazy_gettext("Products covered"),
    "categories": lazy_gettext("Kinds of goods covered"),
    "flowers": lazy_gettext("Flowers covered"),
    "lookup_code": lazy_gettext("Code on the label"),
    "confirmed": lazy_gettext("Confirmed"),
    "confirmed_on": lazy_gettext("Checked by our staff"),
    "suspended_on": lazy_gettext("Suspended on"),
    "withdrawn_on": lazy_gettext("Withdrawn on"),
    "replaced_on": lazy_gettext("Replaced on"),
    "rejected_on": lazy_gettext("Rejected on"),
    "status": lazy_gettext("Status"),
    "name": lazy_gettext("Name"),
}
SORTS: dict[str, LazyString] = {
    "name": lazy_gettext("Holder"),
    "scheme": lazy_gettext("Scheme"),
    "number": lazy_gettext("Number"),
    "issued": lazy_gettext("Granted"),
    "expires": lazy_gettext("Expires"),
    "products": lazy_gettext("Products covered"),
}
HOLDERS: dict[Holder, LazyString] = {
    Holder.PRODUCT: lazy_gettext("a product"),
    Holder.PRODUCER: lazy_gettext("a maker"),
    Holder.VILLAGE: lazy_gettext("a craft village"),
    Holder.PERSON: lazy_gettext("a person"),
}
DAYS = frozenset({"issued", "expires", "valid_from", "confirmed_on"}) | {
    name for name in LABELS if name.endswith("_on")
}


def standing(row: Certificate, day: date) -> dict[str, str]:
    """How an entry stands: kind and text of a tag."""
    if row.rejected_on:
        return {"kind": "wrong", "text": gettext("Rejected")}
    status = row.status_on(day)
    words = str(labels.CARD_WORDS[status])
    if row.has_left:
        return {"kind": "past", "text": gettext("%(status)s; left with its holder", status=words)}
    return {"kind": labels.STATUS_KIND[status], "text": words}


def standings() -> dict[str, str]:
    """What each text of `standing` stands for, by its folded words."""
    words = {str(labels.CARD_WORDS[status]): status.value for status in Status}
    left = {gettext("%(status)s; left with its holder", status=text): code for text, code in words.items()}
    return {folded(text): code for text, code in (words | left | {gettext("Rejected"): REJECTED}).items()}


def statuses() -> dict[str, str]:
    """Every standing that a list can be asked for."""
    words = {status.value: str(labels.CARD_WORDS[status]) for status in Status}
    return words | {REJECTED: gettext("Rejected"), LEFT: gettext("Left with its holder")}


def told(name: str, value: Any) -> str:
    """A value of an entry as a person reads it; months in words, so that nobody mistakes them for days."""
    if value in (None, "", []):
        return ""
    if name in DAYS:
        return dates.in_words(PartialDate.parse(str(value)))
    if name == "evidence":
        return str(labels.EVIDENCE[Evidence(value)])
    return ", ".join(value) if isinstance(value, list | tuple) else str(value)


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """What differs between two states of an entry: label, before, after."""
    return [
        (str(LABELS[name]), told(name, before.get(name)), told(name, value))
        for name, value in after.items()
        if (before.get(name) or None) != (value or None) and name in LABELS
    ]


def refusal(broken: CatalogueError, scheme: CertificationScheme | None) -> str:
    """Why an act was refused, in a sentence that names the rule."""
    if broken.code == "certificate.breaks_rule" and scheme is not None:
        goods = broken.parameters["goods"]
        assert isinstance(goods, tuple)
        return broken_rule(Rule(str(broken.parameters["rule"])), goods, scheme)
    if broken.code == "certificate.too_long":
        return _too_long(broken.parameters)
    return str(CODES[broken.code].text)


def _too_long(parameters: Mapping[str, Any]) -> str:
    return gettext("Write at most %(num)s signs.", num=parameters["most"])


def broken_rule(rule: Rule, goods: Iterable[str], scheme: CertificationScheme) -> str:
    """The rule that would be broken, from the scheme's own data; needs its levels."""
    name, named = read(scheme.name), ", ".join(goods)
    match rule:
        case Rule.HOLDER:
            whom = str(HOLDERS[Holder(scheme.granted_to)])
            return gettext("“%(scheme)s” is granted to %(whom)s only.", scheme=name, whom=whom)
        case Rule.LEVEL | Rule.LEVEL_MISSING:
            if not scheme.levels:
                return gettext("“%(scheme)s” has no levels. Leave the level empty.", scheme=name)
            levels = ", ".join(one.level for one in scheme.levels)
            return gettext("“%(scheme)s” has the levels %(levels)s and no other.", scheme=name, levels=levels)
        case Rule.GOODS:
            return gettext("“%(scheme)s” does not cover this: %(goods)s.", scheme=name, goods=named)
        case Rule.NOTHING:
            return gettext(
                "“%(scheme)s” covers none of this maker's products. Name the goods that are on the paper.",
                scheme=name,
            )
        case Rule.STRANGERS:
            return gettext("These are not the holder's: %(goods)s.", goods=named)
        case Rule.AREA:
            return gettext("“%(scheme)s” is for other places than the holder's.", scheme=name)
        case _:
            return _broken_date(rule, scheme)


def _broken_date(rule: Rule, scheme: CertificationScheme) -> str:
    months = scheme.validity_months or 0
    match rule:
        case Rule.TERM:
            return ngettext(
                "“%(scheme)s” runs for %(num)s month at most. Check both dates.",
                "“%(scheme)s” runs for %(num)s months at most. Check both dates.",
                months,
                scheme=read(scheme.name),
            )
        case Rule.ORDER:
            return gettext("It would end before it begins. Check both dates.")
        case Rule.YEAR:
            return gettext(
                "Check the year: it can be from %(first)s to %(last)s.",
                first=str(EARLIEST.year),
                last=str(today().year + YEARS_AHEAD),
            )
        case _:
            return gettext("This day has not come yet. A certificate is entered once it was granted.")


# What is wrong with a cell of a sheet.
FAULTS: dict[str, LazyString] = {
    "twice": lazy_gettext("Another row is about the same certificate. Take one out."),
    "unknown_certificate": lazy_gettext(
        "No certificate has the code “%(typed)s”. Leave the code empty for a new one."
    ),
    "scheme_missing": lazy_gettext("Choose the scheme from the list."),
    "unknown_holder": lazy_gettext("No product or maker has the code “%(typed)s”."),
    "other_certificate": lazy_gettext("This certificate belongs to “%(known)s”. That never changes."),
    "not_confirmed": lazy_gettext("A new certificate needs “yes” here: the office vouches for it."),
    "not_in_this_state": lazy_gettext("It has ended for good, so a sheet cannot change it."),
    "unknown_product": lazy_gettext("There is no product “%(typed)s”."),
    "unknown_flower": lazy_gettext("There is no flower “%(typed)s”."),
    "unknown_choice": lazy_gettext("“%(typed)s” is not on the list. Choose from the list of the cell."),
    "ambiguous_choice": lazy_gettext("“%(typed)s” may mean %(meanings)s. Write the one with its marks."),
    "not_a_date": lazy_gettext(
        "“%(typed)s” is no date. Write day, month and year, such as 02/01/2027, or only 01/2027 or 2027."
    ),
    "not_a_day": lazy_gettext("“%(typed)s” is no day. Write day, month and year, such as 02/01/2027."),
    "certificate.without_paper": lazy_gettext(
        "What rests on a paper is entered on the certificate's own page, with the paper."
    ),
    "not_an_address": lazy_gettext("Give the whole address of the page, beginning with https://."),
    "stays_confirmed": lazy_gettext(
        "It is confirmed, and no sheet takes that back. What ended is withdrawn on its own page."
    ),
    "status_stays": lazy_gettext(
        "No sheet changes how a certificate stands. It is suspended, withdrawn or restored on its own page."
    ),
    "not_yes_or_no": lazy_gettext("“%(typed)s” is neither yes nor no."),
}


def fault(code: str, parameters: Mapping[str, Any], schemes: Mapping[str, CertificationScheme]) -> str:
    """What is wrong with a row of a sheet, and what to do."""
    if code == "certificate.breaks_rule":
        rule, goods = Rule(str(parameters["rule"])), parameters["goods"]
        return broken_rule(rule, goods, schemes[parameters["scheme"]])
    if code == "certificate.too_long":
        return _too_long(parameters)
    return str(FAULTS[code]) % parameters if code in FAULTS else str(CODES[code].text)
