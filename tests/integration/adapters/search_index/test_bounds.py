"""Whoosh's faults stay outside (docs/decisions.md): each bound, and a test that fails where it is crossed."""

from __future__ import annotations

import ast
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from catalogue.adapters import search_index
from catalogue.adapters.search_index import Document, SearchIndex
from catalogue.kernel.query import Form, Query, Term
from catalogue.search.rules import understand

PACKAGE = Path(search_index.__file__).parent
# Its searching (limit=N loses hits, DisjunctionMax scores wrongly), its parser and its scoring are not here.
USED = {
    "whoosh",
    "whoosh.codec.whoosh3",
    "whoosh.filedb.filestore",
    "whoosh.lang.porter",
    "whoosh.reading",
}
OF_WHOOSH = {"columns", "fields", "formats", "index"}


def imports() -> list[ast.ImportFrom | ast.Import]:
    trees = [ast.parse(path.read_text("utf-8")) for path in PACKAGE.glob("*.py")]
    return [
        node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom | ast.Import)
    ]


def test_whoosh_is_used_for_writing_and_reading_postings_only() -> None:
    from_ = [
        node
        for node in imports()
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("whoosh")
    ]
    plain = [alias.name for node in imports() if isinstance(node, ast.Import) for alias in node.names]
    assert {node.module for node in from_} == USED
    assert {alias.name for node in from_ if node.module == "whoosh" for alias in node.names} == OF_WHOOSH
    assert not [name for name in plain if name.startswith("whoosh")]


def test_no_short_cut_loses_hits_of_nested_queries(tmp_path: Path) -> None:
    """With Whoosh's `limit=10` nine of ten such questions give other hits than with none."""
    index = SearchIndex(tmp_path)
    index.rebuild(
        Document(
            "product", number, (f"{'trà ' * (number % 3)}{'xanh ' * (number % 5)}mộc châu {number % 7}",)
        )
        for number in range(400)
    )
    clauses = (
        (Term(Form.FOLDED, "tra", 1.0), Term(Form.FOLDED, "xanh", 2.0)),
        (Term(Form.FOLDED, "1", 0.5), Term(Form.FOLDED, "2", 1.5), Term(Form.JOINED, "mocchau", 0.3)),
    )
    with index.reader() as reader:
        every = list(reader.search(Query(clauses)))
        assert list(reader.search(Query(clauses))[:10]) == every[:10]
    assert len(every) == sum(1 for number in range(400) if number % 3 or number % 5)


def test_of_several_ways_to_fit_all_count(tmp_path: Path) -> None:
    """DisjunctionMax would take the best one; its scores are wrong besides."""
    index = SearchIndex(tmp_path)
    index.rebuild([Document("product", 1, ("trà xanh",)), Document("product", 2, ("trà",))])
    tea, green = Term(Form.FOLDED, "tra", 1.0), Term(Form.FOLDED, "xanh", 1.0)
    with index.reader() as reader:
        one, other = (reader.search(Query(((term,),)))[0] for term in (tea, green))
        both = reader.search(Query(((tea, green),)))
    scores = {hit.id: hit.score for hit in both}
    with index.reader() as reader:
        alone = {hit.id: hit.score for hit in reader.search(Query(((tea,),)))}
    assert scores[1] == pytest.approx(alone[1] + other.score)
    assert one.id in scores


def test_what_a_parser_would_take_for_its_own_is_words(tmp_path: Path) -> None:
    index = SearchIndex(tmp_path)
    index.rebuild([Document("product", 1, ("Trà",)), Document("product", 2, ("Cà phê",))])

    def asked(text: str) -> list[int]:
        with index.reader() as reader:
            return [hit.id for hit in reader.search(understand(text, reader, {}))]

    assert asked("*") == asked("kind:product") == asked("tra OR phe") == asked("[a TO z]") == []
    assert asked("“trà”") == asked("trà~2^9")[:0] + asked("+(trà)") == [1]


def test_eight_threads_share_one_state(tmp_path: Path) -> None:
    """One searcher of Whoosh shared by eight threads raised IndexError."""
    index = SearchIndex(tmp_path)
    index.rebuild(Document("product", number, (f"Trà số {number}", "tea")) for number in range(200))
    with index.reader() as reader:
        asked = [understand(text, reader, {}) for text in ("trà", "tea so", "tar", "tra 7", "17")] * 40
        alone = [list(reader.search(one)) for one in asked]
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(lambda one: list(reader.search(one)), asked)) == alone


def test_two_writers_take_turns(tmp_path: Path) -> None:
    """Two writers of Whoosh at once: the second raises LockError."""
    index, other = SearchIndex(tmp_path), SearchIndex(tmp_path)
    index.rebuild([])
    with ThreadPoolExecutor(2) as pool:
        waiting = [
            pool.submit(one.put, [Document("product", number, ("Trà",))])
            for number, one in enumerate([index, other] * 4)
        ]
        for one in waiting:
            one.result(30)
    with other.reader() as reader:
        assert reader.count() == 8
