"""Marking in a text what a search found in it, in the text's own spelling."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import lru_cache

from catalogue.kernel.query import Form
from catalogue.kernel.text import Word, canonical, fold, iy, words

LONGEST_JOINED = 3  # words
AROUND = 70  # signs of a text before and after what was found in it

Pieces = list[tuple[str, bool]]


def mark(text: str, terms: Collection[tuple[Form, str]], stem: Callable[[str], str]) -> Pieces:
    """The text in pieces, each with whether it is a hit; put together they are the text again.

    `terms` are the reasons for a hit (`Query.terms`), `stem` is the index's own. Words found written as one
    (`dalat`) become one piece (`Đà Lạt`).
    """
    pieces: Pieces = []
    done = 0
    for start, end in _hits(words(text), terms, stem):
        if start > done:
            pieces.append((text[done:start], False))
        pieces.append((text[start:end], True))
        done = end
    if done < len(text):
        pieces.append((text[done:], False))
    return pieces


def excerpt(pieces: Pieces) -> Pieces:
    """Of a marked text the part around its first hit, with … where it was cut; nothing without a hit."""
    first = next((place for place, (_, hit) in enumerate(pieces) if hit), None)
    if first is None:
        return []
    before, after = "".join(text for text, _ in pieces[:first]), pieces[first + 1 :]
    shown: Pieces = [(_last_words(before), False), pieces[first]]
    left = AROUND
    for text, hit in after:
        if len(text) > left:
            shown.append((text[:left].rpartition(" ")[0] + " …", False))
            break
        shown.append((text, hit))
        left -= len(text)
    return [piece for piece in shown if piece[0]]


def _last_words(text: str) -> str:
    return text if len(text) <= AROUND else "… " + text[-AROUND:].partition(" ")[2]


@lru_cache(maxsize=20_000)
def _forms(word: str) -> tuple[str, str, str]:
    """A word folded, as it is compared, and in its own spelling."""
    folded = fold(word)
    return folded, iy(folded), canonical(word)


def _hits(
    spelled: list[Word], terms: Collection[tuple[Form, str]], stem: Callable[[str], str]
) -> Iterator[tuple[int, int]]:
    """Where hits stand, from left to right, the longest first, none over another."""
    forms = [_forms(word.text) for word in spelled]
    plain = [plain for _, plain, _ in forms]
    place = 0
    while place < len(spelled):
        size = next(
            (
                size
                for size in range(min(LONGEST_JOINED, len(spelled) - place), 1, -1)
                if (Form.JOINED, "".join(plain[place : place + size])) in terms
            ),
            0,
        )
        if not size:
            folded, _, exact = forms[place]
            own = {(Form.FOLDED, plain[place]), (Form.EXACT, exact), (Form.STEM, stem(folded))}
            size = int(not own.isdisjoint(terms))
        if size:
            yield spelled[place].start, spelled[place + size - 1].end
        place += size or 1
