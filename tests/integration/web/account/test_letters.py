"""Account letters: written down with what they tell of, sent by the worker; nothing secret is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text

import config
from catalogue import create_app, outbox
from catalogue.adapters.mailer import Mailer, Server
from catalogue.database import db, transaction
from catalogue.jobs.worker import drain
from catalogue.media.actions import RENDER
from catalogue.outbox import OutboxMessage
from tests.people import Browser, letters, link_in, make_person, two_makers

NOWHERE = Server("127.0.0.1", 9, "", "", "none")  # nobody listens there


@pytest.fixture
def person(changed: Flask):
    return make_person(changed, speaks_for=two_makers(changed)[0])


def ask_every_letter(app: Flask, person) -> None:
    """Everything that makes a letter with a link in it."""
    visitor, member = Browser(app), Browser(app)
    for page in ("/account/link", "/account/forgotten"):
        visitor.get(page)
        visitor.send("email", {"email": person.email})
    member.sign_in(person)
    member.get("/account/email")
    member.send("email", {"email": "new@example.test"})
    registrar = Browser(app)
    registrar.sign_in(make_person(app, "registrar@example.test", roles=frozenset({"registrar"})))
    registrar.get("/staff/people")
    registrar.send(
        "email",
        {
            "email": "guest@example.test",
            "producer": two_makers(app)[0],
            "voice": "owner",
            "language": "vi",
        },
    )


def test_a_letter_outlives_the_site_that_promised_it(changed: Flask, person) -> None:
    ask_every_letter(changed, person)
    assert not list((Path(changed.instance_path) / "mail").glob("*.eml"))
    restarted = create_app(config.Testing(Path(changed.instance_path)))
    addresses = sorted(str(letter["To"]) for letter in letters(restarted))
    assert addresses == ["guest@example.test", person.email, person.email, "new@example.test"]


def test_whoever_reads_the_database_finds_no_link_that_works(changed: Flask, person) -> None:
    ask_every_letter(changed, person)
    before = "\n".join(everything(changed))
    sent = letters(changed)
    after = "\n".join(everything(changed))
    for letter in sent:
        secret = link_in(letter).rpartition("/")[2]
        assert len(secret) > 30
        assert secret not in before
        assert secret not in after


def everything(app: Flask) -> Iterator[str]:
    with app.app_context(), db.engine.connect() as connection:
        for table in db.metadata.tables:
            yield from map(str, connection.execute(text(f'SELECT * FROM "{table}"')))


def test_a_server_that_takes_no_mail_makes_a_letter_late_and_not_lost(changed: Flask, person) -> None:
    mailer = changed.extensions["mailer"]
    changed.extensions["mailer"] = Mailer("site@catalogue.test", NOWHERE, Path(changed.instance_path))
    visitor = Browser(changed)
    visitor.get("/account/link")
    assert visitor.send("email", {"email": person.email}).status_code == 200
    drain(changed, "tests", ["account.link_asked"])
    changed.extensions["mailer"] = mailer
    with changed.app_context(), transaction():
        [waiting] = db.session.scalars(
            select(OutboxMessage).where(OutboxMessage.topic == "account.link_asked")
        )
        assert "mail.not_sent" in waiting.trouble
        waiting.due_at = waiting.announced_at
    [letter] = letters(changed)
    assert letter["To"] == person.email


def test_an_address_that_nobody_has_makes_the_same_work(changed: Flask, person) -> None:
    kept = []
    for address in (person.email, "nobody@example.test"):
        visitor = Browser(changed)
        visitor.get("/account/link")
        visitor.send("email", {"email": address})
        with changed.app_context():
            [message] = db.session.scalars(
                select(OutboxMessage).where(OutboxMessage.topic == "account.link_asked")
            )
            kept.append((message.topic, sorted(message.payload), message.announced_at - message.due_at))
        sent = len(letters(changed))
        assert sent == 1, "only the one that somebody has"
    assert kept[0] == kept[1]


def test_whoever_waits_for_a_link_waits_for_no_photograph(changed: Flask, person) -> None:
    with changed.app_context(), transaction():
        for number in range(3):
            outbox.announce(RENDER, asset_id=number)
    visitor = Browser(changed)
    visitor.get("/account/link")
    visitor.send("email", {"email": person.email})
    with changed.app_context(), transaction():
        assert outbox.claim("tests").topic == "account.link_asked"
