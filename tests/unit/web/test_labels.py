"""Words for states and kinds."""

from __future__ import annotations

import json

import pytest

from catalogue.cli.seed import SEEDS
from catalogue.web.labels import short_scheme

NAMES = [
    name
    for scheme in json.loads((SEEDS / "certification_schemes.json").read_text("utf-8"))
    for name in scheme["name"].values()
]


def test_an_abbreviation_stands_for_the_name_that_follows_it() -> None:
    assert short_scheme("OCOP – One Commune One Product") == "OCOP"


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("OCOP")])
def test_a_name_without_abbreviation_is_never_cut_at_its_dash(name: str) -> None:
    assert short_scheme(name) == name
