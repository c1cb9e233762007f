"""Marks stand on the text as it is written, whatever the reader typed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.kernel.query import Form
from catalogue.kernel.text import fold, iy, words
from catalogue.search.highlight import mark


def stem(word: str) -> str:
    return word.removesuffix("s")


def marked(text: str, *terms: tuple[Form, str]) -> list[str]:
    return [piece for piece, hit in mark(text, terms, stem) if hit]


@pytest.mark.parametrize(
    ("text", "term", "expected"),
    [
        ("Đường phèn Đơn Dương", (Form.FOLDED, "duong"), ["Đường", "Dương"]),
        ("Bò khô và bơ sáp", (Form.EXACT, "bơ"), ["bơ"]),
        ("Khăn thổ cẩm K'Ho dệt tay", (Form.FOLDED, "kho"), ["K'Ho"]),
        ("Hợp tác xã Hòa Bình", (Form.EXACT, "hoà"), ["Hòa"]),
        ("Kỹ thuật", (Form.FOLDED, "ki"), ["Kỹ"]),
        ("Làng hoa Đà Lạt", (Form.JOINED, "dalat"), ["Đà Lạt"]),
        ("Hồng treo gió Đà Lạt", (Form.JOINED, "hongtreogio"), ["Hồng treo gió"]),
        ("Brocade by weavers", (Form.STEM, "weaver"), ["weavers"]),
        ("Trà xanh", (Form.FOLDED, "che"), []),
    ],
)
def test_hits_are_marked_in_their_own_spelling(
    text: str, term: tuple[Form, str], expected: list[str]
) -> None:
    assert marked(text, term) == expected


def test_decomposed_text_is_marked_with_its_marks() -> None:
    text = unicodedata.normalize("NFD", "Cà phê Cầu Đất")
    assert marked(text, (Form.FOLDED, "cau")) == [unicodedata.normalize("NFD", "Cầu")]


def test_pieces_alternate_as_the_text_does() -> None:
    assert mark("Trà, trà!", [(Form.FOLDED, "tra")], stem) == [
        ("Trà", True),
        (", ", False),
        ("trà", True),
        ("!", False),
    ]


def test_a_text_without_hits_is_one_piece_and_no_text_is_none() -> None:
    assert mark("Mứt dâu", [(Form.FOLDED, "tra")], stem) == [("Mứt dâu", False)]
    assert mark("", [(Form.FOLDED, "tra")], stem) == []


@given(st.text(st.characters(), max_size=60))
def test_the_pieces_put_together_are_the_text(text: str) -> None:
    terms = {(Form.FOLDED, iy(fold(word.text))) for word in words(text)[::2]}
    pieces = mark(text, terms, stem)
    assert "".join(piece for piece, _ in pieces) == text
    assert all(piece for piece, _ in pieces)
