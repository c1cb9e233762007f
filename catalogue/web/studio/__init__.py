"""The producer's workshop: behind this door everybody is known, and speaks for a producer or helps one."""

from __future__ import annotations

from flask import Blueprint

from catalogue.producers.rules import may_enter_workshop
from catalogue.web import kept_forms
from catalogue.web.identity import guard
from catalogue.web.studio import autosave, editor, history, home, listings, offline, photographs, uploads

blueprint = Blueprint("studio", __name__, url_prefix="/studio")
blueprint.before_request(photographs.let_in)  # before anybody reads the form
guard(blueprint, may_enter_workshop, "studio.closed", kept_forms.rescue)
for room in (home, offline, uploads, listings, editor, autosave, photographs, history):
    blueprint.register_blueprint(room.blueprint)
