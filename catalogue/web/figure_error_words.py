"""What is told of a published figure that cannot be kept; its form says the same beside the field."""

from __future__ import annotations

from flask_babel import lazy_gettext

from catalogue.web.error_pages import Words

NOT_KEPT = lazy_gettext("The figure was not kept")
FIGURES: dict[str, Words] = {
    "figure.year": Words(NOT_KEPT, lazy_gettext("Its year is not one that the resolution is about.")),
    "figure.value": Words(NOT_KEPT, lazy_gettext("Write a number, such as 8.3.")),
    "figure.url": Words(
        NOT_KEPT, lazy_gettext("Give the whole address of the page, beginning with https://.")
    ),
    "figure.published_later": Words(NOT_KEPT, lazy_gettext("This day has not come yet.")),
    "figure.before_its_end": Words(
        NOT_KEPT, lazy_gettext("It was published before its last month began. Look at both once more.")
    ),
    "figure.percent": Words(
        NOT_KEPT, lazy_gettext("In % a value lies between −100 and 100. Look at the decimal point.")
    ),
    "figure.indicator": Words(NOT_KEPT, lazy_gettext("Say in Vietnamese what it measures.")),
    "figure.unit": Words(NOT_KEPT, lazy_gettext("Say its unit in Vietnamese.")),
}
