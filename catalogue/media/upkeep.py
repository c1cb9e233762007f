"""Files made of photographs: made, made again, and swept away. Only the worker renders."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, update

from catalogue import outbox
from catalogue.adapters.imaging import rendering
from catalogue.adapters.imaging.advice import look
from catalogue.adapters.storage import Storage
from catalogue.database import db, lock
from catalogue.kernel.photo import RECIPE, Encoded
from catalogue.kernel.photo_advice import advice_for
from catalogue.media import rules
from catalogue.media.actions import ORIGINALS, RENDER
from catalogue.media.models import MediaAsset, Rendition
from catalogue.media.queries import original_keys, rendition_paths, to_be_rendered
from catalogue.media.rules import Focus, FocusBy


@dataclass
class Swept:
    """What a sweep found: blobs without a row and unfinished files, both gone; photographs whose renditions
    were missing and are made again; and originals that are lost."""

    orphans: int = 0
    unfinished: int = 0
    made_again: int = 0
    lost: list[str] = field(default_factory=list)


def make_renditions(store: Storage, asset_id: int) -> str | None:
    """Make every file that pages show of a photograph, unless they are there; safe to run twice.

    Gives the photograph's code where its files were made.
    All of them replace the earlier ones at once. What was turned meanwhile is left to the message that the
    turning announced.
    """
    asset = db.session.get(MediaAsset, asset_id)
    if asset is None or asset.is_rendered:
        return None
    seen = _settings(asset)
    original = store.read(asset.original_key)
    portrait, looked = rendering.portrait(original), look(original)
    focus = portrait.focus if asset.focus_by == FocusBy.GUESS else asset.focus
    rows = []
    focal = rules.turned(focus, asset.rotation)
    for encoded in rendering.render(original, rotation=asset.rotation, focal=focal):
        row = _rendition(asset, focal, encoded)
        store.put(rules.RENDITIONS + row.path, encoded.body, kind=rules.media_type(row.path))
        rows.append(row)
    # Only now the row is locked, for as long as it takes to write a few more.
    lock(asset)
    if _settings(asset) != seen:
        return None
    _forget_renditions([asset.id])
    db.session.add_all(rows)
    asset.focus_x, asset.focus_y = focus
    asset.colour = portrait.colour
    asset.fingerprint = looked.fingerprint
    asset.advice = list(advice_for(asset.advice, looked.measured))
    asset.placeholder = "data:image/webp;base64," + base64.b64encode(portrait.placeholder).decode("ascii")
    asset.recipe = RECIPE
    db.session.flush()
    return asset.code


def _settings(asset: MediaAsset) -> tuple[object, ...]:
    """What the files depend on, and whether another worker has made them: all that may change meanwhile."""
    return asset.recipe, asset.rotation, asset.focus_by, asset.focus


def _rendition(asset: MediaAsset, focal: Focus, encoded: Encoded) -> Rendition:
    edition = rules.edition(RECIPE, asset.rotation)
    if encoded.purpose == "card":
        path = rules.card_path(edition, asset.code, asset.file_name, focal, encoded.format)
    else:
        path = rules.view_path(edition, asset.code, asset.file_name, encoded.width, encoded.format)
    return Rendition(
        asset_id=asset.id,
        recipe=RECIPE,
        rotation=asset.rotation,
        purpose=encoded.purpose,
        format=encoded.format,
        width=encoded.width,
        height=encoded.height,
        size=len(encoded.body),
        path=path,
    )


def _forget_renditions(asset_ids: Iterable[int]) -> None:
    """Their rows only: the blobs go with the next sweep, so that a page just sent still finds them."""
    for asset_id in asset_ids:
        db.session.execute(delete(Rendition).where(Rendition.asset_id == asset_id))


def complete() -> int:
    """Ask for the renditions that are missing or of an earlier recipe; how many photographs that are.

    What was given up is left to an operator: asking again would fail again.
    """
    asked = {payload["asset_id"] for payload in outbox.asked(RENDER)}
    lacking = to_be_rendered()
    for asset_id in lacking:
        if asset_id not in asked:
            outbox.announce(RENDER, asset_id=asset_id)
    return len(lacking)


def rebuild() -> int:
    """Ask for all renditions anew; pages show the earlier ones until then. How many photographs that are."""
    db.session.execute(update(MediaAsset).values(recipe=None))
    return complete()


def sweep(store: Storage, before: datetime) -> Swept:
    """Bring rows and blobs together. What was written after `before` may belong to work under way."""
    swept = Swept(unfinished=store.clear_unfinished(before))
    # Blobs before rows: whatever is committed between the two readings is then among the rows.
    blobs = [blob for folder in (ORIGINALS, rules.RENDITIONS) for blob in store.blobs(folder)]
    there = {blob.key for blob in blobs}
    originals = original_keys()
    renditions = {rules.RENDITIONS + path: asset_id for path, asset_id in rendition_paths().items()}
    for blob in blobs:
        if blob.key not in originals and blob.key not in renditions and _is_older(store, blob.key, before):
            store.delete(blob.key)
            swept.orphans += 1
    swept.lost = sorted(key for key in originals - there if not store.exists(key))
    bare = {asset_id for key, asset_id in renditions.items() if key not in there and not store.exists(key)}
    swept.made_again = len(bare)
    _forget_renditions(bare)
    for asset_id in bare:
        asset = db.session.get_one(MediaAsset, asset_id)
        asset.recipe = None
        db.session.flush()
        outbox.announce(RENDER, asset_id=asset_id)
    return swept


def _is_older(store: Storage, key: str, before: datetime) -> bool:
    """Asked once more: a worker may have written a file anew that nothing named when we looked."""
    blob = store.blob(key)
    return blob is not None and blob.changed < before
