"""What exiftool, a reader that is not ours, finds in a file."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import pytest

# What a file is, not what it tells.
SILENT = {"SourceFile", "ExifTool", "File", "System", "Composite", "JFIF", "QuickTime", "Meta"}


def tell(body: bytes) -> dict[str, Any]:
    """Every tag with its group, such as “GPS:GPSLatitude”; the test is skipped without the program."""
    program = shutil.which("exiftool")
    if program is None:
        pytest.skip("exiftool is not installed: apt-get install libimage-exiftool-perl")
    told = subprocess.run(
        [program, "-json", "-a", "-G0:1", "-ee3", "-U", "-n", "-api", "LargeFileSupport=1", "-"],
        input=body,
        capture_output=True,
        check=False,
    )
    tags: dict[str, Any] = json.loads(told.stdout)[0]
    return tags


def private(body: bytes) -> dict[str, Any]:
    """What tells more than the picture: all but the sizes and the format."""
    return {tag: value for tag, value in tell(body).items() if tag.split(":")[0] not in SILENT}


def places(body: bytes) -> dict[str, Any]:
    """Whatever names a position."""
    words = ("gps", "latitude", "longitude", "location", "makernote")
    return {tag: value for tag, value in tell(body).items() if any(word in tag.lower() for word in words)}
