"""Whatever row is changed, the log leads to every document that holds words of it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import JSON, inspect, select

from catalogue import changes
from catalogue.adapters.search_index import Key, fingerprint
from catalogue.database import Indexed, Model, db
from catalogue.search.documents import all_documents
from catalogue.search.touched import touched_by

pytestmark = pytest.mark.slow

MODELS = sorted(
    (mapper.class_ for mapper in Model.registry.mappers if mapper.class_.__module__.startswith("catalogue.")),
    key=lambda model: model.__name__,
)
ENDINGS = ("_vi", "_en", "commune", "district")
WORDS_OF_BOTH = ("keywords", "synonyms")
NEVER_WORDS = ("sort_", "slug_")


def prints() -> dict[Key, int]:
    db.session.expire_all()
    return {(document.kind, document.id): fingerprint(document) for document in all_documents()}


def written_over(row: Any) -> bool:
    """Give every text of a row one more word; whether it has any."""
    found = False
    for column in inspect(type(row)).columns:
        name, value = column.key, getattr(row, column.key, None)
        if name.startswith(NEVER_WORDS):
            continue
        if isinstance(column.type, JSON) and name in WORDS_OF_BOTH:
            setattr(row, name, {"vi": [*(value or {}).get("vi", []), "zirconia"]})
            found = True
        elif name.endswith(ENDINGS) and isinstance(value, str):
            setattr(row, name, f"{value} zirconia")
            found = True
    return found


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_document_with_words_of_a_row_is_touched(changed: Flask, model: type[Any]) -> None:
    with changed.app_context():
        for row in db.session.scalars(select(model).limit(2)).all():
            before, known = prints(), changes.numbers()
            if not written_over(row):
                return
            db.session.flush()
            keys = [
                (note.table, note.record_id)
                for note in db.session.scalars(select(changes.IndexChange))
                if note.id not in known
            ]
            after = prints()
            different = {key for key in before | after if before.get(key) != after.get(key)}
            touched = {(kind, number) for kind, ids in touched_by(keys).items() for number in ids}
            db.session.rollback()
            assert different <= touched


def test_only_what_is_searched_is_noted() -> None:
    assert {model.__name__ for model in MODELS if issubclass(model, Indexed)} >= {
        "Category", "Certificate", "GrowingArea", "PlaceName", "ProducerFlower", "Stop",
    }  # fmt: skip
