"""The mail about certificates: to the people of the maker, before one ends."""

from __future__ import annotations

from babel.dates import format_date

from catalogue.accounts import queries as accounts
from catalogue.certification import register
from catalogue.certification.cases import owner_of
from catalogue.certification.rules import Status
from catalogue.kernel.clock import today
from catalogue.kernel.errors import NotFound
from catalogue.kernel.language import Language
from catalogue.post import send, site_address


def tell_holder(certificate_id: int, user_id: int) -> None:
    """It ends soon: how many days are left, and what to do. Nothing is sent where it ended or runs on."""
    try:
        row, user = register.certificate(certificate_id), accounts.user(user_id)
    except NotFound:
        return
    day, end = today(), row.expires_date
    if end is None or row.status_on(day) is not Status.VALID:
        return
    language = Language(user.language)
    send(
        user.email,
        user.language,
        "mail/certificate_ends.txt",
        name=user.name,
        scheme=row.scheme.name.text(language),
        holder=owner_of(row).name.text(language),
        number=row.number,
        days=(end.last_day - day).days,
        end=format_date(end.last_day, "long", locale=user.language),
        link=site_address("public.certificates.show", language=language.value, code=row.code),
    )
