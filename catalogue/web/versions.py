"""One version of a listing beside another, for the workshop and the office."""

from __future__ import annotations

from typing import Any

from flask import request

from catalogue.editorial import revisions, rules
from catalogue.editorial.listing import Listing
from catalogue.web import advice, listing_forms


def compared(listing: Listing, kind: str, code: str, number: int) -> dict[str, Any]:
    """What `version` (components/version.html) shows: beside the one asked for by `?against=`, else the one
    before."""
    revision = revisions.numbered(kind, code, number)
    other = request.args.get("against", type=int) or number - 1
    against = revisions.numbered(kind, code, other) if other >= 1 else None
    changes = rules.diff(against.content if against else {}, revision.content)
    return {
        "version": advice.version_line(revision),
        "other": other if against else None,
        "others": [one.number for one in revisions.history(kind, code) if one.number != number],
        "changes": listing_forms.compared(listing.fields, changes),
        "told": listing_forms.told(listing.fields, revision.content),
    }
