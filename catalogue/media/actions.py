"""What happens to photographs: received, described, published, placed, turned.

A blob is put before the row that names it, so a row never lacks its blob, and whoever is killed in between
leaves at most a blob without a row, which `upkeep.sweep` removes.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import IntegrityError

from catalogue import audit, outbox
from catalogue.adapters.imaging.containers.anatomy import NotTaken
from catalogue.adapters.storage import Storage
from catalogue.database import db, lock
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now, today
from catalogue.kernel.errors import RuleBroken
from catalogue.kernel.photo import Inspection, Rotation
from catalogue.media import rules
from catalogue.media.models import MediaAsset, Placement
from catalogue.media.queries import asset_of, next_position, placement_of
from catalogue.media.rules import Focus, FocusBy, SubjectKind, Words

ORIGINALS = "originals/"
RENDER = "media.render"
CODE_LENGTH = 16


@dataclass(frozen=True)
class Received:
    """What became of an upload. `is_new`: False where the same photograph was there already."""

    asset: MediaAsset
    inspection: Inspection
    is_new: bool


def accept_upload(store: Storage, actor: str, owner: str, body: bytes, name: str) -> Received:
    """Keep a photograph without what is private in it, and ask for its renditions; it is not shown yet.

    `owner`: the code of the producer whose it is, or `rules.OFFICE`; what another one sent is not looked at.
    `name`: the file's name as it was sent. RuleBroken with the inspection's reason where it is refused.
    """
    from catalogue.adapters.imaging import cleaning, reading  # decoders, 6 MB: only who takes photographs in

    inspection = reading.inspect(body)
    if not inspection.accepted:
        raise RuleBroken("photograph.refused", field="file", reason=inspection.reason)
    received = hashlib.sha256(body).hexdigest()
    if known := asset_of(owner, received, ""):
        return Received(known, inspection, is_new=False)
    try:
        original = cleaning.clean_original(body)
    except NotTaken as refused:
        raise RuleBroken("photograph.refused", field="file", reason=refused.reason) from refused
    kind = reading.recognise(original)
    assert kind is not None  # it was taken
    digest = hashlib.sha256(original).hexdigest()
    code = hashlib.sha256(f"{owner} {digest}".encode()).hexdigest()[:CODE_LENGTH]
    if known := asset_of(owner, received, code):
        return Received(known, inspection, is_new=False)
    # A key of its own each time: a sweep that finds a blob without a row need not fear that one still comes.
    key = f"{ORIGINALS}{digest}-{secrets.token_hex(4)}.{rules.EXTENSIONS[kind]}"
    store.put(key, original, kind=rules.media_type(key))
    asset = MediaAsset(
        code=code,
        owner=owner,
        file_name=rules.file_name(name),
        received_sha256=received,
        received_at=now(),
        received_by=actor,
        original_key=key,
        format=kind,
        width=inspection.width,
        height=inspection.height,
        advice=list(inspection.warnings),
        found_credit=inspection.credit,
        found_rights=inspection.rights,
    )
    try:
        with db.session.begin_nested():
            db.session.add(asset)
    except IntegrityError:  # the same photograph came by another way at the same moment
        other = asset_of(owner, received, code)
        if other is None:
            raise
        return Received(other, inspection, is_new=False)
    outbox.announce(RENDER, asset_id=asset.id)
    return Received(asset, inspection, is_new=True)


def describe(actor: str, asset: MediaAsset, words: Words) -> None:
    """Say other things of a photograph; one that may no longer be shown is taken off the pages.

    RuleBroken where the people shown are to agree on a day that is still to come.
    """
    if words.consent and words.consent.on and words.consent.on > today():
        raise RuleBroken("photograph.consent_ahead", field="consent")
    asset.words, asset.described_by = words, actor
    lacking = rules.missing(words)
    if lacking:
        asset.published_at = asset.published_by = None
    agreed = words.consent.by if words.consent else None
    _note(actor, "describe_photograph", asset, licence=words.licence, agreed=agreed, missing=lacking)


def publish(actor: str, asset: MediaAsset) -> None:
    """Show a photograph wherever it stands; RuleBroken with what it lacks."""
    lacking = rules.missing(asset.words)
    if lacking:
        raise RuleBroken("photograph.incomplete", missing=lacking)
    if asset.published_at is None:
        asset.published_at, asset.published_by = now(), actor
        _note(actor, "publish_photograph", asset)


def place(actor: str, asset: MediaAsset, kind: SubjectKind, code: str) -> Placement:
    """Let a photograph stand on a record, behind those that stand there; twice is once."""
    if known := placement_of(asset.id, kind, code):
        return known
    position = next_position(kind, code)
    placement = Placement(
        asset=asset, subject_kind=kind.value, subject_code=code, position=position, placed_by=actor
    )
    db.session.add(placement)
    _note(actor, "place_photograph", asset, on=f"{kind.value}:{code}")
    return placement


def turn(actor: str, asset: MediaAsset, rotation: Rotation) -> None:
    """Turn a photograph clockwise from upright; pages show it as before until the worker has turned it."""
    lock(asset)  # a worker may be about to say that its files are made
    if asset.rotation != rotation:
        asset.rotation, asset.described_by = rotation, actor
        _render_again(asset)


def set_focus(actor: str, asset: MediaAsset, focus: Focus) -> None:
    """Say where the eye goes, as a point of the upright original."""
    lock(asset)
    if asset.focus != focus or asset.focus_by != FocusBy.PERSON:
        asset.focus_x, asset.focus_y = focus
        asset.focus_by, asset.described_by = FocusBy.PERSON.value, actor
        _render_again(asset)


def _note(actor: str, verb: str, asset: MediaAsset, **detail: Any) -> None:
    """Photographs know people by name only, as their rows do."""
    audit.record(Actor(name=actor), verb, asset, **detail)


def _render_again(asset: MediaAsset) -> None:
    asset.recipe = None
    db.session.flush()
    outbox.announce(RENDER, asset_id=asset.id)
