"""The served site against nginx with the same bytes, and how long the uncached pages take: `make bench`."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from benchmarks import generate, load, nginx, pages, photographs
from catalogue.database import db
from catalogue.products.models import Product
from tests.served import free_port, serve

LIST = "/vi/san-pham?category=coffee"
RESULTS = Path(__file__).parent / "results"
ROUNDS = 3
SECONDS = 3.0
TIMES = 25
GOAL = 0.5
GOAL_MS = 25.0
PACKED = {"Accept-Encoding": "br"}
# Whoever brings a session is always answered by the application.
UNCACHED = PACKED | {"Cookie": "form=bench"}


@dataclass(frozen=True)
class Case:
    """What is asked of both servers."""

    name: str
    path: str
    file: str
    headers: dict[str, str]
    status: int = 200
    goal: float | None = None


def main() -> int:
    """Measure, print and write the table; 1 where a goal is missed."""
    if nginx.program() is None:
        print("nginx is not there: tools/bench.sh fetches Debian's", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        print(f"Making {generate.PRODUCTS:,} products …", flush=True)
        app = generate.generate(Path(folder) / "instance")
        generate.index(app)
        lines, met = _table(app, Path(folder))
        lines += ["", *pages.table(app)]
    print("Rendering photographs …", flush=True)
    rendered, quick = photographs.table()
    lines += ["", *rendered]
    report = "\n".join([*_machine(), "", *lines, ""])
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"{datetime.now(UTC):%Y-%m-%d}.md"
    file.write_text(report, encoding="utf-8")
    print(report)
    print(f"Written to {file}")
    return 0 if met and quick else 1


def _table(app: Flask, folder: Path) -> tuple[list[str], bool]:
    with app.app_context():
        product = f"/vi/san-pham/{db.session.scalars(select(Product.slug_vi).order_by(Product.code)).first()}"
    millis = {path: _milliseconds(app, path) for path in (LIST, product)}
    met = millis[LIST] <= GOAL_MS
    lines = [
        "| page | site /s | nginx /s | of nginx | goal |",
        "|---|---:|---:|---:|---:|",
    ]
    with serve(Path(app.instance_path)) as site:
        bodies, tag, headers = {}, "", []
        for name, path in (("list.html", LIST), ("product.html", product)):
            asked = urllib.request.Request(site + path, headers=PACKED)  # noqa: S310  on this machine
            with urllib.request.urlopen(asked) as answer:  # noqa: S310
                bodies[name], tag = answer.read(), tag or answer.headers["ETag"]
                headers = answer.headers.items()
        with nginx.serve(folder / "nginx", free_port(), bodies, headers) as other:
            with urllib.request.urlopen(f"{other}{nginx.KNOWN}/list.html") as answer:  # noqa: S310
                other_tag = answer.headers["ETag"]
            cases = (
                Case("cached list", LIST, "list.html", PACKED, goal=GOAL),
                Case(
                    "304",
                    LIST,
                    f"{nginx.KNOWN.lstrip('/')}/list.html",
                    PACKED | {"If-None-Match": tag},
                    304,
                    GOAL,
                ),
                Case("uncached list", LIST, "list.html", UNCACHED),
                Case("uncached product", product, "product.html", UNCACHED),
            )
            for case in cases:
                line, ratio = _compare(case, site, other, other_tag)
                lines.append(line)
                print(line, flush=True)
                met &= case.goal is None or ratio >= case.goal
    lines += ["", "| page | in process, median ms | goal |", "|---|---:|---:|"]
    lines.append(f"| uncached list, 24 cards with facets | {millis[LIST]:.1f} | ≤ {GOAL_MS:g} |")
    lines.append(f"| uncached product | {millis[product]:.1f} | |")
    return lines, met


def _compare(case: Case, site: str, other: str, other_tag: str) -> tuple[str, float]:
    """A line of the table. The servers take turns, so that what else the machine does meets both."""
    of_other = case.headers | ({"If-None-Match": other_tag} if case.status == 304 else {})
    rates = []
    for _ in range(ROUNDS):
        ours = load.rate(site + case.path, case.headers, case.status, SECONDS)
        theirs = load.rate(f"{other}/{case.file}", of_other, case.status, SECONDS)
        rates.append((ours / theirs, ours, theirs))
    ratio, ours, theirs = sorted(rates)[ROUNDS // 2]
    goal = f"≥ {case.goal:g}" if case.goal else ""
    return f"| {case.name} | {ours:,.0f} | {theirs:,.0f} | {ratio:.3f} | {goal} |", ratio


def _milliseconds(app: Flask, path: str) -> float:
    client, spent = app.test_client(), []
    client.get(path, headers=PACKED)
    for _ in range(TIMES):
        began = time.perf_counter()
        client.get(path, headers=PACKED)
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent)


def _machine() -> list[str]:
    """When, where and with what it was measured."""
    told = subprocess.run([nginx.program() or "nginx", "-v"], capture_output=True, text=True, check=True)  # noqa: S603
    programs = ", ".join(f"{name} {version(name)}" for name in ("flask", "sqlalchemy", "granian"))
    load_now = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    other = told.stderr.strip().removeprefix("nginx version: ")
    how = f"median of {ROUNDS} rounds of {SECONDS:g} s by turns"
    client = "wrk" if load.wrk() else "the plain client of benchmarks/load.py"
    return [
        f"# {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "",
        f"{platform.platform()}, {os.cpu_count()} processors, load {load_now} before measuring.",
        f"Python {platform.python_version()}, {programs}, {other}.",
        f"{generate.PRODUCTS:,} products; {load.CONNECTIONS} connections by {client}; {how}.",
    ]


if __name__ == "__main__":
    sys.exit(main())
