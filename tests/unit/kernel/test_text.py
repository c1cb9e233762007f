"""The table of examples for Vietnamese text, and what holds for any text at all."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalogue.kernel.text import (
    canonical,
    english_sort_key,
    fold,
    is_syllable,
    iy,
    joined,
    mentions,
    nfc,
    one_line,
    slug,
    sort_key,
    telex,
    vni,
    vni_letters,
    words,
)
from tests.effort import seconds_for

ANY_TEXT = st.text(st.characters(), max_size=60)  # lone surrogates too
VIETNAMESE = st.text("aăâbcdđeêfghijklmnoôơpqrstuưvwxyzàảãáạằấệớụýỳỹ0123456789 '’-.AĂÂĐÊÔƠƯ", max_size=40)


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


# ---------------------------------------------------------------- fold
@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Đà Lạt", "da lat"),
        (decomposed("Đà Lạt"), "da lat"),
        ("ÐÀ LẠT", "da lat"),  # Icelandic Ð
        ("Ɖà ðà ɖà", "da da da"),
        ("ｃａ ｐｈｅ", "ca phe"),
        ("CẦU ĐẤT", "cau dat"),
        ("Người dệt thổ cẩm", "nguoi det tho cam"),
        ("ưỡn ượt", "uon uot"),
        ("crème brûlée", "creme brulee"),
        ("", ""),
    ],
)
def test_folding_takes_off_every_mark(written: str, expected: str) -> None:
    assert fold(written) == expected


@given(ANY_TEXT)
@example("ŉ ΐ ß ﬁ ᶞ İ ẞ ͅ")
def test_folding_twice_is_folding_once_whatever_the_text(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(VIETNAMESE)
def test_folding_does_not_depend_on_composition_or_case(text: str) -> None:
    assert fold(decomposed(text)) == fold(text) == fold(text.upper())


@given(VIETNAMESE)
def test_vietnamese_folds_to_plain_letters(text: str) -> None:
    assert fold(text).replace("’", "'").isascii()


# ---------------------------------------------------------------- words
@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("K’Ho, B'Lao, da-lat", ["KHo", "BLao", "da", "lat"]),
        ("KʼHo K‘Ho K`Ho K´Ho K′Ho K＇Ho", ["KHo"] * 6),
        ("cà phê (hộp 500g)", ["cà", "phê", "hộp", "500g"]),
        ("ｃａ ｐｈｅ", ["ca", "phe"]),
        ("'cà phê' \"trà\"", ["cà", "phê", "trà"]),
        ("c\u200bà\u00ad phê\u200f", ["cà", "phê"]),
        ("snake_case", ["snake", "case"]),
        ("tỉ lệ 7:3, 1.250.000 ₫", ["tỉ", "lệ", "7", "3", "1", "250", "000"]),
        ("weavers' cloth, artisan's", ["weavers", "cloth", "artisans"]),
        ("VietG.A.P., G.A.P. T.P o.c.o.p Đ.L.", ["VietGAP", "GAP", "TP", "ocop", "ĐL"]),
        (
            "H.Lạc Dương P.B'Lao tốt.A Phủ 0902.1.a TP.HCM",
            ["H", "Lạc", "Dương", "P", "BLao", "tốt", "A", "Phủ", "0902", "1", "a", "TP", "HCM"],
        ),
        ("½ kg ﬁne ①", ["12", "kg", "fine", "1"]),
        ("抹茶 трава ☕", ["抹茶", "трава"]),
        ("… — ’", []),
    ],
)
def test_words_of_a_text(written: str, expected: list[str]) -> None:
    assert [word.text for word in words(written)] == expected


@given(VIETNAMESE)
def test_words_are_the_same_composed_and_decomposed(text: str) -> None:
    assert [nfc(word.text) for word in words(decomposed(text))] == [word.text for word in words(nfc(text))]


def test_words_know_where_they_stand() -> None:
    text = decomposed("Khăn thổ cẩm K'Ho")
    assert [nfc(text[word.start : word.end]) for word in words(text)] == ["Khăn", "thổ", "cẩm", "K'Ho"]


@given(ANY_TEXT)
def test_words_stand_in_order_and_do_not_overlap(text: str) -> None:
    found = words(text)
    places = [place for word in found for place in (word.start, word.end)]
    assert places == sorted(places)
    assert all(word.text and word.start < word.end for word in found)


def test_neighbours_are_joined_by_twos_then_threes() -> None:
    assert joined(["ca", "phe", "cau", "dat"]) == ["caphe", "phecau", "caudat", "caphecau", "phecaudat"]
    assert joined(["tra"]) == []


# ---------------------------------------------------------------- i and y, tone placement
@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("kỹ kĩ mỹ mĩ quý quí", "ki ki mi mi qui qui"),
        ("tay thuỷ may", "tay thuy may"),
        ("công ty lý tưởng tỷ lệ", "cong ti li tuong ti le"),
        ("nguyễn yêu ý tây nguyên quyền", "nguyen yeu y tay nguyen quyen"),
        ("congty mynghe", "congti minghe"),  # joined words follow their syllables
    ],
)
def test_i_and_y_meet_only_where_they_are_one_sound(written: str, expected: str) -> None:
    assert iy(fold(written)) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("hòa hoà", "hoà hoà"),
        ("thúy thuý", "thuý thuý"),
        ("khỏe khoẻ", "khoẻ khoẻ"),
        ("HÒA Hòa", "hoà hoà"),
        ("thủy hóa lòe úy", "thuỷ hoá loè uý"),
        ("qủa gìa", "quả già"),
        ("kỹ quý mỹ lý tỷ", "kĩ quí mĩ lí tỉ"),
        ("của múa giá già gì quả tuần hoàng nghĩa", "của múa giá già gì quả tuần hoàng nghĩa"),
        ("rượu đường giếng khuỷu ngoáy loẹt thuở mười", "rượu đường giếng khuỷu ngoáy loẹt thuở mười"),
        ("ðà Ðà", "đà đà"),
        ("Coffee Dalat", "coffee dalat"),
        ("đàlạt jalapeño crème", "đàlạt jalapeño crème"),
    ],
)
def test_one_spelling_with_marks(written: str, expected: str) -> None:
    assert " ".join(map(canonical, written.split())) == expected
    assert " ".join(map(canonical, decomposed(written).split())) == expected


@given(ANY_TEXT)
def test_the_one_spelling_of_the_one_spelling_is_itself(text: str) -> None:
    for word in words(text):
        assert canonical(canonical(word.text)) == canonical(word.text)


@given(VIETNAMESE)
def test_moving_the_tone_never_changes_the_letters(text: str) -> None:
    for word in words(text):
        assert iy(fold(canonical(word.text))) == iy(fold(word.text))


# ---------------------------------------------------------------- Telex and VNI
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("caf phee hoongf thoor caamr", "cà phê hồng thổ cẩm"),
        ("DDaf dadf Lajt laajt", "đà đà lạt lật"),
        ("dduwowngf ruwowuj nguyeenx tow luaj quys", "đường rượu nguyễn tơ lụa quý"),
        (
            "duowngf dduongwf ruouwj duwongf",
            "dường đường rượu dường",
        ),  # one w for both horns, wherever it comes
        ("thoro hongof camar phefn", "thổ hồng cẩm phèn"),  # marks typed late
        ("tw nhwngx quawng hoawcj thuowr muwa", "tư những quăng hoặc thuở mưa"),
        ("hoaf thuys khoer quar giar", "hoà thuý khoẻ quả giả"),
        ("DDawks Kroong", "đắk krông"),
    ],
)
def test_telex_keys_are_read(typed: str, expected: str) -> None:
    assert [telex(word) for word in typed.split()] == expected.split()


@pytest.mark.parametrize(
    "typed",
    [
        "vang",
        "khoai",
        "garden",
        "coffee",
        "tofu",
        "view",
        "wine",
        "farm",
        "tour",
        "atisso",
        "x",
        "s",
        "caf2",
        "cà",
    ],
)
def test_telex_leaves_what_spells_no_marked_syllable(typed: str) -> None:
    assert telex(typed) is None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ca2 phe6 d9a2 la5t ho6ng2 tho63 ca6m3", "cà phê đà lạt hồng thổ cẩm"),
        ("ru7o7u5 d9u7o7ng2 lu5a", "rượu đường lụa"),
        ("d9u7ong2 vu7on2", "đường vườn"),  # one horn typed for both
        ("D9a2 d9uo7ng2 ta8m2 ma65t to7", "đà đường tằm mật tơ"),
    ],
)
def test_vni_keys_are_read(typed: str, expected: str) -> None:
    assert [vni(word) for word in typed.split()] == expected.split()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("atiso6", "atisô"), ("madaguo6i", "madaguôi"), ("d9ambri", "đambri"), ("dambri9", "đambri")],
)
def test_vni_keys_in_words_of_several_syllables_are_read(typed: str, expected: str) -> None:
    assert vni_letters(typed) == expected


@pytest.mark.parametrize("typed", ["ocop4", "iso9001", "atiso", "bo034", "hs0901"])
def test_numbers_are_no_marks(typed: str) -> None:
    assert vni_letters(typed) is None


@pytest.mark.parametrize("typed", ["g7", "mp3", "ocop3", "034", "500g", "vang", "hs0901", "3a", "2026"])
def test_vni_leaves_what_spells_no_marked_syllable(typed: str) -> None:
    assert vni(typed) is None


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789", max_size=14))
def test_what_keys_spell_is_a_syllable(typed: str) -> None:
    for spelled in (telex(typed), vni(typed)):
        assert spelled is None or is_syllable(fold(spelled))


@pytest.mark.parametrize("word", ["phe", "lat", "duong", "nghieng", "quyt", "giuong", "yen", "uy"])
def test_a_folded_syllable_is_known_as_one(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["caphe", "dalat", "garden", "coffee", "k", "", "034"])
def test_other_words_are_no_syllable(word: str) -> None:
    assert not is_syllable(word)


# ---------------------------------------------------------------- order
@pytest.mark.parametrize(
    "ordered",
    [
        ["Ác", "An", "Ăn", "Ân", "Bò", "Bó", "Bơ"],
        ["a", "à", "ả", "ã", "á", "ạ", "ă", "ằ", "â", "b"],  # ngang huyền hỏi ngã sắc nặng
        ["Dâu", "Đạ Huoai", "Đà Lạt", "Em"],
        ["Hoa", "Hòa", "Hoa hồng", "Hòa Nam", "Hoài"],  # tones only when all letters are equal
        ["Trà ô long", "Trà xanh", "Trái cây"],  # word by word
        ["034 Bơ", "7 sắc", "An"],
        ["Bla", "B'Lao", "Blao xanh", "K'Ho", "Kinh"],
        ["Ô mai", "Ơ", "Phở", "Sả", "Tơ", "Ư", "Vang"],
    ],
)
def test_names_stand_in_vietnamese_order(ordered: list[str]) -> None:
    shuffled = random.Random(4).sample(ordered, len(ordered))
    assert sorted(shuffled, key=sort_key) == ordered


def test_case_apostrophes_and_composition_do_not_count_in_order() -> None:
    assert sort_key("K'Ho, Đà Lạt") == sort_key("KHO  ðà lạt") == sort_key(decomposed("k’ho – đà lạt"))


def test_english_order_ignores_the_stroke_of_d_and_every_mark() -> None:
    assert sorted(["Đà Lạt coffee", "Dried jam", "Dalat wine"], key=english_sort_key) == [
        "Đà Lạt coffee",
        "Dalat wine",
        "Dried jam",
    ]


@given(ANY_TEXT)
def test_sort_keys_are_hexadecimal_so_that_no_collation_can_change_them(text: str) -> None:
    assert set(sort_key(text)) <= set("0123456789abcdef")


@given(VIETNAMESE, VIETNAMESE)
def test_a_name_stands_before_the_longer_name_that_begins_with_it(name: str, more: str) -> None:
    assert sort_key(name) <= sort_key(f"{name} {more}")


# ---------------------------------------------------------------- addresses
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Đà Lạt", "da-lat"),
        (decomposed("Rượu vang Đà Lạt"), "ruou-vang-da-lat"),
        ("K'Ho, B’Lao", "kho-blao"),
        ("Bơ sáp 034 (Lâm Hà)", "bo-sap-034-lam-ha"),
        ("Trà & cà phê", "tra-ca-phe"),
        ("☕", ""),
    ],
)
def test_a_name_becomes_an_address(name: str, expected: str) -> None:
    assert slug(name) == expected


# ---------------------------------------------------------------- anything at all
FUNCTIONS = (nfc, fold, words, canonical, telex, vni, sort_key, english_sort_key, slug)


@given(ANY_TEXT)
def test_no_text_is_refused(text: str) -> None:
    for function in FUNCTIONS:
        function(text)
    iy(fold(text))


@pytest.mark.parametrize(
    "part", ["ộ", "a", "y", "'", "K'", "u\u0301\u0323", "qu", "\u0301", "ﷺ", "\u200b", "đ ", "𝕯", "9"]
)
def test_ten_thousand_signs_take_no_time(part: str) -> None:
    text = (part * 10_000)[:10_000]
    spelled = [word.text for word in words(text)]
    assert seconds_for(lambda: ([function(text) for function in FUNCTIONS], joined(spelled))) < 2


# ---------------------------------------------------------------- showing what somebody typed
@given(ANY_TEXT)
def test_what_was_typed_is_shown_on_one_line_without_signs_nobody_sees(text: str) -> None:
    shown = one_line(text)
    assert shown == " ".join(shown.split())
    assert not {unicodedata.category(sign) for sign in shown} & {"Cc", "Cs", "Zl", "Zp", "Cf"}
    assert one_line(shown) == shown


def test_what_can_be_seen_stays_as_it_was_typed() -> None:
    assert one_line("  Da\u0300 La\u0323t\x00\u200b:  “Cầu\u202e Đất”\n") == "Dà Lạt : “Cầu Đất”"


@pytest.mark.parametrize(
    ("wanted", "is_there"),
    [
        ("", True),
        ("tra o long", True),
        ("LONG Ô trà", True),
        ("kho", True),  # K'Ho, whatever the apostrophe
        ("k’ho", True),
        ("đất", True),
        ("tra xanh", False),
    ],
)
def test_words_are_found_in_any_order_with_marks_or_without(wanted: str, is_there: bool) -> None:
    assert mentions(wanted, "Trà Ô Long", None, "K'Ho Cầu Đất") is is_there
