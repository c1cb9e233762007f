"""The original as it is kept: the same pixels, with nothing that tells where somebody lives."""

from __future__ import annotations

from catalogue.adapters.imaging.containers import gif, heif, jpeg, png, tiff, webp
from catalogue.adapters.imaging.containers.anatomy import NotTaken
from catalogue.adapters.imaging.reading import open_source, recognise, told
from catalogue.kernel.photo import Refusal

CLEANERS = {
    "jpeg": jpeg.without_location,
    "png": png.without_location,
    "webp": webp.without_location,
    "gif": gif.without_location,
    "tiff": tiff.without_location,
    "heic": heif.without_location,
    "avif": heif.without_location,
}


def clean_original(body: bytes) -> bytes:
    """An accepted file without position, makers' notes, previews and trailer, its pixels the same to the bit.

    The orientation, the colour profile, and what is said of author and rights stay. Raises NotTaken.
    """
    kind = recognise(body)
    if kind not in CLEANERS:
        raise NotTaken(Refusal.UNSUPPORTED)
    clean = CLEANERS[kind](body)
    before, after = open_source(body), open_source(clean)
    # In a broken file, or one that was made to deceive, what tells may lie upon what is needed.
    if (after.size, after.orientation) != (before.size, before.orientation) or "gps" in told(after.anatomy)[
        0
    ]:
        raise NotTaken(Refusal.DAMAGED)
    return clean
