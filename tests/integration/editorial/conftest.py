"""People who write and decide, over a small catalogue of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from catalogue import slugs
from catalogue.database import db, transaction
from catalogue.kernel.actor import Actor
from catalogue.kernel.language import Bilingual
from catalogue.producers.models import Producer
from catalogue.products.models import Category

WEAVER = Actor(1, "Ka Lan", speaks_for={"to-det": "owner"})
OTHER = Actor(2, "Minh", speaks_for={"lo-tra": "owner"})
REVIEWER = Actor(3, "Hạnh", frozenset({"reviewer"}))
SECOND_REVIEWER = Actor(4, "Sơn", frozenset({"reviewer"}))
CURATOR = Actor(5, "Tú", frozenset({"curator"}))

SHAWL = {
    "name": {"vi": "Khăn thổ cẩm", "en": "Brocade shawl"},
    "category": "brocade",
    "summary": {"vi": "Dệt tay bảy ngày.", "en": None},
}


def fill() -> None:
    """Two makers and two categories."""
    with transaction():
        for position, (code, name) in enumerate((("brocade", "Thổ cẩm"), ("tea", "Trà")), start=1):
            category = Category(code=code, position=position, name=Bilingual(name, code.title()), sources=[])
            slugs.address(category)
            db.session.add(category)
        for code, name in (("to-det", "Tổ dệt"), ("lo-tra", "Lò trà")):
            maker = Producer(code=code, kind="household", name=Bilingual(name, None), sources=[])
            slugs.address(maker)
            db.session.add(maker)


@pytest.fixture
def catalogue(app: Flask) -> Iterator[Flask]:
    """Inside an application with two makers and two categories."""
    with app.app_context():
        fill()
        yield app
