"""The office: behind this door everybody works for trade promotion, and signs in with two things."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from catalogue.accounts.rules import may_enter_office
from catalogue.web import papers
from catalogue.web.identity import current_actor, guard
from catalogue.web.staff import (
    applications,
    certificate,
    certificate_new,
    certificate_sheets,
    certificates,
    claims,
    enquiries,
    enquiry_report,
    home,
    people,
    reports,
    reviews,
    search,
)

# Where a file is taken, the largest body, in bytes.
LARGEST_BODY = {
    "staff.certificate.act": papers.LARGEST_BODY,
    "staff.new_certificate.enter": papers.LARGEST_BODY,
    "staff.certificate_sheets.upload": certificate_sheets.LARGEST_BODY,
}

blueprint = Blueprint("staff", __name__, url_prefix="/staff")


@blueprint.url_value_preprocessor
def let_files_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Whoever works here may send a file; said before anybody at any door looks into the form."""
    if endpoint in LARGEST_BODY and may_enter_office(current_actor()):
        request.max_content_length = LARGEST_BODY[endpoint]


guard(blueprint, may_enter_office, "staff.closed")
REGISTER = (certificates, certificate, certificate_new, certificate_sheets)
rooms = (home, people, applications, reviews, enquiries, enquiry_report, reports, claims, search, *REGISTER)
for room in rooms:
    blueprint.register_blueprint(room.blueprint)
