"""The acts of the register: who may, what each leaves behind, and what the schemes' rules refuse."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from catalogue.audit import AuditEvent
from catalogue.certification import actions, register
from catalogue.certification.cases import Grant
from catalogue.certification.lookup import tidy
from catalogue.certification.models import CertificateEvent
from catalogue.certification.queries import certificates_of_products
from catalogue.certification.rules import Evidence, Status
from catalogue.database import db, transaction
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import today
from catalogue.kernel.errors import Conflict, NotAllowed, RuleBroken
from catalogue.producers.models import Producer
from catalogue.showcase.standing import certified
from tests.integration.certification.conftest import IN_REGISTER, READER, REGISTRAR, Register, date_of

WHY = "Bảng của tỉnh ghi khác"
ENDINGS = {
    "suspend": lambda row, seen: actions.suspend(REGISTRAR, row, seen, today(), WHY),
    "withdraw": lambda row, seen: actions.withdraw(REGISTRAR, row, seen, today(), WHY),
}


def steps_of(row) -> list[str]:
    return [one.step for one in register.history(row.id)]


def test_a_claim_that_is_confirmed_is_in_force_and_gets_its_code(kept: Register) -> None:
    row = kept.claim(level="3")
    assert row.status_on(today()) is Status.UNCONFIRMED
    assert row.lookup_code is None
    with transaction():
        actions.confirm(REGISTRAR, row, 0, IN_REGISTER)
    row = kept.fresh(row)
    assert row.status_on(today()) is Status.VALID
    assert (row.level, row.number) == ("4", "12/QĐ")
    assert tidy(row.lookup_code) == row.lookup_code
    assert steps_of(row) == ["confirm"]


def test_every_act_is_in_the_history_and_in_the_audit_log(kept: Register) -> None:
    row = kept.issue()
    with transaction():
        actions.suspend(REGISTRAR, row, kept.seen(row), today(), WHY)
    [line] = db.session.scalars(select(AuditEvent).where(AuditEvent.verb == "suspend"))
    assert (line.kind, line.target, line.reason, line.actor) == ("certificate", row.code, WHY, "Hạnh")
    assert line.detail["entry"] == register.history(row.id)[-1].entry
    assert line.detail["entry"]["suspended_on"] == today().isoformat()


def test_what_an_entry_said_before_is_never_lost(kept: Register) -> None:
    row = kept.issue(issued=date_of("2024-03-01"), expires=date_of("2027-03-01"))
    renewed = Grant(
        level="4",
        number="99/QĐ",
        issued=date_of("2026-03-01"),
        expires=date_of("2029-03-01"),
        evidence=Evidence.REGISTER,
    )
    with transaction():
        actions.renew(REGISTRAR, row, kept.seen(row), renewed)
    first, second = register.history(row.id)
    assert (first.entry["number"], first.entry["expires"]) == ("12/QĐ", "2027-03-01")
    assert (second.entry["number"], second.entry["expires"]) == ("99/QĐ", "2029-03-01")


def test_history_cannot_be_rewritten(kept: Register) -> None:
    row = kept.issue()
    event = db.session.scalars(select(CertificateEvent)).one()
    event.reason = "nothing happened"
    with pytest.raises(TypeError), transaction():
        db.session.flush()
    db.session.delete(db.session.scalars(select(CertificateEvent)).one())
    with pytest.raises(TypeError), transaction():
        db.session.flush()
    assert steps_of(row) == ["issue"]


def test_a_new_certificate_takes_the_old_ones_place(kept: Register) -> None:
    row = kept.issue()
    with transaction():
        new = actions.replace(REGISTRAR, row, kept.seen(row), Grant("5", "77", evidence=Evidence.REGISTER))
        number = new.id
    old, new = kept.fresh(row), register.certificate(number)
    assert (old.status_on(today()), new.status_on(today())) == (Status.REPLACED, Status.VALID)
    assert (old.code, new.code) == ("tra-lo-tra-ocop", "tra-lo-tra-ocop-2")
    assert old.lookup_code != new.lookup_code
    [one] = [c for c in certificates_of_products([old.product_id])[old.product_id] if c.level == "5"]
    assert one.id == new.id


def test_a_rejected_claim_is_read_by_nobody_but_the_register(kept: Register) -> None:
    row = kept.claim()
    with transaction():
        actions.reject(REGISTRAR, row, 0, WHY)
    assert certificates_of_products([row.product_id]) == {}
    row = kept.fresh(row)
    assert row.rejected_on == today()
    with transaction():
        actions.restore(REGISTRAR, row, kept.seen(row), "Nhầm")
    assert [one.id for one in certificates_of_products([row.product_id])[row.product_id]] == [row.id]
    assert steps_of(row) == ["reject", "restore"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_ending_is_taken_back_when_it_was_noted_by_mistake(kept: Register, ending: str) -> None:
    row = kept.issue()
    assert set(certified(Producer, today())) == {kept.fresh(row).product.producer_id}
    with transaction():
        ENDINGS[ending](row, kept.seen(row))
    row = kept.fresh(row)
    assert row.status_on(today()) is not Status.VALID
    assert set(certified(Producer, today())) == set()
    with transaction():
        actions.restore(REGISTRAR, row, kept.seen(row), "Nhầm hồ sơ")
    assert kept.fresh(row).status_on(today()) is Status.VALID


def test_after_a_withdrawal_the_holder_may_be_granted_another(kept: Register) -> None:
    row = kept.issue()
    with transaction():
        actions.withdraw(REGISTRAR, row, kept.seen(row), today(), WHY)
    assert kept.issue(number="13/QĐ").code == "tra-lo-tra-ocop-2"
    with pytest.raises(RuleBroken, match="holder_has_one"):
        actions.restore(REGISTRAR, kept.fresh(row), kept.seen(row), "Nhầm")


def refused(call, *arguments, **named) -> RuleBroken:
    with pytest.raises(RuleBroken) as broken, transaction():
        call(*arguments, **named)
    return broken.value


@pytest.mark.parametrize(
    ("scheme", "holder", "given", "field", "rule"),
    [
        ("ocop", "khan-to-det", {"level": "6"}, "level", "level"),
        ("mark", "lo-tra", {"products": ("khan-lo-tra",)}, "products", "goods"),
        ("mark", "to-det", {"products": ("tra-to-det",)}, "holder", "area"),
        ("mark", "lo-tra", {"products": ("tra-to-det",)}, "products", "strangers"),
        ("mark", "tra-lo-tra", {}, "holder", "holder"),
        ("mark", "lo-det", {}, "products", "nothing"),
        ("ocop", "tra-lo-tra", {"issued": date_of("9999"), "expires": date_of("9999")}, "issued", "year"),
        ("ocop", "tra-lo-tra", {"issued": date_of("2024"), "expires": date_of("2029")}, "expires", "term"),
    ],
    ids=[
        "six stars",
        "the mark on a handicraft",
        "from elsewhere",
        "another's",
        "on a product",
        "a weaver",
        "far off",
        "too long",
    ],
)
def test_a_broken_rule_is_named(
    kept: Register, scheme: str, holder: str, given: dict, field: str, rule: str
) -> None:
    kept.weaver()
    broken = refused(kept.issue, scheme, holder, **given)
    assert (broken.code, broken.field, broken.parameters["rule"]) == ("certificate.breaks_rule", field, rule)
    assert register.count(register.Wanted(), today()) == 0


def test_nobody_vouches_on_the_word_of_a_page_alone(kept: Register) -> None:
    row = kept.claim()
    assert refused(actions.confirm, REGISTRAR, row, 0, Grant("4")).code == "certificate.without_grounds"
    seen_paper = Grant("4", evidence=Evidence.DOCUMENT)
    assert refused(actions.confirm, REGISTRAR, row, 0, seen_paper).code == "certificate.without_paper"
    with transaction():
        actions.confirm(REGISTRAR, row, 0, seen_paper, "certificate-folder")
    assert kept.fresh(row).status_on(today()) is Status.VALID


def test_a_holder_has_one_certificate_of_a_scheme_at_a_time(kept: Register) -> None:
    kept.claim()
    assert refused(kept.issue).code == "certificate.holder_has_one"


def test_what_was_granted_ahead_of_time_leaves_no_gap(kept: Register) -> None:
    row = kept.issue(issued=date_of("2024-01-05"), expires=date_of("2027-01-04"))
    ahead = Grant("5", "77", valid_from=date(2027, 1, 5), evidence=Evidence.REGISTER)
    assert refused(actions.renew, REGISTRAR, row, kept.seen(row), ahead).code == "certificate.begins_later"
    with transaction():
        number = actions.replace(REGISTRAR, row, kept.seen(row), ahead).id
    old, new = kept.fresh(row), register.certificate(number)
    for day, standing in (
        (today(), (Status.VALID, Status.PENDING)),
        (date(2027, 1, 4), (Status.VALID, Status.PENDING)),
        (date(2027, 1, 5), (Status.REPLACED, Status.VALID)),
    ):
        assert (old.status_on(day), new.status_on(day)) == standing


def test_what_was_to_be_replaced_by_a_mistake_stands_again(kept: Register) -> None:
    row = kept.issue()
    ahead = Grant("5", "77", valid_from=date(2027, 1, 5), evidence=Evidence.REGISTER)
    with transaction():
        new = actions.replace(REGISTRAR, row, kept.seen(row), ahead)
        actions.withdraw(REGISTRAR, new, kept.seen(new), today(), WHY)
    row = kept.fresh(row)
    assert [row.status_on(day) for day in (today(), date(2027, 1, 5))] == [Status.VALID] * 2
    newest = register.history(row.id)[-1]
    assert (newest.step, newest.reason, newest.entry["replaced_on"]) == ("restore", WHY, None)
    assert db.session.scalars(select(AuditEvent.target).where(AuditEvent.verb == "restore")).all() == [
        row.code
    ]


def test_without_the_one_between_the_first_stands_until_the_last_begins(kept: Register) -> None:
    first = kept.issue()
    days = date(2027, 1, 5), date(2028, 1, 5)
    with transaction():
        row, made = first, []
        for day in days:
            grant = Grant("5", "77", valid_from=day, evidence=Evidence.REGISTER)
            made.append(row := actions.replace(REGISTRAR, row, kept.seen(row), grant))
        actions.withdraw(REGISTRAR, made[0], kept.seen(made[0]), today(), WHY)
    assert kept.fresh(first).replaced_on == days[1]
    with transaction():
        last = register.certificate(made[1].id)
        actions.withdraw(REGISTRAR, last, kept.seen(last), today(), WHY)
    assert kept.fresh(first).replaced_on is None


def test_what_has_been_replaced_does_not_come_back(kept: Register) -> None:
    row = kept.issue()
    with transaction():
        new = actions.replace(REGISTRAR, row, kept.seen(row), Grant("5", "77", evidence=Evidence.REGISTER))
        actions.withdraw(REGISTRAR, new, kept.seen(new), today(), WHY)
    assert kept.fresh(row).status_on(today()) is Status.REPLACED


def test_nobody_keeps_a_number_that_no_paper_has(kept: Register) -> None:
    assert kept.issue(number="1" * 100).number == "1" * 100
    broken = refused(kept.issue, holder="khan-lo-tra", number="1" * 101)
    assert (broken.code, broken.field, broken.parameters["most"]) == ("certificate.too_long", "number", 100)


def test_a_renewal_ends_later(kept: Register) -> None:
    row = kept.issue(issued=date_of("2025"), expires=date_of("2027-05"))
    again = Grant("4", "12/QĐ", date_of("2025"), date_of("2027-05"), evidence=Evidence.REGISTER)
    assert refused(actions.renew, REGISTRAR, row, kept.seen(row), again).code == "certificate.not_later"


def test_the_paper_of_the_term_before_does_not_prove_the_new_one(kept: Register) -> None:
    row, seen_paper = kept.claim(), {"level": "4", "evidence": Evidence.DOCUMENT}
    with transaction():
        grant = Grant(**seen_paper, expires=date_of("2027-05"))
        actions.confirm(REGISTRAR, row, 0, grant, "certificate-folder")
    longer = Grant(**seen_paper, expires=date_of("2029-05"))
    row = kept.fresh(row)
    assert refused(actions.renew, REGISTRAR, row, kept.seen(row), longer).code == "certificate.without_paper"
    with transaction():
        actions.renew(REGISTRAR, kept.fresh(row), kept.seen(row), longer, "certificate-folder")
    assert kept.fresh(row).expires == "2029-05"


@pytest.mark.parametrize("away", [timedelta(days=1), timedelta(days=-800)], ids=["ahead", "before it began"])
def test_an_ending_happened_while_there_was_something_to_end(kept: Register, away: timedelta) -> None:
    row = kept.issue(issued=date_of("2026-01"))
    broken = refused(actions.withdraw, REGISTRAR, row, kept.seen(row), today() + away, WHY)
    assert (broken.code, broken.field) == ("certificate.day_wrong", "day")


def test_an_ending_of_what_was_granted_nobody_knows_when_has_a_day_that_can_be(kept: Register) -> None:
    row = kept.issue()
    assert refused(actions.suspend, REGISTRAR, row, kept.seen(row), date(226, 11, 26), WHY).field == "day"


@pytest.mark.parametrize("words", ["", "  \n"])
def test_a_correction_says_why(kept: Register, words: str) -> None:
    row = kept.issue()
    broken = refused(actions.correct, REGISTRAR, row, kept.seen(row), IN_REGISTER, words)
    assert broken.code == "certificate.without_reason"


def test_two_people_do_not_overwrite_each_other(kept: Register) -> None:
    row = kept.claim()
    with transaction():
        actions.confirm(REGISTRAR, row, 0, IN_REGISTER)
    with pytest.raises(Conflict), transaction():
        actions.reject(REGISTRAR, kept.fresh(row), 0, WHY)
    assert kept.fresh(row).status_on(today()) is Status.VALID


@pytest.mark.parametrize("actor", [READER, Actor(), Actor(9, "Lan", speaks_for={"lo-tra": "owner"})])
def test_whoever_does_not_keep_the_register_changes_nothing(kept: Register, actor: Actor) -> None:
    row = kept.claim()
    scheme, product = row.scheme, row.product
    for act in (
        lambda: actions.confirm(actor, row, 0, IN_REGISTER),
        lambda: actions.correct(actor, row, 0, IN_REGISTER, WHY),
        lambda: actions.reject(actor, row, 0, WHY),
        lambda: actions.withdraw(actor, row, 0, today(), WHY),
        lambda: actions.issue(actor, scheme, product, IN_REGISTER),
    ):
        with pytest.raises(NotAllowed), transaction():
            act()
    assert register.history(row.id) == []


def test_the_last_day_is_a_day_in_force_by_the_clock_of_dalat(kept: Register) -> None:
    with time_machine.travel("2026-11-01T00:00:00Z", tick=False):
        row = kept.issue(issued=date_of("2025"), expires=date_of("2026-12-31"))
    for moment, status in (
        ("2026-12-31T16:59:59Z", Status.VALID),
        ("2026-12-31T17:00:00Z", Status.EXPIRED),
    ):
        with time_machine.travel(moment, tick=False):
            assert row.status_on(today()) is status


def test_good_standing_is_asked_for_any_day(kept: Register) -> None:
    row = kept.issue("mark", "lo-tra", expires=date_of("2030-06"), products=("tra-lo-tra",))
    assert set(certified(Producer, date(2030, 6, 30))) == {row.producer_id}
    assert set(certified(Producer, date(2030, 7, 1))) == set()
