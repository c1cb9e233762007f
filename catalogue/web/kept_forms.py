"""A form whose sender was signed out, or whose token ran out, is kept and shown again."""

from __future__ import annotations

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.datastructures import MultiDict

from catalogue.accounts.queries import user
from catalogue.adapters.papers import DRAFT
from catalogue.adapters.storage import Storage
from catalogue.database import transaction
from catalogue.editorial import sent
from catalogue.editorial.keeping import owner_of
from catalogue.editorial.rules import may_write
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import RuleBroken
from catalogue.media.actions import accept_upload
from catalogue.producers.queries import actor_of
from catalogue.web import papers
from catalogue.web.workshop import ROOMS

# What belongs to the sending and not to the typing.
NOT_TYPED = {"csrf_token", "seal"}
MOST_SIGNS = 200_000
PHOTOGRAPHS = "photographs"


def seal(actor: Actor) -> str:
    """Shows later to whom we gave the form, however long ago that was."""
    return str(_signer().dumps(actor.user_id))


def rescue() -> str | None:
    """Keep the form of this request for the person it was given to; where it will be found, None for none."""
    try:
        user_id = int(_signer().loads(request.form.get("seal", "")))
    except (BadSignature, TypeError, ValueError):
        return None
    fields = typed_fields()
    if sum(len(text) for texts in fields.values() for text in texts) > MOST_SIGNS:
        return None
    draft = request.form.get("draft", "")
    if DRAFT.fullmatch(draft):
        papers.take(draft)  # what is no paper is chosen again, and refused in words
    with transaction():
        if codes := _photographs(actor_of(user(user_id))):
            fields[PHOTOGRAPHS] = codes
        key = sent.keep(user_id, request.path, fields)
    return f"{request.path}?kept={key}"


def found(actor: Actor) -> MultiDict[str, str] | None:
    """What the person had typed into this page before; None where nothing was kept."""
    key = request.args.get("kept", "")
    fields = sent.kept(actor.user_id, key, request.path) if key else None
    return None if fields is None else MultiDict((name, text) for name in fields for text in fields[name])


def kept_photographs(actor: Actor) -> list[str]:
    """The codes of photographs that came with a form of this page before and stand nowhere yet."""
    typed = found(actor)
    return typed.getlist(PHOTOGRAPHS) if typed else []


def _photographs(person: Actor) -> list[str]:
    """Take the photographs of this request, so that nobody has to choose them again; gives their codes."""
    files, at = request.files.getlist("file"), request.view_args or {}
    if not files or at.get("room") not in ROOMS:
        return []
    owner = owner_of(ROOMS[at["room"]], at["code"])
    if not may_write(person, owner):
        return []
    store: Storage = current_app.extensions["storage"]
    codes = []
    for file in files:
        try:
            received = accept_upload(store, person.name, owner, file.read(), file.filename or "")
        except RuleBroken:  # it is no photograph: chosen again, it is refused in words
            continue
        codes.append(received.asset.code)
    return codes


def typed_fields() -> dict[str, list[str]]:
    """Everything that was typed or chosen in the form of this request."""
    return {name: texts for name, texts in request.form.lists() if name not in NOT_TYPED}


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="listing form")
