"""Dates in a sentence, with no more precision than is known."""

from __future__ import annotations

import pytest
from flask import Flask

from catalogue.kernel.language import Language
from catalogue.web import dates
from catalogue.web.language import speaking


@pytest.mark.parametrize(
    ("known", "vietnamese", "english"),
    [
        ("2026-11-25", "ngày 25/11/2026", "on 25 Nov 2026"),
        ("2026-11", "tháng 11 năm 2026", "in November 2026"),
        ("2026", "năm 2026", "in 2026"),
    ],
)
def test_a_day_a_month_and_a_year_fit_their_sentence(
    loaded: Flask, known: str, vietnamese: str, english: str
) -> None:
    with loaded.test_request_context():
        for language, words in ((Language.VI, vietnamese), (Language.EN, english)):
            with speaking(language):
                assert dates.when(known) == words
