"""Watches the ends of certificates: their holders are told 90, 60 and 30 days before, each time once."""

from __future__ import annotations

from catalogue import outbox
from catalogue.certification import register
from catalogue.certification.cases import maker_of, owner_of
from catalogue.certification.models import CertificateNotice
from catalogue.certification.register import Wanted
from catalogue.certification.rules import WATCH_DAYS, watch_mark
from catalogue.database import db
from catalogue.kernel.clock import today
from catalogue.kernel.language import Language
from catalogue.producers.queries import people_of

ENDS = "certificate.ends"


def announce_endings() -> int:
    """Ask for a letter to everybody who speaks for a holder whose certificate has come to one of the marks;
    gives how many. One who joins later is told at the next mark."""
    day = today()
    rows = [line.certificate for line in register.all_lines(Wanted(ends=max(WATCH_DAYS)), Language.VI, day)]
    makers = {row.id: maker_of(owner_of(row)).code for row in rows}
    people, number = people_of(makers.values()), 0
    for row in rows:
        mark = watch_mark(row.expires_date, day)
        if mark is None or makers[row.id] not in people:
            continue
        key = {"certificate_id": row.id, "expires": row.expires, "days": mark}
        if db.session.get(CertificateNotice, tuple(key.values())):
            continue
        db.session.add(CertificateNotice(**key))
        for user in people[makers[row.id]]:
            outbox.announce(ENDS, certificate_id=row.id, user_id=user.id)
            number += 1
    db.session.flush()
    return number
