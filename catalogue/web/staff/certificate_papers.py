"""The papers of certificates: in folders that only the office opens, joined by what the maker showed.

What a form brings lies in a folder of that form until the act is done, so that a form that is refused finds
it again and leaves nothing among an entry's papers.
"""

from __future__ import annotations

import re
import secrets
from functools import partial
from typing import Any

from flask import request, url_for

from catalogue.certification.models import Certificate
from catalogue.editorial.models import CertificateClaim
from catalogue.web import papers

OF_FORM = re.compile(r"new-[\w-]{16,30}")


def folder_of_form() -> str:
    """The folder that a form was given, so that a paper is there still when the form comes back."""
    given = request.form.get("folder", "")
    return given if OF_FORM.fullmatch(given) else f"new-{secrets.token_urlsafe(16)}"


def take(folder: str) -> dict[str, str]:
    """Keep the files of the form; what is wrong with one."""
    wrong = papers.take(folder)
    return {"papers": wrong} if wrong else {}


def place_for(row: Certificate | None, folder: str, claim: CertificateClaim | None) -> str | None:
    """Where the papers that came with a form, or the maker showed, will lie: with the entry's own, if it has
    any. None where no paper came."""
    if not papers.number(folder) and not (claim and papers.number(claim.key)):
        return None
    own = row.papers if row else None
    return own or f"certificate-{secrets.token_urlsafe(16)}"


def lay(place: str | None, folder: str, claim: CertificateClaim | None) -> None:
    """Lay them there, at the end of the act: however many an entry's papers become over the years."""
    if place is None:
        return
    if claim is not None:
        papers.kept().add(place, claim.key)
    papers.kept().add(place, folder)


def shown(row: Certificate) -> list[dict[str, Any]]:
    """The papers of an entry, for components/papers.html."""
    return papers.shown(row.papers or "", partial(_address, row.id))


def _address(certificate_id: int, number: int) -> str:
    return url_for("staff.certificate.paper", certificate_id=certificate_id, number=number)
