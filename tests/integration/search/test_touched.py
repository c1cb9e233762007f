"""Whatever row is changed, the log leads to every document that holds words of it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import inspect, select

import config
from catalogue import changes, create_app
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


def texts(model: type[Any]) -> list[str]:
    """The columns that may hold words."""
    return [
        column.key
        for column in inspect(model).columns
        if column.key.endswith(ENDINGS) and not column.key.startswith(NEVER_WORDS)
    ]


def write_over(row: Any) -> None:
    """Give every text of a row one more word."""
    for name in texts(type(row)):
        if getattr(row, name):
            setattr(row, name, f"{getattr(row, name)} zirconia")
    for name in WORDS_OF_BOTH:
        if hasattr(row, name):
            setattr(row, name, {"vi": [*(getattr(row, name) or {}).get("vi", []), "zirconia"]})


@pytest.fixture(scope="module")
def site(loaded_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A copy of the real data, in which every change is taken back."""
    return create_app(
        config.Testing(shutil.copytree(loaded_instance, tmp_path_factory.mktemp("touched") / "site"))
    )


@pytest.mark.parametrize("model", list(filter(texts, MODELS)), ids=lambda model: model.__name__)
def test_every_document_with_words_of_a_row_is_touched(site: Flask, model: type[Any]) -> None:
    with site.app_context():
        for row in db.session.scalars(select(model).limit(2)).all():
            before, known = prints(), changes.numbers()
            write_over(row)
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
