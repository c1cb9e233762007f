"""HS codes by words of either language, with or without marks."""

from __future__ import annotations

import pytest

from catalogue.web.headings import all_headings, found


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("mật ong", "0409.00"),
        ("mat ong", "0409.00"),
        ("HONEY", "0409.00"),
        ("natural honey", "0409.00"),
        ("sữa chua", "0403"),
        ("yogurt", "0403"),
        ("pho mai", "0406"),
    ],
)
def test_words_find_the_code_that_they_mean_first(typed: str, code: str) -> None:
    assert found(typed)[0]["code"] == code


def test_every_heading_is_found_by_its_own_words_in_both_languages() -> None:
    for heading in all_headings():
        for language in ("vi", "en"):
            words = heading[language].replace(",", " ").replace("(", " ").replace(")", " ")
            assert heading in found(words), heading


@pytest.mark.parametrize("typed", ["", "   ", "zzzz", "honey zzzz", "%", "(", "0409.00x"])
def test_what_means_nothing_finds_nothing(typed: str) -> None:
    assert found(typed) == []


def test_no_more_are_offered_than_one_can_read() -> None:
    assert len(found("t")) == 8
