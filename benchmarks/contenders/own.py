"""What benchmarks/photographs.py asks of the site itself: each photograph's files, as a worker makes them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from catalogue.adapters import memory
from catalogue.adapters.imaging import rendering

ENDINGS = {"avif": "avif", "jpeg": "jpg"}


def render(file: str, task: dict[str, Any]) -> None:
    """Into a folder; each file is written before the next is made."""
    stem = str(Path(task["out"]) / Path(file).stem)
    for shot in rendering.shots(Path(file).read_bytes()):
        label = "card" if shot.purpose == "card" else shot.picture.width
        if task["lossless"] and shot.purpose == "view":
            shot.picture.save(f"{stem}-{label}.png", compress_level=1)
        for kind in shot.formats:
            Path(f"{stem}-{label}.{ENDINGS[kind]}").write_bytes(rendering.encode(shot, kind).body)


def main() -> None:
    """The task stands in the first argument, as JSON."""
    task = json.loads(sys.argv[1])
    memory.keep()
    for file in task["files"]:
        render(file, task)


if __name__ == "__main__":
    main()
