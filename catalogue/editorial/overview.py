"""How many listings at once stand: whose each is, what is being written, what readers see."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from catalogue.editorial import revisions
from catalogue.editorial.listings import LISTINGS
from catalogue.editorial.models import Revision

AT_ONCE = 500


@dataclass(frozen=True)
class Standing:
    """One listing. `open`: what somebody is at work on; `public`: what readers see, and `since` when, where
    that is known; None for neither."""

    open: Revision | None
    public: dict[str, Any] | None
    since: datetime | None = None

    @property
    def version(self) -> int:
        """How often the open draft was saved; 0 where there is none."""
        return self.open.version if self.open else 0

    @property
    def content(self) -> dict[str, Any] | None:
        """What the workshop shows: the draft, else what is public; None for what has left the catalogue."""
        return self.open.content if self.open else self.public


def owners(kind: str) -> dict[str, str]:
    """The producer of every listing that there is or was, by the listing's code."""
    return revisions.owners(kind) | LISTINGS[kind].owners()


def standings(kind: str, codes: Sequence[str], *, hold: bool = False) -> dict[str, Standing]:
    """How these listings stand, by their code; a statement or two for every few hundred.

    `hold`: for somebody who is writing; nobody else saves their drafts before the transaction ends.
    """
    listing, found = LISTINGS[kind], {}
    for part in parts(codes):
        written = {one.code: one for one in revisions.open_revisions(kind, part, hold=hold)}
        shown = {code: live for code, live in listing.read_many(part).items() if live.archived_at is None}
        for code in part:
            live = shown.get(code)
            public = listing.tidy(live.content) if live else None
            found[code] = Standing(written.get(code), public, live.since if live else None)
    return found


def contents(kind: str, producers: Collection[str]) -> list[tuple[str, str, dict[str, Any]]]:
    """Code, producer and content of every listing of these producers that is being written or public, in
    the order of their codes."""
    makers = {code: maker for code, maker in owners(kind).items() if maker in producers}
    return [
        (code, makers[code], standing.content)
        for code, standing in standings(kind, sorted(makers)).items()
        if standing.content is not None
    ]


def parts(codes: Sequence[str]) -> Iterable[Sequence[str]]:
    """As many codes at once as a statement takes."""
    return (codes[start : start + AT_ONCE] for start in range(0, len(codes), AT_ONCE))
