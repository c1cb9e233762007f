"""Made things are kept, within bounds, and made again when they are gone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from catalogue.adapters.shelf import Shelf


def test_what_is_kept_is_made_once(tmp_path: Path) -> None:
    shelf, made = Shelf(tmp_path / "og", 3), []

    def make() -> bytes:
        made.append(1)
        return b"picture"

    assert [shelf.get("a.png", make) for _ in range(3)] == [b"picture"] * 3
    assert len(made) == 1


def test_the_oldest_go_when_there_is_no_more_room(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, 3)
    for age, name in enumerate("abcd"):
        shelf.get(name, name.encode)
        os.utime(tmp_path / name, (age, age))
    shelf.get("e", b"e".upper)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["c", "d", "e"]


def test_everything_may_be_deleted_at_any_time(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "og", 3)
    shelf.get("a", b"a".upper)
    (tmp_path / "og" / "a").unlink()
    (tmp_path / "og").rmdir()
    assert shelf.get("a", b"b".upper) == b"B"


def test_what_could_not_be_made_is_not_kept(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "og", 3)
    with pytest.raises(ZeroDivisionError):
        shelf.get("a", lambda: bytes(1 // 0))
    assert not (tmp_path / "og").exists()
