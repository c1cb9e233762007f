"""What the rooms of the catalogue's own pages share: which listing an address means, and who may be there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for

from catalogue.certification.models import CertificationScheme
from catalogue.database import Record
from catalogue.editorial import revisions, rules
from catalogue.editorial.keeping import owner_of
from catalogue.editorial.listing import Listing
from catalogue.editorial.listings import LISTINGS
from catalogue.editorial.models import Revision
from catalogue.editorial.office import LISTINGS as OFFICE_LISTINGS
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import RuleBroken, require
from catalogue.pages.listings import built_in_pages
from catalogue.pages.models import AboutPage
from catalogue.places.models import CraftVillage, PointOfInterest
from catalogue.records import by_code
from catalogue.routes.models import TourRoute
from catalogue.web import listing_words
from catalogue.web.identity import current_actor
from catalogue.web.language import address, current

KINDS = ("home", "about", "notice", "village", "route", "sight", "scheme", "milestone")
assert set(KINDS) == set(OFFICE_LISTINGS), "every kind of the office has its room"
KIND = f"/<any({', '.join(KINDS)}):kind>"
PREFIX = f"{KIND}/<code>"
# Where readers see each kind: the page of the record, or the one page that shows them all.
RECORDS: dict[str, tuple[type[Record], str]] = {
    "village": (CraftVillage, "public.villages.show"),
    "route": (TourRoute, "public.routes.show"),
    "sight": (PointOfInterest, "public.sights.show"),
    "scheme": (CertificationScheme, "public.schemes.show"),
    "about": (AboutPage, "public.about.show"),
}
PAGES = {
    "home": "public.home.show",
    "notice": "public.home.show",
    "milestone": "public.flower_centre.show",
}
ABOUT = {
    "about": "public.about.index",
    "privacy": "public.about.privacy",
    "accessibility": "public.about.accessibility",
}
assert set(ABOUT) == set(built_in_pages()), "every page that the site came with has its address"


@dataclass(frozen=True)
class PageDesk:
    """One listing on somebody's desk. `open`: what is being worked on; `live`: what readers see, and whether
    those are words that the site came with (`built_in`)."""

    actor: Actor
    kind: str
    code: str
    open: Revision | None
    live: dict[str, Any] | None
    built_in: bool

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
    def may_write(self) -> bool:
        return rules.may_write(self.actor, rules.OFFICE)

    @property
    def can_edit(self) -> bool:
        """Whether this person can write on what is open, or begin a draft."""
        is_free = self.live is not None if self.open is None else self.open.state in rules.EDITABLE
        return self.may_write and is_free

    def address(self, endpoint: str, **values: Any) -> str:
        """A page of this listing."""
        return url_for(f"staff.{endpoint}", kind=self.kind, code=self.code, **values)


def desk(kind: str, code: str, *, writing: bool = False) -> PageDesk:
    """The listing of that address; NotFound, or NotAllowed for who writes without the right."""
    actor = current_actor()
    if writing:
        require(rules.may_write(actor, rules.OFFICE))
    owner_of(kind, code)
    live = LISTINGS[kind].read(code)
    shown = live.content if live and live.archived_at is None else None
    content = LISTINGS[kind].tidy(shown) if shown else None
    built_in = live is not None and live.built_in
    return PageDesk(actor, kind, code, revisions.open_revision(kind, code), content, built_in)


def open_of(at: PageDesk) -> Revision:
    """What is being worked on; RuleBroken where nothing is any more."""
    if at.open is None:
        raise RuleBroken("revision.not_in_this_state")
    return at.open


def public_address(kind: str, code: str) -> str | None:
    """Where readers see it; None where they do not."""
    if kind == "about" and code in ABOUT:
        return address(ABOUT[code])
    if kind in PAGES:
        return address(PAGES[kind])
    model, endpoint = RECORDS[kind]
    row = by_code(model, code)
    return address(endpoint, slug=row.slug(current())) if row else None
