"""A photograph that readers do not see yet, shown to whoever works on it."""

from __future__ import annotations

from contextlib import suppress

from flask import Response, current_app

from catalogue.adapters.storage import Storage
from catalogue.kernel.errors import NotFound
from catalogue.media.models import MediaAsset
from catalogue.media.rules import RENDITIONS, media_type

# What every browser shows by itself.
SHOWN = {"jpeg", "png", "webp", "gif"}
ENOUGH = 640  # pixels across; a thumbnail need not be larger


def private_picture(asset: MediaAsset, *, full: bool = False) -> Response:
    """A small rendition where there is one, else the cleaned original; NotFound while there is neither.

    `full`: the largest that there is.
    """
    store: Storage = current_app.extensions["storage"]
    views = [row for row in asset.renditions if row.purpose == "view" and row.format == "jpeg"]
    views.sort(key=lambda row: row.width)
    wide = views[-1:] if full else [row for row in views if row.width >= ENOUGH] or views[-1:]
    with suppress(FileNotFoundError):  # deleted; the next sweep has it made again
        if wide:
            return Response(store.read(RENDITIONS + wide[0].path), mimetype="image/jpeg")
    if asset.format not in SHOWN:
        raise NotFound("photograph.unknown")
    return Response(store.read(asset.original_key), mimetype=media_type(asset.original_key))
