"""What is typed is saved while it is typed: the editor's fields, sent by its script."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from catalogue.database import transaction
from catalogue.editorial import actions, forms, sent
from catalogue.kernel.errors import Conflict, RuleBroken
from catalogue.web import kept_forms, two_versions
from catalogue.web.studio.answers import tell_scripts
from catalogue.web.studio.editor import fields_of, seen_version
from catalogue.web.studio.rooms import PREFIX, Desk, desk

WRITING = ", ".join(forms.WRITING_STEPS)

blueprint = Blueprint("autosave", __name__, url_prefix=PREFIX)
tell_scripts(blueprint)


@blueprint.post(f"/<any({WRITING}):step>/autosave")
def save(room: str, code: str, step: str) -> ResponseReturnValue:
    """Keep the step's fields; give the draft's version and what the form has seen since. The same sending
    twice gets the same answer.

    Conflict where somebody else changed the same meanwhile: the form itself then shows both versions.
    """
    at = desk(room, code)
    key, body = request.headers.get("Idempotency-Key", ""), sent.body_hash(kept_forms.typed_fields())
    if not 16 <= len(key) <= 64:
        raise RuleBroken("upload.unclear")
    if (known := sent.answered(key, at.actor.user_id, body)) is not None:
        return _told(at, step, known)
    if not at.can_edit:
        raise Conflict("revision.not_in_this_state")
    try:
        return _told(at, step, _keep(at, step, key, body))
    except IntegrityError:  # the same sending arrived at the same moment
        if (known := sent.answered(key, at.actor.user_id, body)) is None:
            raise
        return _told(at, step, known)


def _keep(at: Desk, step: str, key: str, body: str) -> str:
    with transaction():
        noted = sent.note(key, at.actor.user_id, body)
        draft = actions.open_draft(at.actor, at.kind, at.code)
        typed, seen = two_versions.settled(fields_of(at, step), request.form, draft.content)
        actions.save_draft(at.actor, draft, typed, seen_version(at, draft), seen)
        noted.answer = json.dumps({"version": draft.version, "draft": draft.number})
        return noted.answer


def _told(at: Desk, step: str, answer: str) -> Response:
    """With what stands in the form since: what somebody else wrote meanwhile does not stand there."""
    fields = fields_of(at, step)
    told: dict[str, Any] = json.loads(answer)
    response: Response = jsonify(
        told | {"seen": two_versions.seen(fields, two_versions.typed_in(fields, request.form))}
    )
    return response
