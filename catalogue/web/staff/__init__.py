"""The office: behind this door everybody works for trade promotion, and signs in with two things."""

from __future__ import annotations

from flask import Blueprint

from catalogue.accounts.rules import may_enter_office
from catalogue.web import kept_forms
from catalogue.web.identity import guard
from catalogue.web.staff import (
    applications,
    claims,
    enquiries,
    glossary,
    home,
    page_editor,
    page_history,
    pages,
    people,
    reviews,
    translations,
)

blueprint = Blueprint("staff", __name__, url_prefix="/staff")
guard(blueprint, may_enter_office, "staff.closed", kept_forms.rescue)
ROOMS = (
    home,
    people,
    applications,
    reviews,
    enquiries,
    claims,
    pages,
    page_editor,
    page_history,
    translations,
    glossary,
)
for room in ROOMS:
    blueprint.register_blueprint(room.blueprint)
