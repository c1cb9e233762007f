"""Photographs that arrive in pieces: begun, continued wherever they broke off, and taken exactly once."""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from catalogue.adapters.pieces import Pieces
from catalogue.adapters.storage import Storage
from catalogue.database import db, lock
from catalogue.kernel.errors import Conflict, NotFound, RuleBroken
from catalogue.kernel.photo import MOST_BYTES, Refusal
from catalogue.media.actions import accept_upload
from catalogue.media.models import Upload

# Enough for a day's photographs without a network; more at once is no phone.
MOST_UNFINISHED = 100
KEY = re.compile(r"[\w-]{16,64}", re.ASCII)
SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Announced:
    """What the phone says before it sends: all of it is the same whenever it says it again."""

    sha256: str
    length: int
    name: str
    subject_kind: str
    subject_code: str


def begin(user_id: int, key: str, announced: Announced) -> Upload:
    """The upload of that key: a new one, or the one that was begun before.

    Conflict where the same key meant another photograph; RuleBroken where it cannot be one.
    """
    if not KEY.fullmatch(key) or not SHA256.fullmatch(announced.sha256) or announced.length < 1:
        raise RuleBroken("upload.unclear")
    if announced.length > MOST_BYTES:
        raise RuleBroken("photograph.refused", field="file", reason=Refusal.TOO_LARGE)
    known = _of_key(user_id, key)
    if known is None:
        if _unfinished(user_id) >= MOST_UNFINISHED:
            raise RuleBroken("upload.too_many")
        known = _add(user_id, key, announced)
    if any(getattr(known, name) != value for name, value in asdict(announced).items()):
        raise Conflict("upload.other_content")
    return known


def upload_of(user_id: int, number: int) -> Upload:
    """One of that person's uploads; NotFound for anybody else's."""
    found = db.session.get(Upload, number)
    if found is None or found.user_id != user_id:
        raise NotFound("upload.unknown")
    return found


def arrived(pieces: Pieces, upload: Upload) -> int:
    """How many bytes of it are here."""
    return upload.length if upload.asset_code else min(pieces.size(upload.id), upload.length)


def receive(pieces: Pieces, upload: Upload, offset: int, piece: bytes) -> int:
    """Keep a piece; gives how many bytes are here now. Conflict with that number for one from elsewhere."""
    if offset + len(piece) > upload.length:
        raise RuleBroken("upload.unclear")
    if upload.asset_code:
        raise Conflict("upload.other_offset", offset=upload.length)
    return pieces.append(upload.id, offset, piece) if piece else arrived(pieces, upload)


def finish(pieces: Pieces, store: Storage, actor: str, owner: str, upload: Upload) -> str:
    """Take a photograph of that owner that is here whole; gives its code, however often it is asked for.

    RuleBroken where the bytes are not those that were announced: they are let go and sent once more. The
    bytes stay until `pieces.drop`, after the commit.
    """
    lock(upload)
    if upload.asset_code is None:
        body = pieces.read(upload.id)
        if hashlib.sha256(body).hexdigest() != upload.sha256:
            pieces.drop(upload.id)
            raise RuleBroken("upload.damaged")
        upload.asset_code = accept_upload(store, actor, owner, body, upload.name).asset.code
        db.session.flush()
    return upload.asset_code


def forget(pieces: Pieces, upload: Upload) -> None:
    """Let an upload go that is no photograph."""
    db.session.execute(delete(Upload).where(Upload.id == upload.id))
    pieces.drop(upload.id)


def sweep(pieces: Pieces, before: datetime) -> int:
    """Forget uploads begun before that moment, and bytes that belong to none; how many files went."""
    db.session.execute(delete(Upload).where(Upload.begun_at < before))
    kept = set(db.session.scalars(select(Upload.id).where(Upload.asset_code.is_(None))))
    gone = [number for number in pieces.numbers() if number not in kept]
    for number in gone:
        pieces.drop(number)
    return len(gone)


def _of_key(user_id: int, key: str) -> Upload | None:
    return db.session.scalar(select(Upload).where(Upload.user_id == user_id, Upload.key == key))


def _unfinished(user_id: int) -> int:
    waiting = select(func.count()).select_from(Upload)
    return db.session.scalar(waiting.where(Upload.user_id == user_id, Upload.asset_code.is_(None))) or 0


def _add(user_id: int, key: str, announced: Announced) -> Upload:
    upload = Upload(user_id=user_id, key=key, **asdict(announced))
    try:
        with db.session.begin_nested():
            db.session.add(upload)
    except IntegrityError:  # the same was begun at the same moment
        known = _of_key(user_id, key)
        if known is None:
            raise
        return known
    return upload
