"""The secret that an instance makes for itself."""

from __future__ import annotations

from pathlib import Path

import config


def test_an_instance_keeps_the_secret_it_made(tmp_path: Path) -> None:
    first = config.own_secret(tmp_path / "instance")
    assert len(first) >= 32
    assert config.own_secret(tmp_path / "instance") == first
    assert config.own_secret(tmp_path / "another") != first


def test_only_its_owner_may_read_the_secret(tmp_path: Path) -> None:
    config.own_secret(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600
