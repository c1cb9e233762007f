"""Every record of the data can be edited as it stands."""

from __future__ import annotations

import pytest
from flask import Flask

from catalogue.editorial.listings import LISTINGS, faults_of

# Staff begin these; the data has none.
EMPTY = {"notice"}


@pytest.mark.parametrize("kind", LISTINGS)
def test_what_the_data_holds_is_sound_and_stays_as_it_is(loaded: Flask, kind: str) -> None:
    with loaded.app_context():
        listing = LISTINGS[kind]
        codes = list(listing.owners())
        assert (codes == []) == (kind in EMPTY)
        for code, live in listing.read_many(codes).items():
            tidied = listing.tidy(live.content)
            assert faults_of(kind, code, tidied, publishing=True) == {}, code
            changed = {name for name, value in live.content.items() if (value or None) != tidied[name]}
            assert changed == set(), code


@pytest.mark.parametrize("kind", LISTINGS)
def test_a_kind_names_its_listings_by_a_field_that_it_has(kind: str) -> None:
    listing = LISTINGS[kind]
    assert listing.by_name[listing.title].needed
