"""What a field takes is told where something is too much for it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from catalogue.editorial.forms import PRODUCT
from catalogue.editorial.listings import LISTINGS
from catalogue.kernel.language import Language
from catalogue.web import listing_words
from catalogue.web.language import speaking

FIELDS = {field.name: field for field in PRODUCT}


@pytest.mark.parametrize(
    ("name", "code", "value", "told"),
    [
        ("name", "too_long", {"vi": "a" * 121, "en": None}, "at most 120 signs. Now it has 121."),
        ("keywords", "too_many", {"vi": ["a"] * 21, "en": []}, "too many words: at most 20. Now it has 21."),
        (
            "photographs",
            "too_many",
            ["a"] * 14,
            "too many photographs: at most 12. Take some off. Now it has 14.",
        ),
        ("price", "out_of_bounds", -5, "more than 0 and at most 10,000,000,000."),
        ("name", "needed", None, "Fill this in."),
    ],
)
def test_a_fault_tells_the_limit(loaded: Flask, name: str, code: str, value: Any, told: str) -> None:
    with loaded.test_request_context("/"), speaking(Language.EN):
        assert listing_words.fault(code, FIELDS[name], value).endswith(told)


@pytest.mark.parametrize("language", Language)
def test_every_fault_of_every_field_has_words(loaded: Flask, language: Language) -> None:
    with loaded.test_request_context("/"), speaking(language):
        for listing in LISTINGS.values():
            for field in listing.fields:
                for code in listing_words.FAULTS:
                    assert "%" not in listing_words.fault(code, field)
