"""Certificates that makers say they have, in words for the workshop and the office alike."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from catalogue.certification.models import CertificationScheme
from catalogue.certification.queries import schemes_with_levels
from catalogue.editorial.listings import LISTINGS
from catalogue.editorial.models import CertificateClaim
from catalogue.editorial.rules import ClaimState
from catalogue.kernel.partial_date import PartialDate
from catalogue.web import advice, dates, labels, listing_words, papers
from catalogue.web.language import read

STATES: dict[str, LazyString] = {
    ClaimState.NEW: lazy_gettext("The office has it and compares it with the register"),
    ClaimState.ACCEPTED: lazy_gettext("Stands in the register now"),
    ClaimState.DECLINED: lazy_gettext("Could not be entered"),
    ClaimState.TAKEN_BACK: lazy_gettext("Taken back"),
}
# A day, a month or a year, as people here write it and as programs do.
WRITTEN = re.compile(r"(?:(?:(?P<day>\d{1,2})[/.-])?(?P<month>\d{1,2})[/.-])?(?P<year>\d{4})", re.ASCII)
ISO = re.compile(r"\d{4}-\d{2}(?:-\d{2})?", re.ASCII)


def read_date(text: str) -> str | None:
    """`2025-03-13`, `2025-03` or `2025` for what was written; ValueError where it is none of them."""
    if not text:
        return None
    if ISO.fullmatch(text):
        return str(PartialDate.parse(text))
    found = WRITTEN.fullmatch("".join(text.split()))
    if found is None:
        raise ValueError(text)
    parts = [found["year"]] + [f"{int(found[name]):02d}" for name in ("month", "day") if found[name]]
    return str(PartialDate.parse("-".join(parts)))


def certificates(schemes: list[CertificationScheme]) -> dict[str, str]:
    """What can be chosen: `scheme`, or `scheme:level` where a scheme has levels; by their words."""
    found = {}
    for scheme in schemes:
        if not scheme.levels:
            found[scheme.code] = read(scheme.name)
        for level in scheme.levels:
            found[f"{scheme.code}:{level.level}"] = _named(scheme, level.level)
    return found


def told(claim: CertificateClaim, paper: Callable[[int], str]) -> dict[str, Any]:
    """What a claim says, how far the office has come, and its papers; `paper` gives their addresses."""
    facts = [
        (gettext("Number"), claim.number),
        (gettext("Issued"), dates.partial(claim.issued) if claim.issued else None),
        (gettext("Good until"), dates.partial(claim.expires) if claim.expires else None),
        (gettext("Sent"), f"{claim.author}, {advice.moment(claim.made_at)}"),
    ]
    return {
        "id": claim.id,
        "name": name(claim),
        "facts": [(label, text) for label, text in facts if text],
        "state": str(STATES[claim.state]),
        "reason": claim.reason,
        "is_new": claim.state == ClaimState.NEW,
        "papers": papers.shown(claim.key, paper),
    }


def name(claim: CertificateClaim) -> str:
    """The certificate that is claimed, with its level."""
    scheme = next((one for one in schemes_with_levels() if one.code == claim.scheme), None)
    return _named(scheme, claim.level) if scheme else claim.scheme


def listing(claim: CertificateClaim) -> str:
    """What the listing is called that it was shown with."""
    live = LISTINGS[claim.kind].read(claim.code)
    return listing_words.name_of(live.content) if live else claim.code


def _named(scheme: CertificationScheme, level: str | None) -> str:
    words = labels.level(scheme.code, level)
    return f"{read(scheme.name)}, {words}" if words else read(scheme.name)
