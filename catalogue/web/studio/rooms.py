"""What the pages of one listing share: which listing an address means, and who may be there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for

from catalogue.editorial import revisions, rules
from catalogue.editorial.keeping import owner_of
from catalogue.editorial.listing import Listing
from catalogue.editorial.listings import LISTINGS
from catalogue.editorial.models import Revision
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import RuleBroken, require
from catalogue.producers.models import Producer
from catalogue.records import by_code
from catalogue.web import listing_words
from catalogue.web.identity import current_actor
from catalogue.web.workshop import ROOMS

PREFIX = "/<any(listings, producers):room>/<code>"


@dataclass(frozen=True)
class Desk:
    """One listing on somebody's desk. `open`: what is being worked on; `live`: the public content."""

    actor: Actor
    room: str
    code: str
    producer_code: str
    open: Revision | None
    live: dict[str, Any] | None

    @property
    def kind(self) -> str:
        return ROOMS[self.room]

    @property
    def waits_for_maker(self) -> bool:
        """Whether the maker's own page has to be public first."""
        return self.kind == "product" and by_code(Producer, self.producer_code) is None

    @property
    def listing(self) -> Listing:
        return LISTINGS[self.kind]

    @property
    def content(self) -> dict[str, Any]:
        """What the editor shows: the draft, else what is public, else what there was last."""
        if self.open is not None:
            return self.open.content
        if self.live is not None:
            return self.live
        last = revisions.numbered(self.kind, self.code, revisions.last_number(self.kind, self.code))
        return last.content

    @property
    def name(self) -> str:
        return listing_words.name_of(self.content)

    @property
    def can_edit(self) -> bool:
        """Whether what is open can be written on, or a draft can be begun."""
        return self.live is not None if self.open is None else self.open.state in rules.EDITABLE

    def address(self, endpoint: str, **values: Any) -> str:
        """A page of this listing."""
        return url_for(f"studio.{endpoint}", room=self.room, code=self.code, **values)


def desk(room: str, code: str) -> Desk:
    """The listing of that address; NotFound, or NotAllowed for another one's."""
    actor, kind = current_actor(), ROOMS[room]
    producer_code = owner_of(kind, code)
    require(rules.may_write(actor, producer_code), "listing.of_another")
    live = LISTINGS[kind].read(code)
    shown = live.content if live and live.archived_at is None else None
    content = LISTINGS[kind].tidy(shown) if shown else None
    return Desk(actor, room, code, producer_code, revisions.open_revision(kind, code), content)


def open_of(at: Desk) -> Revision:
    """What is being worked on; RuleBroken where nothing is any more."""
    if at.open is None:
        raise RuleBroken("revision.not_in_this_state")
    return at.open
