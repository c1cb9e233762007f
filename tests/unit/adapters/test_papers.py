"""Papers in folders: a form brings six at most, an entry's become as many as its years bring."""

from __future__ import annotations

from pathlib import Path

from catalogue.adapters.papers import MOST_PAPERS, Papers

OF_FORM, OF_ENTRY = "new-of-a-form", "certificate-one"


def paper(number: int) -> bytes:
    return b"%PDF-1.7 " + str(number).encode()


def test_a_form_brings_six(tmp_path: Path) -> None:
    papers = Papers(tmp_path)
    assert [papers.keep(OF_FORM, paper(one)) for one in range(MOST_PAPERS)] == [None] * MOST_PAPERS
    assert papers.keep(OF_FORM, paper(MOST_PAPERS)) == "number"
    assert papers.keep(OF_FORM, paper(0)) is None  # the same twice


def test_papers_of_many_forms_lie_together_each_once_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    papers = Papers(tmp_path)
    for first in range(0, 12, 4):
        for one in range(max(0, first - 1), first + 4):
            assert papers.keep(f"{OF_FORM}-{first}", paper(one)) is None
        papers.add(OF_ENTRY, f"{OF_FORM}-{first}")
    assert [one.path.read_bytes() for one in papers.of(OF_ENTRY)] == [paper(one) for one in range(12)]


def test_what_nobody_sent_adds_nothing(tmp_path: Path) -> None:
    papers = Papers(tmp_path)
    papers.add(OF_ENTRY, OF_FORM)
    assert papers.of(OF_ENTRY) == []
