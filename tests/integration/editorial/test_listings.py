"""Every record of the data can be edited as it stands."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from catalogue.database import db
from catalogue.editorial.listings import LISTINGS, faults_of
from catalogue.producers.models import Producer
from catalogue.products.models import Product


@pytest.mark.parametrize(("kind", "model"), [("product", Product), ("producer", Producer)])
def test_what_the_data_holds_is_sound_and_stays_as_it_is(
    loaded: Flask, kind: str, model: type[Product | Producer]
) -> None:
    with loaded.app_context():
        for code in db.session.scalars(select(model.code)):
            live = LISTINGS[kind].read(code)
            assert live is not None
            tidied = LISTINGS[kind].tidy(live.content)
            assert faults_of(kind, code, tidied, publishing=True) == {}, code
            changed = {name for name, value in live.content.items() if (value or None) != tidied[name]}
            assert changed == set(), code
