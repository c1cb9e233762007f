"""The log of acts: written with the act, and a line changed, removed or cut off is found."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from catalogue import audit
from catalogue.audit import AuditEvent, Broken
from catalogue.database import db, transaction
from catalogue.kernel.actor import Actor

LAN = Actor(7, "Lan", frozenset({"registrar"}))


def note(app: Flask, *verbs: str) -> None:
    with app.app_context(), transaction():
        for verb in verbs:
            audit.record(LAN, verb, ("certificate", "tea-ocop"), reason="số cũ sai", issued=date(2026, 3, 1))


def test_a_line_says_who_did_what_to_what_when_and_why(app: Flask) -> None:
    note(app, "confirm")
    with app.app_context():
        line = db.session.scalars(select(AuditEvent)).one()
        assert (line.actor_id, line.actor, line.verb) == (7, "Lan", "confirm")
        assert (line.kind, line.target, line.reason) == ("certificate", "tea-ocop", "số cũ sai")
        assert line.detail == {"issued": "2026-03-01"}
        assert audit.verify() is None


def test_an_act_that_fails_leaves_no_line(app: Flask) -> None:
    note(app, "confirm")
    with app.app_context():
        audit.record(LAN, "withdraw", ("certificate", "tea-ocop"))
        db.session.rollback()
        assert len(db.session.scalars(select(AuditEvent)).all()) == 1
        assert audit.verify() is None


@pytest.mark.parametrize(
    ("column", "value"),
    [("actor", "Minh"), ("verb", "reject"), ("target", "other"), ("reason", None), ("detail", {})],
)
def test_a_changed_line_is_found(app: Flask, column: str, value: Any) -> None:
    note(app, "confirm", "renew", "suspend")
    with app.app_context(), transaction():
        db.session.execute(update(AuditEvent).where(AuditEvent.verb == "renew").values({column: value}))
    with app.app_context():
        assert audit.verify() == Broken(2, "changed")


def test_a_removed_line_is_found(app: Flask) -> None:
    note(app, "confirm", "renew", "suspend")
    with app.app_context(), transaction():
        db.session.execute(delete(AuditEvent).where(AuditEvent.verb == "renew"))
    with app.app_context():
        assert audit.verify() == Broken(3, "removed")


def test_lines_cut_off_at_the_end_are_found(app: Flask) -> None:
    note(app, "confirm", "renew", "suspend")
    with app.app_context(), transaction():
        db.session.execute(delete(AuditEvent).where(AuditEvent.verb == "suspend"))
    with app.app_context():
        assert audit.verify() == Broken(None, "cut")


def test_the_session_refuses_to_change_a_line(app: Flask) -> None:
    note(app, "confirm")
    with app.app_context():
        line = db.session.scalars(select(AuditEvent)).one()
        line.actor = "Minh"
        with pytest.raises(TypeError, match="never changed"):
            db.session.flush()


def test_the_command_says_whether_the_log_is_whole(app: Flask) -> None:
    note(app, "confirm", "renew")
    runner = app.test_cli_runner()
    assert runner.invoke(args=["audit", "verify"]).exit_code == 0
    with app.app_context(), transaction():
        db.session.execute(update(AuditEvent).where(AuditEvent.verb == "renew").values(actor="Minh"))
    told = runner.invoke(args=["audit", "verify"])
    assert told.exit_code == 1
    assert "Line 2" in told.output
