"""How well the search finds what people mean: judged queries, asked of the same code as readers use."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any

from catalogue.adapters.search_index import Document, Reader, SearchIndex
from catalogue.kernel.text import nfc
from catalogue.search.asking import answer
from catalogue.search.rules import Synonyms

Case = Mapping[str, Any]
TOP = 10
DEEPEST = 1000  # further down nobody looks


@dataclass
class Judged:
    """One query: the place of what must be found among all hits (1 is the best, None is nowhere)."""

    query: str
    must_match: Any
    kind: str
    place: int | None
    milliseconds: float
    in_order: bool | None = None
    """Whether it stands above all that must stand below; None where nothing must."""

    def reasons(self) -> list[str]:
        """What is wrong, in the words of the report."""
        missed = self.place is None or self.place > TOP
        return ["not_in_top_10"] * missed + ["rank_above"] * (self.in_order is False)


@dataclass
class Report:
    """All queries, and what is told of them."""

    judged: list[Judged] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Shares from 0 to 1, four decimals; times in milliseconds."""
        kinds: dict[str, list[Judged]] = defaultdict(list)
        for one in self.judged:
            kinds[one.kind].append(one)
        ordered = [one.in_order for one in self.judged if one.in_order is not None]
        times = [one.milliseconds for one in self.judged]
        hundredths = quantiles(times, n=100, method="inclusive") if len(times) > 1 else times * 99
        return {
            "cases": len(self.judged),
            **_figures(self.judged),
            "rank_above_ok": _share(ordered),
            "by_kind": {kind: _figures(found) for kind, found in kinds.items()},
            "failures": [
                {"query": one.query, "must_match": one.must_match, "kind": one.kind, "reason": reason}
                for one in self.judged
                for reason in one.reasons()
            ],
            "p50_ms": round(hundredths[49], 3) if times else 0.0,
            "p95_ms": round(hundredths[94], 3) if times else 0.0,
        }


def _figures(judged: Sequence[Judged]) -> dict[str, float]:
    places = [one.place for one in judged]
    return {
        "recall_at_10": _share([place is not None and place <= TOP for place in places]),
        "recall_at_1": _share([place == 1 for place in places]),
        "mrr": _share([1 / place if place else 0.0 for place in places]),
    }


def _share(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 4) if values else 1.0


def evaluate(cases: Sequence[Case], synonyms: Synonyms) -> Report:
    """Ask `{query, must_match, kind, rank_above?}` of an index of its own that holds every text as a name."""
    texts = [text for case in cases for text in (case["must_match"], *(case.get("rank_above") or ()))]
    numbers = {text: number for number, text in enumerate(dict.fromkeys(map(nfc, texts)))}
    with tempfile.TemporaryDirectory(prefix="evaluate-") as folder:
        index = SearchIndex(Path(folder))
        index.rebuild(Document("product", number, (text,)) for text, number in numbers.items())
        with index.reader() as reader:
            return Report([_judge_names(case, numbers, reader, synonyms) for case in cases])


def _judge_names(case: Case, numbers: Mapping[str, int], reader: Reader, synonyms: Synonyms) -> Judged:
    found, milliseconds = _ask(reader, case["query"], synonyms)
    places = {number: place for place, (_, number) in enumerate(found, start=1)}
    place = places.get(numbers[nfc(case["must_match"])])
    lower = [places.get(numbers[nfc(text)]) for text in case.get("rank_above") or ()]
    in_order = all(place is not None and (other is None or place < other) for other in lower)
    return Judged(
        case["query"],
        case["must_match"],
        case.get("kind", ""),
        place,
        milliseconds,
        in_order if lower else None,
    )


def evaluate_catalogue(
    cases: Sequence[Case], reader: Reader, synonyms: Synonyms, codes: Mapping[tuple[str, int], str]
) -> Report:
    """Ask `{query, expect: [codes], language}` of the real index; the first of the codes to be found counts.

    `codes` names the records by kind and number. The kind of a case is its own, else its language.
    """
    return Report([_judge_codes(case, reader, synonyms, codes) for case in cases])


def _judge_codes(
    case: Case, reader: Reader, synonyms: Synonyms, codes: Mapping[tuple[str, int], str]
) -> Judged:
    found, milliseconds = _ask(reader, case["query"], synonyms)
    expected = set(case["expect"])
    place = next((place for place, hit in enumerate(found, start=1) if codes.get(hit) in expected), None)
    kind = case.get("kind") or case.get("language", "")
    return Judged(case["query"], case["expect"], kind, place, milliseconds)


def _ask(reader: Reader, text: str, synonyms: Synonyms) -> tuple[list[tuple[str, int]], float]:
    began = perf_counter()
    hits = answer(reader, text, synonyms).hits[:DEEPEST]
    taken = 1000 * (perf_counter() - began)
    return [(hit.kind, hit.id) for hit in hits], taken
