"""The arrays beside a segment: checked when they are opened, and made anew where they cannot be used."""

from __future__ import annotations

import logging
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from catalogue.adapters.search_index import Document, SearchIndex, files
from catalogue.kernel.query import Form, Query, Term

TEA = Query(((Term(Form.FOLDED, "tra", 1.0),),))
ARRAYS = {"a": np.arange(5, dtype=np.uint32), "none": np.zeros(0, np.uint8), "b": np.array([1.5], np.float64)}


def found(index: SearchIndex) -> list[int]:
    with index.reader() as reader:
        return [hit.id for hit in reader.search(TEA)]


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """The file beside the only segment of an index in `tmp_path`."""
    SearchIndex(tmp_path).rebuild([Document("product", 7, ("Trà",)), Document("product", 8, ("Cà phê",))])
    (path,) = tmp_path.glob("index-*/*.arrays")
    return path


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def cut_in_the_header(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:40])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def flip(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 1
    path.write_bytes(whole)


def another_version(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    struct.pack_into("<I", whole, len(files.MARK), files.VERSION + 1)
    path.write_bytes(whole)


def another_file(path: Path) -> None:
    path.write_bytes(b"nonsense" * 1000)


DAMAGES = [cut, cut_in_the_header, empty, flip, another_version, another_file, Path.unlink]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    files.write(tmp_path / "file", ARRAYS, {"kinds": ["trà"]})
    arrays, about = files.read(tmp_path / "file")
    assert {name: array.tolist() for name, array in arrays.items()} == {
        name: array.tolist() for name, array in ARRAYS.items()
    }
    assert about == {"kinds": ["trà"]}
    assert not arrays["a"].flags.writeable


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_file_that_cannot_be_used_is_made_anew(
    beside: Path, damage: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    whole = beside.read_bytes()
    damage(beside)
    with caplog.at_level(logging.CRITICAL):
        assert found(SearchIndex(beside.parents[1])) == [7]
    assert beside.read_bytes() == whole
    assert list(beside.parent.glob("*.arrays*")) == [beside]


@pytest.mark.parametrize("bit", range(8))
@pytest.mark.parametrize("place", [0, 8, 12, 16, 20, 80, -1])
def test_every_flipped_bit_is_seen(beside: Path, place: int, bit: int) -> None:
    whole = bytearray(beside.read_bytes())
    whole[place] ^= 1 << bit
    beside.write_bytes(whole)
    with pytest.raises(ValueError, match="file"):
        files.read(beside)


def test_where_nothing_can_be_written_the_index_is_read_all_the_same(
    beside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside.unlink()

    def refuse(*_arguments: object, **_named: object) -> None:
        raise PermissionError

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    assert found(SearchIndex(beside.parents[1])) == [7]
    assert not beside.exists()


def test_what_a_killed_process_left_is_swept_away_with_its_segment(tmp_path: Path) -> None:
    index = SearchIndex(tmp_path)
    index.rebuild([Document("product", 1, ("Trà",))])
    (path,) = tmp_path.glob("index-*/*.arrays")
    left = path.with_name(f"{path.name}.a1b2c3")
    left.write_bytes(b"half")
    for number in range(4):
        index.put([Document("product", number, ("Trà",))])
    assert not left.exists()


def test_files_of_segments_that_are_gone_go_with_them(tmp_path: Path) -> None:
    index = SearchIndex(tmp_path)
    index.rebuild([Document("product", 1, ("Trà",))])
    for number in range(12):
        index.put([Document("product", number, ("Trà",))])
    names = {path.stem for path in tmp_path.glob("index-*/*.arrays")}
    assert names == {path.stem for path in tmp_path.glob("index-*/*.seg")}
    assert len(names) <= 3
