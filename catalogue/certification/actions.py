"""Changes of certificates."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from catalogue.accounts.rules import may_show_pages
from catalogue.archive import archived_too
from catalogue.certification.listings import put_content
from catalogue.certification.models import Certificate, CertificateScope, CertificationScheme
from catalogue.database import Archivable, db
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import NotFound, require
from catalogue.records import by_code
from catalogue.rewriting import rewriting


def apply_scheme(actor: Actor, code: str, content: Mapping[str, Any]) -> CertificationScheme:
    """Let the catalogue show these words of a scheme; NotFound where there is none of that code."""
    require(may_show_pages(actor))
    if by_code(CertificationScheme, code) is None:
        raise NotFound("scheme.unknown")
    with rewriting(CertificationScheme, code) as scheme:
        put_content(scheme, content)
    return scheme


def archive_with(
    products: Collection[int],
    producers: Collection[int],
    since: datetime | None,
    moment: datetime | None,
) -> None:
    """Let what certificates say of these holders leave the catalogue with them, or come back.

    `since`, `moment`: as when products are archived.
    """
    held = or_(Certificate.product_id.in_(products), Certificate.producer_id.in_(producers))
    with archived_too():
        rows = [
            *db.session.scalars(select(Certificate).where(held, _stood(Certificate, since))),
            *db.session.scalars(
                select(CertificateScope).where(
                    CertificateScope.product_id.in_(products), _stood(CertificateScope, since)
                )
            ),
        ]
        for row in rows:
            row.archived_at = moment
        db.session.flush()


def _stood(model: type[Archivable], since: datetime | None) -> ColumnElement[bool]:
    return model.archived_at.is_(None) if since is None else model.archived_at == since
