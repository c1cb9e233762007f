"""Terms of the trade are found in a text as people write it."""

from __future__ import annotations

import unicodedata

import pytest

from catalogue.editorial.glossary import marked
from catalogue.editorial.models import GlossaryTerm

TERMS = [
    GlossaryTerm(vi="thổ cẩm", en="brocade", note=None),
    GlossaryTerm(vi="trà", en="tea", note=None),
    GlossaryTerm(vi="trà ô long", en="oolong tea", note=None),
    GlossaryTerm(vi="gùi", en="gùi", note=None),
]


def found(text: str, language: str) -> list[str]:
    return [piece for piece, term in marked(text, TERMS, language) if term]


@pytest.mark.parametrize(
    ("text", "language", "terms"),
    [
        ("Khăn thổ cẩm dệt tay", "vi", ["thổ cẩm"]),
        ("THỔ CẨM và Thổ cẩm", "vi", ["THỔ CẨM", "Thổ cẩm"]),
        (unicodedata.normalize("NFD", "vải thổ cẩm"), "vi", ["thổ cẩm"]),
        ("trà ô long và trà", "vi", ["trà ô long", "trà"]),
        ("bún trànước", "vi", []),
        ("Brocades and a brocade", "en", ["Brocades", "brocade"]),
        ("teak wood", "en", []),
        ("thô cẩm", "vi", []),
    ],
)
def test_a_term_is_found_whole_in_any_case_and_the_longer_one_first(
    text: str, language: str, terms: list[str]
) -> None:
    assert found(text, language) == terms


def test_the_pieces_are_the_text() -> None:
    text = "Trà ô long, thổ cẩm."
    assert "".join(piece for piece, _ in marked(text, TERMS, "vi")) == text


def test_without_terms_a_text_is_one_piece() -> None:
    assert marked("Trà", [], "vi") == [("Trà", None)]
