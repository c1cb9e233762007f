"""Imports go down, and no room was left out of the contracts in pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "catalogue"
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
CONTRACTS: dict[str, dict[str, Any]] = {contract["name"]: contract for contract in SETTINGS["contracts"]}


def test_every_import_keeps_the_contracts(capsys: pytest.CaptureFixture[str]) -> None:
    broken = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)

    assert not broken, capsys.readouterr().out


def test_every_subject_stands_under_its_contract() -> None:
    subjects = {f"catalogue.{path.parent.name}" for path in CATALOGUE.glob("*/models.py")}

    assert subjects <= set(CONTRACTS["Inside a subject"]["containers"])


def test_every_door_stands_under_its_contract() -> None:
    doors = {f"catalogue.web.{path.parent.name}" for path in CATALOGUE.glob("web/*/__init__.py")}

    assert doors == set(CONTRACTS["Doors are independent"]["modules"])


def test_no_contract_makes_an_exception() -> None:
    assert CONTRACTS["Imports go down"]["exhaustive"]
    assert [name for name, contract in CONTRACTS.items() if contract.get("ignore_imports")] == []


def test_only_its_adapter_knows_the_search_library() -> None:
    users = {
        path.relative_to(CATALOGUE).as_posix()
        for path in CATALOGUE.rglob("*.py")
        if re.search(r"^\s*(import|from) whoosh\b", path.read_text("utf-8"), re.MULTILINE)
    }

    assert {user for user in users if not user.startswith("adapters/search_index")} == set()


def test_only_the_configuration_reads_the_environment() -> None:
    readers = {
        path.relative_to(ROOT).as_posix()
        for path in CATALOGUE.rglob("*.py")
        if re.search(r"\bos\.(environ|getenv)\b", path.read_text("utf-8"))
    }

    assert readers == set()


def test_no_module_is_longer_than_400_lines() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in [*CATALOGUE.rglob("*.py"), ROOT / "config.py"]
        if "migrations" not in path.parts and (lines := path.read_text("utf-8").count("\n")) > 400
    }

    assert long == {}
