"""No listing hides behind the address of a form."""

from __future__ import annotations

import pytest
from flask import Flask

from catalogue.slugs import RESERVED


@pytest.mark.parametrize(
    "prefix", ["/studio/listings/", "/studio/producers/", "/staff/pages/village/", "/staff/showcase/"]
)
def test_where_a_code_stands_other_words_are_reserved(loaded: Flask, prefix: str) -> None:
    kinds = "/staff/pages/<any(home, about, notice, village, route, sight, scheme, milestone):kind>/"
    rules = [str(rule).replace(kinds, "/staff/pages/village/") for rule in loaded.url_map.iter_rules()]
    words = {rule.removeprefix(prefix).split("/")[0] for rule in rules if rule.startswith(prefix)}
    assert {word for word in words if word and "<" not in word and "." not in word} <= RESERVED
