"""The mail about enquiries: to the visitor, to trade promotion, to the people of the maker that was asked.

No letter gives one side the other's address: the workshop shows the visitor's to whoever may answer, and
answers go out in the site's name.
"""

from __future__ import annotations

from flask import current_app

from catalogue.accounts import queries as accounts
from catalogue.enquiries import queries
from catalogue.enquiries.rules import DECIDED, OFFICE, CorrectionState
from catalogue.kernel.errors import NotFound
from catalogue.kernel.language import Language
from catalogue.post import send, site_address


def tell_visitor(enquiry_id: int) -> None:
    """It is kept, and under which number. None of the visitor's own words stand in it: anybody can type
    anybody's address."""
    enquiry = queries.enquiry(enquiry_id)
    language = Language(enquiry.language)
    send(
        enquiry.email,
        enquiry.language,
        "mail/enquiry_received.txt",
        reference=enquiry.reference,
        makers=[part.producer_name.text(language) for part in enquiry.parts if not part.through_office],
        through_office=[part.producer_name.text(language) for part in enquiry.parts if part.through_office],
    )


def tell_office(enquiry_id: int) -> None:
    """The copy for trade promotion: to its own address where one is set, else to those who read enquiries."""
    enquiry = queries.enquiry(enquiry_id)
    own = current_app.config["TRADE_PROMOTION_EMAIL"]
    readers = [(own, Language.VI.value)] if own else _readers()
    for address, language in readers:
        send(
            address,
            language,
            "mail/enquiry_copy.txt",
            enquiry=enquiry,
            parts=[
                (part.producer_name.text(Language(language)), part.through_office) for part in enquiry.parts
            ],
            link=site_address("staff.enquiries.show", enquiry_id=enquiry.id),
        )


def tell_maker(part_id: int, user_id: int) -> None:
    """Somebody asks: to one of those who speak for the maker."""
    part = queries.part(part_id)
    try:
        user = accounts.user(user_id)
    except NotFound:
        return
    language = Language(user.language)
    send(
        user.email,
        user.language,
        "mail/enquiry_for_maker.txt",
        name=user.name,
        maker=part.producer_name.text(language),
        products=[name.text(language) for name in part.product_names],
        enquiry=part.enquiry,
        link=site_address("studio.enquiries.show", part_id=part.id),
    )


def send_answer(message_id: int) -> None:
    """What the maker, or the office for it, answers; the frame is in the language that the visitor chose."""
    message = queries.message(message_id)
    part = queries.part(message.part_id)
    language = Language(part.enquiry.language)
    send(
        part.enquiry.email,
        language.value,
        "mail/enquiry_answer.txt",
        reference=part.enquiry.reference,
        visitor=part.enquiry.name,
        maker=part.producer_name.text(language),
        of_office=message.of_office,
        text=message.text,
        link=site_address("public.enquiries.write", language=language.value, producers=part.producer_code),
    )


def tell_reporter(report_id: int) -> None:
    """What was decided about a report, to whoever left an e-mail address; others are called by telephone.
    Nothing where it was opened again meanwhile."""
    try:
        report = queries.correction_request(report_id)
    except NotFound:
        return
    if "@" in report.contact and report.state in DECIDED:
        send(
            report.contact,
            report.language,
            "mail/report_decided.txt",
            reference=report.reference,
            name=report.name,
            done=report.state == CorrectionState.DONE,
            answer=report.answer,
            link=site_address("public.corrections.write", language=report.language),
        )


def _readers() -> list[tuple[str, str]]:
    return [
        (user.email, user.language) for user in accounts.people() if user.active and user.role_codes & OFFICE
    ]
