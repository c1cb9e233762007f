"""What the data says in one sentence, which cards, search engines and feeds repeat without the page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from catalogue.cli.seed import SEEDS

# Kinds of record that somebody may certify, recognise or allow to carry a mark.
FILES = (
    "flowers",
    "producers-craft",
    "producers-flowers",
    "producers-processed",
    "products-craft",
    "products-flowers",
    "products-processed",
    "villages",
)
# Sentences that are shown alone.
FIELDS = ("summary", "products_summary")
CLAIM = re.compile(
    r"certif|chứng nhận|OCOP|\b(?:\d|ba|bốn|năm) sao\b|\bstars?\b|G\.?A\.?P\b|organic|hữu cơ|HACCP|ISO ?\d"
    r"|\bJAS\b|công nhận|cấp bằng|recogni[sz]ed|recognition|thương hiệu|nhãn hiệu|\bmarks?\b|-marked\b"
    r"|huy chương|medal|won gold",
    re.IGNORECASE,
)
ATTRIBUTED = re.compile(r"\b(?:[Tt]heo|[Aa]ccording to) ((?:[\w-]+\.)+\w+)")


def sentences() -> Iterator[tuple[str, set[str]]]:
    """Every short text in both languages with the sites that its record cites."""
    for file in FILES:
        for record in json.loads((SEEDS / f"{file}.json").read_text("utf-8")):
            for text in filter(None, (record.get(field) for field in FIELDS)):
                for words in text.values():
                    yield words, hosts(record)


def hosts(record: dict[str, Any]) -> set[str]:
    return {(urlsplit(url).hostname or "").removeprefix("www.") for url in record["sources"]}


def test_a_sentence_that_speaks_of_a_certificate_says_whose_words_it_repeats() -> None:
    """No record has a confirmed certificate in the data; a card alone must not read as if one had."""
    unsaid = [words for words, cited in sentences() if CLAIM.search(words) and not _named(words) & cited]
    assert unsaid == []


def test_a_sentence_names_no_site_that_its_record_does_not_cite() -> None:
    assert [words for words, cited in sentences() if not _named(words) <= cited] == []


@pytest.mark.parametrize(
    "words",
    ["Ô long OCOP 4 sao (2022).", "Same-day GlobalG.A.P. vegetables.", "Đà Lạt-marked coffee sold in Japan."],
)
def test_a_bare_claim_is_found(words: str) -> None:
    assert CLAIM.search(words)
    assert not _named(words)


def _named(words: str) -> set[str]:
    return set(ATTRIBUTED.findall(words))
