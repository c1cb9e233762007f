"""Which listing the name of a photograph means."""

from __future__ import annotations

import pytest

from catalogue.editorial.batches import code_in

OWNERS = {
    "khan-det": "lan",
    "khan-det-do": "lan",
    "lan-sp-02": "lan",
    "lan-sp-02-b": "lan",
    "lan-7": "lan",
    "hoa-7": "hoa",
}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("khan-det 2.JPG", "khan-det"),
        ("Khan-Det_do mặt sau.jpg", "khan-det-do"),
        ("SP-02.jpg", "lan-sp-02"),
        ("sp 02 (1).heic", "lan-sp-02"),
        ("SP-02-B 3.png", "lan-sp-02-b"),
        ("lan-sp-02.jpg", "lan-sp-02"),
        ("SP-021.jpg", None),
        ("7.jpg", None),
        ("hoa-7.jpg", "hoa-7"),
        ("anh.jpg", None),
    ],
)
def test_a_photograph_is_of_the_listing_that_its_name_begins_with(name: str, code: str | None) -> None:
    assert code_in(name, OWNERS) == code
