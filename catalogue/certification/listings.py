"""A scheme as a listing: what it is and what it asks, in words; its rules are the register's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from catalogue.certification.models import CertificationScheme
from catalogue.kernel.language import Bilingual
from catalogue.kernel.sources import cite, urls_of

TEXTS = ("name", "issuer", "summary", "scope", "criteria", "legal_basis")


def content_of(scheme: CertificationScheme) -> dict[str, Any]:
    """What the editor shows of a scheme."""
    return {
        **{name: getattr(scheme, name).plain for name in TEXTS},
        "website": scheme.url,
        "sources": urls_of(scheme.sources),
    }


def put_content(scheme: CertificationScheme, content: Mapping[str, Any]) -> None:
    """Let a row say what the content says; what the editor does not ask for stays."""
    for name in TEXTS:
        setattr(scheme, name, Bilingual.of(content.get(name)))
    scheme.url = content.get("website")
    scheme.sources = cite(content.get("sources"), scheme.sources)
