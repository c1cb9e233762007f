import json
from pathlib import Path

from catalogue.kernel.photo import Advice, Refusal
from catalogue.media.words import ADVICE, REFUSALS

CORPUS = Path("benchmarks/photographs/corpus.json")


def test_every_refusal_and_every_advice_has_its_sentence() -> None:
    assert set(REFUSALS) == set(Refusal)
    assert set(ADVICE) == set(Advice)


def test_the_photographs_that_rules_are_tried_on_are_named_with_maker_and_licence() -> None:
    rows = json.loads(CORPUS.read_text("utf-8"))
    assert len({row["sha256"] for row in rows}) == len(rows) >= 100
    assert all(row["name"] and row["author"] and row["licence"] and row["package"] for row in rows)
