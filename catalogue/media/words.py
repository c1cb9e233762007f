"""What people are told about a file that was not taken as a photograph or could be better, and what to do."""

from __future__ import annotations

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from catalogue.kernel.photo import MOST_BYTES, MOST_PIXELS, Advice, Refusal

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
        "We cannot read pictures of this kind. Save the photograph as JPEG or PNG and send that one."
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
# Advice is an offer: the picture is taken all the same.
ADVICE: dict[Advice, LazyString] = {
    Advice.TOO_SMALL: lazy_gettext(
        "This picture is small and will look coarse on a large screen. If you have it larger, send the file"
        " from the phone or camera itself, not one that came through a chat."
    ),
    Advice.RIBBON: lazy_gettext(
        "This picture is very long and narrow, so little of it can be seen on a page. Cut it closer to the"
        " shape of a postcard."
    ),
    Advice.TRAILER: lazy_gettext(
        "There was a short film or other data behind this picture. It was left out; the picture is whole."
    ),
    Advice.FRAMES: lazy_gettext(
        "There is more than one picture in this file. Only the first is shown; send the others one by one."
    ),
    Advice.TRANSPARENT: lazy_gettext(
        "Parts of this picture are see-through. They are shown white. If something white is lost there, send"
        " it on a coloured ground."
    ),
    Advice.PROFILE_UNREADABLE: lazy_gettext(
        "What this file says about its colours cannot be read. Look whether they are right on the page; if"
        " not, save it once more as an ordinary JPEG."
    ),
    Advice.HIGH_DYNAMIC_RANGE: lazy_gettext(
        "This picture is stored for very bright screens. Look whether it is right on the page; if not, save"
        " it once more as an ordinary JPEG."
    ),
    Advice.TOO_DARK: lazy_gettext(
        "This picture is very dark. Take it again by day, near a window or outside in the shade, with the"
        " light behind you."
    ),
    Advice.BURNT_OUT: lazy_gettext(
        "Much of this picture is so bright that nothing can be seen there. Take it again out of the full sun"
        " or further from the lamp."
    ),
    Advice.BLURRED: lazy_gettext(
        "Nothing in this picture is quite sharp. Wipe the lens, hold the phone with both hands, tap the thing"
        " on the screen and take it again."
    ),
    Advice.SCREENSHOT: lazy_gettext(
        "This looks like a picture of a screen. Send the photograph itself: it is sharper and has no writing"
        " around it."
    ),
    Advice.COLLAGE: lazy_gettext(
        "This looks like several pictures in one. Send them one by one: each can then be seen large."
    ),
    Advice.NEAR_COPY: lazy_gettext(
        "You have a picture that is nearly the same. One from another side would tell buyers more."
    ),
}
# For staff, where the other picture belongs to another maker; the maker is not told.
POSSIBLE_COPY = lazy_gettext(
    "Possible copy: another maker has a picture that is nearly the same. Ask who took it before it is shown."
)
