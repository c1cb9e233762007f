"""How much work the files of a photograph are, beside sharp and pyvips at the same likeness: part of `make bench`.

Every program makes five views in AVIF and JPEG and a card, from one decoding. Both others run at their quickest
effort, and at the AVIF quality at which their views are as like their own lossless ones as ours are (SSIM).
"""

from __future__ import annotations

import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from catalogue.adapters.imaging.rendering import JPEG
from catalogue.adapters.imaging.similarity import ssim
from catalogue.kernel.photo import WIDTHS

TOOLS = Path("instance/bench-tools").resolve()
HERE = Path(__file__).parent / "contenders"
SIZES = {"12 MP": (4000, 3000), "24 MP": (6000, 4000)}
EACH = 4  # photographs of a size, one after the other
QUEUE = 20
CORES = 2
QUALITIES = range(30, 84, 3)
# Of sharp's processor time, of pyvips', of sharp's wall time for a queue, of sharp's peak memory.
GOAL_SHARP, GOAL_VIPS, GOAL_QUEUE, GOAL_MEMORY = 0.75, 0.9, 0.8, 0.5


@dataclass(frozen=True)
class Contender:
    """A program that takes a task as JSON, and the quality at which it does as well as we."""

    name: str
    command: tuple[str, ...]
    quality: int = 0


@dataclass(frozen=True)
class Cost:
    """Seconds of processor and wall, and the peak of memory in bytes, of one process."""

    processor: float
    wall: float
    memory: int


def main() -> int:
    """Measure and print; 1 where a goal is missed."""
    lines, met = table()
    print("\n".join(lines))
    return 0 if met else 1


def table() -> tuple[list[str], bool]:
    """The report, and whether every goal was met that could be measured."""
    with tempfile.TemporaryDirectory(prefix="photographs-") as name:
        folder = Path(name)
        files = {label: list(photographs(folder, label)) for label in SIZES}
        own = Contender("ours", (sys.executable, "-m", "benchmarks.contenders.own"))
        sample = [files[label][0] for label in SIZES]
        target = likeness(own, sample, folder)
        others = [as_like(each, target, sample, folder) for each in contenders()]
        rows, met = _rows([own, *others], files, folder)
        head = (
            f"Photographs: five views in AVIF and JPEG and a card of each, all at SSIM {target:.4f} or above."
        )
        return [head, "", *rows], met


def photographs(folder: Path, label: str) -> Iterator[Path]:
    """Made-up landscapes as a phone stores them, half of them lying on their side."""
    for number in range(EACH):
        path = folder / f"{label.replace(' ', '')}-{number}.jpg"
        told = Image.Exif()
        told[0x0112] = 6 if number % 2 else 1
        landscape(SIZES[label], seed=number).save(path, quality=90, exif=told)
        yield path


def landscape(size: tuple[int, int], seed: int) -> Image.Image:
    """Detail of every size as a photograph has it: noise of octaves, things with edges, grain of the camera."""
    chance = random.Random(f"{size} {seed}")
    picture = Image.new("RGB", size, (128, 128, 128))
    for octave in range(3, 11):
        side = 2**octave
        noise = Image.frombytes("RGB", (side, side), chance.randbytes(3 * side * side))
        share = 0.55 if octave == 3 else 0.32 * 0.8 ** (octave - 3)
        picture = Image.blend(picture, noise.resize(size, Image.Resampling.BICUBIC), share)
    pen = ImageDraw.Draw(picture)
    for _ in range(120):
        x, y, span = chance.randrange(size[0]), chance.randrange(size[1]), chance.randrange(20, size[0] // 8)
        colour = tuple(chance.randrange(20, 235) for _ in range(3))
        (pen.ellipse if chance.random() < 0.5 else pen.rectangle)(
            (x, y, x + span, y + span // 2), fill=colour
        )
    picture = picture.filter(ImageFilter.GaussianBlur(1.2))
    grain = Image.frombytes("L", (512, 512), bytes(128 + chance.randrange(-5, 6) for _ in range(512 * 512)))
    tiled = Image.new("L", size)
    for left in range(0, size[0], 512):
        for top in range(0, size[1], 512):
            tiled.paste(grain, (left, top))
    return ImageChops.add(picture, tiled.convert("RGB"), offset=-128)


def contenders() -> Iterator[Contender]:
    """The others, as far as tools/bench.sh could fetch them."""
    if shutil.which("node") and (TOOLS / "sharp/node_modules/sharp").is_dir():
        yield Contender("sharp", ("node", str(HERE / "sharp.mjs")))
    if (TOOLS / "vips/bin/python").exists():
        yield Contender("pyvips", (str(TOOLS / "vips/bin/python"), str(HERE / "vips.py")))


def run(
    contender: Contender, files: Sequence[Path], out: Path, *, together: int = 1, lossless: bool = False
) -> Cost:
    """One process that renders the files, so many at once."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    task = {
        "files": [str(file) for file in files],
        "out": str(out),
        "widths": WIDTHS,
        "avif": contender.quality,
        "effort": 0,
        "jpeg": JPEG["quality"],
        "together": together,
        "lossless": lossless,
        "modules": str(TOOLS / "sharp"),
    }
    began = time.perf_counter()
    process = subprocess.Popen(
        [*contender.command, json.dumps(task)],
        env=os.environ | {"VIPS_CONCURRENCY": "1"},
    )
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{contender.name} ended with {process.returncode}")
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * 1024)


def likeness(contender: Contender, files: Sequence[Path], folder: Path) -> float:
    """The median SSIM of its AVIF views against the lossless ones of the same size."""
    out = folder / "likeness"
    run(contender, files, out, lossless=True)
    found = []
    for lossless in out.glob("*.png"):
        with Image.open(lossless) as one, Image.open(lossless.with_suffix(".avif")) as other:
            found.append(ssim(one, other))
    return statistics.median(found)


def as_like(contender: Contender, target: float, files: Sequence[Path], folder: Path) -> Contender:
    """The contender at the lowest quality that comes as near to the lossless pictures as we do."""
    low, high = 0, len(QUALITIES) - 1
    while low < high:
        middle = (low + high) // 2
        tried = Contender(contender.name, contender.command, QUALITIES[middle])
        if likeness(tried, files, folder) >= target:
            high = middle
        else:
            low = middle + 1
    return Contender(contender.name, contender.command, QUALITIES[low])


def _rows(
    entrants: Sequence[Contender], files: dict[str, list[Path]], folder: Path
) -> tuple[list[str], bool]:
    """A row a program; the goals are met where the others could be measured."""
    every = [file for each in files.values() for file in each]
    queue = (every * QUEUE)[:QUEUE]
    lines = [
        "| program | AVIF quality | 12 MP, s of processor | 24 MP | queue of 20, s | peak, MB | KB a photograph |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    costs: dict[str, tuple[float, float, float, float]] = {}
    for entrant in entrants:
        idle = run(entrant, [], folder / "out").processor
        single = {}
        for label, sort in files.items():
            cost = run(entrant, sort, folder / "out")
            single[label] = (cost.processor - idle) / len(sort)
        size = sum(path.stat().st_size for path in (folder / "out").iterdir()) / len(files["24 MP"])
        together = run(entrant, _copies(queue, folder), folder / "out", together=CORES)
        costs[entrant.name] = (single["12 MP"], single["24 MP"], together.wall, together.memory)
        lines.append(
            f"| {entrant.name} | {entrant.quality or 'as set'} | {single['12 MP']:.2f} | {single['24 MP']:.2f} "
            f"| {together.wall:.1f} | {together.memory / 1e6:.0f} | {size / 1000:.0f} |"
        )
    verdicts = list(_verdicts(costs))
    return [*lines, "", *(words for words, _ in verdicts)], all(met for _, met in verdicts)


def _copies(queue: Sequence[Path], folder: Path) -> list[Path]:
    """The queue under names of its own, so that no file is written twice."""
    place = folder / "queue"
    place.mkdir(exist_ok=True)
    copies = [place / f"{number}.jpg" for number in range(len(queue))]
    for copy, file in zip(copies, queue, strict=True):
        shutil.copyfile(file, copy)
    return copies


def _verdicts(costs: dict[str, tuple[float, float, float, float]]) -> Iterator[tuple[str, bool]]:
    ours = costs["ours"]
    goals = (
        ("sharp", "processor, 12 MP", 0, GOAL_SHARP),
        ("sharp", "processor, 24 MP", 1, GOAL_SHARP),
        ("pyvips", "processor, 12 MP", 0, GOAL_VIPS),
        ("pyvips", "processor, 24 MP", 1, GOAL_VIPS),
        ("sharp", "wall time of the queue", 2, GOAL_QUEUE),
        ("sharp", "peak memory of the queue", 3, GOAL_MEMORY),
    )
    for name, what, at, goal in goals:
        if name not in costs:
            yield f"- {what}: {name} is not there: tools/bench.sh fetches it.", True
            continue
        share = ours[at] / costs[name][at]
        yield (
            f"- {what}: {share:.2f} of {name}'s (goal {goal}){'' if share <= goal else ', MISSED'}",
            share <= goal,
        )


if __name__ == "__main__":
    sys.exit(main())
