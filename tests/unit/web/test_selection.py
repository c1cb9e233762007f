"""What an address names: products and makers by code."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from catalogue.enquiries.rules import MOST_ITEMS
from catalogue.web.public.selection import Selection, asked


@pytest.mark.parametrize(
    ("pairs", "chosen"),
    [
        ([("products", "a,b")], Selection(("a", "b"))),
        ([("products", "a"), ("products", "b"), ("producers", "c")], Selection(("a", "b"), ("c",))),
        ([("products", "b,a,b, a ,")], Selection(("b", "a"))),
        ([("products", "a,<b>,ca phê,x" + "y" * 200), ("q", "b")], Selection(("a",))),
        ([("products", "a\0b,../c,-d")], Selection(("-d",))),
        ([], Selection()),
    ],
)
def test_codes_are_read_once_in_their_order_and_nothing_else_is(
    pairs: list[tuple[str, str]], chosen: Selection
) -> None:
    assert asked(MultiDict(pairs)) == chosen


def test_a_selection_has_an_end() -> None:
    many = MultiDict({"products": ",".join(f"p{n}" for n in range(100)), "producers": "m"})
    assert len(asked(many)) == MOST_ITEMS
    makers = MultiDict({"products": "a", "producers": ",".join(f"m{n}" for n in range(100))})
    assert len(asked(makers)) == MOST_ITEMS


def test_items_come_and_go() -> None:
    both = Selection(("a",)) | Selection(("b", "a"), ("c",))
    assert both == Selection(("a", "b"), ("c",))
    assert both.without("a") == Selection(("b",), ("c",))
    assert both.without("c") == Selection(("a", "b"))
    assert not Selection(("a",)).without("a")
