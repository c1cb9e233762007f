"""The code on a label: read however it was typed, and never taken for another one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.certification.lookup import ALPHABET, new_code, tidy

# From field-s14: the ways in which people copy a code from paper.
WAYS = {
    "as printed": lambda code: code,
    "lower case": str.lower,
    "without hyphens": lambda code: code.replace("-", ""),
    "blanks for hyphens": lambda code: code.replace("-", " "),
    "an en dash": lambda code: code.replace("-", "–"),
    "full width": lambda code: "".join(chr(ord(sign) + 0xFEE0) for sign in code),
    "a full stop and a line end": lambda code: f" {code}.\n",
}
codes = st.builds(new_code)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_a_code_is_read_however_it_was_typed(way) -> None:
    code = new_code()
    assert tidy(way(code)) == code


def test_no_sign_can_be_mistaken_for_another() -> None:
    assert not set("01OIL") & set(ALPHABET)


@given(codes, st.integers(0, 7), st.sampled_from(ALPHABET))
def test_one_mistyped_sign_is_never_another_code(code: str, place: int, sign: str) -> None:
    plain = code.replace("-", "")
    mistyped = plain[:place] + sign + plain[place + 1 :]
    assert tidy(mistyped) == (code if mistyped == plain else None)


@given(codes, st.integers(0, 7), st.integers(0, 7))
def test_two_exchanged_signs_are_never_another_code(code: str, one: int, other: int) -> None:
    signs = list(code.replace("-", ""))
    signs[one], signs[other] = signs[other], signs[one]
    mistyped = "".join(signs)
    assert tidy(mistyped) == (code if mistyped == code.replace("-", "") else None)


@pytest.mark.parametrize("typed", ["", "7K3M", "7K3M-9QX0", "không phải mã", "7K3M-9QXD-7K3M"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert tidy(typed) is None
