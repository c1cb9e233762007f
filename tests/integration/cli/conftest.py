"""A copy of the loaded site and of the seed files, for each test to change as it likes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask import Flask

import config
from catalogue import create_app
from catalogue.cli.seed import SEEDS
from tests.workshop import Workshop


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """The real seed files, to be changed."""
    return shutil.copytree(SEEDS, tmp_path / "seeds")


@pytest.fixture
def workshop(loaded_instance: Path, seeds: Path, tmp_path: Path) -> Workshop:
    """The site loaded with the real data."""
    return Workshop(create_app(config.Testing(shutil.copytree(loaded_instance, tmp_path / "own"))), seeds)


@pytest.fixture
def empty_workshop(app: Flask, seeds: Path) -> Workshop:
    """A site whose tables are empty."""
    return Workshop(app, seeds)
