"""What the index finds equals BM25F worked out document by document, whatever was put and removed before."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from math import log
from pathlib import Path

import pytest

from catalogue.adapters.search_index import Document, Key, SearchIndex, fingerprint, stem
from catalogue.kernel.query import Form, Query, Term
from catalogue.kernel.text import canonical, fold, iy, words

B, K1 = 0.4, 1.2
SAID = "cà phê ca phe trà tra mật ong đường dương bơ bò hồng dâu tây đà lạt k'ho silk roses wild honey ocop 4"
SYLLABLES = SAID.split()
KINDS = ("place", "producer", "product")
TOP = 10


def text(chance: random.Random, longest: int) -> str:
    return " ".join(chance.choices(SYLLABLES, k=chance.randint(1, longest)))


def document(chance: random.Random, number: int) -> Document:
    return Document(
        chance.choice(KINDS),
        number,
        (text(chance, 4), text(chance, 3)),
        tuple(text(chance, 3) for _ in range(chance.randrange(3))),
        (text(chance, 30),),
    )


@cache
def counts(one: Document) -> dict[Form, Counter[str]]:
    """The words of a document by form, written down once more from the description of the forms."""
    found: dict[Form, Counter[str]] = {form: Counter() for form in Form}
    for times, texts in ((6, one.names), (2, one.words), (1, one.texts)):
        for each in texts:
            spelled = [word.text for word in words(each)]
            plain = [iy(fold(word)) for word in spelled]
            for _ in range(times):
                found[Form.EXACT].update(map(canonical, spelled))
                found[Form.FOLDED].update(plain)
                found[Form.STEM].update(stem(word.lower()) for word in spelled if word.isascii())
                for size in (2, 3):
                    found[Form.JOINED].update(
                        "".join(plain[at : at + size]) for at in range(len(plain) - size + 1)
                    )
    for name in one.names:
        plain = [iy(fold(word.text)) for word in words(name)]
        found[Form.WHOLE]["".join(plain)] += 1
        found[Form.OPENING].update("".join(plain[:size]) for size in range(1, min(4, len(plain)) + 1))
    return found


def expected(documents: Iterable[Document], asked: Query) -> list[tuple[Key, float]]:
    """Every document that fits with its score, the best first: no index, one document after the other."""
    known = [((one.kind, one.id), counts(one)) for one in documents]
    usual = {form: sum(found[form].total() for _, found in known) / len(known) for form in Form}

    having_of = {
        term: sum(1 for _, found in known if found[term.form][term.text])
        for clause in (*asked.clauses, asked.welcome)
        for term in clause
    }

    def score(found: dict[Form, Counter[str]], term: Term) -> float:
        times = found[term.form][term.text]
        having = having_of[term]
        relative = found[term.form].total() / usual[term.form]
        worth = log(len(known) / (having + 1)) + 1
        return (
            term.weight * worth * times * (K1 + 1) / (times + K1 * (1 - B + B * relative)) if times else 0.0
        )

    scored = [
        (key, sum(score(found, term) for clause in (*asked.clauses, asked.welcome) for term in clause))
        for key, found in known
        if all(any(found[term.form][term.text] for term in clause) for clause in asked.clauses)
    ]
    return sorted(scored, key=lambda each: (-each[1], each[0]))


def question(chance: random.Random, documents: Sequence[Document]) -> Query:
    def term() -> Term:
        form = chance.choice(list(Form))
        found = list(counts(chance.choice(documents))[form]) or ["nothing"]
        return Term(form, chance.choice([*found[:20], "nowhere"]), chance.choice([0.3, 0.5, 1.0, 2.0]))

    def clause() -> tuple[Term, ...]:
        return tuple(term() for _ in range(chance.randint(1, 6)))

    return Query(
        tuple(clause() for _ in range(chance.randint(1, 3))), clause() if chance.random() < 0.5 else ()
    )


@pytest.mark.parametrize("seed", range(4))
def test_results_equal_the_oracles_through_puts_removals_and_merges(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    documents = {number: document(chance, number) for number in range(1, 81)}
    index = SearchIndex(tmp_path)
    index.rebuild(documents.values())
    for round_ in range(4):
        for _ in range(20):
            asked = question(chance, list(documents.values()))
            wanted = expected(documents.values(), asked)
            with index.reader() as reader:
                hits = reader.search(asked)
            assert len(hits) == len(wanted)
            assert {(hit.kind, hit.id): pytest.approx(hit.score, rel=1e-5) for hit in hits} == dict(wanted)
            lowest = wanted[: len(hits)][TOP - 1][1] if len(wanted) >= TOP else 0.0
            assert all(hit.score >= lowest * (1 - 1e-5) for hit in hits[:TOP])
        changed = [document(chance, number) for number in chance.sample(range(1, 100), 2 + round_ * 3)]
        gone = [documents[one.id] for one in changed if one.id in documents]
        index.remove((one.kind, one.id) for one in gone)
        removed = chance.sample(sorted(documents), 3)
        index.remove((documents[number].kind, number) for number in removed)
        documents = {number: one for number, one in documents.items() if number not in removed}
        documents |= {one.id: one for one in changed}
        index.put(changed)
        with index.reader() as reader:
            assert reader.fingerprints() == {
                (one.kind, one.id): fingerprint(one) for one in documents.values()
            }


def test_an_index_that_was_changed_answers_like_one_made_anew(tmp_path: Path) -> None:
    chance = random.Random(5)
    documents = {number: document(chance, number) for number in range(40)}
    changed, anew = SearchIndex(tmp_path / "changed"), SearchIndex(tmp_path / "anew")
    changed.rebuild([])
    for _ in range(3):
        for number in documents:
            documents[number] = Document("product", number, (text(chance, 4),))
        for first in range(0, 40, 7):
            changed.put(list(documents.values())[first : first + 7])
    anew.rebuild(documents.values())
    for _ in range(50):
        asked = question(chance, list(documents.values()))
        with changed.reader() as one, anew.reader() as other:
            assert list(one.search(asked)) == list(other.search(asked))
