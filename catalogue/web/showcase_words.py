"""Collections in words: what they show, what a place rests on, what somebody lacks, on which days."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from catalogue.showcase.rules import CollectionKind, Criterion, Lack, Phase, Window
from catalogue.web import dates
from catalogue.web.error_pages import Words

KINDS: dict[str, LazyString] = {
    CollectionKind.EXPORTERS: lazy_gettext("Featured exporters"),
    CollectionKind.GIFTS: lazy_gettext("A set of gifts"),
    CollectionKind.FAIR: lazy_gettext("A pavilion at a trade fair"),
}
CRITERIA: dict[str, LazyString] = {
    Criterion.YEARS: lazy_gettext("Years of direct export"),
    Criterion.CERTIFICATES: lazy_gettext("Confirmed certificates in force"),
    Criterion.MARKETS: lazy_gettext("Markets"),
    Criterion.CAPACITY: lazy_gettext("How much can be made"),
    Criterion.COMPLETE: lazy_gettext("Complete details"),
}
LACKS: dict[Lack, LazyString] = {
    Lack.GONE: lazy_gettext("it has left the catalogue"),
    Lack.CERTIFICATE: lazy_gettext("no certificate that staff confirmed is in force"),
    Lack.MARKET: lazy_gettext("no source names a country that it sells to"),
    Lack.VIETNAMESE: lazy_gettext("the name or the short text is missing in Vietnamese"),
    Lack.ENGLISH: lazy_gettext("the name or the short text is missing in English"),
    Lack.CAPACITY: lazy_gettext("nobody has said how much can be made"),
}
PHASES: dict[Phase, LazyString] = {
    Phase.RUNNING: lazy_gettext("On show"),
    Phase.PLANNED: lazy_gettext("Planned"),
    Phase.DRAFT: lazy_gettext("Draft"),
    Phase.PAST: lazy_gettext("Archive"),
}
PHASE_KIND = {Phase.RUNNING: "fact", Phase.PLANNED: "wait", Phase.DRAFT: "none", Phase.PAST: "past"}

ERRORS: dict[str, Words] = {
    "collection.unknown": Words(
        lazy_gettext("No collection has this address"),
        lazy_gettext("The address may be mistyped. All collections, those of before too, are in the list."),
        "collections",
    ),
    "feature.unknown": Words(
        lazy_gettext("This place is not on the board"),
        lazy_gettext("Somebody may have taken it off, or its days are over. Look at the board again."),
    ),
    "board.changed_meanwhile": Words(
        lazy_gettext("Nothing was taken back"),
        lazy_gettext("Somebody changed the board after you opened it. Look at it again; this is the newest."),
    ),
    "board.was_seen": Words(
        lazy_gettext("Nothing was taken back"),
        lazy_gettext(
            "Readers have seen it meanwhile, and taking this back would change what the archive tells."
            " Change what is to come: give the place anew, or write other days."
        ),
    ),
    "collection.known": Words(
        lazy_gettext("A collection of this name was begun a moment ago"),
        lazy_gettext("Look for it on the board first. Give this one another name if you want both."),
    ),
    "collection.name_missing": Words(
        lazy_gettext("The name is missing"),
        lazy_gettext("Write the name in this language, such as “Gifts for the New Year”."),
    ),
    "collection.end_without_start": Words(
        lazy_gettext("The first day is missing"),
        lazy_gettext("A last day needs a first day before it."),
    ),
    "collection.has_begun": Words(
        lazy_gettext("It has begun already"),
        lazy_gettext("Readers have seen it since its first day, so that day stays."),
    ),
    "collection.is_over": Words(
        lazy_gettext("It is over"),
        lazy_gettext("This collection is archive now: its days and places stay. Begin a new one."),
    ),
    "collection.begins_in_the_past": Words(
        lazy_gettext("This day is past"),
        lazy_gettext("The first day can be today or later."),
    ),
    "collection.ends_in_the_past": Words(
        lazy_gettext("This day is past"),
        lazy_gettext("The last day can be today or later."),
    ),
    "window.upside_down": Words(
        lazy_gettext("The days are the wrong way round"),
        lazy_gettext("The last day comes after the first."),
    ),
    "feature.nobody": Words(
        lazy_gettext("Nobody was chosen"),
        lazy_gettext("Choose one of the list, or type its code as it stands there."),
    ),
    "feature.begins_in_the_past": Words(
        lazy_gettext("This day is past"),
        lazy_gettext("The first day can be today or later; the first day of what was on show stays."),
    ),
    "feature.after_the_end": Words(
        lazy_gettext("The collection has ended by then"),
        lazy_gettext("The first day lies within the days of the collection."),
    ),
    "feature.ends_in_the_past": Words(
        lazy_gettext("This day is past"),
        lazy_gettext("The last day can be today or later. To end it now, take it off the board."),
    ),
    "feature.too_many": Words(
        lazy_gettext("The board is full"),
        lazy_gettext("Forty places are enough for one collection. Take one off first."),
    ),
    "feature.twice": Words(
        lazy_gettext("It stands here already"),
        lazy_gettext("It has a place in this collection on some of these days."),
    ),
    "feature.reason_missing": Words(
        lazy_gettext("The reason is missing"),
        lazy_gettext("Say why in this language, in a sentence that can be checked; readers see it."),
    ),
    "feature.source_missing": Words(
        lazy_gettext("The source is missing"),
        lazy_gettext("The catalogue does not count years of export: give the address of a page that does."),
    ),
    "feature.unfit": Words(
        lazy_gettext("It cannot be featured"),
        lazy_gettext("Something that featuring needs is missing."),
    ),
    "feature.two_already": Words(
        lazy_gettext("This maker has two places already"),
        lazy_gettext("No maker holds more than two places on one day. Choose other days, or free a place."),
    ),
}


def days(window: Window | None) -> str:
    """1 Dec 2026 to 31 Jan 2027, from 1 Dec 2026, and where it was taken off before its end, that day."""
    if window is None:
        return gettext("no days yet")
    first = dates.day(window.starts)
    if window.taken_off:
        return gettext("%(first)s, taken off on %(day)s", first=first, day=dates.day(window.taken_off))
    if window.ends is None:
        return gettext("from %(day)s", day=first)
    if window.ends == window.starts:
        return first
    return gettext("%(first)s to %(last)s", first=first, last=dates.day(window.ends))


def missing(lacks: tuple[Lack, ...]) -> str:
    """What somebody lacks, in a line."""
    return "; ".join(str(LACKS[lack]) for lack in lacks)


def iso(day: date | None) -> str:
    """A day as its input holds it; empty for none."""
    return day.isoformat() if day else ""
