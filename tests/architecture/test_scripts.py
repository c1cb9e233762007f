"""What scripts add stays small: pages work without them."""

from __future__ import annotations

from pathlib import Path

SCRIPTS = Path(__file__).parents[2] / "static" / "js"


def test_the_module_that_changes_lists_in_place_is_at_most_three_kilobytes() -> None:
    assert (SCRIPTS / "swap.js").stat().st_size <= 3 * 1024
