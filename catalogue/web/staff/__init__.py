"""The office: behind this door everybody works for trade promotion, and signs in with two things."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for

from catalogue.accounts.rules import may_enter_office
from catalogue.web import kept_forms, papers, sheet_files
from catalogue.web.identity import current_actor, guard
from catalogue.web.staff import (
    applications,
    audit,
    candidates,
    certificate,
    certificate_new,
    certificate_sheets,
    certificates,
    claims,
    enquiries,
    enquiry_report,
    glossary,
    goals,
    home,
    invitations,
    page_editor,
    page_history,
    pages,
    people,
    person,
    reports,
    reviews,
    search,
    sheets,
    showcase,
    translations,
)
from catalogue.web.staff.rooms import open_to

# Where a file is taken, the largest body, in bytes.
LARGEST_BODY = {
    "staff.certificate.act": papers.LARGEST_BODY,
    "staff.new_certificate.enter": papers.LARGEST_BODY,
    "staff.sheets.upload": sheet_files.LARGEST_BODY,
}

blueprint = Blueprint("staff", __name__, url_prefix="/staff")


@blueprint.url_value_preprocessor
def let_files_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Whoever works here may send a file; said before anybody at any door looks into the form."""
    if endpoint in LARGEST_BODY and may_enter_office(current_actor()):
        request.max_content_length = LARGEST_BODY[endpoint]


guard(blueprint, may_enter_office, "staff.closed", kept_forms.rescue)
REGISTER = (certificates, certificate, certificate_new, certificate_sheets)
PEOPLE = (people, invitations, person, applications, audit)
BOARD = (showcase, candidates)
OWN = (goals, pages, page_editor, page_history, translations, glossary)
VISITORS = (enquiries, enquiry_report, reports, search)
for room in (home, reviews, claims, *VISITORS, *PEOPLE, *REGISTER, *BOARD, *OWN, sheets):
    blueprint.register_blueprint(room.blueprint)


@blueprint.context_processor
def rooms() -> dict[str, Any]:
    """The way from every page of the office to the rooms that one may enter."""
    return {
        "rooms": [
            (one.endpoint, one.name, f"{request.path}/".startswith(f"{url_for(one.endpoint)}/"))
            for one in open_to(current_actor())
        ]
    }
