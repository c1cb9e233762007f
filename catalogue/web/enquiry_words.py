"""Enquiries in words, for the workshop and the office alike."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from catalogue.enquiries.models import Enquiry, EnquiryPart
from catalogue.enquiries.pipeline import FROM_ROBOTS, TO_BE_PASSED_ON
from catalogue.enquiries.rules import CorrectionKind, CorrectionState, Outcome, PartState, Stage
from catalogue.kernel.clock import LOCAL
from catalogue.kernel.language import Language
from catalogue.web import dates, labels
from catalogue.web.page import say

HOURS_SPELLED = 48

STATES: dict[str, LazyString] = {
    PartState.NEW: lazy_gettext("New"),
    PartState.READ: lazy_gettext("Read, not answered"),
    PartState.ANSWERED: lazy_gettext("Answered"),
    PartState.CLOSED: lazy_gettext("Closed"),
}
STAGES: dict[str, LazyString] = {
    Stage.NEW: lazy_gettext("New"),
    Stage.ASSIGNED: lazy_gettext("Somebody looks after it"),
    Stage.ANSWERED: lazy_gettext("Answered"),
    Stage.WON: lazy_gettext("Became an order"),
    Stage.LOST: lazy_gettext("Came to nothing"),
    Stage.CLOSED: lazy_gettext("Closed, nobody said how"),
    TO_BE_PASSED_ON: lazy_gettext("To be passed on"),
    FROM_ROBOTS: lazy_gettext("Perhaps sent by a robot"),
}
OUTCOMES: dict[str, LazyString] = {outcome: STAGES[Stage(outcome.value)] for outcome in Outcome}
WISHES: dict[CorrectionKind, LazyString] = {
    CorrectionKind.FACT: lazy_gettext("Something here is wrong or out of date"),
    CorrectionKind.OWN: lazy_gettext("This is my business, and I want to speak for it"),
    CorrectionKind.REMOVAL: lazy_gettext("Take this down"),
    CorrectionKind.CLOSED: lazy_gettext("It is closed or no longer there"),
    CorrectionKind.NOT_AS_SHOWN: lazy_gettext("It is not as shown here"),
    CorrectionKind.LABEL: lazy_gettext("I saw a label or a claim that seems wrong"),
}
REPORT_STATES: dict[str, LazyString] = {
    CorrectionState.NEW: lazy_gettext("New"),
    CorrectionState.TAKEN: lazy_gettext("Somebody looks after it"),
    CorrectionState.DONE: lazy_gettext("Something was done"),
    CorrectionState.DECLINED: lazy_gettext("Left as it is"),
}
LANGUAGES = {Language.VI.value: "Tiếng Việt", Language.EN.value: "English"}


def moment(value: datetime) -> str:
    """14/03/2027, 14:05."""
    local = value.astimezone(LOCAL)
    return gettext("%(day)s, %(time)s", day=dates.day(local.date()), time=local.strftime("%H:%M"))


def state_of(part: EnquiryPart) -> str:
    """How far one maker's part has come; whether the office has brought it there."""
    if part.passed_on and part.state in {PartState.NEW, PartState.READ}:
        return gettext("Passed on, not answered")
    if part.through_office and part.state in {PartState.NEW, PartState.READ}:
        return gettext("To be passed on")
    return str(STATES[part.state])


def hours(value: float | None) -> str:
    """How long an answer took: 5 hours, 3 days; None: nothing was answered."""
    if value is None:
        return gettext("None yet")
    if value < 1:
        return gettext("Less than an hour")
    if value < HOURS_SPELLED:
        return ngettext("%(num)s hour", "%(num)s hours", round(value))
    return ngettext("%(num)s day", "%(num)s days", round(value / 24))


def facts(enquiry: Enquiry) -> list[tuple[str, Any]]:
    """Everything that the visitor said; what was not said is left out."""
    return [
        (gettext("Number"), enquiry.reference),
        (gettext("Received"), moment(enquiry.received)),
        (gettext("How much"), enquiry.quantity),
        (gettext("By when"), dates.day(enquiry.needed_by) if enquiry.needed_by else None),
        (gettext("For which country"), labels.country(enquiry.market) if enquiry.market else None),
        (gettext("Name"), enquiry.name),
        (gettext("E-mail"), enquiry.email or gettext("deleted, as the privacy page promises")),
        (gettext("Language of the answer"), LANGUAGES[enquiry.language]),
    ]


def products(part: EnquiryPart) -> list[Any]:
    """What a maker is asked about, as it was called then; itself where no product is named."""
    return [say(name) for name in part.product_names] or [gettext("The maker itself")]
