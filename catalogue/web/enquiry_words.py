"""Enquiries in words, for the workshop and the office alike."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from catalogue.enquiries.models import Enquiry, EnquiryPart
from catalogue.enquiries.rules import PartState
from catalogue.kernel.clock import LOCAL
from catalogue.kernel.language import Language
from catalogue.web import dates, labels
from catalogue.web.page import say

STATES: dict[str, LazyString] = {
    PartState.NEW: lazy_gettext("New"),
    PartState.READ: lazy_gettext("Read, not answered"),
    PartState.ANSWERED: lazy_gettext("Answered"),
    PartState.CLOSED: lazy_gettext("Closed"),
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
