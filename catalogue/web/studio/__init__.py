"""The producer's workshop: behind this door everybody is known, and speaks for a producer or helps one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from catalogue.producers.rules import may_enter_workshop
from catalogue.web import kept_forms, papers, sheet_files
from catalogue.web.identity import current_actor, guard
from catalogue.web.studio import (
    autosave,
    batches,
    claims,
    editor,
    enquiries,
    history,
    home,
    listings,
    offline,
    photographs,
    sheets,
    uploads,
)

# Where a file is taken, the largest body, in bytes.
LARGEST_BODY = {
    "studio.photographs.add": photographs.LARGEST_BODY,
    "studio.sheets.upload": sheet_files.LARGEST_BODY,
    "studio.claims.add": papers.LARGEST_BODY,
}

blueprint = Blueprint("studio", __name__, url_prefix="/studio")


@blueprint.url_value_preprocessor
def let_files_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Whoever is at work here may send a file; said before anybody at any door looks into the form."""
    if endpoint in LARGEST_BODY and may_enter_workshop(current_actor()):
        request.max_content_length = LARGEST_BODY[endpoint]


guard(blueprint, may_enter_workshop, "studio.closed", kept_forms.rescue)
ROOMS = (
    home,
    offline,
    uploads,
    listings,
    editor,
    autosave,
    photographs,
    claims,
    history,
    enquiries,
    sheets,
    batches,
)
for room in ROOMS:
    blueprint.register_blueprint(room.blueprint)
