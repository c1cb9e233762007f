"""Blobs under their keys: originals and renditions, on the local disk or in an S3 bucket."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from catalogue.kernel.errors import OutsideFailure

# The library takes 5 MB: it is imported where the storage is first opened.
if TYPE_CHECKING:
    from obstore.store import LocalStore, S3Store

# A server that does not answer is given up before the reader's browser gives up on us.
CONNECTING, ANSWERING, RETRYING = timedelta(seconds=5), timedelta(seconds=60), timedelta(seconds=20)
# How obstore names what it is still writing on a disk: the key, this sign and a number.
UNFINISHED = "#"


@dataclass(frozen=True)
class Blob:
    """One thing that is kept. `changed`: when it was last written, in UTC."""

    key: str
    size: int
    changed: datetime


@dataclass(frozen=True)
class Bucket:
    """How an S3 server is reached; empty strings leave it to the usual place and the usual region."""

    endpoint: str
    region: str
    key_id: str
    secret: str


class Storage:
    """Puts, reads and lists blobs. A blob is there whole or not at all, whoever is killed meanwhile.

    A key is a relative path such as `originals/ab12.jpg`; one that leads outside raises ValueError. A store
    that cannot be reached raises OutsideFailure. Nothing is opened or made before the first use, which raises
    ValueError where the address is none.
    """

    def __init__(self, address: str | Path, bucket: Bucket | None = None) -> None:
        """`address`: a folder, or `s3://<bucket>/<prefix>` with what `bucket` says."""
        self._address = address
        self._folder = address if isinstance(address, Path) else None
        self._bucket = bucket or Bucket("", "", "", "")

    @cached_property
    def _store(self) -> LocalStore | S3Store:
        from obstore.store import LocalStore

        if isinstance(self._address, Path):
            return LocalStore(self._address, mkdir=True)
        return _s3(self._address, self._bucket)

    def put(self, key: str, body: bytes, *, kind: str) -> None:
        """Keep a blob, in the place of one with the same key; `kind` is its media type."""
        with _reached():
            if self._folder is None:
                self._store.put(key, body, attributes={"Content-Type": kind})
                return
            self._store.put(key, body)
            # Rows that name the blob follow: it must outlast a power cut before they do.
            written = self._folder / key.lstrip("/")
            _reach_the_disk(written)
            _reach_the_disk(written.parent)

    def read(self, key: str) -> bytes:
        """The blob's bytes; FileNotFoundError."""
        with _reached():
            return bytes(self._store.get(key).bytes())

    def blob(self, key: str) -> Blob | None:
        """What is kept under a key, as it is now."""
        try:
            with _reached():
                meta = self._store.head(key)
        except FileNotFoundError:
            return None
        return Blob(meta["path"], meta["size"], meta["last_modified"])

    def exists(self, key: str) -> bool:
        """Whether there is such a blob."""
        return self.blob(key) is not None

    def delete(self, key: str) -> None:
        """Let a blob go; nothing happens where there is none."""
        try:
            with _reached():
                self._store.delete(key)
        except FileNotFoundError:
            pass

    def blobs(self, prefix: str) -> Iterator[Blob]:
        """Every blob below a folder of keys, in no order."""
        with _reached():
            for chunk in self._store.list(prefix):
                for meta in chunk:
                    yield Blob(meta["path"], meta["size"], meta["last_modified"])

    def keys(self, prefix: str) -> Iterator[str]:
        """The keys of `blobs`."""
        return (blob.key for blob in self.blobs(prefix))

    def clear_unfinished(self, before: datetime) -> int:
        """Remove what was begun before a moment and never finished; how many files. A bucket keeps none."""
        if self._folder is None:
            return 0
        gone = 0
        for path in self._folder.rglob(f"*{UNFINISHED}*"):
            if path.is_file() and datetime.fromtimestamp(path.stat().st_mtime, UTC) < before:
                path.unlink(missing_ok=True)
                gone += 1
        return gone


def _s3(address: str, bucket: Bucket) -> S3Store:
    place = urlsplit(address)
    if place.scheme != "s3" or not place.netloc:
        raise ValueError(f"not the address of a bucket, such as s3://photographs/catalogue: {address}")
    given = {
        "endpoint": bucket.endpoint,
        "region": bucket.region,
        "access_key_id": bucket.key_id,
        "secret_access_key": bucket.secret,
    }
    from obstore.store import S3Store

    return S3Store(
        place.netloc,
        prefix=place.path.strip("/") or None,
        config={name: value for name, value in given.items() if value},  # type: ignore[arg-type]
        client_options={
            "allow_http": bucket.endpoint.startswith("http:"),
            "connect_timeout": CONNECTING,
            "timeout": ANSWERING,
        },
        retry_config={"max_retries": 3, "retry_timeout": RETRYING},
    )


@contextmanager
def _reached() -> Iterator[None]:
    from obstore.exceptions import BaseError

    try:
        yield
    except FileNotFoundError:
        raise
    except (BaseError, OSError) as trouble:
        raise OutsideFailure("storage.unreachable") from trouble


def _reach_the_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
