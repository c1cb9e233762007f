"""The watch: holders are told before an end, each time once, whatever the clock and the worker do."""

from __future__ import annotations

from collections import Counter

import time_machine
from sqlalchemy import select

from catalogue.accounts import actions as accounts
from catalogue.certification import actions, verifying, watching
from catalogue.certification.cases import Grant
from catalogue.certification.models import Certificate
from catalogue.certification.rules import Evidence
from catalogue.database import db, transaction
from catalogue.jobs.worker import drain
from catalogue.kernel.clock import today
from catalogue.producers.actions import join
from catalogue.producers.models import Producer
from catalogue.producers.rules import Voice
from tests.integration.certification.conftest import IN_REGISTER, REGISTRAR, Register, date_of
from tests.people import letters

BEGINNING = "2026-01-02T05:00:00Z"
END = "2026-12-31"


def somebody_speaks_for(kept: Register, code: str = "lo-tra") -> None:
    with transaction():
        user = accounts.create_user("lan@example.test", "Lan", "vi", "x")
        join(user.id, db.session.scalar(select(Producer.id).where(Producer.code == code)), Voice.OWNER)


def watch(kept: Register, day: str) -> int:
    """How many letters were sent when the worker looked on that day."""
    before = len(letters(kept.app))
    with time_machine.travel(f"{day}T05:00:00Z", tick=False):
        with transaction():
            watching.announce_endings()
        drain(kept.app, "test")
    return len(letters(kept.app)) - before


def test_a_holder_is_told_three_times_and_no_more(kept: Register) -> None:
    somebody_speaks_for(kept)
    with time_machine.travel(BEGINNING, tick=False):
        kept.issue(issued=date_of("2025"), expires=date_of(END))
    days = ["2026-10-01", "2026-10-02", "2026-10-03", "2026-11-01", "2026-11-02", "2026-12-01", "2026-12-02"]
    days += ["2026-12-30", "2026-12-31", "2027-01-01"]
    assert Counter({day: watch(kept, day) for day in days}) == Counter(
        {"2026-10-02": 1, "2026-11-01": 1, "2026-12-01": 1}
    )
    assert "31 tháng 12, 2026" in letters(kept.app)[0].get_content()


def test_a_watch_that_slept_sends_one_letter_and_not_three(kept: Register) -> None:
    somebody_speaks_for(kept)
    with time_machine.travel(BEGINNING, tick=False):
        kept.issue(issued=date_of("2025"), expires=date_of(END))
    assert watch(kept, "2026-12-20") == 1
    assert watch(kept, "2026-12-21") == 0


def test_nobody_is_told_of_what_left_with_its_holder(kept: Register) -> None:
    somebody_speaks_for(kept)
    with time_machine.travel(BEGINNING, tick=False):
        kept.issue(issued=date_of("2025"), expires=date_of(END))
    kept.leave("tra-lo-tra")
    assert watch(kept, "2026-12-01") == 0


def test_whoever_renews_is_told_about_the_new_end_only(kept: Register) -> None:
    somebody_speaks_for(kept)
    with time_machine.travel(BEGINNING, tick=False):
        row = kept.issue(issued=date_of("2025"), expires=date_of("2026-04"))
    assert watch(kept, "2026-03-10") == 1
    longer = {"issued": date_of("2025"), "expires": date_of("2027-04")}
    grant = Grant(**(vars(IN_REGISTER) | longer))
    with time_machine.travel("2026-03-11T05:00:00Z", tick=False), transaction():
        actions.renew(REGISTRAR, kept.fresh(row), kept.seen(row), grant)
    assert watch(kept, "2026-04-20") == 0
    assert watch(kept, "2027-02-01") == 1


def test_nobody_is_told_of_a_claim_or_of_what_was_withdrawn(kept: Register) -> None:
    somebody_speaks_for(kept)
    kept.claim("khan-lo-tra", expires=END)
    with time_machine.travel(BEGINNING, tick=False):
        row = kept.issue(issued=date_of("2025"), expires=date_of(END))
        with transaction():
            actions.withdraw(REGISTRAR, row, kept.seen(row), today(), "Thu hồi")
    assert watch(kept, "2026-12-20") == 0


def told(kept: Register) -> list[tuple[str, str]]:
    return [(one.certificate, one.kind) for one in verifying.faults(lambda folder: folder == "there")]


def test_a_sound_register_is_whole(kept: Register) -> None:
    kept.claim()
    kept.issue("mark", "lo-tra", products=("tra-lo-tra",))
    assert told(kept) == []


def test_what_was_changed_behind_the_registers_back_is_found(kept: Register) -> None:
    row = kept.issue()
    db.session.connection().execute(
        Certificate.__table__.update().where(Certificate.id == row.id).values(expires="2040", level="5")
    )
    db.session.commit()
    db.session.expire_all()
    assert told(kept) == [(row.code, "changed")]


def test_a_confirmation_that_nobody_made_is_found(kept: Register) -> None:
    row = kept.claim(number="1")
    db.session.connection().execute(Certificate.__table__.update().values(confirmed_on=today()))
    db.session.commit()
    db.session.expire_all()
    assert (row.code, "untold") in told(kept)


def test_a_paper_that_is_gone_is_found(kept: Register) -> None:
    row = kept.claim()
    with transaction():
        actions.confirm(REGISTRAR, row, 0, Grant(level="4", evidence=Evidence.DOCUMENT), "gone")
    assert told(kept) == [(row.code, "paper")]


def test_the_command_says_so_and_ends_with_one(kept: Register) -> None:
    kept.issue()
    runner = kept.app.test_cli_runner()
    done = runner.invoke(args=["register", "verify"])
    assert (done.exit_code, done.output) == (0, "The register is whole: 1 certificates.\n")
    db.session.connection().execute(Certificate.__table__.update().values(number="2"))
    db.session.commit()
    done = runner.invoke(args=["register", "verify"])
    assert done.exit_code == 1
    assert "tra-lo-tra-ocop is not as the last act of its history left it." in done.output
