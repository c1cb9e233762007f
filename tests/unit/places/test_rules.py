"""When two ways to write a place's name mean the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.kernel.text import slug
from catalogue.places.rules import NameKeys, names_part, own_names, search_words, unit_kind, without_kind

NAMES = (
    "Xã Lạc Dương",
    "Thị trấn Đạ M'ri",
    "Phường Xuân Hương – Đà Lạt",
    "Xã Hòa Bắc",
    "Phường 1",
    "Xã N'Thol Hạ",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_the_same_without_marks_composed_otherwise_or_as_an_address(name: str) -> None:
    keys = NameKeys.of(name)
    for other in (name.upper(), name.replace("Hòa", "Hoà"), slug(name).replace("-", " "), f"  {name} "):
        assert (NameKeys.of(other).whole, NameKeys.of(other).core) == (keys.whole, keys.core), other


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Xã Lạc Dương", "Huyện Lạc Dương"),
        ("Xã Lạc Dương", "Lạc Dương Commune"),
        ("Thành phố Đà Lạt", "TP. Đà Lạt"),
        ("Phường B'Lao", "b lao"),
    ],
)
def test_the_kind_of_unit_is_no_part_of_the_name(one: str, other: str) -> None:
    assert NameKeys.of(one).core == NameKeys.of(other).core


def test_marks_tell_apart_what_folds_alike() -> None:
    assert NameKeys.of("Xã Tân Thành").core == NameKeys.of("Xã Tân Thanh").core
    assert NameKeys.of("Xã Tân Thành").marked != NameKeys.of("Xã Tân Thanh").marked
    assert NameKeys.of("Xã Hòa Bắc").marked == NameKeys.of("hoà bắc").marked


def test_a_number_keeps_its_kind() -> None:
    assert NameKeys.of("Phường 1").core == "phuong1"
    assert without_kind("Phường 1") == "Phường 1"
    assert without_kind("Thị trấn D'Ran") == "D'Ran"


@given(st.text(max_size=40))
def test_any_text_has_keys(text: str) -> None:
    keys = NameKeys.of(text)
    assert keys.whole.endswith(keys.core) or keys.core
    assert isinstance(without_kind(text), str)


@pytest.mark.parametrize(
    ("asked", "name", "found"),
    [
        ("bao loc", "Phường 1 Bảo Lộc", True),
        ("bao l", "Phường 1 Bảo Lộc", True),
        ("loc bao", "Phường 1 Bảo Lộc", False),
        ("ba loc", "Phường 1 Bảo Lộc", False),
        ("", "Phường 1 Bảo Lộc", False),
    ],
)
def test_words_are_found_in_their_order(asked: str, name: str, found: bool) -> None:
    assert names_part(search_words(asked), search_words(name)) is found


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Thị trấn Nam Ban", "town"), ("Phường 9", "ward"), ("Xã Lát", "commune"), ("Huyện Di Linh", None)],
)
def test_a_former_unit_says_what_it_was(name: str, kind: str | None) -> None:
    assert unit_kind(name) == kind


@pytest.mark.parametrize(
    ("zone", "names"),
    [
        ("Lộc Sơn Industrial Park", ["Lộc Sơn"]),
        ("Lộc Châu – Đại Lào Industrial Park (proposed)", ["Lộc Châu", "Đại Lào"]),
        ("Industrial park in Đạ Tẻh (proposed)", []),
        ("Textile cluster in Bảo Lộc (proposed)", []),
    ],
)
def test_a_zone_that_only_stands_for_its_place_has_no_name_of_its_own(zone: str, names: list[str]) -> None:
    assert own_names(zone) == names
