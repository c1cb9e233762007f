"""Blobs are there whole or not at all, on a disk and on an S3 server alike."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from catalogue.adapters.storage import Bucket, Storage
from catalogue.kernel.errors import OutsideFailure
from tests.served import ROOT

LATER = datetime.now(UTC) + timedelta(days=1)


@pytest.fixture(params=["disk", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    """An empty store of each kind."""
    if request.param == "disk":
        return Storage(tmp_path / "media")
    address = request.getfixturevalue("s3_address")
    return Storage(f"s3://photographs/{tmp_path.name}", Bucket(address, "ap-southeast-1", "key", "secret"))


def test_what_is_put_is_read_listed_and_deleted(store: Storage) -> None:
    before = datetime.now(UTC) - timedelta(seconds=2)  # S3 tells whole seconds
    store.put("originals/a.jpg", b"first", kind="image/jpeg")
    store.put("renditions/1/a/gốm-320.avif", b"second", kind="image/avif")

    assert store.read("originals/a.jpg") == b"first"
    assert sorted(store.keys("")) == ["originals/a.jpg", "renditions/1/a/gốm-320.avif"]
    (blob,) = store.blobs("originals/")
    assert (blob.key, blob.size) == ("originals/a.jpg", 5)
    assert before <= blob.changed <= datetime.now(UTC)
    store.delete("originals/a.jpg")
    assert not store.exists("originals/a.jpg")
    assert store.exists("renditions/1/a/gốm-320.avif")


def test_a_blob_put_again_takes_the_place_of_the_first(store: Storage) -> None:
    store.put("a", b"first", kind="image/jpeg")
    store.put("a", b"second", kind="image/jpeg")
    assert store.read("a") == b"second"


def test_what_is_not_there_is_not_found_and_deleting_it_is_nothing(store: Storage) -> None:
    with pytest.raises(FileNotFoundError):
        store.read("originals/none.jpg")
    store.delete("originals/none.jpg")
    assert list(store.keys("originals/")) == []


@pytest.mark.parametrize("key", ["../outside", "a/../../outside", "a/./../../b"])
def test_no_key_leads_outside(store: Storage, key: str) -> None:
    with pytest.raises(ValueError, match="path"):
        store.put(key, b"", kind="image/jpeg")


def test_a_server_that_is_not_there_is_an_outside_failure() -> None:
    nobody = Storage("s3://photographs", Bucket("http://127.0.0.1:9", "ap-southeast-1", "key", "secret"))
    with pytest.raises(OutsideFailure):
        nobody.exists("a")


@pytest.mark.parametrize("address", ["photographs", "https://example.test/photographs", "s3:///prefix"])
def test_an_address_that_names_no_bucket_is_refused_when_it_is_used(address: str) -> None:
    store = Storage(address)
    with pytest.raises(ValueError, match="not the address of a bucket"):
        store.exists("a")


def test_a_storage_that_nobody_uses_makes_no_folder(tmp_path: Path) -> None:
    store = Storage(tmp_path / "media")
    assert not (tmp_path / "media").exists()
    assert not store.exists("a")


@pytest.mark.slow
def test_a_blob_whose_writer_is_killed_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "media"
    script = (
        "import sys; from pathlib import Path; from catalogue.adapters.storage import Storage\n"
        "store = Storage(Path(sys.argv[1])); number = 0\n"
        "while True: store.put(f'originals/{number}', b'x' * 8_000_000, kind='image/jpeg'); number += 1"
    )
    for round_ in range(5):
        writer = subprocess.Popen([sys.executable, "-c", script, str(folder)], cwd=ROOT)
        while not (folder / "originals" / "1").exists():
            time.sleep(0.01)
        time.sleep(0.007 * round_)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        store = Storage(folder)
        assert {blob.size for blob in store.blobs("")} == {8_000_000}
        store.clear_unfinished(LATER)
        assert {path.stat().st_size for path in folder.rglob("*") if path.is_file()} == {8_000_000}
        for key in list(store.keys("")):
            store.delete(key)


def test_only_old_unfinished_files_are_cleared(tmp_path: Path) -> None:
    store = Storage(tmp_path)
    store.put("originals/whole.jpg", b"whole", kind="image/jpeg")
    (tmp_path / "originals" / "half.jpg#1").write_bytes(b"ha")

    assert store.clear_unfinished(datetime.now(UTC) - timedelta(hours=1)) == 0
    assert store.clear_unfinished(LATER) == 1
    assert [path.name for path in (tmp_path / "originals").iterdir()] == ["whole.jpg"]
