"""The producer's workshop: behind this door everybody is known, and speaks for a producer or helps one."""

from __future__ import annotations

from flask import Blueprint, request

from catalogue.producers.rules import may_enter_workshop
from catalogue.web import kept_forms
from catalogue.web.identity import current_actor, guard
from catalogue.web.studio import editor, history, home, listings, sheets

blueprint = Blueprint("studio", __name__, url_prefix="/studio")


@blueprint.before_request
def let_files_in() -> None:
    """Whoever is at work here may send more than a form's words; before the guard looks into the form."""
    if may_enter_workshop(current_actor()):
        request.max_content_length = sheets.LARGEST_BODY.get(request.endpoint or "")


guard(blueprint, may_enter_workshop, "studio.closed", kept_forms.rescue)
for room in (home, listings, editor, history, sheets):
    blueprint.register_blueprint(room.blueprint)
