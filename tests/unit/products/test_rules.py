"""When a price is asked about."""

from __future__ import annotations

import pytest

from catalogue.products.rules import is_far

SHAWLS = [500_000, 700_000, 900_000]


@pytest.mark.parametrize(
    ("price", "far"),
    [(68_000, True), (7_000_000, True), (150_000, False), (680_000, False), (3_000_000, False)],
)
def test_a_missing_zero_is_asked_about_and_a_dear_piece_is_not(price: float, far: bool) -> None:
    assert is_far(price, SHAWLS) is far


def test_without_neighbours_nothing_is_asked() -> None:
    assert not is_far(1, [500_000, 700_000])
