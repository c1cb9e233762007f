"""What is let go by timetable, and what stays: enquiries, papers, forms, sheets and archives."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from catalogue.accounts.models import Application
from catalogue.database import db, transaction
from catalogue.editorial.models import CertificateClaim, KeptForm, PhotographBatch, SentForm, SheetUpload
from catalogue.enquiries import actions, queries
from catalogue.enquiries.models import Enquiry, EnquiryMessage, EnquiryPart
from catalogue.jobs.reactions import REACTIONS, SWEEP, SWEEP_FORMS, SWEEP_PAPERS, TIMETABLE
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now
from catalogue.kernel.errors import RuleBroken
from tests.people import ask_for, two_makers


def days_ago(number: int) -> datetime:
    return now() - timedelta(days=number)


def test_every_sweep_stands_in_the_timetable() -> None:
    assert {topic for topic in REACTIONS if topic.endswith(".sweep")} <= TIMETABLE.keys()


def enquiry_of(app: Flask, days: int, *, answered: int | None = None, suspect: bool = False) -> int:
    number = ask_for(app, draft=f"{days} {answered} {suspect}", suspect=suspect)
    with app.app_context(), transaction():
        enquiry = queries.enquiry(number)
        enquiry.received = days_ago(days)
        if answered is not None:
            words = {"author": "Lan", "of_office": False, "language": "en", "text": "Yes.", "draft": "d"}
            message = EnquiryMessage(**words, written=days_ago(answered))
            enquiry.parts[0].messages.append(message)
    return number


def forget(app: Flask) -> None:
    with app.app_context(), transaction():
        actions.forget_old(now())


def test_two_years_after_the_last_word_an_enquiry_holds_nothing_personal_and_is_still_counted(
    changed: Flask,
) -> None:
    old, answered = enquiry_of(changed, 731), enquiry_of(changed, 900, answered=731)
    young, talking = enquiry_of(changed, 729), enquiry_of(changed, 900, answered=10)
    forget(changed)
    with changed.app_context():
        for number in (old, answered):
            gone = queries.enquiry(number)
            assert (gone.need, gone.email, gone.name, gone.quantity) == ("", "", None, None)
            assert (gone.market, len(gone.parts), gone.parts[0].messages) == ("DE", 1, [])
        for number in (young, talking):
            assert queries.enquiry(number).email == "anna@example.test"


def test_what_was_forgotten_is_answered_to_nobody(changed: Flask) -> None:
    number = enquiry_of(changed, 800)
    forget(changed)
    forget(changed)  # the second time finds nothing
    maker = Actor(1, "Lan", speaks_for={two_makers(changed)[0]: "owner"})
    with changed.app_context():
        part = queries.part(queries.enquiry(number).parts[0].id)
        with pytest.raises(RuleBroken, match=r"enquiry\.forgotten"):
            actions.answer(maker, part, "Hello", "en", "a draft")


def test_what_robots_sent_goes_whole_after_ninety_days(changed: Flask) -> None:
    enquiry_of(changed, 91, suspect=True)
    kept = enquiry_of(changed, 89, suspect=True)
    forget(changed)
    with changed.app_context():
        assert list(db.session.scalars(select(Enquiry.id))) == [kept]
        assert db.session.scalar(select(func.count()).select_from(EnquiryPart)) == 1


def application(state: str, decided: datetime | None) -> Application:
    words = {name: name for name in ("producer", "place", "craft", "person", "email")}
    return Application(
        **words,
        draft=f"{state}-{decided:%Y%m%d}" if decided else f"{state}-open-form",
        fingerprint=f"{state} {decided}",
        language="vi",
        suspect=False,
        state=state,
        decided=decided,
        reason="why" if state == "declined" else None,
    )


def claim(state: str, decided: datetime | None) -> CertificateClaim:
    return CertificateClaim(
        key=f"claim-{state}-{decided:%Y%m%d}" if decided else f"claim-{state}-open",
        kind="product",
        code="a",
        producer_code="a",
        scheme="ocop",
        author="Lan",
        state=state,
        decided_at=decided,
        reason="why" if state == "declined" else None,
    )


def test_papers_go_with_what_they_proved_and_when_nobody_ever_sent_the_form(app: Flask) -> None:
    papers = app.extensions["papers"]
    kept = [
        application("new", None),
        application("accepted", days_ago(900)),
        application("declined", days_ago(179)),
        claim("new", None),
        claim("accepted", days_ago(900)),
        claim("declined", days_ago(179)),
    ]
    gone = [
        application("declined", days_ago(181)),
        claim("declined", days_ago(181)),
        claim("taken_back", None),
    ]
    with app.app_context(), transaction():
        db.session.add_all([*kept, *gone])
        names = {True: [_draft(one) for one in kept], False: [_draft(one) for one in gone]}
    for draft in (*names[True], *names[False], "never-sent-form"):
        papers.keep(draft, b"%PDF-1.7")
        _age(app, draft, 31)
    papers.keep("still-being-written", b"%PDF-1.7")
    with app.app_context():
        REACTIONS[SWEEP_PAPERS]()
    assert {draft for draft in (*names[True], "still-being-written") if not papers.of(draft)} == set()
    assert {draft for draft in (*names[False], "never-sent-form") if papers.of(draft)} == set()


def _draft(one: Application | CertificateClaim) -> str:
    return one.draft if isinstance(one, Application) else one.key


def _age(app: Flask, draft: str, days: int) -> None:
    moment = days_ago(days).timestamp()
    os.utime(Path(app.instance_path) / "papers" / draft, (moment, moment))


def test_forms_sheets_and_archives_go_after_a_month(app: Flask) -> None:
    with app.app_context(), transaction():
        for days in (29, 31):
            at = days_ago(days)
            key = f"key {days}"
            db.session.add_all(
                [
                    SentForm(key=key, body_hash="", answer="", sent_at=at),
                    KeptForm(key=key, user_id=1, path="/", fields={}, kept_at=at),
                    SheetUpload(key=key, user_id=1, kind="product", name="a", table=b"", received_at=at),
                    PhotographBatch(key=key, user_id=1, kind="product", name="a", entries=[], received_at=at),
                ]
            )
    with app.app_context(), transaction():
        REACTIONS[SWEEP_FORMS]()
        REACTIONS[SWEEP]()
    with app.app_context():
        for model in (SentForm, KeptForm, SheetUpload, PhotographBatch):
            assert list(db.session.scalars(select(model.key))) == ["key 29"], model
