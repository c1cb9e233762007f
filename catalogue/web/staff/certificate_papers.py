"""The papers of certificates: in folders that only the office opens, joined by what the maker showed."""

from __future__ import annotations

import re
import secrets
from functools import partial
from typing import Any

from flask import request, url_for

from catalogue.certification.models import Certificate
from catalogue.editorial.models import CertificateClaim
from catalogue.web import papers

NEW_FOLDER = re.compile(r"new-[\w-]{16,30}")


def folder_of(row: Certificate) -> str:
    """Where the papers of an entry lie; one that was begun by a form keeps the form's folder."""
    return row.papers or f"certificate-{row.id:08}"


def new_folder() -> str:
    """The folder that a form was given, so that a paper is there still when the form comes back."""
    given = request.form.get("folder", "")
    return given if NEW_FOLDER.fullmatch(given) else f"new-{secrets.token_urlsafe(16)}"


def take(folder: str, claim: CertificateClaim | None) -> dict[str, str]:
    """Keep the files of the form, and what the maker had shown; what is wrong with one."""
    for one in papers.kept().of(claim.key) if claim else ():
        papers.kept().keep(folder, one.path.read_bytes())
    wrong = papers.take(folder)
    return {"papers": wrong} if wrong else {}


def shown(row: Certificate) -> list[dict[str, Any]]:
    """The papers of an entry, for components/papers.html."""
    return papers.shown(folder_of(row), partial(_address, row.id))


def _address(certificate_id: int, number: int) -> str:
    return url_for("staff.certificate.paper", certificate_id=certificate_id, number=number)
