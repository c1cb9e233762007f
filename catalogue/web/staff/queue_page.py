"""The queue as pages show it: the parts of the desk, the lines of one, and the few beside an open file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for
from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from catalogue.archive import archived_too
from catalogue.editorial import queue, rules
from catalogue.editorial.models import Revision
from catalogue.editorial.queue import Show, Sort, Wanted
from catalogue.editorial.rules import State
from catalogue.producers.queries import producers_by_code
from catalogue.web import advice, listing_words
from catalogue.web.identity import current_actor
from catalogue.web.language import read
from catalogue.web.staff import lists
from catalogue.web.staff.due import due, is_late

BESIDE = 12
NEXT_PLANNED = 5
SHOWS: dict[Show, LazyString] = {
    Show.WAITING: lazy_gettext("All that waits"),
    Show.MINE: lazy_gettext("In my hands"),
    Show.FREE: lazy_gettext("Nobody has it"),
    Show.PLANNED: lazy_gettext("Approved and planned"),
    Show.RETURNED: lazy_gettext("Sent back"),
}
SORTS: dict[Sort, LazyString] = {
    Sort.DEADLINE: lazy_gettext("By the day of the answer"),
    Sort.NEWEST: lazy_gettext("The newest first"),
}
KINDS: dict[str, LazyString] = {
    "product": lazy_gettext("Product"),
    "producer": lazy_gettext("Maker’s page"),
}


def context(wanted: Wanted, found: Sequence[Revision], total: int) -> dict[str, Any]:
    """What templates/staff/reviews.html needs."""
    numbers = queue.numbers(current_actor().user_id)
    return {
        "parts": [
            {
                "text": f"{words} ({numbers[part]})",
                "href": _href(show="" if part is Show.WAITING else part.value),
                "is_current": part is wanted.show,
            }
            for part, words in SHOWS.items()
        ],
        "lines": lines(found),
        "planned": _planned() if wanted == Wanted() else [],
        "total": total,
        "show": wanted.show.value,
        "words": wanted.words,
        "untranslated": wanted.untranslated,
        "kinds": _options(
            {"": gettext("All")} | {kind: kind_of(kind) for kind in queue.kinds()}, wanted.kind
        ),
        "whats": _options(
            {
                "": gettext("All"),
                "new": gettext("New on the site"),
                "known": gettext("Changes of what is public"),
            },
            {True: "new", False: "known", None: ""}[wanted.is_new],
        ),
        "columns": lists.columns(
            {
                Sort.FILE: gettext("File"),
                Sort.WHAT: gettext("What it is"),
                Sort.SENT: gettext("Sent"),
                Sort.DEADLINE: gettext("Answer"),
                Sort.HAND: gettext("Stands"),
            },
            wanted.sort,
            descending=wanted.descending,
        ),
        "sorts": _options({sort.value: str(words) for sort, words in SORTS.items()}, wanted.sort.value),
    }


def _planned() -> list[dict[str, Any]]:
    """The next publications, below what waits."""
    return lines(queue.files(Wanted(Show.PLANNED), None, 0, NEXT_PLANNED)[0])


def beside(revision: Revision) -> list[dict[str, Any]]:
    """The first that wait, for the column beside an open file."""
    found, _ = queue.files(Wanted(), current_actor().user_id, 0, BESIDE)
    return [
        line | {"is_current": one.id == revision.id} for one, line in zip(found, lines(found), strict=True)
    ]


def makers(codes: Collection[str]) -> dict[str, str]:
    """What makers are called, by their code; also those whose own page is not public yet, or no more."""
    with archived_too():
        return {one.code: read(one.name) for one in producers_by_code(codes)}


def lines(found: Iterable[Revision]) -> list[dict[str, Any]]:
    """Files as lines: what, whose, by when, how it stands and who has it."""
    shown = list(found)
    names = makers({each.producer_code for each in shown})
    actor = current_actor()
    return [
        {
            "id": one.id,
            "href": url_for("staff.reviews.show", revision_id=one.id),
            "name": listing_words.name_of(one.content),
            "maker": names.get(one.producer_code, one.producer_code),
            "kind": kind_of(one.kind),
            "what": gettext("Change") if one.base_number else gettext("New"),
            "sent": advice.moment(one.submitted_at) if one.submitted_at else "",
            "due": due(one),
            "is_late": is_late(one),
            "tag": tag_of(one),
            "hand": hand_of(one, actor.user_id),
            "planned": advice.moment(one.publish_at) if one.publish_at else "",
            "can_undo": rules.can(rules.Step.UNDO, State(one.state)) and rules.may_review(actor, one.writers),
        }
        for one in shown
    ]


def cells(found: Iterable[Revision]) -> Iterator[list[str]]:
    """The same lines as a sheet has them."""
    for one in lines(found):
        told = [one[name] for name in ("name", "maker", "kind", "what", "sent")]
        yield [*told, one["planned"] or one["due"], one["tag"][1], one["hand"]]


def kind_of(kind: str) -> str:
    """What kind of listing it is, in words."""
    return str(KINDS.get(kind) or listing_words.KINDS[kind])


def tag_of(revision: Revision) -> tuple[str, str]:
    """How a file stands: the kind of sign and its word."""
    if revision.state == State.APPROVED:
        return "fact", gettext("Approved")
    if revision.state == State.RETURNED:
        return "past", gettext("Sent back")
    if revision.state != State.SUBMITTED:
        return "fact", str(listing_words.STATES[revision.state])
    if rules.to_translate(revision.content, revision.known_marks):
        return "wait", gettext("To review, a language is missing or out of date")
    return "wait", gettext("To review")


def hand_of(revision: Revision, user_id: int | None) -> str:
    """Who has it in hand; empty for nobody."""
    if revision.taken_by_id is None:
        return ""
    if revision.taken_by_id == user_id:
        return gettext("in your hands")
    return gettext("with %(name)s", name=revision.taken_by)


def _options(words: dict[str, str], chosen: str) -> list[dict[str, Any]]:
    return [{"value": value, "label": label, "selected": value == chosen} for value, label in words.items()]


def _href(**changed: str) -> str:
    """This list with something else chosen, from its first page."""
    query = {name: text for name, text in request.args.items() if name != "page"} | changed
    kept = urlencode({name: text for name, text in query.items() if text})
    return url_for("staff.reviews.index") + (f"?{kept}" if kept else "")
