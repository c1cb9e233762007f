"""Photographs from the phone in pieces: announced once, sent on from wherever it broke off, taken once."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from werkzeug.exceptions import ClientDisconnected

from catalogue.adapters.pieces import Pieces
from catalogue.adapters.storage import Storage
from catalogue.database import transaction
from catalogue.editorial.actions import add_photograph
from catalogue.editorial.keeping import owner_of
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import NotFound, RuleBroken
from catalogue.media import uploads
from catalogue.media.models import Upload
from catalogue.web.identity import current_actor
from catalogue.web.limits import wait_before_upload
from catalogue.web.studio.answers import OFFSET, tell_scripts
from catalogue.web.studio.rooms import desk
from catalogue.web.workshop import ROOMS

MOST_A_PIECE = 1024 * 1024
CHUNK = 64 * 1024

blueprint = Blueprint("uploads", __name__, url_prefix="/uploads")
tell_scripts(blueprint)


@blueprint.get("")
def who() -> Response:
    """To whom the phone is signed in, and the token with which it may send what it kept."""
    return jsonify(user=_user_id(current_actor()), token=generate_csrf())


@blueprint.post("")
def begin() -> ResponseReturnValue:
    """Announce a photograph for a listing; announced again under the same key it is the same upload."""
    actor, told = current_actor(), request.form
    if wait := wait_before_upload(_user_id(actor)):
        answer: Response = jsonify(error="message.too_many")
        return answer, 429, {"Retry-After": str(wait)}
    room, length = told.get("room", ""), told.get("length", "")
    if room not in ROOMS or not (length.isdecimal() and len(length) < 12):
        raise RuleBroken("upload.unclear")
    at = desk(room, told.get("code", ""))
    announced = uploads.Announced(
        told.get("sha256", ""), int(length), told.get("name", "")[:200], at.kind, at.code
    )
    with transaction():
        upload = uploads.begin(_user_id(actor), request.headers.get("Idempotency-Key", ""), announced)
    return _state(upload, 201)


@blueprint.get("/<int:number>")
def show(number: int) -> ResponseReturnValue:
    """How far a photograph has come."""
    return _state(uploads.upload_of(_user_id(current_actor()), number))


@blueprint.patch("/<int:number>")
def receive(number: int) -> ResponseReturnValue:
    """Keep the next piece; with the last one the photograph joins the listing's draft.

    An empty piece at the end asks once more for what could not be done when the last one came.
    """
    upload = uploads.upload_of(_user_id(current_actor()), number)
    offset = request.headers.get(OFFSET, "")
    if not (offset.isdecimal() and len(offset) < 12) or (request.content_length or 0) > MOST_A_PIECE:
        raise RuleBroken("upload.unclear")
    if not (upload.asset_code and int(offset) == upload.length):
        end = uploads.receive(_pieces(), upload, int(offset), _piece())
        if end == upload.length:
            _finish(upload)
    return _state(upload)


def _finish(upload: Upload) -> None:
    actor = current_actor()
    store: Storage = current_app.extensions["storage"]
    try:
        with transaction():
            owner = owner_of(upload.subject_kind, upload.subject_code)
            asset = uploads.finish(_pieces(), store, actor.name, owner, upload)
            add_photograph(actor, upload.subject_kind, upload.subject_code, asset)
    except RuleBroken as broken:
        if broken.code == "photograph.refused":
            with transaction():
                uploads.forget(_pieces(), upload)
        raise
    _pieces().drop(upload.id)


def _piece() -> bytes:
    """The body, or what of it arrived before the network broke."""
    arrived = bytearray()
    try:
        while chunk := request.stream.read(CHUNK):
            arrived += chunk
    except (ClientDisconnected, OSError):
        pass
    return bytes(arrived)


def _state(upload: Upload, status: int = 200) -> ResponseReturnValue:
    end = uploads.arrived(_pieces(), upload)
    answer: Response = jsonify(
        address=url_for("studio.uploads.show", number=upload.id),
        offset=end,
        length=upload.length,
        asset=upload.asset_code,
    )
    answer.headers[OFFSET] = str(end)
    return answer, status


def _user_id(actor: Actor) -> int:
    if actor.user_id is None:
        raise NotFound("upload.unknown")
    return actor.user_id


def _pieces() -> Pieces:
    pieces: Pieces = current_app.extensions["pieces"]
    return pieces
