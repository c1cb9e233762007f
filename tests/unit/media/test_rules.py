"""What keeps a photograph from being shown, and what its files are called."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.kernel.language import Bilingual
from catalogue.kernel.photo import Rotation
from catalogue.media.rules import (
    NOBODY,
    OFFICE,
    TOLD,
    Consent,
    Missing,
    Words,
    card_path,
    changed,
    code_in,
    edition,
    file_name,
    may_describe,
    may_stand,
    missing,
    read_consent,
    turned,
    view_path,
    whole_consent,
)

TODAY = date(2026, 11, 26)
WHOLE = Words(
    alt=Bilingual("Gốm đỏ trên bàn", "Red pottery on a table"),
    credit="Nguyễn Văn A",
    licence="CC BY 4.0",
    consent=Consent("K’Bang", date(2026, 11, 20), "in writing"),
)


def test_a_photograph_with_all_words_and_rights_lacks_nothing() -> None:
    assert missing(WHOLE) == []


def test_a_photograph_of_which_nothing_is_said_lacks_everything() -> None:
    assert missing(Words()) == list(Missing)


@pytest.mark.parametrize(
    ("change", "lacking"),
    [
        ({"alt": Bilingual("Gốm", None)}, Missing.ALT_EN),
        ({"alt": Bilingual("", "Pottery")}, Missing.ALT_VI),
        ({"credit": None}, Missing.CREDIT),
        ({"licence": ""}, Missing.LICENCE),
        ({"consent": None}, Missing.CONSENT),
        ({"consent": Consent("K’Bang", None, "in writing")}, Missing.CONSENT),
        ({"consent": Consent(None, TODAY, "in writing")}, Missing.CONSENT),
        ({"consent": Consent("K’Bang", TODAY, "")}, Missing.CONSENT),
    ],
)
def test_each_word_and_right_is_needed(change: dict[str, object], lacking: Missing) -> None:
    assert missing(replace(WHOLE, **change)) == [lacking]


def test_a_decorative_photograph_needs_no_alt_text() -> None:
    assert missing(replace(WHOLE, alt=Bilingual(None, None), decorative=True)) == []


def test_where_nobody_can_be_recognised_nobody_was_asked() -> None:
    assert missing(replace(WHOLE, consent=Consent(None, None, NOBODY))) == []


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("nobody", Consent(None, None, NOBODY)),
        (" Nobody ", Consent(None, None, NOBODY)),
        ("K’Bang; 2026-11-20; in writing", Consent("K’Bang", date(2026, 11, 20), "in writing")),
        (
            "K’Bang; chị Hoa ;2026-11-20;by word; heard by A",
            Consent("K’Bang; chị Hoa", date(2026, 11, 20), "by word; heard by A"),
        ),
        ("K’Bang said yes", Consent("K’Bang said yes", TODAY, TOLD)),
        ("K’Bang; 2026-02-30; in writing", Consent("K’Bang; 2026-02-30; in writing", TODAY, TOLD)),
        ("K’Bang; 2026-11-27; in writing", Consent("K’Bang; 2026-11-27; in writing", TODAY, TOLD)),
        ("", None),
        ("  ", None),
    ],
)
def test_consent_is_read_as_it_is_typed(typed: str, read: Consent | None) -> None:
    assert read_consent(typed, TODAY) == read
    in_form = read is not None and read.how != TOLD
    assert whole_consent(typed, TODAY) == (read if in_form else None)


def test_what_was_not_said_stays_as_it_was() -> None:
    assert changed(WHOLE, Words()) == WHOLE
    assert changed(Words(), WHOLE) == WHOLE
    assert changed(WHOLE, Words(credit="B")) == replace(WHOLE, credit="B")
    assert changed(WHOLE, Words(alt=Bilingual(None, "A pot"))).alt == Bilingual(WHOLE.alt.vi, "A pot")
    assert changed(Words(decorative=True), Words(credit="B")).decorative
    assert not changed(Words(decorative=True), Words(alt=Bilingual("Gốm", None))).decorative


@pytest.mark.parametrize(
    ("received", "name"),
    [
        ("Gốm Đà Lạt (đỏ).JPG", "gom-da-lat-do"),
        ("image.jpg", "image"),
        ("C:\\Ảnh\\Trà Cầu Đất.heic", "tra-cau-dat"),
        ("/tmp/K’Ho.png", "kho"),
        ("照片.jpg", "zhao-pian"),
        (".jpg", "photograph"),
        ("", "photograph"),
        ("x" * 300 + ".jpg", "x" * 60),
        ("v1.2 sản phẩm", "v1-2-san-pham"),
    ],
)
def test_vietnamese_file_names_stay_readable(received: str, name: str) -> None:
    assert file_name(received) == name


@given(st.tuples(st.floats(0, 1), st.floats(0, 1)), st.sampled_from([0, 90, 180, 270]))
def test_a_turned_focus_stays_inside_and_four_quarters_are_none(
    focus: tuple[float, float], rotation: Rotation
) -> None:
    assert all(0 <= part <= 1 for part in turned(focus, rotation))
    quarters = focus
    for _ in range(4):
        quarters = turned(quarters, 90)
    assert quarters == pytest.approx(focus)


def test_a_clockwise_turn_brings_the_top_left_to_the_top_right() -> None:
    assert turned((0.0, 0.0), 90) == (1.0, 0.0)
    assert turned((0.0, 0.0), 180) == (1.0, 1.0)
    assert turned((0.0, 0.0), 270) == (0.0, 1.0)


def test_files_are_named_by_recipe_rotation_photograph_and_size() -> None:
    assert view_path(edition("1", 0), "ab12", "gom-do", 640, "jpeg") == "1/ab12/gom-do-640.jpg"
    assert view_path(edition("2", 90), "ab12", "gom-do", 640, "avif") == "2-90/ab12/gom-do-640.avif"


def test_another_focus_is_another_card() -> None:
    assert card_path("1", "ab12", "gom", (0.5, 0.333), "jpeg") == "1/ab12/gom-card-50-33.jpg"


CODE = "0123456789abcdef"


@pytest.mark.parametrize("kind", ["jpeg", "avif"])
@pytest.mark.parametrize("rotation", [0, 90])
def test_an_address_tells_whose_file_it_is(kind: str, rotation: Rotation) -> None:
    folder = edition("2", rotation)
    assert code_in(view_path(folder, CODE, file_name("Gốm đỏ.JPG"), 640, kind)) == CODE
    assert code_in(card_path(folder, CODE, file_name("Ảnh.heic"), (0.5, 1.0), kind)) == CODE


@pytest.mark.parametrize(
    "path",
    [
        *("", "2", f"2/{CODE}", f"2/{CODE}/", f"/{CODE}/a.jpg", f"2/{CODE}/a.png", f"2/{CODE}/a.jpg/"),
        *(
            f"../{CODE}/a.jpg",
            f"2/{CODE}/../a.jpg",
            f"2/{CODE}/..jpg",
            f"2/{CODE.upper()}/a.jpg",
            "2/ab12/a.jpg",
        ),
        f"2/{CODE}/a.jpg\n",
    ],
)
def test_what_no_file_is_called_is_nobodys(path: str) -> None:
    assert code_in(path) is None


def test_a_page_shows_its_own_makers_photographs() -> None:
    assert may_stand("hoa", "hoa")
    assert not may_stand("lan", "hoa")
    assert not may_stand(OFFICE, "hoa")


def test_a_maker_describes_its_own_and_what_the_office_put_on_its_page() -> None:
    assert may_describe("hoa", "hoa")
    assert may_describe(OFFICE, "hoa")
    assert not may_describe("lan", "hoa")
