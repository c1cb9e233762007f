"""What benchmarks/photographs.py asks of pyvips: the same files of each photograph, in its quickest way."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyvips  # installed for the benchmark only


def render(file: str, task: dict[str, Any]) -> None:
    """One decoding a photograph, at the size of the largest view; everything else is made from that."""
    stem = str(Path(task["out"]) / Path(file).stem)
    whole = pyvips.Image.thumbnail(file, task["widths"][-1], height=10_000_000, size="down").copy_memory()
    jpeg = {"Q": task["jpeg"], "optimize_coding": True, "subsample_mode": "on", "keep": "none"}
    whole.thumbnail_image(1200, height=628, crop="centre").jpegsave(f"{stem}-card.jpg", **jpeg)
    for width in reversed(task["widths"]):
        if width < whole.width:
            whole = whole.resize(width / whole.width).copy_memory()
        if task["lossless"]:
            whole.pngsave(f"{stem}-{width}.png", compression=1)
        avif = {"Q": task["avif"][str(width)], "effort": task["effort"], "tune": task["tune"]}
        kind = {"compression": "av1", "subsample_mode": "on", "bitdepth": 8, "keep": "none"}
        whole.heifsave(f"{stem}-{width}.avif", **avif, **kind)
        whole.jpegsave(f"{stem}-{width}.jpg", **jpeg)


def main() -> None:
    """The task stands in the first argument, as JSON."""
    task = json.loads(sys.argv[1])
    pyvips.cache_set_max(0)
    with ThreadPoolExecutor(task["together"]) as threads:
        list(threads.map(lambda file: render(file, task), task["files"]))


if __name__ == "__main__":
    main()
