"""Changes of certificates."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from catalogue.archive import archived_too
from catalogue.certification.models import Certificate, CertificateScope
from catalogue.database import Archivable, db


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
