"""What is offered while somebody types."""

from __future__ import annotations

import pytest

from catalogue.search.suggest import MOST_OF, Suggestions, Text

NAMES = {
    "category": ["Cà phê", "Thổ cẩm", "Trà"],
    "product": [
        "Cà phê Cầu Đất",
        "Mật ong hoa cà phê",
        "Khăn lụa tơ tằm Bảo Lộc",
        "Bơ sáp",
        "Khô bò",
        "Khăn K'Ho",
    ],
    "producer": ["Tâm Châu", "Là Việt Coffee"],
    "village": ["Làng gốm Krăng Gọ"],
}


@pytest.fixture(scope="module")
def offered() -> Suggestions:
    return Suggestions(
        Text(kind, number, name, number) for kind, names in NAMES.items() for number, name in enumerate(names)
    )


def names(offered: Suggestions, typed: str, most: int = 10) -> list[str]:
    return [one.matched for one in offered.find(typed, most)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ca", "Cà phê"),
        ("cà p", "Cà phê"),
        ("caphe c", "Cà phê Cầu Đất"),
        ("CAU", "Cà phê Cầu Đất"),
        ("caf ph", "Cà phê"),  # Telex, in the middle of a word
        ("tho63", "Thổ cẩm"),  # VNI
        ("lua to", "Khăn lụa tơ tằm Bảo Lộc"),
        ("khan bao loc", "Khăn lụa tơ tằm Bảo Lộc"),  # words apart, in any order
        ("coffee", "Là Việt Coffee"),
        ("krang", "Làng gốm Krăng Gọ"),
        ("bơ", "Bơ sáp"),
        ("bò", "Khô bò"),
        ("k'h", "Khăn K'Ho"),
    ],
)
def test_a_name_is_offered_from_the_beginning_of_a_word(offered: Suggestions, typed: str, first: str) -> None:
    assert names(offered, typed)[0] == first


def test_names_that_begin_so_stand_before_names_with_a_word_that_does(offered: Suggestions) -> None:
    found = names(offered, "ca phe")
    assert found.index("Cà phê Cầu Đất") < found.index("Mật ong hoa cà phê")


def test_of_names_that_begin_so_those_with_the_whole_word_stand_first() -> None:
    said = ["Tranh", "Trái cây sấy", "Trà ô long cao nguyên", "Cá tra", "Bộ trà"]
    many = Suggestions(Text("product", number, name, number) for number, name in enumerate(said))
    assert names(many, "tra") == ["Trà ô long cao nguyên", "Tranh", "Trái cây sấy", "Cá tra", "Bộ trà"]


def test_what_is_spelled_as_it_was_typed_stands_before_other_marks() -> None:
    said = ["Đá quý", "Da bò thuộc thật", "Da Lat", "Danh trà"]
    many = Suggestions(Text("product", number, name, number) for number, name in enumerate(said))
    assert names(many, "da")[0] == "Da bò thuộc thật"  # `Da Lat` may be Đà Lạt
    assert names(many, "đá")[0] == "Đá quý"


@pytest.mark.parametrize("typed", ["", " ", "!!", "zzz", "\u200b", "x" * 5000, "a " * 5000, "\ud800"])
def test_what_is_no_beginning_offers_nothing_and_does_no_harm(offered: Suggestions, typed: str) -> None:
    assert len(names(offered, typed)) <= 10


def test_no_more_than_was_asked_for_and_a_few_of_each_kind() -> None:
    many = Suggestions(Text("product", number, f"Trà {number}", number) for number in range(50))
    assert len(many.find("tra", 3)) == 3
    assert len(many.find("tra", 10)) == MOST_OF["product"]


def test_a_record_with_two_names_is_offered_once() -> None:
    both = Suggestions([Text("product", 1, "Silk", 1), Text("product", 1, "Silk scarf", 1)])
    assert [one.matched for one in both.find("sil", 10)] == ["Silk"]
