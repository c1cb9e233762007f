"""Tables of examples: what was run together, what is mistaken for what, English forms under one base."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.kernel.english import base
from catalogue.kernel.misread import LONGEST_RUN, alike, apart, respelled
from catalogue.kernel.text import canonical, fold, iy, words
from tests.effort import seconds_for

KNOWN = set(
    "ca phe cau dat ruou vang da lat hoa hong tho cam bo 034 ocop 4 sao coffee mat ong".split()  # noqa: SIM905
)
PAIRS = {"caphe", "phecau", "caudat", "ruouvang", "dalat", "hoahong", "thocam", "matong"}


@pytest.mark.parametrize(
    ("run", "pieces"),
    [
        ("ruouvangdalat", "ruou vang da lat"),
        ("caphecaudat", "ca phe cau dat"),
        ("càphêcầuđất", "cà phê cầu đất"),
        ("hoahong", "hoa hong"),
        ("cafphee", "cà phê"),  # Telex
        ("thoorcaamr", "thổ cẩm"),
        ("ca2phe6", "cà phê"),  # VNI
        ("maatjong", "mật ong"),
        ("bo034", "bo 034"),
        ("ocop4sao", "ocop 4 sao"),
        ("dalatcoffee", "da lat coffee"),
        ("phe", ""),
        ("xyzzy", ""),
        ("caxyz", ""),
    ],
)
def test_words_run_together_are_told_apart(run: str, pieces: str) -> None:
    assert apart(run, KNOWN.__contains__, PAIRS.__contains__) == pieces.split()


def test_a_run_of_any_length_is_looked_at_quickly() -> None:
    def look() -> None:
        assert apart("ca" * LONGEST_RUN, lambda _: True, lambda _: False) == []
        assert apart("ca" * (LONGEST_RUN // 2), lambda _: True, lambda _: False)

    assert seconds_for(look) < 0.5


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("chà", "trà"),  # the north says tr as ch
        ("xầu", "sầu"),
        ("lấm", "nấm"),
        ("dò", "giò"),
        ("rò", "giò"),
        ("zâu", "dâu"),
        ("fê", "phê"),
        ("kà", "cà"),
        ("wà", "quà"),
        ("trán", "tráng"),  # the south says n as ng
        ("mắt", "mắc"),
        ("riệu", "ruou"),
        ("gế", "ghế"),
    ],
)
def test_what_sounds_alike_is_tried(heard: str, meant: str) -> None:
    assert meant in alike(heard)
    assert heard not in alike(heard)


@pytest.mark.parametrize(
    ("written", "meant"), [("câm", "cẩm"), ("cẫm", "cẩm"), ("đuong", "đường"), ("lạc", "lác"), ("phê", "phế")]
)
def test_marks_that_are_missing_and_other_tones_are_tried(written: str, meant: str) -> None:
    assert meant in respelled(written)


@pytest.mark.parametrize(("written", "other"), [("câm", "căm"), ("đuong", "dương"), ("ơn", "ôn")])
def test_a_mark_that_was_typed_is_kept(written: str, other: str) -> None:
    assert other not in respelled(written)


@given(st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyzàảãáạằấệớụýỳỹ", max_size=12))
def test_other_spellings_fold_to_the_same_syllable_and_never_fail(word: str) -> None:
    assert {iy(fold(other)) for other in respelled(word)} <= {iy(fold(canonical(word)))}
    assert canonical(word) not in alike(word)


@pytest.mark.parametrize("typed", ["Đà", "Ðà", "Ɖà", "₫à", "d\u0335à", "D\u0336à"])
def test_whatever_stands_for_d_with_a_stroke_is_one(typed: str) -> None:
    [word] = words(f"  {typed} ")
    assert canonical(word.text) == "đà"


def test_the_sign_of_money_is_no_letter() -> None:
    assert [word.text for word in words("250.000₫/kg, 5 ₫")] == ["250", "000", "kg", "5"]


@pytest.mark.parametrize(
    ("form", "under"),
    [
        ("leaves", "leaf"),
        ("women", "woman"),
        ("dried", "dry"),
        ("drying", "dry"),
        ("woven", "weave"),
        ("weavers", "weave"),
        ("jewelry", "jewel"),
        ("jewellery", "jewel"),
        ("fiber", "fibre"),
        ("yoghurt", "yogurt"),
        ("gladioli", "gladiolus"),
        ("coffee", "coffee"),
    ],
)
def test_english_forms_stand_under_one_base(form: str, under: str) -> None:
    assert base(form) == under


def test_a_base_is_its_own_base() -> None:
    for form in ("leaf", "dry", "weave", "jewel", "fibre", "colour"):
        assert base(base(form)) == base(form)
