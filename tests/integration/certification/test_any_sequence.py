"""The register under any sequence of acts on any days: what it says follows from its history, and the rules
hold in every state."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

import config
from catalogue import create_app
from catalogue.archive import archived_too
from catalogue.certification import actions, cases, register, verifying
from catalogue.certification.cases import Grant
from catalogue.certification.models import Certificate, CertificateEvent
from catalogue.certification.queries import certificates_of_products
from catalogue.certification.register import LEFT, REJECTED, Wanted
from catalogue.certification.rules import Evidence, Status, steps
from catalogue.database import db, transaction
from catalogue.editorial.listings import LISTINGS
from catalogue.kernel.clock import now
from catalogue.kernel.errors import Conflict, RuleBroken
from catalogue.kernel.partial_date import PartialDate
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.records import by_code
from catalogue.showcase.standing import certified
from tests.integration.certification.conftest import REGISTRAR, fill

BEGINNING = datetime(2026, 1, 1, 5, tzinfo=UTC)
HOLDERS = ("tra-lo-tra", "khan-lo-tra")
dates = st.none() | st.builds(
    lambda day, known: PartialDate(*(day.year, day.month, day.day)[:known]),
    st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    st.integers(1, 3),
)
grants = st.builds(
    Grant,
    level=st.sampled_from([None, "3", "4", "5", "6"]),
    number=st.sampled_from([None, "12/QĐ"]),
    issued=dates,
    expires=dates,
    valid_from=st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    evidence=st.sampled_from(Evidence),
)
folders = st.sampled_from([None, "certificate-folder"])
reasons = st.sampled_from(["", "Nhầm hồ sơ"])
any_seen = st.sampled_from([0, None, None, None, None])


class Register(RuleBasedStateMachine):
    """Acts with sound and unsound values, on a clock that only goes forward."""

    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.at = tempfile.mkdtemp(prefix="register-")
        shutil.copytree(self.folder, self.at, dirs_exist_ok=True)
        self.app = create_app(config.Testing(Path(self.at)))
        self.context = self.app.app_context()
        self.context.push()
        self.clock = time_machine.travel(BEGINNING, tick=False)
        self.moment = self.clock.start()
        self.told: dict[int, list[dict]] = {}

    @initialize()
    def begin(self) -> None:
        with transaction():
            fill()

    def teardown(self) -> None:
        self.clock.stop()
        db.session.remove()
        db.engine.dispose()
        self.context.pop()
        shutil.rmtree(self.at, ignore_errors=True)

    @property
    def day(self) -> date:
        return datetime.now(UTC).date()

    def try_(self, act) -> None:
        """An act that may be refused; then nothing of it is left."""
        try:
            with transaction():
                act()
        except (RuleBroken, Conflict):
            db.session.expire_all()

    def one(self, place: int) -> Certificate | None:
        keys = list(db.session.scalars(select(CertificateEvent.certificate_id).distinct()))
        return register.certificate(keys[place % len(keys)]) if keys else None

    @rule(days=st.integers(1, 200))
    def time_passes(self, days: int) -> None:
        self.moment.shift(timedelta(days=days))

    @rule(holder=st.sampled_from(HOLDERS), grant=grants, folder=folders)
    def issue(self, holder: str, grant: Grant, folder: str | None) -> None:
        scheme = cases.scheme_in_full("ocop")
        self.try_(lambda: actions.issue(REGISTRAR, scheme, cases.owner(scheme, holder), grant, folder))

    @rule(
        place=st.integers(0, 5),
        act=st.sampled_from([actions.confirm, actions.renew, actions.replace]),
        grant=grants,
        folder=folders,
        seen=any_seen,
    )
    def write(self, place: int, act, grant: Grant, folder: str | None, seen: int | None) -> None:
        if (row := self.one(place)) is not None:
            version = register.version(row.id) if seen is None else seen
            self.try_(lambda: act(REGISTRAR, row, version, grant, folder))

    @rule(place=st.integers(0, 5), grant=grants, reason=reasons)
    def correct(self, place: int, grant: Grant, reason: str) -> None:
        if (row := self.one(place)) is not None:
            self.try_(lambda: actions.correct(REGISTRAR, row, register.version(row.id), grant, reason))

    @rule(
        place=st.integers(0, 5),
        act=st.sampled_from([actions.suspend, actions.withdraw]),
        ago=st.integers(-2, 400),
        reason=reasons,
    )
    def end(self, place: int, act, ago: int, reason: str) -> None:
        if (row := self.one(place)) is not None:
            day = self.day - timedelta(days=ago)
            self.try_(lambda: act(REGISTRAR, row, register.version(row.id), day, reason))

    @rule(place=st.integers(0, 5), act=st.sampled_from([actions.reject, actions.restore]), reason=reasons)
    def turn(self, place: int, act, reason: str) -> None:
        if (row := self.one(place)) is not None:
            self.try_(lambda: act(REGISTRAR, row, register.version(row.id), reason))

    @rule(holder=st.sampled_from(HOLDERS))
    def leave_or_come_back(self, holder: str) -> None:
        with archived_too():
            away = by_code(Product, holder).archived_at
        self.moment.shift(timedelta(seconds=1))  # no two acts are of one instant
        with transaction():
            LISTINGS["product"].archive(holder, None if away else now())
        self.moment.shift(timedelta(seconds=1))

    @invariant()
    def readers_see_what_nobody_rejected_and_whose_holder_is_there(self) -> None:
        for key in db.session.scalars(select(CertificateEvent.certificate_id).distinct()).all():
            row = register.certificate(key)
            hidden = bool(row.rejected_on or row.product.archived_at)
            assert [bool(one.archived_at) for one in (row, *row.scope)] == [hidden] * (1 + len(row.scope))

    @invariant()
    def history_only_grows_and_tells_how_everything_stands(self) -> None:
        assert list(verifying.faults(lambda _folder: True)) == []
        for key in db.session.scalars(select(Certificate.id)):
            entries = [one.entry for one in register.history(key)]
            before = self.told.get(key, [])
            assert entries[: len(before)] == before
            self.told[key] = entries

    @invariant()
    def a_holder_has_one_standing_certificate(self) -> None:
        standing = (
            Certificate.replaced_on.is_(None),
            Certificate.withdrawn_on.is_(None),
            Certificate.rejected_on.is_(None),
        )
        numbers = select(func.count()).where(*standing).group_by(Certificate.product_id)
        with archived_too():
            assert set(db.session.scalars(numbers)) <= {1}

    @invariant()
    def what_is_to_be_replaced_has_something_to_take_its_place(self) -> None:
        for key in db.session.scalars(select(CertificateEvent.certificate_id).distinct()).all():
            row = register.certificate(key)
            if row.replaced_on and row.replaced_on > self.day:
                later = [one for one in register.of_same_holder(row) if one.id > row.id]
                assert any(one.withdrawn_on is None for one in later)

    @invariant()
    def what_is_in_force_rests_on_something_and_has_a_code(self) -> None:
        for held in certificates_of_products(range(1, 9)).values():
            for row in held:
                if row.status_on(self.day) is Status.VALID:
                    assert row.confirmed_on
                    assert row.lookup_code
                    assert row.level in {"3", "4", "5"}
                    assert row.evidence != "press" or row.number
                    assert {row.suspended_on, row.withdrawn_on, row.replaced_on} == {None}
        rows = db.session.scalars(select(Certificate).options(joinedload(Certificate.product)))
        valid = [row for row in rows if row.status_on(self.day) is Status.VALID]
        makers = Counter(row.product.producer_id if row.product else row.producer_id for row in valid)
        assert certified(Producer, self.day) == makers

    @invariant()
    def the_database_counts_as_the_rule_judges(self) -> None:
        db.session.expire_all()
        keys = db.session.scalars(select(CertificateEvent.certificate_id).distinct()).all()
        rows = [register.certificate(key) for key in keys]
        standings = [
            REJECTED if row.rejected_on else LEFT if row.has_left else row.status_on(self.day).value
            for row in rows
        ]
        for status in (*Status, REJECTED, LEFT):
            assert register.count(Wanted(status=status), self.day) == standings.count(status), status
        for row in rows:
            assert len(steps(row.facts, self.day, rejected=bool(row.rejected_on))) in {0, 1, 3, 4, 5}


@pytest.mark.slow
def test_any_sequence_of_acts_leaves_a_sound_register(migrated_instance: Path) -> None:
    Register.folder = migrated_instance
    run_state_machine_as_test(
        Register,
        settings=settings(
            max_examples=15,
            stateful_step_count=25,
            suppress_health_check=list(HealthCheck),
        ),
    )
