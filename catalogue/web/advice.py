"""What helps a listing next, why it came back, and when it will be public, in plain words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from catalogue.editorial.completeness import Advice
from catalogue.editorial.models import Revision
from catalogue.editorial.rules import State
from catalogue.kernel.clock import LOCAL
from catalogue.web import dates, listing_words

NEXT_STEPS: dict[str, LazyString] = {
    "photograph": lazy_gettext("Add a photograph in daylight"),
    "vietnamese": lazy_gettext("Write the name and one line in Vietnamese"),
    "english": lazy_gettext("Write the name and one line in English, or leave it to the office"),
    "price": lazy_gettext("Give a price, or say that it is on request"),
    "story": lazy_gettext("Tell its story: who makes it, how long it takes"),
    "own_story": lazy_gettext("Tell your story: who you are, how you began"),
    "category": lazy_gettext("Say what kind of product it is"),
    "material": lazy_gettext("Say what it is made of"),
    "size": lazy_gettext("Measure it: size or weight"),
    "unit": lazy_gettext("Say by what it is sold: piece, kilo, bunch"),
    "stock": lazy_gettext("Say whether there is some now"),
    "minimum_order": lazy_gettext("Say how much one must order at least"),
    "capacity": lazy_gettext("Say how much you can make in a month"),
    "lead_time": lazy_gettext("Say how many days an order takes"),
    "season": lazy_gettext("Mark the months in which there is some"),
    "hs_code": lazy_gettext("Choose an HS code, or leave it to the office"),
    "keywords": lazy_gettext("Add other names that people search for"),
    "opening_hours": lazy_gettext("Write your opening hours"),
    "way": lazy_gettext("Say how to get to you"),
    "visiting": lazy_gettext("Say what visitors should know"),
    "languages": lazy_gettext("Say which languages you speak with visitors"),
}


def todo(advice: Advice | None, address: Callable[..., str]) -> dict[str, str] | None:
    """One thing to do, and where; None where nothing is left."""
    if advice is None:
        return None
    if advice.step == "photographs":
        return {"text": str(NEXT_STEPS[advice.code]), "href": address("photographs.show")}
    return {"text": str(NEXT_STEPS[advice.code]), "href": address("editor.show", step=advice.step)}


def reasons(revision: Revision | None) -> list[str]:
    """Why a draft came back, as the office said it."""
    if revision is None or revision.state != State.RETURNED:
        return []
    chosen = [str(listing_words.REASONS[reason]) for reason in revision.reasons]
    return chosen + ([revision.reason] if revision.reason else [])


def moment(value: datetime) -> str:
    """Day and hour on the wall in Đà Lạt, and that it is that wall."""
    local = value.astimezone(LOCAL)
    return gettext(
        "%(day)s, %(time)s (Vietnam time)", day=dates.day(local.date()), time=local.strftime("%H:%M")
    )


def version_line(revision: Revision) -> dict[str, Any]:
    """A revision in a list of versions."""
    since, until = revision.published_at, revision.archived_at
    if since and until:
        standing = gettext("Public from %(since)s to %(until)s", since=_day(since), until=_day(until))
    elif since:
        standing = gettext("Public since %(since)s", since=_day(since))
    else:
        standing = str(listing_words.STATES[revision.state])
    return {
        "number": revision.number,
        "standing": standing,
        "author": revision.author or gettext("The catalogue’s sources"),
        "saved": moment(revision.saved_at),
        "is_open": revision.is_open,
        "is_live": revision.state == State.PUBLISHED,
    }


def _day(value: datetime) -> str:
    return dates.day(value.astimezone(LOCAL).date())
