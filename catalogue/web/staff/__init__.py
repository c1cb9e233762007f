"""The office: behind this door everybody works for trade promotion, and signs in with two things."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from catalogue.accounts.rules import may_enter_office
from catalogue.web.identity import current_actor, guard
from catalogue.web.staff import applications, audit, claims, enquiries, home, people, person, reviews
from catalogue.web.staff.rooms import open_to

blueprint = Blueprint("staff", __name__, url_prefix="/staff")
guard(blueprint, may_enter_office, "staff.closed")
for room in (home, people, person, applications, reviews, enquiries, claims, audit):
    blueprint.register_blueprint(room.blueprint)


@blueprint.context_processor
def rooms() -> dict[str, Any]:
    """The way from every page of the office to the rooms that one may enter."""
    here = (request.endpoint or "").rpartition(".")[0]
    return {
        "rooms": [
            (one.endpoint, one.name, one.endpoint.startswith(f"{here}.")) for one in open_to(current_actor())
        ]
    }
