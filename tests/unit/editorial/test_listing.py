"""What a new listing may be called by."""

from __future__ import annotations

from itertools import islice

import pytest

from catalogue.editorial.listing import numbered


@pytest.mark.parametrize(
    ("name", "codes"),
    [("tea", ["tea", "tea-2"]), ("new", ["new-2", "new-3"]), ("new-tea", ["new-tea", "new-tea-2"])],
)
def test_a_code_is_no_word_of_an_address(name: str, codes: list[str]) -> None:
    assert list(islice(numbered(name), 2)) == codes
