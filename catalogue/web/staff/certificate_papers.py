"""The papers of certificates: kept in folders that only the office opens."""

from __future__ import annotations

import re
import secrets
from typing import Any

from flask import Response, current_app, request, send_file, url_for

from catalogue.adapters.papers import MOST_BYTES, Paper, Papers
from catalogue.certification.models import Certificate, CertificateClaim
from catalogue.kernel.errors import NotFound
from catalogue.web import certificate_words

# A paper and what stands around it in the form.
LARGEST_BODY = MOST_BYTES + 200_000
# What a browser may show by itself; everything else is saved as a file.
SHOWN = {"image/jpeg", "image/png", "image/webp"}
NEW_FOLDER = re.compile(r"new-[\w-]{16,30}")


def told(papers: list[Paper], endpoint: str, **values: Any) -> list[dict[str, Any]]:
    """Papers as links, for templates."""
    return [
        {"href": url_for(endpoint, **values, number=number), "is_picture": one.media_type in SHOWN}
        for number, one in enumerate(papers, start=1)
    ]


def folder_of(row: Certificate) -> str:
    """Where the papers of an entry lie; an entry that was begun by a form keeps the form's folder."""
    return row.papers or f"certificate-{row.id:08}"


def kept(row: Certificate) -> list[Paper]:
    """The papers of an entry."""
    return store().of(folder_of(row))


def new_folder() -> str:
    """The folder that a form was given, so that a paper is there still when the form comes back."""
    given = request.form.get("folder", "")
    return given if NEW_FOLDER.fullmatch(given) else f"new-{secrets.token_urlsafe(16)}"


def take(folder: str, claim: CertificateClaim | None) -> dict[str, str]:
    """Keep the file of the form, and what the maker had sent; what is wrong with it."""
    papers, bodies = store(), []
    if claim is not None:
        bodies = [one.path.read_bytes() for one in papers.of(claim.papers)]
    file = request.files.get("paper")
    if file is not None and file.filename:
        bodies.append(file.stream.read(MOST_BYTES + 1))
    faults = [fault for body in bodies if (fault := papers.keep(folder, body))]
    return {"paper": str(certificate_words.PAPERS[faults[0]])} if faults else {}


def answer(kept: list[Paper], number: int) -> Response:
    """One of them as a file, from 1."""
    if not 1 <= number <= len(kept):
        raise NotFound("paper.unknown")
    found = kept[number - 1]
    return send_file(
        found.path,
        mimetype=found.media_type,
        as_attachment=found.media_type not in SHOWN,
        download_name=f"{found.path.parent.name}-{number}{found.path.suffix}",
        conditional=False,
        etag=False,
    )


def store() -> Papers:
    """Where papers lie."""
    found: Papers = current_app.extensions["papers"]
    return found
