"""Marking in a text what a search found in it, in the text's own spelling."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from catalogue.kernel.query import Form
from catalogue.kernel.text import Word, canonical, fold, iy, words

LONGEST_JOINED = 3  # words


def mark(
    text: str, terms: Collection[tuple[Form, str]], stem: Callable[[str], str]
) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is a hit; put together they are the text again.

    `terms` are the reasons for a hit (`Query.terms`), `stem` is the index's own. Words found written as one
    (`dalat`) become one piece (`Đà Lạt`).
    """
    pieces: list[tuple[str, bool]] = []
    done = 0
    for start, end in _hits(words(text), terms, stem):
        if start > done:
            pieces.append((text[done:start], False))
        pieces.append((text[start:end], True))
        done = end
    if done < len(text):
        pieces.append((text[done:], False))
    return pieces


def _hits(
    spelled: list[Word], terms: Collection[tuple[Form, str]], stem: Callable[[str], str]
) -> Iterator[tuple[int, int]]:
    """Where hits stand, from left to right, the longest first, none over another."""
    folded = [fold(word.text) for word in spelled]
    plain = [iy(word) for word in folded]
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
            own = {
                (Form.FOLDED, plain[place]),
                (Form.EXACT, canonical(spelled[place].text)),
                (Form.STEM, stem(folded[place])),
            }
            size = int(not own.isdisjoint(terms))
        if size:
            yield spelled[place].start, spelled[place + size - 1].end
        place += size or 1
