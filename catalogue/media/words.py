"""What people are told about a file that was not taken as a photograph, and what to do now."""

from __future__ import annotations

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from catalogue.kernel.photo import MOST_BYTES, MOST_PIXELS, Refusal

REFUSALS: dict[Refusal, LazyString] = {
    Refusal.UNREADABLE: lazy_gettext("There is no such file, or it cannot be read. Check its name."),
    Refusal.EMPTY: lazy_gettext("This file is empty. Choose the photograph once more and send it again."),
    Refusal.TOO_LARGE: lazy_gettext(
        "This file is larger than %(megabytes)s MB. Send the photograph in a smaller size.",
        megabytes=MOST_BYTES // 1_000_000,
    ),
    Refusal.TOO_MANY_PIXELS: lazy_gettext(
        "This picture has more than %(megapixels)s million pixels. Send it in a smaller size.",
        megapixels=MOST_PIXELS // 1_000_000,
    ),
    Refusal.BOMB: lazy_gettext(
        "This file would take too long to unpack. Open it on your phone, save it as a new picture "
        "and send that one."
    ),
    Refusal.UNSUPPORTED: lazy_gettext(
        "This is not a photograph that we can read. Send it as JPEG, PNG, WebP, AVIF, HEIC, TIFF or GIF."
    ),
    Refusal.TRUNCATED: lazy_gettext(
        "Part of this file is missing: it was not copied or sent to its end. Send it again from the phone "
        "or camera that took it."
    ),
    Refusal.DAMAGED: lazy_gettext(
        "This file is damaged. Open the picture on your phone; if it shows well there, save it as a new "
        "picture and send that one."
    ),
    Refusal.ARCHIVE: lazy_gettext(
        "This file is also a ZIP archive. Take the photographs out of it and send them one by one."
    ),
    Refusal.DOCUMENT: lazy_gettext(
        "This file is also a PDF document. Send the photograph itself, not a document that holds it."
    ),
}
