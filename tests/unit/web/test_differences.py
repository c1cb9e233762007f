"""Two texts beside each other: nothing is lost, and only what differs is marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.web.staff.differences import Part, compared

TEXTS = st.text(alphabet="ắb ờ.,\n12", max_size=30)


def test_only_the_words_that_differ_are_marked() -> None:
    before, after = compared("Dệt tay bảy ngày.", "Dệt tay mười ngày.")
    assert before == (Part("same", "Dệt tay "), Part("gone", "bảy"), Part("same", " ngày."))
    assert after == (Part("same", "Dệt tay "), Part("new", "mười"), Part("same", " ngày."))


def test_blanks_between_words_that_differ_belong_to_them() -> None:
    _, after = compared("Trà ướp hoa sen, gói giấy.", "Trà ướp hoa nhài tươi, gói giấy.")
    assert [part.text for part in after if part.fate == "new"] == ["nhài tươi"]


def test_texts_with_little_in_common_are_not_cut_to_pieces() -> None:
    before, after = compared("Cà phê của hợp tác xã Abro.", "Hái tay lúc sáng sớm, phơi ba nắng.")
    assert [part.fate for part in (*before, *after)] == ["gone", "new"]


@pytest.mark.parametrize(("before", "after"), [("", "Mới"), ("Cũ", ""), ("", "")])
def test_nothing_is_no_part(before: str, after: str) -> None:
    old, new = compared(before, after)
    assert [part.fate for part in old] == (["gone"] if before else [])
    assert [part.fate for part in new] == (["new"] if after else [])


@given(TEXTS, TEXTS)
def test_the_parts_together_are_the_two_texts(before: str, after: str) -> None:
    old, new = compared(before, after)
    assert "".join(part.text for part in old) == before
    assert "".join(part.text for part in new) == after
    same = ["".join(part.text for part in parts if part.fate == "same") for parts in (old, new)]
    assert same[0] == same[1]
