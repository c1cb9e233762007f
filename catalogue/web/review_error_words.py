"""What people are told when a version of a listing cannot be decided, or a person cannot be shut out."""

from __future__ import annotations

from flask_babel import lazy_gettext

from catalogue.web.error_pages import Words

TOO_FAR = lazy_gettext("Choose a day within the next two years.")

REVIEWS: dict[str, Words] = {
    "revision.unknown": Words(
        lazy_gettext("There is no such version"),
        lazy_gettext("The listing has a list of all its versions."),
    ),
    "revision.changed_meanwhile": Words(
        lazy_gettext("Somebody else was quicker"),
        lazy_gettext("Nothing was overwritten. Open the listing again: it shows the newest version."),
    ),
    "revision.not_in_this_state": Words(
        lazy_gettext("This cannot be done any more"),
        lazy_gettext("Somebody has sent, decided or closed this version meanwhile. Open the listing again."),
    ),
    "revision.nothing_public": Words(
        lazy_gettext("Readers do not see this listing"),
        lazy_gettext("Choose one of its earlier versions and bring it back."),
    ),
    "revision.nothing_changed": Words(
        lazy_gettext("Nothing was changed"),
        lazy_gettext("The listing says already what you sent."),
    ),
    "revision.needs_review": Words(
        lazy_gettext("This has to be looked at first"),
        lazy_gettext(
            "Price, stock, season and opening hours are yours alone; the rest goes to the office first."
        ),
    ),
    "revision.incomplete": Words(
        lazy_gettext("Something is missing"),
        lazy_gettext("The last step of the editor names what is missing."),
    ),
    "revision.not_assisted": Words(
        lazy_gettext("There is nothing to confirm"),
        lazy_gettext("Nobody of the office has written this version."),
    ),
    "review.own": Words(
        lazy_gettext("Somebody else has to decide this"),
        lazy_gettext("Nobody decides about what they wrote, and only reviewers decide."),
    ),
    "review.without_reason": Words(
        lazy_gettext("A reason is missing"),
        lazy_gettext("The maker has to know what to change."),
    ),
    "review.taken": Words(
        lazy_gettext("A colleague has this in hand"),
        lazy_gettext("Ask her, or take the file over; then two people never decide the same thing."),
    ),
    "review.not_in_hand": Words(
        lazy_gettext("You do not have this file in hand"),
        lazy_gettext("Open it again: it shows who has it."),
    ),
    "review.day_is_past": Words(
        lazy_gettext("This day has passed already"),
        lazy_gettext("Choose today or a later day."),
    ),
    "review.day_too_far": Words(lazy_gettext("This day lies too far ahead"), TOO_FAR),
    "review.moment_too_far": Words(lazy_gettext("This moment lies too far ahead"), TOO_FAR),
    "people.without_reason": Words(
        lazy_gettext("A reason is missing"),
        lazy_gettext("Whoever reads the log later has to understand it."),
    ),
    "review.moment_is_past": Words(
        lazy_gettext("This moment has passed already"),
        lazy_gettext("Choose a later one, or publish now."),
    ),
}
