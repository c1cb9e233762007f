"""What the pages of the office cost the processor, and the table of it in `results/`."""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping
from pathlib import Path

from tests.people import Browser

RESULTS = Path(__file__).parent / "results"
ROUNDS = 5
GOAL_MS = 300.0


def measured(reader: Browser, path: str) -> float:
    """Milliseconds of the processor for one answer, in process: the median of some."""
    times = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        assert reader.get(path).status_code == 200, (path, reader.answer.status)
        times.append((time.process_time() - begun) * 1000)
    found = statistics.median(times)
    print(f"{found:7.0f} ms (first {times[0]:.0f})  {path}", flush=True)
    return found


def written(
    name: str, title: str, size: str, found: Mapping[str, float], goals: Mapping[str, float] | None = None
) -> int:
    """Write `results/<name>.md`; 1 where a page takes longer than its goal, which is the lists' unless
    `goals` has another one."""
    rows, missed = [], 0
    for path, spent in found.items():
        goal = (goals or {}).get(path, GOAL_MS)
        missed += spent > goal
        rows.append(f"| `{path}` | {spent:.0f}{' (misses)' if spent > goal else ''} | {goal:.0f} |")
    how = f"{size}\nIn process, the median of {ROUNDS}, milliseconds of the processor."
    table = [f"# {title}", "", how, "", "| page | ms | goal |", "|---|---:|---:|", *rows]
    (RESULTS / f"{name}.md").write_text("\n".join(table) + "\n", "utf-8")
    return 1 if missed else 0
