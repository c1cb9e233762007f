"""What a certificate is worth on a day: the one rule, on facts alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.accounts.rules import Role
from catalogue.certification.rules import (
    Evidence,
    Facts,
    Status,
    Step,
    certificate_code,
    has_ended,
    has_usual_term_passed,
    is_confirmed,
    may_keep_register,
    may_read_register,
    status_on,
    steps,
    usual_term_ends,
    watch_mark,
)
from catalogue.kernel.actor import Actor
from catalogue.kernel.partial_date import PartialDate

TODAY = date(2026, 11, 26)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
# Confirmed by staff in the issuer's register, with nothing against it.
GOOD = Facts(evidence=Evidence.REGISTER, number="123/QĐ", confirmed_on=YESTERDAY)
CLAIM = Facts(evidence=Evidence.PRESS)


def partial(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)


days = st.dates(date(2000, 1, 1), date(2050, 12, 31))
maybe_days = st.none() | days
facts = st.builds(
    Facts,
    evidence=st.sampled_from(Evidence),
    number=st.none() | st.just("") | st.just(" ") | st.just("123/QĐ"),
    confirmed_on=maybe_days,
    valid_from=maybe_days,
    expires=st.none() | st.builds(partial, days) | st.builds(PartialDate, st.integers(2000, 2050)),
    suspended_on=maybe_days,
    withdrawn_on=maybe_days,
    replaced_on=maybe_days,
)


@pytest.mark.parametrize(
    ("certificate", "status"),
    [
        (CLAIM, Status.UNCONFIRMED),
        (GOOD, Status.VALID),
        (replace(GOOD, valid_from=TOMORROW), Status.PENDING),
        (replace(GOOD, suspended_on=YESTERDAY), Status.SUSPENDED),
        (replace(GOOD, expires=partial(YESTERDAY)), Status.EXPIRED),
        (replace(GOOD, replaced_on=YESTERDAY), Status.REPLACED),
        (replace(GOOD, withdrawn_on=YESTERDAY), Status.WITHDRAWN),
    ],
    ids=lambda value: value.value if isinstance(value, Status) else "",
)
def test_each_state_follows_from_its_fact(certificate: Facts, status: Status) -> None:
    assert status_on(certificate, TODAY) is status


@pytest.mark.parametrize(
    ("certificate", "status"),
    [
        (replace(GOOD, confirmed_on=TODAY), Status.VALID),
        (replace(GOOD, confirmed_on=TOMORROW), Status.UNCONFIRMED),
        (replace(GOOD, valid_from=TODAY), Status.VALID),
        (replace(GOOD, expires=partial(TODAY)), Status.VALID),
        (replace(GOOD, suspended_on=TODAY), Status.SUSPENDED),
        (replace(GOOD, suspended_on=TOMORROW), Status.VALID),
        (replace(GOOD, withdrawn_on=TODAY), Status.WITHDRAWN),
        (replace(GOOD, withdrawn_on=TOMORROW), Status.VALID),
        (replace(GOOD, replaced_on=TODAY), Status.REPLACED),
        (replace(GOOD, replaced_on=TOMORROW), Status.VALID),
    ],
)
def test_a_fact_counts_from_its_own_day(certificate: Facts, status: Status) -> None:
    assert status_on(certificate, TODAY) is status


@pytest.mark.parametrize(
    ("expires", "last_good_day"),
    [("2026", date(2026, 12, 31)), ("2026-11", date(2026, 11, 30)), ("2026-11-26", date(2026, 11, 26))],
)
def test_an_expiry_known_only_to_the_year_or_month_lasts_to_its_end(
    expires: str, last_good_day: date
) -> None:
    certificate = replace(GOOD, expires=PartialDate.parse(expires))
    assert status_on(certificate, last_good_day) is Status.VALID
    assert status_on(certificate, last_good_day + timedelta(days=1)) is Status.EXPIRED


def test_an_ending_on_record_is_told_even_of_a_claim() -> None:
    assert status_on(replace(CLAIM, withdrawn_on=YESTERDAY), TODAY) is Status.WITHDRAWN
    assert status_on(replace(CLAIM, expires=partial(YESTERDAY)), TODAY) is Status.EXPIRED


def test_what_ends_for_good_is_told_before_what_may_come_back() -> None:
    ended = replace(GOOD, suspended_on=YESTERDAY, expires=partial(YESTERDAY), replaced_on=YESTERDAY)
    assert status_on(ended, TODAY) is Status.REPLACED
    assert status_on(replace(ended, replaced_on=None), TODAY) is Status.EXPIRED
    assert status_on(replace(ended, withdrawn_on=YESTERDAY), TODAY) is Status.WITHDRAWN


def test_a_seen_paper_or_a_number_is_ground_enough_for_a_confirmation() -> None:
    assert status_on(Facts(Evidence.DOCUMENT, confirmed_on=TODAY), TODAY) is Status.VALID
    assert status_on(Facts(Evidence.PRESS, number="123/QĐ", confirmed_on=TODAY), TODAY) is Status.VALID


@given(facts, days, st.sampled_from([None, "", " "]))
def test_the_press_without_a_number_never_makes_a_certificate_valid(
    certificate: Facts, day: date, number: str | None
) -> None:
    claim = replace(certificate, evidence=Evidence.PRESS, number=number)
    assert status_on(claim, day) not in (Status.VALID, Status.PENDING)


@given(facts, days)
def test_nothing_that_staff_have_not_confirmed_is_valid(certificate: Facts, day: date) -> None:
    assert status_on(replace(certificate, confirmed_on=None), day) not in (Status.VALID, Status.PENDING)


@given(facts, days)
def test_valid_means_confirmed_begun_and_not_ended(certificate: Facts, day: date) -> None:
    endings = certificate.withdrawn_on, certificate.replaced_on, certificate.suspended_on
    in_force = (
        is_confirmed(certificate, day)
        and (certificate.valid_from is None or certificate.valid_from <= day)
        and (certificate.expires is None or day <= certificate.expires.last_day)
        and all(ending is None or day < ending for ending in endings)
    )
    assert (status_on(certificate, day) is Status.VALID) == in_force


@given(facts, days, st.integers(0, 4000))
def test_what_was_withdrawn_stays_withdrawn(certificate: Facts, day: date, later: int) -> None:
    if status_on(certificate, day) is Status.WITHDRAWN:
        assert status_on(certificate, day + timedelta(days=later)) is Status.WITHDRAWN


@pytest.mark.parametrize(
    ("issued", "months", "end"),
    [
        ("2022", 36, date(2025, 12, 31)),
        ("2022-08", 36, date(2025, 8, 31)),
        ("2022-08-15", 36, date(2025, 8, 15)),
    ],
)
def test_the_usual_term_counts_from_the_latest_day_of_the_grant(issued: str, months: int, end: date) -> None:
    grant = PartialDate.parse(issued)
    assert usual_term_ends(grant, months) == end
    assert has_usual_term_passed(grant, months, end) is False
    assert has_usual_term_passed(grant, months, end + timedelta(days=1)) is True


@pytest.mark.parametrize(("issued", "months"), [(None, 36), (PartialDate(2020), None), (None, None)])
def test_the_usual_term_is_unknown_without_a_date_or_a_term(
    issued: PartialDate | None, months: int | None
) -> None:
    assert usual_term_ends(issued, months) is None
    assert has_usual_term_passed(issued, months, TODAY) is None


def test_a_certificate_is_named_after_its_holder_and_scheme() -> None:
    assert certificate_code("tra-o-long-cau-dat", "ocop") == "tra-o-long-cau-dat-ocop"


@pytest.mark.parametrize(
    ("issuer", "ended"),
    [
        ("Đà Lạt City People's Committee (until 30 June 2025); successor to be confirmed", True),
        ("Former Di Linh district", True),
        ("Lâm Đồng province", False),
        ("Three stars: district (pre-July-2025 model); four stars: province", False),
    ],
)
def test_an_issuer_ended_where_the_data_says_so(issuer: str, ended: bool) -> None:
    assert has_ended(issuer) is ended


@given(facts, days, st.booleans())
def test_nothing_can_be_done_with_what_was_replaced(certificate: Facts, day: date, rejected: bool) -> None:
    if certificate.replaced_on and certificate.replaced_on <= day:
        assert steps(certificate, day, rejected=rejected) == frozenset()


@given(facts, days, st.booleans())
def test_only_a_claim_is_confirmed_or_rejected_and_only_what_was_confirmed_is_renewed(
    certificate: Facts, day: date, rejected: bool
) -> None:
    open_to = steps(certificate, day, rejected=rejected)
    if certificate.confirmed_on:
        assert not open_to & {Step.CONFIRM, Step.REJECT}
    else:
        assert not open_to & {Step.RENEW, Step.REPLACE, Step.SUSPEND}


@given(facts, days)
def test_a_rejected_claim_can_only_come_back(certificate: Facts, day: date) -> None:
    assert steps(certificate, day, rejected=True) <= {Step.RESTORE}


@pytest.mark.parametrize(
    ("left", "mark"), [(91, None), (90, 90), (61, 90), (60, 60), (30, 30), (1, 30), (0, 30), (-1, None)]
)
def test_a_holder_is_told_at_ninety_sixty_and_thirty_days(left: int, mark: int | None) -> None:
    assert watch_mark(partial(TODAY + timedelta(days=left)), TODAY) == mark


def test_what_names_no_end_is_not_watched() -> None:
    assert watch_mark(None, TODAY) is None


@pytest.mark.parametrize("role", Role)
def test_only_registrars_and_administrators_keep_the_register(role: Role) -> None:
    actor = Actor(1, "Lan", roles=frozenset({role}))
    assert may_read_register(actor)
    assert may_keep_register(actor) is (role in {Role.REGISTRAR, Role.ADMINISTRATOR})


def test_a_maker_reads_nothing_of_the_register() -> None:
    maker = Actor(1, "Lan", speaks_for={"to-det": "owner"})
    assert not may_read_register(maker)
    assert not may_keep_register(maker)
