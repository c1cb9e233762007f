"""What an error page says, and what is said of every error that has no words of its own."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString


@dataclass(frozen=True)
class Words:
    """What an error page says. `nearest`: the list that comes closest to what was asked for."""

    title: LazyString
    text: LazyString
    nearest: str = "home"


# By status: what is said of every error that has no words of its own.
PAGES: dict[int, Words] = {
    400: Words(
        lazy_gettext("This request cannot be read"),
        lazy_gettext("Something in the address or the form is not as it should be. Go back and try again."),
    ),
    403: Words(
        lazy_gettext("This page is not yours to open"),
        lazy_gettext("You are signed in, but this belongs to somebody else or to another task."),
    ),
    404: Words(
        lazy_gettext("There is no page here"),
        lazy_gettext("The address may be mistyped, or the page has moved. Search, or start from a list."),
    ),
    405: Words(
        lazy_gettext("This page cannot be used that way"),
        lazy_gettext("Open it by its address instead."),
    ),
    410: Words(
        lazy_gettext("This page was taken down"),
        lazy_gettext("What stood here was removed for good. Search, or start from a list."),
    ),
    413: Words(
        lazy_gettext("That is too much to send at once"),
        lazy_gettext("Send a smaller file or a shorter text."),
    ),
    429: Words(
        lazy_gettext("That was too much within a minute"),
        lazy_gettext("Wait a minute, then try again."),
    ),
    500: Words(
        lazy_gettext("Something broke on our side"),
        lazy_gettext("It was noted and will be looked at. Please try again in a few minutes."),
    ),
    503: Words(
        lazy_gettext("The site cannot answer just now"),
        lazy_gettext("Please try again in a few minutes."),
    ),
}
# By code: errors of our own that can say more.
