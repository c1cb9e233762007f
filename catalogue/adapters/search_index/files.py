"""Named arrays in one file: versioned, checksummed, mapped into memory when read.

The file holds a mark, the format's version, the length of a JSON header, a checksum of that and of all that
follows, the header (which array lies where) and the arrays, each at a multiple of 64 bytes.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

MARK = b"DLarrays"
VERSION = 2
START = struct.Struct("<8sIII")  # mark, version, length of the header, checksum
BORDER = 64
PIECE = 1 << 20

Array = np.ndarray[Any, np.dtype[Any]]


def write(path: Path, arrays: Mapping[str, Array], about: Mapping[str, Any]) -> None:
    """Put arrays and what is to be known about them into a file, which appears whole or not at all."""
    places, end = {}, 0
    for name, array in arrays.items():
        places[name] = (array.dtype.str, end, len(array))
        end += -(-array.nbytes // BORDER) * BORDER
    header = json.dumps({"arrays": places, "about": about, "size": end}).encode()
    header += b" " * (-(START.size + len(header)) % BORDER)
    body = bytearray(end)
    for name, array in arrays.items():
        start = places[name][1]
        body[start : start + array.nbytes] = array.tobytes()
    # Begins as the file does, so that what a killed process leaves is swept away with it.
    handle, beside = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(START.pack(MARK, VERSION, len(header), _checksum(len(header), header, body)))
            file.write(header)
            file.write(body)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def read(path: Path) -> tuple[dict[str, Array], dict[str, Any]]:
    """The arrays of a file, unchangeable and read from disk as they are used, and what is known about them.

    Raises `ValueError` where the file is damaged or of another version, `OSError` where there is none.
    """
    with path.open("rb") as file:
        started = file.read(START.size)
        if len(started) < START.size:
            raise ValueError("the file is cut short")
        mark, version, length, checksum = START.unpack(started)
        if (mark, version) != (MARK, VERSION):
            raise ValueError("the file is of another version")
        found, header = _checksum(length), b""
        # Read rather than mapped: what is only checked need not stay in memory.
        while piece := file.read(PIECE if header else length):
            header = header or piece
            found = crc32(piece, found)
        if found != checksum:
            raise ValueError("the file is damaged")
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    told = json.loads(header)
    arrays = {
        name: np.frombuffer(mapped, dtype, count, START.size + length + start)
        for name, (dtype, start, count) in told["arrays"].items()
    }
    return arrays, told["about"]


def _checksum(length: int, *parts: bytes | bytearray) -> int:
    found = crc32(length.to_bytes(4, "little"))
    for part in parts:
        found = crc32(part, found)
    return found
