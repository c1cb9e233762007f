"""The bytes that processes share."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from catalogue.kernel.mark import Mark


def test_what_one_process_renews_another_sees(tmp_path: Path) -> None:
    path = str(tmp_path / "mark")
    mark = Mark(path)
    before = mark.read()
    assert mark.read() == before
    elsewhere = "import sys; from catalogue.kernel.mark import Mark; Mark(sys.argv[1]).renew()"
    subprocess.run([sys.executable, "-c", elsewhere, path], check=True)
    assert mark.read() != before
    assert Mark(path).read() == mark.read()


def test_a_mark_needs_a_place(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no-folder"):
        Mark(str(tmp_path / "no-folder" / "mark"))
