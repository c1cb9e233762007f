"""How much work a photograph's files are, beside sharp and pyvips for the same outputs: part of `make bench`.

Every program makes five views in AVIF and JPEG and a card, from one decoding. The same outputs are: as like
their lossless pictures as ours (median SSIM of each width), in files that are no larger. The quickest setting
of another program that gives that is its reference; the settings passed over are shown as well.
"""

from __future__ import annotations

import os
import platform
import random
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from benchmarks.matching import Contender, Result, as_like, result, run
from catalogue.kernel.photo import WIDTHS

TOOLS = Path("instance/bench-tools").resolve()
HERE = Path(__file__).parent
RESULTS = HERE / "results" / "photographs.md"
SIZES = {"12 MP": (4000, 3000), "24 MP": (6000, 4000)}
EACH = 2  # photographs of a size, one after the other
ROUNDS = 3  # by turns; the median counts
QUEUE = 20
CORES = 2
EFFORTS = range(5)  # of libvips, quickest first; 4 is what it takes by itself
TUNES = ("ssim", "auto")
AS_IT_COMES = EFFORTS[-1], "auto", (50,) * len(WIDTHS)  # effort, tuned for, qualities
SLACK = 1.02  # one step of quality: what cannot be told apart counts for the other program
# Of sharp's processor time, of pyvips', of sharp's wall time for a queue, of sharp's peak memory.
GOAL_SHARP, GOAL_VIPS, GOAL_QUEUE, GOAL_MEMORY = 0.75, 0.9, 0.8, 0.5


@dataclass
class Row:
    """A setting of a program, what its files are, and what they cost: seconds by size, seconds and bytes of
    memory of the queue. `reference`: the goals are measured against it."""

    contender: Contender
    files: Result
    reference: bool = False
    single: dict[str, float] = field(default_factory=dict)
    queue: float = 0
    memory: int = 0


def main() -> int:
    """Measure, print and write the table; 1 where a goal is missed."""
    lines, met = table()
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    report = [
        f"# {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "",
        f"{platform.platform()}, {os.cpu_count()} processors, load {load}.",
        "",
        *lines,
        "",
    ]
    RESULTS.write_text("\n".join(report), encoding="utf-8")
    print("\n".join(report))
    return 0 if met else 1


def table() -> tuple[list[str], bool]:
    """The report, and whether every goal was met that could be measured."""
    with tempfile.TemporaryDirectory(prefix="photographs-") as name:
        folder = Path(name)
        files = {label: list(photographs(folder, label)) for label in SIZES}
        sample = [each[0] for each in files.values()]
        own = Contender("ours", (sys.executable, "-m", "benchmarks.contenders.own"), alone=True)
        rows = [Row(own, result(own, sample, folder / "out"), reference=True)]
        for other in contenders():
            rows.extend(_tried(other, rows[0].files, sample, folder / "out"))
        _measure(rows, files, folder)
        verdicts = list(_verdicts(rows))
        head = (
            "Five views in AVIF and JPEG and a card of each photograph, made up. Processor time is of one"
            " photograph, the start of the program left out; the queue is of"
            f" {QUEUE}, {CORES} at a time; memory is the sum of the processes' peaks above their idle start."
        )
        lines = [head, "", *_lines(rows), "", *(words for words, _ in verdicts)]
        return lines, all(met for _, met in verdicts)


def photographs(folder: Path, label: str) -> Iterator[Path]:
    """Made-up landscapes as a phone stores them, half of them lying on their side."""
    for number in range(EACH):
        path = folder / f"{label.replace(' ', '')}-{number}.jpg"
        told = Image.Exif()
        told[0x0112] = 6 if number % 2 else 1
        landscape(SIZES[label], seed=number).save(path, quality=90, exif=told)
        yield path


def landscape(size: tuple[int, int], seed: int) -> Image.Image:
    """Detail of every size, as a photograph has it: noise of octaves, things with edges, grain."""
    chance = random.Random(f"{size} {seed}")  # noqa: S311
    picture = Image.new("RGB", (size[0] // 4, size[1] // 4), (128, 128, 128))
    for octave in range(3, 11):
        if octave == 9:  # what is coarser need not be drawn at full size
            picture = picture.resize(size, Image.Resampling.BICUBIC)
        side = 2**octave
        noise = Image.frombytes("RGB", (side, side), chance.randbytes(3 * side * side))
        share = 0.55 if octave == 3 else 0.32 * 0.8 ** (octave - 3)
        picture = Image.blend(picture, noise.resize(picture.size, Image.Resampling.BILINEAR), share)
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
        yield Contender("sharp", ("node", str(HERE / "contenders/sharp.mjs")), str(TOOLS / "sharp"))
    if (TOOLS / "vips/bin/python").exists():
        yield Contender("pyvips", (str(TOOLS / "vips/bin/python"), str(HERE / "contenders/vips.py")))


def _tried(other: Contender, ours: Result, sample: Sequence[Path], out: Path) -> Iterator[Row]:
    """A program's settings, the quickest first, up to the first that needs no more bytes at our likeness, or
    to the last; then the program as it comes."""
    settings = [replace(other, effort=effort, tune=tune) for effort in EFFORTS for tune in TUNES]
    for setting in settings:
        row = Row(*as_like(setting, ours, sample, out))
        row.reference = row.files.avif <= SLACK * ours.avif or setting == settings[-1]
        yield row
        if row.reference:
            break
    effort, tune, qualities = AS_IT_COMES
    named = f"{other.name}, as it comes"
    plain = replace(other, name=named, effort=effort, tune=tune, qualities=qualities)
    yield Row(plain, result(plain, sample, out))


def _measure(rows: Sequence[Row], files: dict[str, list[Path]], folder: Path) -> None:
    """One photograph at a time; then the queue, by those that the goals are about."""
    out = folder / "out"
    every = [file for each in files.values() for file in each]
    queue = _copies((every * QUEUE)[:QUEUE], folder)
    singles: dict[tuple[int, str], list[float]] = {}
    queues: dict[int, list[float]] = {}
    for turn in range(ROUNDS):
        for at, row in enumerate(rows):
            if turn and row.contender.effort > 1:
                continue  # slow enough to be measured once
            idle = run(row.contender, [], out)
            for label, sort in files.items():
                spent = run(row.contender, sort, out).processor - idle.processor
                singles.setdefault((at, label), []).append(spent / len(sort))
            if row.reference:
                whole = run(row.contender, queue, out, together=CORES)
                queues.setdefault(at, []).append(whole.wall - idle.wall)  # a worker has started long since
                processes = CORES if row.contender.alone else 1
                row.memory = max(row.memory, whole.memory - processes * idle.memory)
    for at, row in enumerate(rows):
        row.single = {label: statistics.median(singles[at, label]) for label in files}
        row.queue = statistics.median(queues.get(at, [0]))


def _copies(queue: Sequence[Path], folder: Path) -> list[Path]:
    """The queue under names of its own, so that no file is written twice."""
    place = folder / "queue"
    place.mkdir()
    copies = [place / f"{number}.jpg" for number in range(len(queue))]
    for copy, file in zip(copies, queue, strict=True):
        shutil.copyfile(file, copy)
    return copies


def _lines(rows: Sequence[Row]) -> Iterator[str]:
    sizes = " | ".join(f"{label}, processor" for label in SIZES)
    yield f"| program | effort, tune | quality by width | SSIM | KB AVIF | all | {sizes} | queue | memory |"
    yield "|---|---|---|---:|---:|---:|" + "---:|" * (len(SIZES) + 2)
    for row in rows:
        one, ours = row.contender, row.contender.alone
        name = f"**{one.name}**" if row.reference else one.name
        setting = "as set" if ours else f"{one.effort}, {one.tune}"
        qualities = "as set" if ours else " ".join(map(str, one.qualities))
        spent = " | ".join(f"{row.single[label] * 1000:.0f} ms" for label in SIZES)
        together = f"{row.queue:.1f} s | {row.memory / 1e6:.0f} MB" if row.reference else " | "
        size = f"{row.files.avif / len(SIZES) / 1000:.0f} | {row.files.bytes / len(SIZES) / 1000:.0f}"
        yield (
            f"| {name} | {setting} | {qualities} | {row.files.likeness:.4f} | {size} | {spent} | {together} |"
        )


def _verdicts(rows: Sequence[Row]) -> Iterator[tuple[str, bool]]:
    """Each goal in words, and whether it is met; what could not be fetched cannot be missed."""
    references = {row.contender.name: row for row in rows if row.reference}
    ours = references["ours"]
    for name, goal in (("sharp", GOAL_SHARP), ("pyvips", GOAL_VIPS)):
        if name not in references:
            yield f"- {name} is not there; tools/bench.sh fetches it.", True
            continue
        other = references[name]
        for label in SIZES:
            yield _verdict(f"processor, {label}", name, ours.single[label] / other.single[label], goal)
        quickest = next(row for row in rows if row.contender.name == name)
        for label in SIZES:
            share, bytes_ = ours.single[label] / quickest.single[label], quickest.files.avif / ours.files.avif
            yield (
                f"- no goal: {share:.2f} of {name}'s quickest, {label}, whose AVIF are {bytes_:.2f} × ours",
                True,
            )
        if name == "sharp":
            yield _verdict("wall time of the queue", name, ours.queue / other.queue, GOAL_QUEUE)
            yield _verdict("memory of the queue", name, ours.memory / other.memory, GOAL_MEMORY)


def _verdict(what: str, name: str, share: float, goal: float) -> tuple[str, bool]:
    return (
        f"- {what}: {share:.2f} of {name}'s (goal {goal}{'' if share <= goal else ', missed'})",
        share <= goal,
    )


if __name__ == "__main__":
    sys.exit(main())
