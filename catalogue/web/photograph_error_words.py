"""What can go wrong with photographs on their way and where they are kept, in words."""

from __future__ import annotations

from flask_babel import lazy_gettext

from catalogue.editorial.forms import PHOTOGRAPHS as PHOTOGRAPHS_FIELD
from catalogue.web.error_pages import Words

PHOTOGRAPHS: dict[str, Words] = {
    "photograph.unknown": Words(
        lazy_gettext("There is no such photograph"),
        lazy_gettext("It was taken off the listing, or it is still being prepared."),
    ),
    "photograph.public": Words(
        lazy_gettext("Readers see this photograph already"),
        lazy_gettext("Take it off and add it again to say other things of it."),
    ),
    "photograph.refused": Words(
        lazy_gettext("This file was not taken as a photograph"),
        lazy_gettext("Go back: beside the file it says why, and what to do."),
    ),
    "photograph.too_many": Words(
        lazy_gettext("The listing has as many photographs as it may have"),
        lazy_gettext("A listing has %(most)s at most. Take one off first.", most=PHOTOGRAPHS_FIELD.most),
    ),
    "photograph.incomplete": Words(
        lazy_gettext("This photograph cannot be shown yet"),
        lazy_gettext(
            "It still needs words for those who do not see it in both languages, who took it, its licence,"
            " or the consent of the people shown."
        ),
    ),
    "photograph.consent_ahead": Words(
        lazy_gettext("The people shown have not agreed yet"),
        lazy_gettext("The day of their consent lies ahead. Give the day on which they agreed."),
    ),
    "upload.unknown": Words(
        lazy_gettext("There is no such photograph on its way"),
        lazy_gettext("It was given up after a month. Choose the photograph once more."),
    ),
    "upload.unclear": Words(
        lazy_gettext("This cannot be read"),
        lazy_gettext("Open the page anew and send the photograph once more."),
    ),
    "upload.other_content": Words(
        lazy_gettext("Another photograph was sent under this number"),
        lazy_gettext("Nothing was changed. Choose the photograph once more."),
    ),
    "upload.other_offset": Words(
        lazy_gettext("This part is here already"),
        lazy_gettext("Sending goes on where it broke off."),
    ),
    "upload.damaged": Words(
        lazy_gettext("The photograph was damaged on its way"),
        lazy_gettext("It is sent once more from the beginning."),
    ),
    "upload.too_many": Words(
        lazy_gettext("A hundred photographs are on their way already"),
        lazy_gettext("Wait until some of them have arrived."),
    ),
    "storage.unreachable": Words(
        lazy_gettext("The photographs cannot be reached just now"),
        lazy_gettext("Please try again in a few minutes. Nothing that was kept is lost."),
    ),
}
