"""Measure the search beside Tantivy and FTS5; prints the table and writes it to results/search.md."""

from __future__ import annotations

import argparse
import os
import platform
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path

from benchmarks import generate
from benchmarks.search import corpus as corpora
from benchmarks.search.corpus import Corpus
from benchmarks.search.engines import Answer, Engine, Fts5, Own, OwnFromText, Tantivy, TantivyAlone
from catalogue.adapters.search_index import Document, SearchIndex
from catalogue.kernel.query import Form
from catalogue.search.facets import FacetTable

RESULTS = Path(__file__).parents[1] / "results" / "search.md"
SIZES = (10_000, 100_000)
QUERIES, PASSES = 200, 5
WARM = 40  # queries that are asked before anything is measured, and never again
# Goals as times another engine, by number of products.
MEDIAN = {10_000: 1.0, 100_000: 1.5}
P95 = {10_000: 2.0}
MEDIAN_OF_FTS5 = {10_000: 0.3}
OPEN_MS = {10_000: 300.0}
MEMORY_MB = {10_000: 150.0, 100_000: 400.0}
BUILD_S = {10_000: 40.0}
FRESH_S = {10_000: 1.0}


@dataclass(frozen=True)
class Goal:
    """What was measured of one thing, and what it should be at most."""

    what: str
    found: float
    unit: str
    at_most: float | None

    @property
    def met(self) -> bool:
        return self.at_most is None or self.found <= self.at_most

    def line(self) -> str:
        """A line of the table."""
        goal = f"≤ {self.at_most:g}{self.unit}" if self.at_most is not None else ""
        said = (
            ""
            if self.at_most is None
            else "yes"
            if self.met
            else f"no, {self.found / self.at_most:.2f} of it"
        )
        return f"| {self.what} | {self.found:.2f}{self.unit} | {goal} | {said} |"


def main() -> int:
    """Measure each size; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--passes", type=int, default=PASSES)
    given = parser.parse_args()
    lines, met = _machine(given.passes), True
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        app = generate.generate(Path(folder) / "site", 0)
        for size in given.sizes:
            began = time.perf_counter()
            corpus = corpora.make(app, size)
            print(f"{size:,} products made in {time.perf_counter() - began:.0f} s", flush=True)
            table, good = _measured(corpus, Path(folder) / f"{size}", given.passes)
            lines += table
            met &= good
    RESULTS.write_text("\n".join(lines) + "\n", "utf-8")
    print("\n".join(lines))
    return 0 if met else 1


def _measured(corpus: Corpus, folder: Path, passes: int) -> tuple[list[str], bool]:
    folder.mkdir()
    size = len(corpus.documents)
    index = SearchIndex(folder / "index")
    began, wall = time.process_time(), time.perf_counter()
    index.rebuild(corpus.documents)
    built = time.process_time() - began
    print(f"{size:,} products indexed in {time.perf_counter() - wall:.0f} s by the clock", flush=True)
    facets = FacetTable.build(
        (document.id, values) for document, values in zip(corpus.documents, corpus.values, strict=True)
    )
    own = Own(index, facets)
    (folder / "tantivy").mkdir()
    tantivy = Tantivy(corpus, folder / "tantivy", own)
    alone = TantivyAlone(tantivy)
    fts5 = Fts5(corpus, folder / "words.sqlite")
    engines: tuple[Engine, ...] = (own, tantivy, OwnFromText(index, facets), alone, fts5)
    spent, found = _timed(engines, corpus, passes)
    all_of = {name: [each for times in classes.values() for each in times] for name, classes in spent.items()}
    started = _fresh_process(folder / "index", corpus)
    goals = [
        *_beside("the same query", all_of[own.name], all_of[tantivy.name], MEDIAN.get(size), P95.get(size)),
        *_beside("from the text", all_of[OwnFromText.name], all_of[alone.name], None, None, alone.name),
        _ratio("median, the same query, of FTS5's", all_of[own.name], all_of[fts5.name], None),
        _ratio(
            "median, from the text, of FTS5's",
            all_of[OwnFromText.name],
            all_of[fts5.name],
            MEDIAN_OF_FTS5.get(size),
        ),
        Goal("totals that differ from Tantivy's", _differing(found, own, tantivy), " %", 0.0),
        Goal("opening and the first query, in a new process", started["first_ms"], " ms", OPEN_MS.get(size)),
        Goal("memory of that process after 200 queries", started["memory_mb"], " MB", MEMORY_MB.get(size)),
        Goal("of it before the index was opened", started["before_mb"], " MB", None),
        Goal("of it pages of files, shared by all processes", started["files_mb"], " MB", None),
        Goal("building the index", built, " s", BUILD_S.get(size)),
        Goal("until a change is found", _until_found(index, folder / "index", size), " s", FRESH_S.get(size)),
    ]
    return _table(size, spent, goals), all(goal.met for goal in goals)


def _timed(
    engines: Sequence[Engine], corpus: Corpus, passes: int
) -> tuple[dict[str, dict[str, list[float]]], dict[str, list[Answer]]]:
    """Milliseconds of processor by engine and class, and the answers.

    Engines take turns at each question, in any order: who follows a slow one finds the caches cold.
    """
    spent: dict[str, dict[str, list[float]]] = {each.name: defaultdict(list) for each in engines}
    answers: dict[str, list[Answer]] = {each.name: [] for each in engines}
    seed = time.time_ns()
    order = random.Random(seed)  # noqa: S311
    for asked in corpora.questions(corpus, WARM, seed):
        for engine in engines:
            engine.answer(asked, engine.prepare(asked))
    for number in range(1, passes + 1):
        for asked in corpora.questions(corpus, QUERIES, seed + number):
            for engine in order.sample(engines, len(engines)):
                prepared = engine.prepare(asked)
                began = time.thread_time_ns()
                answer = engine.answer(asked, prepared)
                spent[engine.name][asked.kind].append((time.thread_time_ns() - began) / 1e6)
                answers[engine.name].append(answer)
    return spent, answers


def _differing(found: Mapping[str, Sequence[Answer]], own: Engine, other: Engine) -> float:
    pairs = list(zip(found[own.name], found[other.name], strict=True))
    return 100 * sum(one.total != two.total for one, two in pairs) / len(pairs)


def _beside(
    what: str,
    own: Sequence[float],
    other: Sequence[float],
    median: float | None,
    p95: float | None,
    name: str = "Tantivy",
) -> list[Goal]:
    return [
        Goal(f"median, {what}, of {name}'s", statistics.median(own) / statistics.median(other), " ×", median),
        Goal(f"95th percentile, {what}, of {name}'s", _p95(own) / _p95(other), " ×", p95),
    ]


def _ratio(what: str, own: Sequence[float], other: Sequence[float], goal: float | None) -> Goal:
    return Goal(what, statistics.median(own) / statistics.median(other), " ×", goal)


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _fresh_process(folder: Path, corpus: Corpus) -> dict[str, float]:
    """What a new process needs to open the index and answer, in milliseconds, and its memory after a pass."""
    texts = [asked.text for asked in corpora.questions(corpus, QUERIES, time.time_ns())]
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "benchmarks.search.process", str(folder)],
        input="\n".join(texts),
        capture_output=True,
        text=True,
        check=True,
    )
    before, first, memory, files = map(float, done.stdout.split())
    return {"before_mb": before, "first_ms": first, "memory_mb": memory, "files_mb": files}


def _until_found(index: SearchIndex, folder: Path, size: int) -> float:
    """Seconds until another process would find what was put."""
    other, spent = SearchIndex(folder), []
    for number in range(5):
        changed = Document("product", 1 + number * (size // 5), (f"zoumoi{number}",))
        with other.reader():
            pass
        began = time.process_time()
        index.put([changed])
        with other.reader() as reader:
            assert reader.knows(Form.FOLDED, f"zoumoi{number}")
        spent.append(time.process_time() - began)
    return statistics.median(spent)


def _times_of(spent: Mapping[str, Mapping[str, Sequence[float]]], kind: str, name: str) -> Sequence[float]:
    return spent[name][kind]


def _table(size: int, spent: Mapping[str, Mapping[str, Sequence[float]]], goals: Sequence[Goal]) -> list[str]:
    names = list(spent)
    lines = ["", f"## {size:,} products", "", f"| ms of processor | {' | '.join(names)} |"]
    lines.append("|---|" + "---:|" * len(names))
    rows: list[tuple[str, Callable[[str], Sequence[float]]]] = [
        (kind, partial(_times_of, spent, kind)) for kind in next(iter(spent.values()))
    ]
    for kind, times in rows:
        lines.append(
            f"| {kind}, median | "
            + " | ".join(f"{statistics.median(times(name)):.3f}" for name in names)
            + " |"
        )
    every = {name: [each for times in classes.values() for each in times] for name, classes in spent.items()}
    lines.append(
        "| all, median | " + " | ".join(f"{statistics.median(every[name]):.3f}" for name in names) + " |"
    )
    lines.append(
        "| all, 95th percentile | " + " | ".join(f"{_p95(every[name]):.3f}" for name in names) + " |"
    )
    lines += ["", "| goal | measured | at most | met |", "|---|---:|---:|---|"]
    return lines + [goal.line() for goal in goals]


def _machine(passes: int) -> list[str]:
    programs = ", ".join(f"{name} {version(name)}" for name in ("numpy", "whoosh", "rapidfuzz"))
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return [
        f"# {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "",
        f"{platform.platform()}, {os.cpu_count()} processors, load {load} before measuring.",
        f"Python {platform.python_version()}, {programs}, {_tantivy()}, SQLite {sqlite3.sqlite_version}.",
        f"{passes} passes of {QUERIES} questions, made anew for each pass and never asked twice; one thread.",
        "All times are of the processor: the machine may do other work.",
        "“The same query”: what the site makes of a text, given to both engines. “From the text”: the site",
        "with all its readings (marks, Telex, neighbours, typos), the others with folded words, as one would",
        "use them without the site's rules.",
    ]


def _tantivy() -> str:
    from benchmarks.search.engines import TANTIVY

    sys.path.append(str(TANTIVY))
    import tantivy

    return str(tantivy.__version__)


if __name__ == "__main__":
    sys.exit(main())
