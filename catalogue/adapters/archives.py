"""ZIP files that strangers send: what is in them, before anything is unpacked, and one file at a time."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from catalogue.kernel.errors import RuleBroken
from catalogue.kernel.photo import MOST_BYTES
from catalogue.kernel.text import nfc

MOST_ARCHIVE = 60 * 1024 * 1024
MOST_FILES = 200
MOST_UNPACKED = 500_000_000
# Of what a photograph is worth packing for, a hundredth is never left.
MOST_RATIO = 100


@dataclass(frozen=True)
class Member:
    """A file in an archive. `place`: its number there; `name`: without the folders it lies in."""

    place: int
    name: str


def members(body: bytes) -> list[Member]:
    """The files of an archive but for what systems put there themselves.

    RuleBroken `archive.unreadable`, `archive.too_large` or `archive.too_many`. Nothing is unpacked.
    """
    if len(body) > MOST_ARCHIVE:
        raise RuleBroken("archive.too_large", field="archive")
    found = [
        (place, info)
        for place, info in enumerate(_opened(body).infolist())
        if not info.is_dir() and not _is_hidden(info.filename)
    ]
    if len(found) > MOST_FILES:
        raise RuleBroken("archive.too_many", field="archive", most=MOST_FILES)
    if sum(info.file_size for _, info in found) > MOST_UNPACKED:
        raise RuleBroken("archive.too_large", field="archive")
    return [Member(place, nfc(PurePosixPath(info.filename).name)) for place, info in found]


def unpacked(body: bytes, place: int) -> bytes:
    """One file of an archive, no larger than a photograph may be, whatever the archive says of it.

    RuleBroken `archive.unreadable` for what is damaged, locked or too large.
    """
    archive = _opened(body)
    info = archive.infolist()[place]
    if info.flag_bits & 1 or info.file_size > MOST_BYTES:
        raise RuleBroken("archive.unreadable", field="archive")
    if info.file_size > MOST_RATIO * max(info.compress_size, 1):
        raise RuleBroken("archive.unreadable", field="archive")
    try:
        with archive.open(info) as file:
            return file.read(MOST_BYTES + 1)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, RuntimeError, ValueError) as error:
        raise RuleBroken("archive.unreadable", field="archive") from error


def _opened(body: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(body))
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise RuleBroken("archive.unreadable", field="archive") from error


def _is_hidden(path: str) -> bool:
    parts = [part for part in path.split("/") if part not in {".", ".."}]
    return any(part.startswith((".", "__MACOSX")) or part == "Thumbs.db" for part in parts)
