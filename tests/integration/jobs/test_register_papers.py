"""Papers that the register rests on outlive the sweep of what nobody needs."""

from __future__ import annotations

import os
import time

from flask import Flask
from sqlalchemy import select

from catalogue.certification import actions, register
from catalogue.certification.cases import Grant
from catalogue.certification.models import Certificate
from catalogue.certification.rules import Evidence
from catalogue.database import db, transaction
from catalogue.jobs.reactions import REACTIONS, SWEEP_PAPERS
from catalogue.kernel.actor import Actor

REGISTRAR = Actor(7, "Hạnh", frozenset({"registrar"}))
LONG_AGO = time.time() - 400 * 86_400


def test_the_paper_of_a_certificate_is_kept_and_one_of_nobody_goes(changed: Flask) -> None:
    papers = changed.extensions["papers"]
    with changed.app_context():
        key = db.session.scalars(select(Certificate.id).where(Certificate.product_id.is_not(None))).first()
        for folder in ("certificate-00000001", "new-0123456789abcdef"):
            assert papers.keep(folder, b"%PDF-1.7") is None
            os.utime(papers.of(folder)[0].path.parent, (LONG_AGO, LONG_AGO))
        row = register.certificate(key)
        level = row.scheme.levels[0].level if row.scheme.levels else None
        with transaction():
            grant = Grant(level=level, evidence=Evidence.DOCUMENT)
            actions.confirm(REGISTRAR, row, 0, grant, "certificate-00000001")
        REACTIONS[SWEEP_PAPERS]()
    assert len(papers.of("certificate-00000001")) == 1
    assert papers.of("new-0123456789abcdef") == []
