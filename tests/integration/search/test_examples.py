"""The table of examples beside the rules of searching holds."""

from __future__ import annotations

from pathlib import Path

from catalogue.adapters.search_index import stem
from catalogue.search import rules
from catalogue.search.evaluation import evaluate
from catalogue.search.rules import synonym_table
from catalogue.search.synonyms import OF_THE_LANGUAGE

TABLES = Path(rules.__file__).with_name("examples.md")


def examples() -> list[dict[str, object]]:
    cases: list[dict[str, object]] = []
    kind = ""
    for line in TABLES.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("## "):
            kind = line.removeprefix("## ")
        elif line.startswith("|") and cells[0] not in {"typed", "---"}:
            typed, finds, before = cells
            lower = [name.strip() for name in before.split("·") if name.strip()]
            cases.append({"query": typed, "must_match": finds, "kind": kind, "rank_above": lower})
    return cases


def test_every_example_finds_its_name_before_the_others() -> None:
    cases = examples()
    report = evaluate(cases, synonym_table(OF_THE_LANGUAGE, stem)).as_dict()
    assert report["failures"] == []
    assert len(cases) >= 80
    assert len(report["by_kind"]) == 7
