"""What scripts add stays small: pages work without them."""

from __future__ import annotations

import gzip
from pathlib import Path

SCRIPTS = Path(__file__).parents[2] / "static" / "js"


def test_the_module_that_changes_lists_in_place_is_at_most_three_kilobytes() -> None:
    assert (SCRIPTS / "swap.js").stat().st_size <= 3 * 1024


def test_all_scripts_of_the_workshop_are_at_most_fifteen_kilobytes_on_the_wire() -> None:
    packed = [len(gzip.compress(path.read_bytes())) for path in (SCRIPTS / "studio").glob("*.js")]
    assert 0 < sum(packed) <= 15 * 1024
