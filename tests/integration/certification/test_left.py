"""What left the catalogue with its holder stays in the register, and comes back as it stands there then."""

from __future__ import annotations

import time_machine

from catalogue.certification import actions, register
from catalogue.certification.cases import Grant
from catalogue.certification.queries import certificates_of_producer, certificates_of_product
from catalogue.certification.register import LEFT, Wanted
from catalogue.certification.rules import Evidence, Status
from catalogue.database import db, transaction
from catalogue.kernel.clock import today
from tests.integration.certification.conftest import REGISTRAR, Register

WHY = "Cơ quan cấp thu hồi"


def test_what_ends_while_its_holder_is_away_has_ended_when_it_is_back(kept: Register) -> None:
    row = kept.issue()
    kept.leave("tra-lo-tra")
    assert register.count(Wanted(status=LEFT), today()) == 1
    assert register.count(Wanted(status=Status.VALID), today()) == 0
    assert register.count(Wanted(), today()) == 1
    with transaction():
        actions.withdraw(REGISTRAR, kept.fresh(row), kept.seen(row), today(), WHY)
    assert certificates_of_product(row.product_id) == []
    kept.come_back("tra-lo-tra")
    [one] = certificates_of_product(row.product_id)
    assert one.status_on(today()) is Status.WITHDRAWN
    assert register.count(Wanted(status=LEFT), today()) == 0


def test_a_new_one_in_place_of_what_left_comes_with_its_holder_too(kept: Register) -> None:
    row = kept.issue()
    kept.leave("lo-tra", "producer")
    with transaction():
        actions.replace(
            REGISTRAR, kept.fresh(row), kept.seen(row), Grant("5", "77", evidence=Evidence.REGISTER)
        )
    assert certificates_of_product(row.product_id) == []
    kept.come_back("lo-tra", "producer")
    found = {one.level: one.status_on(today()) for one in certificates_of_product(row.product_id)}
    assert found == {"4": Status.REPLACED, "5": Status.VALID}


def test_a_rejection_taken_back_while_the_holder_is_away_shows_nothing_before_it_is_back(
    kept: Register,
) -> None:
    row = kept.claim()
    with transaction():
        actions.reject(REGISTRAR, row, 0, WHY)
    with time_machine.travel("2026-11-27T05:00:00Z", tick=False):
        kept.leave("tra-lo-tra")
        with transaction():
            actions.restore(REGISTRAR, kept.fresh(row), kept.seen(row), "Nhầm")
        assert certificates_of_product(row.product_id) == []
        kept.come_back("tra-lo-tra")
        assert [one.id for one in certificates_of_product(row.product_id)] == [row.id]


def test_a_correction_keeps_what_left_in_its_scope(kept: Register) -> None:
    row = kept.issue("mark", "lo-tra", products=("tra-lo-tra",))
    kept.leave("tra-lo-tra")
    grant = Grant(number="99", evidence=Evidence.REGISTER, products=("tra-lo-tra",))
    with transaction():
        actions.correct(REGISTRAR, kept.fresh(row), kept.seen(row), grant, WHY)
    assert register.entry_of(kept.fresh(row))["products"] == ["tra-lo-tra"]
    db.session.expire_all()
    [told] = certificates_of_producer(row.producer_id)
    assert told.scope == []  # readers see only what is there
    kept.come_back("tra-lo-tra")
    assert [one.id for one in certificates_of_product(register.certificate(row.id).scope[0].product_id)] == [
        row.id
    ]


def test_what_stands_of_a_holder_that_left_is_found(kept: Register) -> None:
    row = kept.issue()
    kept.leave("tra-lo-tra")
    row = kept.fresh(row)
    assert register.standing(row.scheme, row.product).id == row.id
