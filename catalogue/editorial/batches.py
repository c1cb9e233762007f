"""Photographs of many listings in one ZIP: matched by the codes in their names, taken in one by one."""

from __future__ import annotations

import re
import secrets
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from catalogue import outbox
from catalogue.adapters import archives
from catalogue.adapters.storage import Storage
from catalogue.database import db
from catalogue.editorial import actions, overview, rules
from catalogue.editorial.models import PhotographBatch
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now
from catalogue.kernel.errors import CatalogueError, NotFound, OutsideFailure
from catalogue.kernel.text import slug
from catalogue.media.actions import accept_upload

TAKE_IN = "photographs.take_in"
FOLDER = "archives/"
LASTS = timedelta(days=30)
LONGEST_NAME = 200
# What became of a file; a refused one has the reason as well, as a code of `web/studio/batches.py`.
WAITING, TAKEN, REFUSED = "waiting", "taken", "refused"
NO_LISTING = "no_listing"


def code_in(name: str, owners: Mapping[str, str]) -> str | None:
    """The listing that a file's name begins with: `khan-det 2.JPG`, `Khan-Det_mat sau.jpg`, or by its maker's
    own number `SP-02.jpg`; the longest that fits, None where none does, or a number is of two makers.
    `owners`: the maker of each listing."""
    stem = slug(re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name).replace("_", "-"))
    called = _own_numbers(owners) | {code: code for code in owners}
    fitting = [start for start in called if stem == start or stem.startswith(f"{start}-")]
    return called[max(fitting, key=len)] if fitting else None


def _own_numbers(owners: Mapping[str, str]) -> dict[str, str]:
    """The code of each listing by the number that its maker gave it in a sheet (`dry_run`)."""
    numbers = [
        (code.removeprefix(f"{maker}-"), code)
        for code, maker in owners.items()
        if code.startswith(f"{maker}-")
    ]
    times = Counter(number for number, _ in numbers)
    return {number: code for number, code in numbers if times[number] == 1}


def receive(actor: Actor, kind: str, store: Storage, name: str, body: bytes) -> PhotographBatch:
    """Keep an archive and ask for its photographs to be taken in; RuleBroken where it cannot be."""
    assert actor.user_id is not None, "the door lets in nobody unknown"
    own = {code: maker for code, maker in overview.owners(kind).items() if rules.may_write(actor, maker)}
    entries: list[Any] = []
    for member in archives.members(body):
        code = code_in(member.name, own)
        state = {"state": WAITING} if code else {"state": REFUSED, "reason": NO_LISTING}
        entries.append({"place": member.place, "name": member.name, "code": code, **state})
    batch = PhotographBatch(
        key=secrets.token_urlsafe(16),
        user_id=actor.user_id,
        kind=kind,
        name=name[:LONGEST_NAME],
        entries=entries,
    )
    if _next(batch) is not None:
        store.put(_blob(batch), body, kind="application/zip")
        outbox.announce(TAKE_IN, key=batch.key)
    db.session.add(batch)
    db.session.flush()
    return batch


def found(actor: Actor, key: str) -> PhotographBatch:
    """An archive that this person sent; NotFound for everybody else."""
    batch = db.session.get(PhotographBatch, key)
    if batch is None or batch.user_id != actor.user_id:
        raise NotFound("archive.unknown")
    return batch


def take_in_next(actor: Actor, store: Storage, batch: PhotographBatch) -> None:
    """Put the next photograph on the draft of its listing, and ask for the one after it."""
    entry = _next(batch)
    if entry is not None:
        try:
            with db.session.begin_nested():
                _take_in(actor, store, batch, entry)
            told = {"state": TAKEN}
        except OutsideFailure:
            raise  # passes: the worker tries again
        except CatalogueError as refused:
            told = {"state": REFUSED, "reason": str(refused.parameters.get("reason", refused.code))}
        batch.entries = [one | told if one is entry else one for one in batch.entries]
        db.session.flush()
    if _next(batch) is not None:
        outbox.announce(TAKE_IN, key=batch.key)


def sweep(store: Storage, before: datetime) -> int:
    """Remove the archives of which every photograph was taken in, and those that nothing names; how many.

    Not sooner: whoever is killed before the last photograph is committed takes it in again. What was
    written after `before` may belong to work under way.
    """
    _forget_old()
    there = list(store.blobs(FOLDER))
    kept = {_blob(batch) for batch in db.session.scalars(select(PhotographBatch)) if _next(batch) is not None}
    gone = [blob.key for blob in there if blob.key not in kept and blob.changed < before]
    for key in gone:
        store.delete(key)
    return len(gone)


def _forget_old() -> None:
    db.session.execute(delete(PhotographBatch).where(PhotographBatch.received_at < now() - LASTS))


def _take_in(actor: Actor, store: Storage, batch: PhotographBatch, entry: dict[str, Any]) -> None:
    body = archives.unpacked(store.read(_blob(batch)), entry["place"])
    draft = actions.open_draft(actor, batch.kind, entry["code"])
    received = accept_upload(store, actor.name, draft.producer_code, body, entry["name"])
    actions.add_photograph(actor, batch.kind, entry["code"], received.asset.code)


def _next(batch: PhotographBatch) -> dict[str, Any] | None:
    return next((one for one in batch.entries if one["state"] == WAITING), None)


def _blob(batch: PhotographBatch) -> str:
    return f"{FOLDER}{batch.key}.zip"
