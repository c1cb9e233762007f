"""HS codes by words: the headings of HS 2022 that our kinds of product use, in both languages.

The words are ours and short; the codes are those of the categories in the data.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import config
from catalogue.kernel.text import fold

MOST_FOUND = 8
FILE: Path = config.ROOT / "catalogue" / "products" / "hs_headings.json"


@cache
def all_headings() -> tuple[dict[str, str], ...]:
    """Each heading as {"code", "vi", "en"}, by code; the editor's list is searched by its words."""
    return tuple(sorted(json.loads(FILE.read_text("utf-8")), key=lambda heading: heading["code"]))


def found(text: str) -> list[dict[str, str]]:
    """The headings whose words, in either language, begin with all that was typed; those that fit best first.

    A word at the head of a heading tells what the goods are, one further on only what they are made of.
    """
    asked = _folded(text)
    if not asked:
        return []
    fitting = []
    for heading, words in zip(all_headings(), _words(), strict=True):
        places = [_place(word, words) for word in asked]
        if None not in places:
            fitting.append((sum(place or 0 for place in places), heading["code"], heading))
    return [heading for _, _, heading in sorted(fitting, key=lambda one: one[:2])[:MOST_FOUND]]


@cache
def _words() -> tuple[tuple[list[str], list[str]], ...]:
    return tuple((_folded(heading["vi"]), _folded(heading["en"])) for heading in all_headings())


def _folded(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))


def _place(word: str, texts: tuple[list[str], list[str]]) -> int | None:
    """How far from the head of a heading a word stands; None where it stands in neither language."""
    places = [place for words in texts for place, one in enumerate(words) if one.startswith(word)]
    return min(places, default=None)
