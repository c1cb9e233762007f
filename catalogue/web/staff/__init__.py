"""The office: behind this door everybody works for trade promotion, and signs in with two things."""

from __future__ import annotations

from flask import Blueprint

from catalogue.accounts.rules import may_enter_office
from catalogue.web.identity import guard
from catalogue.web.staff import applications, claims, enquiries, home, people, reviews, search

blueprint = Blueprint("staff", __name__, url_prefix="/staff")
guard(blueprint, may_enter_office, "staff.closed")
for room in (home, people, applications, reviews, enquiries, claims, search):
    blueprint.register_blueprint(room.blueprint)
