"""What Lighthouse says of six page types on a phone, in both languages: `make lighthouse`."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select

import config
from catalogue import create_app
from catalogue.database import db
from catalogue.kernel.language import Language
from catalogue.places.models import CraftVillage
from catalogue.products.models import Product
from catalogue.routes.models import TourRoute
from catalogue.web.language import address
from tests.served import ROOT, serve

PROGRAM = ROOT / "instance" / "web-tools" / "node_modules" / ".bin" / "lighthouse"
REPORT = Path(__file__).parent / "results" / "lighthouse.md"
CATEGORIES = {
    "performance": "performance",
    "accessibility": "accessibility",
    "best-practices": "best practices",
    "seo": "SEO",
}
CHROMIUM = "--no-sandbox --headless=new --disable-gpu --disable-quic"
ROUNDS = 3
TRIES = 3
GOAL = 95
PATIENCE_S = 180
# One record of each kind with much to show.
RECORDS = {
    "products": (Product, "sinh-to-dau-tay-enny"),
    "villages": (CraftVillage, "buon-bno-c"),
    "routes": (TourRoute, "don-duong-churu"),
}

Scores = dict[str, float]


def main() -> int:
    """Measure, print and write the table; 1 where a median is below the goal."""
    if not PROGRAM.is_file():
        print("Lighthouse is not here: tools/lighthouse.sh fetches it", file=sys.stderr)
        return 2
    lines = [f"| page | {' | '.join(CATEGORIES.values())} |", "|---|---:|---:|---:|---:|"]
    met = True
    about: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="lighthouse-", ignore_cleanup_errors=True) as folder:
        app = _loaded(Path(folder) / "instance")
        with serve(Path(app.instance_path)) as site:
            for path in _addresses(app):
                rounds = []
                for _ in range(ROUNDS):
                    scores, about = _judge(site + path, Path(folder))
                    rounds.append(scores)
                medians = {name: statistics.median(one[name] for one in rounds) for name in CATEGORIES}
                met &= min(medians.values()) >= GOAL
                lines.append(f"| `{path}` | {' | '.join(f'{medians[name]:.0f}' for name in CATEGORIES)} |")
                print(lines[-1], flush=True)
    REPORT.write_text("\n".join([*_machine(about), "", *lines, ""]), encoding="utf-8")
    print(f"Written to {REPORT}")
    return 0 if met else 1


def _loaded(instance: Path) -> Flask:
    """The application over the real data, in a folder of its own."""
    app = create_app(config.Testing(instance))
    with app.app_context():
        upgrade()
    done = app.test_cli_runner().invoke(args=["seed", "load"])
    assert done.exit_code == 0, done.output
    return app


def _addresses(app: Flask) -> list[str]:
    """Home, the products, a product, a village, a route and the flower centre, in both languages."""
    found = []
    for language in Language:
        with app.test_request_context():
            slugs = {
                kind: db.session.scalars(select(model).filter_by(code=code)).one().slug(language)  # type: ignore[attr-defined]
                for kind, (model, code) in RECORDS.items()
            }
            found += [
                address("public.home.show", language),
                address("public.products.index", language),
                *(address(f"public.{kind}.show", language, slug=slug) for kind, slug in slugs.items()),
                address("public.flower_centre.show", language),
            ]
    return found


def _judge(url: str, folder: Path) -> tuple[Scores, dict[str, str]]:
    """The scores of one run, of a hundred, and with which versions; Lighthouse's own profile is a phone."""
    said = json.loads(_report(url, folder))
    scores = {name: round(said["categories"][name]["score"] * 100) for name in CATEGORIES}
    agent = said["environment"]["hostUserAgent"]
    chromium = next((part for part in agent.split() if "Chrome/" in part), agent).partition("/")[2]
    return scores, {"lighthouse": said["lighthouseVersion"], "chromium": chromium}


def _report(url: str, folder: Path) -> str:
    """What it writes; asked again when Chromium gave it nothing to judge, which happens now and then."""
    report = folder / "report.json"
    profile = folder / "profile"
    told = ""
    for _ in range(TRIES):
        done = subprocess.run(  # noqa: S603  a program of ours on addresses of ours
            [
                *(PROGRAM, url, "--quiet", "--output", "json", "--output-path", report),
                f"--only-categories={','.join(CATEGORIES)}",
                f"--chrome-flags={CHROMIUM} --user-data-dir={profile}",
            ],
            check=False,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            env=os.environ | {"CHROME_PATH": "/usr/bin/chromium"},
        )
        if done.returncode == 0:
            return report.read_text("utf-8")
        told = done.stderr
    raise RuntimeError(f"Lighthouse could not judge {url}:\n{told}")


def _machine(about: dict[str, str]) -> list[str]:
    words = (
        f"{os.cpu_count()} processors, {platform.system()} {platform.machine()}, Python"
        f" {platform.python_version()}; Lighthouse {about['lighthouse']}, Chromium {about['chromium']},"
        f" its phone (slow 4G, processor four times slower). Median of {ROUNDS} runs, out of 100;"
        f" goal: at least {GOAL} everywhere. The site as `make run` serves it, on the real data."
    )
    return [f"# Lighthouse on {datetime.now(UTC):%Y-%m-%d}", "", words]


if __name__ == "__main__":
    sys.exit(main())
