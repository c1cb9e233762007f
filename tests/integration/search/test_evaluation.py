"""How well the search finds what people mean: judged queries, by the command that anybody can run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

DATA = Path(__file__).parents[2] / "data"
SHARED, TYPING, ASKED, JUDGED = (
    DATA / f"{name}.json"
    for name in ("vietnamese-search-cases", "typing-cases", "asked-cases", "judged-queries")
)


def run(app: Flask, *words: object) -> dict[str, Any]:
    """What `search evaluate` prints: one JSON object and nothing else."""
    done = app.test_cli_runner().invoke(args=["search", "evaluate", *map(str, words)])
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_every_shared_case_is_found_and_nearly_all_stand_first(loaded: Flask) -> None:
    report = run(loaded, SHARED)
    assert (report["cases"], report["recall_at_10"], report["rank_above_ok"]) == (105, 1.0, 1.0)
    assert report["mrr"] >= 0.93
    assert report["failures"] == []


def test_whatever_way_it_is_typed_it_is_found(loaded: Flask) -> None:
    report = run(loaded, TYPING)
    assert report["cases"] > 400
    assert (report["recall_at_10"], report["rank_above_ok"], report["failures"]) == (1.0, 1.0, [])
    assert report["mrr"] >= 0.88


def test_whatever_words_it_is_asked_with_it_is_found(loaded: Flask) -> None:
    """Questions, amounts, names with dots, words that count or classify; the exact spelling comes first."""
    report = run(loaded, ASKED)
    assert report["cases"] > 250
    assert (report["recall_at_10"], report["rank_above_ok"], report["failures"]) == (1.0, 1.0, [])
    assert report["mrr"] >= 0.88


def test_readers_find_what_they_look_for_on_the_real_data(loaded: Flask) -> None:
    cases = json.loads(JUDGED.read_text("utf-8"))
    assert len({case["query"] for case in cases}) >= 150
    assert {case["language"] for case in cases} == {"vi", "en"}
    report = run(loaded, JUDGED, "--catalogue")
    assert (report["recall_at_10"], report["failures"]) == (1.0, [])
    assert report["mrr"] >= 0.94


def test_the_report_tells_what_was_missed_and_what_stood_too_low(loaded: Flask, tmp_path: Path) -> None:
    file = tmp_path / "cases.json"
    cases = [
        {"query": "trà", "must_match": "Trà sen", "kind": "a"},
        {"query": "zirconia", "must_match": "Trà sen", "kind": "a"},
        {"query": "gốm", "must_match": "Gồm", "kind": "b", "rank_above": ["Gốm"]},
    ]
    file.write_text(json.dumps(cases), "utf-8")
    report = run(loaded, file)
    said = "cases recall_at_10 recall_at_1 mrr rank_above_ok by_kind failures p50_ms p95_ms"
    assert " ".join(report) == said
    assert (report["cases"], report["recall_at_10"], report["rank_above_ok"]) == (3, 0.6667, 0.0)
    assert report["by_kind"]["b"] == {"recall_at_10": 1.0, "recall_at_1": 0.0, "mrr": 0.5}
    assert report["failures"] == [
        {"query": "zirconia", "must_match": "Trà sen", "kind": "a", "reason": "not_in_top_10"},
        {"query": "gốm", "must_match": "Gồm", "kind": "b", "reason": "rank_above"},
    ]


def test_names_need_no_database(app: Flask, tmp_path: Path) -> None:
    (Path(app.instance_path) / "catalogue.db").unlink()
    assert run(app, SHARED)["recall_at_10"] == 1.0


@pytest.mark.parametrize("content", ["{", "{}", '[{"query": "x"}]', "[1]"])
def test_a_file_that_cannot_be_judged_is_refused_in_words(app: Flask, tmp_path: Path, content: str) -> None:
    file = tmp_path / "cases.json"
    file.write_text(content)
    done = app.test_cli_runner().invoke(args=["search", "evaluate", str(file)])
    assert done.exit_code == 1
    assert (done.stdout, str(file) in done.stderr) == ("", True)
