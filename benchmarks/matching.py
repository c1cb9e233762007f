"""Programs that render photographs: run in processes of their own, and set to do as well as another.

As well means: at each width the median likeness (SSIM) of its AVIF views to its own lossless ones.
"""

from __future__ import annotations

import json
import math
import os
import re
import shutil
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from catalogue.adapters.imaging.rendering import JPEG
from catalogue.adapters.imaging.similarity import ssim
from catalogue.kernel.photo import WIDTHS

TRIED = (50, 70)  # AVIF qualities from which the right one is reckoned
REFINED = 1
POLL_S = 0.01


@dataclass(frozen=True)
class Contender:
    """A program that takes a task as JSON. `qualities`: of AVIF, one for each width.

    `alone`: a process works on one photograph at a time, so that a queue takes several.
    """

    name: str
    command: tuple[str, ...]
    modules: str = ""
    effort: int = 0
    tune: str = ""
    qualities: tuple[int, ...] = (0,) * len(WIDTHS)
    alone: bool = False


@dataclass(frozen=True)
class Cost:
    """Seconds of processor and wall, and the sum of the processes' peaks of memory in bytes."""

    processor: float
    wall: float
    memory: int


@dataclass(frozen=True)
class Result:
    """What a contender's files are: likeness by width, the median of all, and bytes of AVIF and of all files
    of the photographs together."""

    by_width: tuple[float, ...]
    likeness: float
    avif: int
    bytes: int


def run(
    contender: Contender, files: Sequence[Path], out: Path, *, together: int = 1, lossless: bool = False
) -> Cost:
    """Render the files, so many photographs at once."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    processes = together if contender.alone else 1
    task = {
        "out": str(out),
        "widths": WIDTHS,
        "avif": dict(zip(WIDTHS, contender.qualities, strict=True)),
        "effort": contender.effort,
        "tune": contender.tune,
        "jpeg": JPEG["quality"],
        "together": together,
        "lossless": lossless,
        "modules": contender.modules,
    }
    began = time.perf_counter()
    running = [
        subprocess.Popen(  # noqa: S603
            [
                *contender.command,
                json.dumps(task | {"files": [str(file) for file in files[number::processes]]}),
            ],
            env=os.environ | {"VIPS_CONCURRENCY": "1"},
        )
        for number in range(processes)
    ]
    processor, peaks = 0.0, dict.fromkeys((process.pid for process in running), 0)
    left = list(running)
    while left:
        time.sleep(POLL_S)
        for process in tuple(left):
            # Not `ru_maxrss`: it begins with what this program had when it started the other.
            peaks[process.pid] = max(peaks[process.pid], _peak(process.pid))
            ended, status, used = os.wait4(process.pid, os.WNOHANG)
            if ended:
                left.remove(process)
                process.returncode = os.waitstatus_to_exitcode(status)
                processor += used.ru_utime + used.ru_stime
    if any(process.returncode for process in running):
        raise RuntimeError(f"{contender.name} ended with {[process.returncode for process in running]}")
    return Cost(processor, time.perf_counter() - began, sum(peaks.values()))


def _peak(pid: int) -> int:
    """The most memory, in bytes, that a running program has had so far; 0 where it has ended."""
    told = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", told)
    return int(found[1]) * 1024 if found else 0


def result(contender: Contender, files: Sequence[Path], out: Path) -> Result:
    """What its files are like, and how large."""
    run(contender, files, out, lossless=True)
    found: dict[int, list[float]] = {width: [] for width in WIDTHS}
    for lossless in out.glob("*.png"):
        with Image.open(lossless) as one, Image.open(lossless.with_suffix(".avif")) as other:
            found[one.width].append(ssim(one, other))
    return Result(
        tuple(statistics.median(found[width]) for width in WIDTHS),
        statistics.median(value for values in found.values() for value in values),
        sum(path.stat().st_size for path in out.glob("*.avif")),
        sum(path.stat().st_size for path in out.iterdir() if path.suffix != ".png"),
    )


def as_like(
    contender: Contender, target: Result, files: Sequence[Path], out: Path
) -> tuple[Contender, Result]:
    """The contender at the qualities at which it comes as near to the lossless pictures, and its files."""
    known: dict[tuple[int, ...], Result] = {}
    for quality in TRIED:
        tried = (quality,) * len(WIDTHS)
        known[tried] = result(replace(contender, qualities=tried), files, out)
    for _ in range(REFINED):
        chosen = tuple(
            _quality([(each[at], found.by_width[at]) for each, found in known.items()], target.by_width[at])
            for at in range(len(WIDTHS))
        )
        if chosen not in known:
            known[chosen] = result(replace(contender, qualities=chosen), files, out)
    best = min(known, key=lambda each: sum(map(_apart, known[each].by_width, target.by_width)))
    return replace(contender, qualities=best), known[best]


def _apart(one: float, other: float) -> float:
    return abs(one - other)


def _quality(points: list[tuple[int, float]], wanted: float) -> int:
    """Between the two measured ones around it, or beyond the outer two, along a line."""
    points = sorted(dict(points).items())
    at = next((at for at, (_, found) in enumerate(points[1:-1], 1) if found >= wanted), len(points) - 1)
    (low, one), (high, other) = points[at - 1], points[at]
    step = (wanted - one) / (other - one) if not math.isclose(one, other) else 0
    return min(max(round(low + step * (high - low)), 1), 99)
