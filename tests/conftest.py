"""The application over an empty database, and over one that holds the real data."""

from __future__ import annotations

import gc
import shutil
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import settings

import config
from catalogue import create_app
from tests.quick import Compiled, LazyRule

Flask.jinja_options, Flask.url_rule_class = {"bytecode_cache": Compiled()}, LazyRule
# The same inputs every time and no limit of milliseconds: what fails here fails everywhere.
# `--hypothesis-profile=default` looks for inputs that nobody has tried yet.
settings.load_profile("ci")


def pytest_collection_finish() -> None:
    """What is imported by now stays, so that no sweep of memory looks at it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def migrated_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder with an empty database at the newest migration; only to be copied."""
    folder = tmp_path_factory.mktemp("migrated")
    with create_app(config.Testing(folder)).app_context():
        upgrade()
    return folder


@pytest.fixture(scope="session")
def loaded_instance(migrated_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder with the real data and its search index; only to be copied or read."""
    folder = shutil.copytree(migrated_instance, tmp_path_factory.mktemp("loaded") / "instance")
    done = create_app(config.Testing(folder)).test_cli_runner().invoke(args=["seed", "load"])
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def app(migrated_instance: Path, tmp_path: Path) -> Flask:
    """The application over an empty database of this test's own."""
    return create_app(config.Testing(shutil.copytree(migrated_instance, tmp_path / "instance")))


@pytest.fixture(scope="session")
def loaded(loaded_instance: Path) -> Flask:
    """The application over the real data; for reading only, all tests share it."""
    return create_app(config.Testing(loaded_instance))


@pytest.fixture
def client(loaded: Flask) -> FlaskClient:
    """A reader of the site on the real data."""
    return loaded.test_client()
