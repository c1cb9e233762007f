"""The workshop's home: the one next thing to do, then every listing with its state in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from catalogue.archive import archived_too
from catalogue.certification.models import Certificate
from catalogue.certification.queries import ending_certificates
from catalogue.certification.rules import Status
from catalogue.editorial import claims, revisions
from catalogue.editorial.completeness import completeness
from catalogue.editorial.models import Revision
from catalogue.editorial.rules import State
from catalogue.enquiries.queries import unread_number
from catalogue.kernel.clock import now, today
from catalogue.media.rules import SubjectKind
from catalogue.media.standing import placed_on
from catalogue.producers.listings import content_of as producer_content
from catalogue.producers.models import Producer
from catalogue.producers.queries import producers_by_code
from catalogue.products.listings import content_of as product_content
from catalogue.products.queries import products_of_producers
from catalogue.web import advice, claim_words, dates, listing_words
from catalogue.web.identity import current_actor
from catalogue.web.language import address, current, read
from catalogue.web.paging import cut
from catalogue.web.private import show as render
from catalogue.web.workshop import ROOM_OF

# How long before and after its end a certificate stands on the home page, and an answer about a paper.
SOON = timedelta(days=90)
# A sheet brings thousands of listings, and the page comes over a weak signal.
ON_A_PAGE = 100
# What wants its maker most comes first.
URGENCY = (State.RETURNED, State.DRAFT, State.SUBMITTED, State.APPROVED, State.PUBLISHED, State.ARCHIVED)

# The sign beside each state; see components/tag.html.
SIGNS = {
    State.RETURNED: "wrong",
    State.DRAFT: "fact",
    State.SUBMITTED: "wait",
    State.APPROVED: "wait",
    State.PUBLISHED: "fact",
    State.ARCHIVED: "none",
}

blueprint = Blueprint("home", __name__)


@dataclass(frozen=True)
class Entry:
    """One listing in the workshop. `content`: what is being worked on, else what is public."""

    kind: str
    code: str
    state: State
    content: dict[str, Any]
    revision: Revision | None

    @property
    def href(self) -> str:
        return url_for("studio.listings.show", room=ROOM_OF[self.kind], code=self.code)

    @property
    def percent(self) -> int:
        return completeness(self.kind, self.content).percent


@blueprint.get("/")
def show() -> ResponseReturnValue:
    """Every producer that one speaks for, with its own page and its products."""
    with archived_too():  # new makers, whose own page is not public yet, work here as well
        producers = producers_by_code(current_actor().speaks_for)
    entries = {producer.code: list(_entries(producer)) for producer in producers}
    every = [entry for of_one in entries.values() for entry in of_one]
    shown, pages = cut([(code, entry) for code in entries for entry in entries[code]], ON_A_PAGE)
    return render(
        "studio/home.html",
        next=_next(every, [producer.code for producer in producers]),
        unread=unread_number(entries),
        groups=[
            (producer, lines)
            for producer in producers
            if (lines := [_line(entry) for code, entry in shown if code == producer.code])
        ],
        pages=pages,
        returned=[
            {
                "name": listing_words.name_of(one.content),
                "href": one.href,
                "reasons": advice.reasons(one.revision),
            }
            for one in every
            if one.state is State.RETURNED
        ],
        ending=[_ending(one) for one in ending_certificates(entries, today(), SOON)],
        declined=[
            {
                "href": url_for("studio.claims.show", room=ROOM_OF[one.kind], code=one.code),
                "name": claim_words.name(one),
                "reason": one.reason,
            }
            for one in claims.declined_of(entries)
            if one.decided_at and now() - one.decided_at < SOON
        ],
        unconfirmed=[
            {
                "name": listing_words.name_of(one.content),
                "href": url_for("studio.listings.show", room=ROOM_OF[one.kind], code=one.code),
                "who": one.author,
            }
            for one in revisions.unconfirmed([producer.code for producer in producers])
        ],
    )


def _ending(one: Certificate) -> dict[str, Any]:
    holder = one.product or one.producer
    assert holder is not None, "one of them holds it"
    assert one.expires is not None, "it ends"
    return {
        "name": read(one.scheme.name),
        "about": read(holder.name),
        "href": address("public.certificates.show", code=one.code),
        "until": dates.partial(one.expires),
        "is_over": one.status_on(today()) is Status.EXPIRED,
    }


def _entries(producer: Producer) -> Iterator[Entry]:
    """The maker's own page first, then its listings by what wants it most."""
    newest = revisions.newest_of_producers([producer.code])
    own = newest.pop(("producer", producer.code), None)
    pictures = placed_on(SubjectKind.PRODUCER, [producer.code])
    content = producer_content(producer) | {"photographs": pictures.get(producer.code)}
    yield _entry("producer", producer.code, content if producer.archived_at is None else None, own)
    products = products_of_producers([producer.id], current())
    pictures = placed_on(SubjectKind.PRODUCT, [product.code for product in products])
    live = {
        product.code: product_content(product) | {"photographs": pictures.get(product.code)}
        for product in products
    }
    codes = dict.fromkeys([*live, *(code for _kind, code in newest)])
    entries = [_entry("product", code, live.get(code), newest.get(("product", code))) for code in codes]
    yield from sorted(entries, key=lambda entry: URGENCY.index(entry.state))


def _entry(kind: str, code: str, live: dict[str, Any] | None, newest: Revision | None) -> Entry:
    if newest is not None and newest.is_open:
        return Entry(kind, code, State(newest.state), newest.content, newest)
    if live is not None:
        return Entry(kind, code, State.PUBLISHED, live, newest)
    assert newest is not None, "neither public nor ever written"
    return Entry(kind, code, State.ARCHIVED, newest.content, newest)


def _line(entry: Entry) -> dict[str, Any]:
    is_own = entry.kind == "producer"
    return {
        "name": gettext("Your own page") if is_own else listing_words.name_of(entry.content),
        "href": entry.href,
        "state": str(listing_words.STATES[entry.state]),
        "sign": SIGNS[entry.state],
        "percent": entry.percent,
    }


def _next(entries: list[Entry], producers: list[str]) -> dict[str, str] | None:
    """The one thing that is best done now."""
    for state, words in (
        (State.RETURNED, gettext("Change what came back")),
        (State.DRAFT, gettext("Go on with your draft")),
    ):
        for entry in entries:
            if entry.state is state:
                return {"text": words, "about": listing_words.name_of(entry.content), "href": entry.href}
    if producers and not any(entry.kind == "product" for entry in entries):
        return {
            "text": gettext("List your first product"),
            "about": gettext("Three lines are enough to begin."),
            "href": url_for("studio.listings.new"),
        }
    public = [entry for entry in entries if entry.state is State.PUBLISHED]
    for entry in sorted(public, key=lambda entry: entry.percent):
        found = advice.todo(
            completeness(entry.kind, entry.content).next,
            lambda endpoint, at=entry, **values: url_for(
                f"studio.{endpoint}", room=ROOM_OF[at.kind], code=at.code, **values
            ),
        )
        if found:
            return {
                "text": found["text"],
                "about": listing_words.name_of(entry.content),
                "href": found["href"],
            }
    return None
